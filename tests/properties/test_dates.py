"""Dates as people give them: what every calendar day, month and year obeys."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.dates import PartialDate, Period

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))
DATES = st.builds(
    lambda day, precision: PartialDate(*(day.year, day.month, day.day)[:precision]),
    DAYS,
    st.integers(1, 3),
)
PERIODS = st.builds(
    lambda first, last, ongoing: Period(first, None if ongoing else last, ongoing),
    st.none() | DATES,
    st.none() | DATES,
    st.booleans(),
)


@given(DATES)
def test_what_is_written_is_read_back(one: PartialDate) -> None:
    assert PartialDate.parse(str(one)) == one


@given(DATES)
def test_the_first_day_never_lies_after_the_last(one: PartialDate) -> None:
    assert one.first_day <= one.last_day
    assert (one.first_day == one.last_day) is (one.precision == "day")
    assert one.first_day.year == one.last_day.year == one.year


@given(DATES, DATES)
def test_order_is_total_and_follows_the_first_day(left: PartialDate, right: PartialDate) -> None:
    assert (left < right) + (right < left) + (left == right) == 1
    if left.first_day < right.first_day:
        assert left < right


@given(DAYS)
def test_the_vaguer_of_two_dates_that_begin_alike_comes_first(day: date) -> None:
    year, month = PartialDate(day.year), PartialDate(day.year, 1)
    assert sorted([PartialDate(day.year, 1, 1), month, year])[:2] == [year, month]


@given(DAYS)
def test_a_day_keeps_its_precision(day: date) -> None:
    assert PartialDate.of(day).first_day == PartialDate.of(day).last_day == day


@pytest.mark.parametrize(
    "text",
    ["", "16", "2016-13", "2016-00", "2016-04-00", "2016-02-30", "2016-4", "04/2016", "0000", "x"],
)
def test_what_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)


def test_a_day_without_its_month_is_refused() -> None:
    with pytest.raises(ValueError, match="month"):
        PartialDate(2016, None, 3)


@given(PERIODS, DAYS, st.integers(0, 4000))
def test_a_period_overlaps_exactly_where_one_of_its_days_can_lie(
    period: Period, first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    earliest = period.start.first_day if period.start else date.min
    latest = period.end.last_day if period.end else date.max
    assert period.overlaps(first, last) is (max(earliest, first) <= min(latest, last))


@given(PERIODS, DAYS)
def test_nothing_that_is_known_so_far_lies_in_the_future(period: Period, today: date) -> None:
    last = period.last_known_day(today)
    assert last is None or last <= today


@given(DAYS)
def test_a_period_without_dates_has_no_last_day_and_no_length(today: date) -> None:
    assert Period().last_known_day(today) is None
    assert Period().months(today) is None


@given(PERIODS, DAYS)
def test_a_length_is_at_least_one_month_or_cannot_be_told(period: Period, today: date) -> None:
    months = period.months(today)
    if period.start is None or (period.end is None and not period.ongoing):
        assert months is None
    else:
        assert months is not None
        assert months >= 1


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        pytest.param("2020-01", "2020-12", 12, id="whole-months"),
        pytest.param("2020", "2020", 12, id="a-year"),
        pytest.param("2020-03-01", "2020-03-05", 1, id="some-days"),
        pytest.param("2019-11", "2020-02", 4, id="over-new-year"),
    ],
)
def test_both_ends_of_a_period_count(start: str, end: str, months: int) -> None:
    period = Period(PartialDate.parse(start), PartialDate.parse(end))
    assert period.months(date(2026, 3, 2)) == months
