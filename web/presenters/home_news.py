"""What changed lately and what waits for whom, in words with a way to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from roster.read import Awaited
from roster.read.news import Happened, Happening
from roster.vocabulary import CallAnswer, ReleaseOutcome, RequestStatus
from web.contexts.home import NewsLine, WaitingLine
from web.presenters.asked import due_chip
from web.tongues import Tongue
from web.wording import say


@dataclass
class _Owed:
    """What one country has not answered yet."""

    calls: int = 0
    releases: int = 0
    asked: list[date] = field(default_factory=list)
    due: list[date] = field(default_factory=list)


def waiting_lines(
    tongue: Tongue, awaited: Sequence[Awaited], today: date
) -> tuple[WaitingLine, ...]:
    """Return the countries whose answer is awaited, those asked longest ago first."""
    owed: dict[str, _Owed] = {}
    for one in awaited:
        line = owed.setdefault(one.country or "", _Owed())
        line.calls += one.call_id is not None
        line.releases += one.call_id is None
        line.asked.append(one.asked_on)
        line.due += [one.due_on] if one.due_on else []
    ordered = sorted(owed.items(), key=lambda each: (min(each[1].asked), each[0]))
    return tuple(_line(tongue, country, one, today) for country, one in ordered)


def _line(tongue: Tongue, country: str, one: _Owed, today: date) -> WaitingLine:
    what = []
    if one.calls:
        what.append(tongue.words("%(num)s call", "%(num)s calls", one.calls))
    if one.releases:
        what.append(tongue.words("%(num)s release", "%(num)s releases", one.releases))
    days = (today - min(one.asked)).days
    return WaitingLine(
        country=tongue.country(country) if country else tongue.word("country unknown"),
        what=tongue.listed(what),
        since=tongue.words("for %(num)s day", "for %(num)s days", days)
        if days
        else tongue.word("since today"),
        due=due_chip(min(one.due), today, tongue) if one.due else None,
        href="/calls" if one.calls else "/releases",
    )


def news_lines(tongue: Tongue, happened: Sequence[Happening], today: date) -> tuple[NewsLine, ...]:
    """Return what happened in words, each leading to where it can be seen."""
    return tuple(
        NewsLine(
            what=_what(tongue, one),
            about=tongue.labelled(one.code, one.subject) if one.code else "",
            when=_when(tongue, one, today),
            moment=one.at.isoformat(),
            href=_where(one),
        )
        for one in happened
    )


def _when(tongue: Tongue, one: Happening, today: date) -> str:
    if one.kind is Happened.CONFIRMED:
        return ""
    return tongue.time(one.at) if one.at.date() == today else tongue.day(one.at.date())


def _what(tongue: Tongue, one: Happening) -> str:
    if one.kind is Happened.MOVED_ON:
        stage = say(tongue, RequestStatus(one.said))
        return tongue.word("%(stage)s, by %(who)s", stage=stage, who=one.by) if one.by else stage
    if one.kind is Happened.CALL:
        country = tongue.country(one.country) if one.country else ""
        return tongue.labelled(country, say(tongue, CallAnswer(one.said)))
    return _counted(tongue, one)


def _counted(tongue: Tongue, one: Happening) -> str:
    kind = ReleaseOutcome(one.said) if one.kind is Happened.RELEASE else one.kind
    words = {
        ReleaseOutcome.GRANTED: tongue.words(
            "%(num)s is released", "%(num)s are released", one.count
        ),
        ReleaseOutcome.REFUSED: tongue.words(
            "%(num)s release refused", "%(num)s releases refused", one.count
        ),
        Happened.CONFIRMED: tongue.words(
            "%(num)s record was confirmed", "%(num)s records were confirmed", one.count
        ),
        Happened.FEEDBACK: tongue.words(
            "%(num)s answer about an Action", "%(num)s answers about an Action", one.count
        ),
        Happened.SHORTLIST: tongue.words(
            "%(num)s move on the shortlist", "%(num)s moves on the shortlist", one.count
        ),
    }
    return words[kind]


def _where(one: Happening) -> str:
    if one.kind is Happened.CONFIRMED:
        return "/experts?status=active"
    if one.kind is Happened.FEEDBACK:
        return f"/actions/{one.code}/feedback"
    page = {
        Happened.SHORTLIST: "/shortlist",
        Happened.CALL: "/releases",
        Happened.RELEASE: "/releases",
    }.get(one.kind, "")
    return f"/requests/{one.request_id}{page}"
