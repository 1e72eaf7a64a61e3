"""The card of the shipped rule says what is documented, of this rule, from the graded pairs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import orjson
import pytest

from matching.baseline import RULE_VERSION, RULE_WEIGHTS, former_rules, rule_model
from matching.card import CARDS, Measured, Outside, curves
from matching.compiled import AdditiveModel
from matching.features import NAMES
from matching.steps import STEPS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "ranking.md").read_text(encoding="utf-8")
CARD = CARDS[RULE_VERSION]


def printed(one: Measured) -> str:
    return f"{one.mean:.3f} ({one.low:.3f}–{one.high:.3f})"


@pytest.mark.parametrize("way", sorted(CARD.figures))
def test_figures_on_the_graded_pairs_are_those_documented(way: str) -> None:
    row = next(line for line in TEXT.splitlines() if line.startswith(f"| {way} |"))
    assert printed(CARD.figures[way]) in row


@pytest.mark.parametrize("told", CARD.outside, ids=lambda one: f"{one.letters}-letters")
def test_figures_of_outside_collections_are_those_documented(told: Outside) -> None:
    assert printed(told.ndcg) in TEXT
    assert f"{told.mended:.3f}" in TEXT
    assert f"{told.letters} letters in four languages, {told.people} CVs" in TEXT
    assert told.bm25 is None or f"BM25 {told.bm25:.3f}" in TEXT


def test_what_to_expect_is_what_is_documented() -> None:
    low, high = CARD.expect
    assert f"expect {low:.2f} to {high:.2f}" in TEXT


def test_the_graded_pairs_are_as_many_as_the_card_says() -> None:
    lines = (ROOT / "fixtures" / "judgements.jsonl").read_bytes().splitlines()
    rows = [orjson.loads(line) for line in lines]
    per_request = Counter(row["request"] for row in rows)
    assert len(per_request) == CARD.judged.requests
    assert set(per_request.values()) == {CARD.judged.per_request}
    assert len({row["expert"] for row in rows}) == CARD.judged.people
    assert sum(CARD.judged.letters.values()) == CARD.judged.requests


def test_curves_give_what_the_rule_gives() -> None:
    found = {curve.feature: curve for curve in curves(rule_model())}
    assert {name: round(curve.most, 9) for name, curve in found.items()} == RULE_WEIGHTS
    assert all(curve.points[0] == 0 for curve in found.values())
    assert found["topic"].unknown == pytest.approx(7.0, abs=0.1)


def test_curves_of_another_scale_give_a_hundred_together() -> None:
    doubled = former_rules()[0]
    doubled = AdditiveModel(NAMES, doubled.tables * 2, "doubled")
    assert sum(curve.most for curve in curves(doubled)) == pytest.approx(100)


def test_a_model_that_gives_nothing_has_flat_curves() -> None:
    nothing = AdditiveModel(NAMES, np.zeros((len(NAMES), STEPS + 2)), "nothing")
    assert {curve.most for curve in curves(nothing)} == {0.0}
