"""What was asked and heard of Actions after they closed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor, Permission, visible_actions
from roster.read import FollowUpView, RequestOf
from roster.tables import Account, Action, ActionFollowUp, AssistanceRequest


def get_follow_up(session: Session, actor: Actor, follow_up_id: UUID) -> ActionFollowUp:
    """Return the row of a follow-up of an Action that the actor may write to.

    Raises
    ------
    NotFound
    """
    found = session.exec(
        select(ActionFollowUp)
        .join(Action, col(Action.id) == col(ActionFollowUp.action_id))
        .where(ActionFollowUp.id == follow_up_id, visible_actions(actor, Permission.WRITE_ACTIONS))
    ).first()
    if found is None:
        raise NotFound("There is no such question about an Action of this facility.")
    return found


def follow_ups(
    session: Session,
    actor: Actor,
    *,
    code: str | None = None,
    until: date | None = None,
    only: UUID | None = None,
) -> tuple[FollowUpView, ...]:
    """Return what is asked of closed Actions: open questions first, each by its day.

    Parameters
    ----------
    code : of one Action; None: of all that the actor may know of
    until : leave out open questions that are due later
    only : id of one question
    """
    query = (
        select(ActionFollowUp, Action, AssistanceRequest, Account.name)
        .join(Action, col(Action.id) == col(ActionFollowUp.action_id))
        .join(
            AssistanceRequest,
            col(AssistanceRequest.id) == col(ActionFollowUp.request_id),
            isouter=True,
        )
        .join(Account, col(Account.id) == col(ActionFollowUp.by), isouter=True)
        .where(visible_actions(actor))
        .order_by(
            col(ActionFollowUp.adopted).is_not(None),
            col(ActionFollowUp.due_on),
            col(Action.name),
            col(ActionFollowUp.id),
        )
    )
    if code is not None:
        query = query.where(Action.code == code)
    if only is not None:
        query = query.where(ActionFollowUp.id == only)
    return tuple(
        _view(row, action, request, name)
        for row, action, request, name in session.exec(query)
        if until is None or row.adopted is not None or row.due_on <= until
    )


def _view(
    row: ActionFollowUp, action: Action, request: AssistanceRequest | None, name: str | None
) -> FollowUpView:
    return FollowUpView(
        id=row.id,
        action_code=action.code,
        action_name=action.name,
        countries=tuple(action.countries),
        occasion=row.occasion,
        due_on=row.due_on,
        request=RequestOf(request.id, request.code, request.title) if request else None,
        adopted=row.adopted,
        adopted_on=row.adopted_on,
        text=row.text,
        source=row.source,
        answered_on=row.answered_on,
        by=name,
    )
