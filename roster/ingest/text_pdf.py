"""PDF: a Europass file inside wins; else the text layer in reading order, with places."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from typing import Any

import pypdf
import pypdf.errors
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from roster.errors import FileRefused, FileTooLarge
from roster.ingest.pdf_layout import (
    Letter,
    Piece,
    cell_text,
    lines_of,
    order_is_doubtful,
    pieces_of,
    union,
    with_accents,
)
from roster.ingest.pdf_tables import Grid, find_grids, lines_by_layout
from roster.ingest.raw import BREAK, Box, RawLine, RawPage, RawText
from roster.ingest.rows import row_lines
from roster.ingest.text_europass import is_europass
from roster.ingest.text_europass import read as read_europass

MOST_LETTERS_A_PAGE = 60_000
MOST_ATTACHMENT_BYTES = 10 * 1024 * 1024
LEAST_RULES = 4
MOST_RULES = 4_000
LEAST_LETTERS = 10
"""A page with fewer letters than this says nothing."""

_PICTURE = (
    "This PDF is a picture: it has no text layer, so nothing can be read in it. "
    "Send the file it was made from (DOCX or a PDF saved from it), or run text recognition on it."
)
_EMPTY = (
    "This PDF has no text in it. If its letters were turned into outlines, "
    "send the file it was made from, as DOCX or as a PDF with text."
)
_DAMAGED = (
    "This PDF is damaged and cannot be opened; it may have been cut off in sending. "
    "Open it on your side, save or print it as a new PDF, and send that."
)
_LOCKED = (
    "This PDF is protected by a password, so it cannot be read. "
    "Save a copy without the password and send that."
)


def read(data: bytes, most_pages: int) -> RawText:
    """Return the lines of a PDF in reading order.

    Raises
    ------
    roster.errors.FileRefused
        Encrypted, damaged, or without a text layer.
    roster.errors.FileTooLarge
        More than `most_pages` pages.
    """
    attached, fields = _from_structure(data, most_pages)
    if attached is not None:
        return attached
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise FileRefused(_LOCKED if "password" in str(error).lower() else _DAMAGED) from error
    _refuse_length(len(document), most_pages)
    return _text_layer(document, data, fields)


def _refuse_length(pages: int, most: int) -> None:
    if pages > most:
        raise FileTooLarge(
            f"This PDF has {pages} pages; {most} is the most that is read. "
            "Send the CV alone, without annexes."
        )


def _from_structure(data: bytes, most_pages: int) -> tuple[RawText | None, list[str]]:
    """Return a Europass file attached to the PDF, and the values of its form fields."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileRefused(_LOCKED)
        _refuse_length(len(reader.pages), most_pages)
        return _europass_inside(reader), _form_fields(reader)
    except (FileRefused, MemoryError):
        raise
    except Exception:
        # Any fault here leaves the text layer, which PDFium judges by itself.
        return None, []


def _europass_inside(reader: pypdf.PdfReader) -> RawText | None:
    for contents in reader.attachments.values():
        for content in contents if isinstance(contents, list) else [contents]:
            if len(content) <= MOST_ATTACHMENT_BYTES and is_europass(content):
                return read_europass(content, 0)
    return None


def _form_fields(reader: pypdf.PdfReader) -> list[str]:
    fields = reader.get_form_text_fields(full_qualified_name=True) or {}
    return [
        f"{name.rpartition('.')[2].partition('[')[0]}: {' '.join(str(value).split())}"
        for name, value in fields.items()
        if value and str(value).strip()
    ]


def _text_layer(document: Any, data: bytes, fields: list[str]) -> RawText:
    lines: list[RawLine] = []
    pages: list[RawPage] = []
    notes: list[str] = []
    pictures = 0
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        width, height = page.get_size()
        pages.append(RawPage(number, width, height))
        found = _page_lines(page, number, data)
        if sum(len(line.text) for line in found) < LEAST_LETTERS:
            if _holds_picture(page):
                pictures += 1
                notes.append(f"Page {number} is a picture; nothing was read there.")
            continue
        lines += [RawLine("", number), *found]
    lines = without_running_heads(lines)
    lines += [RawLine(""), *(RawLine(field) for field in fields)] if fields else []
    if not any(line.text.strip() for line in lines):
        raise FileRefused(_PICTURE if pictures else _EMPTY)
    return RawText(tuple(lines), "pdf/1", tuple(pages), tuple(notes))


def _holds_picture(page: Any) -> bool:
    return any(True for _ in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _page_lines(page: Any, number: int, data: bytes) -> list[RawLine]:
    grids = find_grids(data, number) if _has_rules(page) else []
    pieces = pieces_of(with_accents(list(_letters(page, grids))))
    if not any(piece.cell for piece in pieces):
        return _free_lines(pieces, number, data)
    return _lines_with_tables(pieces, number, grids)


def _free_lines(pieces: list[Piece], number: int, data: bytes) -> list[RawLine]:
    if order_is_doubtful(pieces) and not _is_rtl(pieces):
        return lines_by_layout(data, number) or lines_of(pieces, number)
    return lines_of(pieces, number)


def _is_rtl(pieces: list[Piece]) -> bool:
    return any("\u0590" <= letter <= "\u08ff" for piece in pieces for letter in piece.text)


def _has_rules(page: Any) -> bool:
    paths = 0
    for _ in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=3):
        paths += 1
        if paths > MOST_RULES:
            return False
    return paths >= LEAST_RULES


def _letters(page: Any, grids: list[Grid]) -> Iterator[Letter]:
    textpage = page.get_textpage()
    height = page.get_height()
    edges = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = edges
    count = min(textpage.count_chars(), MOST_LETTERS_A_PAGE)
    rect = pdfium_c.FS_RECTF()
    for index in range(count):
        code = pdfium_c.FPDFText_GetUnicode(textpage.raw, index)
        if code in (0, 0xFFFE) or 0xD800 <= code <= 0xDFFF:
            continue
        if not pdfium_c.FPDFText_GetLooseCharBox(textpage.raw, index, rect):
            continue
        box = (rect.left, height - rect.top, rect.right, height - rect.bottom)
        if chr(code) in "\r\n" or chr(code).isspace():
            yield Letter(chr(code), box)
            continue
        pdfium_c.FPDFText_GetCharBox(textpage.raw, index, *map(ctypes.byref, edges))
        middle = (left.value + right.value) / 2, height - (top.value + bottom.value) / 2
        yield Letter("-" if code == 2 else chr(code), box, _cell_at(middle, grids))


def _cell_at(point: tuple[float, float], grids: list[Grid]) -> tuple[int, int, int] | None:
    x, y = point
    for table, grid in enumerate(grids):
        left, top, right, bottom = grid.box
        if left <= x <= right and top <= y <= bottom:
            for (row, column), cell in grid.cells.items():
                if cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]:
                    return table, row, column
    return None


def _lines_with_tables(pieces: list[Piece], page: int, grids: list[Grid]) -> list[RawLine]:
    lines: list[RawLine] = []
    done: set[tuple[int, int]] = set()
    free: list[Piece] = []
    outside = [piece for piece in pieces if piece.cell is None]
    for piece in pieces:
        if piece.cell is None:
            free.append(piece)
            continue
        lines += lines_of(free, page, outside)
        free = []
        row = piece.cell[:2]
        if row not in done:
            done.add(row)
            lines += _row(pieces, row, page, grids[row[0]])
    return lines + lines_of(free, page, outside)


def _row(pieces: list[Piece], row: tuple[int, int], page: int, grid: Grid) -> list[RawLine]:
    cells: list[list[str]] = []
    box: Box | None = None
    for column in grid.columns(row[1]):
        inside = [piece for piece in pieces if piece.cell == (*row, column)]
        for piece in inside:
            box = piece.box if box is None else union(box, piece.box)
        cell = grid.cells[row[1], column]
        padding = min((piece.box[0] for piece in inside), default=cell[0]) - cell[0]
        edge = cell[2] - min(12.0, max(2.0, padding))
        cells.append([line for line in cell_text(inside, edge).split(BREAK) if line])
    return [RawLine(text, page, box) for text in row_lines(cells)]


def without_running_heads(lines: list[RawLine]) -> list[RawLine]:
    """Drop page numbers and the second and later copies of what stands on top or foot of pages."""
    by_page: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.text.strip() and line.page is not None:
            by_page.setdefault(line.page, []).append(index)
    seen: set[str] = set()
    dropped: set[int] = set()
    for indices in by_page.values():
        edges = dict.fromkeys(indices[:2] + indices[-2:])
        keys = {index: _shape(lines[index].text) for index in edges}
        dropped |= {i for i, key in keys.items() if key in seen or key in {"", "#", "-#-", "#/#"}}
        seen |= set(keys.values())
    return [line for index, line in enumerate(lines) if index not in dropped]


def _shape(text: str) -> str:
    """Digits made alike where the line is a page count, the words themselves elsewhere."""
    bare = "".join(text.lower().split())
    shape = "".join("#" if letter.isdigit() else letter for letter in bare)
    while "##" in shape:
        shape = shape.replace("##", "#")
    is_count = len(shape) < 24 and ("page" in shape or "seite" in shape or "pág" in shape)
    return shape if is_count or shape.strip("-/#") == "" else bare
