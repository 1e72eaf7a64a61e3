"""The documented rule: fixed weights, said in words; the cold start and the bar to beat."""

from __future__ import annotations

import numpy as np

from matching.arrays import Floats, floats
from matching.compiled import AdditiveModel, lines
from matching.features import FEATURES, NAMES

RULE_VERSION = "rule-1"

RULE_WEIGHTS = {
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
}
"""Points of 100 for each feature at its best.

Half goes to the subject: practice in the topics asked for (28) before meaning (14) and words (8),
because words are what a CV can be stuffed with. Country and region (14), the type of activity (11)
and the discipline of the office (7) follow. What was done on earlier missions and years of service
count little (4 each), so that first-timers have their turn, and practicalities least.
"""


def rule_weights() -> Floats:
    """Return the weights in the order of the features, shape (n_features,)."""
    return floats([RULE_WEIGHTS[name] for name in NAMES])


def neutral_values() -> Floats:
    """Return what each feature counts where it is missing, shape (n_features,)."""
    return np.array([feature.neutral for feature in FEATURES])


def rule_model() -> AdditiveModel:
    """Return the rule as a model."""
    return AdditiveModel.from_curves(NAMES, lines(rule_weights()), neutral_values(), RULE_VERSION)
