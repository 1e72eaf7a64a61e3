"""Countries by ISO 3166-1 alpha-2: their names in many languages, and where a text names them."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import countrynames
from babel import Locale, UnknownLocaleError

from roster.reference.country_traps import (
    CAPITALISED_DEMONYMS,
    GIVEN_NAMES,
    ONLY_IN,
    is_something_else,
    not_countries,
)
from roster.reference.demonyms import forms
from roster.reference.folding import fold_script
from roster.reference.loading import load
from roster.reference.scanning import Case, Gazetteer
from roster.reference.slavic import russian_cases

NAME = "name"
DEMONYM = "demonym"
CITY = "city"
_ACRONYM = "!"
_DOUBLED = "\u0651"
"""The sign that doubles an Arabic letter and falls when words are folded."""
_SHORT_U = "\u064f"
_OMAN = "عمان"
_JORDAN = "اردن"
_AND = {"en": "and", "fr": "et", "es": "y", "pt": "e", "de": "und", "it": "e", "nl": "en"}
_GUESS_FROM = 6


@dataclass(frozen=True, slots=True)
class CountryMention:
    """A country named in a text: offsets, end excluded; kind is "name", "demonym" or "city"."""

    start: int
    end: int
    code: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str | None
    """None: words that look like a country and are none."""
    kind: str
    languages: frozenset[str] = frozenset()
    """Where it counts; empty: everywhere."""


@lru_cache(maxsize=1)
def codes() -> tuple[str, ...]:
    """Return every code, in order; Kosovo is XK."""
    return tuple(sorted(_territories()))


def is_country(code: str) -> bool:
    """Whether it is a code of a country or territory, written in capitals."""
    return code in _territories()


def numeric_of(code: str) -> str | None:
    """Return the three digits of ISO 3166-1 (983 for Kosovo), or None for an unknown code."""
    entry = _territories().get(code)
    return cast("str", entry["numeric"]) if entry else None


def name_of(code: str, locale: str = "en") -> str:
    """Return the country's short name.

    Parameters
    ----------
    code : ISO 3166-1 alpha-2
    locale : language, with or without a region ("pt", "pt-PT"); English where CLDR has none

    Raises
    ------
    KeyError
        The code is no country.
    """
    if not is_country(code):
        raise KeyError(code)
    return str(_locale(locale).territories.get(code) or _locale("en").territories[code])


@lru_cache(maxsize=4096)
def code_for(name: str) -> str | None:
    """Return the code of a country given by name, code or nationality, in any case.

    Exact names of 27 languages, common aliases and nationalities come first; a misspelling is
    guessed at last, and only where the word is long. Ambiguous words ("Congolese") give None;
    "Congo" alone is CG, as in ISO 3166.
    """
    stripped = name.strip(" \t\n.,;:()[]")
    if stripped in _territories():
        return stripped
    folded = fold_script(stripped)
    found = _by_name().get(folded) or _by_name().get(
        re.sub(r"^(the|la|le|les|el|os|as|die|il) ", "", folded)
    )
    if found or len(folded) < 3 or folded in _by_name():
        return found
    by_alpha3 = _by_alpha3().get(stripped)
    return by_alpha3 or _guess(stripped, folded)


def find_countries(text: str, language: str | None = None) -> list[CountryMention]:
    """Find the countries a text names, in order of place.

    Parameters
    ----------
    text : of any length and script
    language : ISO 639-1 of the text, where known; a word that is a country in that language only
        counts then ("Island" is Iceland in German)

    Returns
    -------
    mentions : names, nationalities ("Malian", "marocaines") and unambiguous capitals
        The adjective of a nationality is often a language too ("French: C1"); it is for the caller
        to weigh kind "demonym".
    """
    found = []
    for mention in _gazetteer().find(text, ignore_case=text == text.lower()):
        entry = mention.key
        if entry.code is None or (entry.languages and language not in entry.languages):
            continue
        if _is_other_amman(entry, text, mention.start, mention.end):
            continue
        if entry.code in GIVEN_NAMES and is_something_else(text, mention.start, mention.end):
            continue
        found.append(CountryMention(mention.start, mention.end, entry.code, entry.kind))
    return _once(found)


def _is_other_amman(entry: _Entry, text: str, start: int, end: int) -> bool:
    """Whether the Arabic letters that Oman and Amman share mean the other of the two here.

    The doubled letter is Amman; written without signs, it is Amman where the text names Jordan.
    """
    written = text[start:end]
    if entry.code not in {"OM", "JO"} or _OMAN not in fold_script(written).split():
        return False
    amman = _DOUBLED in written or (_SHORT_U not in written and _JORDAN in fold_script(text))
    return amman != (entry.code == "JO")


def _once(mentions: list[CountryMention]) -> list[CountryMention]:
    """Keep one mention where a word is both a name and a nationality: "Georgien"."""
    kept = {(one.start, one.end, one.code): one for one in reversed(mentions)}
    return sorted(kept.values(), key=lambda one: (one.start, one.end, one.code))


@lru_cache(maxsize=1)
def _territories() -> dict[str, dict[str, object]]:
    return cast("dict[str, dict[str, object]]", load("territories")["territories"])


@lru_cache(maxsize=64)
def _locale(name: str) -> Locale:
    for candidate in (name.replace("-", "_"), name[:2]):
        try:
            return Locale.parse(candidate)
        except (ValueError, UnknownLocaleError):
            continue
    return Locale("en")


@lru_cache(maxsize=1)
def _cldr_names() -> dict[str, dict[str, set[str]]]:
    """Return names per code with the languages that use each."""
    names: dict[str, dict[str, set[str]]] = {}
    table = cast("dict[str, dict[str, str]]", load("names")["territories"])
    for locale, of_locale in table.items():
        language = locale[:2]
        for code, name in of_locale.items():
            for written in _spellings(name, language):
                names.setdefault(code, {}).setdefault(written, set()).add(language)
    return names


def _spellings(name: str, language: str) -> set[str]:
    """Return a CLDR name as people write it: with "and" for "&", without brackets."""
    joined = name.replace("&", _AND.get(language, "and"))
    written = {name, joined, re.sub(r"\s*\(.*?\)", "", joined)}
    if language == "ru":
        written |= {form for one in tuple(written) for form in russian_cases(one)}
    return {one for one in written if one.strip()}


@lru_cache(maxsize=1)
def _own() -> dict[str, dict[str, list[str]]]:
    return cast("dict[str, dict[str, list[str]]]", load("countries"))


@lru_cache(maxsize=1)
def _demonyms() -> dict[str, tuple[str, str]]:
    """Return each form of each nationality → code and language."""
    table = cast("dict[str, dict[str, list[str]]]", load("countries")["demonyms"])
    found: dict[str, tuple[str, str]] = {}
    for code, of_code in table.items():
        for language, words in of_code.items():
            for word in words:
                for form in forms(word, language):
                    found.setdefault(form, (code, language))
    return found


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {"congo": "CG", "kongo": "CG"}
    for code, aliases in _own()["aliases"].items():
        for alias in aliases:
            for form in _alias_forms(alias.rstrip(_ACRONYM)):
                found.setdefault(fold_script(form), code)
    english = cast("dict[str, dict[str, str]]", load("names")["territories"])["en"]
    for code, name in english.items():
        found.setdefault(fold_script(name), code)
    for code, names in _cldr_names().items():
        for name in names:
            found.setdefault(fold_script(name), code)
    for form, (code, _) in _demonyms().items():
        found.setdefault(fold_script(form), code)
    return found


@lru_cache(maxsize=1)
def _by_alpha3() -> dict[str, str]:
    return {str(entry["alpha3"]): code for code, entry in _territories().items()}


def _alias_forms(alias: str) -> tuple[str, ...]:
    return (alias, *russian_cases(alias)) if "\u0400" <= alias[0] <= "\u04ff" else (alias,)


def _guess(name: str, folded: str) -> str | None:
    """Ask the library for a misspelling; short words are never guessed at."""
    if len(folded) < _GUESS_FROM or folded.startswith("congol"):
        return None
    with warnings.catch_warnings():  # it recommends a C library on first use; names do without
        warnings.simplefilter("ignore")
        code = countrynames.to_code(name, fuzzy=False)
    return code if code in _territories() else None


@lru_cache(maxsize=1)
def _gazetteer() -> Gazetteer[_Entry]:
    gazetteer: Gazetteer[_Entry] = Gazetteer()
    for phrase in not_countries():
        gazetteer.add(phrase, _Entry(None, NAME))
    _add_names(gazetteer)
    for code, cities in _own()["capitals"].items():
        for city in cities:
            gazetteer.add(city, _Entry(code, CITY), Case.CAPITAL)
    for code, cities in _own()["cities"].items():
        for city in cities:
            gazetteer.add(city, _Entry(code, CITY), Case.CAPITAL)
    for form, (code, language) in _demonyms().items():
        strict = language == "en" or form in CAPITALISED_DEMONYMS
        # Romanian forms are words of other languages: "german", "roman", "indian".
        only = frozenset({language}) if language == "ro" else frozenset[str]()
        gazetteer.add(form, _Entry(code, DEMONYM, only), Case.CAPITAL if strict else Case.ANY)
    return gazetteer


def _add_names(gazetteer: Gazetteer[_Entry]) -> None:
    seen: set[str] = set()
    for code, aliases in _own()["aliases"].items():
        for alias in aliases:
            case = Case.UPPER if alias.endswith(_ACRONYM) else Case.CAPITAL
            for form in _alias_forms(alias.rstrip(_ACRONYM)):
                seen.add(fold_script(form))
                gazetteer.add(form, _Entry(code, NAME), case)
    for code, names in sorted(_cldr_names().items()):
        for name, languages in sorted(names.items()):
            folded = fold_script(name)
            if folded in seen:
                continue
            only = ONLY_IN.get(folded) or _only_where_short(folded, languages)
            seen.add(folded)
            gazetteer.add(name, _Entry(code, NAME, only), Case.CAPITAL)


def _only_where_short(folded: str, languages: set[str]) -> frozenset[str]:
    """Names of three letters are words or acronyms elsewhere: "Irã", "Tšad"."""
    return frozenset(languages) if len(folded) <= 3 and folded.isascii() else frozenset()
