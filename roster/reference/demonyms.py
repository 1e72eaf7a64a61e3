"""Writes out the forms of an adjective of nationality: feminine, plural, declined."""

from __future__ import annotations

_ENDINGS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "en": (("ese", ("",)), ("ish", ("",)), ("ch", ("",)), ("ss", ("",)), ("", ("", "s"))),
    "fr": (
        ("en", ("", "ne", "s", "nes")),
        ("on", ("", "ne", "s", "nes", "e", "es")),
        ("c", ("", "que", "s", "ques")),
        ("s", ("", "e", "es")),
        ("e", ("", "s")),
        ("", ("", "e", "s", "es")),
    ),
    "es": (
        ("o", ("o", "a", "os", "as")),
        ("és", ("és", "esa", "eses", "esas")),
        ("án", ("án", "ana", "anes", "anas")),
        ("ón", ("ón", "ona", "ones", "onas")),
        ("í", ("í", "íes", "ís")),
        ("l", ("l", "la", "les", "las")),
        ("", ("", "s")),
    ),
    "pt": (
        ("o", ("o", "a", "os", "as")),
        ("ês", ("ês", "esa", "eses", "esas")),
        ("ão", ("ão", "ã", "ães", "ãos", "ões", "ãs")),
        ("eu", ("eu", "eia", "eus", "eias")),
        ("ol", ("ol", "ola", "óis", "olas")),
        ("", ("", "s")),
    ),
    "it": (
        ("co", ("co", "ca", "ci", "chi", "che")),
        ("go", ("go", "ga", "gi", "ghi", "ghe")),
        ("o", ("o", "a", "i", "e")),
        ("e", ("e", "i")),
        ("a", ("a", "i", "e")),
        ("", ("",)),
    ),
    "ro": (
        ("ean", ("ean", "eană", "eni", "ene", "enii", "enilor")),
        ("esc", ("esc", "ească", "ești")),
        ("ez", ("ez", "eză", "ezi", "eze", "ezii", "ezilor")),
        ("", ("", "ă", "i", "e", "ii", "ilor", "elor")),
    ),
    "de": (("sch", ("sch", "sche", "scher", "schen", "schem", "sches")), ("", ("",))),
}


def forms(word: str, language: str) -> tuple[str, ...]:
    """Return every form of a demonym given in the masculine singular.

    Parameters
    ----------
    word : the dictionary form; with "=" at its end it is returned as it stands
    language : "en", "fr", "es", "pt", "it", "de" or "ro"; others have the one form
    """
    if word.endswith("="):
        return (word[:-1],)
    endings = _ENDINGS.get(language, (("", ("",)),))
    ordered = sorted(endings, key=lambda rule: -len(rule[0]))
    for ending, written in ordered:
        if word.endswith(ending):
            stem = (
                word[: len(word) - len(ending)] if ending and _replaces(ending, written) else word
            )
            return tuple(stem + tail for tail in written)
    return (word,)


def _replaces(ending: str, written: tuple[str, ...]) -> bool:
    """Whether the written tails replace the ending rather than follow it."""
    return written[0] == ending
