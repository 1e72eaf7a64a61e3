"""Vectors in fewer dimensions and one byte each: the directions in which a roster differs most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats, Vectors

_LARGEST = 127


@dataclass(frozen=True)
class Directions:
    """The directions that keep most of all dot products, and the scale of the bytes."""

    axes: Floats
    """(dimensions kept, dimensions given), of length 1 each."""
    scale: float
    """Steps per unit."""

    @classmethod
    def of(cls, vectors: Vectors, dimensions: int) -> Directions:
        """Find them in vectors of shape (n, given), `dimensions` at most as many as given.

        The scale lets one value in a thousand exceed a byte; these are cut.
        """
        spread = vectors.T.astype(np.float64) @ vectors.astype(np.float64)
        axes = np.linalg.eigh(spread).eigenvectors[:, ::-1][:, :dimensions].T
        sizes = np.abs(vectors[: 1 << 14] @ axes.T)
        usual = float(np.quantile(sizes, 0.999)) if sizes.size else 1.0
        return cls(axes, _LARGEST / usual if usual > 0 else 1.0)

    def compact(self, vectors: Vectors) -> NDArray[np.int8]:
        """Return vectors (n, given) as bytes (n, kept); zeros stay zeros."""
        steps = np.rint((vectors @ self.axes.T) * self.scale)
        return np.clip(steps, -_LARGEST, _LARGEST).astype(np.int8)

    def steps(self, cosine: float) -> int:
        """Return the dot product of bytes that a cosine amounts to."""
        return round(cosine * self.scale * self.scale)
