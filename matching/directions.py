"""The directions in which texts of the field differ most, found in our invented people and letters.

An encoder tells of much that texts of one field never differ in. Told in these directions, its
vectors are a third as long and their products nearly the same; docs/performance.md says how nearly.
Beside them stands what our invented letters have in common.
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
    letter: Vectors
    """(given,): the mean of our invented letters, in all four languages; shorter than 1."""

    @cached_property
    def digest(self) -> str:
        """Tells them from others of the same encoder."""
        return blake2b(self.axes.tobytes(), digest_size=6).hexdigest()

    @property
    def name(self) -> str:
        """Name of the encoder told in these directions."""
        return f"{self.encoder} in {len(self.axes)} directions {self.digest}"

    def told(self, vectors: Vectors) -> Vectors:
        """Return vectors of shape (n, given) in these directions, shape (n, kept)."""
        told: Vectors = vectors @ self.axes.T
        return told


def write(directions: Directions, path: Path) -> None:
    """Write directions to a file, in half precision; `make_directions` of the fixtures does."""
    axes, letter = directions.axes.astype(np.float16), directions.letter.astype(np.float16)
    np.savez_compressed(path, encoder=np.asarray(directions.encoder), axes=axes, letter=letter)


def read(path: Path) -> Directions:
    """Read what `write` wrote."""
    with np.load(path, allow_pickle=False) as held:
        axes, letter = held["axes"].astype(np.float32), held["letter"].astype(np.float32)
        return Directions(str(held["encoder"]), axes, letter)


@cache
def directions_of(encoder: str) -> Directions | None:
    """Return the directions that ship with the package; None for another encoder than theirs."""
    found = read(Path(str(FILE)))
    return found if found.encoder == encoder else None


@cache
def usual_letter(encoder: str) -> Vectors | None:
    """Return the mean of our invented letters as an encoder tells it; None for an unknown one.

    Parameters
    ----------
    encoder : name of the shipped encoder, told in the shipped directions or in all of its own
    """
    found = read(Path(str(FILE)))
    if encoder == found.name:
        return found.told(found.letter)
    return found.letter if encoder == found.encoder else None
