"""Votes and decisions on requests; requests split, joined, forwarded."""

from __future__ import annotations

from uuid import UUID

from fastapi import Response

from api.deps import ActorDep, ClockDep, SessionDep, new_router, path_of, requires
from api.problems import problems
from api.schemas.fiches import BallotOut, DecisionOut, DecisionsOut, RequestHeadsOut
from api.schemas.requests import RequestHeadOut
from roster.errors import Conflict, InvalidInput, NotFound
from roster.inputs.fiches import DecisionInput, JoinInput, SplitInput
from roster.intake import decisions, splits
from roster.policy import Permission
from roster.queries.fiches import ballot_of, decisions_of
from roster.queries.requests import get_request
from roster.tables import AssistanceRequest

router = new_router("decisions")
_READ = [requires(Permission.READ_REQUESTS)]
_WRITE = [requires(Permission.WRITE_REQUESTS)]


def _head(request: AssistanceRequest) -> RequestHeadOut:
    return RequestHeadOut(
        id=request.id,
        href=path_of("requests", request.id),
        code=request.code,
        status=request.status,
    )


@router.get("/requests/{request_id}/votes", dependencies=_READ, responses=problems(NotFound))
def list_votes(request_id: UUID, session: SessionDep, actor: ActorDep) -> BallotOut:
    """Return how the steering body stands towards the fiche that lies before it."""
    ballot = ballot_of(session, get_request(session, actor, request_id))
    return BallotOut.model_validate(ballot)


@router.get("/requests/{request_id}/decisions", dependencies=_READ, responses=problems(NotFound))
def list_decisions(request_id: UUID, session: SessionDep, actor: ActorDep) -> DecisionsOut:
    """Return what was decided of a request, the newest first."""
    found = decisions_of(session, get_request(session, actor, request_id).id)
    return DecisionsOut(items=[DecisionOut.model_validate(one) for one in found])


@router.post(
    "/requests/{request_id}/decisions",
    status_code=201,
    dependencies=_WRITE,
    responses=problems(NotFound, InvalidInput, Conflict),
)
def decide(
    request_id: UUID,
    given: DecisionInput,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    response: Response,
) -> DecisionOut:
    """Record a decision: approve, reject, or forward to a facility here or a body outside."""
    made = decisions.decide(session, actor, request_id, given, clock=clock)
    response.headers["Location"] = path_of("requests", request_id, "decisions")
    found = decisions_of(session, request_id)
    return DecisionOut.model_validate(next(one for one in found if one.id == made.id))


@router.post(
    "/requests/{request_id}/split",
    status_code=201,
    dependencies=_WRITE,
    responses=problems(NotFound, InvalidInput, Conflict),
)
def split_request(
    request_id: UUID, given: SplitInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> RequestHeadsOut:
    """Split a request into several; it stays and says as what it goes on."""
    made = splits.split_request(session, actor, request_id, given, clock=clock)
    return RequestHeadsOut(items=[_head(one) for one in made])


@router.post(
    "/requests/join",
    status_code=201,
    dependencies=_WRITE,
    responses=problems(NotFound, InvalidInput, Conflict),
)
def join_requests(
    given: JoinInput, session: SessionDep, actor: ActorDep, clock: ClockDep, response: Response
) -> RequestHeadOut:
    """Join several requests into one regional request; each says as what it goes on."""
    made = splits.join_requests(session, actor, given, clock=clock)
    response.headers["Location"] = path_of("requests", made.id)
    return _head(made)
