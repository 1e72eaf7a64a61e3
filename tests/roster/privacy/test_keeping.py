"""What has an end goes on its day: people after a warning, logs at once, the rest never."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from roster import audit, records
from roster.policy import system_actor
from roster.privacy import keeping
from roster.privacy.keeping import DueRecord
from roster.tables import (
    AccessLog,
    Action,
    Deployment,
    Expert,
    Facility,
    Message,
    RetentionWarning,
)
from roster.vocabulary import (
    ActionStatus,
    DeploymentStatus,
    ExpertStatus,
    Kept,
    MessageKind,
    RequestStatus,
    Role,
)
from tests.factories import Factory
from tests.fakes import A_MONDAY

DAY = timedelta(days=1)
TODAY = A_MONDAY.date()


@pytest.fixture
def home(make: Factory) -> Facility:
    make.home.legal_regime = {"retention": {"records": 365, "views": 100}, "warn_days": 30}
    return make.home


def _old(make: Factory, days: int, name: str = "Ana") -> Expert:
    expert = make.expert(name, country="PT")
    expert.created_at = A_MONDAY - 3000 * DAY
    expert.confirmed_on = TODAY - days * DAY
    make.view(expert)
    return expert


def test_a_facility_that_set_no_end_keeps_everything(make: Factory, session: Session) -> None:
    _old(make, 2000)
    assert keeping.records_due(session, make.home.id, on=TODAY) == ()
    assert keeping.forget_what_is_due(session, make.home.id, at=A_MONDAY) == {}
    assert {one.rows for one in keeping.overdue(session, make.home.id, at=A_MONDAY)} == {0}
    assert {one.days for one in keeping.overdue(session, make.home.id, at=A_MONDAY)} == {None}


@pytest.mark.parametrize(("days", "due"), [(364, False), (365, True), (366, True)])
def test_a_record_is_due_on_its_day(
    make: Factory, session: Session, home: Facility, days: int, due: bool
) -> None:
    person = _old(make, days)
    found = keeping.records_due(session, home.id, on=TODAY)
    assert found == ((DueRecord(person.id, TODAY + (365 - days) * DAY),) if due else ())


LONG_AGO, LATELY = TODAY - 500 * DAY, TODAY - 30 * DAY
DONE, PLANNED = DeploymentStatus.DONE, DeploymentStatus.PLANNED
ONGOING, OVER = ActionStatus.ONGOING, ActionStatus.COMPLETED


@pytest.mark.parametrize(
    ("status", "starts", "ends", "action", "kept"),
    [
        pytest.param(DONE, LONG_AGO, LATELY, OVER, True, id="ended lately"),
        pytest.param(DONE, LONG_AGO, LONG_AGO + DAY, OVER, False, id="ended long ago"),
        pytest.param(DONE, LATELY, None, OVER, True, id="done on one day"),
        pytest.param(DONE, LONG_AGO, None, ONGOING, False, id="done on one day long ago"),
        pytest.param(PLANNED, LONG_AGO, None, ONGOING, True, id="still open"),
        pytest.param(PLANNED, None, None, ONGOING, True, id="open, without days"),
        pytest.param(
            PLANNED, LONG_AGO, None, OVER, False, id="left open in an Action that is over"
        ),
        pytest.param(PLANNED, LONG_AGO, LONG_AGO + DAY, ONGOING, False, id="its last day is over"),
        pytest.param(DeploymentStatus.CANCELLED, LATELY, None, ONGOING, False, id="cancelled"),
    ],
)
def test_a_mission_keeps_a_record_while_it_is_open_and_from_its_last_day_on(
    make: Factory,
    session: Session,
    home: Facility,
    status: DeploymentStatus,
    starts: date | None,
    ends: date | None,
    action: ActionStatus,
    kept: bool,
) -> None:
    person = _old(make, 400)
    held = Action(facility_id=home.id, code="a", name="A", status=action)
    session.add(held)
    session.flush()
    session.add(
        Deployment(
            facility_id=home.id, action_id=held.id, expert_id=person.id, role="trainer",
            starts=starts, ends=ends, status=status,
        )
    )  # fmt: skip
    session.flush()
    assert (keeping.records_due(session, home.id, on=TODAY) == ()) is kept


@pytest.mark.parametrize("status", [ExpertStatus.RESTRICTED, ExpertStatus.MERGED], ids=str)
def test_a_restricted_record_is_kept(
    make: Factory, session: Session, home: Facility, status: ExpertStatus
) -> None:
    _old(make, 400).status = status
    session.flush()
    assert keeping.records_due(session, home.id, on=TODAY) == ()


def test_nobody_goes_without_a_warning_long_enough_ago(
    make: Factory, session: Session, home: Facility
) -> None:
    person = _old(make, 1000)
    focal, coordinator, foreign = make.account(), make.account(), make.account()
    make.grant(focal, Role.FOCAL_POINT, country="PT")
    make.grant(foreign, Role.FOCAL_POINT, country="FR")
    make.grant(coordinator, Role.COORDINATOR)
    assert keeping.records_to_erase(session, home.id, at=A_MONDAY) == ()
    assert keeping.warn(session, home.id, at=A_MONDAY) == 1
    assert keeping.warn(session, home.id, at=A_MONDAY + DAY) == 0
    told = session.exec(select(Message).where(Message.kind == MessageKind.RETENTION_DUE)).all()
    assert {one.account_id for one in told} == {focal.id, coordinator.id}
    assert {one.due_on for one in told} == {(TODAY + 30 * DAY).isoformat()}
    assert keeping.records_to_erase(session, home.id, at=A_MONDAY + 29 * DAY) == ()
    assert keeping.records_to_erase(session, home.id, at=A_MONDAY + 30 * DAY) == (person.id,)


def test_it_is_warned_before_the_day_and_taken_back_when_confirmed(
    make: Factory, session: Session, home: Facility
) -> None:
    person = _old(make, 336)
    assert keeping.warn(session, home.id, at=A_MONDAY) == 1
    person.confirmed_on = TODAY
    session.add(person)
    session.flush()
    assert keeping.warn(session, home.id, at=A_MONDAY + DAY) == 0
    assert session.exec(select(RetentionWarning)).all() == []
    assert keeping.records_to_erase(session, home.id, at=A_MONDAY + 60 * DAY) == ()


def test_old_views_go_and_the_chain_stays_whole(
    make: Factory, session: Session, home: Facility
) -> None:
    person, officer = _old(make, 1), make.actor(Role.PROJECT_OFFICER)
    for back in (101, 99):
        records.log_views(
            session, officer, [person.id], what="cv", purpose="x", at=A_MONDAY - back * DAY
        )
    session.flush()
    # What is not sealed yet waits.
    keeping.forget_what_is_due(session, home.id, at=A_MONDAY)
    assert len(session.exec(select(AccessLog)).all()) == 2
    audit.seal(session, at=A_MONDAY)
    assert keeping.forget_what_is_due(session, home.id, at=A_MONDAY) == {Kept.VIEWS: 1}
    session.flush()
    assert len(session.exec(select(AccessLog)).all()) == 1
    report = audit.verify(session, system_actor(home.id))
    assert (report.faults, report.erased) == ((), 1)


def test_the_letter_of_a_closed_request_goes_and_the_request_stays(
    make: Factory, session: Session, home: Facility
) -> None:
    home.legal_regime = {"retention": {"letters": 10}}
    closed, still_open = make.request(counterpart="Ms Somebody"), make.request(code="B")
    closed.status = RequestStatus.REJECTED
    for one in (closed, still_open):
        one.updated_at = A_MONDAY - 11 * DAY
        session.add(one)
    session.flush()
    assert keeping.forget_what_is_due(session, home.id, at=A_MONDAY) == {Kept.LETTERS: 1}
    session.refresh(closed)
    assert (closed.text, closed.counterpart) == ("", None)
    assert closed.title
    assert still_open.text
    assert keeping.forget_what_is_due(session, home.id, at=A_MONDAY) == {}
