"""What `docs/ranking.md` says of the rule is what the rule does."""

import re
from pathlib import Path

from matching.baseline import RULE_VERSION, RULE_WEIGHTS, former_rules
from matching.engine import Engine
from matching.features import FEATURES

TEXT = (Path(__file__).parents[2] / "docs" / "ranking.md").read_text(encoding="utf-8")
ROW = r"^\| `(\w+)` \| (\w+) \| ([\d.]+) \| (.*) \| ([\d.]+) \|$"
ROWS = re.findall(ROW, TEXT, re.MULTILINE)


def test_the_documented_features_are_those_of_the_rule() -> None:
    documented = {name: (group, float(points)) for name, group, points, _, _ in ROWS}
    assert documented == {
        feature.name: (feature.group, RULE_WEIGHTS[feature.name]) for feature in FEATURES
    }


def test_the_documented_worth_of_the_unknown_is_that_of_the_features() -> None:
    documented = {name: float(neutral) for name, *_, neutral in ROWS}
    assert documented == {feature.name: feature.neutral for feature in FEATURES}


def test_the_engine_tells_of_the_rule_what_is_documented() -> None:
    told = [
        (one.name, one.group, round(one.points, 6), one.measures, round(one.neutral, 2))
        for one in Engine().features
    ]
    assert told == [
        (name, group, float(points), measures, float(neutral))
        for name, group, points, measures, neutral in ROWS
    ]


def test_a_former_rule_gives_a_hundred_points_by_a_name_of_its_own() -> None:
    versions = [former.version for former in former_rules()]
    assert versions == ["rule-1"]
    assert RULE_VERSION not in versions
    assert all(round(float(former.most.sum()), 6) == 100 for former in former_rules())


def test_the_weights_of_the_rule_are_points_of_a_hundred() -> None:
    assert sum(RULE_WEIGHTS.values()) == 100
