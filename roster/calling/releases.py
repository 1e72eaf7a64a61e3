"""Releases as home authorities give, refuse and withdraw them; what was granted moves on.

A refusal or a withdrawal opens the person's seats again and tells the officers; a release that is
granted moves the person to "agreed". Later than wanted is still an answer.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from roster import authorities, stages
from roster.errors import Conflict, FieldError, InvalidInput
from roster.inputs import GeneralRelease, GrantInput, RefusalInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.experts import get_expert
from roster.queries.releases import can_be_answered, get_release, outcome_on
from roster.tables import Expert, Release
from roster.vocabulary import MessageKind, RefusalReason, ReleaseOutcome, Stage

_WHY_NOT = {
    RefusalReason.STAFF: "staff_shortage",
    RefusalReason.AVAILABILITY: "availability",
    RefusalReason.INTEREST: "no_interest",
    RefusalReason.OTHER: "other",
}
"""What the reason of a refusal is called on a shortlist."""


def grant(
    session: Session, actor: Actor, release_id: UUID, given: GrantInput, *, clock: Clock
) -> Release:
    """Release a person for a request, with validity; later than wanted is still an answer.

    Raises
    ------
    NotFound, NotAllowed
    InvalidInput
        The validity is over.
    Conflict
        It was answered already, or nobody asks any more.
    """
    release = _answerable(session, actor, release_id)
    now = clock.now()
    _check_validity(given, now.date())
    expert = session.get_one(Expert, release.expert_id)
    release.outcome, release.reason = ReleaseOutcome.GRANTED, None
    _fill(release, actor, given, now)
    authorities.keep(session, actor, release, expert, "granted", now)
    request = authorities.request_of(session, release)
    if request is not None:
        entry = stages.put_on(session, actor, request, expert, Stage.SHORTLISTED, at=now)
        is_back = entry.stage is Stage.NOT_RELEASED
        if entry.stage in stages.BEFORE_LEAVING or is_back:
            stages.move(session, actor, entry, Stage.AGREED, at=now)
        authorities.tell_officers(
            session, actor, release, request, MessageKind.RELEASE_GRANTED, now
        )
    return release


def give_release(session: Session, actor: Actor, given: GeneralRelease, *, clock: Clock) -> Release:
    """Release one of one's own people in general, for no request in particular.

    Raises
    ------
    NotFound, NotAllowed, InvalidInput
    """
    require(actor, Permission.ANSWER_CALLS)
    expert = get_expert(session, actor, given.expert_id, Permission.ANSWER_CALLS)
    now = clock.now()
    _check_validity(given, now.date())
    release = Release(
        facility_id=expert.facility_id,
        origin=expert.origin,
        created_at=now,
        expert_id=expert.id,
        outcome=ReleaseOutcome.GRANTED,
    )
    _fill(release, actor, given, now)
    authorities.keep(session, actor, release, expert, "granted", now)
    return release


def refuse(
    session: Session, actor: Actor, release_id: UUID, given: RefusalInput, *, clock: Clock
) -> Release:
    """Refuse to release a person, with the reason: her seats for that request are open again.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        It was answered already, or nobody asks any more.
    """
    release = _answerable(session, actor, release_id)
    _say_no(session, actor, release, ReleaseOutcome.REFUSED, given, clock.now())
    return release


def withdraw(
    session: Session, actor: Actor, release_id: UUID, given: RefusalInput, *, clock: Clock
) -> Release:
    """Take a granted release back, with the reason.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        It is not granted, or its validity is over; or the person has been deployed on it.
    """
    require(actor, Permission.ANSWER_CALLS)
    release = get_release(session, actor, release_id, Permission.ANSWER_CALLS)
    now = clock.now()
    if outcome_on(release, now.date()) is not ReleaseOutcome.GRANTED:
        raise Conflict("Only a release that is granted and still valid can be withdrawn.")
    request = authorities.request_of(session, release)
    expert = session.get_one(Expert, release.expert_id)
    entry = stages.entry_of(session, request, expert) if request else None
    if entry is not None and entry.stage in (Stage.DEPLOYED, Stage.COMPLETED):
        raise Conflict("This person has been deployed: the release cannot be withdrawn now.")
    _say_no(session, actor, release, ReleaseOutcome.WITHDRAWN, given, now)
    return release


def _answerable(session: Session, actor: Actor, release_id: UUID) -> Release:
    require(actor, Permission.ANSWER_CALLS)
    release = get_release(session, actor, release_id, Permission.ANSWER_CALLS)
    if not can_be_answered(release):
        raise Conflict(f"This release is {release.outcome.value} already: no answer is wanted.")
    return release


def _check_validity(given: GrantInput, today: date) -> None:
    if given.valid_to < today:
        told = "This day is over: give the last day of the release."
        raise InvalidInput(told, (FieldError("/valid_to", told),))


def _fill(release: Release, actor: Actor, given: GrantInput, now: datetime) -> None:
    release.valid_from, release.valid_to = given.valid_from, given.valid_to
    release.days, release.note = given.days, given.note or release.note
    release.answered_at, release.by = now, actor.account_id


def _say_no(
    session: Session,
    actor: Actor,
    release: Release,
    outcome: ReleaseOutcome,
    given: RefusalInput,
    now: datetime,
) -> None:
    release.outcome, release.reason = outcome, given.reason.value
    release.note = given.note or release.note
    release.answered_at, release.by = now, actor.account_id
    expert = session.get_one(Expert, release.expert_id)
    authorities.keep(session, actor, release, expert, outcome.value, now)
    request = authorities.request_of(session, release)
    if request is not None:
        authorities.lose(session, actor, request, expert, _WHY_NOT[given.reason], now)
        authorities.tell_officers(
            session, actor, release, request, MessageKind.RELEASE_REFUSED, now
        )
