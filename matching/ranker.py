"""Learns the weights of the features from graded pairs, starting from the rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.base import BaseEstimator
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from matching.arrays import Floats, Ints

MOST_PAIRS = 200_000
"""A group with more pairs is thinned evenly."""


class PairwiseRanker(BaseEstimator):  # type: ignore[misc]
    """Rank rows inside a group; `coef_ * x` adds up to the score, so it explains it.

    The weights minimise the logistic loss of the differences between better and worse rows of the
    same group, plus `strength` × the squared distance from the `prior`: with few judgements it is
    the rule, with many it is what they say. Every group weighs the same, however many pairs it has.

    Parameters
    ----------
    strength : float
        How many groups of evidence the prior is worth.
    prior : array of shape (n_features,), optional
        Weights in points; zeros where None.
    temperature : float
        Points of difference that make the better row e times as likely to be preferred.
    monotone : array of int of shape (n_features,), optional
        1: the weight may not be negative; 0: free. None frees all.
    """

    def __init__(
        self,
        strength: float = 1.0,
        prior: ArrayLike | None = None,
        temperature: float = 10.0,
        monotone: ArrayLike | None = None,
    ) -> None:
        self.strength = strength
        self.prior = prior
        self.temperature = temperature
        self.monotone = monotone

    def fit(
        self,
        X: ArrayLike,  # noqa: N803 -- scikit-learn's name
        y: ArrayLike,
        groups: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
    ) -> Self:
        """Learn from rows, their grades and the request of each.

        Parameters
        ----------
        X : array (n_samples, n_features); missing values are filled in before
        y : array (n_samples,), grades: more is better
        groups : array (n_samples,), ids of requests; None is one request
        sample_weight : array (n_samples,); a pair weighs the product of its rows

        Raises
        ------
        ValueError
            No group holds two grades: there is nothing to learn.
        """
        X, y = validate_data(  # noqa: N806 -- scikit-learn's name
            self, X, y, y_numeric=True, dtype=np.float64
        )
        grades = np.asarray(y, dtype=np.float64)
        of = np.zeros(len(grades), int) if groups is None else np.asarray(groups)
        rows = _check_sample_weight(sample_weight, X, dtype=np.float64)
        gaps, weights = _pairs(np.asarray(X), grades, of, rows)
        start = self._start(gaps.shape[1])
        bounds = self._bounds(len(start))
        answer = minimize(
            _loss,
            start,
            args=(gaps, weights, start, float(self.strength)),
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
            options={"maxiter": 500},
        )
        self.coef_: Floats = np.asarray(answer.x) * self.temperature
        self.n_iter_ = int(answer.nit)
        return self

    def _start(self, n_features: int) -> Floats:
        prior = np.zeros(n_features) if self.prior is None else np.asarray(self.prior, np.float64)
        if prior.shape != (n_features,):
            raise ValueError(f"the prior has shape {prior.shape}, X has {n_features} features")
        return prior / self.temperature

    def _bounds(self, n_features: int) -> list[tuple[float | None, None]]:
        if self.monotone is None:
            return [(None, None)] * n_features
        return [(0.0 if one > 0 else None, None) for one in np.asarray(self.monotone)]

    def predict(self, X: ArrayLike) -> Floats:  # noqa: N803 -- scikit-learn's name
        """Return one score per row; only the order inside one request has a meaning."""
        check_is_fitted(self)
        scores: Floats = np.asarray(
            validate_data(self, X, reset=False, dtype=np.float64) @ self.coef_
        )
        return scores


def _loss(
    w: Floats, gaps: Floats, weights: Floats, prior: Floats, strength: float
) -> tuple[float, Floats]:
    """Return the penalised logistic loss of preferring each gap, and its gradient."""
    margins = gaps @ w
    away = w - prior
    loss = float(weights @ np.logaddexp(0, -margins)) + 0.5 * strength * float(away @ away)
    gradient = -(weights * expit(-margins)) @ gaps + strength * away
    return loss, gradient


def _pairs(
    table: Floats, grades: Floats, groups: NDArray[np.generic], rows: Floats
) -> tuple[Floats, Floats]:
    """Return better minus worse of each pair inside a group; a group's weights add up to 1."""
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
    return np.vstack(gaps), np.concatenate(weights)


def _group_pairs(grades: Floats, groups: NDArray[np.generic]) -> Iterator[tuple[Ints, Ints]]:
    for group in np.unique(groups):
        members = np.flatnonzero(groups == group)
        held = grades[members]
        better, worse = np.nonzero(held[:, None] > held[None, :])
        if better.size:
            step = max(1, -(-better.size // MOST_PAIRS))
            yield members[better[::step]], members[worse[::step]]
