"""A team made of the best alone is that of everybody, or it is said that more have to be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.teams.compose import Composer
from matching.teams.seating import MOST_OFFERS
from roster.ports import LookFurther
from roster.read import ExpertView, Ranking, SeatNeed, TeamAnswer, TeamRules
from roster.vocabulary import Band, ExpertKind, SeatRole, TeamMode
from tests.matching.people import number, person, request
from tests.properties.test_compose import DAY, PEOPLE, case, ranked, rules_of

EU, OUT = ExpertKind.EU_ADMINISTRATION, ExpertKind.NON_EU_ADMINISTRATION
T = TypeVar("T")
COMPOSER = Composer()
MEMBER_STATES = ("PT", "FR", "ES", "IT", "NL", "BE", "AT", "FI")


def of_the_best(ranking: Ranking, most: int, ask: Callable[[Ranking, float | None], T]) -> T | None:
    """Ask of the best alone; None where more have to be read."""
    order = sorted(ranking.people, key=lambda one: -one.score)
    few = ranking.among({one.expert_id for one in order[:most]})
    try:
        return ask(few, order[most].score if most < len(order) else None)
    except LookFurther:
        return None


def told(answer: TeamAnswer, ranking: Ranking) -> list[object]:
    """Return what each team is worth, and those who could step in."""
    points = {one.expert_id: one.score for one in ranking.people}
    return [
        (
            pytest.approx(one.score, abs=1e-3),
            sorted(tuple(points[who] for who in seat.alternates) for seat in one.seats),
        )
        for one in answer.proposals
    ]


@settings(max_examples=40, deadline=None)
@given(drawn=st.lists(PEOPLE, min_size=8, max_size=24), rules=rules_of(), most=st.integers(4, 16))
def test_what_the_best_alone_answer_everybody_would(
    drawn: list[tuple[tuple[str, ExpertKind], int, Band, str | None]],
    rules: TeamRules,
    most: int,
) -> None:
    ranking, views = case(drawn)
    experts: Mapping[UUID, ExpertView] = views  # type: ignore[assignment]
    answer = of_the_best(
        ranking, most, lambda few, beyond: COMPOSER.compose(few, experts, rules, beyond=beyond)
    )
    if answer is not None:
        everybody = COMPOSER.compose(ranking, experts, rules)
        assert [one.score for one in answer.proposals] == [
            pytest.approx(one.score, abs=1e-3) for one in everybody.proposals
        ]


def crowd(southern: tuple[int, ...]) -> tuple[Ranking, Mapping[UUID, ExpertView], TeamRules]:
    """Return sixty officials, the best first, some of them of the South, for a triangular team."""
    views = [
        person(n, home_country="ML", kind=OUT)
        if n in southern
        else person(n, home_country=MEMBER_STATES[n % len(MEMBER_STATES)], kind=EU)
        for n in range(60)
    ]
    # Points of which no two sums are the same, so that each team is the only one as good.
    people = tuple(ranked(n, 100 - n - n**0.5 / 9, Band.FIT) for n in range(60))
    rules = TeamRules(
        mode=TeamMode.TRIANGULAR,
        seats=(SeatNeed(SeatRole.THEMATIC_EXPERT),) * 3,
        beneficiaries=("SN",),
    )
    return Ranking(request(), people, "test", (), DAY), {one.id: one for one in views}, rules


def test_twenty_of_sixty_are_enough_where_the_south_is_among_them() -> None:
    ranking, experts, rules = crowd(southern=(3, 5, 7, 9, 11, 13, 15, 30, 31))
    answer = of_the_best(
        ranking, 20, lambda few, beyond: COMPOSER.compose(few, experts, rules, beyond=beyond)
    )
    assert answer is not None
    everybody = COMPOSER.compose(ranking, experts, rules)
    assert told(answer, ranking) == told(everybody, ranking)
    seated = [seat.expert_id for seat in answer.proposals[0].seats]
    offered = of_the_best(
        ranking, 20, lambda few, beyond: COMPOSER.seat(few, experts, rules, seated, beyond=beyond)
    )
    assert offered == COMPOSER.seat(ranking, experts, rules, seated)
    assert all(len(seat) == MOST_OFFERS for seat in offered.offers)
    why = of_the_best(
        ranking,
        20,
        lambda few, beyond: COMPOSER.why_not(
            number(17), few, experts, rules, answer, beyond=beyond
        ),
    )
    assert why == COMPOSER.why_not(number(17), ranking, experts, rules, answer)


@pytest.mark.parametrize(
    "southern",
    [(), (25,), (3, 25), (3, 18, 19, 25)],
    ids=["nobody", "beyond", "too few to step in", "better beyond"],
)
def test_more_are_read_where_somebody_left_out_could_change_the_answer(
    southern: tuple[int, ...],
) -> None:
    ranking, experts, rules = crowd(southern)
    answer = of_the_best(
        ranking, 20, lambda few, beyond: COMPOSER.compose(few, experts, rules, beyond=beyond)
    )
    assert answer is None


def test_more_are_read_for_a_seat_that_few_of_the_best_could_take() -> None:
    ranking, experts, rules = crowd(southern=(3, 5, 25, 27))
    rules = replace(
        rules, seats=(*rules.seats[:2], SeatNeed(SeatRole.SOUTHERN_PEER, kinds=frozenset({OUT})))
    )
    people = [number(0), number(1), None]
    offered = of_the_best(
        ranking, 20, lambda few, beyond: COMPOSER.seat(few, experts, rules, people, beyond=beyond)
    )
    assert offered is None
