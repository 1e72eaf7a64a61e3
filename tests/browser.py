"""Fixtures with a real Chromium and the product served on a free port."""
