"""Who is wanted or sent twice on the same days is told, and nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from roster.policy import Actor
from roster.queries.overlaps import overlaps_of
from roster.read import Overlap
from roster.tables import Action, AssistanceRequest, Call, Deployment, Expert, Nomination, Release
from roster.vocabulary import (
    ActionStatus,
    DeploymentStatus,
    Engagement,
    ReleaseOutcome,
    RequestStatus,
    Role,
)
from tests.factories import Factory

FIRST, LAST = date(2027, 3, 1), date(2027, 3, 12)
TODAY = date(2026, 11, 23)


class Desk:
    """An officer who looks at one person for a request of March."""

    def __init__(self, session: Session) -> None:
        self.session, self.make = session, Factory(session)
        self.officer: Actor = self.make.actor(Role.PROJECT_OFFICER)
        self.ana: Expert = self.make.expert("Ana Prates", country="PT")
        self.request = self.asks(FIRST, LAST)

    def asks(self, starts: date | None, ends: date | None, **said: Any) -> AssistanceRequest:
        self.asked = getattr(self, "asked", 0) + 1
        return self.make.request(f"REQ-2027-{self.asked:03}", starts=starts, ends=ends, **said)

    def nominated(self, request: AssistanceRequest, **said: Any) -> None:
        call = Call(facility_id=request.facility_id, request_id=request.id, deadline=TODAY)
        self.make.keep(call)
        self.make.keep(
            Nomination(facility_id=call.facility_id, call_id=call.id, expert_id=self.ana.id, **said)
        )

    def released(self, request: AssistanceRequest, outcome: ReleaseOutcome, **said: Any) -> None:
        row = Release(
            facility_id=request.facility_id,
            expert_id=self.ana.id,
            request_id=request.id,
            outcome=outcome,
            **said,
        )
        self.make.keep(row)

    def sent(self, action: Action, **said: Any) -> None:
        row = Deployment(
            facility_id=action.facility_id, action_id=action.id, expert_id=self.ana.id, **said
        )
        self.make.keep(row)

    def action(self, code: str) -> Action:
        row = Action(
            facility_id=self.make.home.id, code=code, name=code, status=ActionStatus.ONGOING
        )
        self.make.keep(row)
        return row

    def met(self) -> list[tuple[Engagement, str]]:
        pair = (self.ana.id, self.request.id)
        found = overlaps_of(self.session, self.officer, [pair], TODAY)[pair]
        return [(one.engagement, one.code) for one in found]


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def test_another_request_of_the_same_days_is_told_at_its_firmest(desk: Desk) -> None:
    other = desk.asks(LAST, LAST + timedelta(days=9))
    desk.nominated(desk.request)
    assert desk.met() == []
    desk.nominated(other)
    assert desk.met() == [(Engagement.NOMINATED, other.code)]
    desk.released(other, ReleaseOutcome.PENDING, due_on=TODAY)
    assert desk.met() == [(Engagement.ASKED, other.code)]
    desk.released(other, ReleaseOutcome.GRANTED, valid_to=LAST + timedelta(days=9))
    assert desk.met() == [(Engagement.RELEASED, other.code)]


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(None, None), (LAST + timedelta(days=1), None), (date(2027, 2, 1), date(2027, 2, 28))],
    ids=["days-not-known", "the-day-after", "the-month-before"],
)
def test_other_days_and_unknown_days_meet_none(
    desk: Desk, starts: date | None, ends: date | None
) -> None:
    desk.nominated(desk.asks(starts, ends))
    assert desk.met() == []


def test_what_is_withdrawn_silent_refused_or_over_takes_up_nobody(desk: Desk) -> None:
    desk.nominated(desk.asks(FIRST, LAST), withdrawn_at=desk.request.created_at)
    desk.nominated(desk.asks(FIRST, LAST, status=RequestStatus.REJECTED))
    silent = desk.asks(FIRST, LAST)
    desk.released(silent, ReleaseOutcome.PENDING, due_on=TODAY - timedelta(days=1))
    desk.released(desk.asks(FIRST, LAST), ReleaseOutcome.REFUSED)
    gone = desk.action("A-1")
    desk.sent(gone, starts=FIRST, ends=LAST, status=DeploymentStatus.CANCELLED)
    assert desk.met() == []


def test_a_deployment_stands_for_the_request_of_its_action(desk: Desk) -> None:
    action = desk.action("A-2")
    desk.nominated(desk.asks(FIRST, LAST, action_id=action.id))
    desk.sent(action, starts=LAST, ends=None)
    assert desk.met() == [(Engagement.DEPLOYED, "A-2")]


def test_the_action_of_the_request_itself_is_no_overlap(desk: Desk) -> None:
    action = desk.action("A-3")
    desk.request.action_id = action.id
    desk.sent(action, starts=FIRST, ends=LAST)
    assert desk.met() == []


def test_nothing_of_another_facility_is_told(desk: Desk) -> None:
    there = desk.make.facility("ELSEWHERE")
    desk.nominated(desk.asks(FIRST, LAST, facility=there))
    assert desk.met() == []


def test_an_overlap_says_the_days_of_the_other(desk: Desk) -> None:
    other = desk.asks(FIRST - timedelta(days=3), FIRST)
    desk.nominated(other)
    pair = (desk.ana.id, desk.request.id)
    found = overlaps_of(desk.session, desk.officer, [pair, pair], TODAY)
    told = Overlap(Engagement.NOMINATED, other.code, FIRST - timedelta(days=3), FIRST)
    assert found == {pair: (told,)}
    assert overlaps_of(desk.session, desk.officer, [], TODAY) == {}
