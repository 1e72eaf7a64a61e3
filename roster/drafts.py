"""What somebody types into a long form is kept as her draft until she sends or discards it.

A draft is encrypted and opens for its account alone. It is one of each form; another window that
opened the form without it does not write over it. It ends after `KEPT`, an hour after it was
discarded, and with the person whom it names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, delete, select

from roster.errors import Conflict, InvalidInput
from roster.policy import Actor
from roster.tables import KeptAnswer
from roster.vault import Vault, digest

KEPT = timedelta(weeks=4)
UNDO = timedelta(hours=1)
"""As long a draft that was discarded can be taken back."""
DRAFT, DISCARDED = "draft", "discarded draft"
"""In place of the digest of a body: no call of the API has such a one."""
MOST_DRAFTS = 40
"""Of one account; the oldest goes when there are more."""
MOST_LETTERS = 200_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that somebody has not sent yet."""

    of: str
    """The address that the form is sent to; one draft of each."""
    fields: tuple[tuple[str, str], ...]
    hand: str
    """Which opening of the form wrote it."""
    stood: str = ""
    """What was stored when the form was opened, as a digest; empty for a new record."""
    at: datetime | None = None
    """When it was kept; set by reading."""
    is_discarded: bool = False


def keep_draft(
    session: Session, actor: Actor, draft: Draft, *, after: str, vault: Vault, now: datetime
) -> None:
    """Keep a draft in place of the one before.

    Parameters
    ----------
    after : the hand of the draft that this opening of the form was filled from; empty: of none

    Raises
    ------
    Conflict
        Another window keeps a draft of this form.
    InvalidInput
        It is too long, or holds a password.
    """
    if actor.account_id is None:
        return
    size = sum(len(name) + len(value) for name, value in draft.fields)
    if size > MOST_LETTERS or any("password" in name for name, _ in draft.fields):
        raise InvalidInput("This form is too long to be kept as a draft.")
    row = _row(session, actor, draft.of)
    if row is not None and row.body_hash == DRAFT and row.at > now - KEPT:
        held = _opened(row, vault)
        if held.hand not in {draft.hand, after}:
            raise Conflict("Another window keeps a draft of this form. Load the page to see it.")
    if row is None:
        row = KeptAnswer(
            facility_id=actor.facility_id,
            origin=actor.origin,
            account_id=actor.account_id,
            key_hash=_key(draft.of),
            body_hash=DRAFT,
            at=now,
        )
    words = json.dumps([draft.of, draft.fields, draft.hand, draft.stood])
    row.answer, row.body_hash, row.at = vault.lock(words.encode()), DRAFT, now
    session.add(row)
    session.flush()
    _drop_oldest(session, actor)


def drafts_of(
    session: Session, actor: Actor, forms: Iterable[str], *, vault: Vault, now: datetime
) -> dict[str, Draft]:
    """Return the actor's drafts of some forms, those discarded within the hour among them.

    Parameters
    ----------
    forms : addresses that they are sent to
    """
    rows = session.exec(
        select(KeptAnswer).where(
            KeptAnswer.account_id == actor.account_id,
            col(KeptAnswer.key_hash).in_([_key(one) for one in forms]),
            col(KeptAnswer.answer).is_not(None),
            ~_is_over(now),
        )
    )
    found = (_opened(row, vault) for row in rows)
    return {one.of: one for one in found}


def discard_draft(session: Session, actor: Actor, of: str, *, now: datetime) -> None:
    """Take a draft out of its form; for an hour it can be taken back."""
    row = _row(session, actor, of)
    if row is not None and row.body_hash == DRAFT:
        row.body_hash, row.at = DISCARDED, now
        session.add(row)


def take_draft_back(session: Session, actor: Actor, of: str, *, now: datetime) -> None:
    """Put a draft back that was discarded within the hour; nothing where there is none."""
    row = _row(session, actor, of)
    if row is not None and row.body_hash == DISCARDED and row.at > now - UNDO:
        row.body_hash, row.at = DRAFT, now
        session.add(row)


def drop_draft(
    session: Session, actor: Actor, of: str, hands: Iterable[str], *, vault: Vault
) -> None:
    """Delete the draft of a form that was sent, where that opening of the form showed it."""
    row = _row(session, actor, of)
    if row is not None and row.answer is not None and _opened(row, vault).hand in set(hands):
        session.delete(row)


def forget_old_drafts(session: Session, *, now: datetime) -> int:
    """Delete the drafts whose time is over; return how many."""
    return int(session.exec(delete(KeptAnswer).where(_is_over(now))).rowcount)


def erase_drafts(
    session: Session, facility_id: UUID, tells: Callable[[str], bool], *, vault: Vault | None
) -> int:
    """Delete the drafts of a facility that tell of somebody; return how many.

    Parameters
    ----------
    tells : whether a text does
    vault : opens them; None: all of them go, for nobody can look into them
    """
    rows = session.exec(
        select(KeptAnswer).where(
            KeptAnswer.facility_id == facility_id,
            col(KeptAnswer.body_hash).in_([DRAFT, DISCARDED]),
        )
    ).all()
    gone = [row for row in rows if vault is None or _tells(row, tells, vault)]
    for row in gone:
        session.delete(row)
    return len(gone)


def _tells(row: KeptAnswer, tells: Callable[[str], bool], vault: Vault) -> bool:
    try:
        draft = _opened(row, vault)
    except Conflict:  # Locked under a key that is lost: nobody can look into it.
        return True
    return any(tells(text) for text in (draft.of, *(value for _, value in draft.fields)))


def _key(of: str) -> str:
    return digest(f"{DRAFT}\n{of}")


def _row(session: Session, actor: Actor, of: str) -> KeptAnswer | None:
    wanted = select(KeptAnswer).where(
        KeptAnswer.account_id == actor.account_id, KeptAnswer.key_hash == _key(of)
    )
    return session.exec(wanted).first()


def _opened(row: KeptAnswer, vault: Vault) -> Draft:
    of, fields, hand, stood = json.loads(vault.unlock(row.answer or b""))
    pairs = tuple((name, value) for name, value in fields)
    return Draft(of, pairs, hand, stood, row.at, row.body_hash == DISCARDED)


def _is_over(now: datetime) -> ColumnElement[bool]:
    kind, at = col(KeptAnswer.body_hash), col(KeptAnswer.at)
    return or_(
        (kind == DRAFT) & (at <= now - KEPT),
        (kind == DISCARDED) & (at <= now - UNDO),
    )


def _drop_oldest(session: Session, actor: Actor) -> None:
    own = (KeptAnswer.account_id == actor.account_id, KeptAnswer.body_hash == DRAFT)
    newest = select(KeptAnswer.id).where(*own).order_by(col(KeptAnswer.at).desc())
    for row_id in session.exec(newest.offset(MOST_DRAFTS)).all():
        session.delete(session.get_one(KeptAnswer, row_id))
