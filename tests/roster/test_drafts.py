"""A draft ends with its time, with the one it names, and when there are too many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from sqlmodel import Session, func, select

from roster import drafts
from roster.drafts import Draft
from roster.erasure import erase_expert
from roster.policy import Actor
from roster.retention import delete_what_is_due
from roster.tables import KeptAnswer
from roster.vault import Vault
from roster.vocabulary import ErasureReason, Role
from tests.factories import Factory
from tests.fakes import FrozenClock

VAULT = Vault([Fernet.generate_key()])


def keep(
    session: Session, actor: Actor, clock: FrozenClock, of: str, words: str, hand: str = "1"
) -> None:
    draft = Draft(of, (("text", words),), hand)
    drafts.keep_draft(session, actor, draft, after="", vault=VAULT, now=clock.now())


def kept(session: Session, actor: Actor, clock: FrozenClock, *forms: str) -> list[str]:
    found = drafts.drafts_of(session, actor, forms, vault=VAULT, now=clock.now())
    return [one.fields[0][1] for one in found.values() if not one.is_discarded]


def test_a_draft_ends_after_weeks_and_a_discarded_one_after_an_hour(
    session: Session, officer: Actor, clock: FrozenClock
) -> None:
    for of in ("/a", "/b"):
        keep(session, officer, clock, of, of)
    drafts.discard_draft(session, officer, "/b", now=clock.now())
    clock.at += timedelta(hours=2)
    drafts.take_draft_back(session, officer, "/b", now=clock.now())
    delete_what_is_due(session, now=clock.now())
    assert kept(session, officer, clock, "/a", "/b") == ["/a"]
    clock.at += timedelta(days=20)
    delete_what_is_due(session, now=clock.now())
    assert kept(session, officer, clock, "/a") == ["/a"]
    clock.at += timedelta(days=8)
    assert kept(session, officer, clock, "/a") == []
    delete_what_is_due(session, now=clock.now())
    assert session.exec(select(func.count()).select_from(KeptAnswer)).one() == 0


def test_beyond_the_most_the_oldest_goes(
    session: Session, officer: Actor, clock: FrozenClock
) -> None:
    for number in range(drafts.MOST_DRAFTS + 2):
        clock.at += timedelta(minutes=1)
        keep(session, officer, clock, f"/{number}", str(number))
    assert kept(session, officer, clock, "/0", "/1", "/2") == ["2"]


@pytest.mark.parametrize(
    ("vault", "left"), [(VAULT, ["About nobody"]), (None, [])], ids=["opened", "without-key"]
)
def test_who_is_erased_takes_the_drafts_that_name_her(
    session: Session,
    make: Factory,
    officer: Actor,
    clock: FrozenClock,
    vault: Vault | None,
    left: list[str],
) -> None:
    ana = make.expert("Ana Prates")
    make.view(ana)
    keep(session, officer, clock, "/named", "Prates, Ana would fit")
    keep(session, officer, clock, f"/experts/{ana.id}/x", "Nothing by name")
    keep(session, officer, clock, "/other", "About nobody")
    coordinator = make.actor(Role.COORDINATOR)
    reason = ErasureReason.ASKED
    erase_expert(session, coordinator, ana.id, reason=reason, at=clock.now(), vault=vault)
    forms = ("/named", f"/experts/{ana.id}/x", "/other")
    assert kept(session, officer, clock, *forms) == left
