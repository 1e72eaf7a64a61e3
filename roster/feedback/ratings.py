"""Ratings of named people, where a facility has them: apart from the rest, from three raters on.

Answers about a named person are kept in rows of their own, one per deployment, so that no total of
an activity holds them; what she says to them stands beside.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.errors import Conflict, NotAllowed
from roster.inputs.feedback import RatingNoteInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.experts import get_expert
from roster.queries.facilities import rules_of
from roster.queries.feedback import mean_rating
from roster.tables import Deployment, Expert, Feedback
from roster.vocabulary import Audience, Role


def say_to_ratings(
    session: Session, actor: Actor, expert_id: UUID, given: RatingNoteInput, *, clock: Clock
) -> Feedback:
    """Let a person contest what was said of her: her note stands beside the figures.

    Raises
    ------
    NotFound
    NotAllowed
        Somebody else writes it.
    Conflict
        Nobody has rated her here.
    """
    require(actor, Permission.READ_EXPERTS)
    get_expert(session, actor, expert_id)
    own = any(grant.role is Role.EXPERT and grant.expert_id == expert_id for grant in actor.grants)
    if not own:
        raise NotAllowed("Only the person herself writes what she says to ratings of her.")
    newest = session.exec(
        select(Feedback)
        .join(Deployment, col(Deployment.id) == col(Feedback.deployment_id))
        .where(Deployment.expert_id == expert_id, Feedback.facility_id == actor.facility_id)
        .order_by(col(Feedback.created_at).desc(), col(Feedback.id))
    ).first()
    if newest is None:
        raise Conflict("Nobody has rated you here: there is nothing to say something to.")
    note = Feedback(
        facility_id=newest.facility_id,
        origin=newest.origin,
        created_at=clock.now(),
        action_id=newest.action_id,
        lineage=newest.lineage,
        deployment_id=newest.deployment_id,
        rater=Audience.EXPERT,
        text=given.note,
        by=actor.account_id,
    )
    session.add(note)
    session.flush()
    records.log_change(session, actor, note, "contested", clock.now(), expert=expert_id)
    return note


def keep_ratings(
    session: Session,
    actor: Actor,
    answer: Feedback,
    ratings: Mapping[UUID, Mapping[str, int]],
    at: datetime,
    *,
    is_new: bool,
) -> None:
    """Keep what was said of each person, in rows of their own, and let the records follow."""
    touched = set(ratings)
    if not is_new:
        touched |= _drop_ratings(session, answer)
    for deployment_id, scores in ratings.items():
        if scores:
            session.add(
                Feedback(
                    facility_id=answer.facility_id,
                    origin=answer.origin,
                    created_at=at,
                    action_id=answer.action_id,
                    activity_id=answer.activity_id,
                    lineage=answer.lineage,
                    deployment_id=deployment_id,
                    inquiry_id=answer.inquiry_id,
                    guest_id=answer.guest_id,
                    rater=answer.rater,
                    scores=dict(scores),
                    by=answer.by,
                )
            )
    session.flush()
    follow_ratings(session, actor, touched, at=at)


def _drop_ratings(session: Session, answer: Feedback) -> set[UUID]:
    rows = session.exec(
        select(Feedback).where(
            Feedback.inquiry_id == answer.inquiry_id,
            Feedback.guest_id == answer.guest_id,
            Feedback.by == answer.by,
            col(Feedback.deployment_id).is_not(None),
        )
    ).all()
    for row in rows:
        session.delete(row)
    return {row.deployment_id for row in rows if row.deployment_id}


def follow_rules(session: Session, actor: Actor, *, at: datetime) -> None:
    """Let the records follow where a facility begins or ends to rate people, or asks for more."""
    rated = session.exec(
        select(Feedback.deployment_id).where(
            Feedback.facility_id == actor.facility_id, col(Feedback.deployment_id).is_not(None)
        )
    )
    follow_ratings(session, actor, {one for one in rated if one}, at=at)


def follow_ratings(
    session: Session, actor: Actor, deployment_ids: set[UUID], *, at: datetime
) -> None:
    """Write the mean of ratings into the records of people, once enough have rated them."""
    people = session.exec(
        select(Expert)
        .join(Deployment, col(Deployment.expert_id) == col(Expert.id))
        .where(col(Deployment.id).in_(deployment_ids))
        .distinct()
        .order_by(col(Expert.id))
    ).all()
    changed = []
    for expert in people:
        rules = rules_of(session, expert.facility_id)
        rows = session.exec(
            select(Feedback)
            .join(Deployment, col(Deployment.id) == col(Feedback.deployment_id))
            .where(Deployment.expert_id == expert.id, Feedback.rater != Audience.EXPERT.value)
        ).all()
        enough = rules.rates_people and len(rows) >= rules.least_raters
        mean, count = (mean_rating(rows), len(rows)) if enough else (None, 0)
        if (expert.feedback_mean, expert.feedback_count) != (mean, count):
            expert.feedback_mean, expert.feedback_count = mean, count
            session.add(expert)
            changed.append(expert)
    if changed:
        session.flush()
        records.refresh(session, changed, at)
        for expert in changed:
            records.log_change(session, actor, expert, "rated", at)
