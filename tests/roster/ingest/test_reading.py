import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.errors import FileRefused, FileTooLarge, RosterError
from roster.ingest.assembly import assemble, place
from roster.ingest.raw import RawLine, RawText
from roster.ingest.reading import read_file, read_words
from roster.ingest.sandbox.apart import Limits, read_apart
from roster.ingest.text import read_raw
from tests.roster.ingest.documents import (
    CV_LINES,
    ENTITY_BOMB,
    SECRET_ENTITY,
    deflate_bomb,
    docx_of,
    locked_pdf,
    pdf_of,
    picture_pdf,
)

SMALL = Limits(memory_bytes=600 * 1024 * 1024, cpu_s=8, wall_s=30.0)


@pytest.mark.parametrize("build", [pdf_of, docx_of], ids=["pdf", "docx"])
def test_every_line_of_a_document_is_read_in_order(build) -> None:  # type: ignore[no-untyped-def]
    text = read_file(build()).text
    places = [text.find(line.split("  ")[0]) for line in CV_LINES]
    assert min(places) >= 0
    assert places == sorted(places)


def test_spans_of_a_pdf_have_boxes_on_their_page() -> None:
    document = read_file(pdf_of())
    start = document.text.index("Head of Unit")
    span = place(document, start, start + 12)
    assert span.page == 1
    ((left, top, right, bottom),) = span.boxes
    assert 55 < left < right < 595
    assert 780 - 5 * 22 < 842 - top < 780 - 4 * 22 - 5
    assert top < bottom


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(locked_pdf(), "password", id="locked pdf"),
        pytest.param(picture_pdf(), "no words could be recognised", id="picture"),
        pytest.param(pdf_of()[:700], "damaged", id="truncated pdf"),
        pytest.param(docx_of()[:-900], "damaged", id="truncated docx"),
        pytest.param(ENTITY_BOMB, "definitions of its own", id="entity bomb"),
        pytest.param(SECRET_ENTITY, "definitions of its own", id="outside entity"),
        pytest.param(b"<?xml version='1.0'?><order/>", "not a Europass", id="other xml"),
        pytest.param(b'{"a": ' * 5000, "damaged", id="deep json"),
        pytest.param(b"   \n \n", "no words", id="blank"),
    ],
)
def test_hostile_or_damaged_file_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        read_file(data, limits=SMALL)


def test_deflate_bomb_ends_with_the_child_process() -> None:
    with pytest.raises(FileRefused, match=r"stopped|damaged|no text"):
        read_file(deflate_bomb(), limits=SMALL)


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(FileTooLarge, match="1 pages; 0 is the most"):
        read_file(pdf_of(), limits=Limits(pages=0))


def test_child_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(FileRefused, match="more time or memory"):
        read_apart(b"words", "text", Limits(wall_s=0.001))


def test_unknown_reader_is_refused_in_words() -> None:
    with pytest.raises(FileRefused, match="no reader for wpd"):
        read_apart(b"x", "wpd")


def test_hidden_html_and_deleted_words_are_not_read() -> None:
    html = b"<html><body><p>Shown</p><p style='display:none'>Stuffed</p></body></html>"
    text = read_file(html).text
    assert "Shown" in text
    assert "Stuffed" not in text


def test_table_rows_keep_their_cells() -> None:
    html = b"<html><table><tr><td>Niger</td><td>05/2018</td></tr></table></html>"
    assert "Niger | 05/2018" in read_file(html).text


def test_europass_is_rendered_as_a_form() -> None:
    xml = b"""<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass"><LearnerInfo>
    <Identification><PersonName><FirstName>Ada</FirstName><Surname>Doe</Surname></PersonName>
    <Demographics><NationalityList><Nationality><Code>EL</Code></Nationality></NationalityList>
    </Demographics></Identification><WorkExperienceList><WorkExperience><Period>
    <From year="2016" month="--04"/><Current>true</Current></Period><Position><Label>Adviser</Label>
    </Position><Employer><Name>Ministry</Name></Employer></WorkExperience></WorkExperienceList>
    </LearnerInfo></SkillsPassport>"""
    text = read_file(xml).text
    assert "Family name: Doe" in text
    assert "Nationality: Greece" in text
    assert "Dates | 2016-04 – present" in text


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (("la migra-", "tion"), "la migration"),
        (("ﬁnance and oﬃce",), "finance and office"),
        (("Qu´ebec, Fran¸cais",), "Québec, Français"),
        (("E X P E R I E N C E",), "EXPERIENCE"),
        (("اللغة 1C",), "اللغة C1"),
        (("e\u0301tat",), "état"),
    ],
)
def test_layout_damage_is_mended(lines: tuple[str, ...], wanted: str) -> None:
    assert read_words("\n".join(lines)).text == wanted


@given(st.lists(st.text(max_size=40), min_size=1, max_size=12))
def test_offsets_of_lines_stay_inside_the_text(lines: list[str]) -> None:
    raw = RawText(tuple(RawLine(line, 1, (0.0, 0.0, 9.0, 9.0)) for line in lines), "test/1")
    try:
        document = assemble(raw, "text/plain")
    except FileRefused:
        return
    assert all(0 <= box.start < box.end <= len(document.text) for box in document.lines)
    assert RawText.from_json(raw.to_json()).reader == raw.reader


@settings(max_examples=40, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["pdf", "docx", "odt", "xml", "html", "json", "text"]),
)
def test_no_bytes_make_a_reader_answer_outside_its_words(data: bytes, name: str) -> None:
    raw = None
    with contextlib.suppress(RosterError):
        raw = read_raw(data, name)
    assert raw is None or raw.reader
