"""Routes of the API, one module per noun; each parses, calls one use case and shapes."""
