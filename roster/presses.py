"""A form that makes a record is remembered with it: pressed twice it makes one, in any process.

Of each session the last such form stands among the kept answers, encrypted, with what it was
answered. It is written in the transaction of the record, so that neither exists without the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import event
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Session, select
from sqlmodel.sql.expression import SelectOfScalar

from roster.policy import Actor
from roster.tables import KeptAnswer, Record
from roster.vault import Vault, digest

AGAIN = timedelta(seconds=3)
"""After the answer, in which the same form counts as a second press."""
_WATCHED = "press"


@dataclass(slots=True)
class Press:
    """A form that came in."""

    of: str
    """Digest of the session that it came from."""
    form: str
    """SHA-256 of where it was sent to, and of all it said."""
    at: datetime
    """When it came; the work on the one before it may last longer than `AGAIN`."""
    makes: bool = False
    """Whether a record was made since it is watched."""


def watch(session: Session, press: Press) -> None:
    """Let a press know whether its unit of work makes a record."""
    session.info[_WATCHED] = press


@event.listens_for(Session, "after_flush")
def _notice(session: Session, _flush: UOWTransaction) -> None:
    press: Press | None = session.info.get(_WATCHED)
    if press is not None and not press.makes:
        press.makes = any(isinstance(one, Record) for one in session.new)


def answered(session: Session, actor: Actor, press: Press, *, vault: Vault) -> bytes | None:
    """Return what the same form was answered just before; None where it was not sent before."""
    row = session.exec(_row(actor, press)).first()
    return vault.unlock(row.answer) if row and row.answer and _is_again(row, press) else None


def claim(
    session: Session, actor: Actor, press: Press, answer: bytes, *, vault: Vault, now: datetime
) -> bytes | None:
    """Keep what a form is answered in the transaction of what it made.

    Returns
    -------
    what it was answered before: the caller rolls back and gives that; None where it is the first

    Raises
    ------
    IntegrityError
        Another process kept the first one of this session meanwhile.
    """
    if actor.account_id is None:
        return None
    session.flush()
    row = session.exec(
        _row(actor, press).with_for_update().execution_options(populate_existing=True)
    ).first()
    if row is None:
        row = KeptAnswer(
            facility_id=actor.facility_id,
            origin=actor.origin,
            account_id=actor.account_id,
            key_hash=_key(press),
            body_hash=press.form,
            at=now,
        )
    elif row.answer and _is_again(row, press):
        return vault.unlock(row.answer)
    row.facility_id, row.body_hash, row.at = actor.facility_id, press.form, now
    row.answer = vault.lock(answer)
    session.add(row)
    session.flush()
    return None


def _key(press: Press) -> str:
    return digest(f"press\n{press.of}")


def _row(actor: Actor, press: Press) -> SelectOfScalar[KeptAnswer]:
    return select(KeptAnswer).where(
        KeptAnswer.account_id == actor.account_id, KeptAnswer.key_hash == _key(press)
    )


def _is_again(row: KeptAnswer, press: Press) -> bool:
    return row.body_hash == press.form and row.at > press.at - AGAIN
