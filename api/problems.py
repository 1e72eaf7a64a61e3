"""Every refusal as `application/problem+json` (RFC 9457), in words that a person can act on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import Field
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from starlette.exceptions import HTTPException

from api.schemas.base import Out
from api.voices import voice_of_problems
from api.wording import field_errors
from roster.db import outage_of
from roster.errors import (
    FileTooLarge,
    InvalidInput,
    NotFound,
    NotSignedIn,
    RecordMerged,
    RosterError,
    TooManyAttempts,
    Unavailable,
)

MEDIA_TYPE = "application/problem+json"


class FieldProblem(Out):
    """One thing to correct."""

    pointer: str = Field(description="JSON pointer of the field", examples=["/countries/0"])
    detail: str = Field(examples=["The country “ZZ” is not known."])


class Problem(Out):
    """Why something was refused, after RFC 9457."""

    type: str = Field(description="What kind of problem", examples=["/problems/unknown-term"])
    title: str = Field(examples=["A term is not known"])
    status: int = Field(examples=[422])
    detail: str = Field(description="For people: what happened and what to do")
    instance: str = Field(description="Path of the request", examples=["/api/v1/requests"])
    errors: list[FieldProblem] = Field(description="Single fields to correct; may be empty")
    merged_into: UUID | None = Field(
        description="The record to ask for instead, with record-merged; else null"
    )
    request_id: str = Field(description="Tell it to the administrator, who finds it in the log")


def kinds() -> tuple[type[RosterError], ...]:
    """Return every kind of problem of the domain, by code."""
    found: set[type[RosterError]] = {RosterError}
    waiting = [RosterError]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            if kind not in found and kind.__module__ == RosterError.__module__:
                found.add(kind)
                waiting.append(kind)
    return tuple(sorted(found, key=lambda kind: kind.code))


def problems(*errors: type[RosterError]) -> dict[int | str, dict[str, Any]]:
    """Return what a route says in its `responses` about the errors that it answers with."""
    by_status: dict[int, set[type[RosterError]]] = {}
    for error in errors:
        by_status.setdefault(error.status, set()).add(error)
    return {
        status: {
            "description": "; ".join(sorted({error.title for error in kinds_of})),
            "x-problem-codes": sorted({error.code for error in kinds_of}),
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, kinds_of in by_status.items()
    }


def answers(status: int, model: type[Out]) -> dict[int | str, dict[str, Any]]:
    """Return what a route that sends bytes says in its `responses` about their shape."""
    return {status: {"model": model}}


def problem_response(
    request: Request,
    status: int,
    code: str,
    title: str,
    detail: str,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
    merged_into: UUID | None = None,
) -> Response:
    """Write one problem, in the language that the caller asks for."""
    voice = voice_of_problems(request)
    body = {
        "type": f"/problems/{code}",
        "title": voice.say(title),
        "status": status,
        "detail": voice.say(detail),
        "instance": request.url.path,
        "errors": [{**each, "detail": voice.say(each["detail"])} for each in errors],
        "request_id": getattr(request.state, "request_id", ""),
        "merged_into": merged_into,
    }
    told = {**voice.headers, **(headers or {})}
    return Response(orjson.dumps(body), status, told, MEDIA_TYPE)


def render_problem(request: Request, error: RosterError) -> Response:
    """Answer a refusal of the domain."""
    headers: dict[str, str] = {}
    if isinstance(error, TooManyAttempts | Unavailable):
        headers["Retry-After"] = str(error.retry_after_s)
    if isinstance(error, NotSignedIn):
        headers["WWW-Authenticate"] = "Bearer"
    errors = [{"pointer": each.pointer, "detail": each.detail} for each in error.errors]
    merged_into = error.merged_into if isinstance(error, RecordMerged) else None
    return problem_response(
        request, error.status, error.code, error.title, error.detail, errors, headers, merged_into
    )


def render_crash(request: Request) -> Response:
    """Answer a mistake of ours without a word of what it was; the log says more."""
    return problem_response(
        request,
        500,
        "internal-error",
        "Something here is broken",
        "It was our mistake, and nothing was changed by this request. Try again; if it happens "
        "twice, tell your administrator the request_id.",
    )


def _roster(request: Request, error: Exception) -> Response:
    if not isinstance(error, RosterError):
        raise error
    return render_problem(request, error)


def _invalid(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    errors = field_errors(error.errors())
    detail = "Correct the fields named in errors and send the request again."
    return render_problem(request, InvalidInput(detail, errors))


def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    # A file that had no room beside the database ends as a body that could not be read.
    refusal = outage_of(error.__cause__) if isinstance(error.__cause__, OSError) else None
    if refusal is not None:
        return render_problem(request, refusal)
    if error.status_code == NotFound.status:
        return render_problem(
            request, NotFound("There is no such address. The operations are listed at /api/docs.")
        )
    if error.status_code == FileTooLarge.status:
        return render_problem(request, FileTooLarge(str(error.detail)))
    phrase = HTTPStatus(error.status_code).phrase
    detail = {
        400: "The body could not be read. Check that it is complete and of the type it says.",
        405: "This address does not answer this method. See /api/docs for those it does.",
    }.get(error.status_code, str(error.detail))
    code = phrase.lower().replace(" ", "-")
    return problem_response(request, error.status_code, code, phrase, detail, headers=error.headers)


def _unstorable(request: Request, error: Exception) -> Response:
    if not isinstance(error, DataError):
        raise error
    return render_problem(
        request,
        InvalidInput(
            "Something that was sent holds a character or a number that cannot be kept. Remove it "
            "and send the request again."
        ),
    )


def _outage(request: Request, error: Exception) -> Response:
    refusal = outage_of(error)
    if refusal is None:
        raise error
    return render_problem(request, refusal)


def install(app: FastAPI) -> None:
    """Let the application answer its errors with problems."""
    app.add_exception_handler(RosterError, _roster)
    app.add_exception_handler(DBAPIError, _outage)
    app.add_exception_handler(NoConnectionFree, _outage)
    app.add_exception_handler(OSError, _outage)
    app.add_exception_handler(DataError, _unstorable)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
