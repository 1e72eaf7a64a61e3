"""A paper as DOCX: headings, a table of facts, tables that print, names in their own direction."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from web.papers.paper import Cell, Paper, Table, by_script, clean, script_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx_of(paper: Paper) -> bytes:
    """Return a paper as a Word document, with heads of tables that repeat on each page."""
    made = Document()
    section = made.sections[0]
    if paper.upright:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
    else:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.8)
    made.styles["Normal"].font.size = Pt(10)
    _speaks(made, paper.language)
    made.core_properties.title = clean(paper.title)[:255]
    made.core_properties.author = ""
    made.core_properties.comments = clean(paper.mark)[:255]
    _put(made.add_heading(level=0), paper.title)
    if paper.subject:
        _put(made.add_paragraph(), paper.subject)
    if paper.mark:
        _put(made.add_paragraph(), paper.mark, bold=True)
    _put(made.add_heading(level=1), paper.facts_title)
    _grid(made, [list(fact) for fact in paper.facts], head=False)
    for table in paper.tables:
        _table(made, table)
    _put(section.footer.paragraphs[0], " · ".join(filter(None, (paper.mark, paper.footer))))
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _speaks(made: Any, language: str) -> None:
    """Set the language, for whoever reads aloud or checks the spelling."""
    fonts = made.styles["Normal"].element.get_or_add_rPr()
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    fonts.append(mark)


def _table(made: Any, table: Table) -> None:
    _put(made.add_heading(level=1), table.title)
    if not table.rows:
        _put(made.add_paragraph(), table.empty)
        return
    _grid(made, [list(table.heads), *map(list, table.rows)], head=True)


def _grid(made: Any, rows: list[list[Cell]], *, head: bool) -> None:
    """Write rows; the first is repeated on each page, or the first column is bold."""
    if not rows:
        return
    grid = made.add_table(rows=len(rows), cols=len(rows[0]))
    grid.style = "Table Grid"
    for at, (cells, row) in enumerate(zip(grid.rows, rows, strict=True)):
        for column, (cell, value) in enumerate(zip(cells.cells, row, strict=True)):
            bold = at == 0 if head else column == 0
            _put(cell.paragraphs[0], _words(value), bold=bold)
        _kept_whole(cells, repeated=head and at == 0)


def _kept_whole(row: Any, *, repeated: bool) -> None:
    """Break no row over two pages; repeat the heads."""
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(["w:tblHeader"] if repeated else [])):
        properties.append(OxmlElement(name))


def _words(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    return value if isinstance(value, str) else f"{value:.1f}"


def _put(paragraph: Any, text: str, *, bold: bool = False) -> None:
    """Write a text run by run, each in the direction of its letters."""
    text = clean(text)
    if script_of(text) == "rtl":
        paragraph.paragraph_format.element.get_or_add_pPr().append(OxmlElement("w:bidi"))
    for words, script in by_script(text):
        run = paragraph.add_run(words)
        run.bold = bold or None
        if script == "rtl":
            run.font.rtl = True
            run.font.cs_bold = bold or None
