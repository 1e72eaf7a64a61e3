"""Looking back at a stored ranking."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from api import rendering
from api.deps import ActorDep, ClockDep, RankerDep, SessionDep, new_router, requires
from api.problems import problems
from api.routers.rankings import BlindDep
from api.schemas.rankings import GateResultOut, PersonOut
from api.schemas.requests import RankingRowOut
from api.schemas.reviews import GapOut, LiftOut, ReplayedOut, ReplayOut, StandOut, WhyNotOut
from api.voices import Voice, VoiceDep
from matching.unnamed import bare_reason
from roster import reviews
from roster.errors import Conflict, NotFound
from roster.policy import Permission
from roster.read import Gap, RankedExpert, Replayed, WhyNot

router = new_router("rankings")

_MOST_SHOWN = 100


@router.get(
    "/rankings/{ranking_id}/replay",
    dependencies=[requires(Permission.RANK)],
    responses=problems(NotFound),
)
def replay_ranking(
    ranking_id: UUID, session: SessionDep, actor: ActorDep, ranker: RankerDep, clock: ClockDep
) -> ReplayOut:
    """Make a stored ranking again over the present records; say what differs and why."""
    found = reviews.replay_ranking(session, actor, ranking_id, ranker=ranker, clock=clock)
    return ReplayOut(
        ranking=RankingRowOut.model_validate(found.row),
        equal=found.is_equal,
        refusal=found.refusal,
        sums_hold=found.sums_hold,
        order_holds=found.order_holds,
        people=found.people,
        causes=dict(found.causes),
        differing=[_replayed(one) for one in found.differing[:_MOST_SHOWN]],
    )


@router.get(
    "/rankings/{ranking_id}/experts/{expert_id}",
    dependencies=[requires(Permission.RANK)],
    responses=problems(NotFound, Conflict),
)
def explain_place(
    ranking_id: UUID,
    expert_id: UUID,
    session: SessionDep,
    actor: ActorDep,
    ranker: RankerDep,
    clock: ClockDep,
    voice: VoiceDep,
    *,
    blind: BlindDep = False,
) -> WhyNotOut:
    """Say where a person stands in a ranking, what the tenth has more of, what would help."""
    found = reviews.why_not(
        session, actor, ranking_id, expert_id, ranker=ranker, clock=clock, hide_names=blind
    )
    hidden = {found.person.id: found.number} if found.is_unnamed else rendering.NOBODY
    return WhyNotOut(
        ranking=RankingRowOut.model_validate(found.row),
        person=PersonOut.model_validate(rendering.person(found.person, hidden)),
        as_stored=found.is_as_stored,
        band=found.ranked.band,
        place=found.ranked.place if found.is_as_stored else None,
        score=found.ranked.score,
        gates=[GateResultOut.model_validate(gate) for gate in voice.gates(found.ranked.gates)],
        tenth=found.tenth.score if found.tenth else None,
        gaps=[GapOut.model_validate(_told(gap, found, voice)) for gap in found.gaps],
        lifts=[
            LiftOut.model_validate(
                replace(lift, label=voice.say(lift.label), words=voice.say(lift.words))
            )
            for lift in found.lifts
        ],
        reach=found.reach,
    )


def _told(gap: Gap, found: WhyNot, voice: Voice) -> Gap:
    """Return a gap in a language, without a word of her own where a name is kept back."""
    if found.is_unnamed:
        gap = replace(gap, reason=bare_reason(gap.feature, gap.reason), evidence=())
    return replace(gap, label=voice.say(gap.label), reason=voice.say(gap.reason))


def _replayed(one: Replayed) -> ReplayedOut:
    return ReplayedOut(
        expert_id=one.then.expert_id,
        cause=one.cause,
        then=_stand(one.then),
        now=_stand(one.now) if one.now else None,
    )


def _stand(one: RankedExpert) -> StandOut:
    return StandOut(band=one.band, place=one.place, score=one.score)
