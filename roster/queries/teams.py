"""Teams that were kept."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor
from roster.queries.experts import rows_by_id
from roster.read import ExpertRow, RuleCheck, SeatNeed, SeatView, TeamView
from roster.serial import from_json
from roster.tables import Seat, Team


def teams_of(session: Session, actor: Actor, request_id: UUID) -> tuple[TeamView, ...]:
    """Return the teams kept for a request, the newest first."""
    teams = session.exec(
        select(Team)
        .where(Team.request_id == request_id, Team.facility_id == actor.facility_id)
        .order_by(col(Team.created_at).desc(), col(Team.id))
    ).all()
    seats = session.exec(
        select(Seat)
        .where(col(Seat.team_id).in_([team.id for team in teams]))
        .order_by(col(Seat.position), col(Seat.id))
    ).all()
    people = rows_by_id(session, [seat.expert_id for seat in seats if seat.expert_id])
    return tuple(
        _team_view(team, [seat for seat in seats if seat.team_id == team.id], people)
        for team in teams
    )


def team_view(session: Session, actor: Actor, team_id: UUID) -> TeamView:
    """Return one kept team of the actor's facility.

    Raises
    ------
    NotFound
    """
    team = session.get(Team, team_id)
    if team is None or team.facility_id != actor.facility_id:
        raise NotFound("There is no such team in this facility.")
    return next(one for one in teams_of(session, actor, team.request_id) if one.id == team_id)


def _team_view(team: Team, seats: list[Seat], people: dict[UUID, ExpertRow]) -> TeamView:
    return TeamView(
        id=team.id,
        request_id=team.request_id,
        mode=team.mode,
        status=team.status,
        score=team.score,
        note=team.note,
        created_at=team.created_at,
        ranking_id=team.ranking_run_id,
        checks=tuple(from_json(RuleCheck, check) for check in team.checks),
        seats=tuple(_seat_view(seat, people) for seat in seats),
    )


def _seat_view(seat: Seat, people: dict[UUID, ExpertRow]) -> SeatView:
    return SeatView(
        position=seat.position,
        role=seat.role,
        need=from_json(SeatNeed, seat.need),
        person=people.get(seat.expert_id) if seat.expert_id else None,
        score=seat.score,
        counterpart=seat.counterpart,
        alternates=tuple(UUID(text) for text in seat.alternates),
    )
