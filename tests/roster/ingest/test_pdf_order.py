import io
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from roster.ingest.assembly import assemble, place
from roster.ingest.pdf.reader import read
from roster.ingest.profile import read_profile
from roster.ingest.raw import RawText
from roster.read import Contact, Name
from tests.roster.ingest.documents import pdf_of
from tests.roster.ingest.pdf_pages import ENGLISH, Word, column, drawn, linkedin_pdf

SIDE = (
    "CONTACT",
    "Avenida Inventada 5",
    "ana.quiroga@correo.example",
    "",
    "LANGUAGES",
    "Spanish - native",
    "French - C1",
    "",
    "SKILLS",
    "Case management",
    "Monitoring",
)
MAIN = (
    "Head of Section, Legal Migration",
    "",
    "WORK EXPERIENCE",
    "2015 - present",
    "Head of Section in the Ministry of Inclusion and Social Security",
    "Madrid, Spain",
    "Prepares the yearly quota of seasonal workers with the labour ministry",
    "and chairs the working group on recruitment in the countries of origin.",
    "",
    "2009 - 2014",
    "Legal adviser in the office for foreigners of the province of Almeria",
)


def lines(raw: RawText) -> list[str]:
    return [line.text for line in raw.lines if line.text.strip()]


def in_order(raw: RawText, *wanted: str) -> bool:
    text = "\n".join(lines(raw))
    places = [text.find(words) for words in wanted]
    return min(places) >= 0 and places == sorted(places)


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
@pytest.mark.parametrize(
    ("side", "main"), [(40, 230), (430, 40)], ids=["column at the left", "column at the right"]
)
@pytest.mark.parametrize("shift", [0.0, 5.0], ids=["same lines", "lines apart"])
def test_columns_are_read_one_after_the_other_in_any_order_of_the_file(
    seed: int | None, side: float, main: float, shift: float
) -> None:
    words = [Word(main, 50, "Ana QUIROGA LUND", 22), *column(side, 100 + shift, SIDE)]
    found = lines(read(drawn([*words, *column(main, 100, MAIN)], seed=seed), 5))
    assert found[0] == "Ana QUIROGA LUND"
    side_at = [found.index(line) for line in SIDE if line]
    main_at = [found.index(line) for line in MAIN if line]
    assert side_at == sorted(side_at)
    assert main_at == sorted(main_at)
    assert side_at[-1] < main_at[2] or main_at[-1] < side_at[0]


@pytest.mark.parametrize("seed", [None, 1, 2])
@pytest.mark.parametrize("dates_left", [True, False])
def test_dates_beside_entries_stand_on_the_line_of_their_entry(
    seed: int | None, dates_left: bool
) -> None:
    entries = [("2016 - 2021", "Case officer"), ("2011 - 2015", "Clerk"), ("2008 - 2010", "Guard")]
    words = [Word(60, 60, "Work experience", 14)]
    dates, text = (60, 150) if dates_left else (480, 60)
    for number, (span, title) in enumerate(entries):
        y = 90 + 60 * number
        words += [Word(dates, y, span), Word(text, y, title)]
        words.append(Word(text, y + 13, "Asylum office of the northern region, with many files"))
        words.append(Word(text, y + 26, "Interviews, decisions and the register of the office"))
    found = lines(read(drawn(words, seed=seed), 5))
    for span, title in entries:
        row = f"{span} | {title}" if dates_left else f"{title} | {span}"
        assert row in found


def test_dates_over_two_lines_are_one_span_on_the_first_line_of_their_entry() -> None:
    words = []
    for number, title in enumerate(("Adviser", "Trainer", "Officer")):
        y = 100 + 70 * number
        words += [Word(60, y + 6, f"0{number + 1}/2015 -"), Word(60, y + 19, "present")]
        words += column(160, y, (title, "Office for migration", "Many tasks of many kinds"))
    found = lines(read(drawn(words), 5))
    assert "01/2015 - present | Adviser" in found
    assert "03/2015 - present | Officer" in found


def test_levels_under_labels_of_two_lines_are_a_row_beside_their_language() -> None:
    words = [Word(60, 100, "LANGUAGE SKILLS", 14), Word(60, 130, "French")]
    labels = ("Listening", "Reading", "Spoken production", "Spoken interaction", "Writing")
    for number, (label, level) in enumerate(
        zip(labels, ("C2", "C1", "B2", "B1", "A2"), strict=True)
    ):
        x = 60 + 100 * number
        parts = label.split()
        words += [Word(x, 145 + 11 * at, part) for at, part in enumerate(parts)]
        words.append(Word(x, 145 + 11 * len(parts), level))
    assert "French | C2 | C1 | B2 | B1 | A2" in lines(read(drawn(words), 5))


def test_heads_feet_and_page_counts_are_read_once() -> None:
    words: list[Word] = []
    for page in range(3):
        words += [
            Word(60, 30, "Curriculum vitae of Ana Quiroga", 9, page),
            Word(60, 770, f"Page {page + 1} of 3", 9, page),
            Word(400, 770, "ana.quiroga@correo.example", 9, page),
            Word(60, 200, f"What page {page} alone says", 10, page),
        ]
    found = lines(read(drawn(words), 5))
    assert found.count("Curriculum vitae of Ana Quiroga") == 1
    assert found.count("ana.quiroga@correo.example") == 1
    assert not any("of 3" in line for line in found)
    assert sum("alone says" in line for line in found) == 3


def test_a_table_broken_over_pages_has_its_header_once_and_whole_rows() -> None:
    buffer = io.BytesIO()
    rows = [["Date", "Location", "Company", "Description"]]
    rows += [
        [f"{number + 1950}", "Quito", "Ministry", Paragraph(f"Task {number} of many")]
        for number in range(60)
    ]
    table = Table(rows, colWidths=[60, 90, 120, 200], repeatRows=1)
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    SimpleDocTemplate(buffer).build([table])
    raw = read(buffer.getvalue(), 9)
    assert len(raw.pages) > 1
    found = lines(raw)
    assert found.count("Date | Location | Company | Description") == 1
    assert [line for line in found if line.startswith(("19", "20"))] == [
        f"{number + 1950} | Quito | Ministry | Task {number} of many" for number in range(60)
    ]


@pytest.mark.parametrize("gap", [2.0, 5.0])
def test_spaced_capitals_become_words(gap: float) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    text = canvas.beginText(60, 700)
    text.setCharSpace(gap)
    text.textLine("WORK EXPERIENCE")
    canvas.drawText(text)
    canvas.drawString(60, 680, "2010 - 2015 Clerk in the office for foreigners")
    canvas.save()
    assert lines(read(buffer.getvalue(), 5))[0] == "WORK EXPERIENCE"


def test_an_address_behind_a_link_is_read_where_the_link_stands() -> None:
    data = drawn(
        [Word(60, 90, "E-mail me"), Word(60, 200, "Nothing else is printed here")],
        link="mailto:ana@correo.example",
    )
    raw = read(data, 5)
    assert in_order(raw, "E-mail me", "ana@correo.example", "Nothing else")
    assert "ana@correo.example" in {
        fact.value.value
        for fact in read_profile(assemble(raw, "application/pdf")).facts
        if isinstance(fact.value, Contact)
    }


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_follow_the_page_as_shown(rotation: int) -> None:
    """A page stored upright and shown turned is read by its letters, boxes are as shown."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of())))
    writer.pages[0].rotate(rotation)
    buffer = io.BytesIO()
    writer.write(buffer)
    raw = read(buffer.getvalue(), 5)
    assert in_order(raw, "Marta", "marta.kowalczyk@post.example", "Languages", "References")
    page = raw.pages[0]
    for line in raw.lines:
        if line.box is not None:
            left, top, right, bottom = line.box
            assert 0 <= left < right <= page.width
            assert 0 <= top < bottom <= page.height
            assert (right - left > bottom - top) is (rotation in {0, 180})


def test_turned_words_in_a_margin_come_last() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.rotate(90)
    canvas.drawString(300, -30, "CURRICULUM VITAE")
    canvas.rotate(-90)
    for number in range(5):
        canvas.drawString(90, 700 - 14 * number, f"Line {number} of the running text of this page")
    canvas.save()
    found = lines(read(buffer.getvalue(), 5))
    assert found[-1] == "CURRICULUM VITAE"
    assert found[0].startswith("Line 0")


def test_an_owner_password_alone_does_not_lock_a_file() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of())))
    writer.encrypt("", owner_password="secret-of-the-owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    assert in_order(read(buffer.getvalue(), 5), "Marta", "References")


@pytest.mark.parametrize("data", [pdf_of(), linkedin_pdf(ENGLISH)], ids=["plain", "linkedin"])
def test_boxes_of_every_fact_cover_the_words_it_quotes(data: bytes) -> None:
    import pypdfium2  # noqa: PLC0415 - only this test draws words out of a region

    document = assemble(read(data, 9), "application/pdf")
    pdf = pypdfium2.PdfDocument(data)
    facts = [fact for fact in read_profile(document).facts if fact.span.boxes]
    assert any(isinstance(fact.value, Name) for fact in facts)
    for fact in facts:
        assert fact.span.page is not None
        page = pdf[fact.span.page - 1]
        height, textpage = page.get_height(), page.get_textpage()
        shown = " ".join(
            textpage.get_text_bounded(left - 1, height - bottom - 1, right + 1, height - top + 1)
            for left, top, right, bottom in fact.span.boxes
        )
        words = document.text[fact.span.start : fact.span.end]
        value = words.rpartition(" | ")[2].split("\n")[0].split()[0]
        assert value.strip(",.;:") in shown


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(30, 500),
            st.integers(40, 740),
            st.text("abc DE12é-|", min_size=1, max_size=30),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_every_printed_letter_is_kept_wherever_it_stands(
    given_words: list[tuple[int, int, str]],
) -> None:
    rows = {(x // 40, y // 16): text for x, y, text in given_words if text.strip(" |-")}
    if sum(len(text.replace(" ", "")) for text in rows.values()) < 12:
        return
    placed = [Word(40.0 * x + 30, 16.0 * y + 40, text[:5]) for (x, y), text in rows.items()]
    raw = read(drawn(placed), 5)
    kept = sorted("".join(line.text for line in raw.lines if line.box))
    wanted = sorted("".join(word.text for word in placed))
    for letter in "abcDE12é":
        assert kept.count(letter) == wanted.count(letter)


def test_lines_of_one_page_follow_each_other_without_gaps_in_the_text() -> None:
    document = assemble(read(drawn(column(60, 100, MAIN)), 5), "application/pdf")
    assert all(before.end <= after.start for before, after in pairwise(document.lines))
    span = place(document, document.text.index("Madrid"), document.text.index("Madrid") + 6)
    assert len(span.boxes) == 1
