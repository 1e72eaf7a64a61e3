"""Rankings that are kept: made for a stored request, shown again as they were."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response
from sqlmodel import Session

from api import rendering
from api.deps import ActorDep, ClockDep, RankerDep, SessionDep, new_router, path_of, requires
from api.paging import PageDep
from api.problems import answers, problems
from api.schemas.rankings import NamesInput, NamesOut, RankingPageOut
from api.voices import Voice, VoiceDep
from roster import name_openings, records, requests
from roster.errors import InvalidInput, NotFound, RequestIncomplete
from roster.inputs import RankingInput
from roster.policy import Actor, Permission
from roster.ports import Clock
from roster.queries.names import names_shown
from roster.queries.rankings import outline_of, ranked_people
from roster.read import Paging

router = new_router("rankings")


BlindDep = Annotated[
    bool,
    Query(
        description="Keep names, posts, home countries and sentences back; so it always is where "
        "the facility's rule `names_last` says it, but of people whose names were opened"
    ),
]


@dataclass(frozen=True, slots=True)
class Showing:
    """How a list is shown: which page of it, in which language, with names or without."""

    paging: Paging
    voice: Voice
    blind: bool


async def get_showing(paging: PageDep, voice: VoiceDep, *, blind: BlindDep = False) -> Showing:
    """Return how the caller asks for a list."""
    return Showing(paging, voice, blind)


ShowingDep = Annotated[Showing, Depends(get_showing)]


def _page(
    session: Session, actor: Actor, ranking_id: UUID, clock: Clock, showing: Showing
) -> bytes:
    """Return one page of a stored ranking; who was shown is written down."""
    outline = outline_of(session, actor, ranking_id)
    standings, paging = outline.standings, showing.paging
    ids = [one.expert_id for one in standings[paging.offset : paging.offset + paging.per_page]]
    purpose = str(outline.row.request_id or outline.row.id)
    names = names_shown(session, actor, outline.row.request_id, hide=showing.blind)
    records.log_listed(session, actor, ids, names, purpose=purpose, at=clock.now())
    return rendering.ranking_page_body(
        session,
        outline.row,
        outline.ranking,
        [(one.band, one.because) for one in standings],
        ranked_people(session, actor, ranking_id, ids),
        paging,
        names.numbers(standings) if names.hidden else None,
        showing.voice,
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
    showing: ShowingDep,
) -> Response:
    """Rank the roster for this request, keep the run, and return its first page."""
    started = perf_counter()
    made = requests.rank_request(
        session, actor, request_id, ranker=ranker, clock=clock, weights=given.weights
    )
    session.flush()
    ranked = perf_counter()
    body = _page(session, actor, made.id, clock, showing)
    done = perf_counter()
    timings = {"rank": (ranked - started) * 1e3, "serialise": (done - ranked) * 1e3}
    headers = {"Location": path_of("rankings", made.id), **showing.voice.headers}
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
    ranking_id: UUID,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    showing: ShowingDep,
) -> Response:
    """Return one page of a stored ranking, as it was."""
    started = perf_counter()
    body = _page(session, actor, ranking_id, clock, showing)
    spent = {"total": (perf_counter() - started) * 1e3}
    return rendering.json_response(body, spent, headers=showing.voice.headers)


@router.post(
    "/requests/{request_id}/names",
    dependencies=[requires(Permission.RANK)],
    responses=problems(NotFound),
)
def open_names(
    request_id: UUID, given: NamesInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> NamesOut:
    """Open names that the lists of a request keep back; each opening is written down.

    Where you asked for a list without names yourself, only names opened one by one are shown.
    """
    name_openings.open_names(session, actor, request_id, given.experts, clock=clock)
    return NamesOut(experts=given.experts)
