"""What states answered to calls and to questions for releases, without a word on anybody."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_
from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from roster.policy import Actor, Permission, visible_experts
from roster.queries.calls import OVER
from roster.read import StateAnswer
from roster.tables import AssistanceRequest, Call, CallRecipient, Expert, Nomination, Release
from roster.vocabulary import CallAnswer, RefusalReason, ReleaseOutcome

REMEMBERED = timedelta(days=5 * 365)
"""What was asked longer ago says nothing of a state any more."""
_RELEASED = (ReleaseOutcome.GRANTED, ReleaseOutcome.EXPIRED)


def calls_answered(session: Session, actor: Actor, now: datetime) -> tuple[StateAnswer, ...]:
    """Return what states said to the calls of the actor's facility in the last five years.

    A country that has not answered is silent once the deadline has passed: not while it may still
    answer, nor where the call was closed or the request is over before, nor where it took back
    whom it had nominated.
    """
    rows = session.execute(
        sql_select(
            col(CallRecipient.country),
            col(CallRecipient.answer),
            col(CallRecipient.reason),
            col(CallRecipient.answered_at),
            col(Call.deadline),
            col(Call.closed_at),
            col(AssistanceRequest.topics),
        )
        .join(Call, col(Call.id) == col(CallRecipient.call_id))
        .join(AssistanceRequest, col(AssistanceRequest.id) == col(Call.request_id))
        .where(
            col(CallRecipient.facility_id) == actor.facility_id,
            col(Call.created_at) >= now - REMEMBERED,
            or_(
                col(CallRecipient.answer).is_not(None),
                (col(Call.deadline) < now.date())
                & col(AssistanceRequest.status).not_in(OVER)
                & ~_took_back(),
            ),
        )
        .order_by(col(Call.created_at), col(CallRecipient.country), col(CallRecipient.id))
    )
    found = []
    for country, answer, reason, answered_at, deadline, closed_at, topics in rows:
        if answer is None:
            if closed_at is None or closed_at.date() > deadline:
                found.append(StateAnswer(country, tuple(topics), deadline, None))
            continue
        agreed = answer is CallAnswer.NOMINATED
        day = answered_at.date() if answered_at else deadline
        found.append(StateAnswer(country, tuple(topics), day, agreed, reason))
    return tuple(found)


def _took_back() -> ColumnElement[bool]:
    """Return the condition that a country had nominated somebody for a call."""
    return exists().where(
        col(Nomination.call_id) == col(CallRecipient.call_id),
        col(Nomination.expert_id) == col(Expert.id),
        col(Expert.home_country) == col(CallRecipient.country),
    )


def releases_answered(session: Session, actor: Actor, now: datetime) -> tuple[StateAnswer, ...]:
    """Return by state the releases given and refused for requests in the last five years.

    One that was taken back with a reason is a refusal; one that waits, ran out unanswered or ended
    because the nomination did says nothing.
    """
    rows = session.execute(
        sql_select(
            col(Expert.home_country),
            col(Release.outcome),
            col(Release.reason),
            col(Release.answered_at),
            col(AssistanceRequest.topics),
        )
        .join(Expert, col(Expert.id) == col(Release.expert_id))
        .join(AssistanceRequest, col(AssistanceRequest.id) == col(Release.request_id))
        .where(
            col(Release.facility_id) == actor.facility_id,
            visible_experts(actor, Permission.RANK),
            col(Expert.home_country).is_not(None),
            col(Release.answered_at) >= now - REMEMBERED,
            or_(col(Release.outcome).in_(_RELEASED), col(Release.reason).is_not(None)),
        )
        .order_by(col(Release.answered_at), col(Release.id))
    )
    return tuple(
        StateAnswer(
            country=country,
            topics=tuple(topics),
            on=answered_at.date(),
            agreed=outcome in _RELEASED,
            reason=None if outcome in _RELEASED else RefusalReason(reason),
        )
        for country, outcome, reason, answered_at, topics in rows
    )


def uninterested_in(answers: tuple[StateAnswer, ...], since: date) -> dict[str, date]:
    """Return by state the latest day, from a day on, on which it was not interested."""
    found: dict[str, date] = {}
    for one in answers:
        if one.reason is RefusalReason.INTEREST and one.on >= since:
            found[one.country] = max(one.on, found.get(one.country, one.on))
    return found
