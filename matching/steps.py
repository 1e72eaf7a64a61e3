"""Values in [0, 1] as codes of a byte, by which tables are looked up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats

STEPS = 254
"""Values are rounded to so many steps; a difference below is none."""
MISSING = 255
"""Code of a value that is not known."""


def encode(values: Floats) -> NDArray[np.uint8]:
    """Return values in [0, 1] as codes 0 to 254, NaN as `MISSING`."""
    unknown = np.isnan(values)
    steps = np.where(unknown, 0.0, values)
    np.clip(steps, 0, 1, out=steps)
    steps *= STEPS
    codes = np.rint(steps, out=steps).astype(np.uint8)
    codes[unknown] = MISSING
    return codes
