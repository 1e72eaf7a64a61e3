"""Everything of an installation in one file, and back again; the same file for both databases.

`keeping` writes it from one snapshot of the database, `checking` holds it against its own digests,
`restoring` fills an empty installation from it. Below them: `archive` is the file, `manifest` what
it says of itself, `rows` reads and writes the tables, `values` the text of one value. Why it is so:
`docs/adr`, on backups.
"""
