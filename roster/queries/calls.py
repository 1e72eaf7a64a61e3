"""Calls with their answers: for officers all of them, for a focal point her own country's part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from roster.errors import Conflict, NotFound
from roster.policy import Actor, Permission, visible_experts
from roster.queries.asked import asked_of, seats_asked
from roster.queries.experts import expert_row
from roster.queries.overlaps import overlaps_of
from roster.queries.releases import outcome_on
from roster.read import CallView, NominationView, RecipientView, SeatAsked
from roster.tables import (
    Account,
    AssistanceRequest,
    Call,
    CallRecipient,
    Expert,
    Nomination,
    Release,
    Seat,
    ShortlistEntry,
)
from roster.vocabulary import ReleaseOutcome, RequestStatus, Stage

OVER = frozenset({RequestStatus.REJECTED, RequestStatus.FORWARDED, RequestStatus.WITHDRAWN})
"""Requests for which nobody is looked for any more."""


def refuse_where_over(request: AssistanceRequest) -> None:
    """Refuse to look for people for a request that is over.

    Raises
    ------
    Conflict
    """
    if request.status in OVER:
        raise Conflict(f"This request is {request.status.value}: nobody is looked for any more.")


def countries_of(actor: Actor) -> frozenset[str]:
    """Return the countries for which an actor answers."""
    grants = actor.grants_for(Permission.ANSWER_CALLS)
    return frozenset(grant.country for grant in grants if grant.country)


def sees_all(actor: Actor) -> bool:
    """Whether an actor sees calls as officers do: every country and every answer."""
    return actor.may(Permission.WRITE_CALLS)


def visible_calls(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on `Call` for those that an actor may know of."""
    here = col(Call.facility_id) == actor.facility_id
    if sees_all(actor):
        return here
    asked = select(CallRecipient.call_id).where(
        col(CallRecipient.country).in_(sorted(countries_of(actor)))
    )
    return here & col(Call.id).in_(asked)


def get_call(session: Session, actor: Actor, call_id: UUID) -> Call:
    """Return a call of the facility; for a focal point one that her country got.

    Raises
    ------
    NotFound
    """
    found = session.exec(select(Call).where(Call.id == call_id, visible_calls(actor))).first()
    if found is None:
        raise NotFound("There is no such call here.")
    return found


def get_nomination(session: Session, actor: Actor, nomination_id: UUID) -> Nomination:
    """Return a nomination of one of a focal point's own people.

    Raises
    ------
    NotFound
    """
    found = session.exec(
        select(Nomination)
        .join(Expert, col(Expert.id) == col(Nomination.expert_id))
        .where(
            Nomination.id == nomination_id,
            Nomination.facility_id == actor.facility_id,
            visible_experts(actor, Permission.ANSWER_CALLS),
        )
    ).first()
    if found is None:
        raise NotFound("There is no such nomination of yours.")
    return found


def nomination_of(session: Session, request_id: UUID, expert_id: UUID) -> Nomination | None:
    """Return the latest nomination of a person for a request that was not withdrawn."""
    return session.exec(
        select(Nomination)
        .join(Call, col(Call.id) == col(Nomination.call_id))
        .where(
            Call.request_id == request_id,
            Nomination.expert_id == expert_id,
            col(Nomination.withdrawn_at).is_(None),
        )
        .order_by(col(Nomination.created_at).desc(), col(Nomination.id))
    ).first()


def recipients_of(session: Session, call: Call) -> tuple[CallRecipient, ...]:
    """Return the countries that a call was sent to, by code."""
    found = select(CallRecipient).where(CallRecipient.call_id == call.id)
    return tuple(session.exec(found.order_by(col(CallRecipient.country))))


def nominations_standing(session: Session, call: Call) -> tuple[Nomination, ...]:
    """Return the nominations of a call that were not withdrawn, oldest first."""
    found = select(Nomination).where(
        Nomination.call_id == call.id, col(Nomination.withdrawn_at).is_(None)
    )
    return tuple(session.exec(found.order_by(col(Nomination.created_at), col(Nomination.id))))


def asked_already(session: Session, request_id: UUID) -> frozenset[str]:
    """Return the countries that have an open call for a request and have not answered it."""
    found = session.exec(
        select(CallRecipient.country)
        .join(Call, col(Call.id) == col(CallRecipient.call_id))
        .where(
            Call.request_id == request_id,
            col(Call.closed_at).is_(None),
            col(CallRecipient.answer).is_(None),
        )
    )
    return frozenset(found)


def calls_of(
    session: Session,
    actor: Actor,
    today: date,
    *,
    request_id: UUID | None = None,
    call_id: UUID | None = None,
) -> tuple[CallView, ...]:
    """Return calls that the actor may see, the latest first, with their answers as they stand.

    A focal point sees what is asked for, her own country's answer and her own people in it; never
    which other countries were asked, nor whom they put forward.

    Parameters
    ----------
    request_id, call_id : only those of a request; only this one
    """
    query = select(Call).where(visible_calls(actor))
    if request_id is not None:
        query = query.where(Call.request_id == request_id)
    if call_id is not None:
        query = query.where(Call.id == call_id)
    calls = session.exec(query.order_by(col(Call.created_at).desc(), col(Call.id))).all()
    ids = [call.id for call in calls]
    requests = _requests(session, [call.request_id for call in calls])
    seats = seats_asked(session, [call.team_id for call in calls if call.team_id])
    recipients = _recipients(session, actor, ids)
    nominations = _nominations(session, actor, calls, today)
    names = _names(session, calls) if sees_all(actor) else {}
    return tuple(
        CallView(
            id=call.id,
            asked=asked_of(requests[call.request_id], _seats(seats, call.team_id)),
            title=requests[call.request_id].title if sees_all(actor) else "",
            text=call.text,
            opened_at=call.created_at,
            deadline=call.deadline,
            closed_at=call.closed_at,
            by=names.get(call.by) if call.by else None,
            recipients=tuple(
                _recipient_view(one, call) for one in recipients if one.call_id == call.id
            ),
            nominations=tuple(one for one in nominations if one.call_id == call.id),
        )
        for call in calls
    )


def call_of(session: Session, actor: Actor, call_id: UUID, today: date) -> CallView:
    """Return one call as the actor may see it.

    Raises
    ------
    NotFound
    """
    get_call(session, actor, call_id)
    return calls_of(session, actor, today, call_id=call_id)[0]


def nomination_view(
    session: Session, actor: Actor, nomination_id: UUID, today: date
) -> NominationView:
    """Return one nomination of a call that the actor may see, of a person whom she may know of.

    Raises
    ------
    NotFound
    """
    # In one question: whether it is not there or not hers takes the same time.
    allowed = Permission.RANK if sees_all(actor) else Permission.ANSWER_CALLS
    call = session.exec(
        select(Call)
        .join(Nomination, col(Nomination.call_id) == col(Call.id))
        .join(Expert, col(Expert.id) == col(Nomination.expert_id))
        .where(
            Nomination.id == nomination_id, visible_calls(actor), visible_experts(actor, allowed)
        )
    ).first()
    if call is None:
        raise NotFound("There is no such nomination here.")
    return next(
        one for one in _nominations(session, actor, [call], today) if one.id == nomination_id
    )


def _seats(seats: Mapping[UUID, list[SeatAsked]], team_id: UUID | None) -> tuple[SeatAsked, ...]:
    return tuple(seats.get(team_id, ())) if team_id else ()


def _requests(session: Session, ids: Sequence[UUID]) -> dict[UUID, AssistanceRequest]:
    found = session.exec(select(AssistanceRequest).where(col(AssistanceRequest.id).in_(ids)))
    return {one.id: one for one in found}


def _names(session: Session, calls: Sequence[Call]) -> dict[UUID, str]:
    ids = [call.by for call in calls if call.by]
    named = select(Account.id, Account.name).where(col(Account.id).in_(ids))
    return dict(session.exec(named).all())


def _recipients(session: Session, actor: Actor, ids: Sequence[UUID]) -> list[CallRecipient]:
    query = select(CallRecipient).where(col(CallRecipient.call_id).in_(ids))
    if not sees_all(actor):
        query = query.where(col(CallRecipient.country).in_(sorted(countries_of(actor))))
    return list(session.exec(query.order_by(col(CallRecipient.country))))


def _recipient_view(one: CallRecipient, call: Call) -> RecipientView:
    return RecipientView(
        country=one.country,
        answer=one.answer,
        reason=one.reason,
        note=one.note,
        answered_at=one.answered_at,
        is_late=one.answered_at is not None and _is_late(one.answered_at, call),
        reminded_at=one.reminded_at,
    )


def _is_late(at: datetime, call: Call) -> bool:
    return at.date() > call.deadline or (call.closed_at is not None and at > call.closed_at)


def _nominations(
    session: Session, actor: Actor, calls: Sequence[Call], today: date
) -> list[NominationView]:
    by_id = {call.id: call for call in calls}
    allowed = Permission.RANK if sees_all(actor) else Permission.ANSWER_CALLS
    rows = session.exec(
        select(Nomination, Expert, Seat.position)
        .join(Expert, col(Expert.id) == col(Nomination.expert_id))
        .join(Seat, col(Seat.id) == col(Nomination.seat_id), isouter=True)
        .where(col(Nomination.call_id).in_(by_id), visible_experts(actor, allowed))
        .order_by(col(Nomination.created_at), col(Nomination.id))
    ).all()
    requests = {call.request_id for call in calls}
    people = {expert.id for _, expert, _ in rows}
    stages = _stages(session, requests, people)
    releases = _releases(session, requests, people, today)
    pairs = [(expert.id, by_id[one.call_id].request_id) for one, expert, _ in rows]
    overlaps = overlaps_of(session, actor, pairs, today)
    return [
        NominationView(
            id=one.id,
            call_id=one.call_id,
            person=expert_row(expert),
            seat=position,
            note=one.note,
            at=one.created_at,
            is_late=_is_late(one.created_at, by_id[one.call_id]),
            withdrawn_at=one.withdrawn_at,
            stage=stages.get((by_id[one.call_id].request_id, expert.id)),
            release=releases.get((by_id[one.call_id].request_id, expert.id)),
            overlaps=overlaps.get((expert.id, by_id[one.call_id].request_id), ()),
        )
        for one, expert, position in rows
    ]


def _stages(
    session: Session, requests: set[UUID], people: set[UUID]
) -> dict[tuple[UUID, UUID], Stage]:
    rows = session.exec(
        select(ShortlistEntry.request_id, ShortlistEntry.expert_id, ShortlistEntry.stage).where(
            col(ShortlistEntry.request_id).in_(requests),
            col(ShortlistEntry.expert_id).in_(people),
        )
    )
    return {(request_id, expert_id): Stage(stage) for request_id, expert_id, stage in rows}


def _releases(
    session: Session, requests: set[UUID], people: set[UUID], today: date
) -> dict[tuple[UUID, UUID], ReleaseOutcome]:
    """Return where the latest release of each person for each request stands."""
    rows = session.exec(
        select(Release)
        .where(col(Release.request_id).in_(requests), col(Release.expert_id).in_(people))
        .order_by(col(Release.created_at), col(Release.id))
    )
    return {
        (one.request_id, one.expert_id): outcome_on(one, today) for one in rows if one.request_id
    }
