"""Setting a password by a one-time link, and asking for such a link; nobody is signed in here."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import HTMLResponse, Response

from roster import accounts
from roster.errors import InvalidInput, NotAllowed, NotFound, TooManyAttempts
from roster.policy import Permission
from roster.telling.one_time_links import link_of
from web.access import InstallationDep, new_router, requires
from web.contexts.accounts import LinkPage
from web.contexts.parts import FormField, Link
from web.deps import frame_of, get_tongue, respond
from web.forms import errors_by_field
from web.kept_forms import PATH as KEPT
from web.reason_words import clause
from web.tongues import Tongue
from web.views.sessions import next_of

router = new_router()

_PUBLIC = [requires(Permission.PUBLIC)]
_LONGEST_TOKEN = 200
_LONGEST_PASSWORD = 1_000
_MAILED = re.compile(rf"\?next={KEPT}[\w-]{{1,100}}")
"""Of where somebody was going, a mail that a stranger can ask for names a kept form alone."""


@router.get("/link/{token}", dependencies=_PUBLIC)
def show_link(request: Request, installation: InstallationDep, token: str) -> Response:
    """Ask for the new password of the account that a link belongs to."""
    if not installation.settings.local_sign_in:
        return _without_password(request)
    try:
        with installation.work() as session:
            link_of(session, token[:_LONGEST_TOKEN], at=installation.clock.now())
    except NotFound as gone:
        return _gone(request, gone)
    return _form(request)


@router.post("/link/{token}", dependencies=_PUBLIC)
def use_link(
    request: Request,
    installation: InstallationDep,
    token: str,
    new_password: Annotated[str, Form(max_length=_LONGEST_PASSWORD)] = "",
) -> Response:
    """Set the password; the link is used up, and the account signs in with it."""
    if not installation.settings.local_sign_in:
        return _without_password(request, NotAllowed.status)
    try:
        with installation.work() as session:
            accounts.set_password_by_link(
                session, token[:_LONGEST_TOKEN], new_password, now=installation.clock.now()
            )
    except InvalidInput as refused:
        tongue = get_tongue(request)
        errors = errors_by_field(refused.errors, tongue)
        words = errors.get("new_password") or clause(refused.detail, tongue)
        return _form(request, words, refused.status)
    except NotFound as gone:
        return _gone(request, gone)
    tongue = get_tongue(request)
    return _page(
        request,
        tongue.word("The password is set"),
        tongue.word("Sign in with it. Wherever this account was signed in, it is not any more."),
        ways=(_sign_in(request),),
    )


@router.get("/signin/forgotten", dependencies=_PUBLIC)
def ask_for_link(request: Request, installation: InstallationDep) -> HTMLResponse:
    """Ask for the address whose password is forgotten; without mail say whom to ask."""
    tongue = get_tongue(request)
    if not installation.settings.local_sign_in:
        return _without_password(request)
    if not installation.settings.smtp_url.get_secret_value():
        return _page(
            request,
            tongue.word("Ask your administrator for a link"),
            tongue.word("This installation sends no mail. Your administrator makes the link."),
            ways=(_sign_in(request),),
        )
    return _page(
        request,
        tongue.word("A new password"),
        tongue.word("Give the address that you sign in with. A link to set a password goes there."),
        (_email_field(tongue),),
        tongue.word("Send the link"),
        (_sign_in(request),),
    )


@router.post("/signin/forgotten", dependencies=_PUBLIC)
def send_link(
    request: Request,
    installation: InstallationDep,
    email: Annotated[str, Form(max_length=300)] = "",
) -> HTMLResponse:
    """Send a link if there is such an account; the answer is the same where there is none."""
    if not installation.settings.local_sign_in:
        return _without_password(request, NotAllowed.status)
    tongue, back = get_tongue(request), _back(request)
    ways = (_sign_in(request),)
    try:
        with installation.work() as session:
            accounts.ask_reset(
                session,
                email,
                vault=installation.vault,
                now=installation.clock.now(),
                back=back if _MAILED.fullmatch(back) else "",
            )
    except TooManyAttempts as slow:
        title = tongue.word("A new password")
        answer = _page(request, title, clause(slow.detail, tongue), ways=ways, status=slow.status)
        answer.headers["Retry-After"] = str(slow.retry_after_s)
        return answer
    return _page(
        request,
        tongue.word("Look into your mail"),
        tongue.word(
            "If an account has this address, a link is on its way. It works once, for two hours."
        ),
        ways=ways,
    )


def _back(request: Request) -> str:
    """Return where somebody was going when she had to sign in, as it stands in the address."""
    return next_of(request.query_params.get("next", "/"))


def _sign_in(request: Request) -> Link:
    return Link(get_tongue(request).word("Sign in"), f"/signin{_back(request)}")


def _without_password(request: Request, status: int = 200) -> HTMLResponse:
    """Say that no password is needed: another system says who somebody is."""
    tongue = get_tongue(request)
    return _page(
        request,
        tongue.word("No password is needed here"),
        tongue.word("Your account is ready. Sign in with the system of your organisation."),
        ways=(_sign_in(request),),
        status=status,
    )


def _form(request: Request, error: str = "", status: int = 200) -> HTMLResponse:
    tongue = get_tongue(request)
    field = FormField(
        "new_password",
        tongue.word("New password"),
        "password",
        hint=tongue.word("At least 12 characters; a few words in a row do well."),
        required=True,
        autocomplete="new-password",
        error=tongue.word(error) if error else "",
    )
    return _page(
        request,
        tongue.word("Set your password"),
        tongue.word("This link works once. Then you sign in with your address and this password."),
        (field,),
        tongue.word("Set the password"),
        status=status,
    )


def _email_field(tongue: Tongue) -> FormField:
    label = tongue.word("Work e-mail")
    return FormField("email", label, "email", required=True, autocomplete="username")


def _gone(request: Request, gone: NotFound) -> HTMLResponse:
    tongue = get_tongue(request)
    return _page(
        request,
        tongue.word("This link does not work any more"),
        tongue.word("It was used, a newer one took its place, or it ran out. Ask for a new one."),
        ways=(Link(tongue.word("Ask for a new link"), f"/signin/forgotten{_back(request)}"),),
        status=gone.status,
    )


def _page(
    request: Request,
    title: str,
    lead: str,
    fields: tuple[FormField, ...] = (),
    submit: str = "",
    ways: tuple[Link, ...] = (),
    *,
    status: int = 200,
) -> HTMLResponse:
    page = LinkPage(
        frame=frame_of(request, title, facility=""),
        title=title,
        lead=lead,
        action=f"{request.url.path}{_back(request)}",
        fields=fields,
        submit=submit,
        ways=ways,
    )
    return respond(request, "account/link.html", page, status)
