"""One's own account: what it may do, where it is signed in, its password."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Form
from fastapi.responses import HTMLResponse, Response

from roster import accounts
from roster.errors import InvalidInput
from roster.policy import Permission
from roster.queries.accounts import email_of, facilities_of
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.contexts.accounts import AccountPage, GrantLine
from web.contexts.parts import FormField, Notice, PostButton
from web.cookies import session_token
from web.deps import respond
from web.forms import error_lines, errors_by_field
from web.presenters.administration import session_line
from web.record_words import role_words
from web.tongues import Tongue
from web.wording import marked

REFUSALS = (
    marked("The present password is not right."),
    marked("Take at least 12 characters; a few words in a row do well."),
    marked("Take another one: this is the address or the name of the account."),
    marked(
        "Take another one: it is among the first that are tried, made of passwords that became "
        "known, names or patterns. A few words that have nothing to do with each other do well."
    ),
)
"""What a new password is refused for, as `roster.passwords` says it."""
router = new_router()

_LONGEST_PASSWORD = 1_000


@router.get("/account", dependencies=[requires(Permission.SIGNED_IN)])
def show_account(reader: ReaderDep, done: str = "") -> HTMLResponse:
    """Show the reader's own account."""
    words = reader.tongue.word("The password was changed; other sessions have ended.")
    notices = (Notice("ok", words),) if done == "password" else ()
    return _page(reader, notices=notices)


def _page(
    reader: Reader,
    *,
    errors: dict[str, str] | None = None,
    notices: tuple[Notice, ...] = (),
    status: int = 200,
) -> HTMLResponse:
    tongue, actor = reader.tongue, reader.actor
    fields = _password_fields(tongue, errors or {})
    sessions = accounts.list_sessions(reader.session, actor, _token(reader), now=reader.clock.now())
    facility = reader.request.state.facility
    where = facility.name if facility else ""
    page = AccountPage(
        frame=reader.frame(tongue.word("Account"), notices=notices),
        name=actor.name,
        email=email_of(reader.session, actor),
        grants=tuple(
            GrantLine(role_words(tongue, grant.role, grant.country), where)
            for grant in actor.grants
            if grant.facility_id == actor.facility_id
        ),
        sessions=tuple(
            session_line(tongue, one, f"/account/sessions/{one.id}") for one in sessions
        ),
        password_action="/account/password",  # noqa: S106 -- an address
        password_fields=fields,
        sign_out=PostButton(tongue.word("Sign out"), "/signout"),
        errors=error_lines(fields),
        facilities=tuple(
            PostButton(name, "/account/facility", (("facility_id", str(one)),))
            for one, name in facilities_of(reader.session, actor)
            if one != actor.facility_id
        ),
    )
    return respond(reader.request, "account/detail.html", page, status)


def _token(reader: Reader) -> str:
    return session_token(reader.request)


def _password_fields(tongue: Tongue, errors: dict[str, str]) -> tuple[FormField, ...]:
    return (
        FormField(
            "password",
            tongue.word("Present password"),
            "password",
            required=True,
            autocomplete="current-password",
            error=errors.get("password", ""),
        ),
        FormField(
            "new_password",
            tongue.word("New password"),
            "password",
            hint=tongue.word("At least 12 characters; a few words in a row do well."),
            required=True,
            autocomplete="new-password",
            error=errors.get("new_password", ""),
        ),
    )


@router.post("/account/password", dependencies=[requires(Permission.SIGNED_IN)])
def change_password(
    reader: ReaderDep,
    password: Annotated[str, Form(max_length=_LONGEST_PASSWORD)] = "",
    new_password: Annotated[str, Form(max_length=_LONGEST_PASSWORD)] = "",
) -> Response:
    """Give the account another password; it stays signed in here and nowhere else."""
    now, tongue = reader.clock.now(), reader.tongue
    try:
        with reader.apart() as session:
            accounts.change_password(
                session,
                reader.actor,
                old=password,
                new=new_password,
                token=_token(reader),
                now=now,
            )
    except InvalidInput as refused:
        errors = errors_by_field(refused.errors, tongue)
        if "password" in errors:
            with reader.apart() as session:
                accounts.note_failure(session, email_of(session, reader.actor), now=now)
        return _page(reader, errors=errors, status=refused.status)
    return see_other("/account?done=password")


@router.post("/account/facility", dependencies=[requires(Permission.SIGNED_IN)])
def work_in(reader: ReaderDep, facility_id: Annotated[UUID, Form()]) -> Response:
    """Go on in another facility; this session stays there."""
    accounts.work_in(reader.session, reader.actor, _token(reader), facility_id)
    return see_other("/")


@router.post("/account/sessions/{session_id}", dependencies=[requires(Permission.SIGNED_IN)])
def end_session(reader: ReaderDep, session_id: UUID) -> Response:
    """Sign out on another device."""
    accounts.end_session(reader.session, reader.actor, session_id, now=reader.clock.now())
    return see_other("/account")
