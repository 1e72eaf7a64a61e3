"""Which languages, at which level."""
