"""CVs of further styles are read right: every value that is scored, and no trap sprung."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from roster.ingest.profile import read_profile
from roster.ingest.reading import read_file
from roster.ingest.summary import summarise
from tests.roster.ingest.unseen_counting import Record, count, fallen

STYLES = Path(__file__).resolve().parent / "styles"
READ_ON = date(2026, 11, 22)
_OURS = {".py", ".jsonl"}


def _load(name: str) -> dict[str, Record]:
    lines = (STYLES / name).read_text("utf-8").splitlines()
    return {str(one["file"]): one for one in map(json.loads, lines)}


TRUTH, TRAPS = _load("truth.jsonl"), _load("traps.jsonl")


def test_truth_and_traps_cover_every_file() -> None:
    files = {path.name for path in STYLES.iterdir() if path.is_file() and path.suffix not in _OURS}
    assert files == set(TRUTH) == set(TRAPS)


@pytest.mark.parametrize("file", sorted(TRUTH))
def test_every_value_of_a_style_is_read_right(file: str) -> None:
    text = read_file((STYLES / file).read_bytes(), name=file)
    summary = summarise(file, text, read_profile(text, today=READ_ON))
    wrong = {name: one.note for name, one in count(summary, TRUTH[file]).items() if one.note}
    assert wrong == {}
    assert fallen(summary, TRAPS[file]) == []
