"""Languages by ISO 639: their names, where they are spoken, and where a text names them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from babel import Locale

from roster.reference.folding import fold_script
from roster.reference.inflections import inflected
from roster.reference.loading import load
from roster.reference.scanning import Case, Gazetteer

GROUPINGS = {
    "lusophone": "pt",
    "francophone": "fr",
    "hispanophone": "es",
    "arabophone": "ar",
    "russophone": "ru",
    "anglophone": "en",
}
"""Groups of countries that share a language of administration."""

_OFFICIAL = ("official", "de_facto", "working_added")
_SPOKEN = ("official", "de_facto", "working_added", "regional", "widely_used")


@dataclass(frozen=True, slots=True)
class LanguageMention:
    """A language named in a text: offsets, end excluded, and its code."""

    start: int
    end: int
    code: str


def is_language(code: str) -> bool:
    """Whether it is a code of this list: two letters of ISO 639-1, three of 639-3 where none."""
    return code in _codes()


def name_of(code: str, locale: str = "en") -> str:
    """Return the name of a language in a language ("pt" in "fr" is "portugais").

    Raises
    ------
    KeyError
        The code is no language.
    """
    if not is_language(code):
        raise KeyError(code)
    names = Locale.parse(locale.replace("-", "_")).languages
    return str(names.get(code) or _names()["en"].get(code) or _extra()[code])


@lru_cache(maxsize=4096)
def code_for(name: str) -> str | None:
    """Return the code of a language given by name, adjective or code, in any case.

    Names in 27 languages and the languages' own are known, and the codes of ISO 639-1 and 639-2
    (B and T). Dari is `fa`, as in CLDR: Dari and Farsi are standards of one language, and somebody
    who asks for Persian in Kabul must find the speaker of Dari; the printed word is kept by the
    caller. Serbo-Croatian has no code of its own here and gives None.
    """
    folded = fold_script(name)
    if not folded:
        return None
    codes = cast("dict[str, str]", load("languages")["codes"])
    if len(folded) in (2, 3) and name.strip().isascii():
        return folded if folded in _codes() else codes.get(folded) or _by_name().get(folded)
    found = _by_name().get(folded)
    if found:
        return found
    trimmed = " ".join(word for word in folded.split() if word not in _NOISE)
    return _by_name().get(trimmed)


def find_languages(text: str, language: str | None = None) -> list[LanguageMention]:
    """Find the languages a text names, in order of place.

    Parameters
    ----------
    text : best a section on languages: elsewhere "French" is mostly a nationality
    language : ISO 639-1 of the text, where known; rare languages whose names are words of other
        languages count only in their own
    """
    found = []
    for mention in _gazetteer().find(text):
        code, only = mention.key
        if not only or language in only:
            found.append(LanguageMention(mention.start, mention.end, code))
    return found


def official_in(country: str) -> tuple[str, ...]:
    """Return the languages of a country's administration, most spoken first; () if unknown."""
    return _languages_of(country, _OFFICIAL)


def is_official(code: str) -> bool:
    """Whether the administration of any country works in a language."""
    return code in _official_anywhere()


def spoken_in(country: str) -> tuple[str, ...]:
    """Return the official and regional languages and those of a fifth of the people or more."""
    return _languages_of(country, _SPOKEN)


def grouping(name: str) -> frozenset[str]:
    """Return the countries of "lusophone", "francophone", "hispanophone", "arabophone"...

    Raises
    ------
    KeyError
        There is no such grouping.
    """
    wanted = GROUPINGS[name]
    table = cast("dict[str, object]", load("languages_of_countries")["countries"])
    return frozenset(country for country in table if wanted in official_in(country))


_NOISE = frozenset(
    [
        "language",
        "langue",
        "lengua",
        "lingua",
        "idioma",
        "idiome",
        "sprache",
        "the",
        "la",
        "le",
        "el",
        "o",
        "a",
        "lingua",
        "modern",
        "standard",
        "moderne",
        "estandar",
    ]
)


def _languages_of(country: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
    table = cast("dict[str, dict[str, list[str]]]", load("languages_of_countries")["countries"])
    row = table.get(country, {})
    return tuple(dict.fromkeys(code for kind in kinds for code in row.get(kind, ())))


@lru_cache(maxsize=1)
def _names() -> dict[str, dict[str, str]]:
    return cast("dict[str, dict[str, str]]", load("names")["languages"])


@lru_cache(maxsize=1)
def _official_anywhere() -> frozenset[str]:
    table = cast("dict[str, object]", load("languages_of_countries")["countries"])
    return frozenset(code for country in table for code in official_in(country))


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    outside = frozenset({"und", "mul", "zxx", "mis", "sh", "tw", "mo"})
    return (frozenset(_names()["en"]) - outside) | frozenset(_extra())


def _extra() -> dict[str, str]:
    """Return languages that CLDR does not name, sign languages above all."""
    return cast("dict[str, str]", load("languages")["extra"])


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    aliases = cast("dict[str, list[str]]", load("languages")["aliases"])
    for code, names in aliases.items():
        for name in names:
            found.setdefault(fold_script(name), code)
    order = ["en", *(one for one in _names() if one != "en")]
    for locale in order:
        for code, name in _names()[locale].items():
            if code in _codes():
                found.setdefault(fold_script(name), code)
    return found


@lru_cache(maxsize=1)
def _gazetteer() -> Gazetteer[tuple[str, frozenset[str]]]:
    """Return all names; those of rare languages only as CLDR writes them, with a capital."""
    gazetteer: Gazetteer[tuple[str, frozenset[str]]] = Gazetteer()
    content = load("languages")
    everyday = frozenset(cast("list[str]", content["everyday"]))
    words = frozenset(cast("list[str]", content["words"]))
    aliases = cast("dict[str, list[str]]", content["aliases"])
    own = {fold_script(name) for names in aliases.values() for name in names}
    everywhere: frozenset[str] = frozenset()
    for folded, code in _by_name().items():
        if folded in words or (len(folded) < 4 and folded not in own):
            continue
        is_everyday = code in everyday or folded in own
        case = Case.ANY if is_everyday else Case.CAPITAL
        gazetteer.add(folded, (code, everywhere), case)
    for folded, (code, written_in) in _inflected(everyday).items():
        if folded not in words:
            gazetteer.add(folded, (code, written_in), Case.ANY)
    return gazetteer


def _inflected(everyday: frozenset[str]) -> dict[str, tuple[str, frozenset[str]]]:
    """Return other forms of everyday names, with the languages that they count in."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for locale, names in _names().items():
        for code in everyday & names.keys():
            for form in inflected(names[code], locale):
                folded = fold_script(form)
                if folded in _by_name() or len(folded) < 4:
                    continue
                known = found.get(folded, (code, frozenset()))
                if known[0] == code:
                    found[folded] = code, known[1] | {locale}
    return found
