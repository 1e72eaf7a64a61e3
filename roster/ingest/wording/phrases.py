"""Phrases of forms and CVs, kept as data: one list per meaning, in every language together."""

from __future__ import annotations

import json
from importlib.resources import files

from roster.ingest.wording.plain import STROKED

_STROKED = str.maketrans(STROKED)


def load_phrases(name: str) -> dict[str, list[str]]:
    """Return meaning → its plain phrases, each a regular expression over plain text.

    Letters with a stroke may stand in the file as they are printed.
    """
    raw = files("roster.ingest").joinpath(f"data/{name}.json").read_text(encoding="utf-8")
    table: dict[str, list[str]] = json.loads(raw.translate(_STROKED))
    return table


def load_patterns(*names: str) -> dict[str, str]:
    """Return meaning → alternation of its plain phrases, in the order of the file.

    Each phrase is a regular expression over plain text (lower case, no accents). Order counts: of
    two meanings that match alike, the first wins. Several files are read as one.
    """
    together: dict[str, list[str]] = {}
    for name in names:
        for meaning, phrases in load_phrases(name).items():
            together.setdefault(meaning, []).extend(phrases)
    return {meaning: "|".join(phrases) for meaning, phrases in together.items()}
