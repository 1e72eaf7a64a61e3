"""Facts put together into views, the change sequence, and the CV text without contact data."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from roster import records
from roster.db import unit_of_work
from roster.policy import system_actor
from roster.queries.index import changes_since
from roster.read import (
    BirthYear,
    Contact,
    LanguageSkill,
    Name,
    Post,
    ProposedFact,
    Span,
)
from roster.serial import expert_view, to_bytes
from roster.tables import AccessLog, Change, Expert, ExpertProfile, Fact
from roster.vocabulary import (
    ExpertStatus,
    FactKind,
    FactStatus,
    LanguageLevel,
    Origin,
    ReleaseOutcome,
    Role,
)
from tests.factories import Factory
from tests.fakes import A_MONDAY

CV = """Ana Prates
ana.prates@sef.example | +351 912 345 678 | born 1971
Head of unit, Immigration service
French C1
Page 2, ana.prates@sef.example, references: rui@sef.example
"""


def _ana(make: Factory) -> Expert:
    document, draft, _ = make.read_cv(
        CV,
        [
            (Name("Ana Prates"), "Ana Prates"),
            (Contact("ana.prates@sef.example"), "ana.prates@sef.example"),
            (Contact("+351 912 345 678"), "+351 912 345 678"),
            (BirthYear(1971), "1971"),
            (Post("Head of unit", "Immigration service"), "Head of unit, Immigration service"),
            (LanguageSkill("fr", LanguageLevel.C1), "French C1"),
        ],
    )
    assert document.expert_id == draft.id
    return draft


def test_a_view_carries_no_contact_data_not_even_in_its_text(session: Session) -> None:
    make = Factory(session)
    written = to_bytes(make.view(_ana(make))).decode()
    for private in ("@sef", "912 345", "born 1971"):
        assert private not in written
    assert "Head of unit" in written


def test_contact_data_marked_as_wrong_stays_out_of_the_text(session: Session) -> None:
    make = Factory(session)
    ana = _ana(make)
    for fact in session.exec(select(Fact).where(Fact.expert_id == ana.id)):
        if fact.kind is FactKind.TELEPHONE:
            fact.status = FactStatus.REJECTED
            session.add(fact)
    assert "912" not in make.view(ana).text


def test_the_words_around_what_was_taken_out_stay_whole(session: Session) -> None:
    make = Factory(session)
    document, draft, _ = make.read_cv(
        "mail: a@b.example or tel 123 456 now",
        [(Contact("a@b.example"), "a@b.example"), (Contact("a@b.example"), "a@b.example or")],
    )
    assert document.country == "PT"
    words = make.view(draft).text.split()
    assert words == ["mail:", "tel", "123", "456", "now"]


def test_the_newest_cv_comes_first_in_the_text(session: Session) -> None:
    make = Factory(session)
    person = make.expert()
    for day, words in ((0, "older words"), (9, "newer words")):
        document = make.document(expert=person)
        source = make.source(document, make.version(document, words, day=day))
        make.fact(person, LanguageSkill("fr", None), source=source)
    text = make.view(person).text
    assert text.index("newer") < text.index("older")


def test_facts_of_one_document_stand_in_its_order(session: Session) -> None:
    make = Factory(session)
    languages = ["fr", "ar", "en", "pt", "es", "it", "de"]
    _, draft, _ = make.read_cv(
        " ".join(languages), [(LanguageSkill(code, None), code) for code in languages]
    )
    shown = [skill.value.language for skill in make.view(draft).languages]
    assert shown == languages


def test_evidence_says_where_it_was_read_and_whether_somebody_confirmed_it(
    session: Session,
) -> None:
    make = Factory(session)
    view = make.view(_ana(make))
    evidence = view.languages[0].evidence
    assert (evidence.quote, evidence.source, evidence.page, evidence.language) == (
        "French C1",
        "CV of 2 Mar 2026",
        1,
        "en",
    )
    assert not evidence.confirmed


def test_a_home_country_that_followed_from_a_post_follows_the_next_one(session: Session) -> None:
    make = Factory(session)
    person = make.expert(country=None)
    make.fact(person, Post("Judge", "Court", employer_country="FR"), start="2010", end="2015")
    assert make.view(person).home_country == "FR"
    make.fact(
        person, Post("Adviser", "Ministry", employer_country="BE"), start="2016", ongoing=True
    )
    assert make.view(person).home_country == "BE"
    assert person.home_country == "BE"


def test_the_country_that_a_focal_point_gave_stays(session: Session) -> None:
    make = Factory(session)
    person = make.expert(country="PT")
    make.fact(person, Post("Judge", "Court", employer_country="FR"), ongoing=True)
    assert make.view(person).home_country == "PT"


def test_lists_repeat_what_the_facts_say(session: Session) -> None:
    make = Factory(session)
    person = make.expert("Zoë Ødegård")
    make.fact(person, Post("Judge", "Court of Appeal", place="Lyon"), ongoing=True)
    make.view(person)
    assert person.folded_name == "zoe odegard"
    assert person.employer == "Court of Appeal"
    assert person.headline == "Judge, Court of Appeal, Lyon"


def test_a_withdrawn_release_is_no_answer_and_a_pending_one_stays_pending(
    session: Session,
) -> None:
    make = Factory(session)
    person = make.expert()
    make.release(person, ReleaseOutcome.WITHDRAWN)
    make.release(person, ReleaseOutcome.PENDING, days=10)
    assert [(one.outcome, one.days) for one in make.view(person).releases] == [("pending", 10)]


def test_proposals_keep_the_words_they_were_read_in(session: Session) -> None:
    make = Factory(session)
    person, text = make.expert(), "Speaks French."
    document = make.document(expert=person)
    source = make.source(document, make.version(document, text))
    proposed = ProposedFact(FactKind.LANGUAGE, LanguageSkill("fr", None), Span(7, 13), 0.8)
    (fact,) = records.assert_facts(session, person, source, [proposed], text=text, at=A_MONDAY)
    assert (fact.quote, fact.status, fact.origin) == ("French", FactStatus.PROPOSED, Origin.REAL)


def test_people_projected_together_keep_their_own_facts(session: Session) -> None:
    make = Factory(session)
    ana, bea = make.expert("Ana Prates"), make.expert("Bea Quill")
    views = records.refresh(session, [bea, ana], A_MONDAY)
    assert [view.display_name for view in views] == ["Bea Quill", "Ana Prates"]
    stored = session.exec(select(ExpertProfile)).all()
    assert {expert_view(row.view).display_name for row in stored} == {"Ana Prates", "Bea Quill"}
    assert records.refresh(session, [], A_MONDAY) == []


def test_the_system_sees_nobody_and_people_leave_a_trace(session: Session) -> None:
    make = Factory(session)
    person, officer = make.expert(), make.actor(Role.PROJECT_OFFICER)
    for actor in (system_actor(make.home.id), officer):
        records.log_views(session, actor, [person.id], what="record", purpose="x", at=A_MONDAY)
    (line,) = session.exec(select(AccessLog)).all()
    assert (line.account_id, line.expert_id, line.what) == (
        officer.account_id,
        person.id,
        "record",
    )


def test_the_sequence_begins_at_nothing_and_only_grows(session: Session) -> None:
    assert records.newest_change(session) == 0
    make = Factory(session)
    person = make.expert()
    make.view(person)
    first = records.newest_change(session)
    make.view(person)
    assert records.newest_change(session) > first > 0


# What an index needs.


def test_number_zero_asks_for_everybody_but_drafts(session: Session) -> None:
    make = Factory(session)
    assert changes_since(session, 0) == changes_since(session, 0)
    assert changes_since(session, 0).updated == ()
    known = make.expert("Ana Prates")
    make.view(known)
    make.view(make.expert("Draft", status=ExpertStatus.DRAFT))
    changes = changes_since(session, 0)
    assert [view.id for view in changes.updated] == [known.id]
    assert changes.removed == ()


def test_only_who_changed_since_is_told(session: Session) -> None:
    make = Factory(session)
    ana, bea = make.expert("Ana Prates"), make.expert("Bea Quill")
    records.refresh(session, [ana, bea], A_MONDAY)
    seq = changes_since(session, 0).seq
    assert changes_since(session, seq).updated == ()
    assert changes_since(session, seq).seq == seq
    make.fact(bea, LanguageSkill("fr", LanguageLevel.B2), at=A_MONDAY + timedelta(days=1))
    make.view(bea)
    later = changes_since(session, seq)
    assert [(view.id, len(view.languages)) for view in later.updated] == [(bea.id, 1)]
    assert later.seq > seq


def test_who_is_gone_or_no_longer_confirmed_is_to_be_removed(session: Session) -> None:
    make = Factory(session)
    gone, draft = make.expert("Ana Prates"), make.expert("Bea Quill")
    records.refresh(session, [gone, draft], A_MONDAY)
    seq = changes_since(session, 0).seq
    records.log_change(session, system_actor(make.home.id), gone, "removed", A_MONDAY)
    draft.status = ExpertStatus.DRAFT
    make.view(draft)
    session.delete(gone)
    session.flush()
    changes = changes_since(session, seq)
    assert set(changes.removed) == {gone.id, draft.id}
    assert changes.updated == ()
    assert changes_since(session, 0).updated == ()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_no_change_is_missed_when_two_are_made_at_once(engine: Engine) -> None:
    """SQLite has one writer: there the two cannot overlap."""
    with unit_of_work(engine) as session:
        make = Factory(session)
        ids = [make.expert("Ana Prates").id, make.expert("Bea Quill").id]
    seen: set[UUID] = set()

    def change_second() -> None:
        with unit_of_work(engine) as other:
            records.refresh(other, [other.get_one(Expert, ids[1])], A_MONDAY)

    second = threading.Thread(target=change_second)
    with unit_of_work(engine) as session:
        records.refresh(session, [session.get_one(Expert, ids[0])], A_MONDAY)
        second.start()
        second.join(timeout=1)
        with unit_of_work(engine) as reader:
            read = changes_since(reader, 0)
            seen |= {change.record_id for change in reader.exec(select(Change))}
    second.join()
    with unit_of_work(engine) as reader:
        rest = select(Change.record_id).where(col(Change.seq) > read.seq)
        seen |= set(reader.exec(rest))
    assert seen == set(ids)
