"""Records and needs by chance: small worlds where everything meets everything."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from matching.fast.needs import MISSING_WEIGHT, Group, Meaning, Need
from matching.fast.segments import Record, keys_of

N_COLUMNS, DIMENSIONS, TERMS = 3, 4, 12
NOT_KNOWN = 99
"""The term by which a group says that nothing is known."""
POINTS = st.integers(-1000, 1_000_000)


@st.composite
def records(draw: st.DrawFn, number: int | None = None) -> Record:
    """Make one person."""
    held = draw(
        st.dictionaries(
            st.tuples(st.integers(0, 2), st.sampled_from([*range(TERMS), NOT_KNOWN])),
            st.integers(0, 255),
            max_size=10,
        )
    )
    keys = [int(keys_of(group, np.array([term]))[0]) for group, term in held]
    small = st.lists(st.integers(-128, 127), min_size=DIMENSIONS, max_size=DIMENSIONS)
    return Record(
        number=draw(st.integers(0, 50)) if number is None else number,
        keys=np.array(keys, dtype=np.uint64),
        impacts=np.array(list(held.values()), dtype=np.uint8),
        columns=np.array(draw(st.lists(st.integers(0, 255), min_size=3, max_size=3)), np.uint8),
        weeks=draw(st.integers(0, 2**64 - 1)),
        vector=np.array(draw(st.just([0] * DIMENSIONS) | small), dtype=np.int8),
    )


@st.composite
def groups(draw: st.DrawFn, number: int) -> Group:
    """Make one feature of postings."""
    terms = draw(st.lists(st.integers(0, TERMS + 1), max_size=5, unique=True))
    weights = [draw(st.integers(0, 5000)) for _ in terms]
    if draw(st.booleans()):
        terms, weights = [*terms, NOT_KNOWN], [*weights, MISSING_WEIGHT]
    size = draw(st.sampled_from([3, 256, 1000]))
    rng = np.random.default_rng(draw(st.integers(0, 9)))
    return Group(
        keys=keys_of(number, np.array(terms, dtype=np.int64)),
        weights=np.array(weights, dtype=np.uint32),
        shift=draw(st.integers(0, 20)),
        table=rng.integers(-1000, 1_000_000, size).astype(np.int32),
        best_only=draw(st.booleans()),
        impacts=rng.integers(0, 256, 256).astype(np.uint32),
    )


@st.composite
def needs(draw: st.DrawFn) -> Need:
    """Make a request."""
    rng = np.random.default_rng(draw(st.integers(0, 9)))
    columns = draw(st.lists(st.integers(0, N_COLUMNS - 1), max_size=3))
    need = Need(
        groups=tuple(draw(groups(number)) for number in range(draw(st.integers(0, 3)))),
        columns=np.array(columns, dtype=np.int64),
        column_tables=rng.integers(-1000, 1_000_000, (len(columns), 256)),
        week_mask=draw(st.integers(0, 2**64 - 1)),
        week_table=rng.integers(-1000, 1_000_000, 65),
    )
    if not draw(st.booleans()):
        return need
    low = draw(st.integers(-5000, 5000))
    vector = draw(st.lists(st.integers(-128, 127), min_size=DIMENSIONS, max_size=DIMENSIONS))
    meaning = Meaning(
        vector=np.array(vector, dtype=np.int8),
        low=low,
        high=low + draw(st.integers(1, 30_000)),
        table=rng.integers(-1000, 1_000_000, 256),
    )
    return Need(
        need.groups, need.columns, need.column_tables, need.week_mask, need.week_table, meaning
    )
