"""Outlines of countries for maps, in Equal Earth projection; Antarctica is left out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from roster.reference.loading import load


@dataclass(frozen=True, slots=True)
class Outline:
    """A country on the map, in the units of `size`, y down."""

    code: str
    path: str
    """An SVG path of closed outer rings; holes are covered by the country drawn inside."""
    at: tuple[float, float]
    """The middle of the box around its largest part: where a mark belongs."""
    is_small: bool
    """Too small to be seen or hit: draw a dot at `at` as well."""


def size() -> tuple[int, int]:
    """Return width and height of the map, for an SVG `viewBox`."""
    content = load("world")
    return cast("int", content["width"]), cast("int", content["height"])


@lru_cache(maxsize=1)
def outlines() -> tuple[Outline, ...]:
    """Return all countries of the map in order of code, those inside another one last."""
    rows = cast("dict[str, dict[str, object]]", load("world")["countries"])
    found = [
        Outline(
            code=code,
            path=str(row["path"]),
            at=cast("tuple[float, float]", tuple(cast("list[float]", row["at"]))),
            is_small=bool(row["small"]),
        )
        for code, row in rows.items()
    ]
    inside = frozenset({"LS", "SM", "VA"})
    return tuple(sorted(found, key=lambda one: (one.code in inside, one.code)))


def outline(code: str) -> Outline | None:
    """Return one country's outline, or None where the map has none."""
    return _by_code().get(code)


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Outline]:
    return {one.code: one for one in outlines()}
