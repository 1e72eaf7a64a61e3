"""Plans for all open requests of a period on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID

import typer
from pydantic import ValidationError

from api.commands.console import (
    FacilityOption,
    JsonOption,
    actor_for,
    opened,
    say,
    say_json,
    say_table,
    tell,
)
from matching.teams.plan_words import lack_words, reasons
from roster import portfolios
from roster.errors import FieldError, InvalidInput
from roster.inputs import PortfolioInput
from roster.queries.experts import rows_by_id
from roster.read import ExpertRow, PeriodPlan, RequestPlan

_DAY = "%Y-%m-%d"
_A_YEAR = timedelta(days=365)
From = Annotated[
    datetime | None, typer.Option("--from", formats=[_DAY], help="First day; today if left out.")
]
Until = Annotated[
    datetime | None, typer.Option(formats=[_DAY], help="Last day; a year on if left out.")
]
Trips = Annotated[
    int, typer.Option(min=1, max=50, help="Deployments of one person in a year at most.")
]
Days = Annotated[
    int | None, typer.Option(min=1, max=366, help="Days out of one person in a year at most.")
]
Margin = Annotated[
    int, typer.Option(min=0, max=60, help="Days at least between two activities of a person.")
]
Newcomers = Annotated[
    float, typer.Option(min=0, max=1, help="Share of seats for people never deployed, 0 to 1.")
]
Size = Annotated[int, typer.Option(min=1, max=8, help="Seats of each team.")]


def portfolio(  # noqa: PLR0913, PLR0917 -- one option each.
    first: From = None,
    until: Until = None,
    size: Size = 3,
    deployments: Trips = 2,
    days: Days = None,
    margin: Margin = 2,
    newcomers: Newcomers = 0.0,
    as_json: JsonOption = False,
    facility: FacilityOption = None,
) -> None:
    """Plan teams for all open requests of a period together; nothing is stored.

    Nobody is in two places or sent too often. Says for each request what it gains or loses, what
    cannot be staffed and why, and whom the roster lacks.
    """
    with opened() as installation, installation.work() as session:
        today = installation.clock.now().date()
        starts = first.date() if first else today
        given = _given(
            starts=starts,
            ends=until.date() if until else starts + _A_YEAR,
            size=size,
            most_deployments_a_year=deployments,
            most_days_a_year=days,
            margin_days=margin,
            least_newcomers=newcomers,
        )
        tell("Ranking and planning: this may take some seconds.")
        ports = portfolios.Ports(
            installation.ranker, installation.composer, installation.planner, installation.clock
        )
        found = portfolios.plan_period(session, actor_for(session, facility), given, ports=ports)
        people = rows_by_id(session, found.seated)
    if as_json:
        from api.routers.portfolios import portfolio_out  # noqa: PLC0415 -- loads FastAPI.

        say_json(portfolio_out(found, people).model_dump(mode="json"))
        return
    _say(found, people)


def _given(**said: object) -> PortfolioInput:
    try:
        return PortfolioInput.model_validate(said)
    except ValidationError as error:
        details = tuple(FieldError("/ends", one["msg"]) for one in error.errors())
        raise InvalidInput("This period cannot be planned.", details) from error


def _day(value: date | None) -> str:
    return value.isoformat() if value else "open"


def _say(found: PeriodPlan, people: Mapping[UUID, ExpertRow]) -> None:
    plans = found.portfolio.plans
    staffed = sum(plan.is_staffed for plan in plans)
    say(f"{staffed} of {len(plans)} open requests have a team, {found.starts} to {found.ends}.")
    if not (plans or found.unplanned):
        tell("No open request falls into this period, and none is without dates.")
        return
    if not found.portfolio.is_proven:
        tell("Time was up: this is the best plan found, a better one may exist.")
    called = {one.id: one.code for one in found.requests}
    say()
    say_table(
        ("request", "from", "until", "alone", "in turn", "together", "team"),
        [
            (
                called[plan.request_id],
                _day(plan.starts),
                _day(plan.ends),
                _points(plan.alone),
                _points(plan.in_turn),
                _points(plan.score),
                _team(plan, people),
            )
            for plan in plans
        ],
    )
    for plan in plans:
        if not plan.is_staffed:
            say(f"\n{called[plan.request_id]} has no team. {' '.join(reasons(plan, called))}")
    for one, why in found.unplanned:
        say(f"\n{one.code} could not be planned. {' '.join(why)}")
    if found.portfolio.lacks:
        say("\nThe roster lacks:")
    for lack in found.portfolio.lacks:
        waiting = ", ".join(called[one] for one in lack.request_ids)
        say(f"  {lack_words(lack)} ({len(lack.request_ids)} waiting: {waiting})")


def _points(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _team(plan: RequestPlan, people: Mapping[UUID, ExpertRow]) -> str:
    rows = [people[seat.expert_id] for seat in plan.seats if seat.expert_id in people]
    return ", ".join(f"{row.display_name} ({row.home_country or '?'})" for row in rows)
