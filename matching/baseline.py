"""The documented rule: fixed weights, said in words; the cold start and the bar to beat."""

from __future__ import annotations

import numpy as np

from matching.arrays import Floats, floats
from matching.compiled import AdditiveModel, lines
from matching.features import FEATURES, NAMES

RULE_VERSION = "rule-2"

RULE_WEIGHTS = {
    "topic": 28.0,
    "text": 5.0,
    "semantic": 28.0,
    "passage": 16.0,
    "activity": 5.0,
    "language": 2.0,
    "country": 6.0,
    "peer": 3.0,
    "record": 2.0,
    "seniority": 2.0,
    "free": 1.0,
    "fresh": 2.0,
}
"""Points of 100 for each feature at its best.

Most goes to the subject: practice in the topics asked for (28) and meaning, of the whole record
(28) and sentence by sentence (16), which finds practice that no list names, in any language. Words
count little (5), because they are what a CV can be stuffed with. Country and region (6), the type
of activity (5) and the discipline of the office (3) decide among those who know the subject; these
facts are often missing from a CV, and then they must not sink who did the work. Earlier missions,
years of service and practicalities count least, so that first-timers have their turn.
"""

_FORMER_WEIGHTS = {
    "rule-1": {
        "topic": 28.0,
        "text": 8.0,
        "semantic": 5.0,
        "passage": 9.0,
        "activity": 11.0,
        "language": 6.0,
        "country": 14.0,
        "peer": 7.0,
        "record": 4.0,
        "seniority": 4.0,
        "free": 2.0,
        "fresh": 2.0,
    },
}
"""Rules that ranked before, so that their lists can be made again; never changed, only added to."""


def former_rules() -> tuple[AdditiveModel, ...]:
    """Return the rules of earlier versions as models, the oldest first.

    Their weights are as they were. What a feature measures may have changed since: whoever makes an
    old list again is told of that, person by person.
    """
    return tuple(
        AdditiveModel.from_curves(
            NAMES,
            lines(floats([weights.get(name, 0.0) for name in NAMES])),
            neutral_values(),
            version,
        )
        for version, weights in _FORMER_WEIGHTS.items()
    )


def rule_weights() -> Floats:
    """Return the weights in the order of the features, shape (n_features,)."""
    return floats([RULE_WEIGHTS[name] for name in NAMES])


def neutral_values() -> Floats:
    """Return what each feature counts where it is missing, shape (n_features,)."""
    return np.array([feature.neutral for feature in FEATURES])


def rule_model() -> AdditiveModel:
    """Return the rule as a model."""
    return AdditiveModel.from_curves(NAMES, lines(rule_weights()), neutral_values(), RULE_VERSION)
