"""Signing in and out: one answer for every wrong sign-in, and a token that only a cookie holds."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from roster import accounts
from roster.errors import NotAllowed, NotSignedIn, TooManyAttempts
from roster.inputs import SignInInput
from roster.installation import Installation
from roster.login_sessions import SignIn
from roster.policy import Permission
from roster.queries.accounts import demo_accounts
from roster.read import DemoAccount
from roster.settings import SESSION_COOKIE
from web.access import InstallationDep, SessionDep, new_router, requires
from web.contexts.accounts import DemoWay, SignInPage
from web.contexts.parts import FormField, Link
from web.cookies import drop_cookie, session_token, set_session
from web.deps import Site, frame_of, get_tongue, respond, safe_path
from web.kept_forms import PATH as KEPT
from web.openid import provider_of
from web.record_words import role_words
from web.tongues import Tongue
from web.wording import marked

router = new_router()

_NO_PASSWORDS = marked("Nobody signs in with a password here. Use the other way in.")
_PUBLIC = [requires(Permission.PUBLIC)]
_WRONG = "The address or the password is not right. Check both, or ask your administrator."


@router.get("/signin", dependencies=_PUBLIC)
def show_sign_in(
    request: Request,
    installation: InstallationDep,
    session: SessionDep,
    next: str = "/",  # noqa: A002 -- the field of the form
    signed_out: str = "",
) -> Response:
    """Ask for address and password; who is signed in already goes on at once."""
    if _is_signed_in(request, installation, session):
        return RedirectResponse(safe_path(next), 303)
    out = _way_out(request, installation) if signed_out == "here" else None
    return _page(request, demo_accounts(session), next, out=out)


def _way_out(request: Request, installation: Installation) -> Link | None:
    """Return where the session of another system ends, which said who somebody was."""
    if not installation.settings.oidc_issuer:
        return None
    provider = provider_of(request, installation)
    href = provider.way_out(back="/signin", now=installation.clock.now())
    label = get_tongue(request).word("Sign out at %(name)s too", name=provider.label)
    return Link(label, href) if href else None


def _is_signed_in(request: Request, installation: Installation, session: SessionDep) -> bool:
    token = session_token(request)
    if not token:
        return False
    try:
        accounts.actor_of_session(session, token, now=installation.clock.now())
    except NotSignedIn:
        return False
    return True


@router.post("/signin", dependencies=_PUBLIC)
def sign_in(
    request: Request,
    installation: InstallationDep,
    email: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",  # noqa: A002 -- the field of the form
) -> Response:
    """Open a session, or say that something was wrong without saying what."""
    if not installation.settings.local_sign_in:
        raise NotAllowed(_NO_PASSWORDS)
    try:
        opened = _open_session(request, installation, email, password)
    except TooManyAttempts as error:
        refusal = _again(request, installation, next, email, error.detail, error.status)
        refusal.headers["Retry-After"] = str(error.retry_after_s)
        return refusal
    except (NotSignedIn, ValidationError):
        with installation.work() as session:
            accounts.note_failure(session, email[:300], now=installation.clock.now())
        return _again(request, installation, next, email, _WRONG, NotSignedIn.status)
    answer = RedirectResponse(safe_path(next), 303)
    set_session(request, answer, opened.token, installation.settings.session_hours)
    return answer


def _open_session(
    request: Request, installation: Installation, email: str, password: str
) -> SignIn:
    now = installation.clock.now()
    # A throttled address is told so before its password is looked at.
    with installation.work() as session:
        accounts.check_throttle(session, email[:300], now=now)
    given = SignInInput(email=email, password=password)
    with installation.work() as session:
        return accounts.sign_in(
            session,
            given,
            now=now,
            hours=installation.settings.session_hours,
            idle_minutes=installation.settings.session_idle_minutes,
            device=request.headers.get("user-agent", ""),
        )


@router.post("/signout", dependencies=_PUBLIC)
def sign_out(request: Request, installation: InstallationDep, session: SessionDep) -> Response:
    """End the session of this browser; without one it does nothing."""
    elsewhere = accounts.sign_out(session, session_token(request), now=installation.clock.now())
    answer = RedirectResponse("/signin?signed_out=here" if elsewhere else "/signin", 303)
    drop_cookie(request, answer, SESSION_COOKIE)
    return answer


def sign_in_again(
    request: Request, installation: Installation, error: NotSignedIn, path: str
) -> HTMLResponse:
    """Say on the page of signing in why another way in did not work; the next leads to `path`."""
    return _again(request, installation, path, "", error.detail, error.status)


def _again(
    request: Request, installation: Installation, path: str, email: str, error: str, status: int
) -> HTMLResponse:
    with installation.work() as session:
        demo = demo_accounts(session)
    return _page(request, demo, path, email=email, error=error, status=status)


def _page(
    request: Request,
    demo: tuple[DemoAccount, ...],
    path: str,
    *,
    email: str = "",
    error: str = "",
    status: int = 200,
    out: Link | None = None,
) -> HTMLResponse:
    tongue = get_tongue(request)
    installation: Installation = request.app.state.installation
    local = installation.settings.local_sign_in
    site: Site = request.app.state.site
    title = tongue.word("Sign in")
    page = SignInPage(
        frame=frame_of(request, title, demo=bool(demo) or site.demo),
        action="/signin",
        email=_email_field(tongue, email[:300]),
        password=_password_field(tongue),
        next=safe_path(path),
        error=tongue.word(error) if error else "",
        forgotten=Link(tongue.word("Password forgotten"), f"/signin/forgotten{next_of(path)}"),
        with_password=local,
        other_ways=_other_ways(request, installation, path),
        out=out,
        demo=_demo_ways(demo, tongue) if local and site.demo_password else (),
        demo_password=site.demo_password if demo else "",
        kept=safe_path(path).startswith(KEPT),
    )
    return respond(request, "account/signin.html", page, status)


def next_of(path: str) -> str:
    """Return what leads on to a path, to stand behind an address; nothing for the first page."""
    there = safe_path(path)
    return "" if there == "/" else f"?next={quote(there, safe='/')}"


def _email_field(tongue: Tongue, value: str) -> FormField:
    label = tongue.word("Work e-mail")
    return FormField("email", label, "email", value, required=True, autocomplete="username")


def _password_field(tongue: Tongue) -> FormField:
    label, kept = tongue.word("Password"), "current-password"
    return FormField("password", label, "password", required=True, autocomplete=kept)


def _other_ways(request: Request, installation: Installation, path: str) -> tuple[Link, ...]:
    if not installation.settings.oidc_issuer:
        return ()
    name = provider_of(request, installation).label
    label = get_tongue(request).word("Sign in with %(name)s", name=name)
    return (Link(label, f"/signin/openid?next={quote(safe_path(path), safe='')}"),)


def _demo_ways(demo: tuple[DemoAccount, ...], tongue: Tongue) -> tuple[DemoWay, ...]:
    return tuple(
        DemoWay(one.email, one.name, role_words(tongue, one.role, one.country)) for one in demo
    )
