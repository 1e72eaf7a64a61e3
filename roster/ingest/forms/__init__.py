"""Application forms of the field, by their own items."""
