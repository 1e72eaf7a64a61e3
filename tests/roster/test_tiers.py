"""How much of a person is seen goes by steps: ranking, contact, documents."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from roster import documents
from roster.errors import InvalidInput, NotAllowed, NotFound
from roster.policy import system_actor
from roster.queries.experts import get_record, record_views, sees_documents
from roster.tables import Document, Expert
from roster.tiers import Nearness, Tier, tiers
from roster.vocabulary import DocumentState, ExpertStatus, Role
from tests.factories import Factory
from tests.fakes import A_MONDAY, FrozenClock

R, C, D = Tier.RANKING, Tier.CONTACT, Tier.DOCUMENTS


@pytest.mark.parametrize(
    ("role", "near", "seen"),
    [
        pytest.param(Role.PROJECT_OFFICER, Nearness(), {R}, id="officer"),
        pytest.param(Role.PROJECT_OFFICER, Nearness(shortlisted=True), {R, C}, id="shortlisted"),
        pytest.param(Role.PROJECT_OFFICER, Nearness(has_purpose=True), {R, D}, id="purpose"),
        pytest.param(Role.PROJECT_OFFICER, Nearness(awaits=True), {R}, id="officer-confirms-none"),
        pytest.param(Role.COORDINATOR, Nearness(), {R}, id="coordinator"),
        pytest.param(Role.COORDINATOR, Nearness(awaits=True), {R, D}, id="confirms"),
        pytest.param(Role.FOCAL_POINT, Nearness(feeds=True), {R, C, D}, id="focal-point"),
        pytest.param(Role.EXPERT, Nearness(feeds=True), {R, C, D}, id="herself"),
    ],
)
def test_each_step_asks_for_more(
    session: Session, role: Role, near: Nearness, seen: set[Tier]
) -> None:
    make = Factory(session)
    expert = make.expert("x").id if role is Role.EXPERT else None
    country = "PT" if role is Role.FOCAL_POINT else None
    assert tiers(make.actor(role, country, expert_id=expert), near) == seen
    assert tiers(system_actor(make.home.id), Nearness()) == set(Tier)


@pytest.fixture
def cv(session: Session) -> Document:
    make = Factory(session)
    person = make.expert("Ana", country="PT")
    make.view(person)
    document = make.document(expert=person, country="PT")
    document.state = DocumentState.CONFIRMED
    make.version(document, "words of a CV")
    return document


@pytest.mark.parametrize("role", [Role.PROJECT_OFFICER, Role.COORDINATOR])
def test_a_cv_opens_for_a_purpose_that_is_shown_to_the_person(
    session: Session, cv: Document, role: Role
) -> None:
    make, clock = Factory(session), FrozenClock()
    actor = make.actor(role)
    assert documents.needs_purpose(session, actor, cv.id, clock=clock)
    with pytest.raises(NotAllowed, match="what you open"):
        documents.get_reading(session, actor, cv.id, clock=clock)
    for wrong in ("", "for fun!", "x" * 81):
        with pytest.raises(InvalidInput):
            documents.state_purpose(session, actor, cv.id, wrong, clock=clock)
    documents.state_purpose(session, actor, cv.id, "mission", clock=clock)
    assert documents.get_reading(session, actor, cv.id, clock=clock).text
    assert not sees_documents(session, actor, cv, now=A_MONDAY + timedelta(days=1))
    focal = make.actor(Role.FOCAL_POINT, "PT")
    assert cv.expert_id
    views = record_views(session, focal, cv.expert_id)
    assert {(one.what, one.who) for one in views} >= {("purpose", actor.name), ("cv", actor.name)}
    assert documents.get_reading(session, focal, cv.id, clock=clock).text


def test_the_cv_of_a_restricted_record_opens_for_nobody_who_uses_it(
    session: Session, cv: Document
) -> None:
    make = Factory(session)
    person = session.get_one(Expert, cv.expert_id)
    person.status = ExpertStatus.RESTRICTED
    session.flush()
    for actor in (make.actor(Role.PROJECT_OFFICER), make.actor(Role.FOCAL_POINT, "PT")):
        with pytest.raises(NotFound):
            documents.get_reading(session, actor, cv.id, clock=FrozenClock())
    assert get_record(session, make.actor(Role.COORDINATOR), person.id).documents
