"""A focal point's own people held against a call: ranked among themselves, nobody else known."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from sqlmodel import Session

from roster.errors import ModelUnusable, RequestIncomplete
from roster.policy import Actor, Permission, require
from roster.ports import Clock, Ranker
from roster.queries.calls import get_call, nominations_standing
from roster.queries.declined import need_now
from roster.queries.experts import rows_by_id, visible_ids
from roster.queries.models import version_in_use
from roster.queries.overlaps import overlaps_of
from roster.read import OwnCandidate, RankedExpert, Ranking
from roster.tables import AssistanceRequest
from roster.vocabulary import GateOutcome

MOST = 60
"""People told of, the first ones."""


def own_people(
    session: Session, actor: Actor, call_id: UUID, *, ranker: Ranker, clock: Clock
) -> tuple[OwnCandidate, ...]:
    """Return a focal point's own people in the order in which they fit a call.

    Nothing is kept, and no points are told: they would be comparable with nobody.

    Raises
    ------
    NotFound, NotAllowed
    """
    require(actor, Permission.ANSWER_CALLS)
    call = get_call(session, actor, call_id)
    need = need_now(session, session.get_one(AssistanceRequest, call.request_id))
    among = visible_ids(session, actor, Permission.ANSWER_CALLS)
    if not among:
        return ()
    rank = partial(ranker.rank, need, among=among, worded=MOST, now=clock.now())
    try:
        ranking: Ranking = rank(model=version_in_use(session, actor.facility_id))
    except ModelUnusable:
        ranking = rank()
    except RequestIncomplete:
        return ()
    first = tuple(ranking.people)[:MOST]
    rows = rows_by_id(session, [one.expert_id for one in first])
    pairs = [(one.expert_id, call.request_id) for one in first]
    overlaps = overlaps_of(session, actor, pairs, clock.now().date())
    nominated = {one.expert_id for one in nominations_standing(session, call)}
    return tuple(
        OwnCandidate(
            person=rows[one.expert_id],
            band=one.band,
            reasons=_reasons(one),
            is_nominated=one.expert_id in nominated,
            overlaps=overlaps.get((one.expert_id, call.request_id), ()),
        )
        for one in first
        if one.expert_id in rows
    )


def _reasons(one: RankedExpert) -> tuple[str, ...]:
    return tuple(gate.reason for gate in one.gates if gate.outcome is not GateOutcome.PASS)
