"""Portfolios: the open requests of a period planned together; made anew each time, never kept.

A plan is only as good as what is known of people on the day it is made: who declines, who is
released, which request comes in. So it is calculated when somebody looks, and what is to last is
kept team by team.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from roster import records
from roster.errors import FieldError, InvalidInput
from roster.inputs import PlannedRequest, PortfolioInput, TeamInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock, PortfolioPlanner, Ranker, TeamComposer
from roster.queries.experts import views_of, visible_ids
from roster.queries.portfolios import engagements, open_requests
from roster.read import (
    ExpertView,
    Names,
    OpenRequest,
    PeriodPlan,
    Portfolio,
    PortfolioLimits,
    TeamAsked,
)
from roster.requests import rank_need
from roster.team_rules import rules_from
from roster.teams import with_loads
from roster.vocabulary import TeamMode

MOST_REQUESTS = 100
"""More would be planned too long to wait for."""


@dataclass(frozen=True, slots=True)
class Ports:
    """What a plan needs from outside."""

    ranker: Ranker
    composer: TeamComposer
    planner: PortfolioPlanner
    clock: Clock


NamesOf = Callable[[UUID], Names]
"""Whose names a reader is shown in the lists of a request."""


def plan_period(
    session: Session,
    actor: Actor,
    given: PortfolioInput,
    *,
    ports: Ports,
    names_of: NamesOf | None = None,
) -> PeriodPlan:
    """Plan the teams of all open requests of a period together; nothing is kept.

    Each request is ranked as it stands and has the rules of its mode, or those given for it.
    Requests without dates are planned, too: they clash with nothing.

    Parameters
    ----------
    names_of : request → whose names its reader is shown (`roster.queries.names`); None: everybody's

    Raises
    ------
    NotAllowed
    InvalidInput
        A request named is not open in the period, is named twice, has rules that contradict each
        other, or there are too many.
    """
    require(actor, Permission.WRITE_TEAM)
    found = open_requests(session, actor, given.starts, given.ends)
    wishes = _wishes(given.requests, found)
    left_out = tuple(one for one in found if one.id in wishes and wishes[one.id].leave_out)
    wanted = [one for one in found if one not in left_out]
    _check_number(len(wanted))
    asked: list[TeamAsked] = []
    unplanned: list[tuple[OpenRequest, tuple[str, ...]]] = []
    among = visible_ids(session, actor, Permission.RANK)
    for one in wanted:
        try:
            asked.append(_asked(session, actor, one, wishes.get(one.id), given, ports, among))
        except InvalidInput as refused:
            details = (error.detail for error in refused.errors)
            unplanned.append((one, tuple(dict.fromkeys((refused.detail, *details)))))
    out = {one.id for one, _ in unplanned}
    bound = engagements(session, actor)
    portfolio = ports.planner.plan(asked, _Views(session, actor).of, _limits(given), bound)
    return PeriodPlan(
        starts=given.starts,
        ends=given.ends,
        requests=tuple(one for one in wanted if one.id not in out),
        portfolio=portfolio,
        unplanned=tuple(unplanned),
        left_out=left_out,
        unnamed=_unnamed(asked, portfolio, names_of) if names_of else {},
    )


def _check_number(number: int) -> None:
    if number > MOST_REQUESTS:
        raise InvalidInput(
            f"{number} requests are open in this period; {MOST_REQUESTS} at most can be planned "
            "together.",
            (FieldError("/ends", "Choose a shorter period, or leave requests out."),),
        )


def log_plan(session: Session, actor: Actor, found: PeriodPlan, *, at: datetime) -> None:
    """Write that an actor saw the people of a plan, those without their names apart."""
    unnamed = {one for people in found.unnamed.values() for one in people}
    named = {
        seat.expert_id
        for plan in found.portfolio.plans
        for seat in plan.seats
        if seat.expert_id not in found.unnamed_in(plan.request_id)
    }
    for what, people in (("team", named), ("unnamed", unnamed)):
        records.log_views(session, actor, sorted(people), what=what, purpose="portfolio", at=at)


def _unnamed(
    asked: Sequence[TeamAsked], portfolio: Portfolio, names_of: NamesOf
) -> dict[UUID, dict[UUID, int | None]]:
    """Return by request who of its team is shown without a name, with the number."""
    found = {}
    for one, plan in zip(asked, portfolio.plans, strict=True):
        seated = [seat.expert_id for seat in plan.seats]
        if seated:
            found[plan.request_id] = names_of(plan.request_id).numbers_in(one.ranking, seated)
    return {request_id: people for request_id, people in found.items() if people}


def _wishes(
    given: Sequence[PlannedRequest], found: Sequence[OpenRequest]
) -> dict[UUID, PlannedRequest]:
    known = {one.id for one in found}
    wishes: dict[UUID, PlannedRequest] = {}
    errors = []
    for number, one in enumerate(given):
        if one.request_id not in known:
            detail = "No open request with this id falls into the period."
            errors.append(FieldError(f"/requests/{number}/request_id", detail))
        if one.request_id in wishes:
            errors.append(FieldError(f"/requests/{number}/request_id", "Name each request once."))
        wishes[one.request_id] = one
    if errors:
        raise InvalidInput("Some requests cannot be planned as asked.", tuple(errors))
    return wishes


def _asked(
    session: Session,
    actor: Actor,
    one: OpenRequest,
    wish: PlannedRequest | None,
    given: PortfolioInput,
    ports: Ports,
    among: frozenset[UUID],
) -> TeamAsked:
    last = one.need.ends or one.need.starts
    if last is not None and last < ports.clock.now().date():
        raise InvalidInput("Its dates are over: give the request days to come.")
    # Why each stands where is read in the ranking of the request: here the points are enough.
    ranking = rank_need(
        session, actor, one.need, ranker=ports.ranker, clock=ports.clock, worded=0, among=among
    )
    own = wish.team if wish else None
    team = own or TeamInput(mode=one.mode or TeamMode.PEER_TO_PEER, size=given.size)
    rules = rules_from(team, ranking, ports.composer)
    rules = with_loads(session, actor, rules, ranking)
    return TeamAsked(ranking, rules, wish.priority) if wish else TeamAsked(ranking, rules)


def _limits(given: PortfolioInput) -> PortfolioLimits:
    return PortfolioLimits(
        most_deployments_a_year=given.most_deployments_a_year,
        most_days_a_year=given.most_days_a_year,
        margin_days=given.margin_days,
        least_newcomers=given.least_newcomers,
    )


class _Views:
    """Views of people, each read once."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session, self._actor = session, actor
        self._read: dict[UUID, ExpertView] = {}

    def of(self, expert_ids: Collection[UUID]) -> Mapping[UUID, ExpertView]:
        """Return the views of people."""
        missing = [one for one in expert_ids if one not in self._read]
        if missing:
            self._read |= views_of(self._session, self._actor, missing, Permission.RANK)
        return {one: self._read[one] for one in expert_ids if one in self._read}
