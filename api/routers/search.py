"""One search over people, requests and Actions."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from api.deps import ActorDep, SessionDep, new_router, requires
from api.problems import problems
from api.schemas.search import MeaningOut, MetOut, SearchHitOut, SearchOut
from roster.inputs import Input
from roster.policy import Permission
from roster.queries.search import MOST_HITS, MOST_LETTERS, search
from roster.read.search import SearchHit

router = new_router("search")

Query = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_LETTERS)
]


class SearchInput(Input):
    """What to look for; sent in the body, so that no name stands in an address or a log."""

    query: Query = Field(examples=["asile Maroc"])
    most: int = Field(default=20, ge=1, le=MOST_HITS, description="Hits of each kind")


@router.post("/search", dependencies=[requires(Permission.SIGNED_IN)], responses=problems())
def find(given: SearchInput, session: SessionDep, actor: ActorDep) -> SearchOut:
    """Find records by words, in any language, with or without accents, small slips forgiven."""
    answer = search(session, actor, given.query, most=given.most)
    return SearchOut(
        hits=[_hit(hit) for hit in answer.hits],
        totals=answer.totals,
        meanings=[MeaningOut(words=words, code=code) for words, code in answer.meanings],
        missed=list(answer.missed),
        is_partial=answer.is_partial,
    )


def _hit(hit: SearchHit) -> SearchHitOut:
    return SearchHitOut(
        kind=hit.kind,
        id=hit.id,
        code=hit.code,
        label=hit.label,
        detail=hit.detail,
        status=hit.status,
        countries=list(hit.countries),
        origin=hit.origin,
        score=hit.score,
        met=[MetOut(word=word, where=where) for word, where in hit.met],
    )
