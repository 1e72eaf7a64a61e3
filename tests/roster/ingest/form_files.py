"""Blocks of a filled form as a file: DOCX, ODT, HTML, PDF with ruled tables or without, text."""

# ruff: noqa: PERF401 - words stand as forms print them; rows grow one by one

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Callable, Sequence

import docx
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from tests.roster.ingest.form_layouts import Block


def as_docx(blocks: Sequence[Block]) -> bytes:
    """Return a DOCX with real tables."""
    document = docx.Document()
    for block in blocks:
        if not block.rows:
            document.add_paragraph().add_run(block.text).bold = block.strong
            continue
        width = max(len(row) for row in block.rows)
        table = document.add_table(rows=len(block.rows), cols=width)
        for number, row in enumerate(block.rows):
            cells = table.rows[number].cells
            if len(row) < width:
                cells[len(row) - 1].merge(cells[width - 1])
            for at, text in enumerate(row):
                table.cell(number, at).text = text
        document.add_paragraph()
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _font() -> str:
    """Return a font with all letters of the names; Vera's letters are those of Latin-1."""
    try:
        pdfmetrics.getFont("Form")
    except KeyError:
        for path in (
            "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
            "/usr/share/fonts/dejavu/DejaVuSans.ttf",
        ):
            try:
                pdfmetrics.registerFont(TTFont("Form", path))
            except OSError:
                continue
            return "Form"
        return "Helvetica"
    return "Form"


def _pdf(blocks: Sequence[Block], *, ruled: bool, tight: bool = False) -> bytes:
    style = getSampleStyleSheet()["Normal"].clone("form", fontName=_font(), fontSize=8, leading=10)
    buffer = io.BytesIO()
    frame = SimpleDocTemplate(buffer, pagesize=A4, leftMargin=50, rightMargin=50)
    story: list[object] = []
    for block in blocks:
        if not block.rows:
            story.append(_paragraph(block.text, style))
            continue
        story.append(_table(block.rows, frame.width, style, ruled=ruled, tight=tight))
        story.append(Spacer(1, 8))
    frame.build(story)
    return buffer.getvalue()


def _paragraph(text: str, style: object) -> Paragraph:
    return Paragraph(html.escape(text).replace("\n", "<br/>").replace("\t", " &nbsp; "), style)


def _table(
    rows: list[list[str]], width: float, style: object, *, ruled: bool, tight: bool
) -> Table:
    count = max(len(row) for row in rows)
    commands: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    if tight:
        commands += [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("TOP", "BOTTOM")]
    if ruled:
        commands.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    cells = []
    for number, row in enumerate(rows):
        if len(row) < count:
            commands.append(("SPAN", (len(row) - 1, number), (count - 1, number)))
        cells.append([*(_paragraph(cell, style) for cell in row), *[""] * (count - len(row))])
    shares = {2: (0.35, 0.65), 3: (0.06, 0.34, 0.6), 5: (0.15, 0.15, 0.24, 0.16, 0.3)}
    numbered = count != 3 or rows[0][0].rstrip(".").isdigit()
    widths = [width * share for share in shares.get(count if numbered else 0, (1 / count,) * count)]
    return Table(cells, colWidths=widths, style=commands, splitByRow=1)


def as_ruled_pdf(blocks: Sequence[Block]) -> bytes:
    """Return a PDF whose tables have lines around their cells."""
    return _pdf(blocks, ruled=True)


def as_flat_pdf(blocks: Sequence[Block]) -> bytes:
    """Return a PDF whose tables are columns without lines."""
    return _pdf(blocks, ruled=False)


def as_tight_pdf(blocks: Sequence[Block]) -> bytes:
    """Return a PDF with columns without lines, and rows without a gap, as Word prints them."""
    return _pdf(blocks, ruled=False, tight=True)


def as_html(blocks: Sequence[Block]) -> bytes:
    """Return a web page."""
    parts = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>CV</title></head><body>"]
    for block in blocks:
        if not block.rows:
            name = "h2" if block.strong else "p"
            parts.append(f"<{name}>{_marked(block.text)}</{name}>")
            continue
        width = max(len(row) for row in block.rows)
        parts.append("<table>")
        for row in block.rows:
            span = f" colspan='{width - len(row) + 1}'" if len(row) < width else ""
            cells = [f"<td>{_marked(cell)}</td>" for cell in row[:-1]]
            cells.append(f"<td{span}>{_marked(row[-1])}</td>")
            parts.append(f"<tr>{''.join(cells)}</tr>")
        parts.append("</table>")
    return ("".join(parts) + "</body></html>").encode()


def _marked(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def as_odt(blocks: Sequence[Block]) -> bytes:
    """Return an ODT with real tables."""
    body = []
    for block in blocks:
        if not block.rows:
            body.append(_odt_paragraph(block.text))
            continue
        rows = "".join(
            "<table:table-row>"
            + "".join(
                "<table:table-cell>"
                + "".join(_odt_paragraph(line) for line in cell.split("\n"))
                + "</table:table-cell>"
                for cell in row
            )
            + "</table:table-row>"
            for row in block.rows
        )
        body.append(f"<table:table>{rows}</table:table>")
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "text", "table")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body>'
        f"<office:text>{''.join(body)}</office:text></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest='
        '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


def _odt_paragraph(text: str) -> str:
    return f"<text:p>{html.escape(text).replace(chr(9), '<text:tab/>')}</text:p>"


def as_text(blocks: Sequence[Block]) -> bytes:
    """Return plain text as a converter leaves it: one cell under the other, rows apart."""
    lines: list[str] = []
    for block in blocks:
        if not block.rows:
            lines.append(block.text)
            continue
        lines.append("")
        for row in block.rows:
            lines += [line for cell in row for line in cell.split("\n")]
            lines.append("")
    return "\n".join(lines).encode()


def as_bars(blocks: Sequence[Block]) -> bytes:
    """Return plain text as a converter of DOC files leaves it: cells between bars."""
    lines: list[str] = []
    for block in blocks:
        if not block.rows:
            lines.append(block.text)
            continue
        for row in block.rows:
            lines.append("|" + "|".join(cell.replace("\n", " ") for cell in row) + "|")
        lines.append("")
    return "\n".join(lines).encode()


FILES: dict[str, Callable[[Sequence[Block]], bytes]] = {
    "docx": as_docx,
    "ruled-pdf": as_ruled_pdf,
    "flat-pdf": as_flat_pdf,
    "tight-pdf": as_tight_pdf,
    "odt": as_odt,
    "html": as_html,
    "text": as_text,
    "bars": as_bars,
}
