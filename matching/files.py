"""A block on disk: a folder of arrays that any number of processes map and share.

The arrays of a block lie in a folder of their own, written first; then the manifest is replaced in
one step. Whoever opens reads the block before or the one after, never half of one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any, TypeVar, get_args, get_type_hints

import numpy as np

from matching.blocks import Block

FORM = 1
"""Of the files; another one is not read. Count on when `Block` changes, or what it means."""
_MANIFEST = "index.json"
_PREFIX = "block-"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a block was made of."""

    seq: int
    """Number of the last change of the roster that is in it."""
    encoder: str | None
    """Name of the encoder whose vectors it has."""


def save_block(block: Block, folder: Path, stamp: Stamp) -> None:
    """Write a block and make it the one that is opened from now on.

    The folder of the one before stays for those who are opening it; older ones go.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = _manifest(folder).get("folder")
    own = Path(mkdtemp(prefix=_PREFIX, dir=folder))
    said = {
        "form": FORM,
        "folder": own.name,
        "seq": stamp.seq,
        "encoder": stamp.encoder,
        "names": dict(_names(block)),
    }
    for name, array in _arrays(block):
        np.save(own / f"{name}.npy", array, allow_pickle=False)
    written = own / _MANIFEST
    written.write_text(json.dumps(said), encoding="utf-8")
    written.replace(folder / _MANIFEST)
    for old in folder.glob(f"{_PREFIX}*"):
        if old.name not in {own.name, before}:
            rmtree(old, ignore_errors=True)


def open_block(folder: Path, encoder: str | None) -> tuple[Block, int] | None:
    """Map the present block; return it with its `seq`.

    None where there is none, or one of another form or encoder, or a damaged one.
    """
    said = _manifest(folder)
    if said.get("form") != FORM or said.get("encoder") != encoder:
        return None
    try:
        block = _read(Block, folder / str(said["folder"]), "", said["names"])
    except (OSError, ValueError, KeyError):
        return None
    return block, int(said["seq"])


def newest_seq(folder: Path) -> int | None:
    """Return the number of the last change in the block that would be opened; None for none."""
    said = _manifest(folder)
    return int(said["seq"]) if said.get("form") == FORM else None


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        said = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _arrays(part: Any, above: str = "") -> Iterator[tuple[str, np.ndarray[Any, Any]]]:  # noqa: ANN401 -- any of the dataclasses that a block is made of
    """Yield every array of a block under the names of its fields."""
    for field in fields(part):
        value, name = getattr(part, field.name), f"{above}{field.name}"
        if is_dataclass(value):
            yield from _arrays(value, f"{name}.")
        elif isinstance(value, np.ndarray):
            yield name, value


def _names(part: Any, above: str = "") -> Iterator[tuple[str, list[str]]]:  # noqa: ANN401 -- as above
    for field in fields(part):
        value, name = getattr(part, field.name), f"{above}{field.name}"
        if is_dataclass(value):
            yield from _names(value, f"{name}.")
        elif isinstance(value, tuple):
            yield name, list(value)


def _read(kind: type[T], folder: Path, above: str, names: dict[str, list[str]]) -> T:
    """Map one of the dataclasses that a block is made of."""
    values: dict[str, Any] = {}
    hints = get_type_hints(kind)
    for field in fields(kind):  # type: ignore[arg-type]  # only dataclasses come here
        name = f"{above}{field.name}"
        part = next((one for one in _parts(hints[field.name]) if is_dataclass(one)), None)
        if name in names:
            values[field.name] = tuple(names[name])
        elif part is not None and list(folder.glob(f"{name}.*.npy")):
            values[field.name] = _read(part, folder, f"{name}.", names)
        elif part is not None:
            values[field.name] = None
        else:
            values[field.name] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    return kind(**values)


def _parts(hint: Any) -> tuple[Any, ...]:  # noqa: ANN401 -- a type
    """Return the types that a hint allows."""
    return get_args(hint) if get_args(hint) and not isinstance(hint, type) else (hint,)
