"""Vectors of bytes mean what they are made of, and their products are exact in any order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from matching.arrays import Ints, Vectors
from matching.directions import Directions, directions_of, read, usual_letter, write
from matching.encoder import UniversalEncoder, VectorStore, find_encoder, in_fewer_directions
from matching.vectors import STRETCH, Compact, cuts_between, even_cuts, joined, products

VECTORS = npst.arrays(
    np.float32,
    st.tuples(st.integers(0, 9), st.just(5)),
    elements=st.floats(-1, 1, width=32, allow_subnormal=False).map(
        lambda one: 0.0 if abs(one) < 1e-6 else one
    ),
)


@given(vectors=VECTORS)
def test_a_vector_is_rounded_by_half_a_step_of_its_own_at_most(vectors: Vectors) -> None:
    compact = Compact.of(vectors)
    assert np.all(np.abs(compact.wide() - vectors) <= compact.steps[:, None] / 2)
    largest = np.abs(vectors).max(axis=1, initial=0)
    assert np.all(compact.steps * 127 >= largest)
    assert np.all(compact.steps * 63 <= largest)


@given(vectors=VECTORS)
def test_rounding_twice_is_rounding_once(vectors: Vectors) -> None:
    once = Compact.of(vectors)
    again = Compact.of(once.wide())
    assert np.array_equal(once.wide(), again.wide())


@given(vectors=VECTORS)
def test_only_a_vector_of_zeros_has_no_step(vectors: Vectors) -> None:
    assert (Compact.of(vectors).steps == 0).tolist() == (~vectors.any(axis=1)).tolist()


def made(n: int, seed: int = 1, dimensions: int = 192) -> Compact:
    """Return n vectors by chance."""
    rng = np.random.default_rng(seed)
    return Compact.of(rng.standard_normal((n, dimensions)).astype(np.float32))


def in_one(held: Compact, wanted: Compact, cuts: Ints) -> Vectors:
    """Return all products, put together."""
    found = np.zeros((len(wanted), len(held)), dtype=np.float32)
    for rows, own in products(held, wanted, cuts):
        found[:, rows] = own
    return found


def test_products_are_the_whole_numbers_times_the_steps_however_they_are_cut() -> None:
    held, wanted = made(2 * STRETCH + 7), made(3, seed=2)
    whole = wanted.numbers.astype(np.int64) @ held.numbers.astype(np.int64).T
    exact = whole * wanted.steps.astype(np.float64)[:, None] * held.steps.astype(np.float64)
    for cuts in (even_cuts(len(held)), np.array([0, len(held)]), np.array([0, 5, 6, len(held)])):
        assert np.array_equal(in_one(held, wanted, cuts).astype(np.float64), exact)


def test_products_with_nobody_are_none() -> None:
    assert list(products(Compact.none(4), made(2, dimensions=4), even_cuts(0))) == []


@given(lengths=st.lists(st.integers(1, 700), max_size=12))
def test_cuts_part_no_group_and_leave_nobody_out(lengths: list[int]) -> None:
    ends = np.cumsum(lengths, dtype=np.int64)
    starts = ends - np.asarray(lengths, dtype=np.int64)
    n = int(ends[-1]) if lengths else 0
    cuts = cuts_between(starts, n).tolist()
    assert (cuts[0], cuts[-1]) == (0, n)
    assert cuts == sorted(cuts)
    assert set(cuts[1:-1]) <= set(starts.tolist())
    assert all(end - start <= STRETCH + 700 for start, end in pairwise(cuts))


def test_parts_joined_are_the_whole() -> None:
    whole = made(5)
    again = joined([whole.at(slice(0, 2)), whole.at(slice(2, 5))])
    assert np.array_equal(again.numbers, whole.numbers)
    assert np.array_equal(again.steps, whole.steps)


# --- Directions -----------------------------------------------------------------------------------


class OtherEncoder:
    """An encoder for which no directions ship."""

    name, dimensions = "other/1", 3

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the same vector for each text."""
        return np.tile(np.array([[0.6, 0.8, 0.0]], np.float32), (len(texts), 1))


def test_another_encoder_keeps_its_full_vectors() -> None:
    other = OtherEncoder()
    assert in_fewer_directions(other) is other
    store = VectorStore(other)
    store.encode(["one"])
    known, vectors = store.among([store.digest("one"), store.digest("two")])
    assert known.tolist() == [True, False]
    assert np.abs(vectors.wide() - [0.6, 0.8, 0.0]).max() <= 0.8 / 64 / 2


def test_the_directions_that_ship_are_at_right_angles_and_of_length_one() -> None:
    held = directions_of(UniversalEncoder.name)
    assert held is not None
    assert held.axes.shape == (192, UniversalEncoder.dimensions)
    assert np.abs(held.axes @ held.axes.T - np.eye(len(held.axes))).max() < 2e-3


def test_directions_are_read_back_and_tell_themselves_from_others(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("directions") / "some.npz"
    one = Directions("any/1", np.eye(2, 4, dtype=np.float32), np.array([1, 0, 0, 0.5], np.float32))
    write(one, path)
    again = read(path)
    assert (again.encoder, again.digest) == (one.encoder, one.digest)
    assert again.letter.tolist() == [1, 0, 0, 0.5]
    assert again.digest != Directions("any/1", np.eye(3, 4, dtype=np.float32), one.letter).digest
    assert again.told(np.array([[1, 2, 3, 4]], np.float32)).tolist() == [[1, 2]]


def test_the_usual_letter_is_told_as_the_encoder_tells_letters() -> None:
    held = directions_of(UniversalEncoder.name)
    assert held is not None
    own, told = usual_letter(UniversalEncoder.name), usual_letter(held.name)
    assert own is not None
    assert told is not None
    assert (own.shape, told.shape) == ((UniversalEncoder.dimensions,), (len(held.axes),))
    assert np.abs(held.told(own) - told).max() < 1e-6
    assert 0.3 < np.linalg.norm(told) < 1
    assert usual_letter("another/1") is None


def test_the_encoder_names_its_directions_so_that_vectors_do_not_mix() -> None:
    found = find_encoder()
    held = directions_of(UniversalEncoder.name)
    if found is None or held is None:
        pytest.skip("no encoder is installed")
    assert found.dimensions == len(held.axes)
    assert held.digest in found.name
    assert found.name.startswith(UniversalEncoder.name)
