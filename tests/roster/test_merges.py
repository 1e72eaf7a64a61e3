"""Two records of one person become one, and come apart again as they were."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from roster.confirmations import confirm_cv
from roster.errors import Conflict, NotFound
from roster.inputs import Confirmation
from roster.merges import merge_records, undo_merge
from roster.policy import Actor
from roster.queries.experts import ExpertFilter, list_experts
from roster.queries.index import changes_since
from roster.queries.merges import took_in
from roster.read import Contact, LanguageSkill, Name, Paging, Post
from roster.tables import AssistanceRequest, Expert, Fact, Membership, Merge
from roster.vocabulary import ExpertStatus, FactStatus, LanguageLevel, Role
from tests.factories import Factory
from tests.fakes import FrozenClock

REASON = "same e-mail address, similar name"


@pytest.fixture
def focal_point(make: Factory) -> Actor:
    return make.actor(Role.FOCAL_POINT, "PT")


@pytest.fixture
def pair(make: Factory) -> tuple[Expert, Expert]:
    kept, twin = make.expert("Ana Prates"), make.expert("A. Prates")
    make.fact(kept, LanguageSkill("fr", LanguageLevel.C1))
    make.fact(twin, Post("Judge", "Court"), start="2019")
    make.member(kept, make.home)
    make.member(twin, make.home)
    twin.deployments = 3
    make.view(kept)
    make.view(twin)
    return kept, twin


def _facts(session: Session) -> dict[UUID, tuple[UUID, FactStatus, UUID | None]]:
    session.expire_all()
    return {
        fact.id: (fact.expert_id, fact.status, fact.superseded_by)
        for fact in session.exec(select(Fact))
    }


def _names(session: Session, actor: Actor) -> list[str]:
    found = list_experts(session, actor, ExpertFilter(), Paging())
    return [one.display_name for one in found.items]


def test_the_record_that_stays_has_what_both_had(
    session: Session, focal_point: Actor, pair: tuple[Expert, Expert], clock: FrozenClock
) -> None:
    kept, twin = pair
    seq = changes_since(session, 0).seq
    merge_records(session, focal_point, kept.id, twin.id, reason=REASON, clock=clock)
    session.commit()
    changed = changes_since(session, seq)
    assert [view.id for view in changed.updated] == [kept.id]
    assert changed.removed == (twin.id,)
    assert changed.updated[0].posts[0].value.title == "Judge"
    assert changed.updated[0].track.deployments == 3
    assert _names(session, focal_point) == ["Ana Prates"]
    assert took_in(session, twin.id) == kept.id
    assert took_in(session, kept.id) is None


def test_undoing_a_merge_leaves_everything_as_it_was(
    session: Session, focal_point: Actor, pair: tuple[Expert, Expert], clock: FrozenClock
) -> None:
    kept, twin = pair
    before = _facts(session)
    merge = merge_records(session, focal_point, kept.id, twin.id, reason=REASON, clock=clock)
    assert _facts(session) != before
    undo_merge(session, focal_point, merge.id, clock=clock)
    assert _facts(session) == before
    assert (kept.status, twin.status) == (ExpertStatus.ACTIVE, ExpertStatus.ACTIVE)
    assert (kept.deployments, twin.deployments) == (0, 3)
    members = session.exec(select(Membership.expert_id)).all()
    assert sorted(members) == sorted([kept.id, twin.id])
    assert _names(session, focal_point) == ["A. Prates", "Ana Prates"]
    assert took_in(session, twin.id) is None
    with pytest.raises(Conflict, match="undone already"):
        undo_merge(session, focal_point, merge.id, clock=clock)


def test_who_is_kept_from_a_request_is_kept_from_it_under_either_record(
    session: Session,
    make: Factory,
    focal_point: Actor,
    pair: tuple[Expert, Expert],
    clock: FrozenClock,
) -> None:
    kept, twin = pair
    request = make.request(excluded=[str(twin.id)])
    merge = merge_records(session, focal_point, kept.id, twin.id, reason=REASON, clock=clock)
    assert session.get_one(AssistanceRequest, request.id).excluded == [str(twin.id), str(kept.id)]
    undo_merge(session, focal_point, merge.id, clock=clock)
    assert session.get_one(AssistanceRequest, request.id).excluded == [str(twin.id)]


def test_a_cv_given_to_the_wrong_person_can_be_taken_back(
    session: Session, make: Factory, focal_point: Actor, clock: FrozenClock
) -> None:
    known = make.expert("Ana Prates")
    spoken = make.fact(known, LanguageSkill("ar", LanguageLevel.B1))
    make.view(known)
    facts: list[tuple[Any, str]] = [
        (Name("Anna Prats"), "Anna Prats"),
        (Contact("anna@prats.example"), "anna@prats.example"),
        (LanguageSkill("ar", LanguageLevel.C1), "Arabic C1"),
    ]
    words = "Anna Prats, anna@prats.example, Arabic C1"
    document, draft, read = make.read_cv(words, facts)
    decisions = [{"fact_id": str(fact.id), "verdict": "right"} for fact in read]
    given = Confirmation.model_validate({"same_as": str(known.id), "decisions": decisions})
    confirm_cv(session, focal_point, document.id, given, clock=clock)
    session.commit()
    assert session.get_one(Fact, spoken.id).status is FactStatus.SUPERSEDED
    merge = session.exec(select(Merge)).one()
    parted = undo_merge(session, focal_point, merge.id, clock=clock)
    session.commit()
    assert (parted.id, parted.status) == (draft.id, ExpertStatus.ACTIVE)
    assert parted.display_name == "Anna Prats"
    assert session.get_one(Expert, known.id).display_name == "Ana Prates"
    assert session.get_one(Fact, spoken.id).status is FactStatus.CONFIRMED
    assert document.expert_id == draft.id


def test_nobody_merges_people_of_another_country(
    session: Session, make: Factory, pair: tuple[Expert, Expert], clock: FrozenClock
) -> None:
    kept, twin = pair
    stranger = make.actor(Role.FOCAL_POINT, "FR")
    with pytest.raises(NotFound):
        merge_records(session, stranger, kept.id, twin.id, reason=REASON, clock=clock)


def test_a_record_goes_into_one_other_only(
    session: Session,
    make: Factory,
    focal_point: Actor,
    pair: tuple[Expert, Expert],
    clock: FrozenClock,
) -> None:
    kept, twin = pair
    third = make.expert("Anna Prates")
    first = merge_records(session, focal_point, kept.id, twin.id, reason=REASON, clock=clock)
    with pytest.raises(Conflict, match="another record"):
        merge_records(session, focal_point, third.id, twin.id, reason=REASON, clock=clock)
    merge_records(session, focal_point, third.id, kept.id, reason=REASON, clock=clock)
    assert took_in(session, twin.id) == third.id
    with pytest.raises(Conflict, match="third one"):
        undo_merge(session, focal_point, first.id, clock=clock)
    with pytest.raises(Conflict, match="one record already"):
        merge_records(session, focal_point, third.id, third.id, reason=REASON, clock=clock)
