"""Writes out the case forms of Russian country names."""

from __future__ import annotations

_CASES = {
    "ия": ("ии", "ию", "ией"),
    "ья": ("ьи", "ью", "ьей", "ье"),
    "я": ("и", "ю", "ей", "е"),
    "а": ("ы", "и", "у", "ой", "е"),
}
_CONSONANTS = "бвгджзйклмнпрстфхцчшщ"


def russian_cases(name: str) -> tuple[str, ...]:
    """Return the oblique cases of a one-word name; names of several words have none here."""
    if " " in name or "-" in name:
        return ()
    for ending, tails in _CASES.items():
        if name.endswith(ending):
            return tuple(name[: -len(ending)] + tail for tail in tails)
    if name and name[-1] in _CONSONANTS:
        return tuple(name + tail for tail in ("а", "у", "ом", "е"))
    return ()
