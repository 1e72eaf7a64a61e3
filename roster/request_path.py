"""The path of a request: what may follow what, each step written down, and how one begins.

Every use case that moves a request moves it here, so that no two of them know the path.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.errors import Conflict
from roster.policy import Actor
from roster.queries.families import successors_of
from roster.search_terms import make_requests_findable
from roster.tables import AssistanceRequest, RequestEvent
from roster.vocabulary import RequestStatus

_FOLLOWING: dict[RequestStatus, frozenset[RequestStatus]] = {
    RequestStatus.RECEIVED: frozenset(
        {RequestStatus.SCREENED, RequestStatus.FORWARDED, RequestStatus.REJECTED}
    ),
    RequestStatus.SCREENED: frozenset(
        {RequestStatus.FICHE_DRAFTED, RequestStatus.FORWARDED, RequestStatus.REJECTED}
    ),
    RequestStatus.FICHE_DRAFTED: frozenset({RequestStatus.SUBMITTED, RequestStatus.REJECTED}),
    RequestStatus.SUBMITTED: frozenset(
        {
            RequestStatus.IN_PREPARATION,
            RequestStatus.APPROVED,
            RequestStatus.REJECTED,
            RequestStatus.FORWARDED,
        }
    ),
    RequestStatus.IN_PREPARATION: frozenset(
        {RequestStatus.APPROVED, RequestStatus.REJECTED, RequestStatus.FORWARDED}
    ),
}
_NEEDS_REASON = frozenset({RequestStatus.REJECTED, RequestStatus.FORWARDED})
_COPIED = (
    "authority",
    "administration",
    "counterpart",
    "countries",
    "regional_body",
    "scope",
    "topics",
    "activities",
    "languages",
    "starts",
    "ends",
    "mode",
    "urgency",
    "priority",
    "channel",
    "received_on",
    "release_required",
    "text",
    "text_language",
)
"""What a part, or the copy in another facility, asks for as the first one did; no person's id."""


def following(status: RequestStatus) -> tuple[RequestStatus, ...]:
    """Return the stages that a request can move to from where it stands, in the usual order."""
    if status not in _FOLLOWING:
        return ()
    allowed = _FOLLOWING[status] | {RequestStatus.WITHDRAWN}
    return tuple(one for one in RequestStatus if one in allowed)


def step(
    session: Session,
    actor: Actor,
    request: AssistanceRequest,
    to: RequestStatus,
    *,
    reason: str | None,
    at: datetime,
) -> None:
    """Move a request one step on and write it down; leaving the path needs a reason.

    Raises
    ------
    Conflict
        The step does not follow from where the request stands, lacks its reason, or the request
        lives on in others.
    """
    require_alive(session, request)
    before = request.status
    if to not in following(before):
        raise Conflict(f"A request that is {before.value} cannot become {to.value}.")
    if to in _NEEDS_REASON and not (reason or "").strip():
        raise Conflict("Say why: a request is rejected or forwarded with its reason.")
    request.status, request.outcome_reason = to, reason or request.outcome_reason
    request.updated_at = at
    session.add(request)
    note(session, actor, request, before, at, reason)


def require_alive(session: Session, request: AssistanceRequest) -> None:
    """Refuse to go on with a request that was joined into another one or split into several.

    Raises
    ------
    Conflict
    """
    heirs = successors_of(session, request)
    if heirs:
        codes = ", ".join(heirs)
        raise Conflict(f"This request goes on as {codes}: open that one and go on there.")


def begin(session: Session, actor: Actor, request: AssistanceRequest, at: datetime) -> None:
    """Write a new request down with the first line of its history."""
    session.add(request)
    session.flush()
    make_requests_findable(session, [request])
    note(session, actor, request, None, at, None)


def note(
    session: Session,
    actor: Actor,
    request: AssistanceRequest,
    before: RequestStatus | None,
    at: datetime,
    reason: str | None,
) -> None:
    """Write one line of a request's history and of the change sequence."""
    session.add(
        RequestEvent(
            facility_id=request.facility_id,
            origin=request.origin,
            created_at=at,
            request_id=request.id,
            from_status=before,
            to_status=request.status,
            reason=reason,
            by=actor.account_id,
        )
    )
    act = "created" if before is None else request.status.value
    records.log_change(session, actor, request, act, at)


def next_code(session: Session, facility_id: UUID, at: datetime) -> str:
    """Return the code of a facility's next request: REQ, the year, a number that counts up."""
    stem = f"REQ-{at.year}-"
    codes = session.exec(
        select(AssistanceRequest.code).where(
            AssistanceRequest.facility_id == facility_id,
            col(AssistanceRequest.code).startswith(stem),
        )
    )
    # By number, not by spelling: "REQ-2026-999" sorts after "REQ-2026-1000".
    numbers = [int(end) for end in (code[len(stem) :] for code in codes) if end.isdecimal()]
    return f"{stem}{max(numbers, default=0) + 1:03d}"


def copy_of(
    session: Session, request: AssistanceRequest, *, facility_id: UUID, at: datetime
) -> AssistanceRequest:
    """Return a request that asks for the same, as it came in; not stored before `begin`."""
    made = AssistanceRequest(
        facility_id=facility_id,
        origin=request.origin,
        imported_from=request.imported_from,
        code=next_code(session, facility_id, at),
        title=request.title,
        split_from=request.id,
        updated_at=at,
    )
    for name in _COPIED:
        setattr(made, name, getattr(request, name))
    return made
