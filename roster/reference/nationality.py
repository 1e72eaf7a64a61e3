"""Countries behind the words of a form's field on nationality, in any language and case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from roster.reference import countries
from roster.reference.countries import CountryMention, find_countries
from roster.reference.folding import fold_word, lookup_form, tokens
from roster.reference.loading import load

_SIX = frozenset({"en", "fr", "es", "pt", "de", "it"})
_LEAST_SHARED = 4
_CODES_OF_FORMS = {"UK": "GB", "EL": "GR", "KOS": "XK", "USA": "US", "U.S": "US", "U.K": "GB"}
_NOBODYS = frozenset({"AQ", "BV", "GS", "HM", "IO", "TF", "UM"})
"""Territories that have no people of their own; their long names hold common words."""
_STATE = re.compile(r"(?:respubl?i|republi|республ|републ|koztarsa|tasavalt|جمهوري|مملك|دول)")
"""How words for "republic", "kingdom" and "state" begin."""
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class _Known:
    word: str
    code: str
    alone: bool
    """Whether it is the whole name of the country or language."""


def find_nationalities(text: str, language: str | None = None) -> list[CountryMention]:
    """Find the countries that the value of a field on nationality names.

    Parameters
    ----------
    text : the value: "polskie", "deutsch/türkisch", "PL", "Moroccan (born in France)"
    language : ISO 639-1 of the document, where known; it decides between "slovensko" and itself

    Returns
    -------
    mentions : each country once, in order of place; words in brackets count only where nothing
        else names one
    """
    outer = _ASIDE.sub(lambda found: " " * len(found.group()), text)
    found = _find(outer, language) or _find(text, language)
    return [one for one in found if one.code not in _NOBODYS]


def _find(text: str, language: str | None) -> list[CountryMention]:
    mentions = find_countries(text, language)
    if not mentions:
        mentions = [one for one in find_countries(text.title(), language) if _is_safe(one, text)]
    wide = [one for one in mentions if _words(text[one.start : one.end]) > 1]
    found = {one.start: one for one in wide}
    is_complete = bool(mentions) and language in _SIX
    for word in tokens(text):
        if any(one.start <= word.start < one.end for one in wide):
            continue
        known = [one for one in mentions if one.start == word.start]
        if is_complete and not known and _by_code(text[word.start : word.end]) is None:
            continue  # every adjective of these languages is known: the rest is other words
        mention = _of_word(text, word.start, word.end, language, known)
        if mention is not None:
            found[mention.start] = mention
    once: dict[str, CountryMention] = {}
    for start in sorted(found):
        once.setdefault(found[start].code, found[start])
    return list(once.values())


def _is_safe(mention: CountryMention, text: str) -> bool:
    return mention.end <= len(text)


def _words(text: str) -> int:
    return len(tokens(text))


def _of_word(
    text: str, start: int, end: int, language: str | None, known: list[CountryMention]
) -> CountryMention | None:
    word = text[start:end]
    if _STATE.match(lookup_form(fold_word(word))):
        return None
    if (code := _by_code(word)) is not None:
        return CountryMention(start, end, code, countries.NAME)
    by_stem = None
    if language is not None and language not in _SIX:
        by_stem = _by_stem(word, language)
    if by_stem is None and known:
        return known[0]
    by_stem = by_stem or _by_stem(word, language or "") or _by_any_stem(word)
    return CountryMention(start, end, by_stem, countries.DEMONYM) if by_stem else None


def _by_code(word: str) -> str | None:
    if not (2 <= len(word) <= 3 and word.isupper() and word.isascii()):
        return None
    code = _CODES_OF_FORMS.get(word, word)
    return code if countries.is_country(code) else countries.code_for(word)


def _by_stem(word: str, language: str) -> str | None:
    """Return the country whose name, or language, in that language begins as the word does."""
    folded = lookup_form(fold_word(word))
    best: tuple[float, str] | None = None
    for known in _index(language).get(folded[:3], ()):
        worth = _worth(folded, known)
        if worth and (best is None or worth > best[0]):
            best = worth, known.code
    if best is not None:
        return best[1]
    stems = [stem for stem in _own("stems") if folded.startswith(stem)]
    return _own("stems")[max(stems, key=len)] if stems else None


def _by_any_stem(word: str) -> str | None:
    """Ask every language; countries that disagree give None."""
    if len(word) < _LEAST_SHARED + 1:
        return None
    codes = {code for language in _table() if (code := _by_stem(word, language)) is not None}
    return codes.pop() if len(codes) == 1 else None


def _worth(word: str, known: _Known) -> float:
    shared = 0
    for left, right in zip(word, known.word, strict=False):
        if left != right:
            break
        shared += 1
    least = min(_LEAST_SHARED, len(known.word))
    if shared < least or shared < 0.6 * len(known.word) or shared < 0.45 * len(word):
        return 0.0
    return shared - 0.4 * (len(known.word) - shared) + 0.5 * known.alone


def _own(kind: str) -> dict[str, str]:
    return cast("dict[str, str]", load("nationality_words")[kind])


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    return cast("dict[str, dict[str, str]]", load("names")["territories"])


@lru_cache(maxsize=32)
def _index(language: str) -> dict[str, list[_Known]]:
    """Return the first three letters → words of the names of countries in a language."""
    index: dict[str, list[_Known]] = {}
    generic = frozenset(cast("list[str]", load("nationality_words")["generic"]))
    names = list(_table().get(language, {}).items())
    tongues = cast("dict[str, dict[str, str]]", load("names")["languages"]).get(language, {})
    states = _own("of_languages")
    names += [(states[code], name) for code, name in tongues.items() if code in states]
    for code, name in names:
        if not countries.is_country(code):
            continue
        words = [lookup_form(fold_word(name[one.start : one.end])) for one in tokens(name)]
        own = [word for word in words if len(word) > 2 and word not in generic]
        for word in own:
            known = _Known(word, code, alone=len(own) == 1)
            index.setdefault(word[:3], []).append(known)
    return index
