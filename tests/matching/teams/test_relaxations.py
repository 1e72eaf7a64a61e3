"""A way out is the least change of its kind, counted, and really gives the team it promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import Engine
from matching.gates import check_gates
from matching.teams.compose import Composer
from roster.dates import PartialDate, Period
from roster.read import ExpertView, RequestView, SeatNeed, TeamAnswer, TeamRules
from roster.vocabulary import ExpertKind, GateOutcome, SeatRole, TeamMode
from tests.matching.people import NOW, need, number, person, request, speaks, topic

EU, OUT = ExpertKind.EU_ADMINISTRATION, ExpertKind.NON_EU_ADMINISTRATION
TOPIC = (topic("document_security", 1.0, 2010, 2024),)


def official(n: int, country: str, **fields: object) -> ExpertView:
    kind = OUT if country in {"SN", "ML", "CV", "JO", "MA"} else EU
    given = {"topics": TOPIC, "languages": speaks(ar="B2"), **fields}
    return person(n, home_country=country, kind=kind, **given)


def away(*days: tuple[int, int, int, int]) -> tuple[Period, ...]:
    """Return absences in 2027: month and day of the first and the last day."""
    return tuple(
        Period(PartialDate(2027, m, d), PartialDate(2027, to_m, to_d)) for m, d, to_m, to_d in days
    )


def composed(
    views: Sequence[ExpertView],
    mode: TeamMode = TeamMode.PEER_TO_PEER,
    n: int = 2,
    asked: RequestView | None = None,
    **changes: object,
) -> TeamAnswer:
    asked = asked or request(languages=(need("ar"),))
    engine = Engine()
    engine.update(views)
    ranking = engine.rank(asked, now=NOW)
    rules = replace(Composer().default_rules(mode, asked, n), **changes)  # type: ignore[arg-type]
    held = {view.id: view for view in views}
    answer = Composer().compose(ranking, held, rules)
    for way in answer.relaxations:
        _gives_a_team(way.rules, Composer().compose(ranking, held, way.rules or rules))
    return answer


def _gives_a_team(rules: TeamRules | None, again: TeamAnswer) -> None:
    assert rules is None or again.proposals


def words(answer: TeamAnswer) -> list[str]:
    return [way.words for way in answer.relaxations]


def test_level_dates_and_focal_points_are_offered_together_with_how_many_each_lets_in() -> None:
    b1, gone = speaks(ar="B1"), away((3, 10, 3, 11))
    views = [
        official(1, "PT", languages=b1),
        official(2, "FR", languages=b1),
        official(3, "ES", unavailable=gone),
        official(4, "IT", unavailable=gone),
        official(5, "PL", unavailable=gone),
        official(6, "DE", availability_known_until=None),
        official(7, "NL", availability_known_until=None),
    ]
    answer = composed(views)
    assert words(answer) == [
        "Ask the focal points of Germany and Netherlands first (2 people to ask)",
        "Move it 3 days earlier, to 26 Feb 2027 – 9 Mar 2027 (3 more people free then)",
        "Accept Arabic at B1 instead of B2 (2 more people)",
    ]
    assert "Nobody who speaks Arabic at B2 is known to be free 1–12 Mar 2027." in answer.reasons


def test_the_level_goes_down_no_further_than_needed() -> None:
    views = [official(1, "PT", languages=speaks(ar="A2")), official(2, "FR")]
    (first, *_) = composed(views).relaxations
    assert first.parts[0].about == ("ar", "B2", "A2")
    assert first.cost == 20


def test_nobody_who_speaks_it_at_all_means_an_interpreter_or_one_who_does() -> None:
    views = [official(n, c, languages=speaks(fr="C1")) for n, c in enumerate(["PT", "FR"])]
    answer = composed(views)
    assert answer.relaxations[0].words.startswith("Work with an interpreter for Arabic")
    assert answer.relaxations[0].parts[0].people == 2
    assert "Nobody is known to speak Arabic at B2." in answer.reasons
    views.append(official(7, "ES"))
    assert "Let one member speak Arabic B2 instead of everybody (2 more people)" in words(
        composed(views)
    )


def test_only_the_countries_that_have_to_be_asked_are_named() -> None:
    unknown = {"availability_known_until": None}
    views = [
        official(1, "PT"),
        official(2, "JO", **unknown),
        official(3, "MA", **unknown, topics=()),
    ]
    first = composed(views, TeamMode.TRIANGULAR).relaxations[0]
    assert first.parts[0].kind == "ask"
    assert first.rules is not None
    assert first.rules.asked_of == {"JO"}


def test_dates_in_the_past_and_before_today_are_not_offered() -> None:
    asked = request(starts=date(2027, 1, 17), ends=date(2027, 1, 20))
    gone = away((1, 18, 2, 1))
    views = [official(n, c, unavailable=gone) for n, c in enumerate(["PT", "FR"])]
    assert "Move it 16 days later, to 2–5 Feb 2027 (2 more people free then)" in words(
        composed(views, asked=asked)
    )


def test_where_one_change_is_not_enough_the_least_that_are_enough_are_told_together() -> None:
    views = [
        official(1, "PT", languages=speaks(ar="B1"), unavailable=away((3, 1, 3, 2))),
        official(2, "PT", unavailable=away((3, 1, 3, 2))),
    ]
    answer = composed(views)
    way = answer.relaxations[0]
    assert {part.kind for part in way.parts} == {"level", "dates", "country"}
    assert way.cost == pytest.approx(10 + 1.5 * 2 + 15)


def test_a_seat_that_nobody_fits_is_taken_without_its_topic_or_left_empty() -> None:
    seats = (SeatNeed(SeatRole.LEAD), SeatNeed(SeatRole.TRAINER, topics=("remittances",)))
    views = [official(1, "PT"), official(2, "FR")]
    answer = composed(views, seats=seats)
    assert words(answer)[0].startswith("Take somebody as trainer without experience in")
    assert words(answer)[-1] == "Leave the seat of trainer empty"


def test_whoever_is_insisted_on_and_cannot_come_is_named_with_the_way_out() -> None:
    views = [official(1, "PT"), official(2, "FR"), official(3, "ES", languages=speaks(fr="C1"))]
    answer = composed(views, forced_in=frozenset({number(3)}))
    assert "Do not insist on Person 3" in words(answer)


def test_another_mode_is_a_way_out_where_nobody_of_the_kind_is_there() -> None:
    views = [official(1, "PT"), official(2, "FR")]
    assert "Make the team peer-to-peer" in words(composed(views, TeamMode.TRIANGULAR))


CALENDARS = st.lists(
    st.tuples(st.integers(0, 80), st.integers(0, 25)).map(
        lambda drawn: Period(
            PartialDate.of(date(2027, 2, 1) + timedelta(drawn[0])),
            PartialDate.of(date(2027, 2, 1) + timedelta(drawn[0] + drawn[1])),
        )
    ),
    max_size=2,
).map(tuple)


@settings(max_examples=10, deadline=None)
@given(calendars=st.lists(CALENDARS, min_size=2, max_size=4))
def test_the_dates_are_moved_by_the_fewest_days_that_give_a_team(
    calendars: list[tuple[Period, ...]],
) -> None:
    codes = ["PT", "FR", "ES", "IT"]
    views = [official(n, codes[n], unavailable=calendar) for n, calendar in enumerate(calendars)]
    asked = request(languages=(need("ar"),))
    answer = composed(views, asked=asked)
    moves = [
        abs(int(part.about[0]))
        for way in answer.relaxations
        for part in way.parts
        if len(way.parts) == 1 and part.kind == "dates"
    ]
    enough = [days for days in range(61) if _free_on(views, asked, days) >= 2]
    if answer.proposals:
        assert enough[0] == 0
    else:
        assert moves == enough[:1] or (not moves and len(answer.relaxations) == 3)
        assert not enough or enough[0] > 0


def _free_on(views: Sequence[ExpertView], asked: RequestView, days: int) -> int:
    """Return how many can come so many days later or earlier, whichever suits more of them."""
    assert asked.starts is not None
    assert asked.ends is not None
    found = 0
    for shift in (timedelta(days), -timedelta(days)):
        if shift and asked.starts + shift <= NOW.date():
            continue
        there = replace(asked, starts=asked.starts + shift, ends=asked.ends + shift)
        fit = [
            all(gate.outcome is GateOutcome.PASS for gate in check_gates(view, there))
            for view in views
        ]
        found = max(found, sum(fit))
    return found
