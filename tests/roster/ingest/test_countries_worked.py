"""Countries worked in: work and missions count; what is only mentioned does not."""

import json
from pathlib import Path

import pytest

from tests.roster.ingest.test_posts import countries_in, profile_of

CASES = json.loads(Path(__file__).with_name("countries_worked.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "codes"),
    [pytest.param(case["text"], case["codes"], id=f"case {at}") for at, case in enumerate(CASES)],
)
def test_only_places_of_work_count(text: str, codes: str) -> None:
    assert countries_in(profile_of(text)) == set(codes.split())
