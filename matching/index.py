"""Everybody as arrays: one immutable snapshot that any number of threads may read."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from matching.arrays import (
    DAYS_PER_YEAR,
    NO_DAY,
    Bools,
    Floats,
    Ints,
    Vectors,
    floats,
    integers,
    ranges,
)
from matching.commonplaces import cvs_apart
from matching.encoder import VectorStore
from matching.profile import Entry, Profile
from roster.read import Evidence

ADDED = -1
"""A language that is named without its level."""


@dataclass(frozen=True)
class Column:
    """Experience of one kind of everybody, flat: entry i belongs to person `rows[i]`."""

    names: tuple[str, ...]
    """The codes that occur, sorted; `codes` points here."""
    rows: Ints
    codes: Ints
    weights: Floats
    first: Ints
    last: Ints
    labels: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    def values_of(self, by_name: dict[str, float]) -> Floats:
        """Return each entry's value by its code, 0 for codes that are not given."""
        table = floats([by_name.get(name, 0.0) for name in self.names])
        return table[self.codes] if self.names else np.zeros(0)

    def holders(self, n_rows: int, without: Ints) -> dict[str, int]:
        """Return how many people have each code at all, those of some rows left out."""
        kept = ~np.isin(self.rows, without)
        pairs = np.unique(self.codes[kept] * n_rows + self.rows[kept]) // max(n_rows, 1)
        counts = np.bincount(pairs, minlength=len(self.names))
        return {name: int(count) for name, count in zip(self.names, counts, strict=True)}


@dataclass(frozen=True, slots=True)
class Postings:
    """Sorted terms with who has each; a term's people stand together."""

    terms: NDArray[np.uint32]
    rows: Ints
    impacts: Floats

    def spans(self, wanted: NDArray[np.uint32]) -> tuple[Ints, Ints]:
        """Return where the entries of each wanted term start and end."""
        left = np.searchsorted(self.terms, wanted, side="left")
        return left, np.searchsorted(self.terms, wanted, side="right")

    def counts(self, wanted: NDArray[np.uint32], without: Ints) -> Ints:
        """Return in how many people's words each wanted term stands, some rows left out."""
        left, right = self.spans(wanted)
        if not without.size:
            return right - left
        of_term = np.repeat(np.arange(len(wanted)), right - left)
        kept = ~np.isin(self.rows[ranges(left, right)], without)
        return np.bincount(of_term[kept], minlength=len(wanted)).astype(np.int64)

    def sums(self, wanted: NDArray[np.uint32], weights: Floats, n_rows: int) -> Floats:
        """Return each person's sum of weight × impact over the wanted terms, shape (n_rows,)."""
        left, right = self.spans(wanted)
        places = ranges(left, right)
        values = np.repeat(weights, right - left) * self.impacts[places]
        return np.bincount(self.rows[places], weights=values, minlength=n_rows).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of everybody that have vectors, and each person's whole record."""

    rows: Ints
    numbers: Ints
    """Which of the person's passages it is."""
    vectors: Vectors
    wholes: Vectors
    """Of each person's whole record, what every CV says taken off, of length 1; zeros for somebody
    whose record is not encoded."""
    first: Ints
    last: Ints
    """Days of the post or mission that a passage stands in."""


@dataclass(frozen=True)
class Index:
    """Everybody, in the order of their ids."""

    profiles: tuple[Profile, ...]
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

    def __len__(self) -> int:
        return len(self.profiles)

    @cached_property
    def ids(self) -> tuple[UUID, ...]:
        """Ids of the people, sorted."""
        return tuple(profile.view.id for profile in self.profiles)

    @cached_property
    def row_of(self) -> dict[UUID, int]:
        """Row by id."""
        return {expert: row for row, expert in enumerate(self.ids)}

    @cached_property
    def has_history(self) -> Bools:
        """Whose posts or missions are known, shape (n,)."""
        return np.fromiter((p.has_history for p in self.profiles), bool, len(self))

    def level(self, language: str) -> NDArray[np.int8]:
        """Return everybody's rank in a language, shape (n,)."""
        if language not in self.languages:
            return np.zeros(len(self), dtype=np.int8)
        return self.levels[:, self.languages.index(language)]

    # --- What conditions read: people with the same number have the same fact ---------------------

    @cached_property
    def lists_languages(self) -> Bools:
        """Who names any language at all, shape (n,)."""
        named: Bools = (self.levels != 0).any(axis=1)
        return named

    @cached_property
    def homes(self) -> Ints:
        """Home countries, with the languages a record is written in, by number, shape (n,)."""
        return _numbered((p.view.home_country, p.written) for p in self.profiles)

    @cached_property
    def kinds_at_home(self) -> Ints:
        """Kinds of expert with their home countries by number, shape (n,)."""
        views = (profile.view for profile in self.profiles)
        return _numbered((view.kind, view.home_country) for view in views)

    @cached_property
    def standings(self) -> Ints:
        """Statuses, with whether the person was told of her record, by number, shape (n,)."""
        views = (profile.view for profile in self.profiles)
        return _numbered((view.status, view.informed) for view in views)

    @cached_property
    def calendars(self) -> Ints:
        """Calendars by number, shape (n,)."""
        views = (profile.view for profile in self.profiles)
        return _numbered((view.unavailable, view.availability_known_until) for view in views)

    @cached_property
    def releases(self) -> Ints:
        """Answers about releases by number, shape (n,)."""
        return _numbered(profile.view.releases for profile in self.profiles)

    @cached_property
    def _service(self) -> tuple[Ints, Ints, Ints]:
        spans = [(row, *span) for row, p in enumerate(self.profiles) for span in p.service]
        rows, first, last = (integers([span[at] for span in spans]) for at in range(3))
        return rows, first, last

    def service_years(self, today: int) -> Floats:
        """Return the years of public service up to an ordinal, NaN where unknown, shape (n,)."""
        rows, first, last = self._service
        days = np.maximum(np.minimum(last, today) - first + 1, 0)
        known = np.bincount(rows, minlength=len(self)) > 0
        total = np.bincount(rows, weights=days, minlength=len(self)) / DAYS_PER_YEAR
        return np.where(known, total, np.nan)

    @cached_property
    def confirmed(self) -> Ints:
        """Ordinal of the day each record was last confirmed, `NO_DAY` for never."""
        days = (profile.view.confirmed_on for profile in self.profiles)
        return integers([day.toordinal() if day else NO_DAY for day in days])

    @cached_property
    def track(self) -> Floats:
        """(n, 3): deployments, mean of the feedback (NaN for none), number of feedbacks."""
        return np.asarray(
            [
                (
                    float(t.deployments),
                    np.nan if t.feedback_mean is None else t.feedback_mean,
                    float(t.feedback_count),
                )
                for t in (profile.view.track for profile in self.profiles)
            ],
            dtype=np.float64,
        ).reshape(-1, 3)


def _numbered(facts: Iterable[Hashable]) -> Ints:
    """Return a number per fact, equal ones alike, counted from 0."""
    place: dict[Hashable, int] = {}
    return integers([place.setdefault(fact, len(place)) for fact in facts])


def build_index(profiles: Iterable[Profile], store: VectorStore | None = None) -> Index:
    """Lay profiles out as arrays; the order in which they come makes no difference."""
    people = tuple(sorted(profiles, key=lambda profile: profile.view.id))
    languages, levels = _levels(people)
    no_impacts = [np.ones(len(p.shingle_ids), dtype=np.float32) for p in people]
    return Index(
        profiles=people,
        topics=_column([p.topics for p in people]),
        activities=_column([p.activities for p in people]),
        countries=_column([p.countries for p in people]),
        administrations=_column([p.administrations for p in people]),
        words=_postings([p.term_ids for p in people], [p.impacts for p in people]),
        traces=_postings([p.shingle_ids for p in people], no_impacts),
        passages=_passages(people, store) if store is not None else None,
        languages=languages,
        levels=levels,
    )


def _column(entries: Sequence[Sequence[Entry]]) -> Column:
    flat = [(row, entry) for row, held in enumerate(entries) for entry in held]
    names = tuple(sorted({entry.code for _, entry in flat}))
    place = {name: at for at, name in enumerate(names)}
    return Column(
        names=names,
        rows=integers([row for row, _ in flat]),
        codes=integers([place[entry.code] for _, entry in flat]),
        weights=floats([entry.weight for _, entry in flat]),
        first=integers([entry.first for _, entry in flat]),
        last=integers([entry.last for _, entry in flat]),
        labels=tuple(entry.label for _, entry in flat),
        evidence=tuple(entry.evidence for _, entry in flat),
    )


def _postings(
    ids: Sequence[NDArray[np.uint32]], impacts: Sequence[NDArray[np.float32]]
) -> Postings:
    if not ids:
        return Postings(np.zeros(0, np.uint32), integers([]), floats([]))
    terms = np.concatenate(ids)
    rows = np.repeat(np.arange(len(ids), dtype=np.int64), [len(one) for one in ids])
    order = np.argsort(terms, kind="stable")
    values = np.concatenate(impacts).astype(np.float64)
    return Postings(terms[order], rows[order], values[order])


def _passages(people: Sequence[Profile], store: VectorStore) -> Passages:
    keyed = [
        (row, number, store.get(store.digest(passage.text)))
        for row, profile in enumerate(people)
        for number, passage in enumerate(profile.passages)
    ]
    ready = [(row, number, vector) for row, number, vector in keyed if vector is not None]
    size = store.encoder.dimensions
    of = [people[row].passages[number] for row, number, _ in ready]
    return Passages(
        rows=integers([one[0] for one in ready]),
        numbers=integers([one[1] for one in ready]),
        vectors=np.asarray([one[2] for one in ready], np.float32).reshape(len(ready), size),
        wholes=_wholes(people, store),
        first=integers([passage.first for passage in of]),
        last=integers([passage.last for passage in of]),
    )


def _wholes(people: Sequence[Profile], store: VectorStore) -> Vectors:
    wholes = np.zeros((len(people), store.encoder.dimensions), dtype=np.float32)
    for row, profile in enumerate(people):
        vector = store.get(store.digest(profile.whole)) if profile.whole else None
        if vector is not None:
            wholes[row] = vector
    return cvs_apart(wholes, store.encoder, [profile.language for profile in people])


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
