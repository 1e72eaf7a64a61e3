"""Rankings as they were stored."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor, Permission, require
from roster.queries.packing import head_of, measured, packed, positions_of, unpacked
from roster.read import (
    MeasuredRanking,
    RankedExpert,
    RankedRequest,
    RankingOutline,
    RankingRow,
    StoredRanking,
)
from roster.tables import AssistanceRequest, RankingRun

__all__ = [
    "get_ranking",
    "measured_ranking",
    "outline_of",
    "packed",
    "ranked_people",
    "ranked_requests",
    "rankings_of",
]


def rankings_of(session: Session, actor: Actor, request_id: UUID) -> tuple[RankingRow, ...]:
    """Return the rankings of a request, the newest first; their content stays where it is."""
    rows = session.exec(
        select(RankingRun)
        .where(RankingRun.request_id == request_id, RankingRun.facility_id == actor.facility_id)
        .options(defer(col(RankingRun.content)))  # type: ignore[arg-type]
        .order_by(col(RankingRun.number).desc(), col(RankingRun.id))
    )
    return tuple(_row(run) for run in rows)


def ranked_requests(session: Session, actor: Actor, most: int) -> tuple[RankedRequest, ...]:
    """Return the requests that people were ranked for, the one ranked last first.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.RANK)
    last = func.max(col(RankingRun.created_at))
    rows = session.exec(
        select(AssistanceRequest.id, AssistanceRequest.code, AssistanceRequest.title, last)
        .join(RankingRun, col(RankingRun.request_id) == col(AssistanceRequest.id))
        .where(
            AssistanceRequest.facility_id == actor.facility_id,
            RankingRun.facility_id == actor.facility_id,
        )
        .group_by(
            col(AssistanceRequest.id), col(AssistanceRequest.code), col(AssistanceRequest.title)
        )
        .order_by(last.desc(), col(AssistanceRequest.code))
        .limit(most)
    )
    return tuple(RankedRequest(*row) for row in rows)


def get_ranking(session: Session, actor: Actor, ranking_id: UUID) -> StoredRanking:
    """Return a stored ranking of the actor's facility.

    Raises
    ------
    NotFound
    """
    run = _run(session, actor, ranking_id)
    return StoredRanking(row=_row(run), ranking=unpacked(run.content))


def measured_ranking(session: Session, actor: Actor, ranking_id: UUID) -> MeasuredRanking:
    """Return what was measured of everybody in a stored ranking of the actor's facility.

    Raises
    ------
    NotFound
    """
    return measured(_run(session, actor, ranking_id).content)


def outline_of(session: Session, actor: Actor, ranking_id: UUID) -> RankingOutline:
    """Return who stands where in a stored ranking: for lists, filters and counts.

    Raises
    ------
    NotFound
    """
    run = _run(session, actor, ranking_id)
    head = head_of(run.content)
    return RankingOutline(_row(run), head.ranking, head.standings, positions_of(head))


def ranked_people(
    session: Session, actor: Actor, ranking_id: UUID, expert_ids: Iterable[UUID]
) -> tuple[RankedExpert, ...]:
    """Return people of a stored ranking with all that was kept of them, in the order given.

    Ids that are not in it are left out. Only the parts of the ranking that hold them are read.

    Raises
    ------
    NotFound
    """
    run = _run(session, actor, ranking_id)
    head = head_of(run.content)
    positions = positions_of(head)
    wanted = [positions[one] for one in expert_ids if one in positions]
    return head.people_at(run.content, wanted)


def _run(session: Session, actor: Actor, ranking_id: UUID) -> RankingRun:
    run = session.get(RankingRun, ranking_id)
    if run is None or run.facility_id != actor.facility_id:
        raise NotFound("There is no such ranking in this facility.")
    return run


def _row(run: RankingRun) -> RankingRow:
    return RankingRow(
        id=run.id,
        request_id=run.request_id,
        number=run.number,
        at=run.created_at,
        model=run.model,
        weights=tuple(sorted(run.weights.items())),
        counts=tuple(sorted(run.counts.items())),
    )
