"""From an untrusted file to text with positions, and from text to proposed facts; nothing is stored.

`roster.ingest.reading` is the way in. Importing this package loads no parser.
"""
