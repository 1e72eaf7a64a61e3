"""Word, OpenDocument and HTML files with the traps that real CVs hold."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from roster.ingest.sandbox.kinds import inspect
from roster.ingest.text import read_raw
from tests.roster.ingest.spreadsheets import zipped

W = nsdecls("w")
_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_VML = "urn:schemas-microsoft-com:vml"


def lines_of(data: bytes) -> list[str]:
    return [line.text for line in read_raw(data, inspect(data).format).lines]


def words_of(data: bytes) -> str:
    return "\n".join(lines_of(data))


def saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def docx_with(*elements: str) -> bytes:
    """Return a DOCX whose body begins with some elements of WordprocessingML."""
    document = docx.Document()
    for at, element in enumerate(elements):
        document.element.body.insert(at, parse_xml(element))
    return saved(document)


def test_a_text_box_is_read_once() -> None:
    inside = "<w:txbxContent><w:p><w:r><w:t>Boxed words</w:t></w:r></w:p></w:txbxContent>"
    box = (
        f'<w:p {W} xmlns:mc="{_MC}" xmlns:wps="{_WPS}" xmlns:v="{_VML}"><w:r>'
        f'<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{inside}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert words_of(docx_with(box)).count("Boxed words") == 1


@pytest.mark.parametrize(
    ("element", "shown", "hidden"),
    [
        pytest.param(
            f"<w:p {W}><w:del><w:r><w:delText>Gone</w:delText><w:t>Gone</w:t></w:r></w:del>"
            "<w:ins><w:r><w:t>Kept</w:t></w:r></w:ins></w:p>",
            "Kept",
            "Gone",
            id="tracked deletion",
        ),
        pytest.param(
            f"<w:p {W}><w:moveFrom><w:r><w:t>Gone</w:t></w:r></w:moveFrom>"
            "<w:moveTo><w:r><w:t>Kept</w:t></w:r></w:moveTo></w:p>",
            "Kept",
            "Gone",
            id="tracked move",
        ),
        pytest.param(
            f"<w:p {W}><w:r><w:rPr><w:vanish/></w:rPr><w:t>Gone</w:t></w:r>"
            '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Kept</w:t></w:r></w:p>',
            "Kept",
            "Gone",
            id="hidden run",
        ),
        pytest.param(
            f"<w:p {W}><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>Gone"
            "</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r>"
            "<w:t>Kept</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>",
            "Kept",
            "Gone",
            id="field code",
        ),
        pytest.param(
            f"<w:sdt {W}><w:sdtPr><w:alias w:val='Gone'/></w:sdtPr><w:sdtContent><w:p><w:sdt>"
            "<w:sdtContent><w:r><w:t>Kept</w:t></w:r></w:sdtContent></w:sdt></w:p></w:sdtContent>"
            "</w:sdt>",
            "Kept",
            "Gone",
            id="content control",
        ),
    ],
)
def test_what_word_does_not_show_is_not_read(element: str, shown: str, hidden: str) -> None:
    words = words_of(docx_with(element))
    assert words.count(shown) == 1
    assert hidden not in words


def test_placeholders_of_empty_content_controls_are_not_read() -> None:
    words = words_of(
        docx_with(
            f"<w:sdt {W}><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r>"
            "<w:t>Click here to enter text.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        )
    )
    assert "Click here" not in words


def test_a_name_in_the_page_header_alone_comes_first() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Ola KRAWIEC - ola@krawiec.example"
    document.add_paragraph("Work experience")
    lines = [line for line in lines_of(saved(document)) if line]
    assert lines == ["Ola KRAWIEC - ola@krawiec.example", "Work experience"]


def test_merged_cells_are_read_once_and_nested_tables_in_full() -> None:
    document = docx.Document()
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Employment"
    table.cell(1, 0).text = "2019"
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Position", "Adviser"
    words = words_of(saved(document))
    assert words.count("Employment") == 1
    assert words.count("Adviser") == 1
    assert "Position | Adviser" in words


def test_cells_merged_downwards_are_read_once() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Languages"
    table.cell(0, 1).text, table.cell(1, 1).text = "French C1", "Greek B2"
    words = words_of(saved(document))
    assert words.count("Languages") == 1
    assert "Greek B2" in words


def test_an_address_behind_a_link_is_read() -> None:
    document = docx.Document()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    key = document.part.relate_to("mailto:ola@krawiec.example?subject=x", kind, is_external=True)
    names = nsdecls("w", "r")
    document.element.body.insert(
        0,
        parse_xml(
            f'<w:p {names}><w:hyperlink r:id="{key}"><w:r><w:t>Write to me</w:t></w:r>'
            "</w:hyperlink></w:p>"
        ),
    )
    assert "Write to me ola@krawiec.example" in words_of(saved(document))


def test_footnotes_are_read_after_the_body() -> None:
    document = docx.Document()
    document.add_paragraph("Seconded to the agency")
    document.element.body[0].append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'))
    note = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>Until 2019 in Valletta</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    data = saved(document)
    assert "Valletta" not in words_of(data)
    lines = lines_of(_with_footnotes(data, note))
    assert lines.index("Until 2019 in Valletta") > lines.index("Seconded to the agency")


def _with_footnotes(data: bytes, note: str) -> bytes:
    buffer = io.BytesIO()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode("latin-1")
            if name == "[Content_Types].xml":
                part = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
                content = content.replace("</Types>", part)
            if name == "word/_rels/document.xml.rels":
                link = f'<Relationship Id="fn" Type="{relation}" Target="footnotes.xml"/>'
                content = content.replace("</Relationships>", link + "</Relationships>")
            new.writestr(name, content.encode("latin-1"))
        new.writestr("word/footnotes.xml", note)
    return buffer.getvalue()


def odt_of(body: str, styles: str = "") -> bytes:
    """Return an ODT with a body and styles (headers, footers) of given XML."""
    names = " ".join(
        f'xmlns:{short}="{_NAMES}:{name}:1.0"'
        for short, name in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("style", "style"),
            ("draw", "drawing"),
        )
    )
    names += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {names}><office:body><office:text>{body}"
            "</office:text></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {names}><office:master-styles>"
            f'<style:master-page style:name="Standard">{styles}</style:master-page>'
            "</office:master-styles></office:document-styles>",
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def test_headers_tables_boxes_and_notes_of_odt_are_read_and_deletions_not() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>Work<text:s/>experience<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Part time</text:p></text:note-body></text:note></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>2019</text:p></table:table-cell>"
        "<table:table-cell table:number-columns-spanned='2'><text:p>Adviser</text:p>"
        "</table:table-cell><table:covered-table-cell/></table:table-row></table:table>"
        "<text:p><draw:frame><draw:text-box><text:p>Boxed</text:p></draw:text-box></draw:frame>"
        "</text:p><text:p><text:a xlink:href='mailto:ola@krawiec.example'>mail</text:a></text:p>"
    )
    styles = "<style:header><text:p>Ola Krawiec</text:p></style:header>"
    words = words_of(odt_of(body, styles))
    assert words.index("Ola Krawiec") < words.index("Work experience")
    assert "2019 | Adviser" in words
    for once in ("Part time", "Boxed", "ola@krawiec.example"):
        assert words.count(once) == 1
    assert "Gone" not in words


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">Gone</p>',
        '<div style="DISPLAY : NONE"><p>Gone</p></div>',
        '<span style="visibility:hidden">Gone</span>',
        "<p hidden>Gone</p>",
        '<p style="font-size:0px">Gone</p>',
        '<p style="opacity: 0">Gone</p>',
        '<p class="x">Gone</p><style>.x{display:none}</style>',
        "<style>#y, .z { color: red; display: none !important }</style><b id='y'>Gone</b>",
        '<p style="position:absolute;left:-9999px">Gone</p>',
        "<script>Gone</script><template>Gone</template><noscript>Gone</noscript>",
        "<!-- Gone -->",
    ],
)
def test_what_a_page_does_not_show_is_not_read(hidden: str) -> None:
    page = f"<html><head><title>CV</title></head><body><p>Shown</p>{hidden}</body></html>"
    words = words_of(page.encode())
    assert "Shown" in words
    assert "Gone" not in words


def test_a_page_keeps_rows_lists_and_addresses_behind_links() -> None:
    page = (
        "<html><body><table><tr><th>Niger</th><td>05/2018<br>06/2018</td></tr></table>"
        "<ul><li>One</li><li>Two</li></ul><a href='mailto:ola@krawiec.example'>mail</a>"
        "</body></html>"
    )
    words = words_of(page.encode())
    assert "Niger | 05/2018 ⏎ 06/2018" in words
    assert "One\n" in words
    assert "mail ola@krawiec.example" in words


def test_a_page_in_an_old_code_page_that_it_names_is_read_in_it() -> None:
    page = "<html><head><meta charset='windows-1250'></head><body><p>Łucja Wójcik</p></body></html>"
    assert "Łucja Wójcik" in words_of(page.encode("cp1250"))
