"""What lives long is set aside from the search for garbage, and comes back to it."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from api.pauses import Rounds


class Knot:
    """Holds itself: only a search for cyclic garbage frees it."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture(autouse=True)
def _nothing_set_aside() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_garbage_is_found_and_nothing_is_set_aside_by_a_short_round() -> None:
    aside = gc.get_freeze_count()
    gone = weakref.ref(Knot())
    Rounds(long_s=3600).look()
    assert gone() is None
    assert gc.get_freeze_count() == aside


def test_what_a_long_round_leaves_is_set_aside_until_everything_is_looked_at_again() -> None:
    knot = Knot()
    Rounds(long_s=0).look()
    assert gc.get_freeze_count() > 0
    gone = weakref.ref(knot)
    del knot
    Rounds(long_s=3600).look()
    assert gone() is not None, "it was set aside"
    Rounds(long_s=3600, whole_s=0).look()
    assert gone() is None
