"""Releases: asked for by officers, answered by focal points."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query
from sqlmodel import Session

from api.deps import ActorDep, ClockDep, SessionDep, new_router, requires
from api.paging import PageDep, part_of
from api.problems import problems
from api.schemas.calls import OneReleaseOut, ReleaseOut, ReleasesOut, RequestReleasesOut
from roster import records
from roster.calling import release_questions, releases
from roster.errors import Conflict, InvalidInput, NotFound
from roster.inputs import AskRelease, GeneralRelease, GrantInput, Input, RefusalInput
from roster.policy import Actor, Permission
from roster.ports import Clock
from roster.queries.releases import (
    open_seats,
    own_releases,
    release_row,
    releases_for_request,
)
from roster.queries.requests import get_request
from roster.tables import Release
from roster.vocabulary import ReleaseOutcome

router = new_router("releases")


class SeatInput(Input):
    """Who takes a seat that came free."""

    expert_id: UUID


def _release(session: Session, actor: Actor, made: Release, clock: Clock) -> OneReleaseOut:
    session.flush()
    found = release_row(session, actor, made.id, clock.now().date())
    return OneReleaseOut(release=ReleaseOut.model_validate(found))


@router.get(
    "/requests/{request_id}/releases",
    dependencies=[requires(Permission.WRITE_CALLS)],
    responses=problems(NotFound),
)
def list_request_releases(
    request_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> RequestReleasesOut:
    """List the releases of a request, and the open seats with whom to ask next."""
    get_request(session, actor, request_id)
    found = releases_for_request(session, actor, request_id, clock.now().date())
    seats = open_seats(session, actor, request_id)
    ids = [one.person.id for one in found]
    ids += [one.id for seat in seats for one in seat.alternates]
    records.log_views(session, actor, ids, what="releases", purpose=str(request_id), at=clock.now())
    return RequestReleasesOut.model_validate(
        {"items": found, "open_seats": seats}, from_attributes=True
    )


@router.post(
    "/requests/{request_id}/releases",
    status_code=201,
    dependencies=[requires(Permission.WRITE_CALLS)],
    responses=problems(NotFound, InvalidInput, Conflict),
)
def ask_release(
    request_id: UUID, given: AskRelease, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> OneReleaseOut:
    """Ask the home authority to release a person; asked already, nothing changes."""
    made = release_questions.ask_release(session, actor, request_id, given, clock=clock)
    return _release(session, actor, made, clock)


@router.post(
    "/requests/{request_id}/seats/{seat_id}/person",
    dependencies=[requires(Permission.WRITE_CALLS)],
    responses=problems(NotFound, Conflict),
)
def seat_alternate(
    request_id: UUID,
    seat_id: UUID,
    given: SeatInput,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
) -> OneReleaseOut:
    """Seat somebody on a seat that came free, and ask for the release."""
    made = release_questions.seat_alternate(
        session, actor, request_id, seat_id, given.expert_id, clock=clock
    )
    return _release(session, actor, made, clock)


@router.post(
    "/releases/{release_id}/take-back",
    dependencies=[requires(Permission.WRITE_CALLS)],
    responses=problems(NotFound, Conflict),
)
def take_back_release(
    release_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> OneReleaseOut:
    """Ask no longer for a release that nobody has answered."""
    made = release_questions.take_back(session, actor, release_id, clock=clock)
    return _release(session, actor, made, clock)


@router.get("/releases", dependencies=[requires(Permission.ANSWER_CALLS)])
def list_own_releases(
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    paging: PageDep,
    outcome: Annotated[ReleaseOutcome | None, Query(description="As it stands today")] = None,
) -> ReleasesOut:
    """List the releases of a focal point's own people, the latest first."""
    found = own_releases(session, actor, clock.now().date())
    part = part_of([one for one in found if outcome in {None, one.outcome}], paging)
    ids = [one.person.id for one in part.items]
    records.log_views(session, actor, ids, what="releases", purpose="own", at=clock.now())
    return ReleasesOut.model_validate(part)


@router.get(
    "/releases/{release_id}",
    dependencies=[requires(Permission.READ_CALLS)],
    responses=problems(NotFound),
)
def get_release(
    release_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> OneReleaseOut:
    """Return one release as it stands; for a focal point one of her own people's."""
    found = release_row(session, actor, release_id, clock.now().date())
    ids = [found.person.id]
    records.log_views(session, actor, ids, what="releases", purpose="release", at=clock.now())
    return OneReleaseOut(release=ReleaseOut.model_validate(found))


@router.post(
    "/releases",
    status_code=201,
    dependencies=[requires(Permission.ANSWER_CALLS)],
    responses=problems(NotFound, InvalidInput),
)
def give_release(
    given: GeneralRelease, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> OneReleaseOut:
    """Release one of one's own people in general, for no request in particular."""
    return _release(
        session, actor, releases.give_release(session, actor, given, clock=clock), clock
    )


@router.post(
    "/releases/{release_id}/grant",
    dependencies=[requires(Permission.ANSWER_CALLS)],
    responses=problems(NotFound, InvalidInput, Conflict),
)
def grant_release(
    release_id: UUID, given: GrantInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> OneReleaseOut:
    """Release a person for a request, with validity."""
    made = releases.grant(session, actor, release_id, given, clock=clock)
    return _release(session, actor, made, clock)


@router.post(
    "/releases/{release_id}/refuse",
    dependencies=[requires(Permission.ANSWER_CALLS)],
    responses=problems(NotFound, InvalidInput, Conflict),
)
def refuse_release(
    release_id: UUID, given: RefusalInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> OneReleaseOut:
    """Refuse to release a person, with the reason; seats are open again."""
    made = releases.refuse(session, actor, release_id, given, clock=clock)
    return _release(session, actor, made, clock)


@router.post(
    "/releases/{release_id}/withdraw",
    dependencies=[requires(Permission.ANSWER_CALLS)],
    responses=problems(NotFound, InvalidInput, Conflict),
)
def withdraw_release(
    release_id: UUID, given: RefusalInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> OneReleaseOut:
    """Take a granted release back, with the reason."""
    made = releases.withdraw(session, actor, release_id, given, clock=clock)
    return _release(session, actor, made, clock)
