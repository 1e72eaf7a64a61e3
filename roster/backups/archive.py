"""The file of a backup: a ZIP whose last part is the manifest; it appears whole or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from roster.backups.manifest import Manifest, Part, read_manifest
from roster.errors import Conflict, FileRefused

MANIFEST = "manifest.json"
_UNFINISHED = ".part"
_AT_ONCE = 1 << 20

Progress = Callable[[int, int], None]
"""Called with how much is done, and of how much."""


class Writer:
    """Writes the parts of a backup one after the other, with the digest of each."""

    def __init__(self, file: IO[bytes]) -> None:
        # The first level packs hexadecimal digits nearly as well as the last, in a fifth of the
        # time.
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self.parts: dict[str, Part] = {}

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write one part."""
        digest, size = hashlib.sha256(), 0
        with self._zip.open(name, "w", force_zip64=True) as part:
            for chunk in _gathered(chunks):
                digest.update(chunk)
                size += len(chunk)
                part.write(chunk)
        self.parts[name] = Part(size=size, sha256=digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Write what it says of itself, and the end of the file."""
        self._zip.writestr(MANIFEST, manifest.model_dump_json(indent=1))
        self._zip.close()


def _gathered(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Put short chunks together: packing each row by itself takes twice the time."""
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size >= _AT_ONCE:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


@contextmanager
def written(target: Path) -> Iterator[Writer]:
    """Write a backup beside its place, and put it there when it is whole.

    Readable by its owner only. Whatever happens meanwhile, nothing stands at the place itself but
    a whole backup; a process that was killed leaves a file with another ending, which the next
    backup of that name overwrites.

    Raises
    ------
    Conflict
        Something stands at the place, or somebody else writes there.
    """
    if target.exists():
        raise Conflict(f"{target} is there already, and a backup is never overwritten.")
    unfinished = target.with_name(target.name + _UNFINISHED)
    descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Conflict(f"Another backup is being written to {target}.") from error
        file.truncate()
        try:
            yield Writer(file)
            file.flush()
            os.fsync(file.fileno())
            _put(unfinished, target)
        finally:
            unfinished.unlink(missing_ok=True)


def _put(unfinished: Path, target: Path) -> None:
    try:
        os.link(unfinished, target)  # Unlike a renaming, it never takes the place of another file.
    except FileExistsError as error:
        raise Conflict(f"{target} was made by somebody else meanwhile.") from error
    except OSError:  # Some file systems know no links.
        unfinished.rename(target)
    folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # Nor can each be told to write its folders down.
            os.fsync(folder)
    finally:
        os.close(folder)


class Reader:
    """Reads the parts of a backup."""

    def __init__(self, packed: zipfile.ZipFile, manifest: Manifest) -> None:
        self._zip = packed
        self.manifest = manifest

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield what a part holds.

        Raises
        ------
        FileRefused
            The part is not there or cannot be unpacked.
        """
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(_AT_ONCE):
                    yield chunk
        except KeyError as error:
            raise FileRefused(f"{name} is missing in this backup.") from error
        except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError) as error:
            raise FileRefused(f"{name} in this backup is damaged. {_OTHER}") from error

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of a part, each with its end."""
        rest = b""
        for chunk in self.chunks(name):
            *whole, rest = (rest + chunk).split(b"\n")
            yield from (line + b"\n" for line in whole)
        if rest:
            raise FileRefused(f"{name} in this backup ends in the middle of a row. {_OTHER}")

    def content(self, name: str) -> bytes:
        """Return what a small part holds."""
        return b"".join(self.chunks(name))

    def check(self, tell: Progress) -> None:
        """Hold every part against its digest.

        Raises
        ------
        FileRefused
            Names the first part that differs, is missing, or was never written down.
        """
        parts = self.manifest.parts
        done, of = 0, sum(part.size for part in parts.values())
        for name, said in parts.items():
            digest, size = hashlib.sha256(), 0
            for chunk in self.chunks(name):
                digest.update(chunk)
                size += len(chunk)
                tell(done + size, of)
            done += size
            if (size, digest.hexdigest()) != (said.size, said.sha256):
                raise FileRefused(f"{name} is not what was backed up. {_OTHER}")
        strange = sorted({*self._zip.namelist()} - {*parts, MANIFEST})
        if strange:
            raise FileRefused(f"{strange[0]} was added to this backup afterwards. {_OTHER}")


_OTHER = "Take another backup; nothing was changed."
_NONE = f"is no backup, or only the beginning of one. {_OTHER}"


@contextmanager
def opened(source: Path) -> Iterator[Reader]:
    """Open a backup and read what it says of itself.

    Raises
    ------
    FileRefused
        It is not there, or is no whole backup.
    """
    try:
        packed = zipfile.ZipFile(source)
    except zipfile.BadZipFile as error:
        raise FileRefused(f"{source} {_NONE}") from error
    except OSError as error:
        why = (error.strerror or "it cannot be read").lower()
        raise FileRefused(f"{source} cannot be opened: {why}.") from error
    with packed:
        if MANIFEST not in packed.namelist():
            raise FileRefused(f"{source} {_NONE}")
        try:
            content = packed.read(MANIFEST)
        except (zipfile.BadZipFile, EOFError, zlib.error) as error:
            raise FileRefused(f"{source} {_NONE}") from error
        yield Reader(packed, read_manifest(content))
