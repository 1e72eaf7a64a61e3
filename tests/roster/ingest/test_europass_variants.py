"""Europass files of every version, with unusual but legal content, come back whole."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from roster.ingest.profile import read_profile
from roster.ingest.reading import read_file
from roster.ingest.summary import summarise

FILES = Path(__file__).resolve().parent / "europass"
TRUTH: dict[str, dict[str, object]] = {
    str(one["file"]): one
    for one in map(json.loads, (FILES / "truth.jsonl").read_text("utf-8").splitlines())
}
READ_ON = date(2026, 11, 22)
_PARTS = {
    "languages": ("code", "cefr"),
    "posts": ("position", "employer", "country", "from", "to"),
    "education": ("level", "institution", "year"),
    "countries": ("code", "from", "to"),
    "missions": ("countries", "programme", "from", "to"),
}
"""What is compared of each list."""


def _read(file: str) -> dict[str, object]:
    text = read_file((FILES / file).read_bytes(), name=file)
    read = summarise(file, text, read_profile(text, today=READ_ON))
    for key, parts in _PARTS.items():
        entries = read[key]
        assert isinstance(entries, list)
        read[key] = [[entry[part] for part in parts] for entry in entries]
    return read


def test_truth_covers_every_file() -> None:
    assert {path.name for path in FILES.iterdir() if path.suffix != ".jsonl"} == set(TRUTH)


@pytest.mark.parametrize("file", sorted(TRUTH))
def test_every_value_of_a_europass_file_comes_back(file: str) -> None:
    read = json.loads(json.dumps(_read(file)))
    assert {key: read[key] for key in TRUTH[file]} == TRUTH[file]
