"""Repairs what layout does to words: ligatures, loose accents, spaced letters, RTL digits."""

from __future__ import annotations

import re
import unicodedata

ACCENTS = {
    "´": "\u0301",
    "`": "\u0300",
    "¨": "\u0308",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¸": "\u0327",
    "ˇ": "\u030c",
    "˚": "\u030a",
}
_LOOSE_ACCENT = re.compile(r"([´`¨ˆ˜¸ˇ˚]) ?([A-Za-zı])")
_COMPATIBILITY = re.compile(r"[\ufb00-\ufb06\ufb50-\ufdfb\ufe70-\ufefc]+")
_INVISIBLE = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ufffc\ue000-\uf8ff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]|[\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_SPACED_LETTERS = re.compile(r"^(?:[^\W\d_] ){3,}[^\W\d_](?:  +(?:[^\W\d_] )*[^\W\d_])*$")
_RTL = re.compile(r"[\u0590-\u08ff]")
_TURNED_LEVEL = re.compile(r"(?<![0-9A-Za-z])([12])([ABC])(?![0-9A-Za-z])")


def clean_line(text: str) -> str:
    """Return a line as a person reads it: NFC, one space between words, nothing invisible."""
    text = _COMPATIBILITY.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    text = _LOOSE_ACCENT.sub(_compose, text)
    text = unicodedata.normalize("NFC", text).strip()
    if _SPACED_LETTERS.match(text):
        text = "  ".join(word.replace(" ", "") for word in re.split(r"  +", text))
    text = _SPACES.sub(" ", text).strip()
    if _RTL.search(text):
        text = _TURNED_LEVEL.sub(r"\2\1", text)
    return text


def _compose(found: re.Match[str]) -> str:
    letter = "i" if found.group(2) == "ı" else found.group(2)
    composed = unicodedata.normalize("NFC", letter + ACCENTS[found.group(1)])
    return composed if len(composed) == 1 else found.group()


def ends_in_hyphenation(first: str, second: str) -> bool:
    """Whether a word was cut at the end of `first` and goes on in `second`."""
    return (
        len(first) > 2
        and first[-1] in "-\u2010"
        and first[-2].isalpha()
        and second[:1].islower()
        and not first[:-1].endswith((" ", "|"))
    )
