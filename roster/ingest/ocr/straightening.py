"""Sets the picture of a page upright and straight, and knows the way back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageOps

from roster.ingest.raw import Box

STEEPEST = 8.0
"""Degrees; a page that lies steeper than this is left as it is."""
LEAST = 1.0
"""Degrees; less disturbs recognition less than turning the picture, which blurs its dots."""
LOOK_WIDTH = 500


@dataclass(frozen=True, slots=True)
class Straightened:
    """A picture set straight."""

    picture: Image.Image
    turn: int
    """Degrees, clockwise, by which the page was turned: 0, 90, 180 or 270."""
    tilt: float
    """Degrees, anticlockwise, by which it was then straightened."""
    given: tuple[int, int]
    """Width and height of the picture as it came."""

    def back(self, box: Box) -> Box:
        """Return where a box of the straight picture stood on the picture as it came."""
        corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
        placed = [self._unturned(*self._untilted(x, y)) for x, y in corners]
        left, right = min(x for x, _ in placed), max(x for x, _ in placed)
        top, bottom = min(y for _, y in placed), max(y for _, y in placed)
        width, height = self.given
        return (
            max(0.0, min(left, width)),
            max(0.0, min(top, height)),
            max(0.0, min(right, width)),
            max(0.0, min(bottom, height)),
        )

    def _untilted(self, x: float, y: float) -> tuple[float, float]:
        angle = math.radians(self.tilt)
        middle_x, middle_y = self.picture.width / 2, self.picture.height / 2
        across, down = x - middle_x, y - middle_y
        return (
            middle_x + across * math.cos(angle) - down * math.sin(angle),
            middle_y + across * math.sin(angle) + down * math.cos(angle),
        )

    def _unturned(self, x: float, y: float) -> tuple[float, float]:
        width, height = self.given
        return {
            0: (x, y),
            90: (y, height - x),
            180: (width - x, height - y),
            270: (width - y, x),
        }[self.turn]


def straighten(picture: Image.Image, turn: int = 0) -> Straightened:
    """Turn a grey picture clockwise by a right angle or none, then level its lines."""
    turned = picture.rotate(-turn, expand=True) if turn else picture
    tilt = tilt_of(turned)
    level = turned
    if tilt:
        level = turned.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255)
    level.info.update(picture.info)
    return Straightened(level, turn, tilt, picture.size)


def tilt_of(picture: Image.Image) -> float:
    """Return the degrees, anticlockwise, that level the lines of a page; 0 where they are level."""
    height = max(1, round(picture.height * LOOK_WIDTH / picture.width))
    if height > 4 * LOOK_WIDTH:
        return 0.0
    small = picture.convert("L").resize((LOOK_WIDTH, height), Image.Resampling.BOX)
    dark = ImageOps.autocontrast(ImageOps.invert(small)).point(lambda value: max(0, value - 96))
    coarse = _sharpest(dark, 0.0, STEEPEST, 1.0)
    fine = _sharpest(dark, coarse, 0.8, 0.2)
    if abs(fine) < LEAST or abs(fine) > STEEPEST:
        return 0.0
    return fine if _sharpness(dark, fine) > 1.05 * _sharpness(dark, 0.0) else 0.0


def _sharpest(dark: Image.Image, middle: float, reach: float, step: float) -> float:
    count = round(reach / step)
    angles = [middle + step * number for number in range(-count, count + 1)]
    return max(angles, key=lambda angle: (_sharpness(dark, angle), -abs(angle)))


def _sharpness(dark: Image.Image, angle: float) -> float:
    """Return how much one row of the page differs from the next: level lines differ most."""
    rows = dark.rotate(angle, Image.Resampling.BILINEAR).resize(
        (1, dark.height), Image.Resampling.BOX
    )
    shades = list(rows.tobytes())
    return float(sum((one - other) ** 2 for one, other in pairwise(shades)))
