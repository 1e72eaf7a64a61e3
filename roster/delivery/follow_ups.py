"""What became of Actions after they closed: asked at set times, answered with a source."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.errors import FieldError, InvalidInput
from roster.inputs import FollowUpAnswer
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.follow_ups import get_follow_up
from roster.tables import Action, ActionFollowUp, AssistanceRequest, Message
from roster.telling.messages import News, tell, with_role
from roster.vocabulary import ActionStatus, Adopted, MessageKind, Role

SECOND_REQUEST = "second_request"
_ADOPTED = frozenset({Adopted.YES, Adopted.PARTLY})


def answer(
    session: Session, actor: Actor, follow_up_id: UUID, given: FollowUpAnswer, *, clock: Clock
) -> ActionFollowUp:
    """Write down what became of an Action; a later answer replaces an earlier one.

    Raises
    ------
    NotFound, NotAllowed
    InvalidInput
        Something was adopted and nobody says where that was learnt.
    """
    require(actor, Permission.WRITE_ACTIONS)
    row = get_follow_up(session, actor, follow_up_id)
    if given.adopted in _ADOPTED and not given.source.strip():
        words = "Say where this was learnt: a gazette, a letter, a call with the authority."
        raise InvalidInput(words, (FieldError("/source", words),))
    row.adopted, row.adopted_on = given.adopted, given.adopted_on
    row.text, row.source = given.text.strip(), given.source.strip()
    row.answered_on, row.by = clock.now().date(), actor.account_id
    session.add(row)
    records.log_change(session, actor, row, "answered", clock.now(), adopted=given.adopted.value)
    return row


def remind(session: Session, actor: Actor, *, clock: Clock) -> int:
    """Ask officers what became of their closed Actions, each question once; return how many.

    A second request of a country that had an Action makes a question of its own.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.WRITE_ACTIONS)
    today = clock.now().date()
    _ask_at_second_requests(session, actor)
    due = session.exec(
        select(ActionFollowUp, Action)
        .join(Action, col(Action.id) == col(ActionFollowUp.action_id))
        .where(
            ActionFollowUp.facility_id == actor.facility_id,
            col(ActionFollowUp.adopted).is_(None),
            ActionFollowUp.due_on <= today,
        )
        .order_by(col(ActionFollowUp.due_on), col(ActionFollowUp.id))
    ).all()
    told = set(
        session.exec(
            select(Message.record_id).where(
                Message.facility_id == actor.facility_id, Message.kind == MessageKind.OUTCOME_DUE
            )
        )
    )
    waiting = [(row, action) for row, action in due if row.id not in told]
    for row, action in waiting:
        _tell(session, actor, row, action, clock)
    return len(waiting)


def _tell(
    session: Session, actor: Actor, row: ActionFollowUp, action: Action, clock: Clock
) -> None:
    officer = [action.officer_id] if action.officer_id else []
    news = News(
        MessageKind.OUTCOME_DUE,
        row,
        due_on=row.due_on,
        detail={"action": action.code, "occasion": row.occasion},
    )
    to = officer or with_role(session, row.facility_id, Role.COORDINATOR)
    tell(session, actor, news, at=clock.now(), accounts=to)


def _ask_at_second_requests(session: Session, actor: Actor) -> None:
    """Make a question for each request that came from a country after an Action of it closed."""
    closed = session.exec(
        select(Action).where(
            Action.facility_id == actor.facility_id,
            Action.status == ActionStatus.COMPLETED,
            col(Action.closed_on).is_not(None),
        )
    ).all()
    if not closed:
        return
    first = min(action.closed_on for action in closed if action.closed_on)
    requests = session.exec(
        select(AssistanceRequest).where(
            AssistanceRequest.facility_id == actor.facility_id,
            col(AssistanceRequest.received_on) > first,
        )
    ).all()
    held = set(
        session.exec(
            select(ActionFollowUp.action_id, ActionFollowUp.request_id).where(
                ActionFollowUp.facility_id == actor.facility_id,
                ActionFollowUp.occasion == SECOND_REQUEST,
            )
        )
    )
    for action in closed:
        for request in requests:
            arrived = request.received_on
            if arrived and (action.id, request.id) not in held and _is_second(action, request):
                session.add(_question(action, request, arrived))
    session.flush()


def _is_second(action: Action, request: AssistanceRequest) -> bool:
    if request.received_on is None or action.closed_on is None:
        return False
    later = request.received_on > action.closed_on and request.action_id != action.id
    return later and bool(set(request.countries) & set(action.countries))


def _question(action: Action, request: AssistanceRequest, due_on: date) -> ActionFollowUp:
    return ActionFollowUp(
        facility_id=action.facility_id,
        origin=action.origin,
        action_id=action.id,
        occasion=SECOND_REQUEST,
        due_on=due_on,
        request_id=request.id,
    )
