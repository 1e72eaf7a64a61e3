"""Parts of a roster merge to the places of the whole: scores, order and ties, to the bit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.baseline import rule_model
from matching.encoder import VectorStore
from matching.engine import Engine
from matching.features import NAMES
from matching.index import Index, build_index
from matching.letters import read_letter
from matching.places import (
    Places,
    Ruling,
    merged,
    places_of,
    ranked_line,
    ranked_places,
    run_line,
)
from matching.profile import Profile, profile_of
from matching.question import Tally, ask
from matching.scoring import count
from matching.standings import OfWhole, stand, unstated_of
from roster.read import RequestView
from tests.matching.letters import LETTERS, LetterEncoder
from tests.matching.people import NOW, number, person, request
from tests.matching.test_layers import ASKED, profiles

TODAY = NOW.date()
LETTER = request(text=LETTERS["en"], topics=("document_security", "asylum"))
PASTED = person(40, text=f"Clerk in the registry.\n{LETTERS['en']}")
RULING = Ruling(rule_model(), np.ones(len(NAMES)), TODAY)


@st.composite
def cut_rosters(draw: st.DrawFn) -> tuple[list[Profile], list[list[Profile]]]:
    """Draw people, some exactly alike but for their id, and cut them into parts."""
    numbers = draw(st.lists(st.integers(0, 9), min_size=1, max_size=7, unique=True))
    people = [draw(profiles(n)) for n in numbers]
    if draw(st.booleans()):
        people.append(profile_of(PASTED))
    people += [_twin(one, 20 + at) for at, one in enumerate(people[:2])]
    of = draw(st.lists(st.integers(0, 3), min_size=len(people), max_size=len(people)))
    cut = [[one for one, part in zip(people, of, strict=True) if part == n] for n in range(4)]
    return people, [part for part in cut if part]


def _twin(profile: Profile, n: int) -> Profile:
    return profile_of(replace(profile.view, id=number(n)))


def laid_out(people: Sequence[Profile]) -> tuple[Index, VectorStore]:
    store = VectorStore(LetterEncoder())
    store.encode(text for one in people for text in one.texts)
    return build_index(people, store), store


def whole_of(need: RequestView, parts: Sequence[tuple[Index, VectorStore]]) -> Tally:
    """Count over all parts, none of which sees another."""
    counted = [count(ask(need, read_letter(need, None), TODAY), index) for index, _ in parts]
    whole = counted[0]
    for one in counted[1:]:
        whole += one
    return whole


NEEDS = st.sampled_from([ASKED, LETTER])
MOST = st.sampled_from([None, 1, 3])


@settings(deadline=None, max_examples=12)
@given(roster=cut_rosters(), need=NEEDS, most=MOST)
def test_merged_parts_are_the_ranking_of_the_service_to_the_bit(
    roster: tuple[list[Profile], list[list[Profile]]], need: RequestView, most: int | None
) -> None:
    people, cut = roster
    engine = Engine(encoder=LetterEncoder())
    engine.update(one.view for one in people)
    engine.encode_pending()
    expected = list(engine.rank(need, now=NOW).people)[:most]
    parts = [laid_out(part) for part in cut]
    whole = whole_of(need, parts)
    kept = None if most is None else most + 1
    found = merged(
        [
            ranked_places(
                ask(need, read_letter(need, store.encoder), TODAY),
                index,
                RULING,
                store=store,
                whole=whole,
                among=None,
                most=kept,
            )
            for index, store in parts
        ],
        kept,
    )
    told: list[dict[str, Any]] = [
        json.loads(ranked_line("R1", at, found)) for at in range(len(found))
    ][:most]
    assert [one["expert_id"] for one in told] == [str(one.expert_id) for one in expected]
    for one, person_of in zip(told, expected, strict=True):
        assert (one["place"], one["band"]) == (person_of.place, person_of.band.value)
        assert (one["score"], one["tied"]) == (person_of.score, person_of.tied)
        points = {part.feature: part.points for part in person_of.contributions}
        assert one["contributions"] == points
        assert set(one["gates"]) == {gate.gate.value for gate in person_of.gates}


@settings(deadline=None, max_examples=12)
@given(roster=cut_rosters(), need=NEEDS, most=MOST)
def test_merged_parts_are_the_run_of_a_collection_to_the_bit(
    roster: tuple[list[Profile], list[list[Profile]]], need: RequestView, most: int | None
) -> None:
    people, cut = roster
    read = ("topic", "language")

    def placed(index: Index, store: VectorStore, whole: Tally | None) -> Places:
        part = OfWhole(whole, unstated_of(index.profiles), read_letter(need, store.encoder))
        standings = stand(
            need, index, TODAY, model=RULING.model, store=store, only_read=read,
            part=part if whole else None,
        )  # fmt: skip
        keys = np.array([f"cv-{one.int}" for one in index.ids])
        return places_of(standings, keys, most)

    parts = [laid_out(part) for part in cut]
    whole = whole_of(need, parts)
    together = placed(*laid_out(people), None)
    found = merged([placed(*part, whole) for part in parts], most)
    assert [run_line("R1", at, found) for at in range(len(found))] == [
        run_line("R1", at, together) for at in range(len(together))
    ]


def test_a_part_by_itself_would_weigh_words_otherwise() -> None:
    people = [profile_of(person(n, text=f"Passports {n % 2 * 'and visas'}")) for n in range(6)]
    need = request(text="Passports and visas", topics=("document_security",))
    alone = count(ask(need, read_letter(need, None), TODAY), laid_out(people[:3])[0])
    whole = whole_of(need, [laid_out(people[:3]), laid_out(people[3:])])
    assert (alone.people, whole.people) == (3, 6)
    assert (whole.words >= alone.words).all()
    assert (whole.words > alone.words).any()


def test_parts_merge_to_the_same_in_any_order_and_in_steps() -> None:
    people = [profile_of(person(n, text="Examines passports.")) for n in range(7)]
    parts = [laid_out(people[at : at + 2]) for at in range(0, 7, 2)]
    whole = whole_of(LETTER, parts)
    found = [
        ranked_places(
            ask(LETTER, read_letter(LETTER, store.encoder), TODAY),
            index,
            RULING,
            store=store,
            whole=whole,
            among=np.arange(len(index)) < 1,
            most=None,
        )
        for index, store in parts
    ]
    forwards = merged(found, 3)
    backwards = merged([merged(found[:1:-1], 3), *found[:2]], 3)
    assert forwards.keys.tolist() == [str(number(n)) for n in (0, 2, 4)], "ties go by id"
    assert backwards.keys.tolist() == forwards.keys.tolist()
    assert forwards.counts.tolist() == backwards.counts.tolist()
    assert int(forwards.counts.sum()) == 4, "only who is ranked counts"
