"""Teams held against every team there is: the best, the next that differ, and the honest "no"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, permutations
from math import ceil
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.gates import band_of, check_gates
from matching.teams.checking import check_team
from matching.teams.coding import encode, proposal_of
from matching.teams.compose import Composer, best_teams
from matching.teams.constraints import kind_on
from matching.teams.programme import Programme, Solution, best_team, family, narrowed, solve
from matching.teams.sifting import Pairs, sieve_of
from roster.dates import PartialDate, Period
from roster.read import (
    ExpertView,
    LanguageNeed,
    Load,
    RankedExpert,
    Ranking,
    SeatNeed,
    TeamProposal,
    TeamRules,
)
from roster.vocabulary import (
    ActivityType,
    Band,
    ExpertKind,
    ExpertStatus,
    LanguageLevel,
    SeatRole,
    TeamMode,
)
from tests.matching.people import did, number, person, post, request, speaks, topic

Case = tuple[Ranking, dict[UUID, ExpertView]]
DAY = date(2027, 3, 1)
EU, OUT = ExpertKind.EU_ADMINISTRATION, ExpertKind.NON_EU_ADMINISTRATION
ASKED = request()
AWAY = (Period(PartialDate(2027, 3, 4), PartialDate(2027, 3, 6)),)


@st.composite
def people(draw: st.DrawFn, most: int = 7) -> Case:
    """Draw a few people, many of them alike, held against the conditions of the request."""
    views = []
    for n in range(draw(st.integers(1, most))):
        country, kind = draw(
            st.sampled_from(
                [("PT", EU), ("FR", EU), ("FR", EU), ("ML", OUT), ("SN", OUT), ("FR", None)]
            )
        )
        given: dict[str, Any] = {
            "languages": speaks(fr=draw(st.sampled_from(["B1", "C1", "C1", None])), ar="B2"),
            "posts": (post("Officer", 2015, employer=draw(st.sampled_from(["Police", "Office"]))),),
            "topics": tuple(topic(one) for one in draw(st.sampled_from(["", "a", "ab"]))),
            "activities": did(*draw(st.sampled_from([[], [ActivityType.TRAINING]]))),
            "status": draw(st.sampled_from([ExpertStatus.ACTIVE] * 5 + [ExpertStatus.WITHDRAWN])),
            "unavailable": draw(st.sampled_from([(), (), (), AWAY])),
        }
        if draw(st.integers(0, 5)) == 0:
            given["availability_known_until"] = None
        views.append(
            person(n, home_country=country, kind=kind or ExpertKind.PRIVATE_CONSULTANT, **given)
        )
    return held(views, [draw(st.integers(0, 40)) for _ in views])


def held(views: Sequence[ExpertView], scores: Sequence[int]) -> Case:
    ranked = []
    for at, (view, score) in enumerate(zip(views, scores, strict=True)):
        gates = check_gates(view, ASKED)
        ranked.append(RankedExpert(view.id, at + 1, band_of(gates), float(score), (), gates))
    return Ranking(ASKED, tuple(ranked), "test", (), DAY), {view.id: view for view in views}


FRENCH = LanguageNeed("fr", LanguageLevel.B2)
SEATS = st.builds(
    SeatNeed,
    role=st.sampled_from([SeatRole.LEAD, SeatRole.TRAINER]),
    topics=st.sampled_from([(), (), ("a",), ("b",)]),
    activities=st.sampled_from([(), (), (ActivityType.TRAINING,)]),
    languages=st.sampled_from([(), (), (FRENCH,), (FRENCH, LanguageNeed("ru", LanguageLevel.A2))]),
    one_language=st.booleans(),
    kinds=st.sampled_from([frozenset(), frozenset(), frozenset({EU}), frozenset({EU, OUT})]),
    days=st.sampled_from([None, None, 5]),
)
SOME = st.frozensets(st.integers(0, 6).map(number), max_size=1)
PAIR = st.frozensets(st.integers(0, 6).map(number), min_size=2, max_size=2)


@st.composite
def all_kinds_of_rules(draw: st.DrawFn) -> TeamRules:
    """Draw rules of every kind, most of them off most of the time."""
    return TeamRules(
        mode=draw(st.sampled_from([*TeamMode, TeamMode.CUSTOM])),
        seats=tuple(draw(st.lists(SEATS, min_size=1, max_size=3))),
        most_per_country=draw(st.integers(1, 3)),
        most_per_administration=draw(st.integers(1, 2)),
        least_practitioners=draw(st.sampled_from([0.0, 0.5, 1.0])),
        everyone_speaks=draw(st.sampled_from([(), (), (FRENCH,)])),
        someone_speaks=draw(st.sampled_from([(), (), (FRENCH,)])),
        covered=draw(st.sampled_from([(), (), (("a",),), (("a",), ("b",))])),
        forced_in=draw(st.just(frozenset()) | SOME),
        forced_out=draw(st.just(frozenset()) | SOME),
        conflicts=draw(st.just(frozenset()) | SOME),
        together=draw(st.just(()) | st.tuples(PAIR)),
        apart=draw(st.just(()) | st.tuples(PAIR)),
        asked_later=draw(st.sampled_from([False, False, True])),
        most_days_a_year=draw(st.sampled_from([None, None, 20])),
        loads=draw(st.sampled_from([(), (Load(number(0), days=15),)])),
        beneficiaries=("SN",),
        starts=ASKED.starts,
        ends=ASKED.ends,
    )


# --- Every team there is, by the words of the rules -----------------------------------------------


def may_sit(one: RankedExpert, view: ExpertView, seat: SeatNeed, rules: TeamRules) -> bool:
    """Whether somebody can take a seat, as a reader of the rules would say."""
    if view.id in rules.conflicts | rules.forced_out:
        return False
    away = 3 if view.unavailable else 0
    is_there = not away or (seat.days is not None and 12 - away >= seat.days)
    if not is_there or view.status is not ExpertStatus.ACTIVE or view.home_country == "SN":
        return False
    asked = rules.asked_later or view.id in rules.forced_in
    if one.band is Band.ASK and not asked:
        return False
    if rules.most_days_a_year is not None:
        out = sum(load.days for load in rules.loads if load.expert_id == view.id)
        if out + (seat.days or 12) > rules.most_days_a_year:
            return False
    return _speaks_enough(view, seat, rules) and _suits(view, seat)


def _speaks_enough(view: ExpertView, seat: SeatNeed, rules: TeamRules) -> bool:
    able = [_speaks(view, need, rules) for need in seat.languages]
    enough = any if seat.one_language and able else all
    return enough(able) and all(_speaks(view, need, rules) for need in rules.everyone_speaks)


def _speaks(view: ExpertView, need: LanguageNeed, rules: TeamRules) -> bool:
    levels = {item.value.language: item.value.level for item in view.languages}
    level = levels.get(need.language)
    if level is None:
        return need.language in levels and rules.asked_later
    return level.rank >= need.minimum.rank


def _suits(view: ExpertView, seat: SeatNeed) -> bool:
    topics = {item.value.topic for item in view.topics}
    activities = {item.value.activity for item in view.activities}
    return (
        (not seat.kinds or kind_on(view, DAY) in seat.kinds)
        and (not seat.topics or bool(topics & set(seat.topics)))
        and (not seat.activities or bool(activities & set(seat.activities)))
    )


def keeps_rules(team: Sequence[ExpertView], rules: TeamRules) -> bool:
    """Whether the rules over the whole team hold."""
    ids = {view.id for view in team}
    countries = Counter(view.home_country for view in team)
    offices = Counter((view.home_country, view.posts[0].value.employer) for view in team)
    kinds = [kind_on(view, DAY) for view in team]
    topics = {item.value.topic for view in team for item in view.topics}
    fluent = [view.languages[0].value.level is LanguageLevel.C1 for view in team]
    return (
        max(countries.values()) <= rules.most_per_country
        and max(offices.values()) <= rules.most_per_administration
        and sum(kind in {EU, OUT} for kind in kinds) >= ceil(rules.least_practitioners * len(team))
        and (not rules.someone_speaks or any(fluent))
        and all(set(group) & topics for group in rules.covered)
        and ids >= rules.forced_in
        and all(group <= ids or not group & ids for group in rules.together)
        and all(len(group & ids) <= 1 for group in rules.apart)
        and _mode_kept(team, kinds, rules)
    )


def _mode_kept(
    team: Sequence[ExpertView], kinds: Sequence[ExpertKind | None], rules: TeamRules
) -> bool:
    if rules.mode is TeamMode.PEER_TO_PEER:
        least = max(1, ceil(rules.least_practitioners * len(team)))
        return kinds.count(EU) >= least and OUT not in kinds
    if rules.mode is TeamMode.TRIANGULAR:
        return EU in kinds and OUT in kinds
    return True


def every_team(case: Case, rules: TeamRules) -> Iterator[tuple[RankedExpert, ...]]:
    """Yield who sits where in each team that keeps all rules."""
    ranking, views = case
    for some in combinations(ranking.people, len(rules.seats)):
        if not keeps_rules([views[one.expert_id] for one in some], rules):
            continue
        for team in permutations(some):
            seated = zip(team, rules.seats, strict=True)
            if all(may_sit(one, views[one.expert_id], seat, rules) for one, seat in seated):
                yield team


def _ids(proposal: TeamProposal) -> set[UUID]:
    return {seat.expert_id for seat in proposal.seats}


# --- What is claimed ------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(case=people(), rules=all_kinds_of_rules())
def test_each_team_is_the_best_that_differs_and_no_is_said_only_when_it_is_true(
    case: Case, rules: TeamRules
) -> None:
    rules = replace(rules, forced_in=rules.forced_in & set(case[1]))
    programme = encode(*case, rules)
    teams = [] if rules.forced_in & rules.forced_out else list(every_team(case, rules))
    searches = [] if rules.forced_in & rules.forced_out else best_teams(programme)
    assert all(one.proven for one in searches)
    found = [one.solution for one in searches if one.solution is not None]
    proposals = [proposal_of(programme, one, rules) for one in found]
    _best_of(proposals, teams, len(rules.seats))
    _kept(proposals, teams)


def _kept(proposals: Sequence[TeamProposal], teams: Sequence[tuple[RankedExpert, ...]]) -> None:
    there = {tuple(one.expert_id for one in team) for team in teams}
    for proposal in proposals:
        assert tuple(seat.expert_id for seat in proposal.seats) in there
        assert not [check for check in proposal.rules if check.state == "broken"]
        _steps_in(proposal, teams)


@pytest.mark.long
@settings(max_examples=120, deadline=None)
@given(case=people(), rules=all_kinds_of_rules())
def test_an_answer_has_teams_or_reasons(case: Case, rules: TeamRules) -> None:
    answer = Composer().compose(*case, rules)
    teams = list(every_team(case, rules))
    _best_of(answer.proposals, teams, len(rules.seats))
    _kept(answer.proposals, teams)
    assert (answer.status, answer.gap) == ("optimal" if teams else "infeasible", 0.0)
    assert bool(answer.reasons) is not bool(teams)


def _best_of(
    proposals: Sequence[TeamProposal], teams: Sequence[tuple[RankedExpert, ...]], n_seats: int
) -> None:
    """Hold each proposal against the best of all teams that differ enough from those before."""
    least = max(1, ceil(n_seats / 3))
    for at in range(3):
        before = [_ids(proposal) for proposal in proposals[:at]]
        left = [
            sum(one.score for one in team)
            for team in teams
            if all(len({one.expert_id for one in team} - other) >= least for other in before)
        ]
        if at >= len(proposals):
            assert not left
            return
        assert proposals[at].score == pytest.approx(max(left))


def _steps_in(proposal: TeamProposal, teams: Sequence[tuple[RankedExpert, ...]]) -> None:
    """Alternates are the three best who can step in with everybody else in place."""
    seated = [seat.expert_id for seat in proposal.seats]
    for at, seat in enumerate(proposal.seats):
        able = {
            team[at].expert_id: team[at].score
            for team in teams
            if [one.expert_id for one in team[:at]] == seated[:at]
            and [one.expert_id for one in team[at + 1 :]] == seated[at + 1 :]
            and team[at].expert_id not in seated
        }
        assert set(seat.alternates) <= set(able)
        best = sorted(able.values(), reverse=True)[:3]
        assert [able[one] for one in seat.alternates] == pytest.approx(best, abs=0.02)


@settings(max_examples=30, deadline=None)
@given(case=people(), rules=all_kinds_of_rules())
def test_a_check_that_knows_no_programme_finds_no_broken_rule(case: Case, rules: TeamRules) -> None:
    ranking, views = case
    # Days of a seat are looser than the calendar, which is all that a given team is held against.
    rules = replace(rules, seats=tuple(replace(seat, days=None) for seat in rules.seats))
    if rules.forced_in & rules.forced_out or not rules.forced_in <= set(views):
        return
    programme = encode(ranking, views, rules)
    for search in best_teams(programme):
        places = search.solution.places if search.solution else ()
        team = [programme.candidates[at].view for _, at in places]
        if not team:
            break
        verdict = check_team(team, ["x"] * len(team), ASKED, rules, DAY)
        assert verdict.is_acceptable, verdict.broken


@settings(max_examples=20, deadline=None)
@given(case=people(), rules=all_kinds_of_rules(), data=st.data())
def test_the_order_of_the_ranking_and_of_the_views_changes_nothing(
    case: Case, rules: TeamRules, data: st.DataObject
) -> None:
    ranking, views = case
    mixed = replace(ranking, people=tuple(data.draw(st.permutations(ranking.people))))
    turned = dict(reversed(views.items()))
    there, here = encode(mixed, turned, rules), encode(ranking, views, rules)
    assert there.candidates == here.candidates
    assert best_teams(there) == best_teams(here)


@settings(max_examples=30, deadline=None)
@given(case=people(), rules=all_kinds_of_rules())
def test_who_is_free_at_once_is_who_lacks_nothing_in_words(case: Case, rules: TeamRules) -> None:
    programme = encode(*case, rules)
    told = [[found == () for found in seat] for seat in programme.lacks]
    assert programme.free.tolist() == told
    assert (programme.free <= (programme.prices() == 0)).all()


@settings(max_examples=30, deadline=None)
@given(case=people(), rules=all_kinds_of_rules())
def test_nobody_is_sifted_out_who_could_be_in_a_better_team(case: Case, rules: TeamRules) -> None:
    programme = encode(*case, rules)
    pairs = np.argwhere(programme.free)
    teams = list(every_team(case, rules))
    if not teams:
        return
    at = {one.id: number for number, one in enumerate(programme.candidates)}
    columns = Pairs.of(
        pairs, programme.worth, programme.rows(pairs), programme.rules, programme.forced
    )
    sieve = sieve_of(columns)
    best: dict[tuple[int, int], float] = {}
    for team in teams:
        places = [(seat, at[one.expert_id]) for seat, one in enumerate(team)]
        value = sum(programme.worth[place] for place in places)
        best |= {place: max(value, best.get(place, value)) for place in places}
    for column, (seat, who) in enumerate(pairs.tolist()):
        if (seat, who) in best:
            assert sieve.with_pair[column] >= best[seat, who] - 1e-6


def crowd(seed: int, n: int) -> Case:
    """Return many people in few kinds: some alike in all but their points."""
    rng = np.random.default_rng(seed)
    codes = ["PT", "FR", "IT", "PL", "ML", "GH"]
    views = [
        person(
            at,
            home_country=(code := codes[rng.integers(6)]),
            kind=OUT if code in {"ML", "GH"} else EU,
            languages=speaks(fr=["B1", "C1"][rng.integers(2)], ar="B2"),
            posts=(post("Officer", 2015, employer=f"Office {rng.integers(3)}"),),
            topics=tuple(topic(one) for one in ["", "a", "b"][rng.integers(3)]),
        )
        for at in range(n)
    ]
    return held(views, rng.integers(0, 60, n).tolist())


CROWDED = TeamRules(
    mode=TeamMode.TRIANGULAR,
    seats=(
        SeatNeed(SeatRole.LEAD, kinds=frozenset({EU}), topics=("a",)),
        *[SeatNeed(SeatRole.THEMATIC_EXPERT)] * 3,
        SeatNeed(SeatRole.SOUTHERN_PEER, kinds=frozenset({OUT}), languages=(FRENCH,)),
    ),
    most_per_country=2,
    someone_speaks=(FRENCH,),
    covered=(("b",),),
    beneficiaries=("SN",),
)


def _three(programme: Programme) -> list[Solution]:
    found: list[Solution] = []
    for _ in range(3):
        solution = best_team(programme, others=found).solution
        if solution is not None:
            found.append(solution)
    return found


def _worth(programme: Programme, solution: Solution) -> float:
    return float(sum(programme.worth[place] for place in solution.places))


@pytest.mark.parametrize("seed", range(2))
def test_sifting_and_narrowing_lose_neither_the_best_nor_the_next_two(seed: int) -> None:
    whole = encode(*crowd(seed, 130), CROWDED)
    assert whole.sifted[1] is not None
    found = _three(whole)
    # With no rule to be loosened the elastic programme is the strict one, and is not sifted.
    banned = {family(rule.key) for rule in whole.rules} | {"empty"}
    banned |= {family(one.key) for seat in whole.lacks for lacks in seat for one in lacks or ()}
    for at, solution in enumerate(found):
        assert solution.optimal
        other = solve(whole, others=found[:at], elastic=True, banned=banned)
        assert other is not None
        assert _worth(whole, solution) == pytest.approx(_worth(whole, other))
    small = narrowed(whole, 3 * whole.n_seats)
    teams = _three(small)
    assert [_worth(small, one) for one in teams] == pytest.approx(
        [_worth(whole, one) for one in found]
    )
    best, beside = (
        proposal_of(whole, found[0], CROWDED),
        proposal_of(small, found_in(small, whole, found[0]), CROWDED),
    )
    assert [seat.alternates for seat in best.seats] == [seat.alternates for seat in beside.seats]


def found_in(small: Programme, whole: Programme, solution: Solution) -> Solution:
    """Return a solution by the numbers that its people have in a narrowed programme."""
    at = {one.id: number for number, one in enumerate(small.candidates)}
    places = tuple((seat, at[whole.candidates[one].id]) for seat, one in solution.places)
    return replace(solution, places=places)
