"""Action fiches with their guests, comments and consultations."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from sqlmodel import Session

from api.deps import (
    ActorDep,
    ClockDep,
    InstallationDep,
    SessionDep,
    new_router,
    path_of,
    requires,
)
from api.problems import problems
from api.schemas.base import HeadOut
from api.schemas.fiches import (
    CommentOut,
    CommentsOut,
    ConsultationOut,
    ConsultationsOut,
    FicheChangeOut,
    FicheChangesOut,
    FicheGuestOut,
    FicheGuestsOut,
    FicheOut,
    FichesOut,
    GuestLinkOut,
)
from roster.errors import Conflict, InvalidInput, NotFound
from roster.inputs.fiches import CommentInput, ConsultationInput, FicheInput, GuestInput
from roster.intake import fiches, invitations
from roster.policy import Actor, Permission
from roster.queries.fiches import (
    changes_between,
    comments_of,
    consultations_of,
    fiches_of,
    get_fiche,
    get_guest,
    guests_of_request,
    two_versions,
)
from roster.queries.requests import get_request
from roster.tables import Fiche
from roster.telling import guests

router = new_router("fiches")
_READ = [requires(Permission.READ_REQUESTS)]
_WRITE = [requires(Permission.WRITE_REQUESTS)]


def _fiche(session: Session, actor: Actor, made: Fiche) -> FicheOut:
    session.flush()
    found = fiches_of(session, get_request(session, actor, made.request_id))
    return FicheOut.model_validate(next(one for one in found if one.id == made.id))


@router.get("/requests/{request_id}/fiches", dependencies=_READ, responses=problems(NotFound))
def list_fiches(request_id: UUID, session: SessionDep, actor: ActorDep) -> FichesOut:
    """Return every version of the action fiche of a request, the newest first."""
    found = fiches_of(session, get_request(session, actor, request_id))
    return FichesOut(items=[FicheOut.model_validate(one) for one in found])


@router.post(
    "/requests/{request_id}/fiches",
    status_code=201,
    dependencies=_WRITE,
    responses=problems(NotFound, InvalidInput, Conflict),
)
def draft_fiche(
    request_id: UUID,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    response: Response,
    given: FicheInput | None = None,
) -> FicheOut:
    """Begin a version; without a body as the newest one, or from the request's fields."""
    made = fiches.draft_fiche(session, actor, request_id, given, clock=clock)
    response.headers["Location"] = path_of("fiches", made.id)
    return _fiche(session, actor, made)


@router.get(
    "/requests/{request_id}/fiches/changes", dependencies=_READ, responses=problems(NotFound)
)
def compare_fiches(
    request_id: UUID,
    session: SessionDep,
    actor: ActorDep,
    before: Annotated[int | None, Query(ge=1, description="Left out: the one before")] = None,
    after: Annotated[int | None, Query(ge=1, description="Left out: the newest")] = None,
) -> FicheChangesOut:
    """Return what one version of the fiche says otherwise than another, part by part."""
    request = get_request(session, actor, request_id)
    old, new = two_versions(session, request, before, after)
    return FicheChangesOut(
        before=old.version,
        after=new.version,
        changes=[FicheChangeOut.model_validate(one) for one in changes_between(old, new)],
    )


@router.get("/fiches/{fiche_id}", dependencies=_READ, responses=problems(NotFound))
def get_one_fiche(fiche_id: UUID, session: SessionDep, actor: ActorDep) -> FicheOut:
    """Return one version of an action fiche."""
    return _fiche(session, actor, get_fiche(session, actor, fiche_id))


@router.put(
    "/fiches/{fiche_id}",
    dependencies=_WRITE,
    responses=problems(NotFound, InvalidInput, Conflict),
)
def change_fiche(
    fiche_id: UUID, given: FicheInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> FicheOut:
    """Rewrite a draft; what was shared or submitted is changed in a new version."""
    made = fiches.change_fiche(session, actor, fiche_id, given, clock=clock)
    return _fiche(session, actor, made)


@router.post(
    "/fiches/{fiche_id}/share", dependencies=_WRITE, responses=problems(NotFound, Conflict)
)
def share_fiche(fiche_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep) -> FicheOut:
    """Show a draft to the requesting authority and the delegation, to be commented on."""
    made = fiches.share_fiche(session, actor, fiche_id, clock=clock)
    return _fiche(session, actor, made)


@router.post(
    "/fiches/{fiche_id}/submit",
    dependencies=_WRITE,
    responses=problems(NotFound, InvalidInput, Conflict),
)
def submit_fiche(fiche_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep) -> FicheOut:
    """Lay a version before the steering body; no word of it changes any more."""
    made = fiches.submit_fiche(session, actor, fiche_id, clock=clock)
    return _fiche(session, actor, made)


@router.get("/requests/{request_id}/comments", dependencies=_READ, responses=problems(NotFound))
def list_comments(request_id: UUID, session: SessionDep, actor: ActorDep) -> CommentsOut:
    """Return what was said of the fiche of a request, the newest first."""
    found = comments_of(session, get_request(session, actor, request_id).id)
    return CommentsOut(items=[CommentOut.model_validate(one) for one in found])


@router.post(
    "/fiches/{fiche_id}/comments",
    status_code=201,
    dependencies=_WRITE,
    responses=problems(NotFound, InvalidInput),
)
def comment_on_fiche(
    fiche_id: UUID, given: CommentInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> HeadOut:
    """Remark on a fiche, on one part of it or on all of it."""
    made = invitations.comment(session, actor, fiche_id, given, clock=clock)
    request_id = get_fiche(session, actor, fiche_id).request_id
    return HeadOut(id=made.id, href=path_of("requests", request_id, "comments"))


@router.get(
    "/requests/{request_id}/consultations", dependencies=_READ, responses=problems(NotFound)
)
def list_consultations(request_id: UUID, session: SessionDep, actor: ActorDep) -> ConsultationsOut:
    """Return the talks about the fiche of a request, the newest first."""
    found = consultations_of(session, get_request(session, actor, request_id).id)
    return ConsultationsOut(items=[ConsultationOut.model_validate(one) for one in found])


@router.post(
    "/requests/{request_id}/consultations",
    status_code=201,
    dependencies=_WRITE,
    responses=problems(NotFound, InvalidInput),
)
def record_consultation(
    request_id: UUID,
    given: ConsultationInput,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
) -> HeadOut:
    """Write down a talk about the fiche."""
    made = fiches.record_consultation(session, actor, request_id, given, clock=clock)
    return HeadOut(id=made.id, href=path_of("requests", request_id, "consultations"))


@router.get("/requests/{request_id}/guests", dependencies=_READ, responses=problems(NotFound))
def list_guests(request_id: UUID, session: SessionDep, actor: ActorDep) -> FicheGuestsOut:
    """Return who reads the fiche of a request by a personal link."""
    found = guests_of_request(session, get_request(session, actor, request_id).id)
    return FicheGuestsOut(items=[FicheGuestOut.model_validate(one) for one in found])


@router.post(
    "/requests/{request_id}/guests",
    status_code=201,
    dependencies=_WRITE,
    responses=problems(NotFound, InvalidInput, Conflict),
)
def invite_guest(
    request_id: UUID,
    given: GuestInput,
    session: SessionDep,
    actor: ActorDep,
    installation: InstallationDep,
) -> GuestLinkOut:
    """Make a personal link to the fiche: for the authority, a delegation or a committee member."""
    made, token = invitations.invite_guest(
        session, actor, request_id, given, vault=installation.vault, clock=installation.clock
    )
    return GuestLinkOut(guest_id=made.id, path=f"{guests.PATH}{token}")


@router.get("/guests/{guest_id}", dependencies=_READ, responses=problems(NotFound))
def get_one_guest(guest_id: UUID, session: SessionDep, actor: ActorDep) -> FicheGuestOut:
    """Return who reads a fiche by a personal link."""
    row = get_guest(session, actor, guest_id)
    request = get_request(session, actor, row.request_id or UUID(int=0))
    found = guests_of_request(session, request.id)
    one = next((one for one in found if one.id == guest_id), None)
    if one is None:
        raise NotFound("There is no such guest in this facility.")
    return FicheGuestOut.model_validate(one)


@router.post("/guests/{guest_id}/link", dependencies=_WRITE, responses=problems(NotFound, Conflict))
def show_guest_link(
    guest_id: UUID, session: SessionDep, actor: ActorDep, installation: InstallationDep
) -> GuestLinkOut:
    """Show a personal link again, to hand it over."""
    token = invitations.link_of(
        session, actor, guest_id, vault=installation.vault, clock=installation.clock
    )
    return GuestLinkOut(guest_id=guest_id, path=f"{guests.PATH}{token}")


@router.post("/guests/{guest_id}/mail", dependencies=_WRITE, responses=problems(NotFound, Conflict))
def mail_guest_link(
    guest_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> HeadOut:
    """Put a personal link into the outgoing mail."""
    invitations.mail_link(session, actor, guest_id, clock=clock)
    return HeadOut(id=guest_id, href=path_of("guests", guest_id))


@router.post("/guests/{guest_id}/revoke", dependencies=_WRITE, responses=problems(NotFound))
def revoke_guest(guest_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep) -> HeadOut:
    """Close a personal link at once; what its holder said stays."""
    invitations.revoke_guest(session, actor, guest_id, clock=clock)
    return HeadOut(id=guest_id, href=path_of("guests", guest_id))
