"""The audit only grows, every change in it shows, and what it says of a person can be erased."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, text
from sqlmodel import Session, col, select, update

from roster import accounts, audit, records
from roster.errors import Conflict, NotAllowed
from roster.inputs import SignInInput
from roster.policy import Actor, system_actor
from roster.tables import AccessLog, AuditEntry, AuditPayload, Change, Expert
from roster.vocabulary import Role
from tests.factories import Factory
from tests.fakes import A_MONDAY


@pytest.fixture
def ana(session: Session) -> Expert:
    """Write two changes and a view about a person, sealed."""
    make = Factory(session)
    officer, person = make.actor(Role.PROJECT_OFFICER), make.expert("Ana Prates", country="PT")
    for act in ("created", "confirmed"):
        records.log_change(session, officer, person, act, A_MONDAY)
    records.log_views(session, officer, [person.id], what="cv", purpose="x", at=A_MONDAY)
    session.flush()
    audit.seal(session, at=A_MONDAY)
    return person


def _report(session: Session, person: Expert) -> audit.AuditReport:
    session.flush()
    return audit.verify(session, system_actor(person.facility_id))


def test_what_was_done_and_seen_is_sealed_once(session: Session, ana: Expert) -> None:
    before = _report(session, ana)
    assert (before.faults, before.waiting, before.erased) == ((), 0, 0)
    assert before.entries >= 3
    assert audit.seal(session, at=A_MONDAY) == 0
    records.log_change(session, system_actor(ana.facility_id), ana, "paused", A_MONDAY)
    session.flush()
    assert _report(session, ana).waiting == 1
    assert audit.seal(session, at=A_MONDAY + timedelta(days=1)) == 1
    after = _report(session, ana)
    assert (after.entries, after.faults) == (before.entries + 1, ())
    assert after.head != before.head


def test_a_clock_that_went_back_breaks_no_link(session: Session, ana: Expert) -> None:
    earlier, actor = A_MONDAY - timedelta(days=400), system_actor(ana.facility_id)
    records.log_change(session, actor, ana, "paused", earlier)
    session.flush()
    assert audit.seal(session, at=earlier) == 1
    records.log_change(session, actor, ana, "resumed", A_MONDAY)
    session.flush()
    assert audit.seal(session, at=A_MONDAY) == 1
    report = _report(session, ana)
    assert (report.faults, report.waiting) == ((), 0)


TAMPERING: dict[str, tuple[Callable[[Session], object], str]] = {
    "content": (
        lambda s: s.execute(
            update(AuditPayload).values(payload="{}").where(col(AuditPayload.seq) == 2)
        ),
        "content was changed",
    ),
    "row": (
        lambda s: s.execute(update(AccessLog).values(purpose="another")),
        "tells of was changed",
    ),
    "row gone": (lambda s: s.execute(delete(AccessLog)), "is gone"),
    "link gone": (
        lambda s: (
            s.execute(text("DELETE FROM audit_payload WHERE seq = 2")),
            s.execute(text("DELETE FROM audit_entry WHERE seq = 2")),
        ),
        "missing",
    ),
    "link": (
        lambda s: s.execute(text("UPDATE audit_entry SET digest = 'x' WHERE seq = 2")),
        "link was changed",
    ),
}


@pytest.mark.parametrize("how", TAMPERING)
def test_every_change_of_the_record_shows(session: Session, ana: Expert, how: str) -> None:
    tamper, words = TAMPERING[how]
    tamper(session)
    session.expire_all()
    faults = _report(session, ana).faults
    assert any(words in fault.why for fault in faults), faults


def test_links_that_were_cut_off_show_to_whoever_kept_a_head(session: Session, ana: Expert) -> None:
    head = _report(session, ana).head
    here = system_actor(ana.facility_id)
    assert audit.verify(session, here, known_head=head).faults == ()
    for table in ("audit_payload", "audit_entry"):
        session.execute(text(f"DELETE FROM {table} WHERE seq > 1"))  # noqa: S608 -- our own words
    (fault,) = audit.verify(session, here, known_head=head).faults
    assert "cut off" in fault.why


def test_the_content_about_a_person_is_erased_and_the_chain_holds(
    session: Session, ana: Expert
) -> None:
    head = _report(session, ana).head
    session.execute(delete(AuditPayload).where(col(AuditPayload.expert_id) == ana.id))
    session.expire_all()
    report = _report(session, ana)
    assert (report.faults, report.head) == ((), head)
    assert report.erased == 3


def test_a_link_is_not_rewritten(session: Session, ana: Expert) -> None:
    link = session.exec(select(AuditEntry).where(AuditEntry.seq == 1)).one()
    link.digest = "x"
    session.add(link)
    with pytest.raises(Conflict, match="only grows"):
        session.flush()


def _auditor(make: Factory, role: Role) -> Actor:
    return make.actor(role)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR, Role.FOCAL_POINT])
def test_only_auditors_read_it(session: Session, role: Role) -> None:
    make = Factory(session)
    with pytest.raises(NotAllowed):
        list(audit.export(session, make.actor(role, "PT")))


def test_an_auditor_is_given_what_was_done_in_her_facility(session: Session, ana: Expert) -> None:
    make = Factory(session)
    there = make.facility()
    elsewhere = make.expert("Benoît", country="FR", facility=there)
    records.log_change(session, system_actor(there.id), elsewhere, "created", A_MONDAY)
    session.flush()
    audit.seal(session, at=A_MONDAY)
    rows = list(audit.export(session, _auditor(make, Role.AUDITOR)))
    told = [row["content"] for row in rows]
    assert {one["facility_id"] for one in told} == {str(ana.facility_id)}
    assert [one["act"] for one in told if one.get("record") == "expert"] == ["created", "confirmed"]
    assert "Ana" not in str(rows)
    assert len(session.exec(select(Change)).all()) > len(told) - 1


def test_sign_ins_are_chained_and_name_nobody(session: Session) -> None:
    make = Factory(session)
    account = make.account("known@invented.example", password="right horse battery")
    now = A_MONDAY
    given = SignInInput(email="known@invented.example", password="right horse battery")
    accounts.sign_in(session, given, now=now, hours=1)
    accounts.note_failure(session, "known@invented.example", now=now)
    accounts.note_failure(session, "nobody@invented.example", now=now)
    audit.seal(session, at=now)
    told = list(audit.export(session, make.actor(Role.AUDITOR)))
    assert [(one["content"]["act"], one["content"]["record_id"]) for one in told] == [
        ("signed_in", str(account.id)),
        ("sign_in_failed", str(account.id)),
        ("sign_in_failed", str(UUID(int=0))),
    ]
    assert "invented.example" not in str(told)


def test_who_saw_whom_since_a_day_is_told(session: Session) -> None:
    make = Factory(session)
    officer, ana, rui = make.actor(Role.PROJECT_OFFICER), make.expert("Ana"), make.expert("Rui")
    for back, one in ((3, ana), (2, ana), (1, rui)):
        at = A_MONDAY - timedelta(days=back)
        records.log_views(session, officer, [one.id], what="cv", purpose="x", at=at)
    auditor, since = make.actor(Role.AUDITOR), A_MONDAY - timedelta(days=2)
    found = list(audit.sightings(session, auditor, since=since))
    assert [(one.expert_id, one.who) for one in found] == [
        (ana.id, officer.name), (rui.id, officer.name),
    ]  # fmt: skip
    of_ana = audit.sightings(session, auditor, since=since, expert_id=ana.id)
    assert [one.expert_id for one in of_ana] == [ana.id]
    assert not list(audit.sightings(session, auditor, since=since, account_id=ana.id))
    assert not list(audit.sightings(session, auditor, since=since, until=since))
    stranger = make.actor(Role.AUDITOR, facility=make.facility())
    assert not list(audit.sightings(session, stranger, since=since))
    with pytest.raises(NotAllowed):
        list(audit.sightings(session, officer, since=since))
