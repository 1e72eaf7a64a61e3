"""Who reads a fiche by a personal link, what they say of it, and how the committee votes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4, uuid5

from sqlmodel import Session, select

from roster import records
from roster.errors import Conflict, NotAllowed, NotFound
from roster.inputs.fiches import CommentInput, GuestInput, VoteInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.fiches import (
    FICHE_ROLES,
    comments_of,
    fiche_rows,
    fiche_view,
    get_fiche,
    get_guest,
    votes_of,
)
from roster.queries.requests import get_request
from roster.read.fiches import GuestPage
from roster.request_path import require_alive
from roster.tables import AssistanceRequest, Facility, Fiche, FicheComment, Guest, Vote
from roster.telling import guests, messages
from roster.vault import Vault
from roster.vocabulary import FicheStatus, GuestRole, MessageKind, RequestStatus, Role

_SHOWN = {
    GuestRole.REQUESTING_AUTHORITY: (
        FicheStatus.SHARED,
        FicheStatus.SUBMITTED,
        FicheStatus.APPROVED,
    ),
    GuestRole.EU_DELEGATION: (FicheStatus.SHARED, FicheStatus.SUBMITTED, FicheStatus.APPROVED),
    GuestRole.COMMITTEE_MEMBER: (FicheStatus.SUBMITTED, FicheStatus.APPROVED),
}
"""Versions that a guest sees, by her role: the newest of them, and no other."""
_OPEN = (FicheStatus.SHARED, FicheStatus.SUBMITTED)
_UNDECIDED = (RequestStatus.FICHE_DRAFTED, RequestStatus.SUBMITTED, RequestStatus.IN_PREPARATION)
_OFFICERS = (Role.PROJECT_OFFICER, Role.COORDINATOR)
_MOST_COMMENTS = 200
"""Of one guest: a link that got into wrong hands fills no database."""


def invite_guest(
    session: Session,
    actor: Actor,
    request_id: UUID,
    given: GuestInput,
    *,
    vault: Vault,
    clock: Clock,
) -> tuple[Guest, str]:
    """Make a personal link to the fiche of a request; return the guest and the link's token.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        The request goes on elsewhere.
    """
    require(actor, Permission.WRITE_REQUESTS)
    request = get_request(session, actor, request_id)
    require_alive(session, request)
    who = guests.Invited(
        role=given.role,
        label=given.label,
        request_id=request.id,
        address=given.address,
        locale=given.locale,
    )
    return guests.invite(session, actor, who, vault=vault, at=clock.now())


def link_of(session: Session, actor: Actor, guest_id: UUID, *, vault: Vault, clock: Clock) -> str:
    """Return the token of a guest's link, to hand it over again.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        The link does not work any more.
    """
    require(actor, Permission.WRITE_REQUESTS)
    guest = get_guest(session, actor, guest_id)
    token = guests.token_of(guest, vault)
    if token is None or guest.expires_at <= clock.now():
        raise Conflict("This link does not work any more. Invite the guest again for a new one.")
    records.log_change(session, actor, guest, "link_shown", clock.now())
    return token


def mail_link(session: Session, actor: Actor, guest_id: UUID, *, clock: Clock) -> None:
    """Put the link of a guest into the outgoing mail.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        No address is known, the link does not work any more, or there is nothing to read yet.
    """
    require(actor, Permission.WRITE_REQUESTS)
    guest = get_guest(session, actor, guest_id)
    now = clock.now()
    if guest.address is None:
        raise Conflict("No address is known of this guest: hand the link over instead.")
    if guest.revoked_at is not None or guest.expires_at <= now:
        raise Conflict("This link does not work any more. Invite the guest again for a new one.")
    fiche = _shown_to(session, guest)
    if fiche is None:
        raise Conflict("There is nothing to read behind this link yet: share or submit the fiche.")
    votes = guest.role is GuestRole.COMMITTEE_MEMBER
    kind = MessageKind.VOTE_ASKED if votes else MessageKind.FICHE_SHARED
    news = messages.News(kind, fiche, detail={"version": fiche.version})
    messages.tell(session, actor, news, at=now, guests=[guest.id])


def revoke_guest(session: Session, actor: Actor, guest_id: UUID, *, clock: Clock) -> None:
    """Close a guest's link at once; what she said stays.

    Raises
    ------
    NotFound, NotAllowed
    """
    require(actor, Permission.WRITE_REQUESTS)
    guests.revoke(session, actor, get_guest(session, actor, guest_id), at=clock.now())


def comment(
    session: Session, actor: Actor, fiche_id: UUID, given: CommentInput, *, clock: Clock
) -> FicheComment:
    """Remark on a fiche as an officer.

    Raises
    ------
    NotFound, NotAllowed
    """
    require(actor, Permission.WRITE_REQUESTS)
    return _said(session, actor, get_fiche(session, actor, fiche_id), given, clock.now())


# --- Guests ---------------------------------------------------------------------------------------


def page_of_guest(session: Session, guest: Guest) -> GuestPage:
    """Return all that a guest may see: the version for her role, and what she said herself.

    Raises
    ------
    NotFound
        The link leads to no fiche.
    """
    request = _request_of(session, guest)
    fiche = _shown_to(session, guest)
    votes = {one.version: one for one in votes_of(session, request.id) if one.guest_id == guest.id}
    is_open = fiche is not None and fiche.status in _OPEN and request.status in _UNDECIDED
    return GuestPage(
        guest_id=guest.id,
        role=guest.role,
        label=guest.label,
        facility=session.get_one(Facility, guest.facility_id).name,
        code=request.code,
        authority=request.authority,
        countries=tuple(request.countries),
        regional_body=request.regional_body,
        fiche=fiche_view(fiche) if fiche else None,
        open=is_open,
        may_vote=is_open and _votes(guest, fiche),
        comments=comments_of(session, request.id, guest_id=guest.id),
        vote=votes.get(fiche.version) if fiche else None,
    )


def comment_as_guest(
    session: Session, guest: Guest, given: CommentInput, *, clock: Clock
) -> FicheComment:
    """Remark on the fiche behind a link; the officer is told.

    The same words on the same part of a version are one remark of a guest, however often they are
    sent: her link has no session by which a form pressed twice could be known again.

    Raises
    ------
    NotFound
    Conflict
        The fiche takes no comments any more, or the guest has said very much already.
    """
    fiche = _open_to(session, guest)
    remark_id = uuid5(guest.id, f"{fiche.id}\n{given.part or ''}\n{given.text}")
    said = session.get(FicheComment, remark_id)
    if said is not None:
        return said
    if len(comments_of(session, fiche.request_id, guest_id=guest.id)) >= _MOST_COMMENTS:
        raise Conflict("Very many comments came from this link. Write to the officer instead.")
    actor, now = guests.acting(guest), clock.now()
    made = _said(session, actor, fiche, given, now, guest_id=guest.id, remark_id=remark_id)
    _tell_officer(session, actor, fiche, MessageKind.FICHE_COMMENTED, now)
    return made


def vote(session: Session, guest: Guest, given: VoteInput, *, clock: Clock) -> Vote:
    """Vote on the submitted fiche, or change one's vote; the officer is told.

    Raises
    ------
    NotFound
    NotAllowed
        The guest is no member of the steering body.
    Conflict
        The fiche is not before the steering body any more.
    """
    if guest.role is not GuestRole.COMMITTEE_MEMBER:
        raise NotAllowed("Only members of the steering body vote. Comments are welcome.")
    fiche = _open_to(session, guest)
    if not _votes(guest, fiche):
        raise Conflict("This fiche was not submitted yet: there is nothing to vote on.")
    actor, now = guests.acting(guest), clock.now()
    cast = session.exec(
        select(Vote).where(Vote.fiche_id == fiche.id, Vote.guest_id == guest.id)
    ).first()
    made = cast or Vote(
        facility_id=fiche.facility_id,
        origin=fiche.origin,
        fiche_id=fiche.id,
        guest_id=guest.id,
        choice=given.choice,
    )
    made.choice, made.reason, made.created_at = given.choice, given.reason, now
    session.add(made)
    session.flush()
    records.log_change(session, actor, made, "changed" if cast else "created", now)
    _tell_officer(session, actor, fiche, MessageKind.VOTE_CAST, now)
    return made


# --- Inside ---------------------------------------------------------------------------------------


def _request_of(session: Session, guest: Guest) -> AssistanceRequest:
    found = session.get(AssistanceRequest, guest.request_id) if guest.request_id else None
    if found is None or guest.role not in FICHE_ROLES:
        raise NotFound("This link is not valid any more. Ask whoever sent it to you for a new one.")
    return found


def _shown_to(session: Session, guest: Guest) -> Fiche | None:
    rows = fiche_rows(session, _request_of(session, guest).id)
    return next((row for row in rows if row.status in _SHOWN[guest.role]), None)


def _votes(guest: Guest, fiche: Fiche | None) -> bool:
    is_member = guest.role is GuestRole.COMMITTEE_MEMBER
    return is_member and fiche is not None and fiche.status is FicheStatus.SUBMITTED


def _open_to(session: Session, guest: Guest) -> Fiche:
    request, fiche = _request_of(session, guest), _shown_to(session, guest)
    if fiche is None or fiche.status not in _OPEN or request.status not in _UNDECIDED:
        raise Conflict("This fiche takes no comments and no votes any more: it was decided on.")
    return fiche


def _said(
    session: Session,
    actor: Actor,
    fiche: Fiche,
    given: CommentInput,
    at: datetime,
    *,
    guest_id: UUID | None = None,
    remark_id: UUID | None = None,
) -> FicheComment:
    made = FicheComment(
        id=remark_id or uuid4(),
        facility_id=fiche.facility_id,
        origin=fiche.origin,
        created_at=at,
        fiche_id=fiche.id,
        part=given.part.value if given.part else "",
        text=given.text,
        guest_id=guest_id,
        by=actor.account_id,
    )
    session.add(made)
    session.flush()
    records.log_change(session, actor, made, "created", at, fiche=fiche.id)
    return made


def _tell_officer(
    session: Session, actor: Actor, fiche: Fiche, kind: MessageKind, at: datetime
) -> None:
    request = session.get_one(AssistanceRequest, fiche.request_id)
    to = (
        [request.officer_id]
        if request.officer_id
        else messages.with_role(session, request.facility_id, *_OFFICERS)
    )
    detail = {"version": fiche.version, **messages.about_request(request)}
    news = messages.News(kind, fiche, detail=detail)
    messages.tell(session, actor, news, at=at, accounts=to)
