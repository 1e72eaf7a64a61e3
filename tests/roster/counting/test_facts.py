"""What a period and a theme take: what cannot be told is never counted, and said."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.counting.facts import (
    ActionFact,
    ReportScope,
    Within,
    action_within,
    part_within,
    span_of,
    within_period,
)
from roster.dates import PartialDate
from roster.vocabulary import ActionStatus, Origin

DAYS = st.dates(date(2009, 1, 1), date(2016, 12, 31))
PARTIAL = st.one_of(
    DAYS.map(PartialDate.of),
    DAYS.map(lambda day: PartialDate(day.year, day.month)),
    DAYS.map(lambda day: PartialDate(day.year)),
)


def action(starts: str | None, ends: str | None, status: ActionStatus) -> ActionFact:
    return ActionFact(
        id=uuid4(),
        code="a",
        name="A",
        origin=Origin.REAL,
        status=status,
        region="Africa",
        countries=(),
        areas=(),
        topics=(),
        starts=PartialDate.parse(starts) if starts else None,
        ends=PartialDate.parse(ends) if ends else None,
    )


@given(PARTIAL, st.integers(0, 400), DAYS, st.integers(0, 900))
def test_whatever_days_are_meant_yes_is_inside_and_no_is_outside(
    starts: PartialDate, after: int, first: date, length: int
) -> None:
    ends = PartialDate.of(starts.last_day + timedelta(days=after))
    scope = ReportScope(first, first + timedelta(days=length))
    answer = within_period(span_of(starts, ends), scope)
    for began in (starts.first_day, starts.last_day):
        overlaps = began <= (scope.last or date.max) and ends.first_day >= first
        if answer is Within.YES:
            assert overlaps
        if answer is Within.NO:
            assert not overlaps


@pytest.mark.parametrize(
    ("starts", "ends", "status", "answer"),
    [
        pytest.param("2013-02", "2013-05", ActionStatus.COMPLETED, Within.YES, id="inside"),
        pytest.param("2011", "2012", ActionStatus.COMPLETED, Within.NO, id="before"),
        pytest.param("2012-11", None, ActionStatus.COMPLETED, Within.UNDATED, id="end-unknown"),
        pytest.param("2012-11", None, ActionStatus.ONGOING, Within.YES, id="still-running"),
        pytest.param("2014-01", None, ActionStatus.ONGOING, Within.NO, id="after"),
        pytest.param(None, None, ActionStatus.ONGOING, Within.UNDATED, id="no-date"),
    ],
)
def test_an_action_counts_where_it_ran_in_the_period(
    starts: str | None, ends: str | None, status: ActionStatus, answer: Within
) -> None:
    scope = ReportScope(date(2013, 1, 1), date(2013, 12, 31))
    assert action_within(action(starts, ends, status), scope) is answer


@pytest.mark.parametrize(
    ("starts", "ends", "answer"),
    [
        pytest.param("2013-02", "2013-05", Within.YES, id="whole-action-inside"),
        pytest.param("2012-02", "2013-05", Within.UNDATED, id="action-began-before"),
        pytest.param("2011-02", "2012-05", Within.NO, id="action-outside"),
    ],
)
def test_an_activity_without_date_follows_its_action_only_where_that_is_sure(
    starts: str, ends: str, answer: Within
) -> None:
    scope = ReportScope(date(2013, 1, 1), date(2013, 12, 31))
    whole = action(starts, ends, ActionStatus.COMPLETED)
    assert part_within(whole, None, None, scope) is answer


def test_a_record_without_theme_is_told_of_and_not_counted() -> None:
    whole = action("2013", "2013", ActionStatus.COMPLETED)
    assert action_within(whole, ReportScope(topic="remittances")) is Within.UNPLACED
    assert action_within(whole, ReportScope(region="Asia", topic="remittances")) is Within.NO
