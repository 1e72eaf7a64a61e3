"""Releases as they stand on a day, seats that are open, and who answers for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor, Permission, visible_experts
from roster.queries.asked import asked_of
from roster.queries.declined import DROPPED
from roster.queries.experts import expert_row
from roster.queries.overlaps import Pair, overlaps_of
from roster.read import Asked, ExpertRow, OpenSeat, Overlap, ReleaseRow
from roster.read.outreach import TeamToRelease
from roster.tables import (
    Account,
    AssistanceRequest,
    Expert,
    Release,
    RoleGrant,
    Seat,
    ShortlistEntry,
    Team,
)
from roster.vocabulary import (
    LEFT_STAGES,
    ExpertStatus,
    RefusalReason,
    ReleaseOutcome,
    Role,
    Stage,
)

_STANDING = (ReleaseOutcome.PENDING, ReleaseOutcome.GRANTED)


def outcome_on(release: Release, today: date) -> ReleaseOutcome:
    """Return where a release stands on a day, whether or not anybody wrote down that it ran out."""
    is_silent = release.outcome is ReleaseOutcome.PENDING and _is_over(release.due_on, today)
    is_used = release.outcome is ReleaseOutcome.GRANTED and _is_over(release.valid_to, today)
    return ReleaseOutcome.EXPIRED if is_silent or is_used else release.outcome


def _is_over(day: date | None, today: date) -> bool:
    return day is not None and day < today


def can_be_answered(release: Release) -> bool:
    """Whether yes or no can be said: it was asked for and nobody has said anything, even late."""
    unanswered = release.answered_at is None
    return unanswered and release.outcome in (ReleaseOutcome.PENDING, ReleaseOutcome.EXPIRED)


def get_release(
    session: Session, actor: Actor, release_id: UUID, permission: Permission
) -> Release:
    """Return a release of somebody whom the actor may know of under a permission.

    Raises
    ------
    NotFound
    """
    found = session.exec(
        select(Release)
        .join(Expert, col(Expert.id) == col(Release.expert_id))
        .where(
            Release.id == release_id,
            Release.facility_id == actor.facility_id,
            visible_experts(actor, permission),
        )
    ).first()
    if found is None:
        raise NotFound("There is no such release here.")
    return found


def standing_release(session: Session, request_id: UUID, expert_id: UUID) -> Release | None:
    """Return the latest release of a person for a request that is asked for or granted."""
    return session.exec(
        select(Release)
        .where(
            Release.request_id == request_id,
            Release.expert_id == expert_id,
            col(Release.outcome).in_((ReleaseOutcome.PENDING, ReleaseOutcome.GRANTED)),
        )
        .order_by(col(Release.created_at).desc(), col(Release.id))
    ).first()


def releases_for_request(
    session: Session, actor: Actor, request_id: UUID, today: date
) -> tuple[ReleaseRow, ...]:
    """Return the releases asked for or given for a request, the latest first."""
    return _rows(session, actor, Permission.RANK, today, col(Release.request_id) == request_id)


def own_releases(session: Session, actor: Actor, today: date) -> tuple[ReleaseRow, ...]:
    """Return the releases of a focal point's own people, the latest first."""
    return _rows(session, actor, Permission.ANSWER_CALLS, today)


def releases_here(session: Session, actor: Actor, today: date) -> tuple[ReleaseRow, ...]:
    """Return the releases of all requests of a facility, the latest first."""
    return _rows(
        session, actor, Permission.WRITE_CALLS, today, col(Release.request_id).is_not(None)
    )


def release_row(session: Session, actor: Actor, release_id: UUID, today: date) -> ReleaseRow:
    """Return one release: for an officer one of a request, for a focal point of her own people.

    Raises
    ------
    NotFound
    """
    asked = col(Release.request_id).is_not(None)
    this = col(Release.id) == release_id
    found = _rows(session, actor, Permission.WRITE_CALLS, today, this, asked)
    found = found or _rows(session, actor, Permission.ANSWER_CALLS, today, this)
    if not found:
        raise NotFound("There is no such release here.")
    return found[0]


def _rows(
    session: Session,
    actor: Actor,
    permission: Permission,
    today: date,
    *only: ColumnElement[bool],
) -> tuple[ReleaseRow, ...]:
    asker, answerer = aliased(Account), aliased(Account)
    rows = session.execute(
        select_columns(
            Release,
            Expert,
            AssistanceRequest,
            col(Seat.position),
            col(asker.name),
            col(answerer.name),
        )
        .join(Expert, col(Expert.id) == col(Release.expert_id))
        .join(AssistanceRequest, col(AssistanceRequest.id) == Release.request_id, isouter=True)
        .join(Seat, col(Seat.id) == Release.seat_id, isouter=True)
        .join(asker, col(asker.id) == Release.asked_by, isouter=True)
        .join(answerer, col(answerer.id) == Release.by, isouter=True)
        .where(
            col(Release.facility_id) == actor.facility_id, visible_experts(actor, permission), *only
        )
        .order_by(col(Release.created_at).desc(), col(Release.id))
    ).all()
    pairs = [
        (expert.id, request.id) for one, expert, request, *_ in rows if request and _takes_up(one)
    ]
    overlaps = overlaps_of(session, actor, pairs, today)
    found = (
        _row(release, expert, asked_of(request) if request else None, (seat, by, answered), today)
        for release, expert, request, seat, by, answered in rows
    )
    return tuple(_beside(row, overlaps) for row in found)


def _beside(row: ReleaseRow, overlaps: Mapping[Pair, tuple[Overlap, ...]]) -> ReleaseRow:
    """Return a release with what else takes the person up, while it waits or stands."""
    if row.asked is None or not (row.can_answer or row.outcome in _STANDING):
        return row
    return replace(row, overlaps=overlaps.get((row.person.id, row.asked.request_id), ()))


def _takes_up(release: Release) -> bool:
    return can_be_answered(release) or release.outcome in _STANDING


def _row(
    one: Release,
    expert: Expert,
    asked: Asked | None,
    beside: tuple[int | None, str | None, str | None],
    today: date,
) -> ReleaseRow:
    seat, asked_by, answered_by = beside
    answered = one.answered_at.date() if one.answered_at else None
    return ReleaseRow(
        id=one.id,
        person=expert_row(expert),
        asked=asked,
        outcome=outcome_on(one, today),
        asked_on=one.created_at.date(),
        due_on=one.due_on,
        answered_on=answered,
        is_late=answered is not None and one.due_on is not None and answered > one.due_on,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        days=one.days,
        reason=_reason(one.reason),
        note=one.note,
        seat=seat,
        asked_by=asked_by,
        answered_by=answered_by if answered else None,
        reminded_on=one.reminded_at.date() if one.reminded_at else None,
        can_answer=can_be_answered(one),
    )


def _reason(code: str | None) -> RefusalReason | None:
    """Return the reason of a refusal; one that was imported under another code is "other"."""
    if not code:
        return None
    return RefusalReason(code) if code in set(RefusalReason) else RefusalReason.OTHER


# --- Seats ----------------------------------------------------------------------------------------


def get_seat(session: Session, request_id: UUID, seat_id: UUID) -> Seat:
    """Return a seat of a team kept for a request.

    Raises
    ------
    NotFound
    """
    found = session.exec(
        select(Seat)
        .join(Team, col(Team.id) == col(Seat.team_id))
        .where(Seat.id == seat_id, Team.request_id == request_id)
    ).first()
    if found is None:
        raise NotFound("There is no such seat in the teams kept for this request.")
    return found


def open_seats(session: Session, actor: Actor, request_id: UUID) -> tuple[OpenSeat, ...]:
    """Return the open seats of the newest team kept for a request, with whom to ask next.

    An alternate is left out who left the list of the request, is not active, or sits already.
    """
    team = _newest_team(session, actor, request_id)
    if team is None:
        return ()
    seats = session.exec(
        select(Seat).where(Seat.team_id == team.id).order_by(col(Seat.position))
    ).all()
    ids = {UUID(one) for seat in seats for one in seat.alternates}
    people = _who_can_be_asked(session, actor, request_id, ids)
    taken = {seat.expert_id for seat in seats}
    return tuple(
        OpenSeat(
            id=seat.id,
            team_id=team.id,
            position=seat.position,
            role=seat.role,
            alternates=tuple(
                people[one]
                for one in map(UUID, seat.alternates)
                if one in people and one not in taken
            ),
        )
        for seat in seats
        if seat.expert_id is None
    )


def _newest_team(session: Session, actor: Actor, request_id: UUID) -> Team | None:
    return session.exec(
        select(Team)
        .where(
            Team.request_id == request_id,
            Team.facility_id == actor.facility_id,
            Team.status != DROPPED,
        )
        .order_by(col(Team.created_at).desc(), col(Team.id))
    ).first()


def team_to_release(
    session: Session, actor: Actor, request_id: UUID, today: date
) -> TeamToRelease | None:
    """Return the newest team kept for a request, with the homes of those not asked for yet.

    Whoever's release is asked for or granted needs no call, nor does who left the list; None
    where no team is kept.
    """
    team = _newest_team(session, actor, request_id)
    if team is None:
        return None
    seated = set(session.exec(select(Seat.expert_id).where(Seat.team_id == team.id)))
    people = askable_people(session, actor, request_id, today)
    homes = Counter(one.home_country for one in people if one.home_country and one.id in seated)
    return TeamToRelease(team.id, dict(homes))


def _who_can_be_asked(
    session: Session, actor: Actor, request_id: UUID, ids: set[UUID]
) -> dict[UUID, ExpertRow]:
    left = select(ShortlistEntry.expert_id).where(
        ShortlistEntry.request_id == request_id, col(ShortlistEntry.stage).in_(LEFT_STAGES)
    )
    found = session.exec(
        select(Expert).where(
            col(Expert.id).in_(ids),
            col(Expert.id).not_in(left),
            Expert.status == ExpertStatus.ACTIVE,
            visible_experts(actor, Permission.RANK),
        )
    )
    return {one.id: expert_row(one) for one in found}


def askable_people(
    session: Session, actor: Actor, request_id: UUID, today: date
) -> tuple[ExpertRow, ...]:
    """Return those on the list of a request whose release is neither asked for nor granted."""
    standing = select(Release.expert_id).where(
        Release.request_id == request_id,
        or_(
            (col(Release.outcome) == ReleaseOutcome.PENDING)
            & (col(Release.due_on).is_(None) | (col(Release.due_on) >= today)),
            (col(Release.outcome) == ReleaseOutcome.GRANTED)
            & (col(Release.valid_to).is_(None) | (col(Release.valid_to) >= today)),
        ),
    )
    listed = select(ShortlistEntry.expert_id).where(
        ShortlistEntry.request_id == request_id,
        col(ShortlistEntry.stage).not_in((*LEFT_STAGES, Stage.DEPLOYED, Stage.COMPLETED)),
    )
    gone = select(ShortlistEntry.expert_id).where(
        ShortlistEntry.request_id == request_id, col(ShortlistEntry.stage).in_(LEFT_STAGES)
    )
    seated = (
        select(Seat.expert_id)
        .join(Team, col(Team.id) == col(Seat.team_id))
        .where(Team.request_id == request_id, Team.status != DROPPED)
    )
    found = session.exec(
        select(Expert)
        .where(
            or_(col(Expert.id).in_(listed), col(Expert.id).in_(seated)),
            col(Expert.id).not_in(standing),
            col(Expert.id).not_in(gone),
            Expert.status == ExpertStatus.ACTIVE,
            visible_experts(actor, Permission.RANK),
        )
        .order_by(col(Expert.folded_name), col(Expert.id))
    )
    return tuple(expert_row(one) for one in found)


# --- Who answers ----------------------------------------------------------------------------------


def who_releases(session: Session, expert: Expert) -> list[UUID]:
    """Return the accounts of the focal points who answer for a person, by id."""
    rows = session.exec(
        select(Account.id, RoleGrant.administrations)
        .join(RoleGrant, col(RoleGrant.account_id) == col(Account.id))
        .where(
            RoleGrant.facility_id == expert.facility_id,
            RoleGrant.role == Role.FOCAL_POINT,
            RoleGrant.country == expert.home_country,
            col(RoleGrant.ended_at).is_(None),
            col(Account.is_active).is_(True),
        )
        .order_by(col(Account.id))
    )
    return list(
        dict.fromkeys(one for one, bodies in rows if not bodies or expert.employer in bodies)
    )
