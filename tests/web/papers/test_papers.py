"""Papers open in what people open them with, and nothing typed becomes a formula or a command."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from web.papers.documents import docx_of
from web.papers.paper import Paper, Table, by_script, clean, script_of
from web.papers.workbooks import xlsx_of

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def paper(*tables: Table, **changes: object) -> Paper:
    given: dict[str, object] = {
        "title": "Team",
        "subject": "",
        "mark": "",
        "facts": (("Country", "Ghana"),),
        "facts_title": "Request",
        "tables": tables,
        "footer": "R-1",
        "language": "en",
    }
    return Paper(**{**given, **changes})  # type: ignore[arg-type]


def table(*rows: tuple[str | float | None, ...]) -> Table:
    return Table("Members", ("Name", "Points"), rows, "Nobody")


def parts_of(file: bytes, folder: str) -> str:
    with zipfile.ZipFile(BytesIO(file)) as packed:
        return "".join(
            packed.read(name).decode() for name in packed.namelist() if name.startswith(folder)
        )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_what_looks_like_a_formula_is_text_in_a_workbook(start: str) -> None:
    file = xlsx_of(paper(table((f"{start}cmd|' /C calc'!A0", 1.0))))
    sheets = parts_of(file, "xl/worksheets/")
    assert "<f>" not in sheets
    assert "hyperlink" not in sheets
    assert 'quotePrefix="1"' in parts_of(file, "xl/styles.xml")
    (_, row) = (
        CalamineWorkbook.from_filelike(BytesIO(file)).get_sheet_by_name("Members").to_python()
    )
    assert str(row[0]).strip().startswith(start.strip())
    assert row[1] == 1.0


def test_each_table_is_a_sheet_with_a_name_that_a_workbook_may_have() -> None:
    long = "Mitglieder [und] Ersatz: alle/" * 3
    tables = (Table(long, ("A",), (("x",),)), Table(long, ("A",), ()), Table("", ("A",), ()))
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx_of(paper(*tables))))
    assert len(set(book.sheet_names)) == 4
    assert max(map(len, book.sheet_names)) <= 31
    assert book.get_sheet_by_index(0).to_python()[2] == ["Country", "Ghana"]


def test_a_document_says_in_words_and_mark_what_it_is() -> None:
    file = docx_of(paper(table(("Ana", 84.44)), mark="Synthetic: invented people."))
    made = Document(BytesIO(file))
    said = [one.text for one in made.paragraphs]
    assert "Synthetic: invented people." in said
    assert "Synthetic" in made.sections[0].footer.paragraphs[0].text
    assert [cell.text for cell in made.tables[1].rows[1].cells] == ["Ana", "84.4"]
    assert "w:tblHeader" in parts_of(file, "word/document.xml")


def test_a_table_without_rows_says_so() -> None:
    assert "Nobody" in [one.text for one in Document(BytesIO(docx_of(paper(table())))).paragraphs]


def test_names_run_in_the_direction_of_their_letters() -> None:
    name = "Layla ليلى"
    words = parts_of(docx_of(paper(table((name, None), ("ليلى", None)))), "word/document.xml")
    assert words.count("<w:rtl/>") == 2
    assert words.count("<w:bidi/>") == 1
    assert 'readingOrder="2"' in parts_of(xlsx_of(paper(table(("ليلى", None)))), "xl/styles.xml")
    assert by_script(name) == [("Layla ", "ltr"), ("ليلى", "rtl")]
    assert (script_of("1. ليلى"), script_of("12")) == ("rtl", "ltr")


@settings(max_examples=5, deadline=None)
@given(text=st.text(st.characters(codec=None, categories=None), max_size=30))
def test_any_text_makes_a_file_that_opens(text: str) -> None:
    given = paper(table((text, 1.0)), title=text, facts=((text, text),), mark=text)
    words = parts_of(xlsx_of(given), "xl/sharedStrings.xml")
    ET.fromstring(words)  # noqa: S314 -- of our own making
    made = Document(BytesIO(docx_of(given)))
    held = made.tables[1].rows[1].cells[0].text
    assert "".join(held.split()) == "".join(clean(text).split())
    assert "".join(piece for piece, _ in by_script(text)) == text
