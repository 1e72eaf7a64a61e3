"""What is in an upload: files, archives opened within limits, lists told apart by their content.

Everything here is pure. Names of files are labels; no path of an archive is ever used.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roster.batches import WaitingFile
from roster.errors import FileRefused, FileTooLarge, InvalidInput
from roster.ingest.sandbox.kinds import TABLE_FORMATS, inspect

MOST_FILES = 500
"""In one upload, those in archives included."""
MOST_ENTRIES = 2_000
"""In one archive, folders and the leavings of operating systems included."""
MOST_RATIO = 200
RATIO_COUNTS_FROM = 10_000_000
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_LEAVINGS = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_LIST_AMONG_CVS = (
    "This is a list with one person a row, not a CV. Send it by itself: its columns are asked for."
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was handed in."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sorted:
    """An upload taken apart."""

    files: tuple[WaitingFile, ...] = ()
    """CVs, those of archives among them, in the order given."""
    lists: tuple[Sent, ...] = ()
    archive: str = ""
    """Name of the one archive that all files came in; empty where there are several or none."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one upload may bring."""

    file_bytes: int
    total_bytes: int
    """Unpacked."""
    files: int = MOST_FILES


def sort_out(sent: Iterable[Sent], bounds: Bounds) -> Sorted:
    """Take an upload apart into CVs and lists.

    Raises
    ------
    roster.errors.InvalidInput
        Nothing in it.
    roster.errors.FileRefused, roster.errors.FileTooLarge
        The only thing sent is an archive that cannot be opened, or all is more than is taken.
    """
    given = list(sent)
    files: list[WaitingFile] = []
    lists: list[Sent] = []
    archives: list[str] = []
    for one in given:
        if is_archive(one.content):
            archives.append(one.name)
            files += _opened(one, bounds, is_alone=len(given) == 1)
        elif is_list(one.content):
            lists.append(one)
        else:
            files.append(_waiting(one.name, one.content, bounds))
        _refuse_too_many(files, bounds)
    if not files and not lists:
        raise InvalidInput("Choose at least one file.")
    whole = archives[0] if len(given) == 1 and archives else ""
    return Sorted(tuple(files), tuple(lists), whole)


def is_archive(content: bytes) -> bool:
    """Whether a file is a ZIP and no document of an office program."""
    if not content.startswith((_ZIP, _EMPTY_ZIP)):
        return False
    try:
        inspect(content, limit=len(content))
    except FileTooLarge:
        return False
    except FileRefused:
        return _holds_plain_files(content)
    return False


def _holds_plain_files(content: bytes) -> bool:
    """Whether it opens and is no office document without a reader, such as a presentation."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {entry.filename for entry in archive.infolist()[: MOST_ENTRIES + 1]}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    return not names & {"[Content_Types].xml", "META-INF/manifest.xml", "mimetype"}


def is_list(content: bytes) -> bool:
    """Whether a file is a list of people by its content."""
    try:
        return inspect(content, limit=max(1, len(content))).format in TABLE_FORMATS
    except FileRefused:
        return False


def _waiting(name: str, content: bytes, bounds: Bounds) -> WaitingFile:
    if not content:
        problem = "This file is empty. Save it again and upload the new copy."
    elif len(content) > bounds.file_bytes:
        problem = (
            f"This file has more than {bounds.file_bytes / 1e6:.0f} MB. A CV without pictures is "
            "far smaller: save it without them and upload again."
        )
    else:
        return WaitingFile(name, content)
    return WaitingFile(name, b"", problem)


def _refuse_too_many(files: list[WaitingFile], bounds: Bounds) -> None:
    if len(files) > bounds.files:
        raise FileTooLarge(
            f"More than {bounds.files} files were sent. Send them in parts; a file that is here "
            "already is not taken twice."
        )
    if sum(len(file.content) for file in files) > bounds.total_bytes:
        raise FileTooLarge(
            f"Unpacked, this is more than the {bounds.total_bytes / 1e6:.0f} MB that are taken in "
            "one go. Send it in parts."
        )


def _opened(sent: Sent, bounds: Bounds, *, is_alone: bool) -> list[WaitingFile]:
    """Return what is in an archive; one among other files becomes a refused file of its own."""
    try:
        return list(_unpacked(sent.content, bounds))
    except FileRefused as refusal:
        if is_alone:
            raise
        return [WaitingFile(sent.name, b"", refusal.detail)]


def _unpacked(content: bytes, bounds: Bounds) -> Iterator[WaitingFile]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise FileRefused(
            "This archive is damaged and cannot be opened. Make it again, or send the files "
            "themselves."
        ) from error
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        _refuse_bomb(archive.infolist(), bounds)
        wanted = [entry for entry in entries if not _is_leaving(entry)]
        if not wanted:
            raise FileRefused("This archive holds no file.")
        for entry in wanted:
            yield _entry(archive, entry, bounds)


def _refuse_bomb(entries: list[zipfile.ZipInfo], bounds: Bounds) -> None:
    if len(entries) > MOST_ENTRIES:
        raise FileTooLarge(
            f"This archive holds more than {MOST_ENTRIES} entries. Send it in parts."
        )
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if unpacked > bounds.total_bytes or (
        unpacked > RATIO_COUNTS_FROM and unpacked / packed > MOST_RATIO
    ):
        raise FileTooLarge(
            "This archive unpacks to far more than CVs hold, so it was not opened. "
            "Send the files themselves, in parts."
        )


def _is_leaving(entry: zipfile.ZipInfo) -> bool:
    """Whether an operating system left this beside the files of a person."""
    name = label_of(entry)
    return (
        entry.filename.startswith("__MACOSX/")
        or name.startswith(("._", "~$"))
        or name.lower() in _LEAVINGS
    )


def label_of(entry: zipfile.ZipInfo) -> str:
    """Return what people call an entry: the last part of its name, never a path."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        # Old programs write UTF-8 without saying so; zipfile then reads it as code page 437.
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = entry.filename
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable()) or "unnamed"


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, bounds: Bounds) -> WaitingFile:
    name = label_of(entry)
    if entry.flag_bits & 0x1:
        problem = "This file is protected by a password in its archive. Send it without one."
        return WaitingFile(name, b"", problem)
    try:
        with archive.open(entry) as opened:
            # One byte more than allowed tells that there are too many; no size is believed.
            content = opened.read(bounds.file_bytes + 1)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, EOFError):
        problem = "This file is damaged in its archive. Send the file itself."
        return WaitingFile(name, b"", problem)
    if is_archive(content):
        problem = "This is an archive in an archive, which is not opened. Send it by itself."
        return WaitingFile(name, b"", problem)
    if is_list(content):
        return WaitingFile(name, b"", _LIST_AMONG_CVS)
    return _waiting(name, content, bounds)
