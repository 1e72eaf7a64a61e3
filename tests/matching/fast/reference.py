"""The engine as one would say it: a loop over people, a loop over what each has, a sort."""

from __future__ import annotations

from collections.abc import Iterable

from matching.fast.needs import MISSING_WEIGHT, Group, Meaning, Need
from matching.fast.segments import Record


def best_of(records: Iterable[Record], need: Need, k: int) -> list[tuple[int, int]]:
    """Return (score, number) of the k best: by score, equals by number."""
    scored = [(score_of(record, need), record.number) for record in records]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:k]


def score_of(record: Record, need: Need) -> int:
    """Return one person's score."""
    return sum(parts_of(record, need))


def parts_of(record: Record, need: Need) -> list[int]:
    """Return what each part of the need gives one person."""
    parts = [_group(record, group) for group in need.groups]
    for column, table in zip(need.columns.tolist(), need.column_tables.tolist(), strict=True):
        parts.append(table[int(record.columns[column])])
    parts.append(int(need.week_table[(record.weeks & need.week_mask).bit_count()]))
    if len(need.meaning.vector):
        parts.append(_meaning(record, need.meaning))
    return parts


def _group(record: Record, group: Group) -> int:
    held = dict(zip(record.keys.tolist(), record.impacts.tolist(), strict=True))
    worth = [0]
    for key, weight in zip(group.keys.tolist(), group.weights.tolist(), strict=True):
        if key in held and weight == MISSING_WEIGHT:
            return int(group.table[-1])
        if key in held:
            worth.append(weight * int(group.impacts[held[key]]))
    total = max(worth) if group.best_only else sum(worth)
    return int(group.table[min(total // 2**group.shift, len(group.table) - 2)])


def _meaning(record: Record, meaning: Meaning) -> int:
    if not any(record.vector.tolist()):
        return int(meaning.table[255])
    dot = sum(a * b for a, b in zip(record.vector.tolist(), meaning.vector.tolist(), strict=True))
    step = 254 * 2**32 // (meaning.high - meaning.low)
    return int(meaning.table[min(max(dot - meaning.low, 0) * step // 2**32, 254)])
