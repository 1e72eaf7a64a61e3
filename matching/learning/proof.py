"""Is what was learnt better than what ranks now? Answered on requests that came later.

Requests stand in the order of their first decision. A model is learnt on those before a block and
ranks the people decided in it; so every figure is about requests that the model could not know, and
no decision is judged by what was learnt from a later one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from matching.arrays import Floats, Ints
from matching.compiled import AdditiveModel
from matching.learning.training import (
    FEWEST_REQUESTS,
    Lessons,
    choose_strength,
    learn,
    model_from,
    shares_of,
)
from matching.metrics import average_precision, bootstrap_interval, ndcg_at_k
from roster.read import ModelFigure

FIRST_SHARE = 0.4
"""Share of the requests that is learnt from before the first one is judged."""
BLOCKS = 5
FEWEST_TO_JUDGE = 2
LEARNT = "learnt"
METRICS: dict[str, Callable[[Floats, Floats], float]] = {
    "ndcg@10": lambda grades, scores: ndcg_at_k(grades, scores, 10),
    "MAP": average_precision,
}


@dataclass(frozen=True)
class Proof:
    """What each way of ranking reaches on the requests held out."""

    held_out: int
    figures: Mapping[str, Mapping[str, ModelFigure]]
    """Way of ranking → metric → figure; empty where too few requests could be held out."""
    gains: Mapping[str, ModelFigure]
    """Metric → learnt minus the model in use, paired by request."""


def prove(
    lessons: Lessons,
    base: AdditiveModel,
    in_use: AdditiveModel,
    words: Mapping[str, Floats] | None = None,
) -> Proof:
    """Hold a model learnt from what came before against the one in use and simpler ways.

    Parameters
    ----------
    base : what learning begins with
    in_use : what ranks now
    words : scores (n,) of each row by ways that look at words alone, such as BM25
    """
    blocks = _blocks(lessons.telling)
    if not blocks:
        return Proof(0, {}, {})
    scores = {
        LEARNT: _forward(lessons, base, blocks),
        in_use.version: _scores_by(in_use, lessons),
        base.version: _scores_by(base, lessons),
        **(words or {}),
    }
    judged = np.concatenate([block for _, block in blocks])
    found = {way: _per_request(lessons, held, judged) for way, held in scores.items()}
    return Proof(
        held_out=len(judged),
        figures={
            way: {name: figure_of(values) for name, values in held.items()}
            for way, held in found.items()
        },
        gains={
            name: figure_of(found[LEARNT][name] - found[in_use.version][name]) for name in METRICS
        },
    )


def figure_of(values: Floats) -> ModelFigure:
    """Return the mean over requests with its interval; what cannot be computed is None."""
    mean, low, high = (
        None if np.isnan(value) else float(value) for value in bootstrap_interval(values)
    )
    return ModelFigure(mean, low, high)


def _blocks(telling: Ints) -> list[tuple[Ints, Ints]]:
    """Return (requests before, requests judged) of each block, in time order."""
    start = max(FEWEST_REQUESTS, int(np.ceil(FIRST_SHARE * len(telling))))
    later = telling[start:]
    if len(later) < FEWEST_TO_JUDGE:
        return []
    blocks = np.array_split(later, min(BLOCKS, len(later)))
    return [(telling[telling < block[0]], block) for block in blocks]


def _forward(lessons: Lessons, base: AdditiveModel, blocks: list[tuple[Ints, Ints]]) -> Floats:
    scores = np.full(len(lessons.grades), np.nan)
    for before, block in blocks:
        strength = choose_strength(base, lessons, before)
        most = learn(base, lessons, np.isin(lessons.requests, before), strength)
        rows = np.isin(lessons.requests, block)
        scores[rows] = _scores_by(model_from(base, most, LEARNT), lessons)[rows]
    return scores


def _scores_by(model: AdditiveModel, lessons: Lessons) -> Floats:
    scores: Floats = (shares_of(model, lessons) * model.most).sum(axis=1)
    return scores


def _per_request(lessons: Lessons, scores: Floats, judged: Ints) -> dict[str, Floats]:
    rows = [lessons.requests == request for request in judged]
    return {
        name: np.array([metric(lessons.grades[row], scores[row]) for row in rows])
        for name, metric in METRICS.items()
    }
