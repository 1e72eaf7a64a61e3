"""Teams are proposed for the published Actions, from rosters of several seeds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.cli import run
from api.commands.evaluating_teams import SEEDS, past_teams
from fixtures.generate import make_row


def test_the_published_actions_that_name_a_member_state_are_compared() -> None:
    actions = past_teams()
    assert len(actions) == 58
    assert all(one.request.starts is None and one.request.id is None for one in actions)
    assert not any(code in one.request.text for one in actions for code in ("{", "experts_"))


def test_each_seed_makes_other_people() -> None:
    texts = {make_row(0, seed)["cv"]["text"] for seed in SEEDS[:3]}
    assert len(texts) == 3


def test_figures_are_told_and_written_down(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "teams.md"
    asked = ["--seeds", "1", "--actions", "2", "--size", "24", "--report", str(report), "--json"]
    assert run(["evaluate", "teams", *asked]) == 0
    found = json.loads(capfd.readouterr().out)
    assert (found["actions"], found["rosters"], found["people"]) == (2, 1, 24)
    assert len(found["trials"]) == 4
    assert "## What it does not show" in report.read_text(encoding="utf-8")
