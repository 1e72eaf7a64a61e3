"""How readily each state lends experts to a need: what is measured, and what it weighs.

Everything is measured on past Actions that a caller lets count, so that an Action never speaks for
itself. Shares are drawn towards what is known at large while few Actions carry them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np

from matching.arrays import Bools, Floats
from matching.outreach.history import (
    Nearness,
    Need,
    languages_in_common,
    members_at,
    nearness,
    supplied,
)
from matching.preferences import Preferences, learn_weights, preferences_within
from roster.read import PastAction, Told

MEASURED = (Told.TOPIC, Told.PLACE, Told.REGION, Told.LANGUAGE, Told.SHARE)
RULE: Floats = np.array([1.0, 1.0, 1.0, 2.0, 1.0])
"""Weights set beforehand: each ratio as it stands, a language in common about seven to one."""
STRENGTH = 5.0
"""Actions of evidence that the rule is worth."""
LEAST_ACTIONS = 10
"""Fewer Actions that name a state teach nothing: the rule orders alone."""
_AT_LARGE = 3.0
"""Actions that the average state's share is worth in a state's own."""
_OF_A_KIND = 2.0
"""Actions that a state's share at large is worth in its share of Actions of a kind."""
_LEAST_SHARE = 1e-3
_FREE = 1e-3
"""Of next to nothing: it keeps a curve finite where scores tell the Actions apart without fail."""


@dataclass(frozen=True, slots=True)
class Past:
    """n past Actions measured against each other, for m states."""

    states: tuple[str, ...]
    needs: tuple[Need, ...]
    sent: Floats
    """1 where a state sent experts, shape (n, m)."""
    near: Nearness
    """Of each Action to each other, (n, n)."""
    speaks: Floats
    """Languages in common, (n, m)."""
    members: Bools
    """States that could be asked when each Action began, (n, m)."""

    @classmethod
    def of(cls, actions: Sequence[PastAction], states: Sequence[str], on: date) -> Self:
        """Measure Actions for some states; regional bodies have the members of a day."""
        needs = tuple(Need.of_action(one, on) for one in actions)
        return cls(
            states=tuple(states),
            needs=needs,
            sent=supplied(actions, states),
            near=nearness(needs, needs, on),
            speaks=languages_in_common(needs, states),
            members=members_at(needs, states, on),
        )

    def __len__(self) -> int:
        return len(self.needs)


def measure(near: Nearness, speaks: Floats, sent: Floats, use: Bools) -> Floats:
    """Measure each state for each need on the Actions that may count.

    Parameters
    ----------
    near : of k needs to n Actions
    speaks : languages in common, shape (k, m)
    sent : shape (n, m)
    use : which Actions count for which need, shape (k, n)

    Returns
    -------
    float array of shape (k, m, 5) in the order of `MEASURED`
        Logarithms: of the share of Actions of a kind out of the share at large, and last of the
        share at large; the language in [0, 1]. 0 where nothing of a kind is known: it moves nobody.
    """
    recent = near.recency * use
    total = recent.sum(axis=1, keepdims=True)
    count = recent @ sent
    mean = np.divide(
        count.mean(axis=1, keepdims=True), total, out=np.full_like(total, 0.0), where=total > 0
    )
    share = (count + _AT_LARGE * np.maximum(mean, _LEAST_SHARE)) / (total + _AT_LARGE)
    lifts = [
        np.log(_share_of_a_kind(recent * kind, sent, share) / share)
        for kind in (near.topic, near.place, near.region)
    ]
    return np.stack([*lifts, speaks, np.log(share)], axis=2)


def _share_of_a_kind(weights: Floats, sent: Floats, share: Floats) -> Floats:
    total = weights.sum(axis=1, keepdims=True)
    found: Floats = (weights @ sent + _OF_A_KIND * share) / (total + _OF_A_KIND)
    return found


def apart(allowed: Bools) -> Bools:
    """Return which Actions may speak for which: those allowed, and none for itself."""
    return allowed & ~np.eye(len(allowed), dtype=bool)


def fit(past: Past, use: Bools, rows: Bools, columns: Sequence[int] | None = None) -> Floats:
    """Learn what each measure weighs from pairs of states of the same Action.

    Parameters
    ----------
    use : which Actions may speak for which, shape (n, n)
    rows : Actions to learn from, shape (n,)
    columns : measures to learn; the others weigh 0. None is all.

    Returns
    -------
    float array of shape (5,), never below 0; the rule where there is nothing to learn from
    """
    kept = np.arange(len(MEASURED)) if columns is None else np.asarray(columns)
    weights = np.zeros(len(MEASURED))
    weights[kept] = RULE[kept]
    if rows.sum() < LEAST_ACTIONS:
        return weights
    found = measure(past.near, past.speaks, past.sent, use)[:, :, kept]
    asked = past.members & rows[:, None]
    try:
        pairs = preferences_within(
            found[asked], past.sent[asked], np.nonzero(asked)[0], np.ones(asked.sum())
        )
    except ValueError:
        return weights
    weights[kept] = learn_weights(pairs, RULE[kept], STRENGTH, [(0.0, None)] * len(kept)).weights
    return weights


@dataclass(frozen=True, slots=True)
class Chances:
    """How often states with a score sent experts, as a logistic curve."""

    slope: float
    intercept: float

    @classmethod
    def of(cls, past: Past, weights: Floats, use: Bools, rows: Bools) -> Self | None:
        """Return the curve through past scores, None where there is too little to draw one."""
        asked = past.members & rows[:, None]
        came = past.sent[asked]
        if rows.sum() < LEAST_ACTIONS or len(np.unique(came)) < 2:
            return None
        scores = (measure(past.near, past.speaks, past.sent, use) @ weights)[asked]
        # A state that sent experts speaks for its score, one that did not against it.
        gaps = np.where(came > 0, 1.0, -1.0)[:, None] * np.stack([scores, np.ones_like(scores)], 1)
        pairs = Preferences(gaps, np.ones(len(gaps)))
        slope, intercept = learn_weights(pairs, np.zeros(2), _FREE).weights.tolist()
        return cls(slope, intercept) if slope > 0 else None

    def at(self, scores: Floats) -> Floats:
        """Return the chance at each score, in [0, 1]."""
        found: Floats = 1 / (1 + np.exp(-(self.slope * scores + self.intercept)))
        return found
