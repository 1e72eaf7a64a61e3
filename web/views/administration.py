"""Accounts, roles and keys of a facility; a link or a key just made is shown once, right away."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from roster import administration
from roster.errors import InvalidInput, RosterError
from roster.inputs import AccountInput, KeyInput, RoleInput
from roster.policy import Permission
from roster.queries.administration import (
    get_account,
    list_accounts,
    list_keys,
    list_sessions,
)
from roster.telling.one_time_links import PATH as LINK_PATH
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.contexts.administration import Secret
from web.deps import respond
from web.forms import errors_by_field
from web.presenters.administration import (
    PATH,
    Held,
    Sent,
    Typed,
    account_page,
    accounts_page,
    key_secret,
    link_secret,
)
from web.reason_words import clause
from web.validation import field_errors
from web.views.requests import FormDep, words_of

router = new_router(PATH)

_RULE = [requires(Permission.ADMINISTER)]
_MANY = frozenset({"scopes"})
Given = TypeVar("Given", AccountInput, KeyInput, RoleInput)


@router.get("", dependencies=_RULE)
def show_accounts(reader: ReaderDep) -> HTMLResponse:
    """Show everybody with an account here, and the keys."""
    return _accounts(reader)


@router.post("", dependencies=_RULE)
def open_account(reader: ReaderDep, form: FormDep) -> HTMLResponse:
    """Open an account with its first role, and show the link that invites."""
    given, sent = _read(reader, AccountInput, words_of(form))
    if given is None:
        return _accounts(reader, sent, 422)
    try:
        account_id, token = administration.open_invited(
            reader.session,
            reader.actor,
            given,
            vault=reader.installation.vault,
            now=reader.clock.now(),
        )
    except RosterError as refused:
        errors = errors_by_field(refused.errors, reader.tongue) or {
            "email": clause(refused.detail, reader.tongue)
        }
        reader.session.rollback()
        return _accounts(reader, Sent(words_of(form), errors), refused.status)
    return _account(reader, account_id, secret=_link(reader, token))


@router.get("/accounts/{account_id}", dependencies=_RULE)
def show_account(reader: ReaderDep, account_id: UUID) -> HTMLResponse:
    """Show one account."""
    return _account(reader, account_id)


@router.post("/accounts/{account_id}/link", dependencies=_RULE)
def make_link(reader: ReaderDep, account_id: UUID) -> HTMLResponse:
    """Make a link to set the password, and show it once."""
    token = administration.invite(
        reader.session,
        reader.actor,
        account_id,
        vault=reader.installation.vault,
        now=reader.clock.now(),
    )
    return _account(reader, account_id, secret=_link(reader, token))


@router.post("/accounts/{account_id}/close", dependencies=_RULE)
def close_account(reader: ReaderDep, account_id: UUID) -> Response:
    """Close an account."""
    administration.close_account(reader.session, reader.actor, account_id, now=reader.clock.now())
    return see_other(f"{PATH}/accounts/{account_id}")


@router.post("/accounts/{account_id}/sessions/{session_id}/end", dependencies=_RULE)
def end_session(reader: ReaderDep, account_id: UUID, session_id: UUID) -> Response:
    """Sign somebody out where she is signed in."""
    administration.end_session(
        reader.session, reader.actor, account_id, session_id, now=reader.clock.now()
    )
    return see_other(f"{PATH}/accounts/{account_id}")


@router.post("/accounts/{account_id}/identity/forget", dependencies=_RULE)
def forget_identity(reader: ReaderDep, account_id: UUID) -> Response:
    """Unbind an account from its identity in another system."""
    administration.forget_identity(reader.session, reader.actor, account_id, now=reader.clock.now())
    return see_other(f"{PATH}/accounts/{account_id}")


@router.post("/accounts/{account_id}/reopen", dependencies=_RULE)
def reopen_account(reader: ReaderDep, account_id: UUID) -> Response:
    """Open a closed account again."""
    administration.reopen_account(reader.session, reader.actor, account_id, now=reader.clock.now())
    return see_other(f"{PATH}/accounts/{account_id}")


@router.post("/accounts/{account_id}/roles", dependencies=_RULE)
def give_role(reader: ReaderDep, account_id: UUID, form: FormDep) -> Response:
    """Give an account another role in this facility."""
    given, sent = _read(reader, RoleInput, words_of(form))
    if given is None:
        return _account(reader, account_id, sent, 422)
    try:
        administration.give_role(
            reader.session, reader.actor, account_id, given, now=reader.clock.now()
        )
    except InvalidInput as refused:
        errors = errors_by_field(refused.errors, reader.tongue)
        return _account(reader, account_id, Sent(sent.typed, errors), refused.status)
    return see_other(f"{PATH}/accounts/{account_id}")


@router.post("/accounts/{account_id}/roles/{grant_id}/end", dependencies=_RULE)
def end_role(reader: ReaderDep, account_id: UUID, grant_id: UUID) -> Response:
    """Take a role away."""
    administration.end_grant(reader.session, reader.actor, grant_id, now=reader.clock.now())
    return see_other(f"{PATH}/accounts/{account_id}")


@router.post("/accounts/{account_id}/keys", dependencies=_RULE)
def make_key(reader: ReaderDep, account_id: UUID, form: FormDep) -> HTMLResponse:
    """Make a key, and show it once."""
    given, sent = _read(reader, KeyInput, words_of(form))
    if given is None:
        return _account(reader, account_id, sent, 422)
    scopes = frozenset(one for one in Permission if one.value in given.scopes)
    _, secret = administration.issue_key(
        reader.session,
        reader.actor,
        account_id,
        label=given.label,
        scopes=scopes,
        now=reader.clock.now(),
        days=given.days,
    )
    return _account(reader, account_id, secret=key_secret(reader.tongue, secret))


@router.post("/keys/{key_id}/rotate", dependencies=_RULE)
def rotate_key(reader: ReaderDep, key_id: UUID) -> HTMLResponse:
    """Make a key that takes the place of this one, and show it once."""
    key, secret = administration.rotate_key(
        reader.session, reader.actor, key_id, now=reader.clock.now()
    )
    return _account(reader, key.account_id, secret=key_secret(reader.tongue, secret))


@router.post("/keys/{key_id}/revoke", dependencies=_RULE)
def revoke_key(reader: ReaderDep, key_id: UUID) -> Response:
    """End a key at once."""
    administration.revoke_key(reader.session, reader.actor, key_id, now=reader.clock.now())
    return see_other(PATH)


def _read(reader: Reader, of: type[Given], typed: Typed) -> tuple[Given | None, Sent]:
    """Return what a form gives, or what to correct, by field."""
    given = {
        name: values if name in _MANY else values[-1].strip()
        for name, values in typed.items()
        if any(value.strip() for value in values)
    }
    try:
        return of.model_validate(given), Sent(typed, {})
    except ValidationError as refused:
        return None, Sent(
            typed, errors_by_field(field_errors(refused, reader.tongue), reader.tongue)
        )


def _link(reader: Reader, token: str) -> Secret:
    settings = reader.installation.settings
    mailed = bool(settings.smtp_url.get_secret_value())
    return link_secret(reader.tongue, f"{settings.base_url}{LINK_PATH}{token}", mailed=mailed)


def _accounts(
    reader: Reader,
    sent: Sent | None = None,
    status: int = 200,
) -> HTMLResponse:
    page = accounts_page(
        reader.frame(reader.tongue.word("Administration"), section="administration"),
        reader.tongue,
        list_accounts(reader.session, reader.actor),
        list_keys(reader.session, reader.actor),
        reader.clock.now(),
        sent=sent or Sent({}, {}),
    )
    return respond(reader.request, "administration/list.html", page, status)


def _account(
    reader: Reader,
    account_id: UUID,
    sent: Sent | None = None,
    status: int = 200,
    *,
    secret: Secret | None = None,
) -> HTMLResponse:
    row = get_account(reader.session, reader.actor, account_id)
    page = account_page(
        reader.frame(reader.tongue.word("Account"), section="administration"),
        reader.tongue,
        row,
        Held(
            list_keys(reader.session, reader.actor, account_id=account_id),
            list_sessions(reader.session, reader.actor, account_id, now=reader.clock.now()),
        ),
        reader.clock.now(),
        own=reader.actor.account_id,
        sent=sent or Sent({}, {}),
        secret=secret,
    )
    return respond(reader.request, "administration/account.html", page, status)
