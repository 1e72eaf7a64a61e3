"""A fitted additive model as one table per feature: the score is the sum of what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.arrays import Bools, Floats
from matching.kernels import look_up
from matching.steps import MISSING, STEPS, encode


@dataclass(frozen=True)
class AdditiveModel:
    """Tables of points per feature; monotone features have tables that never fall.

    `tables` has shape (n_features, 256): codes 0 to 254 are values, code 255 is missing. The worst
    value of each table is 0, so that points are never negative.
    """

    names: tuple[str, ...]
    tables: Floats
    version: str

    def __post_init__(self) -> None:
        if self.tables.shape != (len(self.names), MISSING + 1):
            raise ValueError(f"tables of shape {self.tables.shape} for {len(self.names)} features")

    @classmethod
    def from_curves(
        cls, names: tuple[str, ...], curves: Floats, neutral: Floats, version: str
    ) -> AdditiveModel:
        """Make a model of curves.

        Parameters
        ----------
        names : of the features
        curves : float array (n_features, 255), the part of the score at each step of the value
        neutral : float array (n_features,), the value that a missing one counts like
        version : what to call it
        """
        shifted = curves - curves.min(axis=1, keepdims=True)
        missing = shifted[np.arange(len(names)), encode(neutral)]
        return cls(names, np.column_stack([shifted, missing]), version)

    @cached_property
    def most(self) -> Floats:
        """The most that each feature can give, before scaling, shape (n_features,)."""
        largest: Floats = self.tables.max(axis=1)
        return largest

    def points(self, values: Floats, active: Bools, factors: Floats) -> tuple[Floats, Floats]:
        """Look up what each value is worth, scaled so that the best possible score is 100.

        Parameters
        ----------
        values : float array (n, n_features), in [0, 1] or NaN
        active : bool array (n_features,): what the request gives something to measure
        factors : float array (n_features,), weights shifted for this request, 1 is unshifted

        Returns
        -------
        points : float array (n, n_features); a row's sum is its score, in [0, 100]
        most : float array (n_features,), the most that anybody could get
        """
        weights = np.where(active, factors, 0.0)
        total = float(self.most @ weights)
        scale = weights * (100.0 / total) if total > 0 else np.zeros(len(self.names))
        points = np.zeros((len(self.names), len(values)))
        for at in np.flatnonzero(scale).tolist():
            points[at] = look_up(self.tables[at] * scale[at], values[:, at])
        return points.T, self.most * scale


def lines(weights: Floats) -> Floats:
    """Return straight curves from 0 to each weight, shape (n_features, 255)."""
    return np.outer(weights, np.linspace(0, 1, STEPS + 1))
