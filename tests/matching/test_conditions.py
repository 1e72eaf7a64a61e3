"""Holding everybody at once says what holding each alone says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.calendars import HORIZON_DAYS, calendars_of
from matching.conditions import check_everybody
from matching.gates import band_of, check_gates, shortfall
from matching.index import build_index
from matching.profile import profile_of
from roster.dates import PartialDate, Period
from roster.read import Engaged, ExpertView, ReleaseView, RequestView
from roster.vocabulary import Band, ExpertKind, ExpertStatus
from tests.matching.people import need, number, person, request, speaks

DAYS = st.dates(date(2027, 1, 1), date(2027, 6, 30))
LEVELS = st.sampled_from(["A1", "B1", "B2", "native", None])


@st.composite
def absences(draw: st.DrawFn) -> Period:
    first = draw(DAYS)
    last = first + timedelta(days=draw(st.integers(0, 40)))
    loose = draw(st.booleans())
    start = PartialDate(first.year, first.month, None if loose else first.day)
    return Period(start, PartialDate(last.year, last.month, None if loose else last.day))


@st.composite
def people(draw: st.DrawFn) -> list[ExpertView]:
    def one(n: int) -> ExpertView:
        spoken = draw(st.dictionaries(st.sampled_from(["fr", "en", "pt"]), LEVELS, max_size=2))
        answer = st.builds(
            ReleaseView,
            st.sampled_from(["granted", "refused", "pending"]),
            st.sampled_from([UUID(int=7), None]),
            st.none() | DAYS,
            st.none() | DAYS,
        )
        fields: dict[str, Any] = {
            "languages": speaks(**spoken),
            "home_country": draw(st.sampled_from(["PT", "SN", "FR", None])),
            "kind": draw(st.sampled_from([*ExpertKind, None])),
            "status": draw(st.sampled_from(ExpertStatus)),
            "informed": draw(st.booleans()),
            "unavailable": tuple(draw(st.lists(absences(), max_size=2))),
            "availability_known_until": draw(st.none() | DAYS),
            "releases": tuple(draw(st.lists(answer, max_size=2))),
        }
        return person(n, **fields)

    return [one(n) for n in range(draw(st.integers(0, 8)))]


@st.composite
def requests(draw: st.DrawFn) -> RequestView:
    some = st.frozensets(st.integers(0, 9).map(number), max_size=3)
    first = draw(st.none() | DAYS)
    return request(
        languages=tuple(
            need(code, draw(st.sampled_from(["A2", "B2", "C1"])), everyone=draw(st.booleans()))
            for code in draw(st.lists(st.sampled_from(["fr", "en"]), max_size=2, unique=True))
        ),
        countries=tuple(draw(st.sampled_from([(), ("SN",), ("SN", "PT")]))),
        starts=first,
        ends=first + timedelta(days=20) if first and draw(st.booleans()) else None,
        excluded=draw(some),
        conflicts=draw(some),
        release_required=draw(st.booleans()),
        kinds=draw(st.frozensets(st.sampled_from(ExpertKind), max_size=2)),
    )


@given(views=people(), asked=requests())
def test_everybody_at_once_stands_as_each_alone(
    views: list[ExpertView], asked: RequestView
) -> None:
    index = build_index([profile_of(view) for view in views])
    verdicts = check_everybody(index, asked)
    alone = [check_gates(profile.view, asked) for profile in index.profiles]
    assert [verdicts.results[at] for at in verdicts.of.tolist()] == alone
    assert [verdicts.bands[at] for at in verdicts.of.tolist()] == [band_of(one) for one in alone]


@given(views=people(), asked=requests())
def test_standings_order_by_band_then_by_how_near_the_miss_is(
    views: list[ExpertView], asked: RequestView
) -> None:
    index = build_index([profile_of(view) for view in views])
    verdicts = check_everybody(index, asked)
    keys = [
        (list(Band).index(band_of(one)), shortfall(one) if band_of(one) is Band.NOT else (0, 0.0))
        for one in (check_gates(profile.view, asked) for profile in index.profiles)
    ]
    places = verdicts.standings[verdicts.of].tolist()
    for key, place in zip(keys, places, strict=True):
        assert [other < key for other in keys] == [other < place for other in places]


def margin_of(view: ExpertView, first: date, last: date) -> float:
    """Return the free days of one person around a window, absence by absence."""
    if view.availability_known_until is None or view.availability_known_until < last:
        return float("nan")
    before, after = HORIZON_DAYS, min(HORIZON_DAYS, (view.availability_known_until - last).days)
    for away in view.unavailable:
        if away.overlaps(first, last):
            return 0.0
        if away.end and away.end.last_day < first:
            before = min(before, (first - away.end.last_day).days - 1)
        elif away.start and away.start.first_day > last:
            after = min(after, (away.start.first_day - last).days - 1)
    return float(min(before, after))


def lost_of(view: ExpertView, first: date, last: date) -> int:
    """Return the days of a window that one person surely lacks, day by day."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    lacking = sum(
        (away.start is None or away.start.last_day <= day)
        and (away.end is None or away.end.first_day >= day)
        for away in view.unavailable
        for day in days
    )
    return min(lacking, len(days))


@given(views=people(), first=DAYS, length=st.integers(0, 30))
def test_everybodys_calendar_is_the_calendar_of_each(
    views: list[ExpertView], first: date, length: int
) -> None:
    last, held = first + timedelta(days=length), calendars_of(views)
    assert held.lost(first, last).tolist() == [lost_of(view, first, last) for view in views]
    assert held.touched(first, last).tolist() == [
        any(away.overlaps(first, last) for away in view.unavailable) for view in views
    ]
    margins = np.array([margin_of(view, first, last) for view in views], dtype=float)
    np.testing.assert_array_equal(held.margin(first, last), margins)


def test_a_planned_deployment_keeps_away_from_every_action_but_its_own() -> None:
    own, days = uuid4(), Period(PartialDate(2027, 3, 3), PartialDate(2027, 3, 5))
    view = person(1, engaged=(Engaged(days, own),), availability_known_until=date(2028, 1, 1))
    window = date(2027, 3, 1), date(2027, 3, 12)
    held = calendars_of([view])
    assert held.lost(*window).tolist() == [3]
    assert held.without(uuid4()).lost(*window).tolist() == [3]
    assert held.without(own).lost(*window).tolist() == [0]
    asked = request(starts=window[0], ends=window[1])
    index = build_index([profile_of(view)])
    for one, reason in (
        (asked, "away 3 of the 12 days, 1–12 Mar 2027"),
        (replace(asked, action_id=own), "free 1–12 Mar 2027"),
    ):
        assert reason in {gate.reason for gate in check_gates(view, one)}
        verdicts = check_everybody(index, one)
        assert reason in {gate.reason for gate in verdicts.results[verdicts.of[0]]}


def test_more_combinations_than_a_table_holds_are_told_apart() -> None:
    """Many calendars times many levels: numbers far beyond the people are numbered anew."""
    days = [date(2027, 3, 1) + timedelta(days=n) for n in range(12)]
    views = [
        person(
            n,
            languages=speaks(fr=["A1", "B1", "B2", "C1"][n % 4], en=["A1", "B1", "C1"][n % 3]),
            unavailable=(Period(PartialDate(2027, 3, day.day), PartialDate(2027, 3, day.day + 1)),),
        )
        for n, day in enumerate(days * 3)
    ]
    asked = request(languages=(need("fr"), need("en")))
    index = build_index([profile_of(view) for view in views])
    verdicts = check_everybody(index, asked)
    assert [verdicts.results[at] for at in verdicts.of.tolist()] == [
        check_gates(profile.view, asked) for profile in index.profiles
    ]


@pytest.mark.parametrize("size", [0, 1])
def test_a_roster_of_none_or_one_has_verdicts(size: int) -> None:
    views = [replace(person(1), status=ExpertStatus.PAUSED)][:size]
    verdicts = check_everybody(build_index([profile_of(view) for view in views]), request())
    assert [verdicts.bands[at] for at in verdicts.of.tolist()] == [Band.NOT][:size]
