"""Looking back at a stored ranking: whether it comes out again, and why somebody is not on top."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.errors import Conflict, ModelUnusable
from roster.policy import Actor, Permission, require
from roster.ports import Clock, Ranker
from roster.queries.experts import expert_row, get_expert, visible_ids
from roster.queries.names import names_shown
from roster.queries.rankings import get_ranking, outline_of, ranked_people
from roster.read import (
    Contribution,
    Gap,
    Lift,
    ModelFeature,
    RankedExpert,
    Ranking,
    RankingOutline,
    Replay,
    ReplayCause,
    Replayed,
    StoredRanking,
    WhyNot,
)
from roster.read.names import Names
from roster.tables import Change, Expert
from roster.vocabulary import Band

TENTH = 10
_SAME = 1e-6
"""Scores nearer than this are one."""
_EVERYBODY = 1_000_000


def replay_ranking(
    session: Session,
    actor: Actor,
    ranking_id: UUID,
    *,
    ranker: Ranker,
    clock: Clock,
    hide_names: bool = False,
) -> Replay:
    """Make a stored ranking again, over the records as they are, and say what differs and why.

    Raises
    ------
    NotFound, NotAllowed
    """
    require(actor, Permission.RANK)
    stored = get_ranking(session, actor, ranking_id)
    then = tuple(stored.ranking.people)
    sums_hold = all(_adds_up(one) for one in then)
    try:
        again = _again(stored.ranking, ranker)
    except ModelUnusable as refused:
        return Replay(stored.row, refused.detail, sums_hold, len(then), {}, False, ())
    now = {one.expert_id: one for one in again.people}
    changed, any_changed = _changed_since(session, stored)
    other = [
        Replayed(one, now.get(one.expert_id), _cause(one, now, changed, any_changed=any_changed))
        for one in then
        if not _is_same(one, now.get(one.expert_id))
    ]
    seen = visible_ids(session, actor, Permission.RANK)
    shown = tuple(one for one in other if one.then.expert_id in seen)
    ids = [one.then.expert_id for one in shown]
    purpose = str(stored.row.request_id or ranking_id)
    names = names_shown(session, actor, stored.row.request_id, hide=hide_names)
    records.log_listed(session, actor, ids, names, purpose=purpose, at=clock.now())
    return Replay(
        row=stored.row,
        refusal=None,
        sums_hold=sums_hold,
        people=len(then),
        causes=dict(Counter(one.cause for one in other)),
        order_holds=_order_holds(then, again.people, {one.then.expert_id for one in other}),
        differing=shown,
        unnamed=_numbers(then, names),
    )


def _numbers(then: Sequence[RankedExpert], names: Names) -> dict[UUID, int]:
    """Return under which number of the list whoever is not named stood."""
    numbered = enumerate(then, start=1)
    return {one.expert_id: number for number, one in numbered if names.hides(one.expert_id)}


def _again(then: Ranking, ranker: Ranker) -> Ranking:
    return ranker.rank(
        then.request,
        among=[one.expert_id for one in then.people],
        weights=dict(then.weights),
        worded=_EVERYBODY,
        model=then.model,
        now=datetime.combine(then.today, time(), UTC),
    )


def _adds_up(one: RankedExpert) -> bool:
    total = min(math.fsum(part.points for part in one.contributions), 100.0)
    return math.isclose(total, one.score, abs_tol=_SAME)


def _is_same(then: RankedExpert, now: RankedExpert | None) -> bool:
    return (
        now is not None
        and then.band is now.band
        and math.isclose(then.score, now.score, abs_tol=_SAME)
        and [(one.gate, one.outcome) for one in then.gates]
        == [(one.gate, one.outcome) for one in now.gates]
    )


def _cause(
    then: RankedExpert,
    now: Mapping[UUID, RankedExpert],
    changed: frozenset[UUID],
    *,
    any_changed: bool,
) -> ReplayCause:
    if then.expert_id not in now:
        return ReplayCause.GONE
    if then.expert_id in changed:
        return ReplayCause.CHANGED
    # How rare a word or a topic is, is counted over everybody.
    return ReplayCause.COMPANY if any_changed else ReplayCause.PRODUCT


def _changed_since(session: Session, stored: StoredRanking) -> tuple[frozenset[UUID], bool]:
    """Return whose record changed after a ranking was stored, and whether anybody's did."""
    made = session.exec(
        select(Change.seq).where(Change.record == "ranking_run", Change.record_id == stored.row.id)
    ).first()
    later = select(Change.record_id).where(Change.record == "expert").distinct()
    if made is not None:
        later = later.where(col(Change.seq) > made)
    else:
        later = later.where(col(Change.at) > stored.row.at)
    found = frozenset(session.exec(later))
    return found, bool(found)


def _order_holds(
    then: Sequence[RankedExpert], now: Sequence[RankedExpert], other: set[UUID]
) -> bool:
    before = [one.expert_id for one in then if one.expert_id not in other]
    after = [one.expert_id for one in now if one.expert_id not in other]
    return before == after


def why_not(
    session: Session,
    actor: Actor,
    ranking_id: UUID,
    expert_id: UUID,
    *,
    ranker: Ranker,
    clock: Clock,
    hide_names: bool = False,
) -> WhyNot:
    """Say where a person stands in a ranking, what the tenth has more of, and what would help.

    Whoever was not in the ranking is measured now, by its model, weights and request. A list
    without names says who she is by her number in it.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        The record is in no ranking yet, or no more.
    """
    require(actor, Permission.RANK)
    expert = get_expert(session, actor, expert_id, Permission.RANK)
    outline = outline_of(session, actor, ranking_id)
    found = _ranked(session, actor, outline, expert, ranker)
    ranked = found or _measured_now(outline, expert, ranker, clock)
    tenth = _tenth(session, actor, outline)
    features = _features(ranker, outline.ranking.model)
    lifts = _lifts(ranked, features)
    ids = [expert.id, *([tenth.expert_id] if tenth else [])]
    names = names_shown(session, actor, outline.row.request_id, hide=hide_names)
    purpose = str(outline.row.request_id or ranking_id)
    records.log_listed(session, actor, ids, names, purpose=purpose, at=clock.now())
    return WhyNot(
        row=outline.row,
        person=expert_row(expert),
        is_unnamed=names.hides(expert.id),
        number=names.numbers(outline.standings).get(expert.id),
        ranked=ranked,
        is_as_stored=found is not None,
        tenth=tenth,
        gaps=_gaps(ranked, tenth, features),
        lifts=lifts,
        reach=min(ranked.score + math.fsum(one.points for one in lifts), 100.0),
    )


def _ranked(
    session: Session, actor: Actor, outline: RankingOutline, expert: Expert, ranker: Ranker
) -> RankedExpert | None:
    """Return a person as the ranking holds her, with words where it was stored without."""
    found = next(iter(ranked_people(session, actor, outline.row.id, [expert.id])), None)
    if found is None or any(part.evidence for part in found.contributions):
        return found
    one = _with_people(outline, (found,))
    told = next(iter(ranker.explain(one, [expert.id])), None)
    if told is None:
        return found
    words = {part.feature: part for part in told.contributions}
    parts = tuple(_worded(part, words.get(part.feature)) for part in found.contributions)
    return RankedExpert(found.expert_id, found.place, found.band, found.score, parts, found.gates)


def _worded(part: Contribution, told: Contribution | None) -> Contribution:
    """Return a part as it was, in the words of today; the points are never today's."""
    if told is None:
        return part
    return Contribution(
        part.feature, part.value, part.points, part.most, told.reason, told.evidence
    )


def _with_people(outline: RankingOutline, people: tuple[RankedExpert, ...]) -> Ranking:
    then = outline.ranking
    return Ranking(then.request, people, then.model, then.weights, then.today)


def _measured_now(
    outline: RankingOutline, expert: Expert, ranker: Ranker, clock: Clock
) -> RankedExpert:
    then = outline.ranking
    again = ranker.rank(
        then.request,
        among=[expert.id],
        weights=dict(then.weights),
        model=then.model,
        now=clock.now(),
    )
    if not again.people:
        raise Conflict(
            f"This record is {expert.status.value}, so nobody can rank it. Once its CV is "
            "confirmed it stands in the next ranking."
        )
    return again.people[0]


def _tenth(session: Session, actor: Actor, outline: RankingOutline) -> RankedExpert | None:
    seen = visible_ids(session, actor, Permission.RANK)
    fit = [
        one.expert_id for one in outline.standings if one.band is Band.FIT and one.expert_id in seen
    ]
    if not fit:
        return None
    chosen = fit[min(TENTH, len(fit)) - 1]
    return next(iter(ranked_people(session, actor, outline.row.id, [chosen])), None)


def _features(ranker: Ranker, model: str) -> Mapping[str, ModelFeature]:
    try:
        told = ranker.features_of(model)
    except ModelUnusable:
        told = ranker.features
    return {one.name: one for one in told}


def _gaps(
    ranked: RankedExpert, tenth: RankedExpert | None, features: Mapping[str, ModelFeature]
) -> tuple[Gap, ...]:
    theirs = {part.feature: part.points for part in tenth.contributions} if tenth else {}
    gaps = [
        Gap(
            feature=part.feature,
            label=_label(part.feature, features),
            reason=part.reason,
            value=part.value,
            points=part.points,
            most=part.most,
            of_tenth=theirs.get(part.feature),
            evidence=part.evidence,
        )
        for part in ranked.contributions
        if part.most > 0
    ]
    return tuple(sorted(gaps, key=lambda gap: gap.points - (gap.of_tenth or 0.0)))


def _lifts(ranked: RankedExpert, features: Mapping[str, ModelFeature]) -> tuple[Lift, ...]:
    lifts = [
        Lift(
            feature=part.feature,
            label=_label(part.feature, features),
            points=part.most - part.points,
            is_unknown=part.value is None,
            words=features[part.feature].supplied_by if part.feature in features else "",
        )
        for part in ranked.contributions
        if part.most > part.points and not part.value
    ]
    return tuple(sorted(lifts, key=lambda lift: (-lift.points, lift.feature)))


def _label(name: str, features: Mapping[str, ModelFeature]) -> str:
    return features[name].label if name in features else name
