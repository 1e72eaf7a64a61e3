"""The large roster in our engine: how its people become records, and requests needs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching.fast.directions import Directions
from matching.fast.needs import Group, Meaning, Need, Points, no_meaning
from matching.fast.segments import Segment, keys_of, merge, of_postings
from matching.fast.shelf import Held, Shelf
from tests.benchmarks.engine.corpus import (
    COUNTRIES,
    LANGUAGES,
    REGION_OF,
    REGIONS,
    USUAL_LENGTH,
    Asked,
    Block,
    Numbers,
    World,
    blocks,
)

WORDS, SKILLS, PLACES = range(3)
KEPT = 64
_LOT = 50
"""Blocks laid out at a time."""
_K1, _B = 1.2, 0.75
_POINT = 1_000_000
_SHIFT = 12


def directions(world: World) -> Directions:
    """Return the directions of the first two thousand people."""
    return Directions.of(np.vstack([b.vectors for b in blocks(world, 2_000)]), KEPT)


def shelf(world: World, n: int) -> Shelf:
    """Lay the first n people out."""
    axes, segments, lot, first = directions(world), [], list[Block](), 0
    for block in blocks(world, n):
        lot.append(block)
        if len(lot) == _LOT:
            segments.append(_segment(lot, axes, first))
            first, lot = first + sum(map(len, lot)), []
    if lot:
        segments.append(_segment(lot, axes, first))
    whole = segments[0] if len(segments) == 1 else merge(segments)
    return Shelf((Held(whole, np.ones(len(whole), np.bool_)),))


def _segment(lot: list[Block], axes: Directions, first: int) -> Segment:
    starts = np.r_[0, np.cumsum([len(block) for block in lot])]
    parts = [_postings(block, start) for block, start in zip(lot, starts.tolist(), strict=False)]
    keys, rows, impacts = (np.concatenate(column) for column in zip(*parts, strict=True))
    return of_postings(
        keys,
        rows,
        impacts,
        numbers=first + np.arange(starts[-1], dtype=np.int64),
        columns=np.concatenate([_columns(block) for block in lot], axis=1),
        weeks=np.concatenate([block.weeks for block in lot]),
        vectors=np.vstack([axes.compact(block.vectors) for block in lot]),
    )


def _postings(block: Block, start: int) -> tuple[NDArray[np.uint64], Numbers, NDArray[np.uint8]]:
    who, word, times = block.words
    length = np.bincount(who, weights=times, minlength=len(block))[who]
    impact = times * (_K1 + 1) / (times + _K1 * (1 - _B + _B * length / USUAL_LENGTH))
    whose, place, year = _newest_stays(block)
    keys = (keys_of(WORDS, word), keys_of(SKILLS, block.skills[1]), keys_of(PLACES, place))
    worth = (
        np.rint(impact / (_K1 + 1) * 255),
        np.ones(len(block.skills[1])),
        year,
    )
    return (
        np.concatenate(keys),
        start + np.concatenate([who, block.skills[0], whose]),
        np.concatenate(worth).astype(np.uint8),
    )


def _newest_stays(block: Block) -> tuple[Numbers, Numbers, Numbers]:
    who, country, year, _ = block.stays
    pairs, at = np.unique(who * COUNTRIES + country, return_inverse=True)
    newest = np.zeros(len(pairs), np.int64)
    np.maximum.at(newest, at, year)
    return pairs // COUNTRIES, pairs % COUNTRIES, newest


def _columns(block: Block) -> NDArray[np.uint8]:
    """Return languages, then months by region, (LANGUAGES + REGIONS, n)."""
    who, country, _, months = block.stays
    place = who * REGIONS + REGION_OF[country]
    total = np.bincount(place, weights=months, minlength=len(block) * REGIONS)
    regions = np.minimum(total, 255).astype(np.uint8).reshape(-1, REGIONS)
    return np.concatenate([block.levels.T, regions.T])


def _curve(most: float, size: int = 256) -> Points:
    """Return points that rise ever slower, the last one for who is not known."""
    steps = np.linspace(0, 1, size - 1)
    rising = most * _POINT * (1 - np.exp2(-4 * steps)) / (1 - np.exp2(-4.0))
    table: Points = np.r_[np.rint(rising), round(most * _POINT / 4)].astype(np.int32)
    return table


def text_only(held: Shelf, asked: Asked) -> Need:
    """Ask for the words alone, BM25 in 4,096 steps."""
    table = np.r_[np.arange(4095), 0].astype(np.int32)
    return Need((_words(held, asked, table),))


def everything(held: Shelf, asked: Asked, axes: Directions | None = None) -> Need:
    """Ask for all features; for meaning too where the directions are given."""
    skills = Group(
        keys_of(SKILLS, asked.skills),
        np.full(len(asked.skills), 254 * 256 // len(asked.skills) + 1, np.uint32),
        8,
        _curve(25),
    )
    age = np.exp2(-(40 - np.minimum(np.arange(256), 40)) / 10) * 255
    places = Group(
        keys_of(PLACES, asked.countries),
        np.ones(len(asked.countries), np.uint32),
        0,
        _curve(14),
        best_only=True,
        impacts=np.rint(age).astype(np.uint32),
    )
    columns = [language for language, _ in asked.languages]
    columns.append(LANGUAGES + int(REGION_OF[asked.countries[0]]))
    levels = np.minimum(np.arange(256), 6)
    tables = [
        np.where(levels >= least, 4 + levels, levels) * _POINT // len(asked.languages)
        for _, least in asked.languages
    ]
    weeks = np.arange(65) * 2 * _POINT // max(asked.weeks.bit_count(), 1)
    return Need(
        groups=(_words(held, asked, _curve(30)), skills, places),
        columns=np.array(columns, dtype=np.int64),
        column_tables=np.array([*tables, _curve(5)], dtype=np.int64),
        week_mask=asked.weeks,
        week_table=np.minimum(weeks, 2 * _POINT),
        meaning=_meaning(asked, axes) if axes else no_meaning(),
    )


def _meaning(asked: Asked, axes: Directions) -> Meaning:
    vector = axes.compact(asked.vector[None, :])[0]
    return Meaning(vector, axes.steps(0.05), axes.steps(0.6), _curve(14).astype(np.int64))


def _words(held: Shelf, asked: Asked, table: Points) -> Group:
    """Weigh words by rarity; whoever has half of what there could be has the most."""
    keys = keys_of(WORDS, asked.words)
    count, n = held.holders(keys), len(held)
    rarity = np.log1p((n - count + 0.5) / (count + 0.5))
    weights = rarity * (len(table) * (1 << _SHIFT) / 128 / rarity.sum())
    return Group(keys, np.rint(weights).astype(np.uint32), _SHIFT, table)
