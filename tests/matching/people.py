"""Small people and requests to rank: facts given in one line each, everything else unknown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from roster.dates import PartialDate, Period
from roster.read import (
    ActivityExperience,
    Dated,
    Evidence,
    ExpertView,
    LanguageNeed,
    LanguageSkill,
    Mission,
    Post,
    RequestView,
    TopicExperience,
)
from roster.vocabulary import (
    ActivityType,
    AdministrationKind,
    ExpertKind,
    ExpertStatus,
    LanguageLevel,
    Origin,
)

FACILITY = UUID(int=1)
NOW = datetime(2027, 1, 15, 9, 0, tzinfo=UTC)


def number(n: int) -> UUID:
    """Return the id of person n."""
    return UUID(int=1000 + n)


def period(start: int | None = None, end: int | None = None) -> Period:
    """Return a time in years; without an end it goes on, without a start it is not known."""
    if start is None:
        return Period()
    return Period(PartialDate(start), PartialDate(end) if end else None, ongoing=end is None)


def dated(value: Any, when: Period | None = None, quote: str = "", lang: str = "en") -> Any:
    """Return a value with its dates and its words."""
    return Dated(value, when or Period(), Evidence(None, quote, "CV of 1 Jan 2027", 1, lang))


def post(
    title: str,
    start: int | None = None,
    end: int | None = None,
    *,
    employer: str = "Ministry of the Interior",
    administration: AdministrationKind | None = AdministrationKind.INTERIOR,
    country: str | None = None,
    duties: str | None = None,
    lang: str = "en",
) -> Dated[Post]:
    """Return a post in a public body."""
    kind = ExpertKind.EU_ADMINISTRATION if administration else None
    value = Post(title, employer, administration, kind, country, duties=duties)
    found: Dated[Post] = dated(value, period(start, end), title, lang)
    return found


def mission(
    what: str, countries: Sequence[str] = (), year: int | None = None, lang: str = "en"
) -> Dated[Mission]:
    """Return a mission of one year."""
    found: Dated[Mission] = dated(Mission(what, tuple(countries)), period(year, year), what, lang)
    return found


def topic(
    code: str,
    strength: float = 1.0,
    start: int | None = None,
    end: int | None = None,
    quote: str = "",
) -> Dated[TopicExperience]:
    """Return a topic shown by a sentence."""
    found: Dated[TopicExperience] = dated(
        TopicExperience(code, strength), period(start, end), quote or code.replace("_", " ")
    )
    return found


def speaks(**levels: str | None) -> tuple[Dated[LanguageSkill], ...]:
    """Return languages by code: `fr="B2"`, `ar=None` for a level that is not known."""
    return tuple(
        dated(LanguageSkill(code, LanguageLevel(level) if level else None))
        for code, level in levels.items()
    )


def did(*kinds: ActivityType, year: int | None = None) -> tuple[Dated[ActivityExperience], ...]:
    """Return types of activity done."""
    return tuple(dated(ActivityExperience(kind), period(year, year)) for kind in kinds)


def person(n: int, **fields: Any) -> ExpertView:
    """Return person n: an active official of Portugal, free all year, unless said otherwise."""
    given: dict[str, Any] = {
        "id": number(n),
        "facility_id": FACILITY,
        "origin": Origin.SYNTHETIC,
        "display_name": f"Person {n}",
        "status": ExpertStatus.ACTIVE,
        "kind": ExpertKind.EU_ADMINISTRATION,
        "home_country": "PT",
        "headline": None,
        "languages": speaks(en="C1"),
        "availability_known_until": date(2028, 12, 31),
    }
    return ExpertView(**{**given, **fields})


def need(language: str, minimum: str = "B2", *, everyone: bool = True) -> LanguageNeed:
    """Return a working language."""
    return LanguageNeed(language, LanguageLevel(minimum), everyone)


def request(**fields: Any) -> RequestView:
    """Return a request about document security in Senegal, in March 2027, unless said otherwise."""
    given: dict[str, Any] = {
        "id": UUID(int=7),
        "title": "Document security",
        "countries": ("SN",),
        "topics": ("document_security",),
        "starts": date(2027, 3, 1),
        "ends": date(2027, 3, 12),
    }
    return RequestView(**{**given, **fields})
