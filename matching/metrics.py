"""How good an order is, by grades; ties are averaged, so that no order among equals is luck."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from matching.arrays import Bools, Floats


def ndcg_at_k(grades: Floats, scores: Floats, k: int = 10) -> float:
    """Return the normalised discounted cumulative gain of the first k, in [0, 1].

    Parameters
    ----------
    grades : float array of shape (n,), 0 and more; the gain is 2^grade − 1
    scores : float array of shape (n,); of equal scores each takes the mean discount of their places
    k : places that count

    Returns
    -------
    float, NaN where every grade is 0: no order is better than another
    """
    gains = np.exp2(grades) - 1
    discounts = 1 / np.log2(np.arange(len(grades)) + 2)
    discounts[k:] = 0
    ideal = float(np.sort(gains)[::-1] @ discounts)
    if ideal == 0:
        return float("nan")
    return float(_mean_by_score(gains, scores) @ discounts) / ideal


def recall_at_k(grades: Floats, scores: Floats, k: int = 10, least: float = 2.0) -> float:
    """Return the share of those graded `least` or more among the first k, ties averaged.

    Returns
    -------
    float in [0, 1], NaN where nobody is graded so high
    """
    good = (grades >= least).astype(np.float64)
    if not good.any():
        return float("nan")
    return float(_mean_by_score(good, scores)[:k].sum() / good.sum())


def average_precision(grades: Floats, scores: Floats, least: float = 2.0) -> float:
    """Return the mean precision at the places of those graded `least` or more.

    Of people with equal scores the good ones are expected evenly spread over their places.

    Returns
    -------
    float in [0, 1], NaN where nobody is graded so high
    """
    good = (grades >= least).astype(np.float64)
    if not good.any():
        return float("nan")
    expected = _mean_by_score(good, scores)
    found = 0.0
    for start, end in _runs(np.sort(scores)[::-1]):
        found += _run_precision(expected, good.sum(), start, end)
    return found / float(good.sum())


def pairwise_accuracy(grades: Floats, scores: Floats, among: Bools | None = None) -> float:
    """Return the share of pairs of unlike grades that stand in the right order; a tie is half.

    Parameters
    ----------
    among : bool array of shape (n,): one at least of each pair is of these; None is all

    Returns
    -------
    float in [0, 1], NaN where there is no such pair
    """
    higher = grades[:, None] > grades
    if among is not None:
        higher &= among[:, None] | among
    pairs = int(higher.sum())
    if not pairs:
        return float("nan")
    right = float((higher & (scores[:, None] > scores)).sum())
    tied = float((higher & (scores[:, None] == scores)).sum())
    return (right + tied / 2) / pairs


def _run_precision(expected: Floats, total: float, start: int, end: int) -> float:
    """Return the expected sum of precisions over one run of equal scores.

    With g good of n in the run, a place i of it is good with g/n, and given that, the places
    before it inside the run hold (g−1)/(n−1) each.
    """
    size, share = end - start, float(expected[start])
    good, before = share * size, float(expected[:start].sum())
    if total == 0 or good == 0:
        return 0.0
    inside = (good - 1) / (size - 1) if size > 1 else 0.0
    places = np.arange(size)
    return float((share * (before + 1 + places * inside) / (start + places + 1)).sum())


def _runs(ordered: Floats) -> list[tuple[int, int]]:
    """Return (start, end) of each run of equal values."""
    cuts = np.flatnonzero(np.diff(ordered)) + 1
    edges = [0, *cuts.tolist(), len(ordered)]
    return list(pairwise(edges))


def _mean_by_score(values: Floats, scores: Floats) -> Floats:
    """Return values in descending order of score, each run of equal scores at its mean."""
    order = np.argsort(-scores, kind="stable")
    ordered = values[order].astype(np.float64)
    for start, end in _runs(scores[order]):
        ordered[start:end] = ordered[start:end].mean()
    return ordered


def bootstrap_interval(
    values: Floats, *, share: float = 0.95, rounds: int = 2000, seed: int = 0
) -> tuple[float, float, float]:
    """Return the mean over requests and its percentile interval, requests drawn with replacement.

    Give differences of two models per request to compare them in pairs. NaN are left out.
    """
    held = values[~np.isnan(values)]
    if held.size == 0:
        return (float("nan"),) * 3
    draws = np.random.default_rng(seed).integers(0, held.size, (rounds, held.size))
    means = held[draws].mean(axis=1)
    low, high = np.quantile(means, [(1 - share) / 2, (1 + share) / 2])
    return float(held.mean()), float(low), float(high)
