"""A plan for all open requests of a period: gains and losses, what is missing, a calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from babel.dates import format_skeleton

from matching.teams.plan_words import lack_words, reasons
from roster.read import (
    ExpertRow,
    OpenRequest,
    PeriodPlan,
    RequestPlan,
)
from web.contexts.layout import Frame
from web.contexts.parts import Chip, Figure, Link, PersonName, PostButton, percent
from web.contexts.portfolio import (
    CalendarBar,
    CalendarLine,
    CalendarMonth,
    LackLine,
    PlanCalendar,
    PlanForm,
    PlanRow,
    PortfolioPage,
    Without,
)
from web.presenters.persons import called as called_in
from web.presenters.persons import name_of
from web.presenters.ranking_query import NAMES_HIDDEN
from web.reason_words import clause, nameless
from web.tongues import Tongue

_NOTICED = 0.05
"""Points below which two teams are called equally good."""
_MOST_LABELS = 12


def portfolio_page(
    frame: Frame,
    form: PlanForm,
    found: PeriodPlan,
    people: Mapping[UUID, ExpertRow],
    tongue: Tongue,
    *,
    address: str = "",
) -> PortfolioPage:
    """Return the page of a plan.

    Parameters
    ----------
    address : where the page stands, names not kept back by choice
    """
    return PortfolioPage(
        frame=frame,
        finding=finding_of(found, tongue),
        form=form,
        is_planned=True,
        figures=figures_of(found, tongue),
        rows=rows_of(found, people, tongue, address),
        without=without_of(found, tongue),
        lacks=lacks_of(found, tongue),
        calendar=calendar_of(found, people, tongue),
        hide_names=None
        if found.unnamed or not found.seated
        else Link(tongue.word("Hide names"), f"{address}&{urlencode([NAMES_HIDDEN])}"),
        has_numbers=bool(found.unnamed),
    )


def finding_of(found: PeriodPlan, tongue: Tongue) -> str:
    """Say how many requests have a team, and how sure that is."""
    portfolio = found.portfolio
    staffed = sum(plan.is_staffed for plan in portfolio.plans)
    told = tongue.words(
        "%(staffed)s of %(num)s request gets a team.",
        "%(staffed)s of %(num)s requests get a team.",
        len(portfolio.plans) + len(found.unplanned),
        staffed=tongue.number(staffed),
    )
    if portfolio.is_proven:
        sure = tongue.word("No plan is better: this is proven.")
    elif portfolio.gap is not None:
        points = tongue.points(portfolio.gap)
        sure = tongue.word(
            "Time was up: a plan better by %(points)s points may exist.", points=points
        )
    else:
        sure = tongue.word("Time was up: a plan with more teams may exist.")
    return f"{told} {sure}"


def figures_of(found: PeriodPlan, tongue: Tongue) -> tuple[Figure, ...]:
    """Return what the plan comes to."""
    plans = [plan for plan in found.portfolio.plans if plan.is_staffed]
    lost = sum((plan.alone or 0.0) - (plan.score or 0.0) for plan in plans)
    more = len(plans) - sum(plan.in_turn is not None for plan in found.portfolio.plans)
    points = sum((plan.score or 0) - plan.in_turn for plan in plans if plan.in_turn is not None)
    people = {seat.expert_id for plan in plans for seat in plan.seats}
    return (
        Figure(tongue.word("Teams"), tongue.number(len(plans))),
        Figure(tongue.word("People sent"), tongue.number(len(people))),
        Figure(tongue.word("Points below each alone"), tongue.points(max(0.0, lost))),
        Figure(
            tongue.word("Against one after the other"),
            tongue.words(
                "%(sign)s%(num)s team", "%(sign)s%(num)s teams", abs(more), sign=_sign(more)
            )
            if more
            else tongue.word(
                "%(points)s points", points=f"{_sign(points)}{tongue.points(abs(points))}"
            ),
        ),
    )


def _sign(value: float) -> str:
    return "" if abs(value) < _NOTICED else "+" if value > 0 else "−"


def rows_of(
    found: PeriodPlan, people: Mapping[UUID, ExpertRow], tongue: Tongue, address: str = ""
) -> tuple[PlanRow, ...]:
    """Return what the plan does for each request."""
    return tuple(
        PlanRow(
            title=request.title,
            href=board_of(plan),
            reference=request.code,
            when=when(request, tongue),
            alone=_points(plan.alone, tongue),
            in_turn=_points(plan.in_turn, tongue),
            together=_points(plan.score, tongue),
            chip=_chip(plan, tongue),
            team=tuple(
                called_in(people[seat.expert_id], tongue, found.unnamed_in(plan.request_id))
                for seat in plan.seats
                if seat.expert_id in people
            ),
            open_names=_opened(found, plan, tongue, address),
        )
        for plan, request in zip(found.portfolio.plans, found.requests, strict=True)
    )


def _opened(
    found: PeriodPlan, plan: RequestPlan, tongue: Tongue, address: str
) -> PostButton | None:
    """Return the button that opens the names of a team that are kept back."""
    unnamed = found.unnamed_in(plan.request_id)
    if not unnamed:
        return None
    values = (*(("only", str(one)) for one in unnamed), ("back", address))
    label = tongue.word("Open the names of this team")
    return PostButton(label, f"/requests/{plan.request_id}/names", values=values)


def board_of(plan: RequestPlan) -> str:
    """Return the address of the team board with the rules of this plan."""
    return (
        f"/requests/{plan.request_id}/team?mode={plan.rules.mode.value}"
        f"&size={len(plan.rules.seats)}"
    )


def when(request: OpenRequest, tongue: Tongue) -> str:
    """Say when the activity is."""
    first, last = request.need.starts or request.need.ends, request.need.ends or request.need.starts
    return tongue.days(first, last) if first and last else tongue.word("dates open")


def _points(value: float | None, tongue: Tongue) -> str:
    return tongue.word("no team") if value is None else tongue.points(value)


def _chip(plan: RequestPlan, tongue: Tongue) -> Chip:
    """Say what a request gains or loses; always a glyph and words."""
    if plan.score is None:
        return Chip("fail", tongue.word("no team"))
    if plan.in_turn is None:
        return Chip("pass", tongue.word("a team only together"))
    lost = (plan.alone or 0.0) - plan.score
    if lost >= _NOTICED:
        return Chip("look", tongue.word("loses %(points)s", points=tongue.points(lost)))
    gained = plan.score - plan.in_turn
    if gained >= _NOTICED:
        return Chip("pass", tongue.word("gains %(points)s", points=tongue.points(gained)))
    return Chip("pass", tongue.word("as good as alone"))


# --- What is missing ------------------------------------------------------------------------------


def without_of(found: PeriodPlan, tongue: Tongue) -> tuple[Without, ...]:
    """Return the requests without a team, and why."""
    called = {one.id: one for one in found.requests}
    codes = {one.id: one.code for one in found.requests}
    told = [
        Without(
            Link(called[plan.request_id].title, board_of(plan)),
            called[plan.request_id].code,
            tuple(clause(one, tongue) for one in reasons(plan, codes)),
        )
        for plan in found.portfolio.plans
        if not plan.is_staffed
    ]
    told += [
        Without(
            Link(one.title, f"/requests/{one.id}"),
            one.code,
            tuple(clause(each, tongue) for each in why),
        )
        for one, why in found.unplanned
    ]
    return tuple(told)


def lacks_of(found: PeriodPlan, tongue: Tongue) -> tuple[LackLine, ...]:
    """Return whom the roster lacks, most requested first."""
    called = {one.id: one for one in found.requests}
    return tuple(
        LackLine(
            what=clause(lack_words(lack), tongue),
            waiting=tongue.words(
                "%(num)s request waits", "%(num)s requests wait", len(lack.request_ids)
            ),
            requests=tuple(Link(called[one].code, f"/requests/{one}") for one in lack.request_ids),
        )
        for lack in found.portfolio.lacks
    )


# --- The calendar ---------------------------------------------------------------------------------


def calendar_of(
    found: PeriodPlan, people: Mapping[UUID, ExpertRow], tongue: Tongue
) -> PlanCalendar | None:
    """Draw who would be where when, by name; None where nobody has a date.

    Who is known by name in one team and not in another has two lines: one would tell whose
    number it is.
    """
    called = {one.id: one for one in found.requests}
    trips: dict[tuple[UUID, bool], list[RequestPlan]] = defaultdict(list)
    for plan in found.portfolio.plans:
        unnamed = found.unnamed_in(plan.request_id)
        for seat in plan.seats:
            trips[seat.expert_id, seat.expert_id in unnamed].append(plan)
    first, last = _axis(found.portfolio.plans, found)
    lines = []
    for (one, is_unnamed), plans in trips.items():
        if one in people:
            plans.sort(key=_begin)
            numbers = {
                each.request_id: found.unnamed_in(each.request_id)[one]
                for each in plans
                if is_unnamed
            }
            person = _on_line(people[one], numbers, called, tongue)
            lines.append(_line(person, plans, called, (first, last), tongue))
    lines.sort(key=lambda line: (line.person.name.casefold(), line.person.href or ""))
    return PlanCalendar(_months(first, last, tongue), tuple(lines)) if lines else None


def _on_line(
    row: ExpertRow,
    numbers: Mapping[UUID, int | None],
    called: Mapping[UUID, OpenRequest],
    tongue: Tongue,
) -> PersonName:
    """Return how somebody is called beside her trips: without a name, by her numbers."""
    if not numbers:
        return name_of(row, tongue)
    told = [
        tongue.labelled(called[one].code, nameless(number, tongue))
        for one, number in numbers.items()
    ]
    unnamed = called_in(row, tongue, {row.id: None})
    return replace(unnamed, name=", ".join(told))


def _begin(plan: RequestPlan) -> tuple[date, str]:
    return plan.starts or date.max, str(plan.request_id)


def _axis(plans: Sequence[RequestPlan], found: PeriodPlan) -> tuple[date, date]:
    """Return the days that the picture spans: from the first activity to the last."""
    starts = [plan.starts for plan in plans if plan.is_staffed and plan.starts]
    ends = [plan.ends for plan in plans if plan.is_staffed and plan.ends]
    first, last = min(starts, default=found.starts), max(ends, default=found.ends)
    return first.replace(day=1), last


def _line(
    person: PersonName,
    plans: Sequence[RequestPlan],
    called: Mapping[UUID, OpenRequest],
    axis: tuple[date, date],
    tongue: Tongue,
) -> CalendarLine:
    whole = (axis[1] - axis[0]).days + 1
    bars, words = [], []
    for plan in plans:
        request = called[plan.request_id]
        said = tongue.labelled(request.code, when(request, tongue))
        words.append(said)
        if plan.starts and plan.ends:
            at = percent((plan.starts - axis[0]).days, whole)
            width = percent((plan.ends - plan.starts).days + 1, whole)
            bars.append(CalendarBar(at, width, said))
    return CalendarLine(person, tuple(bars), tuple(words))


def _months(first: date, last: date, tongue: Tongue) -> tuple[CalendarMonth, ...]:
    starts, day = [], first
    while day <= last:
        starts.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    step = -(-len(starts) // _MOST_LABELS)
    whole = (last - first).days + 1
    return tuple(
        CalendarMonth(
            percent((one - first).days, whole),
            str(format_skeleton("MMM", one, locale=tongue.calendar)) if at % step == 0 else "",
        )
        for at, one in enumerate(starts)
    )
