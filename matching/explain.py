"""Points into contributions that add up to the score, each with a reason and its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan

from matching.arrays import Bools, Floats
from matching.features import FEATURES, GROUPS, NAMES, Reading
from matching.index import Index
from matching.question import Question
from matching.reasons import CLAUSES, MISSING, Case, inactive_words
from roster.read import Contribution

GROUP_OF = {feature.name: feature.group for feature in FEATURES}
_LABELS = {feature.name: feature.label for feature in FEATURES}


@dataclass(frozen=True)
class Scored:
    """A question measured and scored over an index, before it is put into words."""

    question: Question
    index: Index
    readings: dict[str, Reading]
    values: Floats
    """(n, n_features), NaN missing."""
    points: Floats
    """(n, n_features)."""
    most: Floats
    """(n_features,)."""
    active: Bools
    today: date
    own: Mapping[int, tuple[Index, dict[str, Reading]]]
    """By row: who repeats the letter, measured without its sentences, as row 0 of an index."""

    @property
    def scores(self) -> Floats:
        """Return the score of each row, shape (n,)."""
        scores: Floats = self.points.sum(axis=1)
        return scores


class Explainer:
    """Puts rows of a scored question into words; what many rows share is made once."""

    def __init__(self, scored: Scored) -> None:
        self._scored = scored
        self._cases = _cases(scored, scored.index, scored.readings)
        self._inactive = inactive_words(scored.question)
        self._shared: dict[tuple[int, float | None, float], Contribution] = {}
        self._points: list[list[float]] = scored.points.tolist()
        self._values: list[list[float]] = scored.values.tolist()
        self._most: list[float] = scored.most.tolist()
        self._active: list[bool] = scored.active.tolist()

    def contributions(self, row: int, *, in_words: bool = True) -> tuple[Contribution, ...]:
        """Return the contributions of one row, one per feature, in the order of `FEATURES`.

        Parameters
        ----------
        row : of the index
        in_words : False gives values and points with the feature's label for a reason, which is
            cheaper; `Engine.explain` gives the words when somebody opens them
        """
        values, points = self._values[row], self._points[row]
        cases, at_row = self._cases_of(row)
        active = self._active
        told = []
        for at, name in enumerate(NAMES):
            if not active[at] or isnan(values[at]) or not in_words:
                told.append(self._plain(at, values[at], points[at]))
                continue
            reason, proof = CLAUSES[name](cases[name], at_row)
            told.append(Contribution(name, values[at], points[at], self._most[at], reason, proof))
        return tuple(told)

    def _cases_of(self, row: int) -> tuple[dict[str, Case], int]:
        if row not in self._scored.own:
            return self._cases, row
        return _cases(self._scored, *self._scored.own[row]), 0

    def _plain(self, at: int, value: float, points: float) -> Contribution:
        """Return what says nothing of one person alone; equal ones are one object."""
        name, known = NAMES[at], None if isnan(value) else value
        key = (at, known, points)
        if key not in self._shared:
            reason = _LABELS[name]
            if not self._active[at]:
                reason = self._inactive[name]
            elif known is None:
                reason = MISSING[name]
            self._shared[key] = Contribution(name, known, points, self._most[at], reason)
        return self._shared[key]


def _cases(scored: Scored, index: Index, readings: dict[str, Reading]) -> dict[str, Case]:
    return {name: Case(scored.question, index, readings[name], scored.today) for name in NAMES}


@dataclass(frozen=True, slots=True)
class Bar:
    """One visible bar of a person's explanation: a group of features in whole points."""

    group: str
    points: int
    most: float
    contributions: tuple[Contribution, ...]


def bars(contributions: Sequence[Contribution]) -> tuple[Bar, ...]:
    """Roll contributions up into the visible groups, in whole points that add up to the score.

    The score is rounded once; the groups share it by the largest remainder, so that the bars add
    up to the number that is shown.
    """
    held = {group: [c for c in contributions if GROUP_OF[c.feature] == group] for group in GROUPS}
    exact = [sum(c.points for c in held[group]) for group in GROUPS]
    whole = largest_remainder(exact)
    return tuple(
        Bar(group, points, sum(c.most for c in held[group]), tuple(held[group]))
        for group, points in zip(GROUPS, whole, strict=True)
    )


def largest_remainder(parts: Sequence[float]) -> list[int]:
    """Round parts, none negative, to whole numbers that add up to their rounded sum."""
    floors = [int(part) for part in parts]
    short = round(sum(parts)) - sum(floors)
    by_rest = sorted(range(len(parts)), key=lambda at: (floors[at] - parts[at], at))
    for at in by_rest[: max(short, 0)]:
        floors[at] += 1
    return floors


def top_reasons(contributions: Sequence[Contribution], most: int = 3) -> tuple[str, ...]:
    """Return the reasons that weigh most."""
    telling = [c for c in contributions if c.points > 0 and c.value]
    telling.sort(key=lambda c: (-c.points, c.feature))
    return tuple(c.reason for c in telling[:most])
