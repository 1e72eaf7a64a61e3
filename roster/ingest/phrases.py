"""Phrases of forms and CVs, kept as data: one list per meaning, in every language together."""

from __future__ import annotations

import json
from importlib.resources import files


def load_patterns(name: str) -> dict[str, str]:
    """Return meaning → alternation of its plain phrases, in the order of the file.

    Each phrase is a regular expression over plain text (lower case, no accents). Order counts: of
    two meanings that match alike, the first wins.
    """
    raw = files("roster.ingest").joinpath(f"data/{name}.json").read_text(encoding="utf-8")
    table: dict[str, list[str]] = json.loads(raw)
    return {meaning: "|".join(phrases) for meaning, phrases in table.items()}
