"""An index after a few changes, without laying everybody out anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from itertools import compress
from typing import TypeVar
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Bools, Ints
from matching.encoder import VectorStore
from matching.index import Column, Index, Passages, Postings, build_index
from matching.profile import Profile

T = TypeVar("T")

_PER_PERSON = frozenset({"means", "wholes"})
"""Arrays of `Passages` that have a row per person, not per passage."""


def changed(
    index: Index, gone: Collection[UUID], fresh: Iterable[Profile], store: VectorStore | None
) -> Index:
    """Return the index without some people and with others put in, in the order of ids.

    Ranks as `build_index` of the same people does; it costs some copies of arrays, and time in
    Python for the fresh people only.

    Parameters
    ----------
    gone : ids to take out; those of `fresh` go by themselves, unknown ones are no error
    fresh : profiles to put in or to replace
    store : as the index was built with
    """
    few = build_index(fresh, store)
    out = {*gone, *few.ids}
    moves = _moves(index, few, out)
    people = (*compress(index.profiles, moves.stays.tolist()), *few.profiles)
    languages, levels = _levels(index, few, moves)
    columns = {
        name: _column(getattr(index, name), getattr(few, name), moves)
        for name in ("topics", "activities", "countries", "administrations")
    }
    return Index(
        profiles=tuple(people[at] for at in moves.order.tolist()),
        **columns,
        words=_postings(index.words, few.words, moves),
        traces=_postings(index.traces, few.traces, moves),
        passages=_passages(index.passages, few.passages, moves),
        languages=languages,
        levels=levels,
    )


@dataclass(frozen=True, slots=True)
class _Moves:
    """Where everybody goes."""

    stays: Bools
    """(n_before,)."""
    order: Ints
    """(n_after,): into those who stay, followed by the fresh."""
    old: Ints
    """(n_before,): the new row of who stays."""
    new: Ints
    """(n_fresh,)."""


def _moves(index: Index, few: Index, out: Collection[UUID]) -> _Moves:
    stays = np.ones(len(index), dtype=np.bool_)
    stays[[index.row_of[one] for one in out if one in index.row_of]] = False
    ids = [*compress(index.ids, stays.tolist()), *few.ids]
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
    place = np.empty(len(ids), dtype=np.int64)
    place[order] = np.arange(len(ids))
    old = np.zeros(len(index), dtype=np.int64)
    kept = int(stays.sum())
    old[stays] = place[:kept]
    return _Moves(stays, order, old, place[kept:])


def _column(before: Column, few: Column, moves: _Moves) -> Column:
    kept = moves.stays[before.rows]
    names = tuple(sorted({*before.names, *few.names}))
    place = {name: at for at, name in enumerate(names)}
    codes = [
        np.array([place[name] for name in part.names], dtype=np.int64)[part.codes]
        if part.names
        else part.codes
        for part in (before, few)
    ]
    rows, fresh = moves.old[before.rows[kept]], moves.new[few.rows]
    at, keeps = np.searchsorted(rows, fresh), kept.tolist()
    return Column(
        names=names,
        rows=np.insert(rows, at, fresh),
        codes=np.insert(codes[0][kept], at, codes[1]),
        weights=np.insert(before.weights[kept], at, few.weights),
        first=np.insert(before.first[kept], at, few.first),
        last=np.insert(before.last[kept], at, few.last),
        labels=_inserted(compress(before.labels, keeps), at, few.labels),
        evidence=_inserted(compress(before.evidence, keeps), at, few.evidence),
    )


def _inserted(before: Iterable[T], at: Ints, few: Sequence[T]) -> tuple[T, ...]:
    """Insert as `numpy.insert` does, ascending places."""
    held = list(before)
    places, starts = np.unique(at, return_index=True)
    ends = [*starts.tolist(), len(few)][1:]
    spans = list(zip(places.tolist(), starts.tolist(), ends, strict=True))
    for place, start, end in reversed(spans):
        held[place:place] = few[start:end]
    return tuple(held)


def _postings(before: Postings, few: Postings, moves: _Moves) -> Postings:
    kept = moves.stays[before.rows]
    terms = before.terms[kept]
    at = np.searchsorted(terms, few.terms, side="right")
    return Postings(
        terms=np.insert(terms, at, few.terms),
        rows=np.insert(moves.old[before.rows[kept]], at, moves.new[few.rows]),
        impacts=np.insert(before.impacts[kept], at, few.impacts),
    )


def _passages(before: Passages | None, few: Passages | None, moves: _Moves) -> Passages | None:
    if before is None or few is None:
        return None
    kept = moves.stays[before.rows]
    rows, fresh = moves.old[before.rows[kept]], moves.new[few.rows]
    at = np.searchsorted(rows, fresh)
    joined: dict[str, NDArray[np.generic]] = {}
    for field in fields(Passages):
        old, new = getattr(before, field.name), getattr(few, field.name)
        if field.name in _PER_PERSON:
            joined[field.name] = np.concatenate([old[moves.stays], new])[moves.order]
        else:
            joined[field.name] = np.insert(old[kept], at, new, axis=0)
    joined["rows"] = np.insert(rows, at, fresh)
    return replace(before, **joined)  # type: ignore[arg-type]  # each field as it was


def _levels(index: Index, few: Index, moves: _Moves) -> tuple[tuple[str, ...], NDArray[np.int8]]:
    languages = tuple(sorted({*index.languages, *few.languages}))
    parts = []
    for part, rows in ((index, moves.stays), (few, np.ones(len(few), np.bool_))):
        levels = np.zeros((int(rows.sum()), len(languages)), dtype=np.int8)
        levels[:, [languages.index(one) for one in part.languages]] = part.levels[rows]
        parts.append(levels)
    return languages, np.concatenate(parts)[moves.order]
