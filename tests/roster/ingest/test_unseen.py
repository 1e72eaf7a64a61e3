"""The evaluation set is whole, and reading it never crashes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.roster.ingest.score_unseen import UNSEEN, load, read, wilson
from tests.roster.ingest.unseen_counting import Record, count, half, same_name

TRUTH = load("truth.jsonl")
_OURS = {".py", ".jsonl"}


def test_truth_and_traps_cover_every_file() -> None:
    files = {path.name for path in UNSEEN.iterdir() if path.is_file() and path.suffix not in _OURS}
    assert files == set(TRUTH) == set(load("traps.jsonl"))


def test_the_set_stays_large_and_light() -> None:
    sizes = [(UNSEEN / file).stat().st_size for file in TRUTH]
    assert len(sizes) >= 72
    assert sum(sizes) < 3_000_000


@pytest.mark.parametrize(
    "file",
    # A fourth of them with every change, all of them with the long checks.
    [
        pytest.param(file, marks=[pytest.mark.long] if number % 4 else [])
        for number, file in enumerate(sorted(TRUTH))
    ],
)
def test_every_file_is_read_and_counted(file: str) -> None:
    summary, refused = read(file)
    assert refused is None
    assert count(summary, TRUTH[file])


def test_both_halves_hold_a_third_of_the_files_at_least() -> None:
    held = sum(half(file) == "held_out" for file in TRUTH)
    assert len(TRUTH) / 3 < held < len(TRUTH) * 2 / 3


def test_a_perfect_reading_scores_full_marks_and_an_empty_one_none() -> None:
    truth: Record = TRUTH["gp02.pdf"]
    nothing = _blank()
    assert sum(one.right for one in count(nothing, truth).values()) == 0
    right = nothing | {"full_name": truth["full_name"], "email": truth["email"]}
    assert sum(one.right for one in count(right, truth).values()) == 2


def _blank() -> Record:
    single = dict.fromkeys(("full_name", "email", "birth_year", "document_language"))
    lists = ("nationalities", "languages", "countries", "posts", "education", "missions", "facts")
    return single | {key: [] for key in lists}


@pytest.mark.parametrize(
    ("read_name", "true_name", "same"),
    [
        ("KAMARA Hawa Binta", "Hawa Binta Kamara", True),
        ("Dr. Elodie Évora", "Élodie Evora", True),
        ("Hawa Kamara", "Hawa Binta Kamara", False),
    ],
    ids=["order and capitals", "title and accents", "a name less"],
)
def test_names_are_the_same_by_their_words(read_name: str, true_name: str, same: bool) -> None:
    assert same_name(read_name, true_name) is same


def test_the_interval_of_a_share_holds_it_and_narrows() -> None:
    low, high = wilson(9, 10)
    narrow_low, narrow_high = wilson(900, 1000)
    assert low < narrow_low < 0.9 < narrow_high < high


def test_sources_stand_beside_what_they_make() -> None:
    assert {Path(file).suffix for file in TRUTH} >= {".pdf", ".docx", ".odt", ".rtf", ".xml"}
