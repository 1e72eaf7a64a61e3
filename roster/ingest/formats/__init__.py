"""One reader for each format: bytes → lines as printed."""
