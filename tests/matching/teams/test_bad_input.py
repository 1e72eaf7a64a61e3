"""What cannot be is answered in words that name the rule; nothing runs without end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from matching.engine import Engine
from matching.teams.compose import Composer
from roster.errors import InvalidInput
from roster.read import ExpertView, RankedExpert, Ranking, SeatNeed, TeamAnswer, TeamRules
from roster.vocabulary import Band, ExpertKind, SeatRole, TeamMode
from tests.matching.people import NOW, number, person, request

STATES = ("PT", "FR", "ES", "IT", "PL", "NL")


def composed(n: int = 2, people: int = 3, **changes: Any) -> TeamAnswer:
    """Compose n seats out of officials, each of another state."""
    views = [person(at, home_country=STATES[at]) for at in range(people)]
    engine = Engine()
    engine.update(views)
    asked = request()
    rules = replace(
        Composer().default_rules(TeamMode.PEER_TO_PEER, asked, n),
        **changes,
    )
    ranking = engine.rank(asked, now=NOW)
    return Composer().compose(ranking, {view.id: view for view in views}, rules)


def test_a_hundred_seats_are_refused_with_the_most_there_can_be() -> None:
    with pytest.raises(InvalidInput, match="1 to 12 seats") as refused:
        composed(seats=(SeatNeed(SeatRole.LEAD),) * 100)
    assert refused.value.errors[0].pointer == "/seats"
    with pytest.raises(InvalidInput, match="1 to 12 seats"):
        Composer().default_rules(TeamMode.CUSTOM, request(), 100)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param(
            {"forced_in": frozenset({number(1)}), "forced_out": frozenset({number(1)})},
            "both forced in and left out",
            id="in-and-out",
        ),
        pytest.param(
            {"forced_in": frozenset({number(0), number(1), number(2)})},
            "3 people are forced into 2 seats",
            id="more-forced-than-seats",
        ),
        pytest.param(
            {"forced_in": frozenset({number(77)})}, "not in this ranking", id="nobody-knows-her"
        ),
        pytest.param(
            {"seats": (SeatNeed(SeatRole.TRAINER, kinds=frozenset({ExpertKind.NGO})),)},
            "trainer",
            id="a-seat-nobody-fits",
        ),
        pytest.param(
            {"most_per_country": 0},
            "more than 0 from one country",
            id="no-country-may-send-anybody",
        ),
        pytest.param(
            {
                "together": (frozenset({number(0), number(1)}),),
                "apart": (frozenset({number(0), number(1)}),),
                "forced_in": frozenset({number(0)}),
            },
            "Part people who are kept together",
            id="together-and-apart",
        ),
    ],
)
def test_rules_that_clash_are_told_by_name(changes: dict[str, Any], words: str) -> None:
    answer = composed(**changes)
    assert (answer.proposals, answer.status) == ((), "infeasible")
    assert answer.reasons
    told = [*answer.reasons, *(way.words for way in answer.relaxations)]
    assert any(words in one for one in told)


def test_an_empty_ranking_is_told() -> None:
    answer = composed(people=0)
    assert "Nobody is in this ranking." in answer.reasons
    assert answer.status == "infeasible"


def test_dates_in_the_past_are_told_beside_the_team() -> None:
    past: dict[str, Any] = {"starts": date(2026, 3, 1), "ends": date(2026, 3, 12)}
    (check,) = [one for one in composed(**past).proposals[0].rules if "ahead" in one.rule]
    assert (check.state, check.detail) == ("open", "its last day was 12 Mar 2026")
    assert not [one for one in composed().proposals[0].rules if "ahead" in one.rule]
    none = composed(people=1, **past)
    assert "The activity is over: its last day was 12 Mar 2026." in none.reasons


def hard(people: int = 220) -> tuple[Ranking, dict[UUID, ExpertView], TeamRules]:
    """Return twelve alike seats with many groups apart: hard to prove, easy to fill."""
    rng = np.random.default_rng(3)
    views = [person(at, home_country=STATES[at % 6]) for at in range(people)]
    ranked = [
        RankedExpert(view.id, at + 1, Band.FIT, float(score), (), ())
        for at, (view, score) in enumerate(zip(views, rng.integers(50, 60, people), strict=True))
    ]
    groups = [rng.choice(people, 12, replace=False).tolist() for _ in range(120)]
    rules = TeamRules(
        TeamMode.CUSTOM,
        (SeatNeed(SeatRole.THEMATIC_EXPERT),) * 12,
        most_per_country=3,
        apart=tuple(frozenset(map(number, group)) for group in groups),
    )
    ranking = Ranking(request(), tuple(ranked), "test", (), date(2027, 1, 15))
    return ranking, {view.id: view for view in views}, rules


def test_at_the_end_of_its_time_the_best_so_far_is_told_with_its_gap() -> None:
    ranking, views, rules = hard()
    answer = Composer(limit_s=0.02).compose(ranking, views, rules)
    assert (answer.status, answer.optimal) == ("time_limit", False)
    if answer.proposals:
        assert answer.gap is None or answer.gap >= 0.0
        broken = [check for one in answer.proposals for check in one.rules]
        assert not [check for check in broken if check.state == "broken"]
    else:
        assert "whether there is one is not known" in answer.reasons[0]
        assert not answer.relaxations
