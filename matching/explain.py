"""Points into contributions that add up to the score, each with a reason and its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np

from matching.arrays import Bools, Ints, as_met
from matching.features import FEATURES, GROUPS, NAMES
from matching.reasons import CLAUSES, MISSING_WORDS, Case, inactive_words
from matching.scoring import Scored
from matching.steps import MISSING, STEPS, encode
from roster.read import Contribution

GROUP_OF = {feature.name: feature.group for feature in FEATURES}
LABEL_OF = {feature.name: feature.label for feature in FEATURES}


class Explainer:
    """Puts rows of a scored question into words; what many rows share is made once."""

    def __init__(self, scored: Scored) -> None:
        self._measured = scored.measured
        self._inactive = inactive_words(scored.measured.question)
        self._shared: list[dict[int, Contribution]] = [{} for _ in NAMES]
        self._points = scored.points
        self._most: list[float] = scored.most.tolist()
        self._active: list[bool] = scored.measured.active.tolist()

    def in_words(self, rows: Sequence[int]) -> dict[int, tuple[Contribution, ...]]:
        """Return the contributions of rows of the index, with reasons and evidence.

        One per feature, in the order of `FEATURES`. Their reasons are read in the present records;
        who has left since has none.
        """
        close, row_of = self._measured.closely(rows)
        question = self._measured.question
        cases = {
            name: Case(
                question, close.block, close.people, close.readings.get(name),
                close.values[:, at], close.words,
            )
            for at, name in enumerate(NAMES)
        }  # fmt: skip
        return {
            row: self._worded(row, plain, cases, row_of[row]) if row in row_of else plain
            for row, plain in zip(rows, self.plain(rows), strict=True)
        }

    def plain(self, rows: Sequence[int]) -> list[tuple[Contribution, ...]]:
        """Return the contributions of each row without words, much cheaper.

        Points are exact, values to the step of the model's tables; the feature's label stands for
        a reason, and `Engine.explain` gives the words when somebody opens them.
        """
        codes: list[list[int]] = encode(self._measured.values[list(rows)]).tolist()
        points: list[list[float]] = self._points[list(rows)].tolist()
        return [
            tuple(
                [
                    shared.get(code) or self._part(at, code, own[at])
                    for at, (shared, code) in enumerate(zip(self._shared, said, strict=True))
                ]
            )
            for said, own in zip(codes, points, strict=True)
        ]

    def in_columns(
        self, rows: Ints, blank: Bools
    ) -> tuple[list[list[Contribution]], list[list[int]]]:
        """Return what `plain` does, feature by feature: each contribution once, and who has which.

        Parameters
        ----------
        blank : bool array (n_rows,): whose contributions are of no interest

        Returns
        -------
        by feature the contributions as they are first met, and the number of each row's; neither
        where nobody is of interest
        """
        if blank.all():
            return [], []
        codes, points = encode(self._measured.values[rows]), self._points[rows]
        anybody = int(np.argmin(blank))
        codes[blank], points[blank] = codes[anybody], points[anybody]
        told, parts = [], []
        for at, own in enumerate(codes.T):
            first, numbers = as_met(own)
            pairs = zip(own[first].tolist(), points[first, at].tolist(), strict=True)
            told.append([self._part(at, code, worth) for code, worth in pairs])
            parts.append(numbers.tolist())
        return told, parts

    def _worded(
        self,
        row: int,
        plain: tuple[Contribution, ...],
        cases: dict[str, Case],
        at_row: int,
    ) -> tuple[Contribution, ...]:
        values: list[float] = self._measured.values[row].tolist()
        told = list(plain)
        for at, name in enumerate(NAMES):
            if isnan(values[at]) or not self._active[at]:
                continue
            reason, proof = CLAUSES[name](cases[name], at_row)
            points = told[at].points
            told[at] = Contribution(name, values[at], points, self._most[at], reason, proof)
        return tuple(told)

    def _part(self, at: int, code: int, points: float) -> Contribution:
        """Return what says nothing of one person alone: one object for all who have the code."""
        if code in self._shared[at]:
            return self._shared[at][code]
        name, known = NAMES[at], None if code == MISSING else code / STEPS
        reason = LABEL_OF[name]
        if not self._active[at]:
            reason = self._inactive[name]
        elif known is None:
            reason = MISSING_WORDS[name]
        made = Contribution(name, known, points, self._most[at], reason)
        self._shared[at][code] = made
        return made


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
