"""ODT by its own XML: headers, body, text boxes, footers; no deleted text, no comments."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from roster.errors import FileRefused
from roster.ingest.raw import RawLine, RawText
from roster.ingest.wording.rows import row_lines

_SKIPPED = frozenset(
    [
        "tracked-changes",
        "annotation",
        "annotation-end",
        "forms",
        "sequence-decls",
        "variable-decls",
        "user-field-decls",
        "table-of-content",
        "automatic-styles",
        "font-face-decls",
        "note-citation",
        "covered-table-cell",
    ]
)
_BREAKS = {"line-break": "\n", "tab": "\t"}


def read(data: bytes, most_pages: int) -> RawText:  # noqa: ARG001 - pages depend on the printer
    """Return the lines of an ODT file.

    Raises
    ------
    roster.errors.FileRefused
        Damaged, protected, or with entities of its own.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise FileRefused(
                    "This document is protected by a password, so it cannot be read. "
                    "Save a copy without the password and send that."
                )
            styles = _parse(archive.read("styles.xml")) if "styles.xml" in names else None
            body = _parse(archive.read("content.xml")).find("body")
    except (zipfile.BadZipFile, KeyError, ParseError, DefusedXmlException, ValueError) as error:
        raise FileRefused(
            "This ODT file is damaged and cannot be opened. Save it again as ODT, DOCX or PDF."
        ) from error
    lines = list(_running(styles, "header"))
    lines += ["", *(_blocks(body) if body is not None else ()), "", *_running(styles, "footer")]
    return RawText(tuple(RawLine(line) for line in lines), "odt/1")


def _parse(data: bytes) -> Element:
    root: Element = defusedxml.ElementTree.fromstring(data, forbid_dtd=True)
    for element in root.iter():
        element.tag = str(element.tag).rpartition("}")[2]
    return root


def _running(styles: Element | None, kind: str) -> Iterator[str]:
    seen: set[str] = set()
    for master in styles.iter(kind) if styles is not None else ():
        for line in _blocks(master):
            if line not in seen:
                seen.add(line)
                yield line


def _blocks(container: Element) -> Iterator[str]:
    for child in container:
        if child.tag in _SKIPPED:
            continue
        if child.tag in {"p", "h"}:
            boxes: list[Element] = []
            yield from "".join(_characters(child, boxes)).split("\n")
            for box in boxes:
                yield from _blocks(box)
        elif child.tag == "table":
            yield ""
            yield from _table(child)
            yield ""
        else:
            yield from _blocks(child)


def _characters(element: Element, boxes: list[Element]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "s":
            yield " "
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag == "text-box":
            boxes.append(child)
        elif child.tag not in _SKIPPED:
            yield from _characters(child, boxes)
            if child.tag == "a":
                yield _address(child)
        yield child.tail or ""


def _address(link: Element) -> str:
    target = next((value for key, value in link.attrib.items() if key.endswith("href")), "")
    shown = "".join(link.itertext())
    address = target.removeprefix("mailto:").partition("?")[0]
    return f" {address} " if target.startswith("mailto:") and "@" not in shown else ""


def _table(table: Element) -> Iterator[str]:
    for child in table:
        if child.tag in {"table-rows", "table-header-rows", "table-row-group"}:
            yield from _table(child)
        elif child.tag == "table-row":
            cells = [cell for cell in child if cell.tag == "table-cell"]
            nested = any(cell.find(".//table") is not None for cell in cells)
            yield from row_lines([list(_blocks(cell)) for cell in cells], nested=nested)
            if nested:
                yield ""
