"""Every condition of a request held against everybody at once.

A condition reads one fact of a person (a level, a calendar, a standing), and few different ones
occur. So each is held once against somebody who has it, and all who share it share the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from uuid import UUID

import numpy as np

from matching import gates
from matching.arrays import Ints, integers
from matching.index import Index
from matching.profile import Profile
from roster.errors import Conflict
from roster.read import GateResult, LanguageNeed, RequestView
from roster.vocabulary import GONE_STAGES, Band

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
    for own, found in _conditions(index, request):
        of, pairs = _renumbered(of * len(found) + own, len(results) * len(found))
        results = [(*results[pair // len(found)], found[pair % len(found)]) for pair in pairs]
    return Verdicts(tuple(results), of)


Gate = Callable[[Profile], GateResult]
Held = tuple[Ints, list[GateResult]]
"""Which result each person has, shape (n,), and the results."""


def _conditions(index: Index, request: RequestView) -> Iterator[Held]:
    for need in request.languages:
        if need.everyone:
            yield _held(index, _spoken(index, need), partial(_language_gate, need))
    yield _availability(index, request)
    standings = index.numbers(lambda block: block.standings)
    yield _held(index, standings, lambda person: gates.status_gate(person.view, request))
    if request.excluded:
        listed = _listed(index, request.excluded)
        yield _held(index, listed, lambda person: gates.excluded_gate(person.view, request))
    if request.declined:
        yield _held(
            index, _gone(index, request), lambda one: gates.declined_gate(one.view, request)
        )
    if request.conflicts or request.countries:
        kinds = index.numbers(lambda block: block.kinds) * 2 + _listed(index, request.conflicts)
        yield _held(index, kinds, lambda person: gates.conflict_gate(person.view, request))
    if request.release_required:
        releases = index.numbers(lambda block: block.releases)
        yield _held(index, releases, lambda person: gates.release_gate(person.view, request))
    if request.kinds:
        kinds = index.numbers(lambda block: block.kinds)
        yield _held(index, kinds, lambda person: gates.kind_gate(person.view, request))


def _availability(index: Index, request: RequestView) -> Held:
    window = gates.window_of(request)
    if window is None:
        return np.zeros(len(index), dtype=np.int64), [gates.NO_DATES]
    calendars = [block.calendars.without(request.action_id) for block in index.blocks]
    lost = index.gather([one.lost(*window) for one in calendars])
    touched = index.gather([one.touched(*window) for one in calendars])
    known = index.gather([one.known_until for one in calendars]).astype(np.int64)
    # Beyond the window it makes no difference until when a calendar is known.
    known = np.minimum(known, window[1].toordinal())
    days = (window[1] - window[0]).days + 2
    compact, codes = _renumbered(
        (known * days + lost) * 2 + touched, int(known.max(initial=0) + 1) * days * 2
    )
    found = [
        gates.calendar_result(code // 2 % days, bool(code % 2), code // 2 // days, *window)
        for code in codes.tolist()
    ]
    return compact, found


def _language_gate(need: LanguageNeed, person: Profile) -> GateResult:
    return gates.language_gate(person.view, need, person.written)


def _spoken(index: Index, need: LanguageNeed) -> Ints:
    """Give people with the same level, home and list of languages (or none) one number."""
    level = index.level(need.language).astype(np.int64) + 1
    listed = index.gather([block.lists_languages for block in index.blocks])
    return (index.numbers(lambda block: block.homes) * 2 + listed) * 16 + level


def _gone(index: Index, request: RequestView) -> Ints:
    """Give those who declined a number for how, all others 0."""
    gone = np.zeros(len(index), dtype=np.int64)
    for number, stage in enumerate(GONE_STAGES, start=1):
        gone[index.rows([one.expert_id for one in request.declined if one.stage is stage])] = number
    return gone


def _listed(index: Index, ids: Iterable[UUID]) -> Ints:
    listed = np.zeros(len(index), dtype=np.int64)
    listed[index.rows(ids)] = 1
    return listed


def _held(index: Index, codes: Ints, gate: Gate) -> Held:
    """Hold one person of each code against a condition."""
    compact, held = _renumbered(codes, int(codes.max(initial=-1)) + 1)
    rows = np.zeros(len(held), dtype=np.int64)
    rows[compact] = np.arange(len(codes))
    place: dict[GateResult, int] = {}
    own = [place.setdefault(gate(one), len(place)) for one in _examples(index, compact, rows)]
    return integers(own)[compact], list(place)


def _examples(index: Index, compact: Ints, rows: Ints) -> Iterator[Profile]:
    """Yield somebody for each number; where she has just left, another of the same number.

    Raises
    ------
    roster.errors.Conflict
        All of a number have left since this ranking began.
    """
    ids = [index.id_at(row) for row in rows.tolist()]
    people = index.records.among(ids)
    for number, one in enumerate(ids):
        if one in people:
            yield people[one]
            continue
        alike = map(index.id_at, np.flatnonzero(compact == number).tolist())
        held = index.records.among(alike)
        if not held:
            raise Conflict("People left the roster just now. Rank again.")
        yield next(iter(held.values()))


def _renumbered(codes: Ints, bound: int) -> tuple[Ints, Ints]:
    """Return codes in [0, bound) numbered without gaps, and which code each number was."""
    if bound > 4 * len(codes) + 4096:
        held, compact = np.unique(codes, return_inverse=True)
        return compact, held
    held = np.flatnonzero(np.bincount(codes, minlength=bound))
    number = np.zeros(bound, dtype=np.int64)
    number[held] = np.arange(len(held))
    return number[codes], held
