"""Scans: read in their language, however they lie, with places; never surer than they are clear."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from api import doctor
from roster.errors import FileRefused
from roster.ingest.ocr import scans
from roster.ingest.ocr import tesseract as ocr
from roster.ingest.ocr.clearness import CLEAR, MOST_CONFIDENCE, weighed
from roster.ingest.ocr.lines import lines_of_words
from roster.ingest.ocr.scan_pages import with_scanned_pages
from roster.ingest.ocr.straightening import straighten, tilt_of
from roster.ingest.ocr.tesseract import Word
from roster.ingest.profile import read_profile
from roster.ingest.raw import RawLine, RawPage, RawText
from roster.ingest.reading import read_file
from roster.ingest.sandbox import allowance
from roster.ingest.sandbox.apart import Limits
from roster.read import DocumentText, LineBox, ProposedFact
from tests.roster.ingest.documents import pdf_of
from tests.roster.ingest.scans import ENGLISH, FRENCH, RUSSIAN, page, saved


@pytest.fixture(scope="module")
def tesseract() -> None:
    """Fail, with the command that mends it, where scans cannot be read."""
    doctor.require(doctor.recognition())


def recall(wanted: Sequence[str], text: str) -> float:
    """Return the share of words that were recognised."""
    words = Counter(re.findall(r"\w+", " ".join(wanted)))
    missed = words - Counter(re.findall(r"\w+", text))
    return 1 - missed.total() / words.total()


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize(
    ("lines", "kind", "skew", "turn"),
    [
        pytest.param(ENGLISH, "PNG", 0.5, 0, id="english picture"),
        pytest.param(FRENCH, "JPEG", -2.0, 0, id="french, askew"),
        pytest.param(RUSSIAN, "WEBP", 0.5, 0, id="russian", marks=pytest.mark.long),
        pytest.param(ENGLISH, "TIFF", 0.0, 90, id="on its side", marks=pytest.mark.long),
    ],
)
def test_scan_is_read_in_its_language_however_it_lies(
    lines: Sequence[str], kind: str, skew: float, turn: int
) -> None:
    document = read_file(saved([page(lines, skew=skew, turn=turn)], kind))
    assert recall(lines, document.text) > 0.9
    assert document.reader == "scan/1"
    assert any("compare each value" in note for note in document.notes)


@pytest.fixture(scope="module")
def mixed(tesseract: None) -> DocumentText:
    """Read a PDF whose first page has letters and whose second is a picture."""
    writer = PdfWriter()
    for part in (
        pdf_of(("A page with letters", "Written by a program")),
        saved([page(FRENCH)], "PDF"),
    ):
        writer.append(PdfReader(io.BytesIO(part)))
    buffer = io.BytesIO()
    writer.write(buffer)
    return read_file(buffer.getvalue())


def test_picture_among_pages_with_letters_is_read_in_its_place(mixed: DocumentText) -> None:
    assert mixed.text.index("Written by") < mixed.text.index("Nationalité")
    assert recall(FRENCH, mixed.text) > 0.9
    assert [bool(line.clearness) for line in mixed.lines if line.page == 1] == [False, False]
    assert all(line.clearness for line in mixed.lines if line.page == 2)


def test_boxes_of_a_scan_stand_where_its_lines_do(mixed: DocumentText) -> None:
    start = mixed.text.index("Cheffe")
    (box,) = [line.box for line in mixed.lines if line.start <= start < line.end]
    left, top, right, bottom = (edge / 72 * 200 for edge in box)
    assert abs(left - 150) < 12
    assert 100 + 90 * 5 - 5 < top < bottom < 100 + 90 * 6
    assert 400 < right < 1_000


def test_facts_of_a_scan_are_found_and_no_surer_than_a_scan_is(mixed: DocumentText) -> None:
    facts = read_profile(mixed).facts
    assert any("helene.lefevre" in str(fact.value) for fact in facts)
    assert max(fact.confidence for fact in facts) <= MOST_CONFIDENCE


@pytest.mark.usefixtures("tesseract")
def test_time_used_up_leaves_pages_unread_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance, "seconds_left", lambda: 0.0)
    blank = Image.new("L", (400, 600), 255)
    pages = [scans.ScannedPage(number, blank, (200.0, 300.0)) for number in (1, 2)]
    found = scans.recognise(pages, 2)
    assert not found.lines
    assert "2 more pages" in found.notes[0]


def test_without_tesseract_a_scan_is_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "program", lambda: None)
    with pytest.raises(FileRefused, match="apt-get install tesseract-ocr"):
        scans.recognise([], 1)


def test_blank_scan_is_refused() -> None:
    with pytest.raises(FileRefused, match="No words were recognised"):
        read_file(saved([Image.new("L", (600, 800), 255)], "PNG"), limits=Limits(recognition_s=60))


LETTERS = RawText((RawLine("one", 1), RawLine("field: x")), "pdf/2", (RawPage(1, 9, 9),))


def refuse(pages: tuple[int, ...]) -> RawText:
    raise FileRefused(f"cannot read {pages}")


def test_letters_are_kept_where_recognition_is_refused() -> None:
    found = with_scanned_pages(replace(LETTERS, pages_without_text=(2,)), refuse)
    assert found.lines == LETTERS.lines
    assert "Page 2 was not read. cannot read (2,)" in found.notes
    with pytest.raises(FileRefused, match="cannot read"):
        with_scanned_pages(RawText((), "pdf/2", pages_without_text=(1,)), refuse)


def test_pages_stand_in_order_and_fields_under_them() -> None:
    read = RawText((RawLine("two", 2, None, False, 0.9),), "scan/1")
    found = with_scanned_pages(replace(LETTERS, pages_without_text=(2,)), lambda _: read)
    assert [line.text for line in found.lines] == ["one", "two", "field: x"]


@pytest.mark.parametrize("tilt", [-6.0, -2.0, 2.0, 5.0])
def test_tilt_is_told_and_boxes_find_their_way_back(tilt: float) -> None:
    askew = page(ENGLISH, skew=-tilt)
    assert abs(tilt_of(askew) - tilt) < 0.5
    upright = straighten(askew)
    middle = askew.width / 2, askew.height / 2
    left, top, right, bottom = upright.back((*middle, middle[0] + 1, middle[1] + 1))
    assert abs((left + right) / 2 - middle[0]) < 3
    assert abs((top + bottom) / 2 - middle[1]) < 3


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_box_of_a_turned_page_finds_its_way_back(turn: int) -> None:
    picture = Image.new("L", (300, 500), 255)
    picture.paste(0, (40, 60, 80, 70))
    turned = straighten(picture, turn)
    dark = turned.picture.point(lambda value: 255 - value).getbbox()
    assert dark is not None
    left, top, right, bottom = turned.back(dark)
    assert (round(left), round(top), round(right), round(bottom)) == (40, 60, 80, 70)


def test_level_page_is_left_alone() -> None:
    assert tilt_of(page(ENGLISH)) == 0.0
    assert tilt_of(Image.new("L", (50, 5_000), 255)) == 0.0


def word(text: str, left: float, clear: float = 0.9, line: int = 1, top: float = 0.0) -> Word:
    return Word(text, (left, top, left + 8 * len(text), top + 10), clear, (1, 1, line))


def test_wide_gap_is_the_edge_of_a_cell_and_the_least_clear_word_counts() -> None:
    (line,) = lines_of_words([word("2014", 0), word("Head", 90), word("of", 127, 0.4)], 3)
    assert line.text == "2014 | Head of"
    assert (line.page, line.clearness) == (3, 0.4)


def test_blocks_side_by_side_are_one_line_and_bullets_are_mended() -> None:
    words = [word("*", 0), word("Rabat", 14), word("Maroc", 200, line=2)]
    assert [line.text for line in lines_of_words(words, 1)] == ["• Rabat | Maroc"]


@pytest.fixture(scope="module")
def read_fact() -> ProposedFact:
    return read_profile(read_file(pdf_of())).facts[0]


@pytest.mark.parametrize(
    ("clearness", "most", "is_doubted"),
    [(None, 1.0, False), (CLEAR, MOST_CONFIDENCE, False), (CLEAR - 0.1, 0.75, True)],
)
def test_fact_is_no_surer_than_its_line_is_clear(
    read_fact: ProposedFact, clearness: float | None, most: float, is_doubted: bool
) -> None:
    fact = replace(read_fact, confidence=1.0, doubt=None)
    line = LineBox(fact.span.start, fact.span.end, 1, (0.0, 0.0, 1.0, 1.0), clearness)
    text = DocumentText("x" * 99, (), "application/pdf", None, "scan/1", lines=(line,))
    (found,) = weighed([fact], text)
    assert found.confidence == most
    assert bool(found.doubt) is is_doubted
