"""Words of a text without case, accents and decoration, each with its place in the original."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
_WORD = re.compile(rf"[^\W_][^\W_{MARKS}{INVISIBLE}]*(?:[{MARKS}{INVISIBLE}]+[^\W_]*)*")
_HARD_BREAK = re.compile(r"[,;:!?•|\t/]|\n\s*\n|\.\s*\n")

_PLAIN = frozenset({"", " ", "-", "'", "’", "\n", ". "})
"""What mostly stands between words, to spare a search."""

LETTERS = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "ı": "i",
        "þ": "th",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ə": "e",
        "ة": "ه",
        "ى": "ي",
        "ٱ": "ا",
        "ی": "ي",
        "ک": "ك",
        "ـ": None,
    }
)
_ARTICLE = "ال"


class Token(NamedTuple):
    """A word: offsets into the original text, end excluded, and the forms to look it up by."""

    start: int
    end: int
    forms: tuple[str, ...]
    after_break: bool
    """Whether punctuation that ends a phrase stands before it."""


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """Return one word in lower case, without accents and decoration, in its own script."""
    # Decorated letters (a mathematical bold A) show their case only once they are taken apart.
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    plain = "".join(
        letter
        for letter in bare
        if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf"
    )
    return plain.translate(LETTERS)


def fold_words(text: str) -> list[str]:
    """Return the words of a text, folded, in order."""
    # A letter that comes apart into a blank and a mark leaves a blank, which is no word.
    return " ".join(fold_word(found.group()) for found in _WORD.finditer(text)).split()


def fold_script(text: str) -> str:
    """Return a text folded in its own script, its words parted by single spaces."""
    return " ".join(fold_words(text))


def lookup_form(word: str) -> str:
    """Return the form under which a folded word is kept: Arabic words lose their article."""
    if word.startswith(_ARTICLE) and len(word) > 4:
        return word[2:]
    return word


@lru_cache(maxsize=1 << 16)
def _forms(word: str) -> tuple[str, ...]:
    folded = fold_word(word)
    if not folded or not "\u0600" <= folded[0] <= "\u06ff":
        return (folded,)
    return _arabic_forms(folded)


def _arabic_forms(word: str) -> tuple[str, ...]:
    """Undo what Arabic writes onto a word: and-, in-, for- and the article."""
    forms = [word]
    if word[0] in "وف" and len(word) > 4:
        forms.append(word[1:])
    for form in tuple(forms):
        if form.startswith("لل") and len(form) > 4:
            forms.append(form[2:])
        elif form[0] in "بلك" and len(form) > 4:
            forms.append(form[1:])
    return tuple(dict.fromkeys(bare for form in forms for bare in (lookup_form(form), form)))


def tokens(text: str) -> list[Token]:
    """Cut a text into words.

    Returns
    -------
    tokens : in order; `text[token.start:token.end]` is the word as written
    """
    found: list[Token] = []
    last = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        between = text[last:start]
        broken = between not in _PLAIN and _HARD_BREAK.search(between) is not None
        found.append(Token(start, end, _forms(match.group()), broken))
        last = end
    return found
