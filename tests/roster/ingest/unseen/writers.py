"""Write one body of markup as PDF, DOCX, ODT, RTF, HTML or text.

Markup: ``# title``, ``## heading``, ``^ firm``, ``- item``, ``| cell | cell |`` (``//`` breaks a
line in a cell, ``¦`` prints a bar), ``!head text`` and ``!foot text`` of the page, ``**bold**``;
lines that begin with ``<`` are HTML and reach only Chromium and HTML files.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import docx
from docx.shared import Pt
from playwright.sync_api import PdfMargins, sync_playwright
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table

Block = tuple[str, list[str]]
MARKS = (
    ("## ", "heading"),
    ("# ", "title"),
    ("^ ", "firm"),
    ("- ", "item"),
    ("|", "table"),
    ("<", "html"),
    ("!head ", "head"),
    ("!foot ", "foot"),
)
STYLES = {
    "linkedin": "@page{margin:0}body{font:10.5pt 'Liberation Sans';margin:0;display:grid;"
    "grid-template-columns:66mm 1fr;gap:9mm}aside{background:#293e49;color:#fff;padding:12mm 7mm}"
    "aside p{margin:1mm 0}aside b{font-size:13pt;line-height:11mm}main{padding:10mm 14mm 0 0}"
    "h1{font-size:26pt;font-weight:normal;margin:0}h2{font-size:15.75pt;font-weight:normal}"
    "main p{margin:.8mm 0}main b{font-size:11.5pt;font-weight:normal}"
    ".firm{font-size:12pt;padding-top:3mm}",
    "plain": "body{font:10.5pt 'Liberation Sans';margin:0}td{vertical-align:top;padding:2px 8px}",
    "latex": "body{font:11pt 'Liberation Serif';text-align:justify}h1{text-align:center;"
    "font-weight:normal;font-variant:small-caps}h2{font-variant:small-caps;font-weight:normal;"
    "border-bottom:.6pt solid #000}td{vertical-align:top;padding:1px 6px}"
    "td:first-child{white-space:nowrap;width:24mm}",
    "grid": "body{font:9.5pt 'Liberation Sans'}table{border-collapse:collapse;width:100%}"
    "td{border:.5pt solid #555;vertical-align:top;padding:3px 5px}h2{background:#dde;padding:3px}",
    "columns": "body{font:9.5pt 'Liberation Sans';columns:2;column-gap:9mm}h1{column-span:all}"
    "td{vertical-align:top;padding:1px 4px}",
    "side": "body{font:9.5pt 'Liberation Sans';display:grid;grid-template-columns:58mm 1fr;gap:7mm}"
    "aside{background:#26415f;color:#fff;padding:5mm;font-size:8pt}"
    "h2{font-size:12pt;margin:3mm 0 1mm}"
    "td{vertical-align:top;padding:1px 5px}",
    "right": "body{font:10pt 'DejaVu Serif';display:grid;grid-template-columns:1fr 64mm;gap:6mm}"
    "aside{border-left:1pt solid #a33;padding-left:4mm;order:2;font-size:8pt}"
    "h2{color:#a33;font-size:12pt}",
    "labels": "body{font:9.5pt 'Liberation Sans Narrow'}table{width:100%}td{vertical-align:top;"
    "padding:2px 6px}td:first-child{width:52mm;text-align:right;border-right:.6pt solid #333}"
    "h2{font-size:10pt;text-align:right;width:54mm}",
    "newpass": "body{font:10pt 'DejaVu Sans'}h1{color:#004494}h2{color:#004494;border-bottom:1pt "
    "solid #004494;text-transform:uppercase;font-size:11pt}table{width:100%;font-size:8.5pt}"
    "td{padding:2px 6px}b{font-weight:bold}",
}


def write(path: Path, how: str, body: str) -> None:
    """Write a body to a file; ``how`` names the maker and, after a colon, its style.

    Raises
    ------
    KeyError
        No maker or style has that name.
    """
    maker, _, style = how.partition(":")
    MAKERS[maker](path, body, style)


def blocks(body: str) -> Iterator[Block]:
    """Yield the blocks of a body; rows of one table come together."""
    lines = [line for line in body.splitlines() if line.strip()]
    for kind, group in groupby(lines, key=_kind):
        texts = [_strip(kind, line) for line in group]
        if kind in {"table", "item"}:
            yield kind, texts
        else:
            for text in texts:
                yield kind, [text]


def _kind(line: str) -> str:
    return next((kind for mark, kind in MARKS if line.startswith(mark)), "para")


def _strip(kind: str, line: str) -> str:
    cut = {"heading": 3, "title": 2, "item": 2, "firm": 2, "head": 6, "foot": 6}.get(kind, 0)
    return line[cut:]


def cells(row: str) -> list[str]:
    """Return the cells of a table row."""
    return [cell.strip().replace("¦", "|") for cell in row.strip().strip("|").split("|")]


def _inline(text: str) -> str:
    safe = html.escape(text, quote=False).replace("\t", "&emsp;&emsp;").replace(" // ", "<br/>")
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", safe)


def _plain(text: str) -> str:
    return text.replace("**", "").replace(" // ", "\n")


def as_html(body: str) -> str:
    """Return the body as HTML elements."""
    parts: list[str] = []
    names = {"title": "h1", "heading": "h2", "para": "p", "head": "header", "foot": "footer"}
    names["firm"] = 'p class="firm"'
    for kind, texts in blocks(body):
        if kind == "html":
            parts.append(texts[0])
        elif kind == "table":
            rows = ["".join(f"<td>{_inline(c)}</td>" for c in cells(t)) for t in texts]
            parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        elif kind == "item":
            parts.append("<ul>" + "".join(f"<li>{_inline(t)}</li>" for t in texts) + "</ul>")
        else:
            parts.append(f"<{names[kind]}>{_inline(texts[0])}</{names[kind].split()[0]}>")
    return "\n".join(parts)


def _page(body: str, style: str) -> str:
    css = STYLES[style or "plain"]
    return f"<!doctype html><html><head><meta charset=utf-8><style>{css}</style></head>\n<body>{as_html(body)}</body></html>\n"  # noqa: E501 - one document


def chromium(path: Path, body: str, style: str) -> None:
    """Print a page of HTML as a browser does."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.set_content(_page(body, style))
        edge: PdfMargins = {"top": "15mm", "bottom": "15mm", "left": "16mm", "right": "16mm"}
        margin = None if style == "linkedin" else edge
        path.write_bytes(page.pdf(format="A4", margin=margin, print_background=True))
        browser.close()


def page(path: Path, body: str, style: str) -> None:
    """Write an HTML file."""
    path.write_text(_page(body, style), "utf-8")


def reportlab(path: Path, body: str, style: str) -> None:
    """Set the body in one or two columns with ReportLab."""
    fonts = {"DJ": "DejaVuSans.ttf", "DJB": "DejaVuSans-Bold.ttf"}
    for name, file in fonts.items():
        pdfmetrics.registerFont(TTFont(name, f"/usr/share/fonts/truetype/dejavu/{file}"))
    pdfmetrics.registerFontFamily("DJ", normal="DJ", bold="DJB", italic="DJ", boldItalic="DJB")
    text = ParagraphStyle("t", fontName="DJ", fontSize=8.5, leading=11)
    big = ParagraphStyle("h", parent=text, fontName="DJB", fontSize=10, spaceBefore=7, leading=13)
    huge = ParagraphStyle("n", parent=big, fontSize=15, leading=19)
    story: list[object] = []
    for kind, texts in blocks(body):
        if kind == "table":
            rows = [[Paragraph(_inline(c), text) for c in cells(t)] for t in texts]
            most = max(len(row) for row in rows)
            rows = [row + [Paragraph("", text)] * (most - len(row)) for row in rows]
            lines = [
                ("GRID", (0, 0), (-1, -1), 0.4, "#666666"),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
            story.append(Table(rows, style=lines if style != "bare" else lines[1:]))
        elif kind == "item":
            story += [Paragraph("• " + _inline(t), text) for t in texts]
        else:
            shape = {"title": huge, "heading": big}.get(kind, text)
            story += [Paragraph(_inline(texts[0]), shape), Spacer(1, 2)]
    wide, high = A4
    half = (wide - 100) / 2
    frames = [Frame(45, 40, wide - 90, high - 80)]
    if style == "two":
        frames = [Frame(45, 40, half, high - 80), Frame(55 + half, 40, half, high - 80)]
    made = BaseDocTemplate(str(path), pagesize=A4, invariant=1)
    made.addPageTemplates([PageTemplate(frames=frames)])
    made.build(story)


def word(path: Path, body: str, style: str) -> None:
    """Write a DOCX file; ``bare`` tables have no lines, ``faces`` mixes two typefaces."""
    made = docx.Document()
    made.styles["Normal"].font.name = "Calibri" if style != "faces" else "Times New Roman"
    made.styles["Normal"].font.size = Pt(10.5)
    for kind, texts in blocks(body):
        if kind == "table":
            _word_table(made, [cells(t) for t in texts], style)
        elif kind == "item":
            for text in texts:
                made.add_paragraph(_plain(text), style="List Bullet")
        elif kind == "head":
            made.sections[0].header.paragraphs[0].text = texts[0]
        elif kind == "foot":
            made.sections[0].footer.paragraphs[0].text = texts[0]
        elif kind in {"title", "heading"} and style != "faces":
            made.add_heading(_plain(texts[0]), 0 if kind == "title" else 1)
        else:
            _paragraph(made, texts[0], kind != "para", style)
    made.save(str(path))


def _word_table(made: object, rows: list[list[str]], style: str) -> None:
    table = made.add_table(len(rows), max(map(len, rows)))  # type: ignore[attr-defined]
    if style != "bare":
        table.style = "Table Grid"
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            table.cell(at, column).text = _plain(cell)


def _paragraph(made: object, text: str, strong: bool, style: str) -> None:
    paragraph = made.add_paragraph()  # type: ignore[attr-defined]
    for at, part in enumerate(text.replace(" // ", "\n").split("**")):
        run = paragraph.add_run(part)
        run.bold = strong or at % 2 == 1
        if style == "faces" and at % 2 == 1:
            run.font.name = "Arial"


_ODT = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)
_ODT_TYPE = "application/vnd.oasis.opendocument.text"


def odt(path: Path, body: str, _style: str) -> None:
    """Write an ODT file: headings, paragraphs, lists and tables."""
    parts: list[str] = []
    for kind, texts in blocks(body):
        if kind == "table":
            rows = "".join(f"<table:table-row>{_odt_cells(t)}</table:table-row>" for t in texts)
            parts.append(f"<table:table>{rows}</table:table>")
        elif kind == "item":
            each = "".join(f"<text:list-item>{_odt_p(t)}</text:list-item>" for t in texts)
            parts.append(f"<text:list>{each}</text:list>")
        elif kind in {"title", "heading"}:
            level = 1 if kind == "title" else 2
            words = html.escape(_plain(texts[0]))
            parts.append(f'<text:h text:outline-level="{level}">{words}</text:h>')
        else:
            parts.append(_odt_p(texts[0]))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODT} '
        f'office:version="1.2"><office:body><office:text>{"".join(parts)}</office:text>'
        "</office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODT_TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", _ODT_TYPE, zipfile.ZIP_STORED)
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", manifest)


def _odt_p(text: str) -> str:
    words = html.escape(text.replace("**", ""), quote=False).replace("\t", "<text:tab/>")
    return f"<text:p>{words.replace(' // ', '<text:line-break/>')}</text:p>"


def _odt_cells(row: str) -> str:
    return "".join(f"<table:table-cell>{_odt_p(c)}</table:table-cell>" for c in cells(row))


def rtf(path: Path, body: str, _style: str) -> None:
    """Write an RTF file with Unicode escapes."""
    lines: list[str] = []
    for kind, texts in blocks(body):
        for text in texts:
            if kind == "table":
                ends = "".join(f"\\cellx{(n + 1) * 2600}" for n in range(len(cells(text))))
                row = "".join(f"{_rtf(c)}\\cell " for c in cells(text))
                lines.append(f"\\trowd{ends} {row}\\row")
            elif kind in {"title", "heading"}:
                lines.append(f"{{\\b {_rtf(text)}}}\\par")
            else:
                lines.append(f"{_rtf(text)}\\par")
    path.write_text(
        "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\f0\\fs20\n" + "\n".join(lines) + "\n}",
        "ascii",
    )


def _rtf(text: str) -> str:
    out: list[str] = []
    for sign in _plain(text):
        code = ord(sign)
        if sign in "\\{}":
            out.append("\\" + sign)
        elif sign == "\n":
            out.append("\\line ")
        elif sign == "\t":
            out.append("\\tab ")
        else:
            out.append(sign if code < 128 else f"\\u{code if code < 32768 else code - 65536}?")
    return "".join(out)


def raw(path: Path, body: str, style: str) -> None:
    """Write the body as it stands, in the encoding that ``style`` names (UTF-8 by default)."""
    path.write_bytes(body.encode(style or "utf-8"))


MAKERS = {
    "chromium": chromium,
    "reportlab": reportlab,
    "word": word,
    "odt": odt,
    "rtf": rtf,
    "html": page,
    "raw": raw,
}
