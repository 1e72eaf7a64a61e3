"""Every condition of a request held against everybody at once.

A condition reads one fact of a person (a level, a calendar, a standing), and few different ones
occur. So each is held once against somebody who has it, and all who share it share the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from uuid import UUID

import numpy as np

from matching import gates
from matching.arrays import Floats, Ints, floats, integers
from matching.index import Index
from roster.read import ExpertView, GateResult, LanguageNeed, RequestView
from roster.vocabulary import Band

_ORDER = {band: at for at, band in enumerate((Band.FIT, Band.ASK, Band.NOT))}


@dataclass(frozen=True)
class Verdicts:
    """How everybody stands; people with the same results share them."""

    results: tuple[tuple[GateResult, ...], ...]
    """The combinations that occur, each in the order of telling."""
    of: Ints
    """(n,): which of them each person has."""

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """The band of each combination."""
        return tuple(gates.band_of(held) for held in self.results)

    @cached_property
    def standings(self) -> Ints:
        """Where each combination stands, shape (n_combinations,): 0 first, equals alike.

        By band; who fails stands by how near a miss it is.
        """
        keys = [
            (_ORDER[band], *(gates.shortfall(held) if band is Band.NOT else (0, 0.0)))
            for band, held in zip(self.bands, self.results, strict=True)
        ]
        place = {key: at for at, key in enumerate(sorted(set(keys)))}
        return integers([place[key] for key in keys])


def check_everybody(index: Index, request: RequestView) -> Verdicts:
    """Hold everybody against every condition that the request sets; as `gates.check_gates` does."""
    of = np.zeros(len(index), dtype=np.int64)
    results: list[tuple[GateResult, ...]] = [()] if len(index) else []
    for codes, gate in _conditions(index, request):
        own, found = _held(index, codes, gate)
        of, pairs = _renumbered(of * len(found) + own, len(results) * len(found))
        results = [(*results[pair // len(found)], found[pair % len(found)]) for pair in pairs]
    return Verdicts(tuple(results), of)


def margins(index: Index, first: date, last: date) -> Floats:
    """Return everybody's free days around a window (`gates.margin_days`), NaN where unknown."""
    compact, rows = _examples(index.calendars)
    days = [gates.margin_days(index.profiles[row].view, first, last) for row in rows]
    return floats(days)[compact]


Gate = Callable[[ExpertView], GateResult]


def _conditions(index: Index, request: RequestView) -> Iterator[tuple[Ints, Gate]]:
    """Yield each condition with a number per person: equal numbers, equal results."""
    for need in request.languages:
        if need.everyone:
            yield _spoken(index, need), partial(_language_gate, need)
    yield index.calendars, lambda view: gates.availability_gate(view, request)
    yield index.standings, lambda view: gates.status_gate(view, request)
    if request.excluded:
        yield _listed(index, request.excluded), lambda view: gates.excluded_gate(view, request)
    if request.conflicts or request.countries:
        kinds = index.kinds_at_home * 2 + _listed(index, request.conflicts)
        yield kinds, lambda view: gates.conflict_gate(view, request)
    if request.release_required:
        yield index.releases, lambda view: gates.release_gate(view, request)
    if request.kinds:
        yield index.kinds_at_home, lambda view: gates.kind_gate(view, request)


def _language_gate(need: LanguageNeed, view: ExpertView) -> GateResult:
    return gates.language_gate(view, need)


def _spoken(index: Index, need: LanguageNeed) -> Ints:
    """Give people with the same level, home and list of languages (or none) one number."""
    level = index.level(need.language).astype(np.int64) + 1
    listed = index.lists_languages.astype(np.int64)
    return (index.homes * 2 + listed) * 16 + level


def _listed(index: Index, ids: Iterable[UUID]) -> Ints:
    listed = np.zeros(len(index), dtype=np.int64)
    listed[[index.row_of[one] for one in ids if one in index.row_of]] = 1
    return listed


def _held(index: Index, codes: Ints, gate: Gate) -> tuple[Ints, list[GateResult]]:
    """Hold one person of each code against a condition; return who has which result."""
    compact, rows = _examples(codes)
    place: dict[GateResult, int] = {}
    own = [place.setdefault(gate(index.profiles[row].view), len(place)) for row in rows]
    return integers(own)[compact], list(place)


def _examples(codes: Ints) -> tuple[Ints, list[int]]:
    """Return codes numbered without gaps, and for each number a row that has it."""
    compact, held = _renumbered(codes, int(codes.max(initial=-1)) + 1)
    rows = np.zeros(len(held), dtype=np.int64)
    rows[compact] = np.arange(len(codes))
    found: list[int] = rows.tolist()
    return compact, found


def _renumbered(codes: Ints, bound: int) -> tuple[Ints, Ints]:
    """Return codes in [0, bound) numbered without gaps, and which code each number was."""
    if bound > 4 * len(codes) + 4096:
        held, compact = np.unique(codes, return_inverse=True)
        return compact, held
    held = np.flatnonzero(np.bincount(codes, minlength=bound))
    number = np.zeros(bound, dtype=np.int64)
    number[held] = np.arange(len(held))
    return number[codes], held
