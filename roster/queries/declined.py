"""Who is not to be had for a request, and the need that says so to whoever ranks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from sqlmodel import Session, col, select

from roster.queries.requests import need_of
from roster.read import Declined, RequestView
from roster.tables import AssistanceRequest, Seat, ShortlistEntry, Team
from roster.vocabulary import GONE_STAGES, Stage

DROPPED = "dropped"
"""Status of a team that nobody thinks of any more."""


def declined_for(
    session: Session, request_ids: Iterable[UUID]
) -> Mapping[UUID, tuple[Declined, ...]]:
    """Return by request who declined, is not available or was not released, by id."""
    rows = session.exec(
        select(ShortlistEntry.request_id, ShortlistEntry.expert_id, ShortlistEntry.stage)
        .where(
            col(ShortlistEntry.request_id).in_(list(request_ids)),
            col(ShortlistEntry.stage).in_(GONE_STAGES),
        )
        .order_by(col(ShortlistEntry.request_id), col(ShortlistEntry.expert_id))
    )
    found: dict[UUID, list[Declined]] = {}
    for request_id, expert_id, stage in rows:
        found.setdefault(request_id, []).append(Declined(expert_id, Stage(stage)))
    return {request_id: tuple(people) for request_id, people in found.items()}


def need_now(session: Session, request: AssistanceRequest) -> RequestView:
    """Return a request as the ranker reads it, with who is not to be had for it."""
    gone = declined_for(session, [request.id]).get(request.id, ())
    return replace(need_of(request), declined=gone)


def seats_held(session: Session, request_id: UUID, expert_id: UUID) -> tuple[Seat, ...]:
    """Return the seats in which a person sits in the teams kept for a request."""
    found = session.exec(
        select(Seat)
        .join(Team, col(Team.id) == col(Seat.team_id))
        .where(Team.request_id == request_id, Team.status != DROPPED, Seat.expert_id == expert_id)
        .order_by(col(Team.created_at), col(Seat.position), col(Seat.id))
    )
    return tuple(found)
