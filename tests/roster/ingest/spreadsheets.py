"""Small workbooks built for the tests: XLSX and ODS with sheets of given cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from roster.ingest.lists.table import letter_of

Cells = Sequence[Sequence[object]]

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-'
    'types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsx_of(sheets: Mapping[str, Cells], *, hidden: Sequence[str] = ()) -> bytes:
    """Return an XLSX; numbers stay numbers, and text that begins with "=" stays text."""
    names = list(sheets)
    about = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="r{at}"'
        f"{' state=' + quoteattr('hidden') if name in hidden else ''}/>"
        for at, name in enumerate(names, 1)
    )
    links = "".join(
        f'<Relationship Id="r{at}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(names) + 1)
    )
    entries = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{about}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>',
    }
    for at, name in enumerate(names, 1):
        rows = "".join(_xlsx_row(number, row) for number, row in enumerate(sheets[name], 1))
        entries[f"xl/worksheets/sheet{at}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        )
    return zipped(entries)


def _xlsx_row(number: int, row: Sequence[object]) -> str:
    cells = "".join(
        f'<c r="{letter_of(at)}{number}"><v>{value}</v></c>'
        if isinstance(value, int | float)
        else f'<c r="{letter_of(at)}{number}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(str(value))}</t></is></c>"
        for at, value in enumerate(row)
        if value != ""
    )
    return f'<row r="{number}">{cells}</row>'


def ods_of(sheets: Mapping[str, Cells]) -> bytes:
    """Return an ODS whose cells are all text."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>"
        + "".join(
            "<table:table-row>"
            + "".join(
                '<table:table-cell office:value-type="string"><text:p>'
                f"{escape(str(value))}</text:p></table:table-cell>"
                for value in row
            )
            + "</table:table-row>"
            for row in rows
        )
        + "</table:table>"
        for name, rows in sheets.items()
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entries = {
        "mimetype": kind,
        "content.xml": f'<office:document-content xmlns:office="{names}:office:1.0" '
        f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0" office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>",
    }
    return zipped(entries)


def zipped(entries: Mapping[str, str]) -> bytes:
    """Return a zip of some entries; "mimetype" is stored as it is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, compress_type=kind)
    return buffer.getvalue()
