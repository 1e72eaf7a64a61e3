"""A restricted record is kept and used for nothing, until whoever restricted it takes that back."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from sqlmodel import Session, select

from roster import experts
from roster.errors import Conflict, InvalidInput, NotAllowed, NotFound
from roster.inputs import ShortlistInput, StageInput
from roster.merges import merge_records
from roster.policy import Actor, Grant, Permission, system_actor, visible_experts
from roster.privacy.restrictions import follow_twins, lift, restrict, standing_restriction
from roster.queries.expert_counts import count_experts
from roster.queries.experts import ExpertFilter, list_experts
from roster.queries.index import changes_since, views_of
from roster.queries.search import search
from roster.queries.shortlists import shortlist_of
from roster.read import Paging
from roster.shortlists import add_to_shortlist, move_entry
from roster.tables import Change, Expert, Message
from roster.vocabulary import (
    ExpertStatus,
    MessageKind,
    RestrictionGround,
    Role,
    Stage,
)
from tests.factories import Factory
from tests.fakes import A_MONDAY, FrozenClock

OBJECTS = RestrictionGround.OBJECTION
NAME = "Quirina Zwölfaxinger"


@pytest.fixture
def person(make: Factory) -> Expert:
    expert = make.expert(NAME)
    make.view(expert)
    return expert


def _herself(make: Factory, person: Expert) -> Actor:
    grant = Grant(Role.EXPERT, person.facility_id, expert_id=person.id)
    return replace(make.actor(Role.AUDITOR), account_id=None, grants=(grant,))


def _seen(session: Session, actor: Actor, permission: Permission) -> set[UUID]:
    return set(session.exec(select(Expert.id).where(visible_experts(actor, permission))))


def test_nobody_uses_a_restricted_record(make: Factory, session: Session, person: Expert) -> None:
    before = changes_since(session, 0).seq
    coordinator = make.actor(Role.COORDINATOR)
    restrict(session, coordinator, person.id, ground=OBJECTS, note="by phone", at=A_MONDAY)
    assert views_of(session, [person.id]) == ()
    assert changes_since(session, before).removed == (person.id,)
    for role in (Role.COORDINATOR, Role.PROJECT_OFFICER):
        actor = make.actor(role)
        assert not list_experts(session, actor, ExpertFilter(), Paging()).items
        named = ExpertFilter(statuses=frozenset({ExpertStatus.RESTRICTED}))
        assert not list_experts(session, actor, named, Paging()).items
        assert not count_experts(session, actor, ExpertFilter(), "country")
        assert not search(session, actor, NAME).hits
        assert _seen(session, actor, Permission.RANK) == set()
    for actor in (make.actor(Role.PROJECT_OFFICER), make.actor(Role.FOCAL_POINT, "PT")):
        with pytest.raises(NotFound):
            experts.open_record(session, actor, person.id, purpose="", clock=FrozenClock())
    record = experts.open_record(
        session, coordinator, person.id, purpose="objection", clock=FrozenClock()
    )
    assert record.view.display_name == NAME


def test_a_shortlist_keeps_the_place_and_hides_the_name(
    make: Factory, session: Session, person: Expert
) -> None:
    officer, request = make.actor(Role.PROJECT_OFFICER), make.request()
    given = ShortlistInput(expert_id=person.id)
    entry = add_to_shortlist(session, officer, request.id, given, clock=FrozenClock())
    restrict(session, _herself(make, person), person.id, ground=OBJECTS, note="", at=A_MONDAY)
    (shown,) = shortlist_of(session, officer, request.id)
    assert (shown.person.display_name, shown.person.headline) == ("", None)
    person.informed_at = A_MONDAY
    with pytest.raises(Conflict, match="not used"):
        move_entry(
            session, officer, entry.id, StageInput(stage=Stage.PROPOSED), clock=FrozenClock()
        )
    with pytest.raises(NotFound):
        add_to_shortlist(session, officer, make.request(code="B").id, given, clock=FrozenClock())


@pytest.mark.parametrize("before", [ExpertStatus.ACTIVE, ExpertStatus.PAUSED], ids=str)
def test_who_comes_back_stands_where_she_stood(
    make: Factory, session: Session, person: Expert, before: ExpertStatus
) -> None:
    person.status = before
    herself = _herself(make, person)
    made = restrict(session, herself, person.id, ground=OBJECTS, note="", at=A_MONDAY)
    again = restrict(session, herself, person.id, ground=OBJECTS, note="", at=A_MONDAY)
    assert made.id == again.id
    assert lift(session, herself, person.id, note="", at=A_MONDAY).status is before
    assert standing_restriction(session, person.id) is None
    acts = session.exec(select(Change.act).where(Change.record_id == person.id)).all()
    assert [one for one in acts if "restrict" in one] == ["restricted", "restriction_lifted"]


def test_an_objection_of_her_own_only_she_takes_back(
    make: Factory, session: Session, person: Expert
) -> None:
    coordinator, account = make.actor(Role.COORDINATOR), make.account()
    make.grant(account, Role.COORDINATOR)
    restrict(session, _herself(make, person), person.id, ground=OBJECTS, note="", at=A_MONDAY)
    with pytest.raises(Conflict, match="only she"):
        lift(session, coordinator, person.id, note="we need her", at=A_MONDAY)
    told = session.exec(select(Message).where(Message.kind == MessageKind.OBJECTION)).all()
    assert [one.account_id for one in told] == [account.id]
    assert NAME not in str([one.model_dump() for one in told])


@pytest.mark.parametrize("by_account", [False, True], ids=["by link", "by account"])
def test_who_wrote_an_objection_down_decides_who_takes_it_back(
    make: Factory, session: Session, person: Expert, by_account: bool
) -> None:
    owner = system_actor(make.home.id)
    restrict(session, owner, person.id, ground=OBJECTS, note="She wrote to us.", at=A_MONDAY)
    lift(session, owner, person.id, note="She took it back.", at=A_MONDAY)
    herself = _herself(make, person)
    if by_account:
        herself = make.actor(Role.EXPERT, expert_id=person.id)
    restrict(session, herself, person.id, ground=OBJECTS, note="", at=A_MONDAY)
    for other in (owner, make.actor(Role.COORDINATOR)):
        with pytest.raises(Conflict, match="only she takes it back"):
            lift(session, other, person.id, note="Please.", at=A_MONDAY)
    lift(session, herself, person.id, note="", at=A_MONDAY)


def test_a_coordinator_says_why(make: Factory, session: Session, person: Expert) -> None:
    coordinator = make.actor(Role.COORDINATOR)
    with pytest.raises(InvalidInput):
        restrict(session, coordinator, person.id, ground=OBJECTS, note=" ", at=A_MONDAY)
    restrict(session, coordinator, person.id, ground=OBJECTS, note="letter", at=A_MONDAY)
    with pytest.raises(InvalidInput):
        lift(session, coordinator, person.id, note="", at=A_MONDAY)
    lift(session, coordinator, person.id, note="she wrote again", at=A_MONDAY)
    with pytest.raises(Conflict, match="not restricted"):
        lift(session, coordinator, person.id, note="x", at=A_MONDAY)


@pytest.mark.parametrize("role", [Role.PROJECT_OFFICER, Role.FOCAL_POINT, Role.ADMINISTRATOR])
def test_nobody_else_restricts(make: Factory, session: Session, person: Expert, role: Role) -> None:
    actor = make.actor(role, "PT" if role is Role.FOCAL_POINT else None)
    with pytest.raises(NotAllowed):
        restrict(session, actor, person.id, ground=OBJECTS, note="x", at=A_MONDAY)


def test_an_expert_restricts_nobody_else(make: Factory, session: Session, person: Expert) -> None:
    other = make.expert("Somebody Else")
    make.view(other)
    with pytest.raises(NotAllowed):
        restrict(session, _herself(make, person), other.id, ground=OBJECTS, note="", at=A_MONDAY)


def test_standing_and_merging_do_not_get_around_it(
    make: Factory, session: Session, person: Expert
) -> None:
    coordinator, other = make.actor(Role.COORDINATOR), make.expert(NAME)
    make.view(other)
    restrict(session, coordinator, person.id, ground=OBJECTS, note="letter", at=A_MONDAY)
    with pytest.raises(Conflict):
        experts.set_status(
            session, coordinator, person.id, ExpertStatus.ACTIVE, clock=FrozenClock()
        )
    with pytest.raises(Conflict, match="restricted"):
        merge_records(session, coordinator, other.id, person.id, reason="x", clock=FrozenClock())


def test_a_newer_cv_does_not_undo_an_objection(
    make: Factory, session: Session, person: Expert
) -> None:
    coordinator, newer = make.actor(Role.COORDINATOR), make.expert(NAME)
    make.view(newer)
    focal = make.actor(Role.FOCAL_POINT, "PT")
    assert follow_twins(session, focal, newer, [person.id], at=A_MONDAY) is False
    restrict(session, coordinator, person.id, ground=OBJECTS, note="letter", at=A_MONDAY)
    assert follow_twins(session, focal, newer, [person.id], at=A_MONDAY) is True
    assert newer.status is ExpertStatus.RESTRICTED
    assert lift(session, coordinator, newer.id, note="a namesake", at=A_MONDAY)
