"""Words of many languages as numbers: fold, split, stem, hash; alike words give alike terms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from threading import local
from zlib import crc32

import Stemmer

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_SENTENCE = re.compile(r"(?<=[.!?;:؟。])\s+|\s*[\n\r\t•▪●–|]+\s*")
_SEGMENTED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]")
_VOWEL_SIGNS = re.compile(
    r"[\u0610-\u061a\u0640\u064b-\u065f\u0670\u0591-\u05c7\u00ad\u200b-\u200f]"
)
"""Marks of Arabic and Hebrew and invisible signs: written or not, the word is the same."""
SHINGLE_WORDS = 6
"""Words in a row that two people do not write by chance."""

STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hu": "hungarian", "hy": "armenian", "it": "italian", "lt": "lithuanian", "nl": "dutch",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "tr": "turkish", "ca": "catalan", "cs": "czech",
}  # fmt: skip
"""Snowball's stemmer for each language that has one."""

_STOP_LIST = """
    a an and are as at be by for from has have in is it its of on or our that the their this to was
    we were which will with you your
    au aux avec ce ces cette dans de des du elle en est et il ils la le les leur leurs mais nous
    notre ou par pas pour qu que qui sa se ses son sont sur un une vous votre d l
    al como con del el ella en es esta este las lo los mas nos nuestro o para pero por que se ser su
    sus un una y
    ao aos as com da das do dos e em na nas no nos nossa nosso os para pela pelas pelo pelos por
    que sao se sua suas um uma
    am auf aus bei das dem den der des die ein eine einem einen einer fur im in ist mit nach nicht
    oder sich sie sind um und uns unser von wir zu zum zur
    che con da dei del della delle di e gli i il in la le lo nel nella per si sono su un una
    de een en het in is met naar of om op te van voor wij zijn
    i in na o od po w we z ze do jest oraz
"""
STOP_WORDS = frozenset(_STOP_LIST.split())
"""Words that say nothing about a subject, folded, over the languages of most letters."""

_STEMMER_CACHE = local()


def fold(text: str) -> str:
    """Return the text in lower case without marks: "Sécurité" and "SECURITE" are one."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text; scripts without spaces give pairs of signs.

    Cached for a while, since each sentence of a record is read for several purposes in a row.
    """
    if text.isascii():
        return tuple(_WORD.findall(text.lower()))
    whole = _VOWEL_SIGNS.sub("", unicodedata.normalize("NFKC", text))
    return tuple(part for word in _WORD.findall(whole) for part in _folded(word))


@lru_cache(maxsize=65_536)
def _folded(word: str) -> tuple[str, ...]:
    plain = fold(word)
    if len(plain) > 1 and _SEGMENTED.search(plain):
        return tuple(plain[at : at + 2] for at in range(len(plain) - 1))
    return tuple(_WORD.findall(plain))


@lru_cache(maxsize=65_536)
def _stem(word: str, language: str | None) -> str:
    name = STEMMERS.get(language or "")
    if name is None or len(word) < 4:
        return word
    # A Stemmer keeps state while it works, so each thread has its own.
    known: dict[str, Stemmer.Stemmer] = _STEMMER_CACHE.__dict__
    if name not in known:
        known[name] = Stemmer.Stemmer(name, 0)
    return str(known[name].stemWord(word))


def terms(text: str, language: str | None = None) -> list[int]:
    """Return the terms of a text as 32-bit numbers, in order, stop words left out.

    Each word gives its stem, and the first five letters of a long word besides: "trafficking",
    "traffic" and "trafico" meet there although no stemmer joins them.

    Parameters
    ----------
    text : in any language
    language : ISO 639-1 of the text; None or a language without a stemmer leaves words whole
    """
    return [term for word in words(text) for term in _terms_of(word, language)]


@lru_cache(maxsize=65_536)
def _terms_of(word: str, language: str | None) -> tuple[int, ...]:
    if word in STOP_WORDS or (len(word) == 1 and not _SEGMENTED.match(word)):
        return ()
    stem = crc32(_stem(word, language).encode())
    return (stem, crc32(f"{word[:5]}*".encode())) if len(word) > 5 else (stem,)


def shingles(text: str) -> set[int]:
    """Return each run of `SHINGLE_WORDS` words as a number; the trace that copying leaves."""
    parts = words(text)
    runs = range(len(parts) - SHINGLE_WORDS + 1)
    return {crc32(" ".join(parts[at : at + SHINGLE_WORDS]).encode()) for at in runs}


def sentences(text: str) -> list[str]:
    """Return the sentences and lines of a text, without the empty ones."""
    return [part.strip() for part in _SENTENCE.split(text) if part and part.strip()]


def distinct(parts: Iterable[str]) -> list[str]:
    """Return the parts without repetition, case and accents aside; saying it twice adds nothing."""
    seen: dict[str, str] = {}
    for part in parts:
        seen.setdefault(" ".join(words(part)), part)
    seen.pop("", None)
    return list(seen.values())


def clip(text: str, most_words: int) -> str:
    """Return the first words of a text, spaces made plain."""
    return " ".join(text.split()[:most_words])


def list_in_words(parts: Sequence[str], last: str = "and") -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"
