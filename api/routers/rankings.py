"""Rankings that are kept: made for a stored request, shown again as they were."""

from __future__ import annotations

from time import perf_counter
from uuid import UUID

from fastapi import Response
from sqlmodel import Session

from api import rendering
from api.deps import ActorDep, ClockDep, RankerDep, SessionDep, new_router, path_of, requires
from api.paging import PageDep
from api.problems import answers, problems
from api.schemas.rankings import RankingPageOut
from roster import records, requests
from roster.errors import InvalidInput, NotFound, RequestIncomplete
from roster.inputs import RankingInput
from roster.policy import Actor, Permission
from roster.ports import Clock
from roster.queries.rankings import get_ranking
from roster.read import Paging, StoredRanking

router = new_router("rankings")


def _page(
    session: Session, actor: Actor, stored: StoredRanking, paging: Paging, clock: Clock
) -> bytes:
    people = stored.ranking.people
    shown = people[paging.offset : paging.offset + paging.per_page]
    purpose = str(stored.row.request_id or stored.row.id)
    records.log_views(
        session,
        actor,
        [one.expert_id for one in shown],
        what="ranking",
        purpose=purpose,
        at=clock.now(),
    )
    return rendering.ranking_page_body(
        session,
        stored.row,
        stored.ranking,
        shown,
        page=paging.page,
        per_page=paging.per_page,
        total=len(people),
    )


@router.post(
    "/requests/{request_id}/rankings",
    status_code=201,
    dependencies=[requires(Permission.RANK)],
    responses=answers(201, RankingPageOut) | problems(NotFound, RequestIncomplete),
    response_class=Response,
)
def create_ranking(
    request_id: UUID,
    given: RankingInput,
    session: SessionDep,
    actor: ActorDep,
    ranker: RankerDep,
    clock: ClockDep,
    paging: PageDep,
) -> Response:
    """Rank the roster for this request, keep the run, and return its first page."""
    started = perf_counter()
    made = requests.rank_request(
        session, actor, request_id, ranker=ranker, clock=clock, weights=given.weights
    )
    session.flush()
    ranked = perf_counter()
    stored = get_ranking(session, actor, made.id)
    body = _page(session, actor, StoredRanking(stored.row, made.ranking), paging, clock)
    done = perf_counter()
    timings = {"rank": (ranked - started) * 1e3, "serialise": (done - ranked) * 1e3}
    headers = {"Location": path_of("rankings", made.id)}
    return rendering.json_response(
        body, {**timings, "total": (done - started) * 1e3}, status=201, headers=headers
    )


@router.get(
    "/rankings/{ranking_id}",
    dependencies=[requires(Permission.RANK)],
    responses=answers(200, RankingPageOut) | problems(NotFound, InvalidInput),
    response_class=Response,
)
def read_ranking(
    ranking_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep, paging: PageDep
) -> Response:
    """Return one page of a stored ranking, as it was."""
    started = perf_counter()
    stored = get_ranking(session, actor, ranking_id)
    body = _page(session, actor, stored, paging, clock)
    return rendering.json_response(body, {"total": (perf_counter() - started) * 1e3})
