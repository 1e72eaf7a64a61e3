"""An index changed piece by piece ranks as one laid out at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.conditions import check_everybody
from matching.encoder import VectorStore
from matching.features import NAMES
from matching.index import Index, build_index
from matching.layers import changed, is_worn
from matching.letters import read_letter
from matching.profile import Profile, profile_of
from matching.question import ask
from matching.scoring import measure
from roster.vocabulary import ActivityType
from tests.matching.letters import LetterEncoder
from tests.matching.people import (
    NOW,
    did,
    mission,
    need,
    number,
    person,
    post,
    request,
    speaks,
    topic,
)

TOPICS = ("document_security", "border_management", "asylum")
ASKED = request(
    text="Training on document security for border police in Dakar",
    activities=(ActivityType.TRAINING,),
    languages=(need("fr"),),
)


@st.composite
def profiles(draw: st.DrawFn, n: int) -> Profile:
    """Make somebody with a little of everything."""
    year = st.integers(2005, 2025)
    fields: dict[str, Any] = {
        "topics": tuple(
            topic(draw(st.sampled_from(TOPICS)), 1, draw(year))
            for _ in range(draw(st.integers(0, 2)))
        ),
        "activities": did(*draw(st.lists(st.sampled_from(ActivityType), max_size=2))),
        "missions": tuple(
            mission(f"Security of documents, part {draw(st.integers(0, 3))}", [code], draw(year))
            for code in draw(st.lists(st.sampled_from(["SN", "ML", "JP"]), max_size=2))
        ),
        "posts": tuple(
            post(title, draw(year))
            for title in draw(st.lists(st.sampled_from(["Officer", "Trainer"]), max_size=2))
        ),
        "languages": speaks(**draw(st.dictionaries(st.sampled_from(["fr", "en", "pt"]), LEVELS))),
    }
    return profile_of(person(n, **fields))


LEVELS = st.sampled_from(["B1", "C1", None])


@st.composite
def rosters(draw: st.DrawFn) -> dict[UUID, Profile]:
    numbers = draw(st.lists(st.integers(0, 9), max_size=6, unique=True))
    return {number(n): draw(profiles(n)) for n in numbers}


def told(index: Index, store: VectorStore) -> tuple[list[UUID], Any, Any]:
    """Return who is there, everybody's features and gates."""
    measured = measure(
        ask(ASKED, read_letter(ASKED, store.encoder), NOW.date()), index, NOW.date(), store
    )
    verdicts = check_everybody(index, ASKED)
    gates = [verdicts.results[at] for at in verdicts.of.tolist()]
    assert measured.values.shape == (len(index), len(NAMES))
    return list(index.ids), measured.values, gates


@settings(deadline=None, max_examples=40)
@given(before=rosters(), fresh=rosters(), gone=st.sets(st.integers(0, 9).map(number), max_size=3))
def test_a_changed_index_measures_as_one_built_at_once(
    before: dict[UUID, Profile], fresh: dict[UUID, Profile], gone: set[UUID]
) -> None:
    store = VectorStore(LetterEncoder())
    store.encode(text for one in (*before.values(), *fresh.values()) for text in one.texts)
    index = build_index(before.values(), store)
    index.records.put(fresh.values())
    piecewise = changed(index, gone, fresh, store)
    left = {one: profile for one, profile in before.items() if one not in gone}
    whole = build_index({**left, **fresh}.values(), store)
    ids, values, gates = told(piecewise, store)
    expected_ids, expected_values, expected_gates = told(whole, store)
    assert ids == expected_ids
    np.testing.assert_allclose(values, expected_values, rtol=1e-6, atol=1e-6)
    assert gates == expected_gates


@settings(deadline=None, max_examples=20)
@given(people=rosters())
def test_changing_nothing_changes_nothing(people: dict[UUID, Profile]) -> None:
    index = build_index(people.values())
    same = changed(index, (), {}, None)
    assert list(same.profiles) == list(index.profiles)
    assert [block is first for block, first in zip(same.blocks, index.blocks, strict=True)]
    assert not is_worn(same)


def test_of_many_changes_there_are_few_blocks_and_the_last_of_each_person_counts() -> None:
    people = {number(n): profile_of(person(n)) for n in range(200)}
    index = build_index(people.values())
    for turn in range(60):
        n = turn % 40
        fresh = profile_of(person(n, topics=(topic("asylum", 1, 2000 + turn % 20),)))
        index.records.put([fresh])
        index = changed(index, (), {number(n): fresh}, None)
        people[number(n)] = fresh
    assert len(index) == 200
    assert len(index.blocks) <= 8
    assert list(index.profiles) == [people[one] for one in index.ids]
    assert is_worn(index), "forty of two hundred"


def test_an_index_that_somebody_left_is_worn_at_once() -> None:
    people = {number(n): profile_of(person(n)) for n in range(100)}
    index = changed(build_index(people.values()), [number(3)], {}, None)
    assert is_worn(index)
    assert len(index) == 99
