"""A block on disk: a folder of arrays that any number of processes map and share.

The arrays of a block lie in a folder of their own, written first; then the manifest is replaced in
one step. Whoever opens reads the block before or the one after, never half of one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any, TypeVar, get_args, get_type_hints
from zlib import crc32

import numpy as np

from matching.blocks import Block

_MANIFEST = "index.json"
_PREFIX = "block-"
_READ_BYTES = 1 << 22
_MAKERS = (
    "arrays",
    "blocks",
    "calendars",
    "commonplaces",
    "encoder",
    "files",
    "passages",
    "profile",
    "text",
    "vectors",
)
"""Modules that decide what a block holds: where one differs, a block on disk is not opened. The
directions of the vectors are in the name of the encoder."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a block was made of."""

    seq: int
    """Number of the last change of the roster that is in it."""
    mark: str
    """Tells that change from one of another database."""
    encoder: str | None
    """Name of the encoder whose vectors it has."""


@contextmanager
def saved(block: Block, folder: Path, stamp: Stamp) -> Iterator[Path]:
    """Write a block, let more be written beside it, then make it the one that is opened.

    Those before go at once, so that nobody who was erased stays on disk; on Unix, who has them
    mapped keeps them.

    Yields
    ------
    the folder of the block
    """
    folder.mkdir(parents=True, exist_ok=True)
    own = Path(mkdtemp(prefix=_PREFIX, dir=folder))
    try:
        for name, array in _arrays(block):
            np.save(own / f"{name}.npy", array, allow_pickle=False)
        yield own
        _put_first(block, own, stamp)
    except BaseException:
        # Of a disk without room: what was begun would stand in the way of the next try.
        rmtree(own, ignore_errors=True)
        raise
    for old in folder.glob(f"{_PREFIX}*"):
        if old != own:
            rmtree(old, ignore_errors=True)


def _put_first(block: Block, own: Path, stamp: Stamp) -> None:
    """Let a block that is written be the one that is opened, once it is on the disk for good."""
    said = {
        "made_by": _makers(),
        "folder": own.name,
        "seq": stamp.seq,
        "mark": stamp.mark,
        "encoder": stamp.encoder,
        "names": dict(_names(block)),
        "sums": {path.name: _sum(path) for path in sorted(own.iterdir())},
    }
    written = own / _MANIFEST
    written.write_text(json.dumps(said), encoding="utf-8")
    for path in (*own.iterdir(), own):
        _wait_for_disk(path)
    written.replace(own.parent / _MANIFEST)


def _sum(path: Path) -> int:
    """Return a checksum of a file, at about a gigabyte a second."""
    with path.open("rb") as file:
        found = 0
        while part := file.read(_READ_BYTES):
            found = crc32(part, found)
    return found


def _wait_for_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, outlive a power cut."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def stamp_of(folder: Path) -> Stamp | None:
    """Return what the block that would be opened was made of; None where there is none."""
    return _stamp(_manifest(folder))


def kept_at(folder: Path) -> datetime | None:
    """Return when the present block was written; None where there is none."""
    try:
        return datetime.fromtimestamp((folder / _MANIFEST).stat().st_mtime, tz=UTC)
    except OSError:
        return None


def size_of(folder: Path) -> int:
    """Return how many bytes blocks have on disk."""
    sizes = 0
    for path in folder.glob(f"{_PREFIX}*/*"):
        try:
            sizes += path.stat().st_size
        except OSError:  # Another process put a block in its place at this moment.
            continue
    return sizes


def folder_of(folder: Path) -> Path | None:
    """Return where the arrays of the present block lie; None where there is none."""
    said = _manifest(folder)
    return folder / str(said["folder"]) if _stamp(said) is not None else None


def opened(folder: Path, stamp: Stamp) -> tuple[Block, Path] | None:
    """Map the present block; return it with its folder.

    None where there is none, where it was made of something else, and where it is damaged: a file
    that is shorter, longer or another one than was written.
    """
    said = _manifest(folder)
    if _stamp(said) != stamp:
        return None
    own = folder / str(said["folder"])
    try:
        if {path.name: _sum(path) for path in own.iterdir()} != said["sums"]:
            return None
        return _read(Block, own, "", said["names"]), own
    except (OSError, ValueError, KeyError):
        return None


def _stamp(said: Mapping[str, Any]) -> Stamp | None:
    if said.get("made_by") != _makers():
        return None
    try:
        return Stamp(int(said["seq"]), str(said["mark"]), said["encoder"])
    except (KeyError, TypeError, ValueError):
        return None


@cache
def _makers() -> str:
    """Return a digest of the code and of the library that make blocks."""
    found = blake2b(np.__version__.encode(), digest_size=12)
    for name in _MAKERS:
        found.update(files("matching").joinpath(f"{name}.py").read_bytes())
    return found.hexdigest()


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        said = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _arrays(part: Any, above: str = "") -> Iterator[tuple[str, np.ndarray[Any, Any]]]:
    """Yield every array of a block under the names of its fields."""
    for field in fields(part):
        value, name = getattr(part, field.name), f"{above}{field.name}"
        if is_dataclass(value):
            yield from _arrays(value, f"{name}.")
        elif isinstance(value, np.ndarray):
            yield name, value


def _names(part: Any, above: str = "") -> Iterator[tuple[str, list[Any]]]:
    for field in fields(part):
        value, name = getattr(part, field.name), f"{above}{field.name}"
        if is_dataclass(value):
            yield from _names(value, f"{name}.")
        elif isinstance(value, tuple):
            yield name, list(value)


def _read(kind: type[T], folder: Path, above: str, names: Mapping[str, Sequence[Any]]) -> T:
    """Map one of the dataclasses that a block is made of."""
    values: dict[str, Any] = {}
    hints = get_type_hints(kind)
    for field in fields(kind):  # type: ignore[arg-type]  # only dataclasses come here
        name, part = f"{above}{field.name}", _part(hints[field.name])
        if name in names:
            held = names[name]
            values[field.name] = tuple(tuple(o) if isinstance(o, list) else o for o in held)
        elif part is None:
            values[field.name] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
        elif any(folder.glob(f"{name}.*.npy")):
            values[field.name] = _read(part, folder, f"{name}.", names)
        else:
            values[field.name] = None
    return kind(**values)


def _part(hint: object) -> type[Any] | None:
    """Return the dataclass that a field holds, None for an array."""
    for one in (hint, *get_args(hint)):
        if isinstance(one, type) and is_dataclass(one):
            return one
    return None
