"""The learnt weights start from the rule and move as far as judgements carry them."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.utils.estimator_checks import check_estimator

from matching.ranker import PairwiseRanker


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.SkipTestWarning")
def test_it_is_a_scikit_learn_estimator() -> None:
    check_estimator(PairwiseRanker())


def test_without_telling_judgements_it_is_the_rule() -> None:
    rng = np.random.default_rng(1)
    rows, prior = rng.random((60, 4)), np.array([30.0, 10.0, 5.0, 1.0])
    ranker = PairwiseRanker(strength=1e6, prior=prior).fit(rows, rng.integers(0, 4, 60))
    assert ranker.coef_ == pytest.approx(prior, rel=1e-3)


def test_it_learns_what_the_grades_follow() -> None:
    rng = np.random.default_rng(2)
    rows, groups = rng.random((600, 4)), np.repeat(np.arange(20), 30)
    grades = np.digitize(rows[:, 2], [0.4, 0.7, 0.9])
    ranker = PairwiseRanker(strength=0.1, prior=[10.0, 10.0, 10.0, 10.0])
    ranker.fit(rows, grades, groups=groups)
    assert ranker.coef_.argmax() == 2
    assert ranker.coef_[2] > 2 * np.delete(ranker.coef_, 2).max()


def test_a_monotone_weight_is_never_negative() -> None:
    rng = np.random.default_rng(3)
    rows = rng.random((200, 3))
    ranker = PairwiseRanker(strength=0.01, monotone=[1, 1, 0]).fit(rows, -rows[:, 0] - rows[:, 2])
    assert (ranker.coef_[:2] >= 0).all()
    assert ranker.coef_[2] < 0


def test_pairs_of_different_requests_are_never_compared() -> None:
    rows, grades = np.array([[0.0], [1.0], [5.0], [6.0]]), np.array([0, 1, 0, 1])
    apart = PairwiseRanker().fit(rows, grades, groups=[1, 1, 2, 2])
    moved = PairwiseRanker().fit(
        rows + np.array([[0], [0], [90], [90]]), grades, groups=[1, 1, 2, 2]
    )
    assert apart.coef_ == pytest.approx(moved.coef_)


def test_rows_of_weight_nought_teach_nothing() -> None:
    rng = np.random.default_rng(4)
    rows, grades = rng.random((40, 3)), rng.integers(0, 3, 40)
    bad = np.vstack([rows, [[9.0, 9.0, 9.0]]])
    weights = np.append(np.ones(40), 0.0)
    learnt = PairwiseRanker().fit(rows, grades).coef_
    kept = PairwiseRanker().fit(bad, np.append(grades, 0), sample_weight=weights).coef_
    assert kept == pytest.approx(learnt, abs=1e-4)


def test_one_grade_only_is_nothing_to_learn() -> None:
    with pytest.raises(ValueError, match="nothing to learn"):
        PairwiseRanker().fit(np.ones((3, 2)), [1, 1, 1])


def test_a_prior_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="prior"):
        PairwiseRanker(prior=[1.0]).fit(np.eye(2), [0, 1])
