"""Commands, one module per noun; each opens the installation, calls use cases, and prints."""
