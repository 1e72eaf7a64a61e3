"""Readings of letters, kept with their requests so that no ranking waits for one."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, or_
from sqlmodel import Session, col, select

from roster.ports import Clock, Ranker
from roster.queries.requests import need_of
from roster.read import KeptReading
from roster.tables import AssistanceRequest, RequestReading

AT_ONCE = 20
"""Letters read in one unit of work: a second or two."""


def reading_of(session: Session, request_id: UUID) -> KeptReading | None:
    """Return the reading kept with a request; it may be of words that were changed since."""
    kept = session.get(RequestReading, request_id)
    return None if kept is None else KeptReading(kept.of, kept.made_by, kept.content)


def read_letters(session: Session, *, ranker: Ranker, clock: Clock) -> int:
    """Read the letters that were not read yet, or changed since, or are read otherwise now.

    The newest first, `AT_ONCE` at most.

    Returns
    -------
    how many were read
    """
    out_of_date = or_(
        col(RequestReading.request_id).is_(None),
        col(RequestReading.made_by) != ranker.reads_as,
        col(RequestReading.made_at) < AssistanceRequest.updated_at,
    )
    waiting = session.exec(
        select(AssistanceRequest)
        .outerjoin(RequestReading, col(RequestReading.request_id) == AssistanceRequest.id)
        .where(out_of_date)
        .order_by(col(AssistanceRequest.created_at).desc(), col(AssistanceRequest.id))
        .limit(AT_ONCE)
    ).all()
    # All are read before the first is written: nobody else waits to write meanwhile.
    made = [_row(request, ranker.read_letter(need_of(request)), clock) for request in waiting]
    for row in made:
        session.merge(row)
    return len(waiting)


def forget_readings(session: Session) -> None:
    """Drop every reading: they hold words of letters, and are soon made again."""
    session.execute(delete(RequestReading))


def _row(request: AssistanceRequest, read: KeptReading, clock: Clock) -> RequestReading:
    return RequestReading(
        request_id=request.id,
        of=read.of,
        made_by=read.made_by,
        content=read.content,
        # A request that is dated ahead is not read over and over.
        made_at=max(clock.now(), request.updated_at),
    )
