"""People as arrays that never change: postings by code and by word, byte columns, calendars.

A block holds everything that ranking measures of some people and nothing that it tells of them:
where something stands is found in the person's record, by the place of the entry.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.arrays import (
    DAYS_PER_YEAR,
    NO_DAY,
    Bools,
    Days,
    Floats,
    Ints,
    Rows,
    Shares,
    floats,
    ranges,
)
from matching.calendars import Calendars, calendars_of
from matching.commonplaces import cvs_apart
from matching.encoder import Keys, VectorStore
from matching.kernels import posting_sums
from matching.profile import Entry, Profile
from matching.vectors import Compact

ADDED = -1
"""A language that is named without its level."""
Ids = NDArray[np.bytes_]
"""Ids as 16 bytes each, which sort as the ids do."""
Terms = NDArray[np.uint32]


@dataclass(frozen=True)
class Column:
    """Experience of one kind, by code: entry i is of person `rows[i]`."""

    names: tuple[str, ...]
    """The codes that occur, sorted."""
    bounds: Ints
    """(n_names + 1,): the entries of code i are those from bounds[i] to bounds[i + 1]."""
    rows: Rows
    """Ascending inside a code."""
    weights: Shares
    first: Days
    last: Days
    places: Rows
    """Which entry of the person's record it is."""

    def entries_of(self, near: Sequence[str]) -> tuple[Ints, Ints]:
        """Return the entries that have one of some codes, and which code each has."""
        place = self._place
        found = [(place[name], at) for at, name in enumerate(near) if name in place]
        codes = np.asarray([code for code, _ in found], dtype=np.int64)
        starts, ends = self.bounds[codes], self.bounds[codes + 1]
        which = np.repeat(np.asarray([at for _, at in found], dtype=np.int64), ends - starts)
        return ranges(starts, ends), which

    def holders(self, without: Ints) -> Mapping[str, int]:
        """Return how many people have each code at all, those of some rows left out."""
        if not without.size:
            return self._held
        return self._counted(~np.isin(self.rows, without))

    @cached_property
    def _place(self) -> Mapping[str, int]:
        return {name: at for at, name in enumerate(self.names)}

    @cached_property
    def _held(self) -> Mapping[str, int]:
        return self._counted(np.ones(len(self.rows), dtype=np.bool_))

    def _counted(self, counts: Bools) -> Mapping[str, int]:
        rows, codes = self.rows[counts], np.repeat(np.arange(len(self.names)), np.diff(self.bounds))
        codes = codes[counts]
        fresh = np.ones(len(rows), dtype=np.bool_)
        fresh[1:] = (rows[1:] != rows[:-1]) | (codes[1:] != codes[:-1])
        held = np.bincount(codes[fresh], minlength=len(self.names))
        return dict(zip(self.names, held.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Postings:
    """Sorted terms with who has each; a term's people stand together."""

    terms: Terms
    """(n_terms,), each once."""
    bounds: Ints
    """(n_terms + 1,)."""
    rows: Rows
    """Ascending inside a term."""
    impacts: Shares

    def spans(self, wanted: Terms) -> tuple[Ints, Ints]:
        """Return where the entries of each wanted term start and end."""
        left = np.searchsorted(self.terms, wanted, side="left")
        right = np.searchsorted(self.terms, wanted, side="right")
        return self.bounds[left], self.bounds[right]

    def counts(self, wanted: Terms, without: Ints) -> Ints:
        """Return in how many people's words each wanted term stands, some rows left out."""
        left, right = self.spans(wanted)
        if not without.size:
            return right - left
        of_term = np.repeat(np.arange(len(wanted)), right - left)
        kept = ~np.isin(self.rows[ranges(left, right)], without)
        return np.bincount(of_term[kept], minlength=len(wanted)).astype(np.int64)

    def sums(self, wanted: Terms, weights: Floats, n_rows: int) -> Floats:
        """Return each person's sum of weight × impact over the wanted terms, shape (n_rows,)."""
        left, right = self.spans(wanted)
        return posting_sums(left, right, weights, self.rows, self.impacts, n_rows)


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages that have vectors, and each person's whole record."""

    rows: Rows
    """Ascending."""
    numbers: Rows
    """Which of the person's passages it is."""
    vectors: Compact
    wholes: Compact
    """Of each person's whole record, what every CV says taken off, of length 1; zeros for somebody
    whose record is not encoded."""
    first: Days
    last: Days
    """Days of the post or mission that a passage stands in."""
    keys: Keys
    """Digests of the texts, of passages and whole records, in no order."""


@dataclass(frozen=True, slots=True)
class Service:
    """Times of public service, apart from each other, of person `rows[i]`."""

    rows: Rows
    first: Days
    last: Days

    def years(self, today: int, n: int) -> Floats:
        """Return the years of public service up to an ordinal, NaN where unknown, shape (n,)."""
        days = np.maximum(np.minimum(self.last, today) - self.first + 1, 0)
        known = np.bincount(self.rows, minlength=n) > 0
        total = np.bincount(self.rows, weights=days, minlength=n) / DAYS_PER_YEAR
        return np.where(known, total, np.nan)


@dataclass(frozen=True, slots=True)
class Facts:
    """One fact of each person, of which few different ones occur, by number."""

    of: Rows
    """(n,): which of them each person has."""
    said: tuple[tuple[str, ...], ...]
    """The different ones; `Block` says in which words."""


@dataclass(frozen=True)
class Block:
    """Some people, in the order of their ids; row i of each array is the same person."""

    ids: Ids
    topics: Column
    activities: Column
    countries: Column
    administrations: Column
    words: Postings
    traces: Postings
    passages: Passages | None
    """None without an encoder."""
    languages: tuple[str, ...]
    levels: NDArray[np.int8] = field(repr=False)
    """(n, n_languages): rank of the level, 0 not named, `ADDED` level unknown."""
    calendars: Calendars
    service: Service
    homes: Facts
    """Home country, "" where unknown, then the languages a record is written in."""
    kinds: Facts
    """Kind of expert and home country, "" where unknown."""
    standings: Facts
    """Status, and "informed" for who was told of her record."""
    releases: Rows
    """Answers about releases: equal numbers, equal facts."""
    has_history: Bools
    """Whose posts or missions are known."""
    has_words: Bools
    has_passages: Bools
    """Whose record has something to compare by meaning."""
    confirmed: Days
    """Day each record was last confirmed, `NO_DAY` for never."""
    track: Floats
    """(n, 3): deployments, mean of the feedback (NaN for none), number of feedbacks."""

    def __len__(self) -> int:
        return len(self.ids)

    def level(self, language: str) -> NDArray[np.int8]:
        """Return everybody's rank in a language, shape (n,)."""
        if language not in self.languages:
            return np.zeros(len(self), dtype=np.int8)
        return self.levels[:, self.languages.index(language)]

    @cached_property
    def not_compared(self) -> Bools:
        """Who has something to compare by meaning that is not encoded yet, shape (n,)."""
        waits = self.has_passages.copy()
        if self.passages is not None:
            waits[self.passages.rows] = False
        return waits

    @cached_property
    def lists_languages(self) -> Bools:
        """Who names any language at all, shape (n,)."""
        named: Bools = (self.levels != 0).any(axis=1)
        return named


# --- Out of profiles ------------------------------------------------------------------------------


def build_block(
    profiles: Iterable[Profile], store: VectorStore | None = None, *, to_tell: bool = False
) -> Block:
    """Lay profiles out as arrays; the order in which they come makes no difference.

    Parameters
    ----------
    to_tell : only what clauses are made of; of words, whole records and the language they are
        written in there is nothing then, which takes most of the time
    """
    people = tuple(sorted(profiles, key=lambda profile: profile.view.id))
    counted = () if to_tell else people
    views = [profile.view for profile in people]
    languages, levels = _levels(people)
    no_impacts = [np.ones(len(p.shingle_ids), dtype=np.float32) for p in counted]
    return Block(
        ids=np.asarray([view.id.bytes for view in views], dtype="S16"),
        topics=_column([p.topics for p in people]),
        activities=_column([p.activities for p in people]),
        countries=_column([p.countries for p in people]),
        administrations=_column([p.administrations for p in people]),
        words=_postings([p.term_ids for p in counted], [p.impacts for p in counted]),
        traces=_postings([p.shingle_ids for p in counted], no_impacts),
        passages=_passages(people, store, wholes=not to_tell) if store is not None else None,
        languages=languages,
        levels=levels,
        calendars=calendars_of(views),
        service=_service(people),
        homes=_facts((p.view.home_country or "", *sorted(p.written)) for p in counted),
        kinds=_facts((view.kind or "", view.home_country or "") for view in views),
        standings=_facts((v.status, *(["informed"] if v.informed else [])) for v in views),
        releases=_numbered(view.releases for view in views),
        has_history=_flags(p.has_history for p in people),
        has_words=_flags(len(p.term_ids) > 0 for p in counted),
        has_passages=_flags(bool(p.passages) for p in people),
        confirmed=_days(v.confirmed_on.toordinal() if v.confirmed_on else NO_DAY for v in views),
        track=_track(people),
    )


def _facts(said: Iterable[tuple[str, ...]]) -> Facts:
    facts = [tuple(map(str, one)) for one in said]
    return Facts(_numbered(facts), tuple(dict.fromkeys(facts)))


def _numbered(facts: Iterable[Hashable]) -> Rows:
    """Return a number per fact, equal ones alike, counted from 0."""
    place: dict[Hashable, int] = {}
    return _rows(place.setdefault(fact, len(place)) for fact in facts)


def _rows(values: Iterable[int]) -> Rows:
    return np.fromiter(values, dtype=np.int32)


_days = _rows


def _flags(values: Iterable[bool]) -> Bools:
    return np.fromiter(values, dtype=np.bool_)


def _column(entries: Sequence[Sequence[Entry]]) -> Column:
    flat = [(row, at, one) for row, held in enumerate(entries) for at, one in enumerate(held)]
    names = tuple(sorted({entry.code for _, _, entry in flat}))
    place = {name: at for at, name in enumerate(names)}
    codes = _rows(place[entry.code] for _, _, entry in flat)
    order = np.argsort(codes, kind="stable")
    return Column(
        names=names,
        bounds=bounds_of(codes, len(names)),
        rows=_rows(row for row, _, _ in flat)[order],
        weights=np.fromiter((entry.weight for _, _, entry in flat), np.float32)[order],
        first=_days(entry.first for _, _, entry in flat)[order],
        last=_days(entry.last for _, _, entry in flat)[order],
        places=_rows(at for _, at, _ in flat)[order],
    )


def bounds_of(codes: Rows | Ints, n: int) -> Ints:
    """Return where the entries of each of n codes start once they are sorted, shape (n + 1,)."""
    return np.concatenate([[0], np.cumsum(np.bincount(codes, minlength=n))]).astype(np.int64)


def _postings(ids: Sequence[Terms], impacts: Sequence[Shares]) -> Postings:
    if not ids:
        return posted(np.zeros(0, np.uint32), _rows([]), np.zeros(0, np.float32))
    rows = np.repeat(np.arange(len(ids), dtype=np.int32), [len(one) for one in ids])
    return posted(np.concatenate(ids), rows, np.concatenate(impacts))


def posted(terms: Terms, rows: Rows, impacts: Shares) -> Postings:
    """Return postings of loose entries; rows ascend among equal terms."""
    order = np.argsort(terms, kind="stable")
    held, starts = np.unique(terms[order], return_index=True)
    bounds = np.append(starts, len(terms)).astype(np.int64)
    return Postings(held, bounds, rows[order], impacts[order])


def _service(people: Sequence[Profile]) -> Service:
    spans = [(row, *span) for row, p in enumerate(people) for span in p.service]
    rows, first, last = (_rows(span[at] for span in spans) for at in range(3))
    return Service(rows, first, last)


def _track(people: Sequence[Profile]) -> Floats:
    tracks = [profile.view.track for profile in people]
    means = [np.nan if one.feedback_mean is None else one.feedback_mean for one in tracks]
    return np.column_stack(
        [
            floats([one.deployments for one in tracks]),
            floats(means),
            floats([one.feedback_count for one in tracks]),
        ]
    )


def _passages(people: Sequence[Profile], store: VectorStore, *, wholes: bool) -> Passages:
    of = [(row, at) for row, held in enumerate(people) for at in range(len(held.passages))]
    texts = [people[row].passages[at].text for row, at in of]
    told = people if wholes else ()
    keys = [store.digest(text) for text in (*texts, *(profile.whole for profile in told))]
    known, vectors = store.among(keys[: len(of)])
    ready = np.flatnonzero(known).tolist()
    passages = [people[of[at][0]].passages[of[at][1]] for at in ready]
    return Passages(
        rows=_rows(of[at][0] for at in ready),
        numbers=_rows(of[at][1] for at in ready),
        vectors=vectors,
        wholes=_wholes(told, keys[len(of) :], store),
        first=_days(passage.first for passage in passages),
        last=_days(passage.last for passage in passages),
        keys=np.asarray(keys, dtype="S16"),
    )


def _wholes(people: Sequence[Profile], keys: Sequence[bytes], store: VectorStore) -> Compact:
    known, vectors = store.among(keys)
    wholes = np.zeros((len(people), store.encoder.dimensions), dtype=np.float32)
    wholes[known] = vectors.wide()
    wholes[[not profile.whole for profile in people]] = 0
    languages = [profile.language for profile in people]
    return Compact.of(cvs_apart(wholes, store.encoder, languages))


def _levels(people: Sequence[Profile]) -> tuple[tuple[str, ...], NDArray[np.int8]]:
    skills = [
        (row, item.value.language, item.value.level)
        for row, profile in enumerate(people)
        for item in profile.view.languages
    ]
    languages = tuple(sorted({language for _, language, _ in skills}))
    place = {language: at for at, language in enumerate(languages)}
    levels = np.zeros((len(people), len(languages)), dtype=np.int8)
    for row, language, level in skills:
        held = levels[row, place[language]]
        rank = level.rank if level else ADDED
        levels[row, place[language]] = max(held, rank) if held > 0 or rank > 0 else ADDED
    return languages, levels
