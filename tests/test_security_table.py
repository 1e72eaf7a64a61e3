"""The table of security names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parent
TABLE = TESTS.parent / "docs" / "security.md"
NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


def test_every_test_that_the_table_names_is_there() -> None:
    named = NAMED.findall(TABLE.read_text(encoding="utf-8"))
    assert len(named) > 40
    for path, name in named:
        assert f"def {name}(" in (TESTS / path).read_text(encoding="utf-8"), (path, name)


def test_every_line_of_the_table_says_its_state_and_a_met_one_its_test() -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [[part.strip() for part in line.strip("|").split("|")] for line in lines if "|" in line]
    stated = [row for row in rows if row[1] not in {"State", "---"}]
    for requirement, state, why in stated:
        assert state.removesuffix(" (long)") in {"met", "partly", "not met", "not applicable"}
        assert why, requirement
    without = [one[0] for one in stated if one[1].startswith("met") and not NAMED.search(one[2])]
    assert without == ["What was uploaded is never served to run"]
