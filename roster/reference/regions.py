"""Regions of the world by UN M49, and the five regions the facility reports by."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from roster.reference.countries import _locale, codes, is_country
from roster.reference.loading import load

AFRICA = "Africa"
ASIA = "Asia"
LATIN_AMERICA = "Latin America and Caribbean"
MENA = "Middle East and North Africa"
EASTERN_EUROPE = "Eastern Europe"
FACILITY_REGIONS = (AFRICA, ASIA, LATIN_AMERICA, MENA, EASTERN_EUROPE)

_WORLD = "001"
_EAST = frozenset({"AM", "AZ", "BY", "GE", "MD", "RU", "UA"})
_BALKANS = frozenset({"AL", "BA", "ME", "MK", "RS", "XK"})
_MIDDLE_EAST = frozenset(
    [
        "AE",
        "BH",
        "DZ",
        "EG",
        "EH",
        "IL",
        "IQ",
        "IR",
        "JO",
        "KW",
        "LB",
        "LY",
        "MA",
        "OM",
        "PS",
        "QA",
        "SA",
        "SY",
        "TN",
        "YE",
    ]
)
_NORTH_AMERICA = frozenset({"US", "CA", "GL", "BM", "PM"})


def subregion_of(code: str) -> str | None:
    """Return the M49 subregion ("011" Western Africa) of a country, or None for an unknown code."""
    within = _within(code)
    return within[0] if within else None


def region_of(code: str) -> str | None:
    """Return the M49 region of a country: "002", "019", "142", "150" or "009"; None if unknown."""
    within = _within(code)
    return within[-2] if len(within) > 1 else None


def region_name(code: str, locale: str = "en") -> str:
    """Return the name of an M49 region in a language.

    Raises
    ------
    KeyError
        No region has the code.
    """
    if code not in _places():
        raise KeyError(code)
    return str(_locale(locale).territories[code])


def subregions() -> tuple[str, ...]:
    """Return the codes of all subregions that hold countries, in order."""
    return tuple(sorted({sub for code in codes() if (sub := subregion_of(code))}))


def countries_in(region: str) -> tuple[str, ...]:
    """Return the countries of an M49 region or subregion, in order."""
    return tuple(code for code in codes() if region in _within(code))


def facility_region_of(code: str) -> str | None:
    """Return the facility's region of a country, or None where it has none (EU, North America...).

    Africa is Africa south of the Sahara with Mauritania and Sudan; Northern Africa and Western
    Asia without Turkey, Cyprus and the Caucasus, but with Iran, are Middle East and North Africa;
    Eastern Europe is the Eastern Partnership with Russia and the Western Balkans; Oceania outside
    Australia and New Zealand counts as Asia. EU Member States lend, they do not ask.
    """
    if code in _EAST | _BALKANS:
        return EASTERN_EUROPE
    if code in _MIDDLE_EAST:
        return MENA
    return _facility_region_by_m49(code)


def _facility_region_by_m49(code: str) -> str | None:
    if code == "TR":
        return EASTERN_EUROPE
    if code in _NORTH_AMERICA or code in {"CY", "AU", "NZ", "JP"}:
        return None
    return {"002": AFRICA, "019": LATIN_AMERICA, "142": ASIA, "009": ASIA}.get(
        region_of(code) or ""
    )


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    return frozenset(place for code in codes() for place in _within(code)) | {_WORLD}


def _within(code: str) -> list[str]:
    if not is_country(code):
        return []
    table = cast("dict[str, dict[str, list[str]]]", load("territories")["territories"])
    return table[code]["within"]
