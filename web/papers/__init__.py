"""Pages that leave as files: a paper in words, written as DOCX or XLSX."""
