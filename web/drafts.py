"""Forms that are kept as a draft until they are sent: what they show, and what becomes of one.

A form says where it is sent to, where it is filled in and which opening of it this is. Its draft
comes back with every opening, until it is sent or discarded.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from fastapi import Request
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from roster import accounts
from roster.drafts import Draft, drafts_of, drop_draft, keep_draft
from roster.errors import RosterError
from roster.installation import Installation
from roster.policy import Actor
from roster.vault import Vault, digest
from web.access import Reader
from web.contexts.parts import DraftBox, FormField, PostButton
from web.cookies import session_token
from web.deps import safe_path
from web.presenters.request_form import Typed, typed_of
from web.tongues import Tongue
from web.wording import marked

PATH = "/drafts"
OF, PAGE, HAND, AFTER, STOOD = (
    "draft_of",
    "draft_page",
    "draft_hand",
    "draft_after",
    "draft_stood",
)
"""Fields of such a form: where it is sent to and filled in, which opening of it this is, which one
wrote the draft that it was filled from, what was stored then."""
_OWN = frozenset({OF, PAGE, HAND, AFTER, STOOD})
REFUSALS = (
    marked("This form is too long to be kept as a draft."),
    marked("Another window keeps a draft of this form. Load the page to see it."),
)
"""What `roster.drafts` says of a draft that it does not keep."""


def stands(stored: object) -> str:
    """Return a digest of what is stored, to know whether it changed."""
    return digest(json.dumps(stored, default=str, sort_keys=True))[:16]


def resumed(
    reader: Reader,
    action: str,
    page: str,
    stored: Typed,
    *,
    stood: str = "",
    sent: Typed | None = None,
) -> tuple[Typed, DraftBox]:
    """Return what stands in a form, and what keeps a draft of it.

    Parameters
    ----------
    action : where the form is sent to
    page : where it is filled in
    stored : what stands in it without a draft
    stood : digest of what is stored; empty for a new record
    sent : what was sent and refused; it stands in the form again
    """
    found = None if sent else drafts_in(reader, [action]).get(action)
    return resumed_from(found, reader.tongue, (action, page), stored, stood=stood, sent=sent)


def drafts_in(reader: Reader, actions: Iterable[str]) -> dict[str, Draft]:
    """Return the reader's drafts of the forms of a page, by where they are sent to."""
    vault = reader.installation.vault
    now = reader.clock.now()
    return drafts_of(reader.session, reader.actor, actions, vault=vault, now=now)


def resumed_from(
    found: Draft | None,
    tongue: Tongue,
    where: tuple[str, str],
    stored: Typed,
    *,
    stood: str = "",
    sent: Typed | None = None,
) -> tuple[Typed, DraftBox]:
    """Do as `resumed` with a draft that was looked up; `where` is action and page."""
    action, page = where
    hidden = {OF: action, PAGE: page, HAND: secrets.token_urlsafe(9), AFTER: "", STOOD: stood}
    if sent is not None:
        return sent, _sent_again(hidden, sent, stood, tongue)
    if found is None:
        return stored, DraftBox(tuple(hidden.items()))
    small = ((OF, action), (PAGE, page))
    when = f"{tongue.day(found.at.date())} {tongue.time(found.at)}" if found.at else ""
    if found.is_discarded:
        title = tongue.word("The draft of %(time)s is discarded.", time=when)
        undo = PostButton(tongue.word("Undo"), f"{PATH}/back", small)
        return stored, DraftBox(tuple(hidden.items()), title=title, button=undo)
    changed = bool(found.stood) and stood != found.stood
    hidden[AFTER] = found.hand
    pairs = [(name, value) for name, value in found.fields if name not in _OWN]
    return typed_of(pairs), DraftBox(
        tuple(hidden.items()),
        title=tongue.word("Draft of %(time)s, not sent yet.", time=when),
        text=_overtaken(tongue) if changed else tongue.word("It stands in the fields."),
        button=PostButton(tongue.word("Discard the draft"), f"{PATH}/discard", small),
        is_changed=changed,
        is_open=True,
    )


def _sent_again(hidden: dict[str, str], sent: Typed, stood: str, tongue: Tongue) -> DraftBox:
    """Return what keeps a form that was sent and stands there again."""
    changed = bool(stood) and is_overtaken(sent, stood)
    hidden |= {name: _one(sent, name) for name in (HAND, AFTER) if _one(sent, name)}
    hidden[STOOD] = stood or _one(sent, STOOD)
    title, text = tongue.word("Not saved yet."), _overtaken(tongue)
    return DraftBox(
        tuple(hidden.items()),
        title=title if changed else "",
        text=text if changed else "",
        is_changed=changed,
        is_open=True,
    )


def _overtaken(tongue: Tongue) -> str:
    return tongue.word(
        "Somebody changed what is stored since this form was opened. What you typed stands in the "
        "fields: compare, then save."
    )


def compared(
    box: DraftBox, stored: Sequence[FormField], drafted: Sequence[FormField], tongue: Tongue
) -> DraftBox:
    """Say beside a draft what is stored now, field by field, where somebody changed it."""
    if not box.is_changed:
        return box
    now = {field.name: _words(field) for field in drafted}
    lines = [
        f"{field.label}: {_words(field) or tongue.word('empty')}"
        for field in stored
        if _words(field) != now.get(field.name, "")
    ]
    return replace(box, stored=tuple(lines))


def is_overtaken(sent: Typed, stood: str) -> bool:
    """Whether somebody changed what is stored since the form was opened that was sent."""
    before = _one(sent, STOOD)
    return bool(before) and before != stood


def sent_off(reader: Reader, sent: Typed) -> None:
    """Forget the draft of a form that was sent and taken."""
    of, hands = _one(sent, OF), {_one(sent, HAND), _one(sent, AFTER)} - {""}
    if of and hands:
        vault = reader.installation.vault
        drop_draft(reader.session, reader.actor, of, hands, vault=vault)


def keep_sent(
    session: Session, actor: Actor, fields: Sequence[tuple[str, str]], vault: Vault, now: datetime
) -> str:
    """Keep what a form holds as its draft; return where it is filled in, empty where it says none.

    Raises
    ------
    Conflict, InvalidInput
    """
    said = typed_of(fields)
    of, hand = _one(said, OF), _one(said, HAND)
    if not of or not hand:
        return ""
    kept = tuple((name, value) for name, value in fields if name not in _OWN)
    draft = Draft(of, kept, hand, _one(said, STOOD))
    keep_draft(session, actor, draft, after=_one(said, AFTER), vault=vault, now=now)
    return safe_path(_one(said, PAGE))


async def keep_refused(request: Request) -> str:
    """Keep a form as a draft that was sent and could not be done.

    Returns
    -------
    where it is filled in; empty where nothing was kept
    """
    installation: Installation | None = getattr(request.app.state, "installation", None)
    token = session_token(request)
    if installation is None or not token or request.url.path.startswith(PATH):
        return ""
    form = await request.form()
    fields = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    now, idle = installation.clock.now(), installation.settings.session_idle_minutes
    try:
        with installation.work() as session:
            actor = accounts.actor_of_session(session, token, now=now, idle_minutes=idle)
            return keep_sent(session, actor, fields, installation.vault, now)
    except (RosterError, DBAPIError):
        return ""


def _words(field: FormField) -> str:
    if field.choices:
        return ", ".join(one.label for one in field.choices if one.on)
    return " ".join(field.value.split())


def _one(typed: Typed, name: str) -> str:
    values = typed.get(name, ())
    return values[0] if values else ""
