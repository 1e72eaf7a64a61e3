"""Inquiries: what was sent to whom after which activity, and how many answered."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, func, select

from roster.errors import NotFound
from roster.policy import Actor, Permission, visible_actions
from roster.queries.facilities import rules_of
from roster.queries.questionnaires import view_of
from roster.read.feedback import AnswerSheet, AskedAbout, InquiryView, Question
from roster.tables import (
    Action,
    Activity,
    ActivityPlan,
    Deployment,
    Expert,
    Feedback,
    Guest,
    Inquiry,
    Questionnaire,
)
from roster.vocabulary import Audience, DeploymentStatus, PlanStatus


def activities_of(session: Session, action_ids: Sequence[UUID]) -> dict[UUID, Activity]:
    """Return each activity once, by lineage, as the newest plan has it that is not a draft."""
    rows = session.exec(
        select(Activity)
        .join(ActivityPlan, col(ActivityPlan.id) == col(Activity.plan_id))
        .where(col(ActivityPlan.action_id).in_(action_ids))
        .order_by(
            col(ActivityPlan.status) != PlanStatus.DRAFT,
            col(ActivityPlan.version),
            col(Activity.number),
            col(Activity.id),
        )
    )
    return {row.lineage: row for row in rows}


def present_activities(session: Session, action_id: UUID) -> tuple[Activity, ...]:
    """Return the activities of an Action's approved plan, in their order."""
    rows = session.exec(
        select(Activity)
        .join(ActivityPlan, col(ActivityPlan.id) == col(Activity.plan_id))
        .where(ActivityPlan.action_id == action_id, ActivityPlan.status == PlanStatus.APPROVED)
        .order_by(col(Activity.number), col(Activity.id))
    )
    return tuple(rows)


def get_inquiry(
    session: Session,
    actor: Actor,
    inquiry_id: UUID,
    permission: Permission = Permission.READ_FEEDBACK,
) -> Inquiry:
    """Return the row of an inquiry about an Action that the actor may know of.

    Raises
    ------
    NotFound
    """
    found = session.exec(
        select(Inquiry)
        .join(Action, col(Action.id) == col(Inquiry.action_id))
        .where(Inquiry.id == inquiry_id, visible_actions(actor, permission))
    ).first()
    if found is None:
        raise NotFound("There is no such questionnaire sent out in this facility.")
    return found


def inquiries(
    session: Session, actor: Actor, action_id: UUID | None = None
) -> tuple[InquiryView, ...]:
    """Return what was sent out, the newest first; of one Action or of all that may be seen."""
    query = (
        select(Inquiry, Action, Questionnaire)
        .join(Action, col(Action.id) == col(Inquiry.action_id))
        .join(Questionnaire, col(Questionnaire.id) == col(Inquiry.questionnaire_id))
        .where(visible_actions(actor, Permission.READ_FEEDBACK))
        .order_by(col(Inquiry.created_at).desc(), col(Inquiry.id))
    )
    if action_id is not None:
        query = query.where(Inquiry.action_id == action_id)
    return _views(session, list(session.exec(query)))


def inquiry_view(session: Session, inquiry: Inquiry) -> InquiryView:
    """Return one inquiry as others may see it; the caller has checked who asks."""
    action = session.get_one(Action, inquiry.action_id)
    asked = session.get_one(Questionnaire, inquiry.questionnaire_id)
    return _views(session, [(inquiry, action, asked)])[0]


def sheet(session: Session, inquiry: Inquiry, answered: Feedback | None = None) -> AnswerSheet:
    """Return what is asked; the caller has checked that this person is asked.

    Questions about a person are left out where the facility does not rate named people.
    """
    view = inquiry_view(session, inquiry)
    about = _people_asked_about(session, inquiry, view)
    questions = tuple(one for one in view.questionnaire.questions if about or not one.about_person)
    return AnswerSheet(
        inquiry=view,
        questions=questions,
        about=about,
        said=_said(session, answered, questions) if answered else {},
        answered=answered is not None,
    )


def _people_asked_about(
    session: Session, inquiry: Inquiry, view: InquiryView
) -> tuple[AskedAbout, ...]:
    asks = any(one.about_person for one in view.questionnaire.questions)
    of_herself = view.questionnaire.audience is Audience.EXPERT
    if not asks or of_herself or inquiry.lineage is None:
        return ()
    if not rules_of(session, inquiry.facility_id).rates_people:
        return ()
    rows = session.exec(
        select(Deployment.id, Expert.display_name)
        .join(Expert, col(Expert.id) == col(Deployment.expert_id))
        .where(
            Deployment.action_id == inquiry.action_id,
            Deployment.lineage == inquiry.lineage,
            Deployment.status != DeploymentStatus.CANCELLED,
        )
        .order_by(col(Expert.folded_name), col(Deployment.id))
    )
    return tuple(AskedAbout(deployment_id, name) for deployment_id, name in rows)


def _said(session: Session, answered: Feedback, questions: Sequence[Question]) -> dict[str, str]:
    known = {one.code for one in questions}
    said = {code: str(value) for code, value in answered.scores.items() if code in known}
    said |= {code: str(value) for code, value in answered.answers.items() if code in known}
    rows = session.exec(
        select(Feedback).where(
            Feedback.inquiry_id == answered.inquiry_id,
            Feedback.guest_id == answered.guest_id,
            Feedback.by == answered.by,
            col(Feedback.deployment_id).is_not(None),
        )
    )
    for row in rows:
        said |= {f"{row.deployment_id}/{code}": str(n) for code, n in row.scores.items()}
    return said


def _views(
    session: Session, rows: Sequence[tuple[Inquiry, Action, Questionnaire]]
) -> tuple[InquiryView, ...]:
    ids = [inquiry.id for inquiry, _, _ in rows]
    activities = activities_of(session, sorted({action.id for _, action, _ in rows}, key=str))
    answered = dict(
        session.exec(
            select(Feedback.inquiry_id, func.count())
            .where(col(Feedback.inquiry_id).in_(ids), col(Feedback.deployment_id).is_(None))
            .group_by(col(Feedback.inquiry_id))
        ).all()
    )
    people = dict(
        session.exec(
            select(Guest.inquiry_id, func.count())
            .where(col(Guest.inquiry_id).in_(ids))
            .group_by(col(Guest.inquiry_id))
        ).all()
    )
    return tuple(
        InquiryView(
            id=inquiry.id,
            origin=inquiry.origin,
            action_id=action.id,
            action_code=action.code,
            action_name=action.name,
            lineage=inquiry.lineage,
            activity=(activities[inquiry.lineage].title if inquiry.lineage in activities else None),
            questionnaire=view_of(questionnaire),
            # An officer who answers in the product has no link.
            asked=inquiry.asked or people.get(inquiry.id) or 1,
            answered=answered.get(inquiry.id, 0),
            is_room=inquiry.asked is not None,
            sent_at=inquiry.created_at,
            due_on=inquiry.due_on,
            reminded_at=inquiry.reminded_at,
            closed_at=inquiry.closed_at,
        )
        for inquiry, action, questionnaire in rows
    )
