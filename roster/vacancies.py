"""Seats that come free: nobody is seated silently, and the officers of the request are told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.policy import Actor
from roster.queries.declined import seats_held
from roster.tables import AssistanceRequest, Expert, Release, Seat
from roster.telling.messages import News, about_request, officers_of, tell
from roster.vocabulary import MessageKind, ReleaseOutcome


def leave(
    session: Session, actor: Actor, request: AssistanceRequest, expert_id: UUID, *, at: datetime
) -> tuple[Seat, ...]:
    """Let a person go who is not to be had for a request: her seats are open again.

    A release that was asked for and not answered is asked for no more.
    """
    _take_back_questions(session, actor, request, expert_id, at)
    seats = seats_held(session, request.id, expert_id)
    for seat in seats:
        seat.expert_id = seat.score = None
        session.add(seat)
        records.log_change(
            session, actor, seat, "vacated", at, request=request.id, expert=expert_id
        )
    if seats:
        detail = about_request(request) | {"seat": seats[0].position}
        news = News(MessageKind.SEAT_OPEN, request, detail=detail)
        tell(session, actor, news, at=at, accounts=officers_of(session, request))
    return seats


def _take_back_questions(
    session: Session, actor: Actor, request: AssistanceRequest, expert_id: UUID, at: datetime
) -> None:
    asked = session.exec(
        select(Release).where(
            Release.request_id == request.id,
            Release.expert_id == expert_id,
            col(Release.outcome) == ReleaseOutcome.PENDING,
        )
    ).all()
    for release in asked:
        release.outcome, release.by = ReleaseOutcome.WITHDRAWN, actor.account_id
        session.add(release)
        records.log_change(session, actor, release, "withdrawn", at, request=request.id)
    if asked:
        records.refresh(session, [session.get_one(Expert, expert_id)], at)
