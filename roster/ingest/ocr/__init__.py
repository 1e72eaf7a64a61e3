"""Scans: pictures of pages → lines, with how clear each is."""
