"""The head that all pages of one request share."""

from __future__ import annotations

from datetime import date

from roster.read import RequestDetail
from roster.reference import bodies
from roster.vocabulary import Origin
from web.contexts.layout import Fact, Head, Tab
from web.contexts.parts import Chip, Link
from web.tongues import Tongue
from web.wording import say

_SOON_DAYS = 14


def path_of(found: RequestDetail, *parts: str) -> str:
    """Return the path of a page of a request."""
    return "/".join(("/requests", str(found.row.id), *parts))


def head_of(found: RequestDetail, current: str, today: date, tongue: Tongue) -> Head:
    """Return the head with its tabs.

    Parameters
    ----------
    current : "fields", "screening", "fiche", "ranking", "shortlist", "team", "releases" or
        "decision"
    """
    _ = tongue.word
    fit = dict(found.rankings[0].counts).get("fit", 0) if found.rankings else 0
    shortlisted = found.row.shortlisted
    tabs = (
        ("fields", _("Letter and fields"), (), ""),
        ("screening", _("Screening"), ("screening",), ""),
        ("fiche", _("Fiche"), ("fiche",), ""),
        ("ranking", _("Ranking"), ("ranking",), tongue.number(fit) if fit else ""),
        (
            "shortlist",
            _("Shortlist"),
            ("shortlist",),
            tongue.number(shortlisted) if shortlisted else "",
        ),
        ("team", _("Team"), ("team",), ""),
        ("releases", _("Calls and releases"), ("releases",), ""),
        ("context", _("Context"), ("context",), ""),
        ("decision", _("Decision"), ("decision",), ""),
    )
    return Head(
        title=found.row.title,
        crumbs=(Link(_("Requests"), "/requests"),),
        here=found.row.code,
        facts=facts_of(found, tongue),
        chips=chips_of(found, today, tongue),
        tabs=tuple(
            Tab(label, path_of(found, *parts), count, key == current)
            for key, label, parts, count in tabs
        ),
        tabs_name=_("This request"),
    )


def facts_of(found: RequestDetail, tongue: Tongue) -> tuple[Fact, ...]:
    """Return who asks, in which languages, when, and how far the request has come."""
    _ = tongue.word
    need = found.need
    whom = [need.authority, countries_words(need.countries, need.regional_body, tongue)]
    spoken = [
        _("%(language)s, %(level)s or better", language=tongue.language(one.language), level=level)
        for one in need.languages
        for level in [one.minimum.value]
    ]
    return (
        Fact(_("For"), ", ".join(filter(None, whom)) or _("not said")),
        Fact(_("Working language"), "; ".join(spoken) or _("not said")),
        Fact(_("On site"), days_words(need.starts, need.ends, tongue) or _("not said")),
        Fact(_("Stage"), say(tongue, found.row.status)),
    )


def chips_of(found: RequestDetail, today: date, tongue: Tongue) -> tuple[Chip, ...]:
    """Return what presses, and where the record comes from if it is not real."""
    chips = []
    due = due_chip(found.row.fiche_due, today, tongue)
    if due is not None:
        chips.append(due)
    if found.row.origin is not Origin.REAL:
        word = "synthetic" if found.row.origin is Origin.SYNTHETIC else "imported"
        words = {
            "synthetic": tongue.word("synthetic: invented request"),
            "imported": tongue.word("imported"),
        }
        chips.append(Chip("note", words[word]))
    return tuple(chips)


def due_chip(due: date | None, today: date, tongue: Tongue) -> Chip | None:
    """Return how long there is for the fiche; None where it does not press."""
    if due is None:
        return None
    days = (due - today).days
    if days < 0:
        late = tongue.words("Fiche %(num)s day late", "Fiche %(num)s days late", -days)
        return Chip("clock", late)
    if days > _SOON_DAYS:
        return None
    return Chip("clock", tongue.word("Fiche due %(day)s", day=tongue.day(due)))


def countries_words(countries: tuple[str, ...], body: str | None, tongue: Tongue) -> str:
    """Name the beneficiaries."""
    names = [tongue.country(code) for code in countries]
    if body is not None:
        known = {one.id: one.name for one in bodies.bodies()}
        names.append(known.get(body, body))
    return tongue.listed(names)


def days_words(starts: date | None, ends: date | None, tongue: Tongue) -> str:
    """Write the days on site as far as they are known; empty where nothing is."""
    if starts is not None and ends is not None:
        return tongue.days(starts, ends)
    if starts is not None:
        return tongue.word("from %(day)s", day=tongue.day(starts))
    if ends is not None:
        return tongue.word("until %(day)s", day=tongue.day(ends))
    return ""
