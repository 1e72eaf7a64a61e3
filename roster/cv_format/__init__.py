"""A record as a CV that other systems read: Europass XML, JSON Resume.

Only what the record holds, and only what the reader may see; both forms are read back by
`roster.ingest` as what they were written from.
"""
