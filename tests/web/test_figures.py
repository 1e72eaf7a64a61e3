"""Shown figures add up to the shown sum."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.figures import largest_remainder

SHARES = st.lists(st.floats(0, 100, allow_nan=False), min_size=1, max_size=12)


@given(SHARES, st.integers(0, 3))
def test_rounded_shares_add_up_to_the_rounded_whole(values: list[float], digits: int) -> None:
    rounded = largest_remainder(values, digits=digits)
    assert (
        round(sum(rounded), digits) == round(sum(values), digits)
        or abs(sum(rounded) - sum(values)) <= 0.5 * 10**-digits + 1e-6
    )


@given(SHARES, st.integers(0, 3))
def test_no_share_moves_by_more_than_one_unit(values: list[float], digits: int) -> None:
    rounded = largest_remainder(values, digits=digits)
    unit = 10**-digits
    assert all(abs(a - b) <= unit + 1e-6 for a, b in zip(rounded, values, strict=True))
    assert all(value >= 0 for value in rounded)


def test_a_given_sum_is_kept_and_ties_go_to_the_first() -> None:
    assert largest_remainder([1.25, 1.25], 2.5, digits=1) == [1.3, 1.2]


def test_a_negative_share_is_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        largest_remainder([-1.0])
