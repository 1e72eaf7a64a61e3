"""A plan for many requests: the best there is, no rule broken, nobody in two places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.teams.compose import Composer
from matching.teams.portfolio import MOST_REQUESTS, Planner
from roster.errors import InvalidInput
from roster.read import (
    Engagement,
    ExpertView,
    GateResult,
    LanguageNeed,
    Portfolio,
    PortfolioLimits,
    RankedExpert,
    Ranking,
    RequestPlan,
    TeamAsked,
    TrackRecord,
)
from roster.vocabulary import (
    Band,
    ExpertKind,
    Gate,
    GateOutcome,
    Priority,
    TeamMode,
)
from tests.matching.people import need, number, person, request, speaks

TODAY = date(2027, 1, 15)
MARCH = date(2027, 3, 1)
EU, OUT = ExpertKind.EU_ADMINISTRATION, ExpertKind.NON_EU_ADMINISTRATION
FREE = PortfolioLimits(None, None, 0)
WEIGHT = {Priority.HIGH: 4, Priority.NORMAL: 2, Priority.LOW: 1}


def ranked(n: int, score: float, band: Band = Band.FIT) -> RankedExpert:
    outcome = GateOutcome.PASS if band is Band.FIT else GateOutcome.UNKNOWN
    gate = GateResult(Gate.STATUS, outcome, "paused on the roster")
    return RankedExpert(number(n), n + 1, band, score, (), (gate,))


def asked(
    n: int,
    scores: Mapping[int, float],
    *,
    size: int = 1,
    mode: TeamMode = TeamMode.CUSTOM,
    starts: date | None = MARCH,
    days: int = 5,
    priority: Priority = Priority.NORMAL,
    languages: tuple[LanguageNeed, ...] = (),
    least_practitioners: float = 0.0,
    ask: Collection[int] = (),
) -> TeamAsked:
    ends = starts + timedelta(days=days - 1) if starts else None
    wanted = request(id=UUID(int=n), starts=starts, ends=ends, languages=languages)
    best = sorted(scores.items(), key=lambda one: (-one[1], one[0]))
    people = [ranked(one, score) for one, score in best]
    people += [ranked(one, 0.0, Band.ASK) for one in ask]
    ranking = Ranking(wanted, tuple(people), "test", (), TODAY)
    rules = Composer().default_rules(mode, wanted, size)
    return TeamAsked(ranking, replace(rules, least_practitioners=least_practitioners), priority)


def planned(
    requests: Sequence[TeamAsked],
    views: Sequence[ExpertView],
    limits: PortfolioLimits = FREE,
    engaged: Sequence[Engagement] = (),
) -> Portfolio:
    by_id = {view.id: view for view in views}

    def of(ids: Collection[UUID]) -> Mapping[UUID, ExpertView]:
        return {one: by_id[one] for one in ids if one in by_id}

    return Planner().plan(requests, of, limits, engaged)


def seated(plan: RequestPlan) -> set[UUID]:
    return {seat.expert_id for seat in plan.seats}


# --- Against every plan there is ------------------------------------------------------------------

PEOPLE = st.sampled_from([("PT", EU), ("FR", EU), ("DE", EU), ("ML", OUT), ("CV", OUT)])


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[TeamAsked], list[ExpertView], PortfolioLimits]:
    drawn = draw(st.lists(st.tuples(PEOPLE, st.booleans()), min_size=1, max_size=5))
    views = [
        person(n, home_country=country, kind=kind, track=TrackRecord(deployments=int(old)))
        for n, ((country, kind), old) in enumerate(drawn)
    ]
    requests = [
        asked(
            n,
            {
                one: draw(st.integers(0, 40)) + n / 7
                for one in range(len(views))
                if draw(st.booleans())
            },
            size=draw(st.integers(1, 2)),
            mode=draw(st.sampled_from([TeamMode.CUSTOM, TeamMode.PEER_TO_PEER])),
            starts=draw(st.sampled_from([None, MARCH, MARCH + timedelta(days=7)])),
            days=draw(st.sampled_from([5, 8])),
            priority=draw(st.sampled_from(list(Priority))),
        )
        for n in range(draw(st.integers(1, 3)))
    ]
    limits = PortfolioLimits(
        draw(st.sampled_from([None, 1, 2])),
        draw(st.sampled_from([None, 8, 13])),
        draw(st.integers(0, 3)),
        draw(st.sampled_from([0.0, 0.5])),
    )
    return requests, views, limits


Team = tuple[UUID, ...]
Case = tuple[list[TeamAsked], list[ExpertView], PortfolioLimits]


def teams_of(one: TeamAsked, views: Mapping[UUID, ExpertView]) -> Iterator[Team]:
    """Yield no team, and each team that keeps the rules of its own request."""
    yield ()
    fit = [person.expert_id for person in one.ranking.people]
    for team in permutations(fit, len(one.rules.seats)):
        countries = Counter(views[member].home_country for member in team)
        kinds = [views[member].kind for member in team]
        fits_mode = one.rules.mode is TeamMode.CUSTOM or all(kind is EU for kind in kinds)
        if max(countries.values()) == 1 and fits_mode and list(team) == sorted(team):
            yield team


def plans_of(
    requests: Sequence[TeamAsked], views: Mapping[UUID, ExpertView], limits: PortfolioLimits
) -> Iterator[tuple[Team, ...]]:
    """Yield every plan in which nobody exceeds anything."""

    def rest(at: int, chosen: tuple[Team, ...]) -> Iterator[tuple[Team, ...]]:
        if at == len(requests):
            yield chosen
            return
        for team in teams_of(requests[at], views):
            if is_possible(requests, (*chosen, team), limits):
                yield from rest(at + 1, (*chosen, team))

    for plan in rest(0, ()):
        members = [one for team in plan for one in team]
        new = sum(views[one].track.deployments == 0 for one in members)
        if new >= limits.least_newcomers * len(members):
            yield plan


def is_possible(
    requests: Sequence[TeamAsked], teams: Sequence[Team], limits: PortfolioLimits
) -> bool:
    trips = [
        (one, wanted.rules.starts, wanted.rules.ends)
        for wanted, team in zip(requests, teams, strict=False)
        for one in team
        if wanted.rules.starts and wanted.rules.ends
    ]
    for at, (one, first, last) in enumerate(trips):
        for other, start, end in trips[:at]:
            apart = limits.margin_days
            if one == other and (start - last).days <= apart and (first - end).days <= apart:
                return False
    for one in {trip[0] for trip in trips}:
        own = [trip for trip in trips if trip[0] == one]
        days = sum((last - first).days + 1 for _, first, last in own)
        if len(own) > (limits.most_deployments_a_year or 99):
            return False
        if days > (limits.most_days_a_year or 999):
            return False
    return True


def value_of(
    requests: Sequence[TeamAsked], teams: Sequence[Collection[UUID]]
) -> tuple[float, float]:
    """Return weighted teams and weighted points."""
    made = points = 0.0
    for one, team in zip(requests, teams, strict=True):
        scores = {person.expert_id: person.score for person in one.ranking.people}
        made += WEIGHT[one.priority] * bool(team)
        points += WEIGHT[one.priority] * sum(scores[member] for member in team)
    return made, points


@settings(max_examples=10, deadline=None)
@given(case=cases())
def test_no_plan_is_better_and_none_of_its_rules_is_broken(case: Case) -> None:
    _hold_against_every_plan(case)


@pytest.mark.long
@settings(max_examples=300, deadline=None)
@given(case=cases())
def test_in_hundreds_of_cases_no_plan_is_better(case: Case) -> None:
    _hold_against_every_plan(case)


def _hold_against_every_plan(case: Case) -> None:
    requests, views, limits = case
    by_id = {view.id: view for view in views}
    found = planned(requests, views, limits)
    teams = [tuple(sorted(seated(plan))) for plan in found.plans]
    assert all(team in set(teams_of(one, by_id)) for one, team in zip(requests, teams, strict=True))
    assert is_possible(requests, teams, limits)
    best = max(value_of(requests, plan) for plan in plans_of(requests, by_id, limits))
    assert value_of(requests, teams) == pytest.approx(best, abs=0.02)
    assert found.is_proven
    assert found.gap == pytest.approx(0, abs=0.01)


def test_the_answer_does_not_depend_on_the_order_of_the_requests() -> None:
    views = [person(n, home_country=c) for n, c in enumerate(("PT", "FR", "DE"))]
    requests = [asked(n, {0: 30.0, 1: 29.0, 2: 10.0}) for n in range(3)]
    there = {plan.request_id: seated(plan) for plan in planned(requests, views).plans}
    back = {plan.request_id: seated(plan) for plan in planned(requests[::-1], views).plans}
    assert there == back
    assert len(set().union(*there.values())) == 3


def test_people_far_down_are_looked_at_only_where_the_proof_needs_them() -> None:
    views = [person(n, home_country="PT" if n < 150 else "FR") for n in range(160)]
    scores = {n: 90.0 - n / 10 for n in range(160)}
    found = planned([asked(1, scores, size=2)], views)
    assert seated(found.plans[0]) == {number(0), number(150)}
    assert found.is_proven


def test_whom_the_roster_lacks_is_named_and_counted() -> None:
    views = [person(0, home_country="PT")]
    french = (need("fr"),)
    requests = [
        asked(n, {0: 20.0}, size=2, mode=TeamMode.TRIANGULAR, languages=french, starts=None)
        for n in (1, 2)
    ]
    found = planned(requests, [replace(views[0], languages=speaks(fr="C1"))])
    (lack,) = found.lacks
    assert (lack.kind, lack.seats, lack.regions) == (OUT, 1, ("011",))
    assert [one.language for one in lack.languages] == ["fr"]
    assert lack.request_ids == (UUID(int=1), UUID(int=2))
    assert all(plan.alone is None and plan.recruits for plan in found.plans)


def test_a_request_that_loses_its_people_to_others_says_to_whom() -> None:
    views = [person(0, home_country="PT")]
    high = asked(1, {0: 10.0}, priority=Priority.HIGH)
    found = planned([asked(2, {0: 50.0}), high], views)
    without, staffed = found.plans
    assert seated(staffed) == {number(0)}
    assert (without.alone, without.in_turn, without.free) == (50.0, None, 0)
    assert without.rivals == (UUID(int=1),)
    assert without.recruits


def test_who_is_bound_elsewhere_is_not_planned_and_her_trips_count() -> None:
    views = [person(n, home_country=c) for n, c in enumerate(("PT", "FR"))]
    away = Engagement(number(0), MARCH - timedelta(days=4), MARCH - timedelta(days=1))
    requests = [asked(1, {0: 50.0, 1: 5.0})]
    late = [asked(1, {0: 50.0, 1: 5.0}, starts=MARCH + timedelta(days=60))]
    near = planned(requests, views, PortfolioLimits(None, None, 2), [away])
    assert seated(near.plans[0]) == {number(1)}
    assert seated(planned(requests, views, FREE, [away]).plans[0]) == {number(0)}
    assert seated(planned(late, views, FREE, [away]).plans[0]) == {number(0)}
    once = PortfolioLimits(1, None, 0)
    assert seated(planned(late, views, once, [away]).plans[0]) == {number(1)}


def test_nothing_asked_is_an_empty_plan_and_too_much_is_refused() -> None:
    assert planned([], []).plans == ()
    with pytest.raises(InvalidInput, match="twice"):
        planned([asked(1, {}), asked(1, {})], [])
    with pytest.raises(InvalidInput, match="at most"):
        planned([asked(n, {}) for n in range(MOST_REQUESTS + 1)], [])
