"""Stored rankings as arrays: what was known of everybody then, to look up in any model's tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

import numpy as np

from matching.arrays import Bools, Floats, Ints, floats
from matching.compiled import AdditiveModel
from matching.features import NAMES
from roster.read import MeasuredRanking
from roster.vocabulary import Band

_SAME = 9
"""Decimals to which scores are told apart, as the ranking does."""


@dataclass(frozen=True)
class PastRanking:
    """A ranking as it was, without its words: scoring it again needs no record and no index."""

    ids: tuple[UUID, ...]
    """In the order shown."""
    bands: tuple[Band, ...]
    values: Floats
    """(n, n_features), NaN missing."""
    active: Bools
    """(n_features,): what the request gave something to measure."""
    factors: Floats
    """(n_features,): the weights shifted for this request."""
    scores: Floats
    """(n,): as they were shown."""

    @cached_property
    def fit(self) -> Ints:
        """Rows of those who met every condition, in the order shown."""
        return np.array(
            [row for row, band in enumerate(self.bands) if band is Band.FIT], dtype=np.int64
        )

    @cached_property
    def row_of(self) -> dict[UUID, int]:
        """Where each person stands."""
        return {one: row for row, one in enumerate(self.ids)}

    def scored_by(self, model: AdditiveModel) -> Floats:
        """Return what everybody would have had by a model, with the same shifts, shape (n,)."""
        points, _ = model.points(self.values, self.active, self.factors)
        scores: Floats = np.minimum(points.sum(axis=1), 100.0)
        return scores

    def order_by(self, model: AdditiveModel) -> tuple[UUID, ...]:
        """Return who met every condition, in the order of a model; ties by id, never by chance."""
        scores = self.scored_by(model)
        rows = sorted(self.fit.tolist(), key=lambda row: _key(float(scores[row]), self.ids[row]))
        return tuple(self.ids[row] for row in rows)


def _key(score: float, expert_id: UUID) -> tuple[float, UUID]:
    return -round(score, _SAME), expert_id


def recall_ranking(ranking: MeasuredRanking) -> PastRanking:
    """Return a stored ranking as arrays.

    A feature that this version measures and the ranking did not is missing for everybody and was
    not asked for; one that it measured and this version does not is left out.
    """
    people = ranking.people
    at = {name: column for column, name in enumerate(NAMES)}
    values = np.full((len(people), len(NAMES)), np.nan)
    active = np.zeros(len(NAMES), dtype=bool)
    for row, person in enumerate(people):
        for feature, value, most in person.parts:
            column = at.get(feature)
            if column is None:
                continue
            if value is not None:
                values[row, column] = value
            active[column] |= most > 0 or value is not None
    shifted = dict(ranking.weights)
    return PastRanking(
        ids=tuple(person.expert_id for person in people),
        bands=tuple(person.band for person in people),
        values=values,
        active=active,
        factors=floats([shifted.get(name, 1.0) for name in NAMES]),
        scores=floats([person.score for person in people]),
    )
