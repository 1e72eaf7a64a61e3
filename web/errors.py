"""Every refusal as a page, in the same words and with the same status as in the API."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp

from roster.db import outage_of
from roster.errors import (
    FieldError,
    FileTooLarge,
    InvalidInput,
    NotAllowed,
    NotFound,
    NotSignedIn,
    RosterError,
    TooManyAttempts,
    Unavailable,
)
from web.access import frame_for
from web.contexts.accounts import ErrorPage
from web.contexts.parts import Link
from web.deps import Site, frame_of, get_tongue, respond
from web.drafts import keep_refused
from web.kept_forms import keep_sent
from web.reason_words import clause
from web.security import HEADERS
from web.tongues import Tongue
from web.validation import told
from web.wording import marked

log = logging.getLogger(__name__)


WAY_BACK = {401: (marked("Sign in"), "/signin")}


def error_page(
    request: Request,
    status: int,
    title: str,
    detail: str,
    errors: tuple[str, ...] = (),
    draft: str = "",
) -> HTMLResponse:
    """Render a refusal with a way on, and among her sections for whoever is known to ask.

    Parameters
    ----------
    draft : page of a form whose words are kept as a draft; empty: nothing is kept
    """
    tongue = get_tongue(request)
    label, href = WAY_BACK.get(status, (marked("Go to the first page"), "/"))
    title, detail = tongue.word(title), clause(tongue.word(detail), tongue)
    if draft:
        label, href = marked("Back to the form"), draft
        detail = " ".join((detail, tongue.word("What you typed is kept as a draft.")))
    actor = getattr(request.state, "actor", None)
    frame = frame_for(request, actor, title) if actor else frame_of(request, title)
    page = ErrorPage(frame, status, title, detail, errors, (Link(tongue.word(label), href),))
    return respond(request, "errors/error.html", page, status)


def render_error(request: Request, error: RosterError, draft: str = "") -> Response:
    """Answer an error of the domain; who is not signed in is led to do so and back."""
    if isinstance(error, NotSignedIn) and request.method == "GET":
        query = f"?{request.url.query}" if request.url.query else ""
        path = request.url.path + query
        return RedirectResponse(f"/signin?next={quote(path, safe='/')}", 303)
    tongue = get_tongue(request)
    lines = _lines(error.errors, tongue)
    answer = error_page(request, error.status, error.title, error.detail, lines, draft)
    if isinstance(error, TooManyAttempts | Unavailable):
        answer.headers["Retry-After"] = str(error.retry_after_s)
    return answer


def _lines(errors: Iterable[FieldError], tongue: Tongue) -> tuple[str, ...]:
    """Return what is wrong with each field, after its name."""
    return tuple(
        f"{each.pointer.strip('/').replace('/', ', ')}: {clause(each.detail, tongue)}"
        if each.pointer.strip("/")
        else clause(each.detail, tongue)
        for each in errors
    )


async def refuse_cross_site(request: Request) -> ASGIApp:
    """Answer what another site made a browser send."""
    detail = marked("This form was sent from another site. Open the page here and try again.")
    return render_error(request, NotAllowed(detail))


async def refuse_too_large(request: Request) -> ASGIApp:
    """Answer a request that brings more bytes than allowed."""
    if request.url.path == "/requests/letter":
        return RedirectResponse("/requests/new?letter=too-large", 303)
    site: Site = request.app.state.site
    megabytes = site.most_upload_bytes // 1_000_000
    detail = f"More than {megabytes} MB were sent at once. Send fewer files at a time."
    return render_error(request, FileTooLarge(detail))


def _render_http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    refusal = outage_of(error.__cause__) if isinstance(error.__cause__, OSError) else None
    if refusal is not None:
        return render_error(request, refusal)
    if error.status_code == 404:
        missing = NotFound(marked("There is no page at this address, or none that you may see."))
        return render_error(request, missing)
    answer = error_page(request, error.status_code, RosterError.title, str(error.detail))
    answer.headers.update(error.headers or {})
    return answer


def _render_invalid(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    tongue = get_tongue(request)
    # Without the first step, which says where it stood: in the address or in the form.
    found = told([{**each, "loc": each["loc"][1:]} for each in error.errors()], tongue)
    return error_page(
        request,
        422,
        InvalidInput.title,
        marked("The address or the form holds a value of another kind."),
        _lines(found, tongue),
    )


def _render_unstorable(request: Request, error: Exception) -> Response:
    if not isinstance(error, DataError):
        raise error
    detail = marked("A field holds a character or a number that cannot be kept. Remove it.")
    return render_error(request, InvalidInput(detail))


def _render_outage(request: Request, error: Exception) -> Response:
    refusal = outage_of(error)
    if refusal is None:
        raise error
    return render_error(request, refusal)


async def _render_roster(request: Request, error: Exception) -> Response:
    if not isinstance(error, RosterError):
        raise error
    if isinstance(error, NotSignedIn) and request.method == "POST":
        kept = await keep_sent(request)
        if kept is not None:
            return kept
    draft = "" if isinstance(error, NotSignedIn) else await _kept_draft(request)
    return render_error(request, error, draft)


async def _kept_draft(request: Request) -> str:
    return await keep_refused(request) if request.method == "POST" else ""


def _render_gone(_request: Request, _error: Exception) -> Response:
    """Return what nobody reads any more: who asked hung up while she sent; the log tells it so."""
    return Response(status_code=499)


def _render_crash(request: Request, error: Exception) -> Response:
    log.error("a page failed: %s", type(error).__name__)
    answer = error_page(
        request,
        500,
        marked("Something here is broken"),
        marked(
            "It was our mistake, and nothing was changed. "
            "Try again; if it happens twice, tell the administrator when."
        ),
    )
    # This answer is made outside all middleware, so it brings its headers itself.
    answer.headers.update(HEADERS)
    return answer


def install(app: FastAPI) -> None:
    """Let the application answer its errors with pages."""
    app.add_exception_handler(RosterError, _render_roster)
    app.add_exception_handler(DataError, _render_unstorable)
    app.add_exception_handler(DBAPIError, _render_outage)
    app.add_exception_handler(NoConnectionFree, _render_outage)
    app.add_exception_handler(OSError, _render_outage)
    app.add_exception_handler(HTTPException, _render_http)
    app.add_exception_handler(RequestValidationError, _render_invalid)
    app.add_exception_handler(ClientDisconnect, _render_gone)
    app.add_exception_handler(Exception, _render_crash)
