"""Rankings as JSON bytes, sent as they are: models would cost ten times the ranking itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

import orjson
from fastapi import Response
from sqlmodel import Session

from api.voices import ENGLISH, Voice
from matching.unnamed import without_text
from roster.queries.experts import rows_by_id
from roster.read import ExpertRow, Names, Paging, RankedExpert, Ranking, RankingRow, unnamed
from roster.vocabulary import Band, ExpertStatus, Gate

SHOWN = Names()
NOBODY: Mapping[UUID, int | None] = {}


def person(row: ExpertRow, hidden: Mapping[UUID, int | None] = NOBODY) -> dict[str, object]:
    """Return who somebody is, in the shape of `api.schemas.rankings.PersonOut`.

    Parameters
    ----------
    hidden : who is shown without a name, with the number in the list
    """
    if row.id in hidden:
        return {
            "id": row.id,
            "display_name": unnamed(hidden[row.id]),
            "home_country": None,
            "kind": row.kind,
            "headline": None,
            "origin": row.origin,
        }
    return {
        "id": row.id,
        "display_name": row.display_name,
        "home_country": row.home_country,
        "kind": row.kind,
        "headline": row.headline,
        "origin": row.origin,
    }


def counts(ranking: Ranking) -> dict[str, int]:
    """Return how many people stand in each band."""
    return {band.value: people for band, people in ranking.counts().items()}


def because(tally: Mapping[tuple[Band, Gate | None], int]) -> list[dict[str, object]]:
    """Return how many people stand outside the first band for which condition, the first told."""
    found = sorted(tally.items(), key=lambda item: (item[0][0], -item[1], item[0][1] or ""))
    return [
        {"band": band, "gate": gate, "people": people}
        for (band, gate), people in found
        if gate is not None
    ]


def ranked(
    people: Sequence[RankedExpert],
    rows: Mapping[UUID, ExpertRow],
    hidden: Mapping[UUID, int | None] = NOBODY,
    voice: Voice = ENGLISH,
) -> list[dict[str, object]]:
    """Return people of a ranking with who they are; whoever was erased since is left out."""
    return [
        {
            "person": person(rows[one.expert_id], hidden),
            "place": one.place,
            "tied": one.tied,
            "band": one.band,
            "score": one.score,
            "contributions": voice.contributions(one.contributions),
            "gates": voice.gates(one.gates),
        }
        for one in (bare(one, hidden) for one in people)
        if one.expert_id in rows and rows[one.expert_id].status is not ExpertStatus.RESTRICTED
    ]


def bare(one: RankedExpert, hidden: Mapping[UUID, int | None]) -> RankedExpert:
    """Return somebody, without a word of her own where her name is kept back."""
    return without_text([one])[0] if one.expert_id in hidden else one


def match_body(
    session: Session,
    ranking: Ranking,
    shown: Sequence[RankedExpert],
    run_id: UUID | None = None,
    names: Names = SHOWN,
    voice: Voice = ENGLISH,
) -> bytes:
    """Return the answer of a match, in the shape of `api.schemas.rankings.MatchOut`."""
    ids = [one.expert_id for one in shown]
    rows = rows_by_id(session, ids)
    return orjson.dumps(
        {
            "run_id": run_id,
            "model": ranking.model,
            "today": ranking.today,
            "weights": dict(ranking.weights),
            "counts": counts(ranking),
            "because": because(ranking.tally()),
            "blind": names.hidden,
            "people": ranked(shown, rows, names.numbers_in(ranking, ids), voice),
            "notes": voice.say_all(ranking.notes),
        }
    )


def ranking_page_body(
    session: Session,
    row: RankingRow,
    ranking: Ranking,
    standings: Sequence[tuple[Band, Gate | None]],
    shown: Sequence[RankedExpert],
    paging: Paging,
    hidden: Mapping[UUID, int | None] | None = None,
    voice: Voice = ENGLISH,
) -> bytes:
    """Return one page of a stored ranking, in the shape of `RankingPageOut`."""
    rows = rows_by_id(session, [one.expert_id for one in shown])
    stored: dict[str, object] = {
        "id": row.id,
        "request_id": row.request_id,
        "number": row.number,
        "at": row.at,
        "model": row.model,
        "weights": dict(row.weights),
        "counts": dict(row.counts),
    }
    return orjson.dumps(
        {
            "ranking": stored,
            "today": ranking.today,
            "because": because(Counter(standings)),
            "notes": voice.say_all(ranking.notes),
            "blind": hidden is not None,
            "items": ranked(shown, rows, hidden or NOBODY, voice),
            "page": paging.page,
            "per_page": paging.per_page,
            "total": len(standings),
        }
    )


def json_response(
    body: bytes,
    timings_ms: Mapping[str, float],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return bytes as they are, with what took how long in `Server-Timing`."""
    spent = ", ".join(f"{name};dur={ms:.1f}" for name, ms in timings_ms.items())
    return Response(
        body,
        status,
        {**(headers or {}), "Server-Timing": spent},
        media_type="application/json",
    )
