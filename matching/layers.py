"""Keeps everybody current: small blocks above a large one.

A change lays out only the people it is about; whoever ranks keeps the index it took. Each block
above the first is less than half as large as the one below it, else the two are laid out as one: of
n changes there are log n blocks, and each person is laid out log n times.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

import numpy as np

from matching.arrays import Bools, sixteen
from matching.blocks import Block, Ids, build_block
from matching.encoder import VectorStore
from matching.index import Index
from matching.profile import Profile


def changed(
    index: Index,
    gone: Collection[UUID],
    fresh: Mapping[UUID, Profile],
    store: VectorStore | None,
) -> Index:
    """Return the index without some people and with others put in or replaced.

    Ranks as one laid out at once does.

    Parameters
    ----------
    gone : ids to take out; those of `fresh` go by themselves, unknown ones are no error
    store : as the index was built with
    """
    out = np.asarray(sorted({one.bytes for one in (*gone, *fresh)}), dtype="S16")
    parts = [
        (block, _without(block, alive, out))
        for block, alive in zip(index.blocks, index.alive, strict=True)
    ]
    first, above = parts[:1], [part for part in parts[1:] if part[1].any()]
    people = dict(fresh)
    while above and people and int(above[-1][1].sum()) < 2 * len(people):
        people |= index.records.among(_ids(*above.pop()))
    if people:
        block = build_block(people.values(), store)
        above.append((block, np.ones(len(block), dtype=np.bool_)))
    kept = first + above
    return Index(tuple(b for b, _ in kept), tuple(alive for _, alive in kept), index.records)


def _without(block: Block, alive: Bools, out: Ids) -> Bools:
    """Return who of a block counts without some ids; few are looked for among many, sorted."""
    if not len(block):
        return alive
    at = np.minimum(np.searchsorted(block.ids, out), len(block) - 1)
    left = alive.copy()
    left[at[block.ids[at] == out]] = False
    return left


def _ids(block: Block, alive: Bools) -> list[UUID]:
    held: Ids = block.ids[alive]
    return [UUID(bytes=sixteen(one)) for one in held]


def is_worn(index: Index) -> bool:
    """Whether an index should be laid out anew: somebody left, or a tenth of it has changed."""
    first, above = index.blocks[0], index.blocks[1:]
    changed_since = {one for block in above for one in block.ids.tolist()}
    left = set(first.ids[~index.alive[0]].tolist()) - changed_since
    return bool(left) or len(changed_since) > len(first) // 10
