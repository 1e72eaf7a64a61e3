"""Who fits this request? One call for another system: a need in, ranked people out."""

from __future__ import annotations

from functools import partial
from time import perf_counter
from typing import Self
from uuid import UUID

from fastapi import Response
from pydantic import Field, model_validator
from sqlmodel import Session

from api import rendering
from api.deps import ActorDep, ClockDep, RankerDep, SessionDep, new_router, requires
from api.problems import answers, problems
from api.schemas.rankings import MatchOut
from api.voices import VoiceDep
from roster import records, requests
from roster.errors import NotFound, RequestIncomplete, UnknownTerm
from roster.inputs import Factor, Input, NewRequest
from roster.policy import Actor, Permission
from roster.ports import Clock, Ranker
from roster.queries.declined import need_now
from roster.queries.names import names_shown
from roster.queries.requests import get_request
from roster.read import RankedExpert, Ranking
from roster.vocabulary import Band

router = new_router("match")


class MatchInput(Input):
    """A need, given here or stored before, and how many people to return."""

    request: NewRequest | None = Field(default=None, description="A need that is not stored")
    request_id: UUID | None = Field(default=None, description="A stored request")
    top: int = Field(default=20, ge=1, le=100, description="People returned at most")
    bands: tuple[Band, ...] = Field(
        default=(Band.FIT, Band.ASK),
        min_length=1,
        description="Whom to return: who fits, who must be asked first, who does not fit",
    )
    weights: dict[str, Factor] = Field(
        default_factory=dict, description="Factor by feature, 0 to 3", examples=[{"country": 1.5}]
    )

    blind: bool = Field(
        default=False,
        description="Keep names, posts, home countries and sentences back; so it always is where "
        "the facility's rule `names_last` says it, but of people whose names were opened for the "
        "stored request or who are on its shortlist",
    )
    keep: bool = Field(
        default=False,
        description="Keep the run of a stored request, to be read and made again later",
    )

    @model_validator(mode="after")
    def _one_need(self) -> Self:
        if (self.request is None) == (self.request_id is None):
            raise ValueError("request: give either a request or the id of a stored one")
        if self.keep and self.request_id is None:
            raise ValueError("keep: only the run of a stored request is kept; give request_id")
        return self


@router.post(
    "/match",
    dependencies=[requires(Permission.RANK)],
    responses=answers(200, MatchOut) | problems(NotFound, RequestIncomplete, UnknownTerm),
    response_class=Response,
)
def match(
    given: MatchInput,
    session: SessionDep,
    actor: ActorDep,
    ranker: RankerDep,
    clock: ClockDep,
    voice: VoiceDep,
) -> Response:
    """Rank people for a need, with contributions, evidence and conditions.

    Nothing is kept unless `keep` asks for it: then `run_id` is what `/rankings/{id}` shows again.
    """
    started = perf_counter()
    run_id, ranking = _ranked(given, session, actor, ranker, clock)
    ranked = perf_counter()
    # In the order of the bands, whatever the order in which they are asked for.
    bands = [band for band in Band if band in given.bands]
    shown: list[RankedExpert] = []
    for band in bands:  # Nobody is put in words who is not shown.
        if len(shown) < given.top:
            shown += ranking.band(band, given.top - len(shown))
    ids = [one.expert_id for one in shown]
    names = names_shown(session, actor, given.request_id, hide=given.blind)
    purpose = str(given.request_id or "match")
    records.log_listed(session, actor, ids, names, purpose=purpose, at=clock.now())
    body = rendering.match_body(session, ranking, shown, run_id, names, voice)
    done = perf_counter()
    timings = {
        "rank": (ranked - started) * 1e3,
        "serialise": (done - ranked) * 1e3,
        "total": (done - started) * 1e3,
    }
    return rendering.json_response(body, timings, headers=voice.headers)


def _ranked(
    given: MatchInput, session: Session, actor: Actor, ranker: Ranker, clock: Clock
) -> tuple[UUID | None, Ranking]:
    """Return the ranking, with the id of its run where it is kept."""
    if given.keep and given.request_id is not None:
        made = requests.rank_request(
            session, actor, given.request_id, ranker=ranker, clock=clock, weights=given.weights
        )
        return made.id, made.ranking
    if given.request is not None:
        need = requests.need_from(given.request)
    else:
        need = need_now(session, get_request(session, actor, given.request_id or UUID(int=0)))
    rank = partial(requests.rank_need, session, actor, need, ranker=ranker, clock=clock)
    return None, rank(weights=given.weights, worded=given.top)
