"""What every comparison counts: means over requests, each with how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from matching.arrays import Floats
from matching.metrics import average_precision, bootstrap_interval, ndcg_at_k, recall_at_k

METRICS: Mapping[str, Callable[[Floats, Floats], float]] = {
    "ndcg@5": lambda grades, scores: ndcg_at_k(grades, scores, 5),
    "ndcg@10": lambda grades, scores: ndcg_at_k(grades, scores, 10),
    "recall@10": lambda grades, scores: recall_at_k(grades, scores, 10),
    "MAP": average_precision,
}
DECIDES = "ndcg@10"
"""The metric by whose gain a learnt model replaces the rule."""
_SAME = 9
"""Decimals to which scores are told apart, as a ranking does."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over requests with its 95 % interval; NaN where nothing could be counted."""

    mean: float
    low: float
    high: float


def figure_of(values: Floats) -> Figure:
    """Return the mean over requests with its interval, shape (n_requests,); NaN are left out."""
    return Figure(*bootstrap_interval(values))


def per_request(
    grades: Floats, scores: Floats, groups: np.ndarray, names: np.ndarray
) -> dict[str, Floats]:
    """Return each metric of each named request.

    Parameters
    ----------
    grades, scores, groups : shape (n,); of each judged pair
    names : shape (k,): the requests to measure, in the order of the answer
    """
    rows = [groups == name for name in names]
    near = np.round(scores, _SAME)
    return {
        name: np.array([metric(grades[row], near[row]) for row in rows])
        for name, metric in METRICS.items()
    }


def shown(figure: Figure, *, sign: bool = False) -> str:
    """Return a figure in words: "0.872 (0.830–0.911)", "-" where nothing could be counted."""
    if np.isnan(figure.mean):
        return "-"
    form = "+.3f" if sign else ".3f"
    return f"{figure.mean:{form}} ({figure.low:{form}}–{figure.high:{form}})"
