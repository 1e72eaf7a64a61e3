"""What focal points answer to a call: people of theirs, or nobody and why.

No answer is no consent: a country that is silent has nominated nobody. A late answer is marked,
never lost.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records, stages, vacancies
from roster.errors import Conflict, FieldError, InvalidInput, NotFound
from roster.inputs import NobodyInput, NominationInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.calls import (
    get_call,
    get_nomination,
    nominations_standing,
    recipients_of,
    refuse_where_over,
)
from roster.queries.experts import get_expert
from roster.tables import (
    AssistanceRequest,
    Call,
    CallRecipient,
    Expert,
    Nomination,
    Release,
    Seat,
)
from roster.telling.messages import News, about_request, officers_of, tell
from roster.telling.notices import require_informed
from roster.vocabulary import CallAnswer, ExpertStatus, MessageKind, ReleaseOutcome, Stage


def nominate(
    session: Session, actor: Actor, call_id: UUID, given: NominationInput, *, clock: Clock
) -> Nomination:
    """Put one of one's own people forward; the same person twice changes the note only.

    Raises
    ------
    NotFound
        No such call, or nobody of her own people.
    NotAllowed
    Conflict
        The request is over, or the person is not active or was not told of her record.
    """
    require(actor, Permission.ANSWER_CALLS)
    call = get_call(session, actor, call_id)
    expert = get_expert(session, actor, given.expert_id, Permission.ANSWER_CALLS)
    recipient = _recipient(session, actor, call, expert.home_country)
    request = session.get_one(AssistanceRequest, call.request_id)
    refuse_where_over(request)
    _require_ready(session, expert)
    _check_seat(session, call, given.seat_id)
    now = clock.now()
    known = next(
        (one for one in nominations_standing(session, call) if one.expert_id == expert.id), None
    )
    if known is not None:
        known.note, known.seat_id = given.note, given.seat_id
        session.add(known)
        records.log_change(session, actor, known, "noted", now, request=request.id)
        return known
    nomination = Nomination(
        facility_id=call.facility_id,
        origin=expert.origin,
        created_at=now,
        call_id=call.id,
        expert_id=expert.id,
        seat_id=given.seat_id,
        note=given.note,
        by=actor.account_id,
    )
    session.add(nomination)
    session.flush()
    stages.put_on(session, actor, request, expert, Stage.LONGLISTED, at=now)
    records.log_change(
        session, actor, nomination, "created", now, request=request.id, expert=expert.id
    )
    _answer(session, actor, call, recipient, CallAnswer.NOMINATED, now)
    return nomination


def _require_ready(session: Session, expert: Expert) -> None:
    """Refuse who is not active, or was not told of her record."""
    if expert.status is not ExpertStatus.ACTIVE:
        raise Conflict(
            f"This person’s record is {expert.status.value}: only who is active can be nominated."
        )
    require_informed(session, [expert.id])


def _check_seat(session: Session, call: Call, seat_id: UUID | None) -> None:
    if seat_id is None:
        return
    seat = session.get(Seat, seat_id)
    if seat is None or call.team_id is None or seat.team_id != call.team_id:
        raise NotFound("This call is for no such seat.")


def withdraw_nomination(
    session: Session, actor: Actor, nomination_id: UUID, *, clock: Clock
) -> Nomination:
    """Take a nomination back: the person is not to be had, and no release is asked for any more.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        The person was deployed already.
    """
    require(actor, Permission.ANSWER_CALLS)
    nomination = get_nomination(session, actor, nomination_id)
    if nomination.withdrawn_at is not None:
        return nomination
    now = clock.now()
    call = session.get_one(Call, nomination.call_id)
    request = session.get_one(AssistanceRequest, call.request_id)
    expert = session.get_one(Expert, nomination.expert_id)
    entry = stages.entry_of(session, request, expert)
    if entry is not None and entry.stage in (Stage.DEPLOYED, Stage.COMPLETED):
        raise Conflict("This person has been deployed: a nomination cannot be taken back now.")
    nomination.withdrawn_at = now
    session.add(nomination)
    session.flush()
    records.log_change(
        session, actor, nomination, "withdrawn", now, request=request.id, expert=expert.id
    )
    _end_releases(session, actor, nomination, expert, now)
    if entry is not None and entry.stage in stages.BEFORE_LEAVING:
        stages.move(session, actor, entry, Stage.NOT_AVAILABLE, at=now, reason="other")
    vacancies.leave(session, actor, request, expert.id, at=now)
    _reopen(session, call, expert)
    detail = about_request(request) | {"country": expert.home_country or "", "answer": "withdrawn"}
    news = News(MessageKind.CALL_ANSWERED, call, detail=detail)
    tell(session, actor, news, at=now, accounts=officers_of(session, request, call.by))
    return nomination


def _end_releases(
    session: Session, actor: Actor, nomination: Nomination, expert: Expert, now: datetime
) -> None:
    granted = session.exec(
        select(Release).where(
            Release.nomination_id == nomination.id,
            col(Release.outcome) == ReleaseOutcome.GRANTED,
        )
    ).all()
    for release in granted:
        release.outcome, release.by = ReleaseOutcome.WITHDRAWN, actor.account_id
        session.add(release)
        records.log_change(session, actor, release, "withdrawn", now, expert=expert.id)
    if granted:
        records.refresh(session, [expert], now)


def _reopen(session: Session, call: Call, expert: Expert) -> None:
    """Let a country that nominates nobody any more count as one that has not answered."""
    standing = nominations_standing(session, call)
    homes = {session.get_one(Expert, one.expert_id).home_country for one in standing}
    for recipient in recipients_of(session, call):
        if recipient.country == expert.home_country and recipient.country not in homes:
            recipient.answer = recipient.answered_at = None
            session.add(recipient)


def answer_nobody(
    session: Session, actor: Actor, call_id: UUID, given: NobodyInput, *, clock: Clock
) -> CallRecipient:
    """Say that a country puts nobody forward, and why.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        Somebody of that country stands nominated: take that back first.
    """
    require(actor, Permission.ANSWER_CALLS)
    call = get_call(session, actor, call_id)
    recipient = _recipient(session, actor, call, given.country)
    for one in nominations_standing(session, call):
        if session.get_one(Expert, one.expert_id).home_country == recipient.country:
            raise Conflict("You have nominated somebody. Withdraw the nomination first.")
    recipient.reason, recipient.note = given.reason, given.note
    _answer(session, actor, call, recipient, CallAnswer.NOBODY, clock.now())
    return recipient


def _recipient(session: Session, actor: Actor, call: Call, country: str | None) -> CallRecipient:
    """Return the one that this actor answers for.

    Raises
    ------
    NotFound
        That country was not asked, or is none of hers.
    InvalidInput
        Several of her countries were asked and none is named.
    """
    grants = actor.grants_for(Permission.ANSWER_CALLS)
    own = {grant.country for grant in grants}
    mine = [
        one
        for one in recipients_of(session, call)
        if one.country in own and country in (None, one.country)
    ]
    if not mine:
        raise NotFound("There is no such call to your country.")
    if len(mine) > 1:
        told = "Say for which of your countries you answer."
        raise InvalidInput(told, (FieldError("/country", told),))
    return mine[0]


def _answer(
    session: Session,
    actor: Actor,
    call: Call,
    recipient: CallRecipient,
    answer: CallAnswer,
    now: datetime,
) -> None:
    if answer is CallAnswer.NOMINATED:
        recipient.reason, recipient.note = None, ""
    elif recipient.answer is not answer:
        recipient.answered_at = None
    recipient.answer, recipient.by = answer, actor.account_id
    recipient.answered_at = recipient.answered_at or now
    session.add(recipient)
    records.log_change(
        session, actor, recipient, answer.value, now, call=call.id, country=recipient.country
    )
    request = session.get_one(AssistanceRequest, call.request_id)
    detail = about_request(request) | {"country": recipient.country, "answer": answer.value}
    news = News(MessageKind.CALL_ANSWERED, call, detail=detail)
    tell(session, actor, news, at=now, accounts=officers_of(session, request, call.by))
