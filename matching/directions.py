"""The directions in which texts of the field differ most, found in our invented people and letters.

An encoder tells of much that texts of one field never differ in. Told in these directions, its
vectors are a third as long and their products nearly the same; docs/performance.md says how nearly.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path

import numpy as np

from matching.arrays import Vectors

FILE = files("matching").joinpath("directions.npz")


@dataclass(frozen=True, eq=False)
class Directions:
    """Directions of the vectors of one encoder."""

    encoder: str
    """Name of the encoder whose vectors they are for."""
    axes: Vectors
    """(kept, given), each of length 1."""

    @cached_property
    def digest(self) -> str:
        """Tells them from others of the same encoder."""
        return blake2b(self.axes.tobytes(), digest_size=6).hexdigest()

    def told(self, vectors: Vectors) -> Vectors:
        """Return vectors of shape (n, given) in these directions, shape (n, kept)."""
        told: Vectors = vectors @ self.axes.T
        return told


def write(directions: Directions, path: Path) -> None:
    """Write directions to a file, in half precision; `make_directions` of the fixtures does."""
    axes = directions.axes.astype(np.float16)
    np.savez_compressed(path, encoder=np.asarray(directions.encoder), axes=axes)


def read(path: Path) -> Directions:
    """Read what `write` wrote."""
    with np.load(path, allow_pickle=False) as held:
        return Directions(str(held["encoder"]), held["axes"].astype(np.float32))


@cache
def directions_of(encoder: str) -> Directions | None:
    """Return the directions that ship with the package; None for another encoder than theirs."""
    found = read(Path(str(FILE)))
    return found if found.encoder == encoder else None
