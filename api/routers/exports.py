"""Whole lists as NDJSON: one record a line, sent as they are read, for other systems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from uuid import UUID

from fastapi.responses import StreamingResponse
from sqlmodel import Session

from api.deps import ActorDep, InstallationDep, SessionDep, new_router, requires
from api.problems import problems
from api.schemas.actions import ActionOut
from api.schemas.base import Out
from api.schemas.experts import ExpertViewOut
from api.schemas.requests import NeedOut
from roster import exports
from roster.installation import Installation
from roster.policy import Actor, Permission

router = new_router("exports")
MEDIA_TYPE = "application/x-ndjson"
_RULE = [requires(Permission.EXCHANGE_RECORDS)]
T = TypeVar("T")


def _lines_of(model: str) -> dict[int | str, dict[str, Any]]:
    """Return what a route says of a stream of lines, each of a model."""
    schema = {"type": "string", "description": f"Lines, each a JSON object: {model}"}
    return {200: {"description": "One record a line", "content": {MEDIA_TYPE: {"schema": schema}}}}


def _stream(
    installation: Installation,
    read: Callable[[Session, UUID | None], tuple[T, ...]],
    shape: Callable[[T], Out],
) -> StreamingResponse:
    """Send what is read, some rows in a unit of work: nobody waits for a long list."""

    def lines() -> Iterator[bytes]:
        last: UUID | None = None
        while True:
            with installation.work() as session:
                found = read(session, last)
                told = [shape(one) for one in found]
            if not told:
                return
            yield b"".join(one.model_dump_json(by_alias=True).encode() + b"\n" for one in told)
            last = getattr(found[-1], "id", None)

    return StreamingResponse(lines(), media_type=MEDIA_TYPE)


@router.get(
    "/exports/experts",
    dependencies=_RULE,
    response_class=StreamingResponse,
    responses=problems() | _lines_of("ExpertViewOut"),
)
def export_experts(
    session: SessionDep, actor: ActorDep, installation: InstallationDep
) -> StreamingResponse:
    """Send everybody on the roster as the ranker reads them; that each was seen is recorded."""
    exports.note_export(session, actor, "experts", at=installation.clock.now())
    return _stream(installation, _people(actor, installation), ExpertViewOut.model_validate)


def _people(actor: Actor, installation: Installation) -> Callable[..., Any]:
    def read(session: Session, last: UUID | None) -> tuple[Any, ...]:
        return exports.people_after(session, actor, last, at=installation.clock.now())

    return read


@router.get(
    "/exports/requests",
    dependencies=_RULE,
    response_class=StreamingResponse,
    responses=problems() | _lines_of("NeedOut"),
)
def export_requests(
    session: SessionDep, actor: ActorDep, installation: InstallationDep
) -> StreamingResponse:
    """Send every request as the ranker reads it."""
    exports.note_export(session, actor, "requests", at=installation.clock.now())

    def read(session: Session, last: UUID | None) -> tuple[Any, ...]:
        return exports.requests_after(session, actor, last)

    return _stream(installation, read, NeedOut.model_validate)


@router.get(
    "/exports/actions",
    dependencies=_RULE,
    response_class=StreamingResponse,
    responses=problems() | _lines_of("ActionOut"),
)
def export_actions(
    session: SessionDep, actor: ActorDep, installation: InstallationDep
) -> StreamingResponse:
    """Send every Action with its present plan."""
    exports.note_export(session, actor, "actions", at=installation.clock.now())

    def read(session: Session, last: UUID | None) -> tuple[Any, ...]:
        return exports.actions_after(session, actor, last)

    return _stream(installation, read, ActionOut.model_validate)
