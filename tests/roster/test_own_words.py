"""Administrators add words and take them back; CVs read before are read anew for them."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from roster import own_words
from roster.db import unit_of_work
from roster.errors import Conflict, InvalidInput, NotAllowed, NotFound
from roster.ingest import rereading
from roster.ingest.letters.reading import read_letter
from roster.ingest.reading import read_words
from roster.inputs.own_words import WordInput
from roster.policy import Actor
from roster.queries.own_words import (
    changed_words,
    effect_of,
    last_rereadings,
    list_words,
    own_words_of,
    unfinished_rereadings,
    use_of_terms,
)
from roster.queries.search import search
from roster.read import TopicExperience
from roster.tables import Change, Expert, Fact
from roster.vocabulary import ExpertStatus, FactKind, FactStatus, Role, WordList
from tests.factories import Factory
from tests.fakes import FrozenClock

CV = """WORK EXPERIENCE
2016 - present    Head of unit, Immigration Service, Lisbon
Set up the hotspot approach on the islands.
"""
HOTSPOT = WordInput(of=WordList.TOPIC, phrase="hotspot  approach", code="border_management")


@pytest.fixture
def administrator(make: Factory) -> Actor:
    return make.actor(Role.ADMINISTRATOR)


def _topics(session: Session, expert: Expert) -> dict[str, FactStatus]:
    rows = session.exec(
        select(Fact).where(Fact.expert_id == expert.id, Fact.kind == FactKind.TOPIC)
    )
    return {row.value["topic"]: row.status for row in rows}


def _read_anew(engine: Engine, session: Session, administrator: Actor, clock: FrozenClock) -> UUID:
    clock.advance(minutes=1)
    asked = own_words.ask_for_rereading(session, administrator, clock=clock)
    session.commit()
    rereading.read_anew(engine, asked.id, clock=clock)
    session.expire_all()
    return asked.id


def test_a_word_is_added_once_and_who_did_it_is_kept(
    session: Session, administrator: Actor, clock: FrozenClock
) -> None:
    word = own_words.add_word(session, administrator, HOTSPOT, clock=clock)
    assert (word.phrase, word.by) == ("hotspot approach", administrator.account_id)
    with pytest.raises(Conflict):
        own_words.add_word(session, administrator, HOTSPOT, clock=clock)
    own_words.retire_word(session, administrator, word.id, clock=clock)
    own_words.retire_word(session, administrator, word.id, clock=clock)
    assert not own_words_of(session, administrator.facility_id)
    own_words.add_word(session, administrator, HOTSPOT, clock=clock)
    assert sorted(row.until is None for row in list_words(session, administrator)) == [False, True]
    acts = session.exec(select(Change.act).where(Change.record == "own_word")).all()
    assert sorted(acts) == ["created", "created", "retired"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        pytest.param({"phrase": "a"}, "/phrase", id="too-short"),
        pytest.param({"code": "no_such_topic"}, "/code", id="no-topic"),
        pytest.param({"language": "xx"}, "/language", id="no-language"),
        pytest.param({"phrase": "border management"}, "/phrase", id="read-so-already"),
        pytest.param({"of": WordList.ACTIVITY}, "/code", id="topic-is-no-activity"),
    ],
)
def test_a_word_that_cannot_be_meant_is_refused_at_its_field(
    said: dict[str, object], field: str, session: Session, administrator: Actor, clock: FrozenClock
) -> None:
    given = HOTSPOT.model_copy(update=said)
    with pytest.raises(InvalidInput) as refused:
        own_words.add_word(session, administrator, given, clock=clock)
    assert [one.pointer for one in refused.value.errors] == [field]


def test_only_administrators_of_the_facility_change_its_words(
    session: Session, make: Factory, administrator: Actor, clock: FrozenClock
) -> None:
    word = own_words.add_word(session, administrator, HOTSPOT, clock=clock)
    with pytest.raises(NotAllowed):
        own_words.add_word(session, make.actor(Role.COORDINATOR), HOTSPOT, clock=clock)
    elsewhere = make.actor(Role.ADMINISTRATOR, facility=make.facility())
    with pytest.raises(NotFound):
        own_words.retire_word(session, elsewhere, word.id, clock=clock)
    assert not own_words_of(session, elsewhere.facility_id)


def test_letters_and_search_hear_a_word_at_once(
    session: Session, make: Factory, administrator: Actor, clock: FrozenClock
) -> None:
    person = make.expert("Ana Prates")
    make.fact(person, TopicExperience("border_management"))
    make.view(person)
    own_words.add_word(session, administrator, HOTSPOT, clock=clock)
    own = own_words_of(session, administrator.facility_id)

    letter = read_words("Dear Sir,\n\nWe request support for the hotspot approach.\n\nYours\n")
    assert [one.value for one in read_letter(letter, own=own) if one.field == "topics"] == [
        ("border_management",)
    ]
    found = search(session, make.actor(), "hotspot approach")
    assert [hit.label for hit in found.hits] == ["Ana Prates"]


def test_cvs_are_read_anew_for_a_word_and_again_once_it_is_taken_back(
    engine: Engine, session: Session, make: Factory, administrator: Actor, clock: FrozenClock
) -> None:
    _, person, _ = make.read_cv(CV, [])
    make.read_cv("Nothing of it.", [])
    effect = _effect(session, administrator)
    assert (effect.cvs, effect.new, effect.looked_at) == (1, 1, 2)

    word = own_words.add_word(session, administrator, HOTSPOT, clock=clock)
    assert changed_words(session, administrator.facility_id) == 1
    first = _read_anew(engine, session, administrator, clock)
    assert _topics(session, person)["border_management"] is FactStatus.PROPOSED
    (fact,) = session.exec(select(Fact).where(Fact.expert_id == person.id)).all()
    assert "hotspot approach" in fact.quote
    assert changed_words(session, administrator.facility_id) == 0
    assert (
        use_of_terms(session, administrator, WordList.TOPIC)["topic:border_management"].people == 1
    )
    assert _effect(session, administrator).new == 0
    rereading.read_anew(engine, first, clock=clock)  # What is over is not done twice.

    clock.advance(minutes=1)
    own_words.retire_word(session, administrator, word.id, clock=clock)
    _read_anew(engine, session, administrator, clock)
    assert _topics(session, person)["border_management"] is FactStatus.SUPERSEDED
    rows = last_rereadings(session, administrator)
    assert [(one.done, one.found, one.dropped, one.people) for one in rows] == [
        (2, 0, 1, 1),
        (2, 1, 0, 1),
    ]
    assert unfinished_rereadings(session) == ()


def _effect(session: Session, administrator: Actor):  # type: ignore[no-untyped-def]
    phrase = own_words.checked(HOTSPOT)
    return effect_of(session, administrator, WordList.TOPIC, phrase)


@pytest.mark.parametrize("status", [FactStatus.CONFIRMED, FactStatus.REJECTED])
def test_what_somebody_decided_stays(
    status: FactStatus,
    engine: Engine,
    session: Session,
    make: Factory,
    administrator: Actor,
    clock: FrozenClock,
) -> None:
    _, person, _ = make.read_cv(CV, [])
    word = own_words.add_word(session, administrator, HOTSPOT, clock=clock)
    _read_anew(engine, session, administrator, clock)
    (fact,) = session.exec(select(Fact).where(Fact.expert_id == person.id)).all()
    fact.status = status
    session.add(fact)
    _read_anew(engine, session, administrator, clock)
    own_words.retire_word(session, administrator, word.id, clock=clock)
    _read_anew(engine, session, administrator, clock)
    assert [
        one.status for one in session.exec(select(Fact).where(Fact.expert_id == person.id))
    ] == [status]


def test_a_record_that_may_only_be_kept_is_not_read(
    engine: Engine, session: Session, make: Factory, administrator: Actor, clock: FrozenClock
) -> None:
    _, person, _ = make.read_cv(CV, [])
    person.status = ExpertStatus.RESTRICTED
    session.add(person)
    own_words.add_word(session, administrator, HOTSPOT, clock=clock)
    _read_anew(engine, session, administrator, clock)
    assert _topics(session, person) == {}
    assert _effect(session, administrator).looked_at == 0


def test_a_reading_goes_on_where_it_was_interrupted(
    engine: Engine,
    session: Session,
    make: Factory,
    administrator: Actor,
    clock: FrozenClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people = [make.read_cv(CV, [])[1] for _ in range(3)]
    own_words.add_word(session, administrator, HOTSPOT, clock=clock)
    asked = own_words.ask_for_rereading(session, administrator, clock=clock)
    assert own_words.ask_for_rereading(session, administrator, clock=clock).id == asked.id
    session.commit()
    monkeypatch.setattr(rereading, "AT_ONCE", 2)
    assert rereading._some_more(engine, asked.id, clock)
    session.expire_all()
    (row,) = last_rereadings(session, administrator)
    assert (row.done, row.total, row.finished_at) == (2, 3, None)
    assert unfinished_rereadings(session) == (asked.id,)
    rereading.read_anew(engine, asked.id, clock=clock)
    session.expire_all()
    assert [set(_topics(session, one)) for one in people] == [{"border_management"}] * 3


def test_a_cv_that_comes_later_is_read_with_the_words_of_its_own_facility(
    engine: Engine, session: Session, make: Factory, administrator: Actor, clock: FrozenClock
) -> None:
    from roster.ingest.pipeline import propose_profile  # noqa: PLC0415 -- loads parsers.

    document = make.document()
    make.source(document, make.version(document, CV))
    own_words.add_word(session, administrator, HOTSPOT, clock=clock)
    session.commit()
    propose_profile(engine, document.id, clock=clock)
    with unit_of_work(engine) as fresh:
        codes = [
            row.value["topic"]
            for row in fresh.exec(select(Fact).where(Fact.kind == FactKind.TOPIC))
        ]
    assert codes == ["border_management"]


def test_a_word_that_means_nothing_here_takes_back_only_what_it_showed(
    engine: Engine, session: Session, make: Factory, administrator: Actor, clock: FrozenClock
) -> None:
    text = "WORK EXPERIENCE\n2016 - present  Officer, Lisbon\nIssued work permits at the border.\n"
    line = "Issued work permits at the border."
    facts = [
        (TopicExperience("legal_labour_migration"), line),
        (TopicExperience("visa_policy"), line),  # Somebody else's reading: left alone.
    ]
    _, person, _ = make.read_cv(text, facts)
    hidden = WordInput(of=WordList.TOPIC, phrase="work permit*", code=None)
    own_words.add_word(session, administrator, hidden, clock=clock)
    _read_anew(engine, session, administrator, clock)
    assert _topics(session, person) == {
        "legal_labour_migration": FactStatus.SUPERSEDED,
        "visa_policy": FactStatus.PROPOSED,
    }
