"""A model learnt from decisions: how much more or less each part of the base counts.

The base (the rule, or what the product is shipped with) gives a curve per feature. Learning finds a
factor for each curve, never negative, so that what rises in the base rises in the learnt model, and
little evidence moves little. Each decision weighs the more the lower the person stood when she was
shown, because fewer people look there (inverse propensity, clipped).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

import numpy as np

from matching.arrays import Bools, Floats, Ints, floats
from matching.compiled import AdditiveModel
from matching.features import NAMES
from matching.learning.past import PastRanking
from matching.metrics import ndcg_at_k
from matching.ranker import PairwiseRanker
from matching.steps import encode
from roster.read import Decision

STRENGTHS = (0.3, 1.0, 3.0, 10.0, 30.0)
"""How many requests of evidence the base may be worth; chosen on requests before those judged."""
FEWEST_REQUESTS = 3
"""Below so many requests with two grades nothing is learnt."""
INNER_FOLDS = 4
STEEPNESS = 0.5
"""Looked at is somebody at place p with a chance of p to the minus this."""
LARGEST_WEIGHT = 5.0
"""However far down, a decision weighs no more than so many at the top."""


@dataclass(frozen=True)
class Lessons:
    """Decisions with what was known of each person when she was shown, requests in time order."""

    values: Floats
    """(n, n_features), NaN missing."""
    active: Bools
    """(n, n_features)."""
    grades: Floats
    requests: Ints
    """(n,): which request, counted from 0 in the order of their first decision."""
    request_ids: tuple[UUID, ...]
    experts: tuple[UUID, ...]
    weights: Floats
    """(n,): one by the chance that the person was looked at."""
    hash: str
    """Of the decisions, in any order."""

    @property
    def telling(self) -> Ints:
        """Requests of which two people were decided unlike, in time order."""
        found = [
            request
            for request in range(len(self.request_ids))
            if len(np.unique(self.grades[self.requests == request])) > 1
        ]
        return np.array(found, dtype=np.int64)


def looked_at_weight(place: int | None) -> float:
    """Return how much a decision weighs by the place that the person was shown at.

    Parameters
    ----------
    place : from 1; None: she was not found in a ranking, so no place hid her
    """
    if place is None:
        return 1.0
    return float(min(max(place, 1) ** STEEPNESS, LARGEST_WEIGHT))


def lessons_from(decisions: Sequence[Decision], rankings: Mapping[UUID, PastRanking]) -> Lessons:
    """Put decisions and the rankings that they were made on together.

    Decisions whose ranking is not given, or whose person it no longer names, are left out.

    Raises
    ------
    ValueError
        None is left.
    """
    kept = [
        one
        for one in decisions
        if one.ranking_id in rankings and one.expert_id in rankings[one.ranking_id].row_of
    ]
    if not kept:
        raise ValueError("no decision is about somebody in a stored ranking")
    first: dict[UUID, date] = {}
    for one in kept:
        first[one.request_id] = min(one.on, first.get(one.request_id, one.on))
    order = sorted(first, key=lambda request: (first[request], request))
    kept.sort(key=lambda one: (order.index(one.request_id), one.expert_id))
    past = [(rankings[one.ranking_id], one.expert_id) for one in kept]
    return Lessons(
        values=np.stack([ranking.values[ranking.row_of[who]] for ranking, who in past]),
        active=np.stack([ranking.active for ranking, _ in past]),
        grades=floats([one.grade for one in kept]),
        requests=np.array([order.index(one.request_id) for one in kept], dtype=np.int64),
        request_ids=tuple(order),
        experts=tuple(one.expert_id for one in kept),
        weights=floats([looked_at_weight(one.place) for one in kept]),
        hash=hash_of(kept),
    )


def hash_of(decisions: Sequence[Decision]) -> str:
    """Return a digest of what was decided, the same in any order."""
    rows = sorted(f"{one.request_id} {one.expert_id} {one.grade} {one.on}" for one in decisions)
    return sha256("\n".join(rows).encode()).hexdigest()[:16]


def shares_of(base: AdditiveModel, lessons: Lessons) -> Floats:
    """Return which share of each curve's points every person had, shape (n, n_features)."""
    points = base.tables[np.arange(len(NAMES)), encode(lessons.values)]
    shares = np.divide(points, base.most, out=np.zeros_like(points), where=base.most > 0)
    return np.where(lessons.active, shares, 0.0)


def learn(base: AdditiveModel, lessons: Lessons, rows: Bools, strength: float) -> Floats:
    """Return the points of each feature at its best, learnt on some rows, shape (n_features,).

    Raises
    ------
    ValueError
        No request among them was decided unlike for two people.
    """
    ranker = PairwiseRanker(strength=strength, prior=base.most, monotone=np.ones(len(NAMES), int))
    ranker.fit(
        shares_of(base, lessons)[rows],
        lessons.grades[rows],
        groups=lessons.requests[rows],
        sample_weight=lessons.weights[rows],
    )
    return ranker.coef_


def choose_strength(base: AdditiveModel, lessons: Lessons, requests: Ints) -> float:
    """Return the worth of the base by which left-out requests are ranked best.

    Too few requests to leave any out, or equal worths, leave the strongest: little is believed.
    """
    if len(requests) <= FEWEST_REQUESTS:
        return STRENGTHS[-1]
    folds = [requests[at::INNER_FOLDS] for at in range(min(INNER_FOLDS, len(requests)))]
    means = [_mean_left_out(base, lessons, requests, folds, one) for one in STRENGTHS]
    best = max(range(len(STRENGTHS)), key=lambda at: (round(means[at], 6), at))
    return STRENGTHS[best]


def _mean_left_out(
    base: AdditiveModel, lessons: Lessons, requests: Ints, folds: list[Ints], strength: float
) -> float:
    shares, found = shares_of(base, lessons), []
    for fold in folds:
        others = np.isin(lessons.requests, np.setdiff1d(requests, fold))
        scores = shares @ learn(base, lessons, others, strength)
        found += [
            ndcg_at_k(lessons.grades[row], scores[row])
            for row in (lessons.requests == request for request in fold)
        ]
    return float(np.nanmean(found)) if not np.isnan(found).all() else 0.0


def model_from(base: AdditiveModel, most: Floats, version: str) -> AdditiveModel:
    """Return the base with its curves stretched to learnt points, 100 in all.

    Where nothing is worth anything by what was learnt, the base stays as it is.
    """
    total = float(most.sum())
    if total <= 0:
        return AdditiveModel(base.names, base.tables, version)
    stretch = np.divide(most, base.most, out=np.ones(len(NAMES)), where=base.most > 0)
    return AdditiveModel(base.names, base.tables * stretch[:, None] * (100 / total), version)


def factors_of(model: AdditiveModel, base: AdditiveModel) -> dict[str, float]:
    """Return how much more each feature counts in a model than in the base, both out of 100."""
    ours, theirs = (one.most / (one.most.sum() or 1.0) for one in (model, base))
    ratio = np.divide(ours, theirs, out=np.ones(len(NAMES)), where=theirs > 0)
    return dict(zip(NAMES, ratio.tolist(), strict=True))
