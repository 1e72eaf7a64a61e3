"""A new CV of a known person: nothing read overrides what was confirmed, unless somebody says."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlmodel import Session, select

from roster.confirmations import confirm_cv
from roster.documents import get_reading
from roster.errors import Conflict, InvalidInput, UnknownTerm
from roster.inputs import Confirmation, FactDecision, FactInput
from roster.policy import Actor
from roster.queries.experts import get_record
from roster.read import (
    Contact,
    Difference,
    Education,
    ExpertView,
    FactValue,
    LanguageSkill,
    Mission,
    Name,
    Nationality,
    Post,
)
from roster.serial import to_json
from roster.tables import Document, Expert, Fact
from roster.vocabulary import DifferenceKind, FactKind, FactStatus, LanguageLevel, Role
from tests.factories import Factory
from tests.fakes import FrozenClock

CV = "Ana Prates ana@sef.example Head of unit, Service. French C1. Spanish B1. Niger."
READ: list[tuple[FactValue, str]] = [
    (Name("Ana Prates"), "Ana Prates"),
    (Contact("ana@sef.example"), "ana@sef.example"),
    (Post("Head of unit", "Service"), "Head of unit, Service"),
    (LanguageSkill("fr", LanguageLevel.C1), "French C1"),
    (LanguageSkill("es", LanguageLevel.B1), "Spanish B1"),
]
POST, FRENCH, SPANISH = 2, 3, 4


@pytest.fixture
def focal_point(make: Factory) -> Actor:
    return make.actor(Role.FOCAL_POINT, "PT")


@pytest.fixture
def known(make: Factory) -> Expert:
    """Ana as she was confirmed years ago: French B2, and Arabic, which the new CV leaves out."""
    expert = make.expert("Ana Prates")
    make.member(expert, make.home)
    make.fact(expert, Contact("ana@sef.example"), kind=FactKind.EMAIL)
    make.fact(expert, LanguageSkill("fr", LanguageLevel.B2))
    make.fact(expert, LanguageSkill("ar", LanguageLevel.A2))
    make.fact(expert, Post("Head of Unit", "Service"), start="2019", ongoing=True)
    make.view(expert)
    return expert


@pytest.fixture
def cv(make: Factory, known: Expert) -> tuple[Document, list[Fact]]:
    document, _, facts = make.read_cv(CV, READ)
    return document, facts


def held_of(session: Session, kind: FactKind, known: Expert) -> dict[UUID, Fact]:
    return {
        fact.id: fact
        for fact in session.exec(select(Fact).where(Fact.expert_id == known.id))
        if fact.kind is kind and fact.status is FactStatus.CONFIRMED
    }


def levels(session: Session, actor: Actor, known: Expert) -> dict[str, str]:
    view: ExpertView = get_record(session, actor, known.id).view
    return {one.value.language: one.value.level.value for one in view.languages if one.value.level}


def differing(
    session: Session, actor: Actor, document: Document, clock: FrozenClock
) -> tuple[Difference, ...]:
    (only,) = get_reading(session, actor, document.id, clock=clock).comparisons
    return only.differences


def decided(fact: Fact, verdict: str, correction: FactInput | None = None) -> FactDecision:
    said = {"fact_id": fact.id, "verdict": verdict, "correction": correction}
    return FactDecision.model_validate(said)


def test_a_reading_shows_only_differences_as_such(
    session: Session,
    focal_point: Actor,
    known: Expert,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
) -> None:
    document, facts = cv
    found = differing(session, focal_point, document, clock)
    by_fact = {one.fact_id: one.kind for one in found}
    assert [by_fact[fact.id].value for fact in facts] == ["same", "same", "same", "changed", "new"]
    silent = [one for one in found if one.kind is DifferenceKind.NOT_MENTIONED]
    assert [one.held[0].value for one in silent] == [LanguageSkill("ar", LanguageLevel.A2)]


@pytest.mark.parametrize("accept_rest", [True, False])
def test_what_was_confirmed_stays_where_nobody_decides(
    session: Session,
    focal_point: Actor,
    known: Expert,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
    *,
    accept_rest: bool,
) -> None:
    document, facts = cv
    given = Confirmation(same_as=known.id, accept_rest=accept_rest)
    confirm_cv(session, focal_point, document.id, given, clock=clock)
    found = levels(session, focal_point, known)
    assert (found["fr"], found["ar"]) == ("B2", "A2")
    assert facts[FRENCH].status is FactStatus.SUPERSEDED
    assert facts[FRENCH].superseded_by in held_of(session, FactKind.LANGUAGE, known)
    (post,) = get_record(session, focal_point, known.id).view.posts
    assert str(post.period.start) == "2019"
    spanish = FactStatus.CONFIRMED if accept_rest else FactStatus.PROPOSED
    assert facts[SPANISH].status is spanish


def test_the_new_value_takes_the_place_of_the_old_where_somebody_says_so(
    session: Session,
    focal_point: Actor,
    known: Expert,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
) -> None:
    document, facts = cv
    given = Confirmation(same_as=known.id, decisions=(decided(facts[FRENCH], "right"),))
    confirm_cv(session, focal_point, document.id, given, clock=clock)
    assert levels(session, focal_point, known) == {"fr": "C1", "ar": "A2", "es": "B1"}
    held = held_of(session, FactKind.LANGUAGE, known)
    assert facts[FRENCH].id in held
    assert len(held) == 3


def test_a_correction_takes_the_place_of_the_old_too(
    session: Session,
    focal_point: Actor,
    known: Expert,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
) -> None:
    document, facts = cv
    better = FactInput(kind=FactKind.LANGUAGE, value={"language": "fr", "level": "C2"})
    given = Confirmation(same_as=known.id, decisions=(decided(facts[FRENCH], "correct", better),))
    confirm_cv(session, focal_point, document.id, given, clock=clock)
    assert levels(session, focal_point, known)["fr"] == "C2"


@pytest.mark.parametrize(
    ("verdict", "status"),
    [("wrong", FactStatus.REJECTED), ("keep", FactStatus.SUPERSEDED)],
)
def test_a_new_value_that_is_refused_leaves_the_old(
    session: Session,
    focal_point: Actor,
    known: Expert,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
    verdict: str,
    status: FactStatus,
) -> None:
    document, facts = cv
    given = Confirmation(same_as=known.id, decisions=(decided(facts[FRENCH], verdict),))
    confirm_cv(session, focal_point, document.id, given, clock=clock)
    assert levels(session, focal_point, known)["fr"] == "B2"
    assert facts[FRENCH].status is status


def test_what_nobody_confirmed_yet_gives_way(
    session: Session,
    make: Factory,
    focal_point: Actor,
    known: Expert,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
) -> None:
    document, _ = cv
    for fact in held_of(session, FactKind.LANGUAGE, known).values():
        fact.status = FactStatus.PROPOSED
    confirm_cv(session, focal_point, document.id, Confirmation(same_as=known.id), clock=clock)
    assert levels(session, focal_point, known)["fr"] == "C1"


def test_what_the_cv_leaves_out_is_withdrawn_only_by_name(
    session: Session,
    focal_point: Actor,
    known: Expert,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
) -> None:
    document, facts = cv
    found = differing(session, focal_point, document, clock)
    (arabic,) = [one.held[0].id for one in found if one.kind is DifferenceKind.NOT_MENTIONED]
    (french,) = [one.held[0].id for one in found if one.fact_id == facts[FRENCH].id]
    refused = Confirmation(same_as=known.id, withdrawn=(french,))
    with pytest.raises(InvalidInput, match="not in this CV"):
        confirm_cv(session, focal_point, document.id, refused, clock=clock)
    given = Confirmation(same_as=known.id, withdrawn=(arabic,))
    confirm_cv(session, focal_point, document.id, given, clock=clock)
    assert set(levels(session, focal_point, known)) == {"fr", "es"}


def test_two_cvs_that_say_the_same_make_one_record(
    session: Session, make: Factory, focal_point: Actor, known: Expert, clock: FrozenClock
) -> None:
    for _ in range(2):
        document, _, _ = make.read_cv(CV, READ)
        confirm_cv(session, focal_point, document.id, Confirmation(same_as=known.id), clock=clock)
    view = get_record(session, focal_point, known.id).view
    assert len(view.posts) == 1
    assert len(view.languages) == 3


def test_nothing_is_kept_instead_where_nothing_is_held(
    session: Session, focal_point: Actor, cv: tuple[Document, list[Fact]], clock: FrozenClock
) -> None:
    document, facts = cv
    given = Confirmation(decisions=(decided(facts[SPANISH], "keep"),))
    with pytest.raises(InvalidInput, match="nothing on the record"):
        confirm_cv(session, focal_point, document.id, given, clock=clock)


def test_a_draft_is_nobody_to_be_the_same_as(
    session: Session,
    make: Factory,
    focal_point: Actor,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
) -> None:
    document, _ = cv
    _, other, _ = make.read_cv(CV, READ)
    with pytest.raises(Conflict, match="not confirmed yet"):
        confirm_cv(session, focal_point, document.id, Confirmation(same_as=other.id), clock=clock)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param(Nationality("XQ"), "country “XQ” is not known", id="nationality"),
        pytest.param(LanguageSkill("qqq", None), "language “qqq” is not known", id="language"),
        pytest.param(Mission("Visit", ("ML", "Mali")), "country “Mali” is not known", id="mission"),
        pytest.param(Post("Judge", "Court", country="ZZ"), "country “ZZ”", id="post"),
        pytest.param(Education("Law", 7, "Coimbra", "PTX"), "country “PTX”", id="education"),
    ],
)
def test_a_fact_of_a_country_or_language_that_is_none_is_refused_with_words(
    session: Session,
    focal_point: Actor,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
    value: FactValue,
    words: str,
) -> None:
    document, facts = cv
    kinds = {
        Nationality: FactKind.NATIONALITY,
        LanguageSkill: FactKind.LANGUAGE,
        Mission: FactKind.MISSION,
        Post: FactKind.POST,
        Education: FactKind.EDUCATION,
    }
    said = FactInput(kind=kinds[type(value)], value=to_json(value))
    for given in (
        Confirmation(added=(said,)),
        Confirmation(decisions=(decided(facts[POST], "correct", said),)),
    ):
        with pytest.raises(UnknownTerm, match=words) as refused, session.begin_nested():
            confirm_cv(session, focal_point, document.id, given, clock=clock)
        assert refused.value.errors[0].pointer.startswith("/value/")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        pytest.param(FactKind.BIRTH_YEAR, {"year": 19}, id="two-digits"),
        pytest.param(FactKind.BIRTH_YEAR, {"year": 2026}, id="child"),
        pytest.param(FactKind.EMAIL, {"value": "ana at sef"}, id="no-address"),
    ],
)
def test_what_cannot_be_is_refused(
    session: Session,
    focal_point: Actor,
    cv: tuple[Document, list[Fact]],
    clock: FrozenClock,
    kind: FactKind,
    value: dict[str, object],
) -> None:
    given = Confirmation(added=(FactInput(kind=kind, value=value),))
    with pytest.raises(InvalidInput):
        confirm_cv(session, focal_point, cv[0].id, given, clock=clock)
