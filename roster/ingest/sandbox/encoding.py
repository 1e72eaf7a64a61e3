"""The encoding of text that does not say it: a mark, UTF-8, else the likeliest code page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

USUAL_LETTERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "cp1252": frozenset("éèêëàâçñáíóúãõäöüßøåæôîïûùòìœ"),
        "cp1250": frozenset("ąćęłńóśźżáéíúýčďěňřšťůžőűăâîșțşţđäöü"),
        "cp1251": frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґјљњћђџўё№"),
        "cp1253": frozenset("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ"),
        "cp1257": frozenset("āčēģīķļņšūžąęėįųõäöü"),
        "cp1254": frozenset("çğıiöşüâîû"),
        "mac_roman": frozenset("éèêëàâçñáíóúãõäöüßøåæôîïûùòìœ"),
    }
)
"""Code page → the letters beyond ASCII that its languages use; the more usual page first."""
_SAMPLE_BYTES = 100_000
_FOREIGN_RUN = re.compile(r"[^\W\d_\u0000-\u007f\u0370-\u04ff]{3,}")
"""Three accented letters in a row: Greek or Cyrillic read as Latin."""
_BIG_INSIDE = re.compile(r"(?<=[^\W\d_A-Z])[^\W\d_\u0000-\u007f](?=[^\W\d_])")
_SIGN_INSIDE = re.compile(r"(?<=[^\W\d_])[^\w\s\u0000-\u007f’‘–—…“”«»°·•](?=[^\W\d_]|\b|$)")
_SIGN_BEFORE = re.compile(r"(?<![^\W\d_])[£¥ª¯¿³¹¼½¾±¤¦§](?=[^\W\d_])")


def decode(data: bytes) -> tuple[str, str | None]:
    """Decode by byte-order mark, then UTF-8, then the code page whose words look likeliest.

    Returns
    -------
    tuple of the text and, where the encoding was a guess, a note for people.
    """
    wide = utf16_name(data)
    if wide:
        return data.decode(wide, errors="replace").lstrip("\ufeff"), None
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        name = _likeliest(data[:_SAMPLE_BYTES])
        shown = name.replace("cp", "Windows-").replace("mac_roman", "Mac Roman")
        note = f"The encoding was guessed ({shown}); check accented letters."
        return data.decode(name, errors="replace"), note


def utf16_name(data: bytes) -> str:
    """Return the codec of text in UTF-16, told by its mark or by a zero in every other byte.

    Empty for any other text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:1024]
    half = len(sample) // 2
    for name, zeros, letters in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        if half > 8 and zeros.count(0) > 0.7 * half and letters.count(0) < 0.02 * half:
            return name
    return ""


def _likeliest(sample: bytes) -> str:
    """Return the code page that gives the fewest oddities; of several, the more usual."""
    oddities: dict[str, int] = {}
    for name, usual in USUAL_LETTERS.items():
        try:
            oddities[name] = _oddities(sample.decode(name), usual)
        except UnicodeDecodeError:
            continue
    return min(oddities, key=lambda name: oddities[name], default="cp1252")


def _oddities(text: str, usual: frozenset[str]) -> int:
    """Count unusual letters, capitals and signs inside words, and runs of accents."""
    strange = sum(
        not letter.isascii() and letter.isalpha() and letter.lower() not in usual for letter in text
    )
    big = sum(found.group().isupper() for found in _BIG_INSIDE.finditer(text))
    found = (len(each.findall(text)) for each in (_SIGN_INSIDE, _SIGN_BEFORE, _FOREIGN_RUN))
    return strange + big + sum(found)
