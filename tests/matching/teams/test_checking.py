"""A given team is held against the composer's rules: surely broken, not known, or fine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from matching.teams.checking import Verdict, check_team, mode_of_team
from matching.teams.compose import Composer
from roster.read import ExpertView, RequestView
from roster.vocabulary import ExpertKind, TeamMode
from tests.matching.people import number, person, request

TODAY = date(2026, 11, 22)
EU, OUT = ExpertKind.EU_ADMINISTRATION, ExpertKind.NON_EU_ADMINISTRATION


def judged(
    views: Sequence[ExpertView],
    asked: RequestView,
    mode: TeamMode = TeamMode.CUSTOM,
    **changes: object,
) -> Verdict:
    rules = replace(Composer().default_rules(mode, asked, 2), **changes)  # type: ignore[arg-type]
    names = [f"person {at}" for at, _ in enumerate(views)]
    return check_team(views, names, asked, rules, TODAY)


def officials(count: int) -> list[ExpertView]:
    states = ("PT", "FR", "DE", "IT", "ES", "PL", "SE", "FI", "AT", "BE", "NL", "IE", "CZ", "RO")
    return [person(n, home_country=states[n - 1], kind=EU) for n in range(1, count + 1)]


@pytest.mark.parametrize(("count", "ok"), [(1, False), (2, True), (12, True), (13, False)])
def test_a_team_has_as_many_members_as_seats_and_twelve_at_most(count: int, ok: bool) -> None:
    verdict = judged(officials(count), replace(request(), languages=(), starts=None, ends=None))
    assert ("size" in {one.code for one in verdict.broken}) is not ok
    assert verdict.is_acceptable is ok


def test_a_conflict_recorded_is_told_apart_from_serving_the_beneficiary() -> None:
    first, second = officials(2)
    asked = replace(request(), languages=(), conflicts=frozenset({first.id}), countries=("FR",))
    broken = {one.code: one.words for one in judged([first, second], asked).broken}
    assert set(broken) == {"conflict", "own"}
    assert broken["conflict"].startswith("person 0: ")
    assert broken["own"].startswith("person 1: ")


def test_who_may_count_for_a_rule_leaves_it_open() -> None:
    first, second = officials(2)
    asked = replace(request(), languages=(), countries=("ML",))
    unsure = judged([first, replace(second, kind=None)], asked, TeamMode.TRIANGULAR)
    assert unsure.is_acceptable
    assert {"south", "kind"} <= {one.code for one in unsure.unknown}
    sure = judged([first, second], asked, TeamMode.TRIANGULAR)
    assert {one.code for one in sure.broken} == {"south"}
    assert "person 0 (official of an EU Member State, Portugal)" in sure.broken[0].words


def test_a_team_with_an_official_from_elsewhere_is_triangular() -> None:
    south = person(3, home_country="SN", kind=OUT)
    assert mode_of_team([*officials(1), south], ["ML"], TODAY) is TeamMode.TRIANGULAR
    assert mode_of_team([*officials(1), south], ["SN"], TODAY) is TeamMode.PEER_TO_PEER
    assert number(3) == south.id
