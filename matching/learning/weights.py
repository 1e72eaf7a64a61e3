"""Weights learnt from judgements, each request ranked by weights that have not seen it.

Two ways of holding back: one request at a time (learnt on all others), and in time (learnt on what
came before only, as a facility would). Whatever is chosen is chosen on the requests learnt from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from matching.arrays import Floats
from matching.baseline import neutral_values, rule_weights
from matching.compiled import AdditiveModel, lines
from matching.features import FEATURES, NAMES
from matching.learning.dataset import Dataset
from matching.metrics import ndcg_at_k
from matching.ranker import PairwiseRanker

STRENGTHS = (0.3, 1.0, 3.0, 10.0, 30.0)
"""How many requests of evidence the rule may be worth; chosen inside each fold."""
INNER_FOLDS = 5
FIRST_SHARE = 0.4
"""Share of the dated requests that is learnt from before the first one is judged."""
BLOCKS = 5
FEWEST = 3
"""Fewer requests teach nothing, and fewer that came later show nothing."""


class Block(NamedTuple):
    """A stretch of time: what is judged, and what came on days before it."""

    before: tuple[str, ...]
    judged: tuple[str, ...]


def blocks_in_time(days: Mapping[str, date]) -> tuple[Block, ...]:
    """Return the later requests in stretches of time, each with all that came on days before.

    Parameters
    ----------
    days : by request, when it came; requests without a day belong in no stretch

    Returns
    -------
    () where too few came later
    """
    ordered = sorted(days, key=lambda name: (days[name], name))
    start = max(FEWEST, int(np.ceil(FIRST_SHARE * len(ordered))))
    later = ordered[start:]
    if len(later) < FEWEST:
        return ()
    cuts = np.linspace(0, len(later), min(BLOCKS, len(later)) + 1).astype(int).tolist()
    found = []
    for begin, end in pairwise(cuts):
        judged = tuple(later[begin:end])
        before = tuple(name for name in ordered if days[name] < days[judged[0]])
        found.append(Block(before, judged))
    return tuple(found)


def learnt_scores(data: Dataset) -> Floats:
    """Return the score of each row by weights that have not seen its request, shape (n,)."""
    scores = np.zeros(len(data.grades))
    for group in np.unique(data.groups):
        out = data.groups == group
        scores[out] = data.filled[out] @ fit_weights(data, ~out)
    return scores


def later_scores(data: Dataset, blocks: Sequence[Block]) -> Floats:
    """Return the score of each row by weights learnt on what came before, NaN in no block, (n,)."""
    scores = np.full(len(data.grades), np.nan)
    for block in blocks:
        rows = np.isin(data.groups, block.judged)
        weights = fit_weights(data, np.isin(data.groups, block.before))
        scores[rows] = data.filled[rows] @ weights
    return scores


def fit_weights(data: Dataset, rows: np.ndarray | None = None) -> Floats:
    """Return weights learnt on the given rows, the prior's worth chosen among them too.

    Too few requests to choose by, or none with two grades, leave the rule as it is.
    """
    kept = np.ones(len(data.grades), bool) if rows is None else np.asarray(rows)
    if not _is_telling(data, kept):
        return rule_weights()
    strength = choose_strength(data, kept)
    return _fit(data, kept, strength)


def choose_strength(data: Dataset, rows: np.ndarray) -> float:
    """Return the worth of the rule that ranks left-out requests among `rows` best."""
    groups = np.unique(data.groups[rows])
    if len(groups) < FEWEST:
        return STRENGTHS[-1]
    folds = [groups[at::INNER_FOLDS] for at in range(min(INNER_FOLDS, len(groups)))]
    means = [np.nanmean([_held_out(data, rows, fold, s) for fold in folds]) for s in STRENGTHS]
    # The strongest of equals: less is believed of few judgements.
    best = max(range(len(STRENGTHS)), key=lambda at: (round(means[at], 6), at))
    return STRENGTHS[best]


def _held_out(data: Dataset, rows: np.ndarray, fold: np.ndarray, strength: float) -> float:
    out = rows & np.isin(data.groups, fold)
    train = rows & ~out
    weights = _fit(data, train, strength) if _is_telling(data, train) else rule_weights()
    found = [
        ndcg_at_k(data.grades[row], data.filled[row] @ weights)
        for row in (out & (data.groups == group) for group in fold)
    ]
    known = [value for value in found if not np.isnan(value)]
    return float(np.mean(known)) if known else 0.0


def _is_telling(data: Dataset, rows: np.ndarray) -> bool:
    groups = np.unique(data.groups[rows])
    return any(len(np.unique(data.grades[rows & (data.groups == group)])) > 1 for group in groups)


def _fit(data: Dataset, rows: np.ndarray, strength: float) -> Floats:
    ranker = PairwiseRanker(
        strength=strength,
        prior=rule_weights(),
        monotone=[feature.direction for feature in FEATURES],
    )
    ranker.fit(data.filled[rows], data.grades[rows], groups=data.groups[rows])
    return ranker.coef_


def compile_weights(weights: Floats, version: str) -> AdditiveModel:
    """Return learnt weights as a model, scaled so that they add up to 100."""
    total = float(np.abs(weights).sum()) or 1.0
    return AdditiveModel.from_curves(NAMES, lines(100 * weights / total), neutral_values(), version)
