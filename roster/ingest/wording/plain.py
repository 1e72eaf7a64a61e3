"""Plain lower-case letters at the same offsets, so that what is found stands where it was found."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_SAME = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "—": "-", "–": "-", "−": "-", "‐": "-", "‑": "-"}
STROKED = {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n"}
"""Letters that no decomposition parts from their stroke or their missing dot."""


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a text of the same length: lower case, no accents, one kind of dash and apostrophe."""
    if text.isascii():
        return text.lower()
    return "".join(map(_letter, text))


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    known = _SAME.get(letter)
    if known is not None:
        return known
    bare = unicodedata.normalize("NFD", letter)[0].lower()
    return STROKED.get(bare, bare) if len(bare) == 1 else letter
