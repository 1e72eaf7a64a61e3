"""A shelf on disk: a folder of arrays that any number of processes map and share.

The arrays of a shelf lie in a folder of their own, written first; then the manifest is replaced in
one step. Whoever opens reads the shelf before or the one after, never half of one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from matching.fast.segments import Segment
from matching.fast.shelf import Held, Shelf

FORM = 1
"""Of the files; another one is not read."""
_MANIFEST = "manifest.json"
_NAMES = tuple(field.name for field in fields(Segment))


def save(shelf: Shelf, folder: Path) -> None:
    """Write a shelf and make it the one that is opened from now on.

    Folders of earlier shelves stay for those who have them open; `sweep` takes them away.
    """
    folder.mkdir(parents=True, exist_ok=True)
    own = Path(mkdtemp(prefix="shelf-", dir=folder))
    for at, part in enumerate(shelf.parts):
        for name in _NAMES:
            np.save(own / f"{at}-{name}.npy", getattr(part.segment, name), allow_pickle=False)
        np.save(own / f"{at}-alive.npy", part.alive, allow_pickle=False)
    manifest = {"form": FORM, "folder": own.name, "segments": len(shelf.parts)}
    written = own / _MANIFEST
    written.write_text(json.dumps(manifest), encoding="utf-8")
    written.replace(folder / _MANIFEST)


def load(folder: Path) -> Shelf | None:
    """Map the present shelf; None where there is none, or one of another form."""
    path = folder / _MANIFEST
    if not path.exists():
        return None
    said = json.loads(path.read_text(encoding="utf-8"))
    if said["form"] != FORM:
        return None
    own = folder / str(said["folder"])

    def read(name: str) -> np.ndarray:
        # "c" shares the pages as "r" does; numba would compile once more for read-only arrays.
        return np.asarray(np.load(own / name, mmap_mode="c", allow_pickle=False))

    return Shelf(tuple(_held(at, read) for at in range(int(said["segments"]))))


def _held(at: int, read: Callable[[str], np.ndarray]) -> Held:
    segment = Segment(**{name: read(f"{at}-{name}.npy") for name in _NAMES})
    return Held(segment, read(f"{at}-alive.npy"))


def stamp(folder: Path) -> int:
    """Return a number that changes with the shelf, 0 for none; a microsecond, for each request."""
    try:
        return (folder / _MANIFEST).stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def sweep(folder: Path) -> None:
    """Take away the folders of earlier shelves; on Unix, who has them mapped keeps them."""
    said = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    for old in folder.glob("shelf-*"):
        if old.name != said["folder"]:
            for file in old.iterdir():
                file.unlink()
            old.rmdir()
