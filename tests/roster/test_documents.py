"""CVs: taken in, shown to whom, confirmed by a person, and never half."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Engine
from sqlmodel import Session, select

from roster.confirmations import confirm_cv
from roster.db import unit_of_work
from roster.documents import (
    Original,
    Upload,
    get_reading,
    open_original,
    state_purpose,
    store_cv,
)
from roster.errors import (
    Conflict,
    FileRefused,
    FileTooLarge,
    InvalidInput,
    NotAllowed,
    NotFound,
    UnknownTerm,
)
from roster.inputs import Confirmation, FactDecision, FactInput
from roster.policy import Actor, Grant, system_actor
from roster.queries.experts import get_record
from roster.queries.index import changes_since
from roster.read import BirthYear, Contact, FactValue, LanguageSkill, Name, Post
from roster.tables import (
    AccessLog,
    Document,
    DocumentBlob,
    Expert,
    Fact,
    Membership,
    Source,
)
from roster.vault import Vault
from roster.vocabulary import (
    DocumentState,
    ExpertStatus,
    FactKind,
    FactStatus,
    LanguageLevel,
    Role,
)
from tests.factories import Factory
from tests.fakes import A_MONDAY, FrozenClock

VAULT = Vault([Fernet.generate_key()])
CV = "Ana Prates, born 1971, ana@sef.example, tel 912 345 678. Judge at the Court. French C1."
FACTS: list[tuple[FactValue, str]] = [
    (Name("Ana Prates"), "Ana Prates"),
    (BirthYear(1971), "1971"),
    (Contact("ana@sef.example"), "ana@sef.example"),
    (Contact("912 345 678"), "912 345 678"),
    (Post("Judge", "Court"), "Judge at the Court"),
    (LanguageSkill("fr", LanguageLevel.C1), "French C1"),
]


@pytest.fixture
def focal_point(make: Factory) -> Actor:
    return make.actor(Role.FOCAL_POINT, "PT")


def _store(
    session: Session, actor: Actor, clock: FrozenClock, content: bytes = b"CV", **said: Any
) -> Document:
    upload = Upload("ana.txt", content, **said)
    return store_cv(session, actor, upload, vault=VAULT, clock=clock, most_bytes=1000)


def test_a_file_is_kept_encrypted_and_waits(
    session: Session, focal_point: Actor, clock: FrozenClock
) -> None:
    document = _store(session, focal_point, clock, b"the words of a CV")
    assert (document.state, document.country, document.size_bytes) == (
        DocumentState.RECEIVED,
        "PT",
        17,
    )
    kept = session.exec(select(DocumentBlob.content)).one()
    assert b"words" not in kept
    assert VAULT.unlock(kept) == b"the words of a CV"


def test_the_same_file_twice_is_one_document_unless_it_was_refused(
    session: Session, make: Factory, focal_point: Actor, clock: FrozenClock
) -> None:
    first = _store(session, focal_point, clock)
    assert _store(session, focal_point, clock).id == first.id
    elsewhere = make.actor(Role.FOCAL_POINT, "PT", facility=make.facility())
    assert _store(session, elsewhere, clock).id != first.id
    assert _store(session, make.actor(Role.FOCAL_POINT, "FR"), clock).id != first.id
    first.state = DocumentState.REFUSED
    assert _store(session, focal_point, clock).id != first.id


@pytest.mark.parametrize(
    ("content", "refusal"), [(b"", FileRefused), (b"x" * 1001, FileTooLarge)], ids=["empty", "big"]
)
def test_an_empty_or_too_large_file_is_refused_and_nothing_kept(
    session: Session,
    focal_point: Actor,
    clock: FrozenClock,
    content: bytes,
    refusal: type[FileRefused],
) -> None:
    with pytest.raises(refusal):
        _store(session, focal_point, clock, content)
    assert session.exec(select(Document)).all() == []
    _store(session, focal_point, clock, b"x" * 1000)


def test_a_focal_point_uploads_for_her_own_country_only(
    session: Session, make: Factory, focal_point: Actor, clock: FrozenClock
) -> None:
    with pytest.raises(InvalidInput, match="own country") as refused:
        _store(session, focal_point, clock, country="FR")
    assert [error.pointer for error in refused.value.errors] == ["/country"]
    both = make.actor(Role.FOCAL_POINT, "PT", also=[Grant(Role.FOCAL_POINT, make.home.id, "FR")])
    with pytest.raises(InvalidInput, match="which country"):
        _store(session, both, clock)
    assert _store(session, both, clock, country="FR").country == "FR"
    with pytest.raises(NotAllowed):
        _store(session, make.actor(Role.PROJECT_OFFICER), clock)


def test_a_coordinator_uploads_for_any_country_that_exists(
    session: Session, make: Factory, clock: FrozenClock
) -> None:
    coordinator = make.actor(Role.COORDINATOR)
    assert _store(session, coordinator, clock).country is None
    assert _store(session, coordinator, clock, country="ES").country == "ES"
    assert _store(session, system_actor(make.home.id), clock, country="IT").country == "IT"
    for country in ("XX", "Portugal", "pt"):
        with pytest.raises(UnknownTerm, match="country"):
            _store(session, coordinator, clock, country=country)


# Reading.


def test_a_reading_shows_text_facts_and_leaves_a_trace(
    session: Session, make: Factory, focal_point: Actor, clock: FrozenClock
) -> None:
    document, draft, facts = make.read_cv(CV, FACTS, uploader=focal_point)
    facts[5].status = FactStatus.SUPERSEDED
    reading = get_reading(session, focal_point, document.id, clock=clock)
    assert reading.text == CV
    assert {fact.id for fact in reading.facts} == {fact.id for fact in facts[:5]}
    assert reading.document.file_name == "as given.txt"
    assert reading.document.display_name == "Ana Prates"
    for fact in reading.facts:
        assert fact.span is not None
        assert reading.text[fact.span.start : fact.span.end] == fact.quote
    (line,) = session.exec(select(AccessLog)).all()
    assert (line.expert_id, line.what) == (draft.id, "cv")


def test_contact_data_is_blackened_for_whoever_only_reads(
    session: Session, make: Factory, clock: FrozenClock
) -> None:
    document, _, facts = make.read_cv(CV, FACTS)
    facts[3].status = FactStatus.REJECTED
    officer = make.actor(Role.PROJECT_OFFICER)
    with pytest.raises(NotAllowed, match="what you open this document for"):
        get_reading(session, officer, document.id, clock=clock)
    state_purpose(session, officer, document.id, "interview", clock=clock)
    reading = get_reading(session, officer, document.id, clock=clock)
    assert len(reading.text) == len(CV)
    for private in ("1971", "ana@sef.example", "912"):
        assert private not in reading.text
    assert {fact.kind for fact in reading.facts} == {
        FactKind.NAME,
        FactKind.POST,
        FactKind.LANGUAGE,
    }
    for fact in reading.facts:
        assert fact.span is not None
        assert reading.text[fact.span.start : fact.span.end] == fact.quote
    assert reading.document.file_name == ""


def test_a_coordinator_reads_the_whole_until_it_is_confirmed(
    session: Session, make: Factory, clock: FrozenClock
) -> None:
    document, _, _ = make.read_cv(CV, FACTS)
    coordinator = make.actor(Role.COORDINATOR)
    assert get_reading(session, coordinator, document.id, clock=clock).text == CV
    confirm_cv(session, coordinator, document.id, Confirmation(), clock=clock)
    state_purpose(session, coordinator, document.id, "interview", clock=clock)
    assert "912" not in get_reading(session, coordinator, document.id, clock=clock).text


def test_an_unread_file_shows_nothing_yet(
    session: Session, make: Factory, focal_point: Actor, clock: FrozenClock
) -> None:
    document = make.document(uploader=focal_point)
    reading = get_reading(session, focal_point, document.id, clock=clock)
    assert (reading.text, reading.facts, reading.twins) == ("", (), ())
    with pytest.raises(NotFound):
        get_reading(session, make.actor(Role.FOCAL_POINT, "FR"), document.id, clock=clock)


def test_twins_are_looked_for_among_people_in_sight_only(
    session: Session, make: Factory, focal_point: Actor, clock: FrozenClock
) -> None:
    document, _, _ = make.read_cv(CV, FACTS)
    same = make.expert("PRATES, Ana")
    make.fact(same, Post("Clerk", "COURT"), ongoing=True)
    make.view(same)
    make.expert("Ana Prates", country="FR")
    make.expert("Ana Prates", status=ExpertStatus.DRAFT)
    make.expert("Rui Prates")
    reading = get_reading(session, focal_point, document.id, clock=clock)
    assert [(twin.expert_id, twin.reason) for twin in reading.twins] == [
        (same.id, "same name, same employer")
    ]


# Confirmation.


def _decide(fact: Fact, verdict: str, correction: FactInput | None = None) -> FactDecision:
    return FactDecision.model_validate(
        {"fact_id": fact.id, "verdict": verdict, "correction": correction}
    )


def test_a_confirmed_person_is_on_the_roster_and_in_the_index(
    session: Session, make: Factory, focal_point: Actor, clock: FrozenClock
) -> None:
    document, draft, _ = make.read_cv(CV, FACTS)
    before = changes_since(session, 0)
    assert before.updated == ()
    expert = confirm_cv(session, focal_point, document.id, Confirmation(), clock=clock)
    assert (expert.id, expert.status, expert.confirmed_on) == (
        draft.id,
        ExpertStatus.ACTIVE,
        A_MONDAY.date(),
    )
    (member,) = session.exec(select(Membership)).all()
    assert (member.expert_id, member.facility_id, member.valid_from, member.valid_to) == (
        expert.id,
        make.home.id,
        A_MONDAY.date(),
        None,
    )
    assert document.state is DocumentState.CONFIRMED
    assert document.delete_after == A_MONDAY + timedelta(days=90)
    (view,) = changes_since(session, before.seq).updated
    assert (view.display_name, view.home_country) == ("Ana Prates", "PT")
    assert all(skill.evidence.confirmed for skill in view.languages)


def test_originals_are_kept_as_long_as_the_facility_says(
    session: Session, make: Factory, focal_point: Actor, clock: FrozenClock
) -> None:
    make.home.legal_regime = {"retention": {"original_days": 30}}
    document, _, _ = make.read_cv(CV, FACTS)
    confirm_cv(session, focal_point, document.id, Confirmation(), clock=clock)
    assert document.delete_after == A_MONDAY + timedelta(days=30)


def test_right_wrong_corrected_and_added(
    session: Session, make: Factory, focal_point: Actor, clock: FrozenClock
) -> None:
    document, _, facts = make.read_cv(CV, FACTS)
    name, _, _, _, post, french = facts
    better = FactInput(
        kind=FactKind.POST,
        value={"title": "Judge", "employer": "Court of Appeal"},
        valid_from="2016-04",
        ongoing=True,
    )
    added = FactInput(kind=FactKind.LANGUAGE, value={"language": "ar", "level": "B2"})
    given = Confirmation(
        decisions=(
            _decide(name, "right"),
            _decide(french, "wrong"),
            _decide(post, "correct", better),
        ),
        added=(added,),
    )
    expert = confirm_cv(session, focal_point, document.id, given, clock=clock)
    view = get_record(session, focal_point, expert.id).view
    assert [skill.value.language for skill in view.languages] == ["ar"]
    (held,) = view.posts
    assert (held.value.employer, str(held.period.start), held.period.ongoing) == (
        "Court of Appeal",
        "2016-04",
        True,
    )
    assert held.evidence.quote == "Judge at the Court"
    assert held.evidence.source == "focal point"
    assert (french.status, post.status) == (FactStatus.REJECTED, FactStatus.SUPERSEDED)
    assert post.superseded_by == held.evidence.fact_id
    assert {name.confirmed_by, french.confirmed_by} == {focal_point.account_id}


def test_facts_without_a_decision_may_stay_proposals(
    session: Session, make: Factory, focal_point: Actor, clock: FrozenClock
) -> None:
    document, _, facts = make.read_cv(CV, FACTS)
    given = Confirmation(decisions=(_decide(facts[0], "right"),), accept_rest=False)
    confirm_cv(session, focal_point, document.id, given, clock=clock)
    assert [fact.status for fact in facts] == [FactStatus.CONFIRMED, *[FactStatus.PROPOSED] * 5]


def test_a_cv_brings_a_known_record_up_to_date_and_the_draft_goes_into_it(
    session: Session, make: Factory, focal_point: Actor, clock: FrozenClock
) -> None:
    known = make.expert("Ana Prates")
    make.fact(known, LanguageSkill("ar", LanguageLevel.B1))
    make.view(known)
    seq = changes_since(session, 0).seq
    document, draft, _ = make.read_cv(CV, FACTS)
    draft_id = draft.id
    given = Confirmation(same_as=known.id)
    expert = confirm_cv(session, focal_point, document.id, given, clock=clock)
    session.commit()
    session.expire_all()
    assert expert.id == known.id
    assert session.get_one(Expert, draft_id).status is ExpertStatus.MERGED
    assert document.expert_id == known.id
    assert set(session.exec(select(Fact.expert_id))) == {known.id}
    assert [one.id for one in changes_since(session, 0).updated] == [known.id]
    (view,) = changes_since(session, seq).updated
    assert {skill.value.language for skill in view.languages} == {"fr", "ar"}
    record = get_record(session, focal_point, known.id)
    assert [row.id for row in record.documents] == [document.id]


def test_a_cv_is_not_merged_into_somebody_out_of_sight_or_unconfirmed(
    session: Session, make: Factory, focal_point: Actor, clock: FrozenClock
) -> None:
    document, _, _ = make.read_cv(CV, FACTS)
    french = make.expert("Ana Prates", country="FR")
    for same_as in (french.id, uuid4()):
        with pytest.raises(NotFound):
            confirm_cv(
                session, focal_point, document.id, Confirmation(same_as=same_as), clock=clock
            )
    _, other_draft, _ = make.read_cv(CV, FACTS)
    with pytest.raises(Conflict, match="not confirmed"):
        confirm_cv(
            session, focal_point, document.id, Confirmation(same_as=other_draft.id), clock=clock
        )


def test_a_membership_that_ended_is_begun_anew(
    session: Session, make: Factory, focal_point: Actor, clock: FrozenClock
) -> None:
    known = make.expert("Ana Prates")
    make.member(known, make.home, until=date(2025, 12, 31))
    document, _, _ = make.read_cv(CV, FACTS)
    confirm_cv(session, focal_point, document.id, Confirmation(same_as=known.id), clock=clock)
    dates = [(row.valid_from, row.valid_to) for row in session.exec(select(Membership))]
    assert (A_MONDAY.date(), None) in dates
    second, _, _ = make.read_cv(CV, FACTS)
    confirm_cv(session, focal_point, second.id, Confirmation(same_as=known.id), clock=clock)
    assert len(session.exec(select(Membership)).all()) == 2


@pytest.mark.parametrize("name", [None, "", "  ", "?"])
def test_nobody_without_a_name_comes_on_the_roster(
    session: Session, make: Factory, focal_point: Actor, clock: FrozenClock, name: str | None
) -> None:
    document, _, facts = make.read_cv(CV, FACTS)
    added = () if name is None else (FactInput(kind=FactKind.NAME, value={"display": name}),)
    given = Confirmation(decisions=(_decide(facts[0], "wrong"),), added=added)
    with pytest.raises(InvalidInput, match="name") as refused:
        confirm_cv(session, focal_point, document.id, given, clock=clock)
    assert [error.pointer for error in refused.value.errors] == ["/added"]


def test_a_name_that_was_not_read_is_given_by_hand(
    session: Session, make: Factory, focal_point: Actor, clock: FrozenClock
) -> None:
    document, _, _ = make.read_cv(CV, FACTS[1:])
    given = Confirmation(added=(FactInput(kind=FactKind.NAME, value={"display": "Ana Prates"}),))
    expert = confirm_cv(session, focal_point, document.id, given, clock=clock)
    assert expert.display_name == "Ana Prates"


@pytest.mark.parametrize(
    "correction",
    [
        pytest.param({"value": {"level": "B2"}}, id="no-language"),
        pytest.param({"value": {"language": "fr", "level": "fluent"}}, id="no-level"),
        pytest.param(
            {"value": {"language": "fr", "level": "B2"}, "valid_from": "2016-13"}, id="no-month"
        ),
        pytest.param(
            {"value": {"language": "fr", "level": "B2"}, "valid_from": "2016", "valid_to": "2015"},
            id="ends-before-it-begins",
        ),
    ],
)
def test_a_correction_of_another_shape_is_refused(
    session: Session,
    make: Factory,
    focal_point: Actor,
    clock: FrozenClock,
    correction: dict[str, Any],
) -> None:
    document, _, facts = make.read_cv(CV, FACTS)
    better = FactInput.model_validate({"kind": "language", **correction})
    given = Confirmation(decisions=(_decide(facts[5], "correct", better),))
    with pytest.raises(InvalidInput):
        confirm_cv(session, focal_point, document.id, given, clock=clock)


def test_a_decision_on_another_cvs_fact_is_refused(
    session: Session, make: Factory, focal_point: Actor, clock: FrozenClock
) -> None:
    document, _, _ = make.read_cv(CV, FACTS)
    _, _, others = make.read_cv(CV, FACTS)
    given = Confirmation(decisions=(_decide(others[0], "right"),))
    with pytest.raises(InvalidInput, match="does not wait"):
        confirm_cv(session, focal_point, document.id, given, clock=clock)


@pytest.mark.parametrize("state", sorted(set(DocumentState) - {DocumentState.READ}), ids=str)
def test_only_what_was_read_can_be_confirmed_and_once(
    session: Session,
    make: Factory,
    focal_point: Actor,
    clock: FrozenClock,
    state: DocumentState,
) -> None:
    document, _, _ = make.read_cv(CV, FACTS)
    document.state = state
    with pytest.raises(Conflict, match=state.value):
        confirm_cv(session, focal_point, document.id, Confirmation(), clock=clock)


def test_who_only_reads_or_answers_for_another_country_confirms_nothing(
    session: Session, make: Factory, clock: FrozenClock
) -> None:
    document, _, _ = make.read_cv(CV, FACTS)
    with pytest.raises(NotAllowed):
        confirm_cv(session, make.actor(), document.id, Confirmation(), clock=clock)
    french = make.actor(Role.FOCAL_POINT, "FR")
    with pytest.raises(NotFound):
        confirm_cv(session, french, document.id, Confirmation(), clock=clock)


def test_a_confirmation_that_fails_leaves_nothing_behind(
    engine: Engine, clock: FrozenClock
) -> None:
    with unit_of_work(engine) as session:
        make = Factory(session)
        document, draft, facts = make.read_cv(CV, FACTS)
        focal_point, known = make.actor(Role.FOCAL_POINT, "PT"), make.expert("Ana Prates")
        changes = changes_since(session, 0).seq
    blank = FactInput(kind=FactKind.NAME, value={"display": " "})
    better = FactInput(kind=FactKind.LANGUAGE, value={"language": "fr", "level": "B2"})
    decided = (_decide(facts[5], "correct", better),)
    given = Confirmation(decisions=decided, added=(blank,), same_as=known.id)

    def confirm() -> UUID:
        with unit_of_work(engine) as session:
            return confirm_cv(session, focal_point, document.id, given, clock=clock).id

    with pytest.raises(InvalidInput):
        confirm()
    with unit_of_work(engine) as session:
        assert session.get_one(Expert, draft.id).status is ExpertStatus.DRAFT
        assert session.get_one(Document, document.id).state is DocumentState.READ
        held = session.exec(select(Fact).where(Fact.expert_id == draft.id)).all()
        assert len(held) == len(FACTS)
        assert {fact.status for fact in held} == {FactStatus.PROPOSED}
        assert session.exec(select(Membership)).all() == []
        assert len(session.exec(select(Source)).all()) == 2
        assert changes_since(session, 0).seq == changes


# The file itself.


def _with_original(session: Session, document: Document, content: bytes) -> None:
    document.media_type = "application/pdf"
    session.add(
        DocumentBlob(
            facility_id=document.facility_id,
            document_id=document.id,
            content=VAULT.lock(content),
        )
    )
    session.flush()


def test_whoever_sees_all_of_a_cv_opens_its_file_and_leaves_a_trace(
    session: Session, make: Factory, focal_point: Actor, clock: FrozenClock
) -> None:
    document, draft, _ = make.read_cv(CV, FACTS)
    assert not get_reading(session, focal_point, document.id, clock=clock).has_original
    with pytest.raises(NotFound, match="not kept any more"):
        open_original(session, focal_point, document.id, vault=VAULT, clock=clock)
    _with_original(session, document, b"%PDF the whole file")
    assert get_reading(session, focal_point, document.id, clock=clock).has_original
    opened = open_original(session, focal_point, document.id, vault=VAULT, clock=clock)
    assert opened == Original(b"%PDF the whole file", "application/pdf")
    seen = [(line.expert_id, line.what) for line in session.exec(select(AccessLog))]
    assert (draft.id, "cv page") in seen


def test_whoever_sees_a_blackened_text_never_opens_the_file(
    session: Session, make: Factory, clock: FrozenClock
) -> None:
    document, _, _ = make.read_cv(CV, FACTS)
    _with_original(session, document, b"%PDF ana@sef.example")
    officer, stranger = make.actor(Role.PROJECT_OFFICER), make.actor(Role.FOCAL_POINT, "FR")
    state_purpose(session, officer, document.id, "interview", clock=clock)
    assert not get_reading(session, officer, document.id, clock=clock).has_original
    for actor in (officer, stranger):
        with pytest.raises(NotFound):
            open_original(session, actor, document.id, vault=VAULT, clock=clock)
    assert "cv page" not in {line.what for line in session.exec(select(AccessLog))}
