"""Rankings as they were stored."""

from __future__ import annotations

import zlib
from uuid import UUID

import orjson
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor
from roster.read import Ranking, RankingRow, StoredRanking
from roster.serial import from_json, to_bytes
from roster.tables import RankingRun


def packed(ranking: Ranking) -> bytes:
    """Return a ranking as it is stored: compressed JSON."""
    return zlib.compress(to_bytes(ranking), level=1)


def rankings_of(session: Session, actor: Actor, request_id: UUID) -> tuple[RankingRow, ...]:
    """Return the rankings of a request, the newest first; their content stays where it is."""
    rows = session.exec(
        select(RankingRun)
        .where(RankingRun.request_id == request_id, RankingRun.facility_id == actor.facility_id)
        .options(defer(col(RankingRun.content)))  # type: ignore[arg-type]
        .order_by(col(RankingRun.number).desc(), col(RankingRun.id))
    )
    return tuple(_row(run) for run in rows)


def get_ranking(session: Session, actor: Actor, ranking_id: UUID) -> StoredRanking:
    """Return a stored ranking of the actor's facility.

    Raises
    ------
    NotFound
    """
    run = session.get(RankingRun, ranking_id)
    if run is None or run.facility_id != actor.facility_id:
        raise NotFound("There is no such ranking in this facility.")
    ranking = from_json(Ranking, orjson.loads(zlib.decompress(run.content)))
    return StoredRanking(row=_row(run), ranking=ranking)


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
