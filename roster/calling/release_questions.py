"""Asking for releases: of a person, for a seat that came free, and asking no longer."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from roster import authorities, records, stages
from roster.disclosures import Handed, note_disclosures
from roster.errors import Conflict, FieldError, InvalidInput
from roster.inputs import AskRelease
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.calls import nomination_of, refuse_where_over
from roster.queries.experts import get_expert
from roster.queries.facilities import rules_of
from roster.queries.releases import (
    get_release,
    get_seat,
    outcome_on,
    standing_release,
    who_releases,
)
from roster.queries.requests import get_request
from roster.tables import AssistanceRequest, Expert, Release
from roster.telling.messages import News, about_request, tell
from roster.telling.notices import require_informed
from roster.vocabulary import DisclosureMeans, ExpertStatus, MessageKind, ReleaseOutcome, Stage


def ask_release(
    session: Session, actor: Actor, request_id: UUID, given: AskRelease, *, clock: Clock
) -> Release:
    """Ask the home authority to release a person; where that is asked already, nothing changes.

    Raises
    ------
    NotFound, NotAllowed
    InvalidInput
        The day due is over.
    Conflict
        The request is over; the person is not active, has left the list of the request, or was
        not told that she is on the roster.
    """
    require(actor, Permission.WRITE_CALLS)
    request = get_request(session, actor, request_id)
    refuse_where_over(request)
    expert = get_expert(session, actor, given.expert_id, Permission.RANK)
    now = clock.now()
    due_on = given.due_on or _due(session, request, now.date())
    if due_on < now.date():
        told = "Give a day that is not over: the authority needs time to answer."
        raise InvalidInput(told, (FieldError("/due_on", told),))
    if given.seat_id is not None:
        get_seat(session, request.id, given.seat_id)
    known = standing_release(session, request.id, expert.id)
    if known is not None and outcome_on(known, now.date()) is not ReleaseOutcome.EXPIRED:
        return known
    _check_person(session, request, expert)
    nomination = nomination_of(session, request.id, expert.id)
    release = Release(
        facility_id=request.facility_id,
        origin=expert.origin,
        created_at=now,
        expert_id=expert.id,
        request_id=request.id,
        nomination_id=nomination.id if nomination else None,
        seat_id=given.seat_id,
        due_on=due_on,
        note=given.note,
        asked_by=actor.account_id,
    )
    session.add(release)
    session.flush()
    stages.put_on(session, actor, request, expert, Stage.SHORTLISTED, at=now)
    authorities.keep(session, actor, release, expert, "asked", now)
    news = News(MessageKind.RELEASE_ASKED, release, due_on=due_on, detail=about_request(request))
    tell(session, actor, news, at=now, accounts=who_releases(session, expert))
    _note_disclosure(session, actor, release, expert, now)
    return release


def _note_disclosure(
    session: Session, actor: Actor, release: Release, expert: Expert, now: datetime
) -> None:
    """Write that her administration was told for which request she is wanted."""
    handed = Handed(
        DisclosureMeans.LETTER,
        "release",
        "home administration",
        str(release.request_id),
        expert.home_country,
    )
    note_disclosures(session, actor, [expert.id], handed, at=now)


def _due(session: Session, request: AssistanceRequest, today: date) -> date:
    return today + timedelta(days=rules_of(session, request.facility_id).release_days)


def _check_person(session: Session, request: AssistanceRequest, expert: Expert) -> None:
    if expert.status is not ExpertStatus.ACTIVE:
        raise Conflict(f"This person’s record is {expert.status.value}: nobody releases her.")
    entry = stages.entry_of(session, request, expert)
    if entry is not None and entry.stage.is_exit:
        raise Conflict("This person has left the list of the request. Take her back there first.")
    require_informed(session, [expert.id])


def take_back(session: Session, actor: Actor, release_id: UUID, *, clock: Clock) -> Release:
    """Ask no longer for a release that nobody has answered; the person stays where she stands.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        It was answered, or withdrawn before.
    """
    require(actor, Permission.WRITE_CALLS)
    release = get_release(session, actor, release_id, Permission.RANK)
    if release.outcome is not ReleaseOutcome.PENDING:
        raise Conflict(f"This release is {release.outcome.value}: it is not waited for any more.")
    release.outcome = ReleaseOutcome.WITHDRAWN
    expert = session.get_one(Expert, release.expert_id)
    authorities.keep(session, actor, release, expert, "withdrawn", clock.now())
    return release


def seat_alternate(
    session: Session,
    actor: Actor,
    request_id: UUID,
    seat_id: UUID,
    expert_id: UUID,
    *,
    clock: Clock,
) -> Release:
    """Seat somebody on a seat that came free, and ask for her release.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        Somebody sits there, or the person is not to be had; nobody is seated then.
    """
    require(actor, Permission.WRITE_CALLS)
    get_request(session, actor, request_id)
    seat = get_seat(session, request_id, seat_id)
    if seat.expert_id not in (None, expert_id):
        raise Conflict("Somebody sits here already.")
    release = ask_release(
        session, actor, request_id, AskRelease(expert_id=expert_id, seat_id=seat_id), clock=clock
    )
    seat.expert_id = expert_id
    seat.alternates = [one for one in seat.alternates if one != str(expert_id)]
    session.add(seat)
    records.log_change(
        session, actor, seat, "seated", clock.now(), request=request_id, expert=expert_id
    )
    return release
