"""What states want and what they answered reaches the order of asking, for those who may rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from roster.errors import NotAllowed
from roster.outreach import advise_outreach
from roster.policy import Actor
from roster.read import (
    NOTHING_SAID,
    OutreachAdvice,
    PastAction,
    RequestView,
    Stances,
    StateAdvice,
    StateAnswer,
)
from roster.tables import Call, CallRecipient, Facility, Nomination, StateInterest
from roster.vocabulary import CallAnswer, RefusalReason, ReleaseOutcome, RequestStatus, Role
from tests.factories import MONDAY, Factory
from tests.fakes import A_MONDAY, FrozenClock

PAST = A_MONDAY - timedelta(days=30)
TOPICS = ("data_management",)


@dataclass
class Hearing:
    """Keeps what it is told, and orders nobody."""

    said: Stances = field(default=NOTHING_SAID)

    def advise(
        self,
        request: RequestView,
        actions: Sequence[PastAction],
        on: date,
        stances: Stances = NOTHING_SAID,
    ) -> OutreachAdvice:
        del request, on
        self.said = stances
        states = tuple(StateAdvice(one, 1, 0.0, None, ()) for one in ("FR", "PT"))
        return OutreachAdvice(states, len(actions), "rule")


def call(
    make: Factory,
    country: str = "PT",
    *,
    deadline: int = -10,
    closed: int | None = None,
    facility: Facility | None = None,
    status: RequestStatus = RequestStatus.RECEIVED,
    asked: int = -30,
    **said: Any,
) -> Call:
    """Keep a call to one country; days are counted from today."""
    home = facility or make.home
    number = f"REQ-{uuid4()}"
    request = make.request(number, facility=home, topics=list(TOPICS), status=status)
    made = Call(
        facility_id=home.id,
        created_at=A_MONDAY + timedelta(days=asked),
        request_id=request.id,
        deadline=MONDAY + timedelta(days=deadline),
        closed_at=None if closed is None else A_MONDAY + timedelta(days=closed),
    )
    make.keep(made)
    make.keep(CallRecipient(facility_id=home.id, call_id=made.id, country=country, **said))
    return made


def heard(session: Session, make: Factory, actor: Actor, request_id: UUID | None = None) -> Stances:
    wanted = request_id or make.request("REQ-NOW", topics=list(TOPICS)).id
    adviser = Hearing()
    clock = FrozenClock()
    advise_outreach(session, actor, wanted, adviser=adviser, clock=clock)
    return adviser.said


def test_answers_reach_the_adviser_with_their_day_topics_and_reason(session: Session) -> None:
    make = Factory(session)
    call(make, answer=CallAnswer.NOMINATED, answered_at=PAST)
    refused: dict[str, Any] = {
        "answer": CallAnswer.NOBODY,
        "answered_at": PAST,
        "reason": RefusalReason.STAFF,
    }
    call(make, "FR", asked=-20, **refused)
    call(make, "FR", deadline=-1, asked=-10)
    call(make, "FR", facility=make.facility("elsewhere"), **refused)
    call(make, "FR", asked=-6 * 365, **refused)
    found = heard(session, make, make.actor(Role.PROJECT_OFFICER))
    day = PAST.date()
    assert found.calls == (
        StateAnswer("PT", TOPICS, day, agreed=True),
        StateAnswer("FR", TOPICS, day, agreed=False, reason=RefusalReason.STAFF),
        StateAnswer("FR", TOPICS, MONDAY - timedelta(days=1), agreed=None),
    )


def test_silence_is_none_while_one_may_answer_or_where_nobody_asks_any_more(
    session: Session,
) -> None:
    make = Factory(session)
    call(make, deadline=0)
    call(make, deadline=-2, closed=-5)
    call(make, status=RequestStatus.WITHDRAWN)
    taken_back = call(make)
    ana = make.expert("Ana Prates", country="PT")
    make.keep(
        Nomination(
            facility_id=make.home.id, call_id=taken_back.id, expert_id=ana.id, withdrawn_at=PAST
        )
    )
    officer = make.actor(Role.PROJECT_OFFICER)
    assert heard(session, make, officer).calls == ()
    late = call(make, deadline=-5, closed=-2)
    found = heard(session, make, officer, late.request_id).calls
    assert [one.agreed for one in found] == [None]


def test_releases_given_and_refused_count_by_state_and_name_nobody(session: Session) -> None:
    make = Factory(session)
    ana = make.expert("Ana Prates", country="PT")
    request = make.request("REQ-1", topics=list(TOPICS))
    said: dict[str, Any] = {"request_id": request.id, "answered_at": PAST}
    make.release(ana, ReleaseOutcome.GRANTED, **said)
    make.release(ana, ReleaseOutcome.EXPIRED, **said)
    make.release(ana, ReleaseOutcome.REFUSED, reason="availability", **said)
    make.release(ana, ReleaseOutcome.WITHDRAWN, reason="other", **said)
    make.release(ana, ReleaseOutcome.WITHDRAWN, **said)
    make.release(ana, ReleaseOutcome.GRANTED, answered_at=PAST)
    make.release(ana, ReleaseOutcome.PENDING, request_id=request.id)
    make.release(ana, ReleaseOutcome.EXPIRED, request_id=request.id)
    found = heard(session, make, make.actor(Role.COORDINATOR)).releases
    assert sorted((one.agreed, one.reason or "") for one in found) == [
        (False, RefusalReason.AVAILABILITY),
        (False, RefusalReason.OTHER),
        (True, ""),
        (True, ""),
    ]
    assert {(one.country, one.topics) for one in found} == {("PT", TOPICS)}


def test_interests_are_those_of_the_facility(session: Session) -> None:
    make = Factory(session)
    for home, country in ((make.home, "PT"), (make.facility("elsewhere"), "FR")):
        make.keep(StateInterest(facility_id=home.id, country=country, topics=list(TOPICS)))
    found = heard(session, make, make.actor(Role.PROJECT_OFFICER)).interests
    assert [(one.country, one.topics) for one in found] == [("PT", TOPICS)]


@pytest.mark.parametrize(
    ("role", "country"),
    [(Role.FOCAL_POINT, "PT"), (Role.LIAISON_OFFICER, "CV"), (Role.AUDITOR, None)],
    ids=["focal-point", "liaison-officer", "auditor"],
)
def test_who_may_not_rank_learns_of_no_state(
    session: Session, role: Role, country: str | None
) -> None:
    make = Factory(session)
    with pytest.raises(NotAllowed):
        heard(session, make, make.actor(role, country))
