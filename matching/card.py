"""The card of the shipped rule: what it rests on, what it reached where, what it gives for what.

Figures are those of `docs/ranking.md`; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matching.compiled import AdditiveModel
from matching.steps import MISSING
from roster.read import ModelCurve


@dataclass(frozen=True, slots=True)
class Measured:
    """A mean over requests and its 95 % interval."""

    mean: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The graded pairs that the weights were chosen with in sight."""

    requests: int
    per_request: int
    people: int
    invented: int
    """How many of the people do not exist."""
    letters: Mapping[str, int]
    """Language of the letter → requests."""
    readers: int
    """Who graded everything."""
    read_twice: int
    """Requests that a second reader graded as well."""


@dataclass(frozen=True, slots=True)
class Outside:
    """A collection with judgements by people, ranked from texts alone."""

    letters: int
    people: int
    seen: int
    """Letters that had been looked at when it was ranked first; the figures are of the others."""
    ndcg: Measured
    """nDCG@10, the first time."""
    bm25: float | None
    """BM25 on the same; None where only the whole collection was compared."""
    mended: float
    """nDCG@10 of the whole collection after its faults were looked at: flatters."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a shipped version."""

    measured_on: date
    judged: Judged
    figures: Mapping[str, Measured]
    """Way of ranking → nDCG@10 over the judged requests."""
    surely_useful: tuple[str, ...]
    """Features without which nDCG@10 falls for sure there."""
    outside: tuple[Outside, ...]
    expect: tuple[float, float]
    """nDCG@10 to expect of letters that nobody has seen."""
    misread: tuple[float, float]
    """nDCG@10 of the third collection with, then without two letters' languages misread."""


CARDS: Mapping[str, Card] = {
    "rule-2": Card(
        measured_on=date(2026, 11, 22),
        judged=Judged(
            requests=40,
            per_request=25,
            people=398,
            invented=398,
            letters={"en": 10, "es": 10, "fr": 10, "pt": 10},
            readers=1,
            read_twice=2,
        ),
        figures={
            "rule": Measured(0.890, 0.849, 0.923),
            "BM25": Measured(0.547, 0.479, 0.615),
            "TF-IDF": Measured(0.582, 0.512, 0.652),
            "chance": Measured(0.336, 0.320, 0.353),
        },
        surely_useful=("topic", "semantic", "passage"),
        outside=(
            Outside(16, 64, 8, Measured(0.705, 0.566, 0.846), None, 0.926),
            Outside(14, 56, 0, Measured(0.798, 0.723, 0.868), 0.721, 0.863),
            Outside(10, 44, 0, Measured(0.756, 0.568, 0.896), 0.700, 0.883),
            Outside(12, 60, 0, Measured(0.720, 0.622, 0.825), 0.651, 0.867),
            Outside(16, 72, 0, Measured(0.601, 0.477, 0.722), 0.494, 0.691),
            Outside(16, 72, 0, Measured(0.814, 0.720, 0.891), 0.649, 0.848),
        ),
        expect=(0.60, 0.80),
        misread=(0.756, 0.883),
    ),
}
"""Of every shipped version that was measured; no other may borrow its figures."""


def curves(model: AdditiveModel) -> tuple[ModelCurve, ...]:
    """Return what each feature gives at each value, of 100 where a request asks for everything."""
    total = float(model.most.sum())
    scale = 100.0 / total if total > 0 else 0.0
    return tuple(
        ModelCurve(
            feature=name,
            points=tuple((table[:MISSING] * scale).tolist()),
            unknown=float(table[MISSING] * scale),
        )
        for name, table in zip(model.names, model.tables, strict=True)
    )
