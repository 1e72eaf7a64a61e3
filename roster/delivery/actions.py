"""Actions: begun from an approved request or by hand, moved, judged by results, closed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, delete, select

from roster import records
from roster.dates import PartialDate
from roster.delivery.undertakings import (
    areas_of,
    free_code,
    log_step,
    months_later,
    plan_from,
    plan_team,
    region_of,
    scope_of,
    tie,
)
from roster.errors import Conflict, FieldError, InvalidInput, NotFound
from roster.inputs import ActionInput, ActionMove, ResultInput, ResultJudgement
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.actions import action_row, officers
from roster.queries.facilities import rules_of
from roster.queries.requests import get_request
from roster.search_terms import make_actions_findable
from roster.tables import (
    Action,
    ActionFollowUp,
    ActionResult,
    ActivityPlan,
    Deployment,
    Expert,
    Fiche,
)
from roster.terms import check_places
from roster.vocabulary import (
    ActionStatus,
    DeploymentStatus,
    FicheStatus,
    Origin,
    PlanStatus,
    RequestStatus,
    ResultState,
)

FOLLOWING: dict[ActionStatus, tuple[ActionStatus, ...]] = {
    ActionStatus.IN_PREPARATION: (ActionStatus.ONGOING, ActionStatus.CANCELLED),
    ActionStatus.ONGOING: (ActionStatus.COMPLETED, ActionStatus.CANCELLED),
    ActionStatus.COMPLETED: (ActionStatus.ONGOING,),
    ActionStatus.CANCELLED: (ActionStatus.IN_PREPARATION,),
    ActionStatus.ON_HOLD: (ActionStatus.ONGOING, ActionStatus.CANCELLED),
}
"""Where an Action may go. Being on hold is a flag beside its status."""
CLOSED = frozenset({ActionStatus.COMPLETED, ActionStatus.CANCELLED})
_SHOWN_BY = frozenset({ResultState.REACHED, ResultState.PARTLY})


def begin(session: Session, actor: Actor, request_id: UUID, *, clock: Clock) -> Action:
    """Make an Action of an approved request: its fiche becomes the plan, its team is planned for.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        The request is not approved, or led to an Action already.
    """
    require(actor, Permission.WRITE_ACTIONS)
    request = get_request(session, actor, request_id)
    if request.action_id is not None:
        raise Conflict("This request led to an Action already.")
    if request.status is not RequestStatus.APPROVED:
        raise Conflict("Only an approved request becomes an Action. Record the decision first.")
    fiche = session.exec(
        select(Fiche)
        .where(Fiche.request_id == request.id, Fiche.status == FicheStatus.APPROVED)
        .order_by(col(Fiche.version).desc())
    ).first()
    action = Action(
        facility_id=request.facility_id,
        origin=request.origin if request.origin is not Origin.REAL else actor.origin,
        code=free_code(session, actor, fiche.title if fiche else request.title),
        name=fiche.title if fiche else request.title,
        status=ActionStatus.IN_PREPARATION,
        officer_id=request.officer_id or actor.account_id,
        region=region_of(request.countries),
        scope=request.scope or scope_of(request.countries, request.regional_body).value,
        countries=list(request.countries),
        regional_body=request.regional_body,
        topics=list(request.topics),
        areas=areas_of(request.topics),
        authority=request.authority,
        objective=fiche.objective if fiche else "",
        starts=PartialDate.of(request.starts) if request.starts else None,
        ends=PartialDate.of(request.ends) if request.ends else None,
    )
    session.add(action)
    session.flush()
    plan_from(session, actor, action, fiche, at=clock.now())
    plan_team(session, action, request, at=clock.now())
    tie(session, request, action)
    log_step(session, actor, action, None, "", clock.now())
    make_actions_findable(session, [action])
    records.log_change(session, actor, action, "begun", clock.now(), request=request.id)
    return action


def write_down(session: Session, actor: Actor, given: ActionInput, *, clock: Clock) -> Action:
    """Write an Action down by hand, with an empty draft of its plan.

    Raises
    ------
    NotAllowed, UnknownTerm
    InvalidInput
        The officer is nobody who may look after an Action here.
    """
    require(actor, Permission.WRITE_ACTIONS)
    _check(session, actor, given)
    action = Action(
        facility_id=actor.facility_id,
        origin=actor.origin,
        code=free_code(session, actor, given.name),
        name=given.name,
        status=ActionStatus.IN_PREPARATION,
    )
    _fill(action, given)
    action.officer_id = given.officer_id or actor.account_id
    session.add(action)
    session.flush()
    session.add(
        ActivityPlan(
            facility_id=action.facility_id,
            origin=action.origin,
            created_at=clock.now(),
            action_id=action.id,
            version=1,
            status=PlanStatus.DRAFT,
            by=actor.account_id,
        )
    )
    session.flush()
    log_step(session, actor, action, None, "", clock.now())
    make_actions_findable(session, [action])
    records.log_change(session, actor, action, "created", clock.now())
    return action


def correct(
    session: Session, actor: Actor, code: str, given: ActionInput, *, clock: Clock
) -> Action:
    """Correct what is written of an Action; its code, and so its address, stays.

    Raises
    ------
    NotFound, NotAllowed, UnknownTerm, InvalidInput
    """
    action = _own(session, actor, code)
    _check(session, actor, given)
    _fill(action, given)
    action.officer_id = given.officer_id
    session.add(action)
    session.flush()
    make_actions_findable(session, [action])
    records.log_change(session, actor, action, "changed", clock.now())
    return action


def move(session: Session, actor: Actor, code: str, given: ActionMove, *, clock: Clock) -> Action:
    """Move an Action on, put it on hold or take it up again, close or cancel it.

    Closing asks what became of it after the months of the facility's rules; cancelling cancels
    deployments that were planned; taking a closed one up again takes open questions back.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        It cannot go there from where it is.
    InvalidInput
        Holding, cancelling and taking up again need a reason; no Action closed in the future.
    """
    action = _own(session, actor, code)
    before, now = action.status, clock.now()
    reason = given.reason.strip()
    _check_move(action, given, reason, now.date())
    if given.status is ActionStatus.ON_HOLD:
        action.on_hold = True
    else:
        action.on_hold, action.status = False, given.status
    stopped = action.on_hold or action.status is ActionStatus.CANCELLED
    action.standing_reason = reason if stopped else None
    action.closed_on = (given.on or now.date()) if action.status in CLOSED else None
    session.add(action)
    if action.status is not before:
        _settle(session, action, before, now)
    log_step(session, actor, action, before, reason, now)
    act = ActionStatus.ON_HOLD if action.on_hold else action.status
    records.log_change(session, actor, action, act.value, now)
    return action


def expect(
    session: Session, actor: Actor, code: str, given: ResultInput, *, clock: Clock
) -> ActionResult:
    """Add a result that the Action is to reach.

    Raises
    ------
    NotFound, NotAllowed
    """
    action = _own(session, actor, code)
    held = session.exec(select(ActionResult).where(ActionResult.action_id == action.id)).all()
    result = ActionResult(
        facility_id=action.facility_id,
        origin=action.origin,
        action_id=action.id,
        position=max((one.position for one in held), default=0) + 1,
        constituent=given.constituent,
        title=given.title,
        expected=True,
    )
    session.add(result)
    session.flush()
    records.log_change(session, actor, action, "result_added", clock.now(), result=result.id)
    return result


def judge(
    session: Session,
    actor: Actor,
    code: str,
    result_id: UUID,
    given: ResultJudgement,
    *,
    clock: Clock,
) -> ActionResult:
    """Say how far a result was reached, and what shows it.

    Raises
    ------
    NotFound, NotAllowed
    InvalidInput
        Nothing is said that shows a result which was reached.
    """
    action = _own(session, actor, code)
    result = session.get(ActionResult, result_id)
    if result is None or result.action_id != action.id:
        raise NotFound("There is no such result of this Action.")
    note = given.note.strip()
    if given.state in _SHOWN_BY and not note:
        words = "Say what shows that the result was reached."
        raise InvalidInput(words, (FieldError("/note", words),))
    result.state, result.note = given.state, note
    session.add(result)
    records.log_change(
        session, actor, action, f"result_{given.state.value}", clock.now(), result=result.id
    )
    return result


def _own(session: Session, actor: Actor, code: str) -> Action:
    require(actor, Permission.WRITE_ACTIONS)
    return action_row(session, actor, code, Permission.WRITE_ACTIONS)


def _check(session: Session, actor: Actor, given: ActionInput) -> None:
    check_places(given.countries, given.topics, given.regional_body)
    if given.officer_id and given.officer_id not in dict(officers(session, actor)):
        words = "Choose somebody who is an officer or a coordinator of this facility."
        raise InvalidInput(words, (FieldError("/officer_id", words),))


def _fill(action: Action, given: ActionInput) -> None:
    action.name = given.name
    action.authority = given.authority
    action.objective = given.objective
    action.regional_body = given.regional_body
    if action.countries != list(given.countries) or action.region is None:
        action.region = region_of(given.countries)
    action.countries = list(given.countries)
    action.scope = (given.scope or scope_of(given.countries, given.regional_body)).value
    if action.topics != list(given.topics):
        # Areas as printed stay where topics do.
        action.topics, action.areas = list(given.topics), areas_of(given.topics)
    action.starts, action.ends = given.starts, given.ends


def _check_move(action: Action, given: ActionMove, reason: str, today: date) -> None:
    to = given.status
    if to is ActionStatus.ON_HOLD:
        allowed = not action.on_hold and action.status not in CLOSED
    else:
        resumed = action.on_hold and to is action.status
        allowed = resumed or to in FOLLOWING[action.status]
    if not allowed:
        raise Conflict("The Action cannot go there from where it is. Open its page again.")
    stops = to in {ActionStatus.ON_HOLD, ActionStatus.CANCELLED}
    if (stops or action.status in CLOSED) and not reason:
        words = "Say why."
        raise InvalidInput(words, (FieldError("/reason", words),))
    if given.on is not None and given.on > today:
        words = "That day is still to come."
        raise InvalidInput(words, (FieldError("/on", words),))


def _settle(session: Session, action: Action, before: ActionStatus, now: datetime) -> None:
    """Do what closing, cancelling or taking up again brings with it."""
    if before in CLOSED:
        session.execute(
            delete(ActionFollowUp).where(
                col(ActionFollowUp.action_id) == action.id, col(ActionFollowUp.adopted).is_(None)
            )
        )
    if action.status is ActionStatus.COMPLETED and action.closed_on:
        _ask_later(session, action, action.closed_on)
    if action.status is ActionStatus.CANCELLED:
        _call_off(session, action, now)


def _ask_later(session: Session, action: Action, closed_on: date) -> None:
    held = set(
        session.exec(select(ActionFollowUp.occasion).where(ActionFollowUp.action_id == action.id))
    )
    for months in rules_of(session, action.facility_id).follow_up_months:
        occasion = f"{months}_months"
        if occasion not in held:
            session.add(
                ActionFollowUp(
                    facility_id=action.facility_id,
                    origin=action.origin,
                    action_id=action.id,
                    occasion=occasion,
                    due_on=months_later(closed_on, months),
                )
            )
    session.flush()


def _call_off(session: Session, action: Action, now: datetime) -> None:
    """Cancel what was planned; what was done stays done."""
    rows = session.exec(
        select(Deployment, Expert)
        .join(Expert, col(Expert.id) == col(Deployment.expert_id))
        .where(Deployment.action_id == action.id, Deployment.status == DeploymentStatus.PLANNED)
    ).all()
    for deployment, _ in rows:
        deployment.status = DeploymentStatus.CANCELLED
        deployment.reason = action.standing_reason or ""
        session.add(deployment)
    people = {expert.id: expert for _, expert in rows}
    records.refresh(session, list(people.values()), now)
