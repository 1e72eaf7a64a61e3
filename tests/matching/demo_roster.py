"""The synthetic roster as the ranker sees it, projected the way the product projects it."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files

from fixtures.views import view_of
from roster.read import ExpertView


@lru_cache(maxsize=1)
def demo_roster() -> tuple[ExpertView, ...]:
    """Return everybody of `fixtures/roster.jsonl`."""
    lines = (files("fixtures") / "roster.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(view_of(json.loads(line)) for line in lines)
