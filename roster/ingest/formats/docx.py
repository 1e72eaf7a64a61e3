"""DOCX by its own XML: headers, body, notes, footers; no deleted, hidden or placeholder text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from lxml.etree import LxmlError, _Element

from roster.errors import FileRefused
from roster.ingest.raw import RawLine, RawText
from roster.ingest.wording.rows import row_lines

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SKIPPED = frozenset(
    {f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "sdtPr")}
    | {f"{_MC}Fallback"}
)
_WRAPPERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml"))
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_NOTES = frozenset({"footnotes", "endnotes"})
_DAMAGED = (
    "This DOCX file is damaged and cannot be opened. "
    "Open it in a word processor, save it again as DOCX or PDF, and send that."
)


def read(data: bytes, most_pages: int) -> RawText:  # noqa: ARG001 - pages depend on the printer
    """Return the lines of a DOCX file: header, body, footer.

    Raises
    ------
    roster.errors.FileRefused
        Damaged, or not a text document.
    """
    try:
        document = docx.Document(io.BytesIO(data))
        lines = list(_whole_document(document))
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        LxmlError,
        KeyError,
        ValueError,
        AttributeError,
        NotImplementedError,
        OSError,
    ) as error:
        raise FileRefused(_DAMAGED) from error
    return RawText(tuple(RawLine(line) for line in lines), "docx/1")


def _whole_document(document: Any) -> Iterator[str]:
    parts = [
        part
        for section in document.sections
        for part in (section.first_page_header, section.header)
        if not part.is_linked_to_previous
    ]
    seen: set[str] = set()
    for part in parts:
        yield from _once(_blocks(part._element, _links(part.part)), seen)
    yield ""
    yield from _blocks(document.element.body, _links(document.part))
    yield ""
    yield from _notes(document.part)
    for section in document.sections:
        if not section.footer.is_linked_to_previous:
            part = section.footer
            yield from _once(_blocks(part._element, _links(part.part)), seen)


def _notes(part: Any) -> Iterator[str]:
    """Yield footnotes and endnotes, which stand in parts of their own, without their rules."""
    for relation in part.rels.values():
        if relation.is_external or relation.reltype.rpartition("/")[2] not in _NOTES:
            continue
        root = parse_xml(relation.target_part.blob)
        for note in root:
            if note.get(f"{_W}type", "normal") == "normal":
                yield from _blocks(note, _links(relation.target_part))


def _once(lines: Iterator[str], seen: set[str]) -> Iterator[str]:
    for line in lines:
        if line not in seen:
            seen.add(line)
            yield line


def _links(part: Any) -> dict[str, str]:
    """Mail addresses behind links, by relation; nothing is followed."""
    return {
        key: relation.target_ref.removeprefix("mailto:").partition("?")[0]
        for key, relation in part.rels.items()
        if relation.is_external and relation.target_ref.startswith("mailto:")
    }


def _blocks(container: _Element, links: dict[str, str]) -> Iterator[str]:
    for child in container:
        if child.tag in _SKIPPED or _is_placeholder(child):
            continue
        if child.tag == f"{_W}p":
            yield from _paragraph(child, links)
        elif child.tag == f"{_W}tbl":
            yield ""
            yield from _table(child, links)
            yield ""
        elif isinstance(child.tag, str) and not child.tag.startswith(f"{_W}sect"):
            yield from _blocks(child, links)


def _paragraph(paragraph: _Element, links: dict[str, str]) -> Iterator[str]:
    boxes: list[_Element] = []
    text = "".join(_characters(paragraph, boxes, links))
    yield from text.split("\n")
    for box in boxes:
        yield from _blocks(box, links)


def _characters(element: _Element, boxes: list[_Element], links: dict[str, str]) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED or _is_hidden(child) or _is_placeholder(child):
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        elif child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif child.tag == f"{_W}hyperlink":
            yield from _hyperlink(child, boxes, links)
        elif isinstance(child.tag, str):
            yield from _characters(child, boxes, links)


def _hyperlink(element: _Element, boxes: list[_Element], links: dict[str, str]) -> Iterator[str]:
    shown = "".join(_characters(element, boxes, links))
    yield shown
    address = links.get(element.get(f"{_R}id", ""), "")
    if address and "@" not in shown:
        yield f" {address} "


def _is_placeholder(element: _Element) -> bool:
    """Whether it is a content control that nobody filled: "Click here to enter text"."""
    properties = element.find(f"{_W}sdtPr") if element.tag == f"{_W}sdt" else None
    return properties is not None and properties.find(f"{_W}showingPlcHdr") is not None


def _is_hidden(run: _Element) -> bool:
    properties = run.find(f"{_W}rPr") if run.tag == f"{_W}r" else None
    vanish = properties.find(f"{_W}vanish") if properties is not None else None
    return vanish is not None and vanish.get(f"{_W}val", "true") not in {"0", "false"}


def _table(table: _Element, links: dict[str, str]) -> Iterator[str]:
    for row in _inside(table, f"{_W}tr"):
        cells = list(_inside(row, f"{_W}tc"))
        nested = any(next(cell.iter(f"{_W}tbl"), None) is not None for cell in cells)
        lines = [list(_blocks(cell, links)) for cell in cells]
        yield from row_lines(lines, nested=nested)
        if nested:
            yield ""


def _inside(element: _Element, tag: str) -> Iterator[_Element]:
    """Yield rows or cells, also those wrapped in content controls or tracked insertions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)
