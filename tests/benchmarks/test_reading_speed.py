"""What reading a three-page PDF takes in a warm process; `-m benchmark` runs it.

Figures are of the machine they were taken on, and say so; nothing here asserts a time.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from statistics import median
from time import process_time

import pytest

from roster.ingest.assembly import assemble
from roster.ingest.pdf.reader import read
from roster.ingest.profile import read_profile
from tests.roster.ingest.pdf_pages import ENGLISH, Word, linkedin_pdf
from tests.roster.ingest.pdf_pages import drawn as drawn_pdf

ROUNDS = 7


def three_pages() -> bytes:
    """Return three full pages: dates beside entries, a head and a foot on each."""
    words: list[Word] = []
    for page in range(3):
        words.append(Word(60, 30, "Curriculum vitae of Ana Quiroga Lund", 9, page))
        words.append(Word(60, 770, f"Page {page + 1} of 3", 9, page))
        for number in range(8):
            y = 70 + 85 * number
            year = 2024 - 8 * page - number
            words.append(Word(60, y, f"{year} - {year + 1}", 10, page))
            words.append(Word(160, y, "Adviser, Ministry of the Interior, Madrid, Spain", 10, page))
            words += [
                Word(
                    160, y + 12 * line, "Readmission, legal migration and asylum in Niger", 9, page
                )
                for line in range(1, 6)
            ]
    return drawn_pdf(words)


@pytest.mark.benchmark
@pytest.mark.parametrize(
    ("name", "build"),
    [("three pages", three_pages), ("LinkedIn profile", lambda: linkedin_pdf(ENGLISH))],
    ids=["three-pages", "linkedin"],
)
def test_reading_a_pdf_in_parts(
    name: str, build: Callable[[], bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    """Print processor time of text, assembly and profile; fails only where nothing is read."""
    data = build()
    rounds: list[tuple[float, float, float]] = []
    for _ in range(ROUNDS + 1):
        moments = [process_time()]
        raw = read(data, 20)
        moments.append(process_time())
        document = assemble(raw, "application/pdf")
        moments.append(process_time())
        profile = read_profile(document)
        moments.append(process_time())
        rounds.append((moments[1] - moments[0], moments[2] - moments[1], moments[3] - moments[2]))
    text, joined, facts = (median(part) * 1e3 for part in zip(*rounds[1:], strict=True))
    assert profile.facts
    with capsys.disabled():
        print(  # noqa: T201 -- the figures are the result.
            f"\n{name} on {platform.machine()}, median of {ROUNDS}, ms of one core: "
            f"text {text:.0f}, assembly {joined:.0f}, profile {facts:.0f}, "
            f"together {text + joined + facts:.0f}"
        )
