"""What the steering body decides of a request: approved, rejected, or forwarded to another."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from roster import records, request_path
from roster.errors import Conflict, FieldError, InvalidInput
from roster.inputs.fiches import DecisionInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.facilities import rules_of
from roster.queries.fiches import ballot_of, fiche_rows, submitted
from roster.queries.requests import get_request
from roster.queries.screening import round_for
from roster.tables import AssistanceRequest, Decision, Facility, Fiche
from roster.telling import messages
from roster.vocabulary import FicheStatus, MessageKind, RequestStatus, Role

_OFFICERS = (Role.PROJECT_OFFICER, Role.COORDINATOR)


def decide(
    session: Session, actor: Actor, request_id: UUID, given: DecisionInput, *, clock: Clock
) -> Decision:
    """Write a decision down and move the request; what is forwarded is copied where it goes.

    Raises
    ------
    NotFound, NotAllowed
    InvalidInput
        The day lies ahead or before the receipt, or the facility is not known.
    Conflict
        Nothing was submitted that could be approved, too few have voted, a reason is missing, or
        the step does not follow from where the request stands.
    """
    require(actor, Permission.WRITE_REQUESTS)
    request = get_request(session, actor, request_id)
    request_path.require_alive(session, request)
    now = clock.now()
    _check_day(request, given, now)
    fiche = submitted(session, request.id)
    _require_ballot(session, request, fiche, given)
    target = _facility(session, actor, given.to_facility) if given.to_facility else None
    reason = given.reason or None
    request_path.step(session, actor, request, given.outcome, reason=reason, at=now)
    made = Decision(
        facility_id=request.facility_id,
        origin=request.origin,
        created_at=now,
        request_id=request.id,
        fiche_id=fiche.id if fiche else None,
        outcome=given.outcome,
        decided_on=given.decided_on,
        reason="\n".join(filter(None, (given.reason, given.without_votes))),
        minutes=given.minutes,
        forwarded_to=target.name if target else given.to_body,
        by=actor.account_id,
    )
    session.add(made)
    session.flush()
    records.log_change(session, actor, made, "created", now, request=request.id)
    _settle(session, actor, request, fiche, given.outcome, now)
    if given.outcome is RequestStatus.FORWARDED:
        _forward(session, actor, request, made, target, now)
    _tell_here(session, actor, request, given, now)
    return made


def facilities_beside(session: Session, actor: Actor) -> tuple[tuple[UUID, str], ...]:
    """Return the other facilities of this installation with their names, in order of these.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.WRITE_REQUESTS)
    rows = session.exec(select(Facility).where(Facility.id != actor.facility_id))
    return tuple(sorted(((row.id, row.name) for row in rows), key=lambda one: one[1]))


def _check_day(request: AssistanceRequest, given: DecisionInput, now: datetime) -> None:
    words = ""
    if given.decided_on > now.date():
        words = "This day is still to come. Give the day on which it was decided."
    elif request.received_on is not None and given.decided_on < request.received_on:
        words = "This day lies before the one on which the request was received."
    if words:
        raise InvalidInput(words, (FieldError("/decided_on", words),))


def _require_ballot(
    session: Session, request: AssistanceRequest, fiche: Fiche | None, given: DecisionInput
) -> None:
    """Hold a decision on a fiche to what the rules ask for: something submitted, enough votes."""
    steering = rules_of(session, request.facility_id).steering
    if fiche is None:
        if given.outcome is RequestStatus.APPROVED:
            raise Conflict(
                f"Submit the action fiche to the {steering} first: nothing lies before it that "
                "could be approved."
            )
        return
    if given.outcome is RequestStatus.FORWARDED or given.without_votes:
        return
    ballot = ballot_of(session, request)
    if ballot.missing:
        raise Conflict(
            f"{len(ballot.votes)} of {ballot.least} votes that the rules ask for are cast. Wait "
            "for the others, or say why it is decided without them."
        )


def _facility(session: Session, actor: Actor, facility_id: UUID) -> Facility:
    found = session.get(Facility, facility_id)
    if found is None or found.id == actor.facility_id:
        words = "There is no such other facility here. Choose one of those listed, or name a body."
        raise InvalidInput(words, (FieldError("/to_facility", words),))
    return found


def _settle(
    session: Session,
    actor: Actor,
    request: AssistanceRequest,
    decided: Fiche | None,
    outcome: RequestStatus,
    at: datetime,
) -> None:
    """Approve the version that was decided on; what else was in work is replaced by it."""
    if decided is None or outcome is not RequestStatus.APPROVED:
        return
    for fiche in fiche_rows(session, request.id):
        before = fiche.status
        fiche.status = FicheStatus.APPROVED if fiche.id == decided.id else FicheStatus.REPLACED
        session.add(fiche)
        if fiche.status is not before:
            act = fiche.status.value
            records.log_change(session, actor, fiche, act, at, request=request.id)
    session.flush()


def _forward(
    session: Session,
    actor: Actor,
    request: AssistanceRequest,
    decision: Decision,
    target: Facility | None,
    at: datetime,
) -> None:
    """Say where a request went; in another facility here it is received anew, by its rules."""
    request.forwarded_to = decision.forwarded_to
    session.add(request)
    if target is None:
        return
    there = replace(actor, facility_id=target.id, grants=())
    copy = request_path.copy_of(session, request, facility_id=target.id, at=at)
    copy.received_on = decision.decided_on
    copy.round_id = round_for(session, target.id, copy.received_on)
    request_path.begin(session, there, copy, at)
    detail = {"outcome": RequestStatus.RECEIVED.value, **messages.about_request(copy)}
    news = messages.News(MessageKind.DECISION, copy, detail=detail)
    to = messages.with_role(session, target.id, *_OFFICERS)
    messages.tell(session, there, news, at=at, accounts=to)


def _tell_here(
    session: Session,
    actor: Actor,
    request: AssistanceRequest,
    given: DecisionInput,
    at: datetime,
) -> None:
    coordinators = messages.with_role(session, request.facility_id, Role.COORDINATOR)
    to = [*([request.officer_id] if request.officer_id else []), *coordinators]
    detail = {"outcome": given.outcome.value, **messages.about_request(request)}
    news = messages.News(MessageKind.DECISION, request, detail=detail)
    messages.tell(session, actor, news, at=at, accounts=to)
