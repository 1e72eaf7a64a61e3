"""The open requests of a period: which are planned, who is bound already, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from matching.teams.compose import Composer
from matching.teams.portfolio import Planner
from roster.errors import InvalidInput, NotAllowed
from roster.inputs import PlannedRequest, PortfolioInput, TeamInput
from roster.policy import Actor
from roster.portfolios import Ports, plan_period
from roster.queries.portfolios import engagements, open_requests
from roster.read import KindOfExpert, Ranking, RequestView
from roster.tables import Action, AssistanceRequest, Deployment, Expert, ShortlistEntry
from roster.vocabulary import (
    ActionStatus,
    DeploymentStatus,
    ExpertKind,
    Priority,
    RequestStatus,
    Role,
    Stage,
    TeamMode,
)
from tests.factories import Factory
from tests.fakes import FakeRanker, FrozenClock

YEAR = PortfolioInput(starts=date(2026, 3, 2), ends=date(2027, 3, 1), size=1)
MAY, JUNE = (date(2026, 5, 4), date(2026, 5, 15)), (date(2026, 6, 1), date(2026, 6, 5))


class SureRanker(FakeRanker):
    """Everybody fits, and nothing has to be asked."""

    def rank(self, request: RequestView, **said: Any) -> Ranking:
        ranking = super().rank(request, **said)
        return replace(ranking, people=tuple(replace(one, gates=()) for one in ranking.people))


@pytest.fixture
def people(make: Factory) -> list[Expert]:
    found = sorted((make.expert(name) for name in ("Ana", "Rui")), key=lambda one: one.id)
    for one in found:
        make.fact(one, KindOfExpert(ExpertKind.EU_ADMINISTRATION))
    return found


@pytest.fixture
def ports(make: Factory, people: list[Expert], clock: FrozenClock) -> Ports:
    ranker = SureRanker()
    ranker.update([make.view(one) for one in people])
    return Ports(ranker, Composer(), Planner(), clock)


def asked(
    make: Factory, code: str, dates: tuple[date, date] | None = MAY, **said: object
) -> AssistanceRequest:
    request = make.request(code)
    request.mode = TeamMode.CUSTOM.value
    request.starts, request.ends = dates or (None, None)
    for name, value in said.items():
        setattr(request, name, value)
    make.keep(request)
    return request


def test_each_request_of_the_period_gets_its_own_people(
    session: Session, make: Factory, officer: Actor, ports: Ports
) -> None:
    for code, dates in (("A", MAY), ("B", MAY), ("C", None)):
        asked(make, code, dates)
    plan = plan_period(session, officer, YEAR, ports=ports)
    assert [one.code for one in plan.requests] == ["A", "B", "C"]
    seats = [one.seats[0].expert_id for one in plan.portfolio.plans if one.seats]
    assert len(seats) == 3
    assert seats[0] != seats[1]
    assert plan.portfolio.plans[2].starts is None
    assert plan.portfolio.is_proven


def test_only_what_is_open_and_falls_into_the_period_is_planned(
    session: Session, make: Factory, officer: Actor
) -> None:
    asked(make, "IN")
    asked(make, "ONE-DAY", (MAY[0], None))  # type: ignore[arg-type]
    asked(make, "LATER", (date(2029, 1, 1), date(2029, 1, 5)))
    asked(make, "CLOSED", status=RequestStatus.REJECTED)
    asked(make, "PAST", outcome="implemented")
    found = open_requests(session, officer, YEAR.starts, YEAR.ends)
    assert [one.code for one in found] == ["IN", "ONE-DAY"]
    assert open_requests(session, make.actor(facility=make.facility()), *MAY) == ()


def test_nothing_open_is_an_empty_plan(session: Session, officer: Actor, ports: Ports) -> None:
    plan = plan_period(session, officer, YEAR, ports=ports)
    assert (plan.requests, plan.portfolio.plans, plan.portfolio.lacks) == ((), (), ())


def test_who_is_deployed_or_agreed_elsewhere_is_not_planned_on_those_days(
    session: Session, make: Factory, officer: Actor, people: list[Expert], ports: Ports
) -> None:
    asked(make, "A")
    other = asked(make, "B", JUNE)
    action = Action(
        facility_id=make.home.id, origin=other.origin, code="x", name="X",
        status=ActionStatus.ONGOING,
    )  # fmt: skip
    make.keep(action)
    make.keep(
        Deployment(
            facility_id=make.home.id, origin=other.origin, action_id=action.id,
            expert_id=people[0].id, starts=MAY[0], ends=MAY[1],
        ),
        Deployment(
            facility_id=make.home.id, origin=other.origin, action_id=action.id,
            expert_id=people[1].id, starts=MAY[0], ends=MAY[1], status=DeploymentStatus.CANCELLED,
        ),
        ShortlistEntry(
            facility_id=make.home.id, origin=other.origin, request_id=other.id,
            expert_id=people[1].id, stage=Stage.AGREED,
        ),
    )  # fmt: skip
    found = engagements(session, officer)
    assert [(one.expert_id, one.first, one.request_id) for one in found] == [
        (people[0].id, MAY[0], None),
        (people[1].id, JUNE[0], other.id),
    ]
    plan = plan_period(session, officer, YEAR, ports=ports)
    assert plan.portfolio.plans[0].seats[0].expert_id == people[1].id
    assert plan.portfolio.engaged == 2


def test_wishes_for_single_requests_are_followed(
    session: Session, make: Factory, officer: Actor, people: list[Expert], ports: Ports
) -> None:
    first, second, third = (asked(make, code) for code in "ABC")
    wishes = (
        PlannedRequest(request_id=first.id, leave_out=True),
        PlannedRequest(request_id=second.id, priority=Priority.HIGH),
        PlannedRequest(
            request_id=third.id,
            team=TeamInput(mode=TeamMode.CUSTOM, size=1, forced_out=(people[1].id,)),
        ),
    )
    given = YEAR.model_copy(update={"requests": wishes})
    plan = plan_period(session, officer, given, ports=ports)
    assert [one.code for one in plan.left_out] == ["A"]
    assert [one.priority for one in plan.portfolio.plans] == [Priority.HIGH, Priority.NORMAL]
    assert plan.portfolio.plans[1].seats[0].expert_id == people[0].id


def test_a_request_that_cannot_be_planned_says_why_and_holds_up_no_other(
    session: Session, make: Factory, officer: Actor, people: list[Expert], ports: Ports
) -> None:
    asked(make, "OVER", (date(2026, 2, 1), date(2026, 2, 20)))
    clash = asked(make, "CLASH")
    asked(make, "FINE")
    both = TeamInput(size=1, forced_in=(people[0].id,), forced_out=(people[0].id,))
    given = YEAR.model_copy(
        update={
            "starts": date(2026, 1, 1),
            "requests": (PlannedRequest(request_id=clash.id, team=both),),
        }
    )
    plan = plan_period(session, officer, given, ports=ports)
    assert [one.code for one in plan.requests] == ["FINE"]
    why = {one.code: reason for one, reason in plan.unplanned}
    assert why["OVER"] == ("Its dates are over: give the request days to come.",)
    assert why["CLASH"] == (
        "These rules contradict each other.",
        "Nobody can be asked in and out at once.",
    )


def test_what_cannot_be_asked_is_refused_at_its_field(
    session: Session, make: Factory, officer: Actor, ports: Ports
) -> None:
    request = asked(make, "A")
    for named, pointer in (
        ((uuid4(),), "/requests/0/request_id"),
        ((request.id, request.id), "/requests/1/request_id"),
    ):
        wishes = tuple(PlannedRequest(request_id=one) for one in named)
        with pytest.raises(InvalidInput) as refused:
            plan_period(session, officer, YEAR.model_copy(update={"requests": wishes}), ports=ports)
        assert [error.pointer for error in refused.value.errors] == [pointer]
    with pytest.raises(ValidationError, match="before the first"):
        PortfolioInput(starts=YEAR.ends, ends=YEAR.starts)
    with pytest.raises(NotAllowed):
        plan_period(session, make.actor(Role.FOCAL_POINT, "PT"), YEAR, ports=ports)


def test_more_requests_than_can_be_waited_for_are_refused(
    session: Session, make: Factory, officer: Actor, ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roster.portfolios.MOST_REQUESTS", 1)
    asked(make, "A")
    asked(make, "B")
    with pytest.raises(InvalidInput, match="2 requests are open"):
        plan_period(session, officer, YEAR, ports=ports)
