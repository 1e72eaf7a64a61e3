"""One decision on a fact that was read is taken back, and nothing of it stays."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from roster.confirmations import confirm_cv
from roster.errors import Conflict, NotFound
from roster.fact_decisions import correct_own, decide_fact, take_back_own, undo_decision
from roster.inputs import Confirmation, FactDecision, FactInput
from roster.policy import Actor
from roster.queries.decided_facts import read_facts, version_of
from roster.queries.experts import get_record
from roster.read import FactValue, LanguageSkill, Name
from roster.serial import to_json
from roster.tables import Document, Expert, Fact
from roster.vocabulary import FactKind, FactStatus, LanguageLevel, Role
from tests.factories import Factory
from tests.fakes import FrozenClock

CV = "Ana Prates. French C1. Spanish B1."
READ: list[tuple[FactValue, str]] = [
    (Name("Ana Prates"), "Ana Prates"),
    (LanguageSkill("fr", LanguageLevel.C1), "French C1"),
    (LanguageSkill("es", LanguageLevel.B1), "Spanish B1"),
]
NAME, FRENCH, SPANISH = range(3)


@pytest.fixture
def focal_point(make: Factory) -> Actor:
    return make.actor(Role.FOCAL_POINT, "PT")


@pytest.fixture
def cv(make: Factory) -> tuple[Document, list[Fact]]:
    document, _, facts = make.read_cv(CV, READ)
    return document, facts


@pytest.fixture
def ana(
    session: Session, focal_point: Actor, cv: tuple[Document, list[Fact]], clock: FrozenClock
) -> Expert:
    """Ana as confirmed: French right, Spanish corrected from B1 to C1."""
    document, facts = cv
    better = FactInput(kind=FactKind.LANGUAGE, value=to_json(LanguageSkill("es", LanguageLevel.C1)))
    said = FactDecision(fact_id=facts[SPANISH].id, verdict="correct", correction=better)
    given = Confirmation(decisions=(said,), accept_rest=True)
    return confirm_cv(session, focal_point, document.id, given, clock=clock)


def levels(session: Session, actor: Actor, ana: Expert) -> dict[str, str]:
    spoken = get_record(session, actor, ana.id).view.languages
    return {one.value.language: one.value.level.value for one in spoken if one.value.level}


def test_a_right_and_a_wrong_can_be_taken_back_and_said_again(
    session: Session,
    focal_point: Actor,
    ana: Expert,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
) -> None:
    french = cv[1][FRENCH]
    seen = version_of(french)
    for _ in range(2):  # A second press of the button does no more.
        undo_decision(session, focal_point, french.id, seen, clock=clock)
        assert (french.status, french.confirmed_at) == (FactStatus.PROPOSED, None)
    waits = version_of(french)
    for _ in range(2):
        decide_fact(session, focal_point, french.id, "wrong", waits, clock=clock)
    assert "fr" not in levels(session, focal_point, ana)
    undo_decision(session, focal_point, french.id, version_of(french), clock=clock)
    decide_fact(session, focal_point, french.id, "right", waits, clock=clock)
    assert levels(session, focal_point, ana)["fr"] == "C1"


def test_a_correction_that_is_taken_back_is_rejected_and_the_reading_waits(
    session: Session,
    focal_point: Actor,
    ana: Expert,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
) -> None:
    spanish = cv[1][SPANISH]
    assert levels(session, focal_point, ana)["es"] == "C1"
    correction = session.get_one(Fact, spanish.superseded_by)
    undo_decision(session, focal_point, spanish.id, version_of(spanish), clock=clock)
    assert (spanish.status, correction.status) == (FactStatus.PROPOSED, FactStatus.REJECTED)
    assert levels(session, focal_point, ana)["es"] == "B1"


def test_what_gave_way_to_a_fact_stands_again(
    session: Session,
    make: Factory,
    focal_point: Actor,
    ana: Expert,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
) -> None:
    french = cv[1][FRENCH]
    former = make.fact(ana, LanguageSkill("fr", LanguageLevel.B2))
    former.confirmed_at = clock.now()
    former.status, former.superseded_by = FactStatus.SUPERSEDED, french.id
    session.flush()
    undo_decision(session, focal_point, french.id, version_of(french), clock=clock)
    session.refresh(former)
    assert former.status is FactStatus.CONFIRMED
    assert former.superseded_by is None


def test_who_saw_another_decision_does_not_undo_it(
    session: Session,
    focal_point: Actor,
    ana: Expert,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
) -> None:
    french = cv[1][FRENCH]
    seen = version_of(french)
    clock.advance(minutes=1)
    undo_decision(session, focal_point, french.id, seen, clock=clock)
    decide_fact(session, focal_point, french.id, "wrong", version_of(french), clock=clock)
    with pytest.raises(Conflict, match="since"):
        undo_decision(session, focal_point, french.id, seen, clock=clock)
    with pytest.raises(Conflict, match="since"):
        decide_fact(session, focal_point, french.id, "right", seen, clock=clock)
    assert french.status is FactStatus.REJECTED
    assert ana.id == french.expert_id


def test_nobody_is_left_without_a_name(
    session: Session,
    focal_point: Actor,
    ana: Expert,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
) -> None:
    name = cv[1][NAME]
    assert name.expert_id == ana.id
    with pytest.raises(Conflict, match="no name"):
        undo_decision(session, focal_point, name.id, version_of(name), clock=clock)


def test_other_states_and_facts_that_nobody_read_are_not_decided_on(
    session: Session,
    make: Factory,
    focal_point: Actor,
    ana: Expert,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
) -> None:
    stranger = make.actor(Role.FOCAL_POINT, "FR")
    said = make.fact(ana, LanguageSkill("ar", LanguageLevel.A2))
    for actor, fact in ((stranger, cv[1][FRENCH]), (focal_point, said)):
        with pytest.raises(NotFound):
            undo_decision(session, actor, fact.id, version_of(fact), clock=clock)


def test_those_that_wait_stand_first_and_corrections_with_them(
    session: Session,
    focal_point: Actor,
    ana: Expert,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
) -> None:
    french = cv[1][FRENCH]
    undo_decision(session, focal_point, french.id, version_of(french), clock=clock)
    found = read_facts(session, focal_point, ana.id)
    assert found[0].id == french.id
    assert {one.status for one in found} == {
        FactStatus.PROPOSED, FactStatus.CONFIRMED, FactStatus.SUPERSEDED,
    }  # fmt: skip


@pytest.fixture
def herself(ana: Expert, make: Factory) -> Actor:
    return make.actor(Role.EXPERT, expert_id=ana.id)


def say(
    session: Session, actor: Actor, fact: Fact, level: LanguageLevel | None, clock: FrozenClock
) -> Fact:
    language = fact.value["language"]
    better = to_json(LanguageSkill(language, level))
    given = FactInput(kind=FactKind.LANGUAGE, value=better) if level else None
    clock.advance(minutes=1)
    return correct_own(session, actor, fact.id, given, version_of(fact), clock=clock)


def test_what_a_person_corrects_waits_and_counts_once_it_is_said_to_be_right(
    session: Session,
    focal_point: Actor,
    herself: Actor,
    ana: Expert,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
) -> None:
    french = cv[1][FRENCH]
    said = say(session, herself, french, LanguageLevel.C2, clock)
    assert levels(session, focal_point, ana)["fr"] == "C1"
    decide_fact(session, focal_point, said.id, "right", version_of(said), clock=clock)
    assert levels(session, focal_point, ana)["fr"] == "C2"
    assert french.status is FactStatus.SUPERSEDED
    with pytest.raises(Conflict):
        take_back_own(session, herself, said.id, clock=clock)
    undo_decision(session, focal_point, said.id, version_of(said), clock=clock)
    assert levels(session, focal_point, ana)["fr"] == "C1"
    decide_fact(session, focal_point, said.id, "right", version_of(said), clock=clock)
    assert (levels(session, focal_point, ana)["fr"], french.status) == ("C2", "superseded")


def test_what_a_person_denies_counts_at_once_and_can_be_taken_back(
    session: Session,
    focal_point: Actor,
    herself: Actor,
    ana: Expert,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
) -> None:
    french = cv[1][FRENCH]
    for undo in (take_back_own, None):
        denied = say(session, herself, french, None, clock)
        assert "fr" not in levels(session, focal_point, ana)
        if undo:
            undo(session, herself, denied.id, clock=clock)
        else:
            undo_decision(session, focal_point, denied.id, version_of(denied), clock=clock)
        assert levels(session, focal_point, ana)["fr"] == "C1"
        assert french.status is FactStatus.CONFIRMED
    said = say(session, herself, french, LanguageLevel.C2, clock)
    decide_fact(session, focal_point, said.id, "wrong", version_of(said), clock=clock)
    assert levels(session, focal_point, ana)["fr"] == "C1"


def test_nobody_says_what_is_right_on_the_record_of_another(
    session: Session,
    focal_point: Actor,
    make: Factory,
    ana: Expert,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
) -> None:
    other = make.actor(Role.EXPERT, expert_id=make.expert("Bea Quill").id)
    for actor in (other, focal_point):
        with pytest.raises(NotFound):
            say(session, actor, cv[1][FRENCH], LanguageLevel.C2, clock)
    herself = make.actor(Role.EXPERT, expert_id=ana.id)
    with pytest.raises(Conflict, match="no name"):
        correct_own(session, herself, cv[1][NAME].id, None, version_of(cv[1][NAME]), clock=clock)
