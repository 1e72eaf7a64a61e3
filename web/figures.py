"""Figures that add up: shares are rounded so that their sum is the rounded whole."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor


def largest_remainder(
    values: Sequence[float], total: float | None = None, *, digits: int = 0
) -> list[float]:
    """Round each value down, then give what is missing to the largest remainders.

    Parameters
    ----------
    values : not negative
    total : what the rounded values must add up to; None is their rounded sum
    digits : decimals kept, 0 to 6

    Returns
    -------
    As many values as given, each within one unit of the last digit of its own where `total`
    is the rounded sum. Ties go to the earlier value.

    Raises
    ------
    ValueError
        A value is negative.
    """
    if any(value < 0 for value in values):
        raise ValueError("shares of a whole are not negative")
    unit = 10**digits
    scaled = [value * unit for value in values]
    floors = [floor(value + 1e-9) for value in scaled]
    wanted = round((sum(values) if total is None else total) * unit)
    missing = wanted - sum(floors)
    by_remainder = sorted(
        range(len(values)), key=lambda place: (floors[place] - scaled[place], place)
    )
    if missing < 0:
        by_remainder = [place for place in reversed(by_remainder) if floors[place] > 0]
    step = 1 if missing > 0 else -1
    for turn in range(abs(missing) if by_remainder else 0):
        floors[by_remainder[turn % len(by_remainder)]] += step
    return [value / unit for value in floors]
