"""What makes a board quick changes no answer: prices on demand, days sifted, an end in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import Engine
from matching.gates import band_of, check_gates
from matching.teams.attempts import attempt
from matching.teams.coding import encode
from matching.teams.compose import Composer
from matching.teams.easing import OtherDays, only_busy
from matching.teams.relaxations import find_ways
from matching.teams.seating import MOST_OFFERS, seat_people
from roster.dates import PartialDate, Period
from roster.read import ExpertView, RankedExpert, Ranking, TeamRules
from roster.vocabulary import ExpertKind, TeamMode
from tests.matching.people import NOW, need, number, person, request, speaks, topic

EU = ExpertKind.EU_ADMINISTRATION


def ranked(*views: ExpertView) -> tuple[Ranking, Mapping[UUID, ExpertView], TeamRules]:
    """Return a ranking of people for an Arabic speaking pair, with their views and the rules."""
    asked = request(languages=(need("ar"),))
    rules = Composer().default_rules(TeamMode.PEER_TO_PEER, asked, 2)
    standing = [(view, check_gates(view, asked)) for view in views]
    ranked_people = tuple(
        RankedExpert(view.id, 1, band_of(gates), 10.0 * (view.id.int % 7), (), tuple(gates))
        for view, gates in standing
    )
    ranking = Ranking(asked, ranked_people, "test", (), NOW.date())
    return ranking, {view.id: view for view in views}, rules


@st.composite
def officials(draw: st.DrawFn, n: int) -> ExpertView:
    """Draw somebody with a level, a country, a calendar known or not and an absence or none."""
    day = date(2027, 2, 20) + timedelta(draw(st.integers(0, 25)))
    until = day + timedelta(draw(st.integers(0, 4)))
    away = Period(
        PartialDate(day.year, day.month, day.day), PartialDate(until.year, until.month, until.day)
    )
    known = st.sampled_from([None, date(2027, 3, 11), date(2027, 12, 31)])
    return person(
        n,
        kind=EU,
        home_country=draw(st.sampled_from(["PT", "FR", "ES"])),
        languages=draw(st.sampled_from([speaks(ar="C1"), speaks(ar="A2"), speaks(fr="C1")])),
        topics=(topic("document_security", draw(st.sampled_from([0.3, 1.0])), 2010, 2024),),
        unavailable=(away,) if draw(st.booleans()) else (),
        availability_known_until=draw(known),
    )


people = st.lists(st.integers(1, 99), min_size=2, max_size=9, unique=True).flatmap(
    lambda ids: st.tuples(*(officials(n) for n in ids))
)


@settings(max_examples=15, deadline=None)
@given(people)
def test_offers_are_those_of_pricing_everybody(views: tuple[ExpertView, ...]) -> None:
    ranking, held, rules = ranked(*views)
    offers = seat_people(ranking, held, rules, [None, None]).offers[0]
    programme = encode(ranking, held, rules)
    price = programme.prices()[0].copy()
    for rule in programme.rules:
        breaks = (rule.coefficients[0] > rule.most) & (rule.least <= 0)
        price += rule.price * breaks
    order = np.lexsort((-programme.worth[0], price))
    able = [programme.candidates[at].id for at in order if np.isfinite(price[at])]
    assert [one.expert_id for one in offers] == able[:MOST_OFFERS]


@settings(max_examples=15, deadline=None)
@given(people, st.integers(-12, 12).filter(bool), st.booleans())
def test_whom_other_days_leave_out_could_take_no_seat_then(
    views: tuple[ExpertView, ...], shift: int, asked: bool
) -> None:
    ranking, held, rules = ranked(*views)
    assert rules.starts
    assert rules.ends
    then = replace(
        rules,
        starts=rules.starts + timedelta(shift),
        ends=rules.ends + timedelta(shift),
        asked_of=frozenset({"PT", "FR"}) if asked else frozenset(),
    )
    busy = only_busy(ranking, held, then)
    few = OtherDays(busy, held).on(then)
    assert attempt(few, held, then).able == attempt(busy, held, then).able


def test_what_there_was_no_time_to_try_is_said() -> None:
    views = [person(n, kind=EU, home_country="PT", languages=speaks(ar="A2")) for n in (1, 2)]
    ranking, held, rules = ranked(*views)
    found = find_ways(ranking, held, rules, limit_s=0.0)
    (said,) = found.untried
    assert said.startswith("Not every way out was tried, to answer in time; left out: ")
    assert "other days" in said
    assert "lower levels of a language" in said


def test_nothing_is_said_to_be_untried_where_a_way_was_found_in_time() -> None:
    views = [person(n, kind=EU, home_country=c, languages=speaks(ar="A2")) for n, c in FIRST]
    ranking, held, rules = ranked(*views)
    found = find_ways(ranking, held, rules, limit_s=60.0)
    assert found.ways
    assert found.untried == ()


FIRST = ((1, "PT"), (2, "FR"))


def test_without_ways_out_it_is_only_said_that_there_is_no_team() -> None:
    ranking, held, rules = ranked(person(1, kind=EU, home_country="PT", languages=speaks(fr="B2")))
    answer = Composer().compose(ranking, held, rules, ways_out=False)
    assert answer.status == "infeasible"
    assert not answer.proposals
    assert not answer.relaxations
    assert Composer().compose(ranking, held, rules).relaxations


def test_a_ranking_of_the_same_people_is_made_once() -> None:
    views = [person(n, home_country="PT") for n in (1, 2, 3)]
    engine = Engine()
    engine.update(views)
    some = [number(1), number(2)]
    first = engine.rank(request(), among=some, now=NOW)
    assert engine.rank(request(), among=reversed(some), now=NOW) is first
    assert engine.rank(request(), among=[number(1)], now=NOW) is not first
    assert engine.rank(request(), now=NOW) is not first
