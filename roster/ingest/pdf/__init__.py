"""The text layer of a PDF, ordered by where its letters stand."""
