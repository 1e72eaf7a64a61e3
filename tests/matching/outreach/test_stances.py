"""What states say themselves moves them by a rule: an interest lifts, a refusal never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.outreach.history import Need, member_states
from matching.outreach.lenders import MEASURED
from matching.outreach.stances import STANCES, WEIGHTS, stances_of
from matching.outreach.suggest import Adviser
from roster.read import (
    NOTHING_SAID,
    Heard,
    InterestView,
    OutreachReason,
    RequestView,
    Stances,
    StateAnswer,
    Told,
)
from roster.vocabulary import RefusalReason

ON = date(2027, 3, 1)
STATES = ("DE", "FR", "PT")
TOPIC, OTHER = "border_management", "remittances"
EC = RequestView(None, "Help", countries=("EC",), topics=(TOPIC,))
NEED = Need(("EC",), {TOPIC: 1.0}, frozenset(), ON)
YES = StateAnswer("PT", (TOPIC,), date(2027, 1, 10), agreed=True)
NO = replace(YES, agreed=False, reason=RefusalReason.INTEREST)
SILENT = replace(YES, agreed=None)

days = st.integers(0, 2000).map(lambda back: ON - timedelta(days=back))
answers = st.builds(
    lambda country, topics, on, said: StateAnswer(country, topics, on, *said),
    st.sampled_from(STATES),
    st.sampled_from([(TOPIC,), (OTHER,), (TOPIC, OTHER), ()]),
    days,
    st.sampled_from(
        [(True, None), (None, None), *((False, why) for why in (*RefusalReason, None))]
    ),
)
some = st.lists(answers, max_size=8)


def interest(
    *topics: str, regions: tuple[str, ...] = (), on: date = date(2027, 2, 1), state: str = "PT"
) -> InterestView:
    at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    return InterestView(state, topics, regions, "", at)


def reason(stances: Stances, told: Told, state: str = "PT", on: date = ON) -> OutreachReason:
    row = stances_of(NEED, stances, STATES, on)[STATES.index(state)]
    return row[STANCES.index(told)]


def called(*given: StateAnswer) -> Stances:
    return Stances(calls=given)


def points(stances: Stances, told: Told = Told.CALLS, state: str = "PT", on: date = ON) -> float:
    return reason(stances, told, state, on).points


# --- Unknown is neither plus nor minus ------------------------------------------------------------


def test_a_state_that_said_nothing_has_no_points_whatever_others_said() -> None:
    told = Stances((interest(TOPIC),), (YES, NO, SILENT, replace(YES, country="DE")), (NO,))
    for row in stances_of(NEED, told, ("FR",), ON):
        assert [one.points for one in row] == [0.0, 0.0, 0.0]
    assert reason(told, Told.CALLS, "FR").heard == Heard()
    assert reason(told, Told.INTEREST, "FR").on is None


@given(st.sampled_from([TOPIC, OTHER, "data_management"]), st.sampled_from(["EC", "SN", "MD"]))
@settings(max_examples=9)
def test_the_evaluation_on_past_actions_is_not_touched(topic: str, country: str) -> None:
    """No past Action knows of any interest or answer: each column is exactly 0 for each state."""
    need = Need((country,), {topic: 1.0}, frozenset(), ON)
    found = stances_of(need, NOTHING_SAID, member_states(ON), ON)
    assert {one.points for row in found for one in row} == {0.0}
    assert not set(STANCES) & set(MEASURED)
    assert set(Told) == {*STANCES, *MEASURED}


def test_where_nobody_said_anything_the_past_alone_orders_and_it_is_said() -> None:
    """The columns are 0 for past Actions, of which nothing of the kind is known."""
    adviser = Adviser()
    bare, silent = adviser.advise(EC, (), ON), adviser.advise(EC, (), ON, NOTHING_SAID)
    assert bare == silent
    assert set(STANCES) <= set(bare.missing)
    for one in bare.states:
        told = {reason.told: reason.points for reason in one.reasons}
        assert [told.pop(name) for name in STANCES] == [0.0, 0.0, 0.0]
        assert sum(told.values()) == pytest.approx(one.score, abs=1e-9)


def test_an_interest_in_something_else_is_no_no() -> None:
    told = Stances((interest(OTHER, regions=("011",)),))
    assert reason(told, Told.INTEREST).points == 0.0
    assert reason(told, Told.INTEREST).on == date(2027, 2, 1)
    assert reason(Stances((interest(),)), Told.INTEREST).on is None


def test_what_moves_nobody_is_missing() -> None:
    told = Stances((interest(TOPIC),), (YES,))
    assert Adviser().advise(EC, (), ON, told).missing[-1] is Told.RELEASES
    nothing = RequestView(None, "?")
    assert Told.INTEREST in Adviser().advise(nothing, (), ON, told).missing


# --- Interests ------------------------------------------------------------------------------------


def test_topics_and_places_count_half_each() -> None:
    both, topic, place = (
        points(Stances((one,)), Told.INTEREST, on=date(2027, 2, 1))
        for one in (
            interest(TOPIC, regions=("005",)),
            interest(TOPIC, OTHER),
            interest(regions=("EC",)),
        )
    )
    assert (both, topic, place) == (WEIGHTS[Told.INTEREST], both / 2, both / 2)
    told = reason(Stances((interest(TOPIC, regions=("005", "BR")),)), Told.INTEREST)
    assert told.names == (TOPIC, "005")


@settings(max_examples=30)
@given(
    few=st.sets(st.sampled_from([TOPIC, OTHER, "EC", "005", "FR"])),
    more=st.sampled_from([TOPIC, OTHER, "EC", "005", "SN"]),
    on=days,
)
def test_naming_more_never_counts_less_and_an_interest_never_lowers(
    few: set[str], more: str, on: date
) -> None:
    def worth(named: set[str]) -> float:
        topics = tuple(sorted(one for one in named if one in {TOPIC, OTHER}))
        places = tuple(sorted(named - set(topics)))
        return points(Stances((interest(*topics, regions=places, on=on),)), Told.INTEREST)

    assert 0 <= worth(few) <= worth(few | {more}) <= WEIGHTS[Told.INTEREST]


@settings(max_examples=30)
@given(day=days, later=days)
def test_an_older_interest_counts_less(day: date, later: date) -> None:
    older, newer = sorted((day, later))
    old, new = (points(Stances((interest(TOPIC, on=on),)), Told.INTEREST) for on in (older, newer))
    assert old <= new
    assert points(Stances((interest(TOPIC, on=ON + timedelta(3)),)), Told.INTEREST) == 0.5


# --- Answers --------------------------------------------------------------------------------------


@settings(max_examples=30)
@given(some, answers)
def test_no_refusal_and_no_silence_ever_lifts_and_no_yes_lowers(
    before: list[StateAnswer], more: StateAnswer
) -> None:
    was = points(called(*before), state=more.country)
    now = points(called(*before, more), state=more.country)
    assert now >= was - 1e-9 if more.agreed else now <= was + 1e-9


@settings(max_examples=10)
@given(some, some, some)
def test_points_add_up_to_the_score_and_the_order_of_what_was_said_changes_nothing(
    calls: list[StateAnswer], releases: list[StateAnswer], wanted: list[StateAnswer]
) -> None:
    wishes = {one.country: interest(*one.topics, on=one.on, state=one.country) for one in wanted}
    told = Stances(tuple(wishes.values()), tuple(calls), tuple(releases))
    turned = Stances(told.interests[::-1], told.calls[::-1], told.releases[::-1])
    advice = Adviser().advise(EC, (), ON, told)
    assert advice == Adviser().advise(EC, (), ON, turned)
    assert [one.score for one in advice.states] == sorted(
        (one.score for one in advice.states), reverse=True
    )
    for one in advice.states:
        assert sum(part.points for part in one.reasons) == pytest.approx(one.score, abs=1e-9)
        assert [part.points for part in one.reasons] == sorted(
            (part.points for part in one.reasons), reverse=True
        )


@pytest.mark.parametrize("why", [*RefusalReason, None], ids=str)
@settings(max_examples=10)
@given(day=days, later=days)
def test_a_refusal_fades(why: RefusalReason | None, day: date, later: date) -> None:
    older, newer = sorted((day, later))
    old, new = (points(called(replace(NO, on=on, reason=why))) for on in (older, newer))
    assert new <= old < 0


def test_want_of_staff_says_less_a_year_later_than_want_of_interest() -> None:
    staff, none = replace(NO, reason=RefusalReason.STAFF), NO
    year = timedelta(days=365)
    now = [points(called(one), on=one.on) for one in (staff, none)]
    later = [points(called(one), on=one.on + year) for one in (staff, none)]
    assert now[1] < now[0] < 0
    assert later[0] / now[0] < 0.3 < later[1] / now[1]


def test_want_of_interest_is_about_the_topic_and_want_of_staff_is_not() -> None:
    elsewhere = replace(NO, topics=(OTHER,))
    assert points(called(elsewhere)) > 0.9 * points(called(NO))
    assert points(called(NO)) < -0.1
    unknown = replace(NO, topics=())
    assert points(called(unknown)) == 0.0
    assert reason(called(unknown), Told.CALLS).heard == Heard()
    staff = [replace(NO, topics=one, reason=RefusalReason.STAFF) for one in ((OTHER,), (TOPIC,))]
    assert points(called(staff[0])) == points(called(staff[1])) < 0


def test_few_answers_are_drawn_to_what_the_others_answer() -> None:
    one, five = points(called(YES)), points(called(*[YES] * 5))
    assert 0 < one < five < WEIGHTS[Told.CALLS]
    others = [replace(YES, country="DE")] * 20
    assert points(called(YES, *others)) < one / 2
    silent = [replace(SILENT, country="DE")] * 20
    assert points(called(YES, *silent)) > one


def test_releases_count_less_than_calls() -> None:
    assert points(Stances(releases=(NO,)), Told.RELEASES) == pytest.approx(points(called(NO)) / 2)


def test_answers_are_counted_whole_with_their_reasons() -> None:
    staff = replace(NO, reason=RefusalReason.STAFF)
    other = replace(NO, reason=RefusalReason.OTHER, on=date(2027, 2, 2))
    found = reason(called(YES, other, staff, staff, SILENT), Told.CALLS).heard
    why = (RefusalReason.STAFF, RefusalReason.OTHER)
    assert found == Heard(agreed=1, declined=3, silent=1, why=why, latest=date(2027, 2, 2))
    assert found.asked == 5


def test_who_declined_on_the_topic_is_asked_later_and_who_is_no_member_not_at_all() -> None:
    foreign = replace(YES, country="GB")
    advice = Adviser().advise(EC, (), ON, called(NO, foreign))
    assert advice.states[-1].country == "PT"
    assert {one.country for one in advice.states} == set(member_states(ON))
    chances = [one.chance for one in advice.states]
    assert chances == [None] * len(chances)
