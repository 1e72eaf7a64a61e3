"""Arabic words without the particles written onto them, at the same offsets."""

from __future__ import annotations

import re

_PARTICLE = re.compile(r"(?<![\w])(?:[وف]?[بك]|[وف])(?=ال\w{3})")
_CONTRACTED = re.compile(r"(?<!\w)و?لل(?=\w{3})")


def without_prefixes(text: str, language: str | None) -> str:
    """Return a text of the same length in which "and", "in" and "for" no longer stick to words.

    Parameters
    ----------
    text : any length
    language : ISO 639-1 of the text; others than Arabic are returned as they are
    """
    if language != "ar":
        return text
    free = _PARTICLE.sub(lambda found: " " * len(found.group()), text)
    return _CONTRACTED.sub(lambda found: " " * (len(found.group()) - 2) + "ال", free)
