"""Archives are opened within limits, lists known by their content; names are labels only."""

from __future__ import annotations

import io
import zipfile

import pytest

from roster.errors import FileRefused, FileTooLarge, InvalidInput
from roster.ingest.batches.files import Bounds, Sent, Sorted, label_of, sort_out
from tests.roster.ingest.uploads import LIST, archive, cv

BOUNDS = Bounds(file_bytes=50_000, total_bytes=2_000_000, files=20)


def taken(*sent: Sent, bounds: Bounds = BOUNDS) -> Sorted:
    return sort_out(sent, bounds)


def test_files_archives_and_lists_are_told_apart_by_their_content() -> None:
    found = taken(
        Sent("a.txt", cv(0)), Sent("people.bin", LIST), Sent("b", archive({"x/c.txt": cv(1)}))
    )
    assert [file.name for file in found.files] == ["a.txt", "c.txt"]
    assert [one.name for one in found.lists] == ["people.bin"]
    assert found.archive == ""


def test_one_archive_alone_gives_its_name() -> None:
    assert taken(Sent("all.zip", archive({"a.txt": cv()}))).archive == "all.zip"


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "C:\\Users\\x\\passwd", "/etc/passwd", "a\nb/passwd", "sub/dir/passwd"],
)
def test_no_path_of_an_archive_is_ever_kept(name: str) -> None:
    (file,) = taken(Sent("a.zip", archive({name: cv()}))).files
    assert file.name == "passwd"


def test_what_operating_systems_leave_is_passed_over() -> None:
    left = {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "sub/Thumbs.db": b"x", "~$a.docx": b"x"}
    found = taken(Sent("a.zip", archive({**left, "a.txt": cv()})))
    assert [file.name for file in found.files] == ["a.txt"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(archive({"x.txt": b"x"}), "archive in an archive", id="nested"),
        pytest.param(LIST, "Send it by itself", id="list"),
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"word " * 20_000, "MB", id="large"),
    ],
)
def test_one_file_of_an_archive_is_refused_alone(content: bytes, words: str) -> None:
    found = taken(Sent("a.zip", archive({"bad": content, "good.txt": cv()})))
    bad, good = found.files
    assert words in bad.problem
    assert bad.content == b""
    assert good.problem == ""


def test_an_encrypted_or_damaged_entry_is_refused_alone() -> None:
    whole = bytearray(archive({"a.txt": cv(0), "b.txt": cv(1)}))
    at = whole.find(b"PK\x01\x02")
    whole[at + 8] |= 1  # The flag of an encrypted entry, in the directory.
    found = taken(Sent("a.zip", bytes(whole)))
    assert "password" in found.files[0].problem
    assert found.files[1].problem == ""
    broken = bytearray(archive({"a.txt": cv(0), "b.txt": cv(1)}))
    broken[60] ^= 0xFF  # Inside the packed words of the first.
    found = taken(Sent("a.zip", bytes(broken)))
    assert "damaged" in found.files[0].problem
    assert found.files[1].problem == ""


def test_an_archive_that_unpacks_to_far_more_is_not_opened() -> None:
    bomb = archive({f"{at}.txt": b"\0" * 400_000 for at in range(6)})
    with pytest.raises(FileTooLarge, match="unpacks to far more"):
        taken(Sent("a.zip", bomb))
    (refused, good) = taken(Sent("a.zip", bomb), Sent("b.txt", cv())).files
    assert "unpacks to far more" in refused.problem
    assert good.problem == ""


def test_a_squeezed_archive_is_known_by_its_ratio() -> None:
    bomb = archive({"a.txt": b"\0" * 11_000_000})
    bounds = Bounds(file_bytes=20_000_000, total_bytes=100_000_000)
    with pytest.raises(FileTooLarge, match="unpacks to far more"):
        taken(Sent("a.zip", bomb), bounds=bounds)


def test_too_many_files_are_refused_before_anything_is_kept() -> None:
    with pytest.raises(FileTooLarge, match="More than 20 files"):
        taken(Sent("a.zip", archive({f"{at}.txt": cv(at) for at in range(21)})))
    with pytest.raises(FileTooLarge, match="entries"):
        taken(Sent("a.zip", archive({f"{at}/": b"" for at in range(2_001)})))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(archive({}), "holds no file", id="nothing"),
        pytest.param(archive({"a/": b""}), "holds no file", id="folders-only"),
    ],
)
def test_an_archive_without_a_file_says_so(content: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        taken(Sent("a.zip", content))


def test_nothing_sent_is_said() -> None:
    with pytest.raises(InvalidInput):
        taken()


def test_a_presentation_is_one_file_and_no_archive() -> None:
    deck = archive({"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"})
    (file,) = taken(Sent("deck.pptx", deck)).files
    assert file.name == "deck.pptx"
    assert file.content == deck


def test_names_of_old_programs_are_read_as_utf_8() -> None:
    entry = zipfile.ZipInfo("João.txt".encode().decode("cp437"))
    assert label_of(entry) == "João.txt"
    assert label_of(zipfile.ZipInfo("caf\u00e9.txt")) == "café.txt"


def test_a_cut_off_document_stays_a_file() -> None:
    packed = io.BytesIO(archive({"word/document.xml": b"x" * 500}))
    (file,) = taken(Sent("cv.docx", packed.getvalue()[:80])).files
    assert file.name == "cv.docx"
