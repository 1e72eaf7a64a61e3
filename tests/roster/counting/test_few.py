"""What is kept back tells nobody's figure, neither by itself nor by subtraction."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from roster.counting.few import FEWEST, is_few, kept_back, tells_rest
from roster.policy import Actor, Grant
from roster.queries.activities import as_told
from roster.read import ActivityView
from roster.vocabulary import ActivityType, Role


@pytest.mark.parametrize(
    ("figures", "hidden"),
    [
        ([9, 6, 12], set()),
        ([0, None, 7], set()),
        ([3, 6, 9], {0, 1}),
        ([1, 1, 9, 20], {0, 1, 2}),
        ([4, 4, 9], {0, 1}),
        ([2], {0}),
        ([1, 2, 0, None], {0, 1}),
    ],
)
def test_few_are_kept_back_with_what_would_tell_them(
    figures: list[float | None], hidden: set[int]
) -> None:
    assert kept_back(figures) == hidden


@given(some.lists(some.one_of(some.none(), some.integers(0, 30)), max_size=12))
def test_the_total_less_what_is_told_is_nobody_or_many(figures: list[float | None]) -> None:
    hidden = kept_back(figures)
    assert all(at in hidden for at, one in enumerate(figures) if is_few(one))
    told = [one for at, one in enumerate(figures) if at not in hidden and one]
    rest = sum(one or 0 for one in figures) - sum(told)
    # Where everything is kept back, the total is few people and kept back itself, or many.
    assert not told or rest == 0 or rest >= FEWEST
    assert len(hidden) != 1 or not told


def test_a_part_beside_its_whole_tells_of_the_rest() -> None:
    assert tells_rest(18, 20)
    assert not tells_rest(20, 20)
    assert not tells_rest(10, 20)
    assert not tells_rest(None, 20)
    assert not tells_rest(3, None)


@pytest.mark.parametrize(
    ("people", "women", "told"),
    [
        (20, 9, (20, 9, False)),
        (3, 1, (None, None, True)),
        (20, 2, (20, None, True)),
        (20, 18, (20, None, True)),
        (20, 20, (20, 20, False)),
        (None, None, (None, None, False)),
        (0, 0, (0, 0, False)),
    ],
)
def test_an_activity_is_told_outside_without_few_people(
    people: int | None, women: int | None, told: tuple[int | None, int | None, bool]
) -> None:
    facility = UUID(int=1)
    view = ActivityView(
        id=UUID(int=2),
        number=1,
        type=ActivityType.TRAINING,
        also=(),
        title="Training",
        intervention=None,
        intervention_basis=None,
        participants=people,
        women=women,
    )
    for role in (Role.FOCAL_POINT, Role.LIAISON_OFFICER, Role.AUDITOR):
        outside = as_told(view, Actor(None, "x", facility, (Grant(role, facility, "PT"),)))
        assert (outside.participants, outside.women, outside.few) == told
    inside = as_told(view, Actor(None, "x", facility, (Grant(Role.PROJECT_OFFICER, facility),)))
    assert inside == view
