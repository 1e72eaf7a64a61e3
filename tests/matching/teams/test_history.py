"""Proposed teams are held against those that went by their shape; one Action never sees itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from matching.engine import Engine
from matching.teams.history import PastTeam, Setting, compare, table
from roster.read import ExpertView, Ranking, RequestView
from roster.vocabulary import ExpertKind, TeamMode
from tests.matching.people import NOW, person, request

EU, OUT = ExpertKind.EU_ADMINISTRATION, ExpertKind.NON_EU_ADMINISTRATION
BY_PEERS = Setting(TeamMode.PEER_TO_PEER, is_size_given=True)
ANYBODY = Setting(TeamMode.CUSTOM, is_size_given=True)
FOREVER = request(starts=None, ends=None)


def went(*countries: str, on: int = 2012) -> PastTeam:
    return PastTeam(FOREVER, countries, date(on, 5, 1))


def officials(*countries: str) -> list[ExpertView]:
    eu = {"PT", "FR", "ES", "IT"}
    return [
        person(n, home_country=code, kind=EU if code in eu else OUT)
        for n, code in enumerate(countries)
    ]


def ranker(views: Sequence[ExpertView]) -> Callable[[RequestView], Ranking]:
    engine = Engine()
    engine.update(views)
    return lambda asked: engine.rank(asked, now=NOW)


def shares(
    actions: Sequence[PastTeam], setting: Setting, *countries: str
) -> dict[str, list[float]]:
    (trial,) = compare(actions, [officials(*countries)], ranker, [setting]).trials
    return {way: [one.mean for one in held.values()] for way, held in trial.figures.items()}


def test_a_team_of_the_same_shape_holds_and_one_of_another_does_not() -> None:
    found = shares([went("PT", "FR"), went("PT", "ML")], BY_PEERS, "PT", "FR", "ES", "IT")
    # Two states each time: right, and one too many but within one; nobody from outside.
    assert found["composed"] == [1.0, 0.5, 0.5]
    assert found["random"] == [1.0, 0.5, 0.5]


def test_popularity_counts_the_other_actions_only() -> None:
    found = shares([went("ML"), went("PT", "FR", "ES")], BY_PEERS, "PT", "FR", "ES")
    # Of the first it knows the second, of the second the first alone.
    assert found["popularity"] == [0.5, 0.0, 0.0]


def test_membership_is_that_of_the_day_of_the_action() -> None:
    before, since = went("HR", on=2012), went("HR", on=2014)
    assert shares([before], ANYBODY, "PT")["composed"] == [1.0, 0.0, 0.0]
    assert shares([since], ANYBODY, "PT")["composed"] == [1.0, 1.0, 1.0]


def test_an_action_without_a_team_is_a_miss_and_is_counted() -> None:
    history = compare([went("PT", "FR")], [officials("PT")], ranker, [BY_PEERS])
    assert history.trials[0].without_team == 1.0
    assert history.trials[0].figures["composed"]["both"].mean == 0.0
    assert "No team keeps the rules in 100.0% of the cases." in table(history)


def test_nothing_to_compare_is_said() -> None:
    with pytest.raises(ValueError, match="no Action"):
        compare([], [officials("PT")], ranker)
