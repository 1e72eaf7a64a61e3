"""Points into contributions that add up to the score, each with a reason and its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matching.compiled import MISSING, STEPS, encode
from matching.features import FEATURES, GROUPS, NAMES, Reading
from matching.index import Index
from matching.reasons import CLAUSES, MISSING_WORDS, Case, inactive_words
from matching.scoring import Measured, Scored
from roster.read import Contribution

GROUP_OF = {feature.name: feature.group for feature in FEATURES}
_LABELS = {feature.name: feature.label for feature in FEATURES}


class Explainer:
    """Puts rows of a scored question into words; what many rows share is made once."""

    def __init__(self, scored: Scored) -> None:
        measured = scored.measured
        self._measured = measured
        self._cases = _cases(measured, measured.index, measured.readings)
        self._inactive = inactive_words(measured.question)
        self._shared: list[dict[int, Contribution]] = [{} for _ in NAMES]
        self._points = scored.points
        self._most: list[float] = scored.most.tolist()
        self._active: list[bool] = measured.active.tolist()

    def contributions(self, row: int, *, in_words: bool = True) -> tuple[Contribution, ...]:
        """Return the contributions of one row, one per feature, in the order of `FEATURES`.

        Parameters
        ----------
        row : of the index
        in_words : False gives exact points, values to the step of the model's tables and the
            feature's label for a reason; that is much cheaper, and `Engine.explain` gives the words
            when somebody opens them
        """
        codes: list[int] = encode(self._measured.values[row]).tolist()
        points: list[float] = self._points[row].tolist()
        if not in_words:
            return tuple(
                [
                    shared.get(code) or self._plain(at, code, points[at])
                    for at, (shared, code) in enumerate(zip(self._shared, codes, strict=True))
                ]
            )
        values: list[float] = self._measured.values[row].tolist()
        cases, at_row = self._cases_of(row)
        told = []
        for at, name in enumerate(NAMES):
            if codes[at] == MISSING or not self._active[at]:
                told.append(
                    self._shared[at].get(codes[at]) or self._plain(at, codes[at], points[at])
                )
                continue
            reason, proof = CLAUSES[name](cases[name], at_row)
            told.append(Contribution(name, values[at], points[at], self._most[at], reason, proof))
        return tuple(told)

    def _cases_of(self, row: int) -> tuple[dict[str, Case], int]:
        if row not in self._measured.own:
            return self._cases, row
        return _cases(self._measured, *self._measured.own[row]), 0

    def _plain(self, at: int, code: int, points: float) -> Contribution:
        """Return what says nothing of one person alone: one object for all who have the code."""
        name, known = NAMES[at], None if code == MISSING else code / STEPS
        reason = _LABELS[name]
        if not self._active[at]:
            reason = self._inactive[name]
        elif known is None:
            reason = MISSING_WORDS[name]
        made = Contribution(name, known, points, self._most[at], reason)
        self._shared[at][code] = made
        return made


def _cases(measured: Measured, index: Index, readings: dict[str, Reading]) -> dict[str, Case]:
    return {name: Case(measured.question, index, readings[name]) for name in NAMES}


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
