"""RTF and old Word files: every word that is shown, in order, tables as rows, nothing hidden."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.errors import FileRefused
from roster.ingest.reading import read_file
from roster.ingest.text import read_raw

FONTS = rb"{\fonttbl{\f0\fcharset204 Arial;}{\f1\fcharset0 Arial;}{\f2\fcharset238 Arial;}}"


def rtf(body: bytes, head: bytes = rb"\ansi\ansicpg1252\deff1") -> bytes:
    return b"{\\rtf1" + head + FONTS + body + b"}"


def lines_of(body: bytes) -> list[str]:
    return [line.text.strip() for line in read_raw(rtf(body), "rtf").lines if line.text.strip()]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        pytest.param(rb"\f1 Caf\'e9\par", ["Café"], id="western"),
        pytest.param(rb"\f0\'c8\'e2\'e0\'ed\par", ["Иван"], id="cyrillic"),
        pytest.param(rb"\f2 \'a3\'f3d\'9f\par", ["Łódź"], id="central european"),
        pytest.param(rb"\uc1\u1593?\u1585?\u1576?\par", ["عرب"], id="arabic by number"),
        pytest.param(rb"A\u8211?B\emdash C\par", ["A–B—C"], id="dashes"),
        pytest.param(rb"\{x\}\par", ["{x}"], id="braces"),
        pytest.param(rb"one\line two\par", ["one", "two"], id="line break"),
        pytest.param("Zoé".encode("cp1252") + rb"\par", ["Zoé"], id="bare bytes"),
    ],
)
def test_letters_of_any_alphabet_are_read(body: bytes, wanted: list[str]) -> None:
    assert lines_of(body) == wanted


@pytest.mark.parametrize(
    "hidden",
    [
        rb"{\v secret}",
        rb"\v secret\v0 ",
        rb"{\deleted secret}",
        rb"{\*\comment secret}",
        rb"{\info{\author secret}}",
        rb"{\pict\pngblip 736563726574 secret}",
        rb"{\*\annotation secret}",
        rb"{\fldinst PAGE secret}",
    ],
)
def test_what_is_hidden_or_deleted_is_not_read(hidden: bytes) -> None:
    assert lines_of(rb"\pard shown " + hidden + rb"too\par") == ["shown too"]


def test_rows_keep_their_cells_and_breaks_in_them() -> None:
    row = rb"\trowd\cellx1\cellx2\pard\intbl 2014\cell Head of Unit\par Ministry\cell\row"
    after = rb"\pard after\par"
    assert lines_of(row + after) == ["2014 | Head of Unit ⏎ Ministry", "after"]


def test_header_box_and_footer_are_read_in_this_order() -> None:
    body = (
        rb"{\footer\pard below\par}{\header\pard Jane Doe\par}\pard body\par"
        rb"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt\pard box\par}}{\shprslt\pard twice\par}}"
    )
    assert lines_of(body) == ["Jane Doe", "body", "box", "below"]


def test_address_behind_a_link_is_read_once() -> None:
    link = rb'{\field{\*\fldinst{HYPERLINK "mailto:a.b@c.example"}}{\fldrslt %s}}\par'
    assert lines_of(link % b"a.b@c.example") == ["a.b@c.example"]
    assert lines_of(link % b"write to me") == ["a.b@c.example write to me"]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(rtf(b""), id="empty"),
        pytest.param(b"{\\rtf1" + b"{" * 5_000, id="deep"),
        pytest.param(b"{\\rtf1\\bin99999999999 x}", id="binary beyond the end"),
    ],
)
def test_rtf_without_words_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused, match="RTF"):
        read_raw(data, "rtf")


@given(st.binary(max_size=200), st.text("\\{}*'u0fv partecl", max_size=80))
def test_no_bytes_make_the_reader_fail(data: bytes, words: str) -> None:
    raw = None
    with contextlib.suppress(FileRefused):
        raw = read_raw(b"{\\rtf1" + words.encode() + data, "rtf")
    assert raw is None or any(line.text.strip() for line in raw.lines)


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param(b"", id="name of the stream only"),
        pytest.param(b"\xff" * 4_000, id="full of ones"),
        pytest.param(b"\0" * 4_000, id="full of zeros"),
    ],
)
def test_damaged_word_document_is_refused(tail: bytes) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + tail
    with pytest.raises(FileRefused, match="Word document"):
        read_file(data)
