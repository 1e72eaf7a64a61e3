"""What was decided about whom: graded by how far she came and why she left."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import Session

from roster.policy import Actor, system_actor
from roster.queries.decisions import (
    CIRCUMSTANCE,
    INVENTED,
    NO_RANKING,
    NO_REASON,
    OPEN,
    decisions_of,
)
from roster.tables import (
    Action,
    AssistanceRequest,
    Deployment,
    Expert,
    Feedback,
    RankingRun,
    ShortlistEntry,
    ShortlistEvent,
)
from roster.vocabulary import ActionStatus, DeploymentStatus, Origin, Role, Stage
from tests.factories import Factory
from tests.fakes import A_MONDAY


@pytest.fixture
def actor(make: Factory) -> Actor:
    return system_actor(make.home.id)


@pytest.fixture
def request_(make: Factory) -> AssistanceRequest:
    return make.request()


def ranked(make: Factory, request: AssistanceRequest, hours: int = 0) -> UUID:
    run = RankingRun(
        facility_id=request.facility_id,
        created_at=A_MONDAY + timedelta(hours=hours),
        request_id=request.id,
        number=hours + 1,
        model="rule-1",
        request={},
        content=b"",
    )
    make.keep(run)
    return run.id


def listed(
    make: Factory,
    request: AssistanceRequest,
    steps: list[tuple[Stage, str | None]],
    *,
    run: UUID | None = None,
    by: UUID | None = None,
    origin: Origin = Origin.REAL,
) -> Expert:
    person = make.expert(origin=origin)
    entry = ShortlistEntry(
        facility_id=request.facility_id,
        origin=origin,
        created_at=A_MONDAY,
        request_id=request.id,
        expert_id=person.id,
        ranking_run_id=run,
        place=4 if run else None,
        stage=steps[-1][0] if steps else Stage.SHORTLISTED,
    )
    make.keep(entry)
    for at, (stage, reason) in enumerate(steps, start=1):
        make.keep(
            ShortlistEvent(
                facility_id=request.facility_id,
                origin=origin,
                created_at=A_MONDAY + timedelta(hours=at),
                entry_id=entry.id,
                to_stage=stage,
                reason=reason,
                by=by,
            )
        )
    return person


S = Stage
GRADED = [
    ([(S.PROPOSED, None), (S.AGREED, None), (S.DEPLOYED, None)], 3),
    ([(S.PROPOSED, None), (S.DEPLOYED, None), (S.COMPLETED, None)], 3),
    ([(S.PROPOSED, None)], 2),
    ([(S.PROPOSED, None), (S.AGREED, None), (S.NOT_AVAILABLE, "leave")], 2),
    ([(S.PROPOSED, None), (S.NOT_SELECTED, "authority_chose_other")], 1),
    ([(S.NOT_SELECTED, "not_suitable")], 0),
    ([(S.NOT_SELECTED, "better_fit")], 0),
]
UNTOLD = [
    ([(S.NOT_SELECTED, "balance")], NO_REASON),
    ([(S.NOT_SELECTED, "other")], NO_REASON),
    ([(S.DECLINED, "no_time")], CIRCUMSTANCE),
    ([(S.NOT_RELEASED, "staff_shortage")], CIRCUMSTANCE),
    ([], OPEN),
    ([(S.SHORTLISTED, None)], OPEN),
]


@pytest.mark.parametrize(("steps", "grade"), GRADED, ids=lambda v: str(v)[:60])
def test_how_far_somebody_came_is_the_grade(
    session: Session,
    make: Factory,
    actor: Actor,
    request_: AssistanceRequest,
    steps: list[tuple[Stage, str | None]],
    grade: int,
) -> None:
    run = ranked(make, request_)
    person = listed(make, request_, steps, run=run)
    found = decisions_of(session, actor)
    (one,) = found.held
    assert (one.expert_id, one.grade, one.ranking_id, one.place) == (person.id, grade, run, 4)
    assert one.is_real
    assert one.on == A_MONDAY.date()
    assert found.left_out == {}


@pytest.mark.parametrize(("steps", "why"), UNTOLD, ids=lambda v: str(v)[:60])
def test_what_is_not_about_the_person_teaches_nothing_and_is_counted(
    session: Session,
    make: Factory,
    actor: Actor,
    request_: AssistanceRequest,
    steps: list[tuple[Stage, str | None]],
    why: str,
) -> None:
    listed(make, request_, steps, run=ranked(make, request_))
    found = decisions_of(session, actor)
    assert found.held == ()
    assert found.left_out == {why: 1}


def test_the_last_ranking_before_somebody_was_picked_tells_what_was_known(
    session: Session, make: Factory, actor: Actor, request_: AssistanceRequest
) -> None:
    ranked(make, request_, hours=-2)
    before = ranked(make, request_, hours=-1)
    ranked(make, request_, hours=5)
    listed(make, request_, [(S.PROPOSED, None)])
    (one,) = decisions_of(session, actor).held
    assert (one.ranking_id, one.place) == (before, None)


def test_a_decision_without_a_ranking_before_it_is_left_out(
    session: Session, make: Factory, actor: Actor, request_: AssistanceRequest
) -> None:
    ranked(make, request_, hours=5)
    listed(make, request_, [(S.PROPOSED, None)])
    assert decisions_of(session, actor).left_out == {NO_RANKING: 1}


@pytest.mark.parametrize("invented", ["person", "request", "account"])
def test_anything_invented_makes_a_decision_invented(
    session: Session, make: Factory, actor: Actor, invented: str
) -> None:
    synthetic = Origin.SYNTHETIC
    request = make.request(origin=synthetic if invented == "request" else Origin.REAL)
    account = make.account()
    account.origin = synthetic if invented == "account" else Origin.REAL
    listed(
        make,
        request,
        [(S.PROPOSED, None)],
        run=ranked(make, request),
        by=account.id,
        origin=synthetic if invented == "person" else Origin.REAL,
    )
    assert decisions_of(session, actor).left_out == {INVENTED: 1}
    (one,) = decisions_of(session, actor, simulated=True).held
    assert not one.is_real


@pytest.mark.parametrize(
    ("status", "scores", "rater", "grade"),
    [
        ("done", {}, "partner", 3),
        ("done", {"clear": 4, "useful": 5}, "partner", 3),
        ("done", {"clear": 2, "useful": 2}, "partner", 1),
        ("done", {"clear": 1}, "expert", 3),
        ("done", {"said": "well", "again": True}, "partner", 3),
        ("cancelled", {}, "partner", None),
    ],
    ids=["unrated", "good", "poor", "own_word", "no_number", "cancelled"],
)
def test_who_was_sent_is_graded_by_what_others_said(
    session: Session,
    make: Factory,
    actor: Actor,
    status: str,
    scores: dict[str, object],
    rater: str,
    grade: int | None,
) -> None:
    home = make.home.id
    action = Action(facility_id=home, code="a-1", name="A", status=ActionStatus.COMPLETED)
    make.keep(action)
    request = make.request(action_id=action.id)
    ranked(make, request, hours=-1)
    person = make.expert()
    sent = Deployment(
        facility_id=home,
        created_at=A_MONDAY,
        action_id=action.id,
        expert_id=person.id,
        status=DeploymentStatus(status),
    )
    make.keep(sent)
    make.keep(
        Feedback(
            facility_id=home,
            action_id=action.id,
            deployment_id=sent.id,
            rater=rater,
            scores=scores,
        )
    )
    assert [one.grade for one in decisions_of(session, actor).held] == (
        [grade] if grade is not None else []
    )


def test_another_facility_decides_for_itself(
    session: Session, make: Factory, request_: AssistanceRequest
) -> None:
    listed(make, request_, [(S.PROPOSED, None)], run=ranked(make, request_))
    other = make.actor(Role.COORDINATOR, facility=make.facility("elsewhere"))
    assert decisions_of(session, other).held == ()
