"""What happened since a moment in a facility: stages, answers, confirmed records, feedback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from roster.policy import Actor, Permission, require, visible_actions
from roster.read.news import Happened, Happening
from roster.tables import (
    Account,
    Action,
    AssistanceRequest,
    Call,
    CallRecipient,
    Expert,
    Feedback,
    Release,
    RequestEvent,
    ShortlistEntry,
    ShortlistEvent,
)
from roster.vocabulary import ExpertStatus, ReleaseOutcome

_MOST_READ = 200
_ANSWERS = (ReleaseOutcome.GRANTED, ReleaseOutcome.REFUSED)


def happened_since(
    session: Session, actor: Actor, since: datetime, *, most: int
) -> tuple[Happening, ...]:
    """Return what happened since a moment, the latest first; nobody on the roster is named.

    Equal things about one request come as one, with their number.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.READ_REQUESTS)
    grouped: dict[tuple[object, ...], Happening] = {}
    found = [
        *_moved_on(session, actor, since),
        *_shortlists(session, actor, since),
        *_calls(session, actor, since),
        *_releases(session, actor, since),
        *_confirmed(session, actor, since),
        *_feedback(session, actor, since),
    ]
    for one in sorted(found, key=lambda each: (each.at, each.kind, each.code), reverse=True):
        grouped.setdefault((one.kind, one.code, one.said, one.country), one)
    return tuple(grouped.values())[:most]


def _moved_on(session: Session, actor: Actor, since: datetime) -> Iterator[Happening]:
    rows = session.exec(
        select(RequestEvent, AssistanceRequest, Account.name)
        .join(AssistanceRequest, col(AssistanceRequest.id) == col(RequestEvent.request_id))
        .join(Account, col(Account.id) == col(RequestEvent.by), isouter=True)
        .where(
            AssistanceRequest.facility_id == actor.facility_id,
            col(RequestEvent.created_at) >= since,
        )
        .order_by(col(RequestEvent.created_at).desc(), col(RequestEvent.id))
        .limit(_MOST_READ)
    )
    for event, request, by in rows:
        yield Happening(
            Happened.MOVED_ON,
            event.created_at,
            1,
            request.title,
            request.code,
            request.id,
            event.to_status.value,
            by=by,
        )


def _shortlists(session: Session, actor: Actor, since: datetime) -> Iterator[Happening]:
    last, count = func.max(ShortlistEvent.created_at), func.count(col(ShortlistEvent.id))
    rows = session.exec(
        select(AssistanceRequest, last, count)
        .join(ShortlistEntry, col(ShortlistEntry.request_id) == col(AssistanceRequest.id))
        .join(ShortlistEvent, col(ShortlistEvent.entry_id) == col(ShortlistEntry.id))
        .where(
            AssistanceRequest.facility_id == actor.facility_id,
            col(ShortlistEvent.created_at) >= since,
        )
        .group_by(col(AssistanceRequest.id))
        .order_by(last.desc(), col(AssistanceRequest.id))
        .limit(_MOST_READ)
    )
    for request, at, number in rows:
        yield Happening(Happened.SHORTLIST, at, number, request.title, request.code, request.id)


def _calls(session: Session, actor: Actor, since: datetime) -> Iterator[Happening]:
    rows = session.exec(
        select(CallRecipient, AssistanceRequest)
        .join(Call, col(Call.id) == col(CallRecipient.call_id))
        .join(AssistanceRequest, col(AssistanceRequest.id) == col(Call.request_id))
        .where(
            AssistanceRequest.facility_id == actor.facility_id,
            col(CallRecipient.answered_at) >= since,
        )
        .order_by(col(CallRecipient.answered_at).desc(), col(CallRecipient.id))
        .limit(_MOST_READ)
    )
    for one, request in rows:
        if one.answered_at is not None and one.answer is not None:
            yield Happening(
                Happened.CALL,
                one.answered_at,
                1,
                request.title,
                request.code,
                request.id,
                one.answer.value,
                one.country,
            )


def _releases(session: Session, actor: Actor, since: datetime) -> Iterator[Happening]:
    last, count = func.max(Release.answered_at), func.count(col(Release.id))
    rows = session.exec(
        select(AssistanceRequest, Release.outcome, last, count)
        .join(Release, col(Release.request_id) == col(AssistanceRequest.id))
        .where(
            AssistanceRequest.facility_id == actor.facility_id,
            col(Release.answered_at) >= since,
            col(Release.outcome).in_(_ANSWERS),
        )
        .group_by(col(AssistanceRequest.id), col(Release.outcome))
        .order_by(last.desc(), col(AssistanceRequest.id))
        .limit(_MOST_READ)
    )
    for request, outcome, at, number in rows:
        if at is not None:
            yield Happening(
                Happened.RELEASE,
                at,
                number,
                request.title,
                request.code,
                request.id,
                ReleaseOutcome(outcome).value,
            )


def _confirmed(session: Session, actor: Actor, since: datetime) -> Iterator[Happening]:
    number = session.exec(
        select(func.count()).where(
            col(Expert.facility_id) == actor.facility_id,
            col(Expert.status) == ExpertStatus.ACTIVE,
            col(Expert.confirmed_on) >= since.date(),
        )
    ).one()
    if number:
        yield Happening(Happened.CONFIRMED, since, number)


def _feedback(session: Session, actor: Actor, since: datetime) -> Iterator[Happening]:
    last, count = func.max(Feedback.created_at), func.count(col(Feedback.id))
    rows = session.exec(
        select(Action.code, Action.name, last, count)
        .join(Feedback, col(Feedback.action_id) == col(Action.id))
        .where(
            visible_actions(actor, Permission.READ_FEEDBACK),
            col(Feedback.created_at) >= since,
            col(Feedback.deployment_id).is_(None),
        )
        .group_by(col(Action.id))
        .order_by(last.desc(), col(Action.code))
        .limit(_MOST_READ)
    )
    for code, name, at, number in rows:
        yield Happening(Happened.FEEDBACK, at, number, name, code)
