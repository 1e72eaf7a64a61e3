"""Learns the weights of the features from graded pairs, starting from the rule."""

from __future__ import annotations

from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from matching.arrays import Floats
from matching.preferences import learn_weights, preferences_within


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
        found = preferences_within(np.asarray(X), grades, of, rows)
        start = self._start(found.gaps.shape[1])
        learnt = learn_weights(found, start, float(self.strength), self._bounds(len(start)))
        self.coef_: Floats = learnt.weights * self.temperature
        self.n_iter_ = learnt.rounds
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
