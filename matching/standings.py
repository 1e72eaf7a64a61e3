"""Everybody's place for one request in one number, the band first: nobody is left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from matching.arrays import Bools, Floats
from matching.compiled import AdditiveModel
from matching.encoder import VectorStore
from matching.features import NAMES
from matching.gates import band_of, check_gates
from matching.index import Index
from matching.question import ask
from matching.scoring import measure, score
from roster.errors import RequestIncomplete
from roster.read import GateResult, RequestView
from roster.vocabulary import Band

PASSED = 100.0
"""Points for failing no condition: as many as all features together can give, so that nobody who
fails one stands above somebody who does not."""


@dataclass(frozen=True)
class Standings:
    """Everybody for one request, in the order of the index."""

    points: Floats
    """(n, n_features)."""
    passed: Bools
    """(n,): who fails no condition."""
    gates: tuple[tuple[GateResult, ...], ...]
    notes: tuple[str, ...]

    @property
    def scores(self) -> Floats:
        """Return the sum of the points, `PASSED` added where no condition is failed, shape (n,)."""
        scores: Floats = self.points.sum(axis=1) + self.conditions
        return scores

    @property
    def conditions(self) -> Floats:
        """Return what the conditions add to each score, shape (n,)."""
        return np.where(self.passed, PASSED, 0.0)


def stand(
    request: RequestView,
    index: Index,
    today: date,
    *,
    model: AdditiveModel,
    store: VectorStore | None = None,
    factors: Floats | None = None,
) -> Standings:
    """Rank everybody of an index for a request.

    A request that names nothing to rank by gives nobody points: all are equal but for the
    conditions, and a note says so.

    Parameters
    ----------
    factors : float array (n_features,), weights shifted for this request; None shifts none
    """
    shifts = np.ones(len(NAMES)) if factors is None else factors
    gates = tuple(check_gates(profile.view, request) for profile in index.profiles)
    passed = np.fromiter((band_of(one) is not Band.NOT for one in gates), bool, len(index))
    try:
        question = ask(request, store.encoder if store else None, today)
    except RequestIncomplete:
        note = "It names neither topic, activity nor text: nobody can be told from anybody."
        return Standings(np.zeros((len(index), len(NAMES))), passed, gates, (note,))
    measured = measure(question, index, today, store)
    scored = score(measured, model, shifts)
    return Standings(scored.points, passed, gates, (*question.notes, *measured.notes))
