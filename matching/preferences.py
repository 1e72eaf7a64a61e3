"""What is preferred to what, and the weights that speak for it best.

Of numpy and scipy alone: whoever answers learns by it without loading scikit-learn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from matching.arrays import Floats, Ints

MOST_PAIRS = 200_000
"""A group with more pairs is thinned evenly."""


class Preferences(NamedTuple):
    """n pairs of which one is preferred, over k features."""

    gaps: Floats
    """Better minus worse, shape (n, k)."""
    weights: Floats
    """What each pair counts, shape (n,)."""


class Learnt(NamedTuple):
    """Weights of k features."""

    weights: Floats
    """Shape (k,)."""
    rounds: int
    """How often they were bettered."""


def preferences_within(
    table: Floats, grades: Floats, groups: NDArray[np.generic], rows: Floats
) -> Preferences:
    """Return the pairs of rows of different grades inside a group; a group's weights add up to 1.

    Parameters
    ----------
    table : shape (m, k)
    grades : shape (m,), more is better
    groups : shape (m,)
    rows : what each row counts, shape (m,); a pair counts the product

    Raises
    ------
    ValueError
        No group holds two grades, or no pair counts: there is nothing to learn.
    """
    found = list(_group_pairs(grades, groups))
    if not found:
        raise ValueError("every group has one grade (1 class): there is nothing to learn")
    gaps, weights = [], []
    for better, worse in found:
        weight = rows[better] * rows[worse] * (grades[better] - grades[worse])
        total = weight.sum()
        if total > 0:
            gaps.append(table[better] - table[worse])
            weights.append(weight / total)
    if not gaps:
        raise ValueError("the weight of every pair is zero: there is nothing to learn")
    return Preferences(np.vstack(gaps), np.concatenate(weights))


def _group_pairs(grades: Floats, groups: NDArray[np.generic]) -> Iterator[tuple[Ints, Ints]]:
    for group in np.unique(groups):
        members = np.flatnonzero(groups == group)
        held = grades[members]
        better, worse = np.nonzero(held[:, None] > held[None, :])
        if better.size:
            step = max(1, -(-better.size // MOST_PAIRS))
            yield members[better[::step]], members[worse[::step]]


def learn_weights(
    preferences: Preferences,
    prior: Floats,
    strength: float,
    bounds: Sequence[tuple[float | None, None]] | None = None,
) -> Learnt:
    """Return the weights of the least logistic loss, drawn towards a prior.

    Parameters
    ----------
    prior : shape (k,)
    strength : what the square of the distance from the prior counts
    bounds : least weight of each feature; None is free
    """
    answer = minimize(
        _loss,
        prior,
        args=(*preferences, prior, strength),
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"maxiter": 500},
    )
    return Learnt(np.asarray(answer.x), int(answer.nit))


def _loss(
    w: Floats, gaps: Floats, weights: Floats, prior: Floats, strength: float
) -> tuple[float, Floats]:
    """Return the penalised logistic loss of preferring each gap, and its gradient."""
    margins = gaps @ w
    away = w - prior
    loss = float(weights @ np.logaddexp(0, -margins)) + 0.5 * strength * float(away @ away)
    gradient = -(weights * expit(-margins)) @ gaps + strength * away
    return loss, gradient
