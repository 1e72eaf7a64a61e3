"""People are asked to look at their records, not more often than once in a while."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from sqlmodel import Session, select

from roster.errors import Conflict, NotAllowed
from roster.policy import Actor, Permission
from roster.queries.expert_counts import count_gaps
from roster.queries.experts import ExpertFilter, ids_of, list_experts
from roster.queries.notices import count_notices
from roster.read import Contact, LanguageSkill, Paging, Post, TopicExperience, Unavailability
from roster.tables import Change, Expert, Notice
from roster.telling import notices, reconfirmations
from roster.telling.notice_letters import LOCALES
from roster.vault import Vault
from roster.vocabulary import (
    ExpertStatus,
    FactStatus,
    LanguageLevel,
    NoticeKind,
    NoticeState,
    RecordGap,
    Role,
)
from tests.factories import Factory
from tests.fakes import FrozenClock

VAULT = Vault([Fernet.generate_key()])


@pytest.fixture
def focal_point(make: Factory) -> Actor:
    return make.actor(Role.FOCAL_POINT, "PT")


@pytest.fixture
def ana(make: Factory) -> Expert:
    ana = make.expert("Ana Prates")
    make.fact(ana, Contact("ana@sef.example"))
    make.view(ana)
    return ana


def reminders(session: Session) -> list[Notice]:
    found = select(Notice).where(Notice.kind == NoticeKind.RECONFIRM)
    return list(session.exec(found))


def test_a_person_is_asked_once_in_eight_weeks_and_it_is_written_down(
    session: Session, focal_point: Actor, ana: Expert, clock: FrozenClock
) -> None:
    assert reconfirmations.ask(session, focal_point, [ana.id, ana.id], clock=clock).due == (ana.id,)
    (asked,) = reminders(session)
    assert (asked.address, asked.state) == ("ana@sef.example", NoticeState.WAITING)
    again = reconfirmations.ask(session, focal_point, [ana.id], clock=clock)
    assert (again.due, again.lately, len(reminders(session))) == ((), 1, 1)
    written = session.exec(select(Change).where(Change.record_id == asked.id)).all()
    assert [one.act for one in written] == ["created"]
    clock.advance(weeks=8, minutes=1)
    assert reconfirmations.ask(session, focal_point, [ana.id], clock=clock).due == (ana.id,)


def test_the_first_notice_comes_before_a_reminder_and_who_paused_is_asked_nothing(
    session: Session, make: Factory, focal_point: Actor, clock: FrozenClock
) -> None:
    untold = make.expert("Rui Mota", informed=False)
    paused = make.expert("Eva Lima", status=ExpertStatus.PAUSED)
    found = reconfirmations.ask(session, focal_point, [untold.id, paused.id], clock=clock)
    assert (found.due, found.untold, reminders(session)) == ((), 1, [])


def test_nobody_asks_the_people_of_another_state(
    session: Session, make: Factory, ana: Expert, clock: FrozenClock
) -> None:
    stranger = make.actor(Role.FOCAL_POINT, "ES")
    assert reconfirmations.ask(session, stranger, [ana.id], clock=clock).due == ()
    with pytest.raises(NotAllowed):
        reconfirmations.ask(session, make.actor(Role.AUDITOR), [ana.id], clock=clock)


def test_a_reminder_is_no_first_notice(
    session: Session, focal_point: Actor, ana: Expert, clock: FrozenClock
) -> None:
    reconfirmations.ask(session, focal_point, [ana.id], clock=clock)
    assert count_notices(session, focal_point) == {}
    assert count_notices(session, focal_point, NoticeKind.RECONFIRM) == {NoticeState.WAITING: 1}


@pytest.mark.parametrize("locale", LOCALES)
def test_the_letter_holds_the_link_by_which_the_person_confirms_her_record(
    session: Session, focal_point: Actor, ana: Expert, clock: FrozenClock, locale: str
) -> None:
    reconfirmations.ask(session, focal_point, [ana.id], clock=clock)
    (asked,) = reminders(session)
    asked.locale = locale
    letter = notices.open_letter(
        session, focal_point, asked.id, vault=VAULT, clock=clock, base_url="https://x.example"
    )
    assert "Ana Prates" in letter.body
    assert "{" not in letter.body + letter.subject
    found = re.search(r"https://x\.example/mine/(\S+)", letter.body)
    assert found
    reconfirmations.confirm_by_link(session, found.group(1), clock=clock)
    assert ana.confirmed_on == clock.now().date()
    ana.status = ExpertStatus.WITHDRAWN
    with pytest.raises(Conflict):
        reconfirmations.confirm_by_link(session, found.group(1), clock=clock)


def test_a_gap_counts_whom_its_list_shows(
    session: Session, make: Factory, focal_point: Actor, clock: FrozenClock
) -> None:
    today = clock.now().date()
    known = make.expert("Ana Prates")
    known.confirmed_on = today - timedelta(days=365)
    make.fact(known, Post("Judge", "Court"))
    make.fact(known, LanguageSkill("fr", LanguageLevel.C1))
    make.fact(known, TopicExperience("asylum"))
    make.fact(known, Unavailability(None), start="2026-12-01", end="2026-12-02")
    bare = make.expert("Rui Mota")
    bare.confirmed_on = today - timedelta(days=366)
    make.fact(bare, LanguageSkill("fr", None))
    make.fact(bare, TopicExperience("asylum"), status=FactStatus.REJECTED)
    make.fact(bare, Post("Clerk", "Court"), status=FactStatus.SUPERSEDED)
    make.expert("Luis Gil", country="ES")
    session.flush()
    counts = count_gaps(session, focal_point, ExpertFilter(today=today))
    assert counts.pop(RecordGap.KIND) == 2
    assert set(counts.values()) == {1}
    for gap in counts:
        wanted = ExpertFilter(gaps=frozenset({gap}), today=today)
        rows = list_experts(session, focal_point, wanted, Paging()).items
        assert [row.id for row in rows] == [bare.id], gap
        assert ids_of(session, focal_point, wanted, Permission.WRITE_EXPERTS) == (bare.id,)
