"""From an untrusted file to text with positions, and from text to proposed facts; no storage.

`roster.ingest.reading` is the way in. Importing this package loads no parser.
"""
