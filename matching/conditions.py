"""Every condition of a request held against everybody at once.

A condition reads one fact of a person (a level, a calendar, a standing), and few different ones
occur. So each is held once, and all who share it share the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

import numpy as np

from matching import gates
from matching.arrays import Ints, integers
from matching.index import Index
from matching.profile import Profile
from roster.errors import Conflict
from roster.read import GateResult, LanguageNeed, RequestView
from roster.vocabulary import GONE_STAGES, Band, ExpertKind, ExpertStatus, LanguageLevel

_ORDER = {band: at for at, band in enumerate((Band.FIT, Band.ASK, Band.NOT))}


@dataclass(frozen=True)
class Verdicts:
    """How everybody stands; people with the same results share them."""

    results: tuple[tuple[GateResult, ...], ...]
    """The combinations that occur, each in the order of telling."""
    of: Ints
    """(n,): which of them each person has."""

    @cached_property
    def weighed(self) -> tuple[tuple[Band, int, float], ...]:
        """Band of each combination, how many it fails for good, and how far from passing it is."""
        return tuple(map(gates.weighed, self.results))

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """The band of each combination."""
        return tuple(band for band, _, _ in self.weighed)

    @cached_property
    def standings(self) -> Ints:
        """Where each combination stands, shape (n_combinations,): 0 first, equals alike.

        By band; who fails stands by how near a miss it is.
        """
        keys = [
            (_ORDER[band], *((hard, away) if band is Band.NOT else (0, 0.0)))
            for band, hard, away in self.weighed
        ]
        place = {key: at for at, key in enumerate(sorted(set(keys)))}
        return integers([place[key] for key in keys])


def check_everybody(index: Index, request: RequestView) -> Verdicts:
    """Hold everybody against every condition that the request sets; as `gates.check_gates` does."""
    return Verdicts(*_together(len(index), _conditions(index, request)))


Held = tuple[Ints, list[GateResult]]
"""Which result each person has, shape (n,), and the results."""


def _together(n: int, held: Iterable[Held]) -> tuple[tuple[tuple[GateResult, ...], ...], Ints]:
    """Return the combinations of results that occur, and which of them each of n people has."""
    of = np.zeros(n, dtype=np.int64)
    results: list[tuple[GateResult, ...]] = [()] if n else []
    for own, found in held:
        of, pairs = _renumbered(of * len(found) + own, len(results) * len(found))
        results = [(*results[pair // len(found)], found[pair % len(found)]) for pair in pairs]
    return tuple(results), of


def _conditions(index: Index, request: RequestView) -> Iterator[Held]:
    yield from _languages(index, request)
    yield _availability(index, request)
    standings, said = index.facts(lambda block: block.standings)
    found = [gates.status_result(ExpertStatus(one[0]), informed=len(one) > 1) for one in said]
    yield _alike(standings, found)
    if request.excluded:
        found = [gates.excluded_result(listed=False), gates.excluded_result(listed=True)]
        yield _listed(index, request.excluded), found
    if request.declined:
        found = [gates.declined_result(stage) for stage in (None, *GONE_STAGES)]
        yield _alike(_gone(index, request), found)
    if request.conflicts or request.countries:
        yield _conflicts(index, request)
    if request.release_required:
        releases = index.numbers(lambda block: block.releases)
        yield _held(index, releases, lambda person: gates.release_gate(person.view, request))
    if request.kinds:
        kinds, said = index.facts(lambda block: block.kinds)
        yield _alike(kinds, [gates.kind_result(_kind(one[0]), request) for one in said])


def _languages(index: Index, request: RequestView) -> Iterator[Held]:
    for need in request.languages:
        if need.everyone:
            yield _language(index, need)
    either = gates.alternatives(request.languages)
    if either:
        yield _any_of([_language(index, need) for need in either])


def _language(index: Index, need: LanguageNeed) -> Held:
    """Hold levels, then who names none of it: lists without it, and no lists at all."""
    ranks = index.level(need.language).astype(np.int64)
    homes, said = index.facts(lambda block: block.homes)
    lists = index.gather([block.lists_languages for block in index.blocks])
    speaks = [need.language in gates.own_languages(one[0] or None, one[1:]) for one in said]
    forgot = np.asarray([*speaks, False], dtype=np.bool_)[homes]
    levels = [None, *LanguageLevel]
    found = [gates.level_result(need.language, need.minimum, level) for level in levels]
    found += [gates.absent_result(need, listed=False), gates.absent_result(need, listed=True)]
    absent = len(levels) + (lists & ~forgot)
    # Ranks count from 1 in the order of levels, which stand behind the unknown one.
    return _alike(np.where(ranks > 0, ranks, np.where(ranks < 0, 0, absent)), found)


def _any_of(held: Sequence[Held]) -> Held:
    """Hold everybody against the best of several conditions."""
    results, of = _together(len(held[0][0]), held)
    return of, [gates.best_of(each) for each in results]


def _conflicts(index: Index, request: RequestView) -> Held:
    kinds, said = index.facts(lambda block: block.kinds)
    found = [
        gates.conflict_result(_kind(kind), home or None, request, listed=listed)
        for kind, home in said
        for listed in (False, True)
    ]
    return _alike(kinds * 2 + _listed(index, request.conflicts), found)


def _kind(said: str) -> ExpertKind | None:
    return ExpertKind(said) if said else None


def _alike(codes: Ints, found: Sequence[GateResult]) -> Held:
    """Give results that are one object one number: what is alike comes from one cache."""
    place: dict[int, int] = {}
    own = integers([place.setdefault(id(one), len(place)) for one in found])
    return own[codes], list({id(one): one for one in found}.values())


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


def _held(index: Index, codes: Ints, gate: Callable[[Profile], GateResult]) -> Held:
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
