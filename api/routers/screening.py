"""Screening of requests, application rounds and guidelines."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response

from api.deps import ActorDep, ClockDep, SessionDep, new_router, path_of, requires
from api.paging import PageDep, part_of
from api.problems import problems
from api.schemas.base import HeadOut
from api.schemas.screening import (
    GuidelinesListOut,
    GuidelinesOut,
    RoundOut,
    RoundsOut,
    ScreeningOut,
)
from roster.errors import Conflict, InvalidInput, NotFound
from roster.inputs.screening import GuidelinesInput, RoundInput, ScreeningInput
from roster.intake import rounds, screening
from roster.policy import Permission
from roster.queries.requests import get_request
from roster.queries.rounds import guidelines_of, round_view, rounds_of
from roster.queries.screening import screening_of

router = new_router("requests")
_READ = [requires(Permission.READ_REQUESTS)]
_WRITE = [requires(Permission.WRITE_REQUESTS)]
_SET = [requires(Permission.WRITE_ROUNDS)]


@router.get("/requests/{request_id}/screening", dependencies=_READ, responses=problems(NotFound))
def get_screening(
    request_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> ScreeningOut:
    """Return the checklist of a request, prefilled where the facility's rules tell the answer."""
    request = get_request(session, actor, request_id)
    return ScreeningOut.model_validate(screening_of(session, request, clock.now().date()))


@router.put(
    "/requests/{request_id}/screening",
    dependencies=_WRITE,
    responses=problems(NotFound, InvalidInput, Conflict),
)
def answer_screening(
    request_id: UUID,
    given: ScreeningInput,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
) -> ScreeningOut:
    """Answer points of the checklist; those left out stay as they are."""
    view = screening.answer_checks(session, actor, request_id, given, clock=clock)
    return ScreeningOut.model_validate(view)


@router.get("/rounds", dependencies=_READ, responses=problems())
def list_rounds(session: SessionDep, actor: ActorDep, paging: PageDep) -> RoundsOut:
    """List the application rounds of the facility, the newest first."""
    return RoundsOut.model_validate(part_of(rounds_of(session, actor), paging))


@router.get("/rounds/{round_id}", dependencies=_READ, responses=problems(NotFound))
def get_one_round(round_id: UUID, session: SessionDep, actor: ActorDep) -> RoundOut:
    """Return one application round with the number of its requests."""
    found = round_view(session, round_id, actor.facility_id)
    if found is None:
        raise NotFound("There is no such application round in this facility.")
    return RoundOut.model_validate(found)


@router.post(
    "/rounds", status_code=201, dependencies=_SET, responses=problems(InvalidInput, Conflict)
)
def open_round(
    given: RoundInput, session: SessionDep, actor: ActorDep, clock: ClockDep, response: Response
) -> HeadOut:
    """Set an application round; requests received in it fall into it at once."""
    made = rounds.open_round(session, actor, given, clock=clock)
    response.headers["Location"] = path_of("rounds", made.id)
    return HeadOut(id=made.id, href=path_of("rounds", made.id))


@router.put(
    "/rounds/{round_id}",
    dependencies=_SET,
    responses=problems(NotFound, InvalidInput, Conflict),
)
def change_round(
    round_id: UUID, given: RoundInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> HeadOut:
    """Change an application round; requests that fall outside its new days leave it."""
    made = rounds.change_round(session, actor, round_id, given, clock=clock)
    return HeadOut(id=made.id, href=path_of("rounds", made.id))


@router.get("/guidelines", dependencies=_READ, responses=problems())
def list_guidelines(session: SessionDep, actor: ActorDep, paging: PageDep) -> GuidelinesListOut:
    """List every version of the guidelines for applicants, the newest first."""
    return GuidelinesListOut.model_validate(part_of(guidelines_of(session, actor), paging))


@router.get("/guidelines/{guidelines_id}", dependencies=_READ, responses=problems(NotFound))
def get_one_version(guidelines_id: UUID, session: SessionDep, actor: ActorDep) -> GuidelinesOut:
    """Return one version of the guidelines for applicants."""
    found = guidelines_of(session, actor)
    one = next((one for one in found if one.id == guidelines_id), None)
    if one is None:
        raise NotFound("There is no such version of the guidelines in this facility.")
    return GuidelinesOut.model_validate(one)


@router.post("/guidelines", status_code=201, dependencies=_SET, responses=problems(InvalidInput))
def add_guidelines(
    given: GuidelinesInput,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    response: Response,
) -> HeadOut:
    """Write a new version of the guidelines; earlier ones stay."""
    made = rounds.add_guidelines(session, actor, given, clock=clock)
    response.headers["Location"] = href = path_of("guidelines", made.id)
    return HeadOut(id=made.id, href=href)
