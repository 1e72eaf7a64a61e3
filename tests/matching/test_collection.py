"""The judged collection is whole: ids, pairs, grades, lengths and languages."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from py3langid.langid import MODEL_FILE, LanguageIdentifier

FOLDER = Path(__file__).parent / "collection"


def texts(name: str) -> dict[str, str]:
    """Return the texts of a file by id; an id twice is an error."""
    rows = [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]
    assert all(set(row) == {"id", "text"} for row in rows)
    found = {row["id"]: row["text"] for row in rows}
    assert len(found) == len(rows)
    return found


def grades() -> list[tuple[str, str, int]]:
    """Return every line of the judgements."""
    lines = (FOLDER / "qrels.tsv").read_text("utf-8").splitlines()
    return [(request, expert, int(grade)) for request, expert, grade in map(str.split, lines)]


def test_every_pair_is_graded_once() -> None:
    pairs = [(request, expert) for request, expert, _ in grades()]
    wanted = {(r, e) for r in texts("requests.jsonl") for e in texts("experts.jsonl")}
    assert len(pairs) == len(wanted) == 16 * 64
    assert set(pairs) == wanted


def test_grades_lie_between_nought_and_three() -> None:
    assert {grade for _, _, grade in grades()} == {0, 1, 2, 3}


def test_each_letter_has_somebody_to_propose_and_somebody_who_helps_little() -> None:
    by_request: dict[str, Counter[int]] = {}
    for request, _, grade in grades():
        by_request.setdefault(request, Counter())[grade] += 1
    assert all(counts[3] >= 1 and counts[0] >= 40 for counts in by_request.values())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("requests.jsonl", {"en": 4, "fr": 4, "es": 4, "pt": 4}, id="letters"),
        pytest.param(
            "experts.jsonl",
            {"en": 19, "fr": 11, "es": 11, "pt": 8, "de": 8, "it": 7},
            id="cvs",
        ),
    ],
)
def test_texts_are_in_the_languages_that_the_page_promises(
    name: str, expected: dict[str, int]
) -> None:
    guess = LanguageIdentifier.from_model_file(MODEL_FILE)
    guess.set_languages(["en", "fr", "es", "pt", "de", "it"])
    assert Counter(guess.classify(text)[0] for text in texts(name).values()) == expected


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        pytest.param("requests.jsonl", 120, 350, id="letters"),
        pytest.param("experts.jsonl", 140, 450, id="cvs"),
    ],
)
def test_texts_are_as_long_as_such_papers_are(name: str, least: int, most: int) -> None:
    assert all(least <= len(text.split()) <= most for text in texts(name).values())
