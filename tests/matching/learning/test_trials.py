"""A ranking held against judgements: better than chance where it is; no figure where none is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from matching.baseline import rule_model
from matching.features import NAMES
from matching.learning.trials import (
    METRICS,
    RANDOM,
    RANKING,
    Judged,
    judge,
    trial_table,
)
from matching.learning.words import words_alone
from matching.metrics import pairwise_accuracy
from matching.standings import Standings


def judged(values: Sequence[float], grades: Sequence[float], language: str | None = "fr") -> Judged:
    """Return a request where one feature has these values."""
    table = np.zeros((len(values), len(NAMES)))
    table[:, NAMES.index("topic")] = values
    nothing = np.zeros(len(values))
    standings = Standings(
        model=rule_model(),
        values=table,
        active=np.ones(len(NAMES), bool),
        passed=np.ones(len(values), bool),
        gates=tuple(() for _ in values),
        notes=(),
        language=language,
        shares=np.ones(len(NAMES)),
    )
    words = {"TF-IDF": nothing, "BM25": nothing}
    return Judged(standings, np.arange(len(values)), np.array(grades, float), words)


def test_a_perfect_order_is_one_everywhere_and_equals_count_as_chance() -> None:
    trial = judge([judged([1.0, 0.6, 0.2], [3, 1, 0]), judged([0.9, 0.1, 0.0], [2, 0, 0], None)])
    assert {trial.figures[RANKING][name].mean for name in METRICS} == {1.0}
    assert trial.figures[RANDOM]["pairs"].mean == 0.5
    assert trial.gains[RANDOM]["pairs"].mean == 0.5
    assert set(trial.by_language) == {"fr", "?"}
    assert (trial.requests, trial.judgements) == (2, 6)


def test_what_a_feature_adds_is_lost_without_it() -> None:
    trial = judge([judged([1.0, 0.6, 0.2], [3, 1, 0])], ablate=True)
    change, alone = trial.ablation["topic"]
    assert change.mean < 0
    assert alone.mean == 1
    assert "topic" in trial_table(trial)
    assert set(trial.ablation) == set(NAMES)


def test_grades_of_none_and_one_count_the_ones_as_found() -> None:
    trial = judge([judged([1.0, 0.0], [1, 0])])
    assert trial.figures[RANKING]["recall@10"].mean == 1


def test_nobody_of_use_gives_no_figure() -> None:
    assert "-" in trial_table(judge([judged([1.0, 0.0], [0, 0])]))


@pytest.mark.parametrize(
    "documents", [["", " "], ["a", "I"], ["…", "–"]], ids=["empty", "stop", "marks"]
)
def test_documents_that_say_nothing_are_equal(documents: list[str]) -> None:
    for scores in words_alone(documents, ["visa", ""]).values():
        assert scores.shape == (2, 2)
        assert not scores.any()


def test_pairs_in_order_count_ties_by_half() -> None:
    assert pairwise_accuracy(np.array([2.0, 1.0, 0.0]), np.array([5.0, 5.0, 1.0])) == 2.5 / 3
    assert np.isnan(pairwise_accuracy(np.ones(3), np.arange(3.0)))
