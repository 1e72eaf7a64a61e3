"""Where one person was or is to be sent, as her record tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from roster.policy import Actor, Permission, visible_actions, visible_experts
from roster.read import PersonDeployment
from roster.tables import Action, Activity, ActivityPlan, Deployment, Expert, Feedback
from roster.vocabulary import PlanStatus


def deployments_of_person(
    session: Session, actor: Actor, expert_id: UUID
) -> tuple[PersonDeployment, ...]:
    """Return where a person was or is to be sent, the latest first, as far as the actor may know.

    She has to be allowed both to know of the person and to read the Action.
    """
    rows = session.exec(
        select(Deployment, Action)
        .join(Action, col(Action.id) == col(Deployment.action_id))
        .join(Expert, col(Expert.id) == col(Deployment.expert_id))
        .where(
            Deployment.expert_id == expert_id,
            visible_experts(actor),
            visible_actions(actor, Permission.READ_ACTIONS),
        )
        .order_by(
            col(Deployment.starts).is_(None), col(Deployment.starts).desc(), col(Deployment.id)
        )
    ).all()
    ids = {action.id for _, action in rows}
    answers, titles = _answers(session, actor, ids), _titles(session, ids)
    return tuple(
        PersonDeployment(
            action_code=action.code,
            action_name=action.name,
            activity=titles.get(row.lineage) if row.lineage else None,
            role=row.role,
            days=row.days,
            starts=row.starts,
            ends=row.ends,
            status=row.status,
            answers=answers.get(action.id, 0),
        )
        for row, action in rows
    )


def _answers(session: Session, actor: Actor, action_ids: Iterable[UUID]) -> Mapping[UUID, int]:
    """Count the answers about Actions, where the actor may read what was said."""
    rows = session.exec(
        select(Action.id, func.count(col(Feedback.id)))
        .join(Feedback, col(Feedback.action_id) == col(Action.id))
        .where(
            col(Action.id).in_(list(action_ids)),
            col(Feedback.deployment_id).is_(None),
            visible_actions(actor, Permission.READ_FEEDBACK),
        )
        .group_by(col(Action.id))
    )
    return dict(rows.all())


def _titles(session: Session, action_ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """Return the activities of plans that stand, by lineage."""
    rows = session.exec(
        select(Activity.lineage, Activity.title)
        .join(ActivityPlan, col(ActivityPlan.id) == col(Activity.plan_id))
        .where(
            col(ActivityPlan.action_id).in_(list(action_ids)),
            ActivityPlan.status != PlanStatus.REPLACED,
        )
        .order_by(col(ActivityPlan.status) == PlanStatus.APPROVED)
    )
    return dict(rows.all())
