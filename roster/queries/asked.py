"""What a focal point may learn of a request and of the seats of a team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from roster.read import Asked, LanguageNeed, SeatAsked, SeatNeed
from roster.serial import from_json
from roster.tables import AssistanceRequest, Seat


def asked_of(request: AssistanceRequest, seats: tuple[SeatAsked, ...] = ()) -> Asked:
    """Return what a focal point may learn of a request."""
    return Asked(
        request_id=request.id,
        code=request.code,
        topics=tuple(request.topics),
        countries=tuple(request.countries),
        regional_body=request.regional_body,
        languages=tuple(from_json(LanguageNeed, need) for need in request.languages),
        starts=request.starts,
        ends=request.ends,
        seats=seats,
    )


def seats_asked(session: Session, team_ids: Sequence[UUID]) -> Mapping[UUID, list[SeatAsked]]:
    """Return by team what its seats ask for, in order, without who sits there."""
    rows = session.exec(
        select(Seat).where(col(Seat.team_id).in_(team_ids)).order_by(col(Seat.position))
    )
    found: dict[UUID, list[SeatAsked]] = {}
    for seat in rows:
        need = from_json(SeatNeed, seat.need)
        found.setdefault(seat.team_id, []).append(
            SeatAsked(
                id=seat.id,
                position=seat.position,
                role=seat.role,
                topics=need.topics,
                languages=need.languages,
                kinds=tuple(sorted(need.kinds)),
                days=need.days,
            )
        )
    return found
