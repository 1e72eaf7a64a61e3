"""Fiches with what was said of them, guests, votes and decisions of one request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor
from roster.queries.facilities import rules_of
from roster.read.fiches import (
    Ballot,
    CommentView,
    ConsultationView,
    DecisionView,
    FicheActivity,
    FicheChange,
    FicheExpertise,
    FicheResult,
    FicheView,
    GuestView,
    VoteView,
)
from roster.serial import from_json
from roster.tables import (
    Account,
    AssistanceRequest,
    Consultation,
    Decision,
    Fiche,
    FicheComment,
    Guest,
    Vote,
)
from roster.vocabulary import FichePart, FicheStatus, GuestRole, VoteChoice

FICHE_ROLES = (
    GuestRole.REQUESTING_AUTHORITY,
    GuestRole.EU_DELEGATION,
    GuestRole.COMMITTEE_MEMBER,
)
"""Guests who read a fiche; all others answer questionnaires."""

R = TypeVar("R")


def get_fiche(session: Session, actor: Actor, fiche_id: UUID) -> Fiche:
    """Return the row of one version of a fiche of the actor's facility.

    Raises
    ------
    NotFound
    """
    found = session.get(Fiche, fiche_id)
    if found is None or found.facility_id != actor.facility_id:
        raise NotFound("There is no such fiche in this facility.")
    return found


def get_guest(session: Session, actor: Actor, guest_id: UUID) -> Guest:
    """Return the row of a guest who reads a fiche of the actor's facility.

    Raises
    ------
    NotFound
    """
    found = session.get(Guest, guest_id)
    if found is None or found.facility_id != actor.facility_id or found.request_id is None:
        raise NotFound("There is no such guest in this facility.")
    return found


def fiche_rows(session: Session, request_id: UUID) -> tuple[Fiche, ...]:
    """Return the versions of the fiche of a request, the newest first."""
    found = select(Fiche).where(Fiche.request_id == request_id).order_by(col(Fiche.version).desc())
    return tuple(session.exec(found))


def submitted(session: Session, request_id: UUID) -> Fiche | None:
    """Return the version that lies before the steering body; None where none does."""
    rows = fiche_rows(session, request_id)
    return next((one for one in rows if one.status is FicheStatus.SUBMITTED), None)


def fiches_of(session: Session, request: AssistanceRequest) -> tuple[FicheView, ...]:
    """Return the versions of the fiche of a request, the newest first."""
    rows = session.exec(
        select(Fiche, Account.name)
        .join(Account, col(Account.id) == col(Fiche.by), isouter=True)
        .where(Fiche.request_id == request.id)
        .order_by(col(Fiche.version).desc())
    )
    return tuple(fiche_view(row, name) for row, name in rows)


def fiche_view(row: Fiche, by: str | None = None) -> FicheView:
    """Return one version as it is read."""
    return FicheView(
        id=row.id,
        request_id=row.request_id,
        version=row.version,
        status=row.status,
        title=row.title,
        background=row.background,
        objective=row.objective,
        results=tuple(from_json(FicheResult, one) for one in row.results),
        activities=tuple(from_json(FicheActivity, one) for one in row.activities),
        expertise=tuple(from_json(FicheExpertise, one) for one in row.expertise),
        schedule=row.schedule,
        risks=row.risks,
        expert_days=row.expert_days,
        created_at=row.created_at,
        by=by,
    )


def two_versions(
    session: Session, request: AssistanceRequest, before: int | None, after: int | None
) -> tuple[FicheView, FicheView]:
    """Return two versions of a fiche to be compared.

    Parameters
    ----------
    before, after : versions; left out: the one before `after`, and the newest

    Raises
    ------
    NotFound
        There is no such version, or none before it.
    """
    versions = fiches_of(session, request)
    new = next((one for one in versions if after in (None, one.version)), None)
    others = versions if before else [one for one in versions if new and one.version < new.version]
    old = next((one for one in others if before in (None, one.version)), None)
    if new is None or old is None:
        raise NotFound("There are no such two versions of this fiche. Ask for versions it has.")
    return old, new


def changes_between(before: FicheView, after: FicheView) -> tuple[FicheChange, ...]:
    """Return what a version says otherwise than another one, part by part, in their order."""
    lines: list[tuple[FichePart, object, object]] = [
        (FichePart.TITLE, before.title, after.title),
        (FichePart.BACKGROUND, before.background, after.background),
        (FichePart.OBJECTIVE, before.objective, after.objective),
        (FichePart.SCHEDULE, before.schedule, after.schedule),
        (FichePart.RISKS, before.risks, after.risks),
        (FichePart.BUDGET, before.expert_days, after.expert_days),
    ]
    found = {
        part: FicheChange(part, *(((one,) if one not in {"", None} else ()) for one in (old, new)))  # type: ignore[arg-type]
        for part, old, new in lines
        if old != new
    }
    for part, olds, news in (
        (FichePart.RESULTS, before.results, after.results),
        (FichePart.ACTIVITIES, before.activities, after.activities),
        (FichePart.EXPERTISE, before.expertise, after.expertise),
    ):
        removed, added = _less(olds, news), _less(news, olds)
        if removed or added:
            found[part] = FicheChange(part, removed, added)  # type: ignore[arg-type]
    return tuple(found[part] for part in FichePart if part in found)


def _less(these: Sequence[R], those: Iterable[R]) -> tuple[R, ...]:
    """Return what is in the first and not in the second, as often as it is there more."""
    left, kept = Counter(those), []
    for one in these:
        if left[one] > 0:
            left[one] -= 1
        else:
            kept.append(one)
    return tuple(kept)


def consultations_of(session: Session, request_id: UUID) -> tuple[ConsultationView, ...]:
    """Return the talks about the fiche of a request, the newest first."""
    rows = session.exec(
        select(Consultation, Account.name)
        .join(Account, col(Account.id) == col(Consultation.by), isouter=True)
        .where(Consultation.request_id == request_id)
        .order_by(col(Consultation.held_on).desc(), col(Consultation.id))
    )
    return tuple(
        ConsultationView(row.id, row.held_on, row.with_whom, row.channel, row.note, name)
        for row, name in rows
    )


def comments_of(
    session: Session, request_id: UUID, *, guest_id: UUID | None = None
) -> tuple[CommentView, ...]:
    """Return what was said of the fiche of a request, the newest first.

    Parameters
    ----------
    guest_id : of this guest only; None: of everybody
    """
    query = (
        select(FicheComment, Fiche.version, Guest, Account.name)
        .join(Fiche, col(Fiche.id) == col(FicheComment.fiche_id))
        .join(Guest, col(Guest.id) == col(FicheComment.guest_id), isouter=True)
        .join(Account, col(Account.id) == col(FicheComment.by), isouter=True)
        .where(Fiche.request_id == request_id)
        .order_by(col(FicheComment.created_at).desc(), col(FicheComment.id))
    )
    if guest_id is not None:
        query = query.where(FicheComment.guest_id == guest_id)
    return tuple(
        CommentView(
            id=row.id,
            version=version,
            part=FichePart(row.part) if row.part else None,
            text=row.text,
            who=guest.label if guest else name or "",
            role=guest.role if guest else None,
            guest_id=row.guest_id,
            at=row.created_at,
        )
        for row, version, guest, name in session.exec(query).all()
    )


def guests_of_request(session: Session, request_id: UUID) -> tuple[GuestView, ...]:
    """Return who reads the fiche of a request by a link, in the order of their invitation."""
    rows = session.exec(
        select(Guest)
        .where(Guest.request_id == request_id, col(Guest.role).in_(FICHE_ROLES))
        .order_by(col(Guest.created_at), col(Guest.id))
    )
    return tuple(
        GuestView(
            id=row.id,
            role=row.role,
            label=row.label,
            address=row.address,
            locale=row.locale,
            invited_at=row.created_at,
            expires_at=row.expires_at,
            revoked_at=row.revoked_at,
            last_seen_at=row.last_seen_at,
        )
        for row in rows
    )


def votes_of(session: Session, request_id: UUID) -> tuple[VoteView, ...]:
    """Return the votes on every version of the fiche of a request, as they were cast."""
    rows = session.exec(
        select(Vote, Fiche.version, Guest.label)
        .join(Fiche, col(Fiche.id) == col(Vote.fiche_id))
        .join(Guest, col(Guest.id) == col(Vote.guest_id))
        .where(Fiche.request_id == request_id)
        .order_by(col(Vote.created_at), col(Vote.id))
    )
    return tuple(
        VoteView(row.guest_id, label, version, VoteChoice(row.choice), row.reason, row.created_at)
        for row, version, label in rows
    )


def ballot_of(session: Session, request: AssistanceRequest) -> Ballot:
    """Return how the steering body stands towards the version last laid before it."""
    laid = {FicheStatus.SUBMITTED, FicheStatus.APPROVED}
    fiche = next((one for one in fiche_rows(session, request.id) if one.status in laid), None)
    members = [
        one
        for one in guests_of_request(session, request.id)
        if one.role is GuestRole.COMMITTEE_MEMBER and one.revoked_at is None
    ]
    votes = votes_of(session, request.id) if fiche is not None else ()
    return Ballot(
        fiche_id=fiche.id if fiche else None,
        version=fiche.version if fiche else None,
        members=len(members),
        votes=tuple(one for one in votes if fiche is not None and one.version == fiche.version),
        least=rules_of(session, request.facility_id).least_votes,
    )


def decisions_of(session: Session, request_id: UUID) -> tuple[DecisionView, ...]:
    """Return what was decided of a request, the newest first."""
    rows = session.exec(
        select(Decision, Fiche.version, Account.name)
        .join(Fiche, col(Fiche.id) == col(Decision.fiche_id), isouter=True)
        .join(Account, col(Account.id) == col(Decision.by), isouter=True)
        .where(Decision.request_id == request_id)
        .order_by(col(Decision.created_at).desc(), col(Decision.id))
    ).all()
    return tuple(
        DecisionView(
            id=row.id,
            outcome=row.outcome,
            decided_on=row.decided_on,
            version=version,
            reason=row.reason,
            minutes=row.minutes,
            forwarded_to=row.forwarded_to,
            by=name,
        )
        for row, version, name in rows
    )
