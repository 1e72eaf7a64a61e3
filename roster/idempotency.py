"""A call that is sent twice is done once: its answer is kept a day, encrypted, and given again.

A key is known as long as its answer is there, whatever the clock says: only the chore that deletes
ends it, and that one waits where the clock jumped.

The answer is written in the transaction of what the call changed, so that neither exists without
the other. Whoever is erased takes the answers of the facility with her: a key then still tells
that the call was done.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from roster import drafts, records
from roster.errors import CallUnderWay, Conflict, InvalidInput, KeyReused
from roster.policy import Actor
from roster.tables import KeptAnswer
from roster.vault import Vault, digest

KEPT = timedelta(hours=24)
_LONGEST_KEY = 200
_LOCKS = 5_204_919
"""First of two numbers of the lock; the second comes from the key."""


def check_key(key: str) -> None:
    """Refuse a key that is none.

    Raises
    ------
    InvalidInput
    """
    if not (0 < len(key) <= _LONGEST_KEY and key.isascii() and key.isprintable()):
        raise InvalidInput(
            "An Idempotency-Key is 1 to 200 plain characters, for example a UUID. "
            "Make one per call and send the same again only to repeat that call."
        )


def key_hash(key: str, address: str) -> str:
    """Return what is kept of a key: it stands for one address."""
    return digest(f"{address}\n{key}")


def answered(session: Session, actor: Actor, key: str, sent: str, *, vault: Vault) -> bytes | None:
    """Return the answer kept for a key; None where the call is new.

    Parameters
    ----------
    key : as `key_hash` makes it
    sent : digest of the body

    Raises
    ------
    CallUnderWay
        The same call is being served at this moment.
    KeyReused
        The key was sent before with another body.
    Conflict
        It was done, and its answer was erased since.
    """
    _take_turn(session, f"{actor.account_id}{key}")
    kept = session.exec(
        select(KeptAnswer).where(
            KeptAnswer.account_id == actor.account_id,
            KeptAnswer.key_hash == key,
        )
    ).first()
    if kept is None:
        return None
    if kept.body_hash != sent:
        raise KeyReused(
            "This Idempotency-Key was sent before with another body. Make a new key for a new "
            "call; keep the old one for repeating the old call only."
        )
    if kept.answer is None:
        raise Conflict("This call was done already. Its answer was erased since; read the record.")
    return vault.unlock(kept.answer)


def keep_answer(
    session: Session,
    actor: Actor,
    key: str,
    sent: str,
    answer: bytes,
    *,
    vault: Vault,
    now: datetime,
) -> None:
    """Keep what a call is answered, in the transaction of what it changed."""
    if actor.account_id is None:
        return
    session.add(
        KeptAnswer(
            facility_id=actor.facility_id,
            origin=actor.origin,
            account_id=actor.account_id,
            key_hash=key,
            body_hash=sent,
            answer=vault.lock(answer),
            at=now,
        )
    )


def forget_old_answers(session: Session, *, now: datetime) -> int:
    """Delete the answers whose day is over; return how many."""
    old = delete(KeptAnswer).where(
        col(KeptAnswer.at) <= now - KEPT, col(KeptAnswer.body_hash) != drafts.DRAFT
    )
    return int(session.execute(old).rowcount)  # type: ignore[attr-defined]


def erase_answers(session: Session, facility_id: UUID) -> int:
    """Erase what was answered in a facility, keys aside; return how many answers.

    Drafts are looked into instead: `roster.drafts.erase_drafts`.
    """
    held = update(KeptAnswer).where(
        col(KeptAnswer.facility_id) == facility_id,
        col(KeptAnswer.answer).is_not(None),
        col(KeptAnswer.body_hash).not_in([drafts.DRAFT, drafts.DISCARDED]),
    )
    return int(session.execute(held.values(answer=None)).rowcount)  # type: ignore[attr-defined]


def _take_turn(session: Session, of: str) -> None:
    """Refuse a second call with a key as long as the first one is served.

    PostgreSQL holds the lock until the transaction ends; SQLite has one writer, who waits its turn.
    """
    if session.get_bind().dialect.name != "postgresql":
        records.hold_changes(session)
        return
    number = int.from_bytes(hashlib.sha256(of.encode()).digest()[:4], "big", signed=True)
    taken = session.exec(select(func.pg_try_advisory_xact_lock(_LOCKS, number))).one()
    if not taken:
        raise under_way()


def under_way() -> CallUnderWay:
    """Return the refusal of a call that is being served already."""
    return CallUnderWay("This call is being served already. Wait a second and repeat it.")
