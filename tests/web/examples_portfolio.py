"""Invented contexts of the plan for all open requests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from roster.inputs import PortfolioInput
from roster.read import (
    ExpertRow,
    Lack,
    LanguageNeed,
    OpenRequest,
    PeriodPlan,
    Portfolio,
    PortfolioLimits,
    Recruit,
    RequestPlan,
    RequestView,
    SeatFilled,
    SeatNeed,
    TeamRules,
)
from roster.vocabulary import ExpertKind, ExpertStatus, Origin, Priority, SeatRole, TeamMode
from web.contexts.layout import Frame
from web.presenters.portfolio import portfolio_page
from web.presenters.portfolio_form import form_of, form_page, nothing_open
from web.tongues import Tongue

FIRST = date(2027, 1, 1)
LONG = "Maximiliane-Theodora von und zu der Tann-Rathsamhausen <script>alert(1)</script>"
TITLE = "National referral mechanism for victims of trafficking and <script>alert(2)</script> more"
GIVEN = PortfolioInput(starts=FIRST, ends=date(2027, 12, 31), most_days_a_year=60)
NAMES = ("Ana Lima", LONG, "Zoë Ørsted", "محمد العلوي")
FRENCH = (LanguageNeed("fr"),)
MANY = 40


def _request(number: int) -> OpenRequest:
    starts = FIRST + timedelta(days=31 * number) if number % 4 else None
    ends = starts + timedelta(days=9 * number) if starts else None
    title = TITLE if number == 2 else f"Request {number}"
    need = RequestView(UUID(int=number), title, starts=starts, ends=ends)
    urgency = "before the elections" if number == 1 else None
    return OpenRequest(
        UUID(int=number), f"REQ-2027-{number:03d}", title, urgency, None, need, FIRST
    )


def _row(number: int) -> ExpertRow:
    return ExpertRow(
        id=UUID(int=100 + number),
        origin=Origin.SYNTHETIC,
        display_name=NAMES[number % len(NAMES)],
        status=ExpertStatus.ACTIVE,
        kind=ExpertKind.EU_ADMINISTRATION,
        home_country=("PT", "DE", "DK", "MA")[number % 4],
        headline="Head of unit",
        confirmed_on=FIRST,
    )


PEOPLE = {row.id: row for row in map(_row, range(6))}


def _plan(number: int) -> RequestPlan:
    request = _request(number)
    seat = SeatNeed(SeatRole.THEMATIC_EXPERT)
    people = (UUID(int=100 + number), UUID(int=100 + (number + 1) % 6))
    has_team = number < 5
    score = 150.0 - 7 * number
    return RequestPlan(
        request_id=request.id,
        priority=Priority.NORMAL,
        starts=request.need.starts,
        ends=request.need.ends,
        rules=TeamRules(TeamMode.TRIANGULAR, (seat, seat)),
        fit=40,
        ask=12,
        free=None if has_team else 3,
        seats=tuple(SeatFilled(seat, one, score / 2, at) for at, one in enumerate(people))
        if has_team
        else (),
        score=score if has_team else None,
        alone=None if number == 6 else score + (number % 2) * 4,
        in_turn=None if number > 3 else score - (number == 2) * 11,
        rivals=(UUID(int=1), UUID(int=2)) if number == 5 else (),
        recruits=()
        if has_team
        else (Recruit(ExpertKind.NON_EU_ADMINISTRATION, FRENCH, ("data_management",), 2),),
    )


def _crowded(number: int) -> RequestPlan:
    """Plan a request of many: nobody goes to two at once, some go again and again."""
    starts, ends = _days(number)
    return replace(_plan(number % 4 + 1), request_id=UUID(int=number), starts=starts, ends=ends)


def _asked(number: int) -> OpenRequest:
    """Ask for days of which there are enough in a year for all."""
    one = _request(number)
    starts, ends = _days(number)
    return replace(one, need=replace(one.need, starts=starts, ends=ends))


def _days(number: int) -> tuple[date, date]:
    starts = FIRST + timedelta(days=9 * number)
    return starts, starts + timedelta(days=number % 8)


def portfolio_pages(
    tongue: Tongue, frame: Callable[[str, str, Tongue], Frame]
) -> dict[str, tuple[str, object]]:
    """Return the page planned, asked for, and with nothing to plan."""
    requests = tuple(map(_request, range(1, 7)))
    form = form_of(GIVEN, {UUID(int=1): "high", UUID(int=3): "out"}, requests, tongue)
    lack = Lack(
        ExpertKind.NON_EU_ADMINISTRATION,
        FRENCH,
        ("data_management", "document_security"),
        ("011", "015"),
        (UUID(int=5), UUID(int=6)),
        2,
    )
    plans = tuple(map(_plan, range(1, 7)))
    portfolio = Portfolio(plans, PortfolioLimits(), (lack,), False, 3.25, 4.0, 2)
    found = PeriodPlan(
        FIRST, GIVEN.ends, requests, portfolio, ((_request(7), ("It says too little.",)),)
    )
    title = tongue.word("All open requests together")
    framed = frame(title, "requests", tongue)
    crowd = tuple(map(_asked, range(1, MANY + 1)))
    crowded = replace(
        found,
        requests=crowd,
        portfolio=replace(portfolio, plans=tuple(_crowded(one.id.int) for one in crowd)),
    )
    nothing = form_page(framed, form_of(GIVEN, {}, (), tongue), tongue, nothing_open(tongue))
    return {
        "portfolio": (
            "portfolio/detail.html",
            portfolio_page(framed, form, found, PEOPLE, tongue),
        ),
        "portfolio crowded": (
            "portfolio/detail.html",
            portfolio_page(framed, form_of(GIVEN, {}, crowd, tongue), crowded, PEOPLE, tongue),
        ),
        "portfolio asked": ("portfolio/detail.html", form_page(framed, form, tongue)),
        "portfolio of nothing": ("portfolio/detail.html", nothing),
    }
