"""What somebody sends after her session has ended is kept for an hour, to be sent when she is back.

It is encrypted, stands for the account of that session alone, and its address is a random word:
nothing of it is in an address, in a log or in the browser.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, select

from roster.errors import NotFound
from roster.login_sessions import session_of
from roster.policy import Actor
from roster.tables import Account, KeptAnswer
from roster.vault import Vault, digest

KEPT = timedelta(hours=1)
_MOST_LETTERS = 200_000
_MOST_FORMS = 20
_KIND = "form"
"""In place of the digest of a body: no call of the API has such a one."""


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form as it was sent."""

    path: str
    fields: tuple[tuple[str, str], ...]
    lost_files: bool = False
    """Files came with it; they are not kept."""


def keep_form(
    session: Session, token: str, form: SentForm, *, vault: Vault, now: datetime
) -> str | None:
    """Keep a form for the account whose session has ended.

    Parameters
    ----------
    token : of the session as the browser sent it

    Returns
    -------
    the word under which the form is found again; None where nobody stands behind the token, or
    there is too much to keep
    """
    opened = session_of(session, token)
    account = session.get(Account, opened.account_id) if opened else None
    size = sum(len(name) + len(value) for name, value in form.fields)
    if account is None or not account.is_active or size > _MOST_LETTERS:
        return None
    of_hers = (col(KeptAnswer.account_id) == account.id, col(KeptAnswer.body_hash) == _KIND)
    session.exec(delete(KeptAnswer).where(*of_hers, col(KeptAnswer.at) <= now - KEPT))
    if (
        session.exec(select(func.count()).select_from(KeptAnswer).where(*of_hers)).one()
        >= _MOST_FORMS
    ):
        return None
    word = secrets.token_urlsafe(24)
    sent = json.dumps([form.path, form.fields, form.lost_files])
    session.add(
        KeptAnswer(
            facility_id=account.facility_id,
            origin=account.origin,
            account_id=account.id,
            key_hash=digest(f"{_KIND}\n{word}"),
            body_hash=_KIND,
            answer=vault.lock(sent.encode()),
            at=now,
        )
    )
    return word


def open_form(
    session: Session, actor: Actor, word: str, *, vault: Vault, now: datetime
) -> SentForm:
    """Return a form that was kept for the actor.

    Raises
    ------
    NotFound
        Nothing is kept under this word, for somebody else only, or its hour is over: alike.
    """
    kept = session.exec(
        select(KeptAnswer.answer).where(
            KeptAnswer.account_id == actor.account_id,
            KeptAnswer.key_hash == digest(f"{_KIND}\n{word}"),
            KeptAnswer.at > now - KEPT,
        )
    ).first()
    if kept is None:
        raise NotFound("Nothing is kept here for you. What is kept, is kept for an hour.")
    path, fields, lost_files = json.loads(vault.unlock(kept))
    return SentForm(path, tuple((name, value) for name, value in fields), lost_files)
