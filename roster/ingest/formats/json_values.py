"""Values out of JSON of any shape: what is not of the kind expected is absent."""

from __future__ import annotations

import re
from collections.abc import Mapping

from roster.ingest.work.periods import read_period

Json = object
Object = Mapping[str, Json]


def mapping(given: Json) -> Object:
    """Return an object; an empty one where it is none."""
    return given if isinstance(given, dict) else {}


def entries(given: Object, *keys: str) -> list[Object]:
    """Return the objects of the first list found under some keys."""
    for key in keys:
        found = given.get(key)
        if isinstance(found, dict):
            return [found]
        if isinstance(found, list) and found:
            return [each for each in found if isinstance(each, dict)]
    return []


def text(given: Object, *keys: str) -> str:
    """Return the first text or number found under some keys."""
    for key in keys:
        found = given.get(key)
        if isinstance(found, str | int | float) and not isinstance(found, bool) and str(found):
            return str(found).strip()
    return ""


def texts(given: Json) -> list[str]:
    """Return a text, or the texts of a list."""
    if isinstance(given, str):
        return [given]
    found = given if isinstance(given, list) else []
    return [each for each in found if isinstance(each, str)]


def is_true(given: Json) -> bool:
    """Whether a flag is set, as a truth value or in words."""
    return given is True or (isinstance(given, str) and given.strip().lower() in {"true", "yes"})


def iso(words: str) -> str:
    """Return a date as ISO 8601 cut to its precision; "" where it is none."""
    found = re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?![\d-])", words)
    if found:
        return found.group()
    read = read_period(words)
    return str(read.start) if read is not None and read.start is not None else ""


def goes_on(words: str) -> bool:
    """Whether the end of something is "Present", "aujourd'hui", "actualidad" ..."""
    read = read_period(f"2000 – {words}") if words and not words[0].isdigit() else None
    return read is not None and read.ongoing
