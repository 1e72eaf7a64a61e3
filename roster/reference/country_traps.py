"""Words that look like a country and are none: rivers, states, organisations, given names."""

from __future__ import annotations

import re
from typing import cast

from roster.reference.loading import load


def not_countries() -> tuple[str, ...]:
    """Return phrases that hold a country's name and mean no country."""
    return tuple(cast("list[str]", load("country_traps")["traps"]))


GIVEN_NAMES = frozenset({"JO", "TD", "GE", "IN", "IL", "KE", "CN", "PS", "CY", "CU"})
"""Countries whose English name is a person's name too."""

ONLY_IN = {
    "island": frozenset({"de", "da", "sv", "cs", "hr", "et"}),
    "islanda": frozenset({"it", "ro", "pl"}),
    "reunion": frozenset({"xx"}),
    "reuniao": frozenset({"xx"}),
    "oman": frozenset[str](),
    "man": frozenset({"xx"}),
    "jersey": frozenset({"xx"}),
    "maurice": frozenset({"fr"}),
    "niger": frozenset[str](),
    "india": frozenset[str](),
    "congo": frozenset({"xx"}),
    "kongo": frozenset({"xx"}),
    "martinica": frozenset[str](),
    "chypre": frozenset[str](),
    "guernsey": frozenset[str](),
    "montserrat": frozenset({"xx"}),
    "norfolk": frozenset({"xx"}),
    "kina": frozenset({"da", "sv", "hr", "sl", "et"}),
    "fas": frozenset({"tr"}),
    "cina": frozenset({"it", "cs", "sk"}),
    "cile": frozenset({"it", "hr", "sl", "cs"}),
    "ekvator": frozenset({"sl"}),
    "ostrov man": frozenset({"cs", "sk"}),
}
"""Folded names that are a country in some languages only ("xx": never by themselves)."""

CAPITALISED_DEMONYMS = frozenset({"indio", "india", "lao", "finn", "mongol", "swazi"})
"""Nationalities that are another word in lower case."""

_BEFORE = re.compile(r"([^\W\d_]+)[ \t]+$")
_AFTER = re.compile(r"^[ \t]+([^\W\d_]+)")
_INSTITUTIONS = frozenset(
    [
        "ministry",
        "airways",
        "ministère",
        "government",
        "gouvernement",
        "border",
        "police",
        "national",
        "authority",
        "authorities",
        "republic",
        "country",
        "office",
        "department",
        "directorate",
        "immigration",
        "customs",
        "team",
        "mission",
        "project",
        "programme",
        "program",
        "delegation",
        "agency",
        "army",
        "action",
        "phase",
        "i",
        "ii",
        "iii",
        "iv",
        "v",
        "and",
        "et",
        "y",
        "e",
        "und",
        "the",
        "river",
        "country",
        "state",
        "compact",
        "response",
        "refugee",
        "refugees",
        "hashemite",
        "migration",
        "passport",
        "visa",
        "embassy",
        "consulate",
        "kingdom",
        "mou",
        "eu",
        "un",
        "unhcr",
        "iom",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
_LEADING = frozenset(
    [
        "in",
        "to",
        "from",
        "of",
        "for",
        "with",
        "and",
        "or",
        "the",
        "at",
        "by",
        "on",
        "via",
        "near",
        "across",
        "en",
        "de",
        "au",
        "du",
        "et",
        "le",
        "la",
        "a",
        "para",
        "con",
        "y",
        "do",
        "da",
        "e",
        "em",
        "nach",
        "in",
        "aus",
        "und",
        "für",
        "von",
        "mission",
        "action",
        "project",
        "country",
        "countries",
        "beneficiary",
        "kingdom",
        "state",
        "republic",
        "southern",
        "northern",
        "eastern",
        "western",
        "royal",
        "government",
    ]
)


_PAIRING = frozenset({"and", "with", "by", "y", "et", "e", "und"})
"""Words that lead in a person as well as a country."""
_US_PLACE = re.compile(
    r"\b(?:Atlanta|Savannah|Augusta|Macon|Athens|Columbus|Marietta|Decatur|Fort Benning),?\s+$"
)
_US_AFTER = re.compile(r"^,?\s*(?:USA|U\.?S\.?A?\.?|United States|\d{5})\b")


def is_something_else(text: str, start: int, end: int) -> bool:
    """Whether a country's name is a person's here, or that of the US state."""
    if text[start:end] == "Georgia" and (
        _US_PLACE.search(text[max(0, start - 20) : start]) or _US_AFTER.match(text[end : end + 20])
    ):
        return True
    return _is_given_name(text, start, end)


def _is_given_name(text: str, start: int, end: int) -> bool:
    """Whether it stands beside a capitalised word as part of a person's name."""
    before = _BEFORE.search(text[max(0, start - 40) : start])
    after = _AFTER.match(text[end : end + 40])
    leading = before.group(1).lower() if before else ""
    if leading in _LEADING:
        return leading in _PAIRING and _is_name_part(after)
    return _is_name_part(before) or _is_name_part(after)


def _is_name_part(neighbour: re.Match[str] | None) -> bool:
    word = neighbour.group(1) if neighbour else ""
    return word[:1].isupper() and not word.isupper() and word.lower() not in _INSTITUTIONS
