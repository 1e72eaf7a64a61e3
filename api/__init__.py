"""JSON over HTTP and the command line: the entry points that wire the product together."""
