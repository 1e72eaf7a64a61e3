"""Few people: a figure that would tell of somebody is told inside the facility only.

One rule for all that leaves it: reports for auditors and donors, Actions as other roles see them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

FEWEST = 5
"""People below which a figure is told inside the facility only; none is nobody, and is told."""


def is_few(people: float | None) -> bool:
    """Whether a number of people is kept back outside; not known and none are not."""
    return people is not None and 0 < people < FEWEST


def kept_back(figures: Sequence[float | None]) -> frozenset[int]:
    """Return the places of a list that are kept back where its total may be known.

    Those of few people, and as many more, the smallest first, as it takes for the total less what
    is told to be two figures at least and five people at least: else it would tell what is hidden.
    """
    few = {at for at, one in enumerate(figures) if is_few(one)}
    if not few:
        return frozenset()
    others = sorted((one, at) for at, one in enumerate(figures) if one and at not in few)
    for _, at in others:
        if len(few) > 1 and _sum(figures, few) >= FEWEST:
            break
        few.add(at)
    return frozenset(few)


def tells_rest(part: float | None, whole: float | None) -> bool:
    """Whether a part, beside its whole, tells that the rest of it is few people."""
    return part is not None and whole is not None and is_few(whole - part)


def _sum(figures: Sequence[float | None], places: Iterable[int]) -> float:
    return sum(figures[at] or 0 for at in places)
