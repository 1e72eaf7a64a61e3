"""A team never breaks a rule, and "there is none" is said only when it is true."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import permutations
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.teams.compose import Composer
from matching.teams.constraints import kind_on
from roster.read import (
    ExpertView,
    GateResult,
    LanguageNeed,
    RankedExpert,
    Ranking,
    SeatNeed,
    TeamAnswer,
    TeamRules,
)
from roster.vocabulary import (
    Band,
    ExpertKind,
    Gate,
    GateOutcome,
    LanguageLevel,
    SeatRole,
    TeamMode,
)
from tests.matching.people import number, person, request, speaks

DAY = date(2027, 3, 1)
EU, OUT = ExpertKind.EU_ADMINISTRATION, ExpertKind.NON_EU_ADMINISTRATION
PEOPLE = st.tuples(
    st.sampled_from([("PT", EU), ("FR", EU), ("SN", OUT), ("ML", OUT), ("FR", ExpertKind.NGO)]),
    st.integers(0, 60),
    st.sampled_from([Band.FIT, Band.FIT, Band.ASK, Band.NOT]),
    st.sampled_from(["B1", "C1", None]),
)


def ranked(n: int, score: float, band: Band) -> RankedExpert:
    outcome = {Band.FIT: GateOutcome.PASS, Band.ASK: GateOutcome.UNKNOWN}.get(
        band, GateOutcome.FAIL
    )
    gate = GateResult(Gate.STATUS, outcome, "paused on the roster")
    return RankedExpert(number(n), n + 1, band, float(score), (), (gate,))


def case(
    drawn: list[tuple[tuple[str, ExpertKind], int, Band, str | None]],
) -> tuple[Ranking, dict[object, ExpertView]]:
    people, views = [], {}
    for n, ((country, kind), score, band, french) in enumerate(drawn):
        people.append(ranked(n, score, band))
        views[number(n)] = person(n, home_country=country, kind=kind, languages=speaks(fr=french))
    ranking = Ranking(request(), tuple(people), "test", (), DAY)
    return ranking, views  # type: ignore[return-value]


def keeps_rules(team: list[ExpertView], rules: TeamRules) -> bool:
    kinds = [kind_on(view, DAY) for view in team]
    countries = Counter(view.home_country for view in team)
    officials = sum(kind in {EU, OUT} for kind in kinds)
    french = [view.languages[0].value.level for view in team]
    speakers = sum(level is LanguageLevel.C1 for level in french)
    return (
        max(countries.values()) <= rules.most_per_country
        and officials >= ceil(rules.least_practitioners * len(team))
        and (not rules.someone_speaks or speakers >= 1)
        and (not rules.everyone_speaks or speakers == len(team))
        and _mode_kept(team, kinds, rules)
    )


def _mode_kept(team: list[ExpertView], kinds: list[ExpertKind | None], rules: TeamRules) -> bool:
    if rules.mode is TeamMode.PEER_TO_PEER:
        least = max(1, ceil(rules.least_practitioners * len(team)))
        return kinds.count(EU) >= least and OUT not in kinds
    if rules.mode is TeamMode.TRIANGULAR:
        south = [v for v, kind in zip(team, kinds, strict=True) if kind is OUT]
        return EU in kinds and bool(south) and all(v.home_country != "SN" for v in south)
    return True


@st.composite
def rules_of(draw: st.DrawFn) -> TeamRules:
    need = (LanguageNeed("fr", LanguageLevel.B2),)
    return TeamRules(
        mode=draw(st.sampled_from(list(TeamMode))),
        seats=(SeatNeed(SeatRole.THEMATIC_EXPERT),) * draw(st.integers(1, 3)),
        most_per_country=draw(st.integers(1, 2)),
        least_practitioners=draw(st.sampled_from([0.0, 0.5, 1.0])),
        everyone_speaks=draw(st.sampled_from([(), need])),
        someone_speaks=draw(st.sampled_from([(), need])),
        beneficiaries=("SN",),
    )


@settings(max_examples=60, deadline=None)
@given(drawn=st.lists(PEOPLE, min_size=1, max_size=7), rules=rules_of())
def test_a_team_never_breaks_a_rule_and_no_is_said_only_when_it_is_true(
    drawn: list[tuple[tuple[str, ExpertKind], int, Band, str | None]], rules: TeamRules
) -> None:
    ranking, views = case(drawn)
    answer = Composer().compose(ranking, views, rules)  # type: ignore[arg-type]
    fit = [one for one in ranking.people if one.band is Band.FIT]
    score = {one.expert_id: one.score for one in fit}
    teams = [
        team
        for team in permutations(fit, len(rules.seats))
        if keeps_rules([views[one.expert_id] for one in team], rules)
    ]
    best = max((sum(one.score for one in team) for team in teams), default=None)
    if not answer.proposals:
        assert best is None
        assert answer.reasons
        return
    assert answer.proposals[0].score == pytest.approx(best)
    for proposal in answer.proposals:
        ids = [seat.expert_id for seat in proposal.seats]
        assert len(set(ids)) == len(rules.seats)
        assert keeps_rules([views[one] for one in ids], rules)
        assert proposal.score == pytest.approx(sum(score[one] for one in ids))
        assert not [check for check in proposal.rules if check.state == "broken"]
    _really_differ(answer, len(rules.seats))
    _alternates_keep_the_rules(answer, views, rules)


def _really_differ(answer: TeamAnswer, n_seats: int) -> None:
    least = max(1, -(-n_seats // 3))
    teams = [{seat.expert_id for seat in proposal.seats} for proposal in answer.proposals]
    for at, team in enumerate(teams):
        assert all(len(team - other) >= least for other in teams[:at])


def _alternates_keep_the_rules(
    answer: TeamAnswer, views: dict[object, ExpertView], rules: TeamRules
) -> None:
    for proposal in answer.proposals:
        for filled in proposal.seats:
            rest = [views[s.expert_id] for s in proposal.seats if s is not filled]
            for other in filled.alternates:
                assert keeps_rules([*rest, views[other]], rules)


@settings(max_examples=30, deadline=None)
@given(drawn=st.lists(PEOPLE, min_size=2, max_size=7), rules=rules_of())
def test_where_no_team_exists_each_way_out_says_what_it_loosens(
    drawn: list[tuple[tuple[str, ExpertKind], int, Band, str | None]], rules: TeamRules
) -> None:
    ranking, views = case(drawn)
    answer = Composer().compose(ranking, views, rules)  # type: ignore[arg-type]
    costs = [way.cost for way in answer.relaxations]
    assert costs == sorted(costs)
    for way in answer.relaxations:
        assert not answer.proposals
        assert way.words
        assert way.cost > 0
        assert way.proposal is not None
        if way.rules is None:
            continue
        again = Composer().compose(ranking, views, way.rules)  # type: ignore[arg-type]
        assert again.proposals[0].score == pytest.approx(way.proposal.score)
        assert way.cost == pytest.approx(sum(part.price for part in way.parts))
        assert not [check for check in way.proposal.rules if check.state == "broken"]
