"""Calls for experts: sent to chosen focal points with a deadline, closed, recalled to mind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.errors import FieldError, InvalidInput, NotFound
from roster.inputs import NewCall
from roster.policy import Actor, Permission, require, system_actor
from roster.ports import Clock
from roster.queries.calls import asked_already, get_call, refuse_where_over
from roster.queries.facilities import rules_of
from roster.queries.outreach import focal_points_by_state
from roster.queries.requests import get_request
from roster.tables import AssistanceRequest, Call, CallRecipient, Team
from roster.telling.messages import News, about_request, focal_points, tell
from roster.vocabulary import MessageKind


def open_call(
    session: Session, actor: Actor, request_id: UUID, given: NewCall, *, clock: Clock
) -> Call:
    """Call the focal points of some countries for experts, and tell each of them.

    Raises
    ------
    NotFound, NotAllowed
    InvalidInput
        The deadline is over, a country has no focal point, or was asked and has not answered yet.
    Conflict
        The request is rejected, forwarded or withdrawn.
    """
    require(actor, Permission.WRITE_CALLS)
    request = get_request(session, actor, request_id)
    refuse_where_over(request)
    now = clock.now()
    rules = rules_of(session, request.facility_id)
    deadline = given.deadline or now.date() + timedelta(days=rules.call_days)
    countries = tuple(dict.fromkeys(given.countries))
    _check_deadline(deadline, now.date())
    _check_countries(session, actor, request, countries)
    _check_team(session, request, given.team_id)
    call = Call(
        facility_id=request.facility_id,
        origin=request.origin,
        created_at=now,
        request_id=request.id,
        team_id=given.team_id,
        text=given.text,
        deadline=deadline,
        by=actor.account_id,
    )
    session.add(call)
    session.flush()
    session.add_all(
        CallRecipient(
            facility_id=call.facility_id, origin=call.origin, call_id=call.id, country=country
        )
        for country in countries
    )
    records.log_change(session, actor, call, "created", now, request=request.id)
    news = News(MessageKind.CALL_OPENED, call, due_on=deadline, detail=about_request(request))
    asked = focal_points(session, call.facility_id, countries)
    tell(session, actor, news, at=now, accounts=asked)
    return call


def _check_deadline(deadline: date, today: date) -> None:
    if deadline < today:
        told = "Give a day that is not over: focal points need time to answer."
        raise InvalidInput(told, (FieldError("/deadline", told),))


def _check_countries(
    session: Session, actor: Actor, request: AssistanceRequest, countries: Iterable[str]
) -> None:
    reached = focal_points_by_state(session, actor)
    silent = [one for one in countries if one not in reached]
    waiting = asked_already(session, request.id)
    errors = [
        FieldError("/countries", f"No focal point of {one} has an account yet.") for one in silent
    ]
    errors += [
        FieldError("/countries", f"{one} was asked already and has not answered yet.")
        for one in countries
        if one in waiting
    ]
    if errors:
        raise InvalidInput("Not every country can be asked.", tuple(errors))


def _check_team(session: Session, request: AssistanceRequest, team_id: UUID | None) -> None:
    if team_id is None:
        return
    team = session.get(Team, team_id)
    if team is None or team.request_id != request.id:
        raise NotFound("There is no such team for this request.")


def close_call(session: Session, actor: Actor, call_id: UUID, *, clock: Clock) -> Call:
    """Close a call; whoever answers later is marked as late.

    Raises
    ------
    NotFound, NotAllowed
    """
    require(actor, Permission.WRITE_CALLS)
    call = get_call(session, actor, call_id)
    if call.closed_at is None:
        call.closed_at = clock.now()
        session.add(call)
        records.log_change(session, actor, call, "closed", call.closed_at)
    return call


def remind(session: Session, *, clock: Clock) -> int:
    """Remind those who have not answered, once, shortly before the deadline; return how many."""
    today = clock.now().date()
    waiting = session.exec(
        select(CallRecipient, Call)
        .join(Call, col(Call.id) == col(CallRecipient.call_id))
        .where(
            col(CallRecipient.answered_at).is_(None),
            col(CallRecipient.reminded_at).is_(None),
            col(Call.closed_at).is_(None),
            col(Call.deadline) >= today,
        )
        .order_by(col(Call.created_at), col(CallRecipient.country))
    ).all()
    due = [
        (recipient, call)
        for recipient, call in waiting
        if call.deadline - today
        <= timedelta(days=rules_of(session, call.facility_id).reminder_days)
        and call.created_at.date() < today
    ]
    for recipient, call in due:
        recipient.reminded_at = clock.now()
        session.add(recipient)
        request = session.get_one(AssistanceRequest, call.request_id)
        tell(
            session,
            system_actor(call.facility_id),
            News(
                MessageKind.CALL_REMINDER, call, due_on=call.deadline, detail=about_request(request)
            ),
            at=clock.now(),
            accounts=focal_points(session, call.facility_id, [recipient.country]),
        )
    return len(due)
