"""A question measured over an index, and the points that a model gives for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from matching.arrays import Bools, Floats
from matching.compiled import AdditiveModel
from matching.copying import copiers, without_copies
from matching.encoder import VectorStore
from matching.features import NAMES, Reading, as_matrix, measure_all
from matching.index import Index, build_index
from matching.question import Question, settle


@dataclass(frozen=True)
class Measured:
    """Every feature of everybody for one question."""

    question: Question
    index: Index
    today: date
    readings: dict[str, Reading]
    values: Floats
    """(n, n_features), NaN missing."""
    active: Bools
    """(n_features,): what the request gives something to measure."""
    own: Mapping[int, tuple[Index, dict[str, Reading]]]
    """By row: who repeats the letter, measured without its sentences, as row 0 of an index."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What people should know about the measuring."""
        if not self.own:
            return ()
        return (f"{len(self.own)} records repeat the letter; its sentences were not counted.",)


@dataclass(frozen=True)
class Scored:
    """What was measured, with the points of a model."""

    measured: Measured
    points: Floats
    """(n, n_features); a row's sum is its score."""
    most: Floats
    """(n_features,)."""

    @property
    def scores(self) -> Floats:
        """Return the score of each row, shape (n,)."""
        scores: Floats = self.points.sum(axis=1)
        return scores


def measure(
    question: Question, index: Index, today: date, store: VectorStore | None = None
) -> Measured:
    """Measure everybody; who repeats the letter is measured, and counted, by her own words."""
    instead = {
        row: without_copies(index.profiles[row], question)
        for row in copiers(question, index).tolist()
    }
    question = settle(question, index, instead)
    readings = measure_all(question, index, today.toordinal())
    values = as_matrix(readings)
    own: dict[int, tuple[Index, dict[str, Reading]]] = {}
    if store is not None:
        store.encode(text for profile in instead.values() for text in profile.texts)
    for row, profile in instead.items():
        alone = build_index([profile], store)
        own[row] = alone, measure_all(question, alone, today.toordinal())
        # What is left unknown by taking the copy away was claimed, not known: it counts nothing.
        mine = as_matrix(own[row][1])[0]
        values[row] = np.where(np.isnan(mine) & ~np.isnan(values[row]), 0.0, mine)
    active = np.array([readings[name].active for name in NAMES])
    return Measured(question, index, today, readings, values, active, own)


def score(measured: Measured, model: AdditiveModel, factors: Floats) -> Scored:
    """Look up the points of everybody; `factors` (n_features,) shift the weights."""
    points, most = model.points(measured.values, measured.active, factors)
    return Scored(measured, points, most)
