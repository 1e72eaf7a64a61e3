"""What is wished for one team holds; where it cannot, the way out says what to loosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from matching.engine import Engine
from matching.teams.compose import Composer
from roster.dates import PartialDate, Period
from roster.read import (
    ExpertView,
    LanguageNeed,
    Load,
    Ranking,
    SeatNeed,
    TeamAnswer,
    TeamRules,
    TrackRecord,
)
from roster.vocabulary import ExpertKind, LanguageLevel, SeatRole, TeamMode
from tests.matching.people import NOW, number, person, request, speaks, topic

EU = ExpertKind.EU_ADMINISTRATION
BEST = "document_security"


def official(n: int, country: str, value: float = 1.0, **fields: Any) -> ExpertView:
    """Return an official; the lower the number the better, where values are equal."""
    given = {"topics": (topic(BEST, value - n / 100, 2010, 2024),), **fields}
    return person(n, home_country=country, kind=EU, **given)


FOUR = [official(1, "PT"), official(2, "FR"), official(3, "ES"), official(4, "IT")]


def ranked(views: Sequence[ExpertView]) -> tuple[Ranking, dict[UUID, ExpertView]]:
    engine = Engine()
    engine.update(views)
    return engine.rank(request(), now=NOW), {view.id: view for view in views}


def composed(views: Sequence[ExpertView], n: int = 2, **changes: Any) -> TeamAnswer:
    ranking, held = ranked(views)
    rules = replace(Composer().default_rules(TeamMode.CUSTOM, request(), n), **changes)
    return Composer().compose(ranking, held, rules)


def best(answer: TeamAnswer) -> set[UUID]:
    return {seat.expert_id for seat in answer.proposals[0].seats}


def ids(*numbers: int) -> frozenset[UUID]:
    return frozenset(map(number, numbers))


def state_of(answer: TeamAnswer, words: str) -> str:
    checks = [check for check in answer.proposals[0].rules if words in check.rule]
    assert len(checks) == 1, [check.rule for check in answer.proposals[0].rules]
    return checks[0].state


def test_those_kept_together_come_both_or_not_at_all() -> None:
    answer = composed(FOUR, together=(ids(1, 4),))
    assert all(
        len(ids(1, 4) & {seat.expert_id for seat in team.seats}) in {0, 2}
        for team in answer.proposals
    )
    assert state_of(answer, "kept together") == "kept"


def test_those_kept_apart_never_sit_in_one_team() -> None:
    answer = composed(FOUR, apart=(ids(1, 2),))
    assert best(answer) == ids(1, 3)
    assert state_of(answer, "kept apart") == "tight"


def test_a_conflict_of_interest_keeps_somebody_out_of_every_seat() -> None:
    assert best(composed(FOUR, conflicts=ids(1))) == ids(2, 3)


def test_who_keeps_a_seat_sits_there_and_nowhere_else() -> None:
    seats = (SeatNeed(SeatRole.LEAD), SeatNeed(SeatRole.TRAINER, keeper=number(4)))
    (lead, trainer) = composed(FOUR, seats=seats).proposals[0].seats
    assert (lead.expert_id, trainer.expert_id) == (number(1), number(4))


def test_one_of_several_languages_is_enough_where_the_seat_says_so() -> None:
    views = [official(1, "PT", languages=speaks(fr="A2", es="A2")),
             official(2, "FR", languages=speaks(fr="A2", es="C1"))]  # fmt: skip
    needs = tuple(LanguageNeed(code, LanguageLevel.B2) for code in ("fr", "es"))
    seat = SeatNeed(SeatRole.LEAD, languages=needs)
    assert not composed(views, 1, seats=(seat,)).proposals
    assert best(composed(views, 1, seats=(replace(seat, one_language=True),))) == ids(2)


def test_absences_that_leave_the_days_of_a_seat_do_no_harm() -> None:
    away = (Period(PartialDate(2027, 3, 11), PartialDate(2027, 3, 20)),)
    views = [official(1, "PT", unavailable=away)]
    seat = SeatNeed(SeatRole.LEAD, days=10)
    assert best(composed(views, 1, seats=(seat,))) == ids(1)
    assert not composed(views, 1, seats=(replace(seat, days=11),)).proposals


@pytest.mark.parametrize(
    ("cap", "load"),
    [
        pytest.param({"most_days_a_year": 30}, Load(number(1), days=19), id="days"),
        pytest.param({"most_deployments_a_year": 2}, Load(number(1), deployments=2), id="times"),
    ],
)
def test_who_is_out_enough_this_year_is_left_at_home(cap: dict[str, int], load: Load) -> None:
    assert best(composed(FOUR, loads=(load,), **cap)) == ids(2, 3)
    alone = composed(FOUR[:1], 1, loads=(load,), **cap)
    assert not alone.proposals
    assert any(str(next(iter(cap.values()))) in way.words or way.proposal
               for way in alone.relaxations)  # fmt: skip


NEW = replace(FOUR[3], track=TrackRecord(deployments=0))
OLD = [replace(view, track=TrackRecord(deployments=3)) for view in FOUR[:3]]


def test_a_newcomer_has_a_place_where_rotation_asks_for_one() -> None:
    assert number(4) in best(composed([*OLD, NEW], least_newcomers=1))
    assert number(4) not in best(composed([*OLD, NEW]))


def test_somebody_who_served_before_comes_again_where_continuity_asks() -> None:
    again = (Load(number(4), returning=True),)
    assert number(4) in best(composed(FOUR, least_returning=1, loads=again))


@pytest.mark.parametrize(
    ("wish", "views"),
    [
        pytest.param({"together": (ids(1, 9),), "forced_in": ids(1)}, FOUR, id="together"),
        pytest.param({"apart": (ids(1, 2),)}, FOUR[:2], id="apart"),
        pytest.param({"least_newcomers": 1}, OLD, id="newcomers"),
        pytest.param({"least_returning": 1}, FOUR, id="returning"),
    ],
)
def test_a_wish_that_cannot_be_kept_is_told_and_can_be_loosened(
    wish: dict[str, Any], views: list[ExpertView]
) -> None:
    answer = composed(views, **wish)
    assert not answer.proposals
    assert answer.reasons
    assert any(way.proposal is not None for way in answer.relaxations)


# --- By hand --------------------------------------------------------------------------------------


def by_hand(people: list[UUID | None], **changes: Any) -> Any:
    ranking, held = ranked(FOUR)
    rules: TeamRules = Composer().default_rules(TeamMode.CUSTOM, request(), len(people))
    return Composer().seat(ranking, held, replace(rules, **changes), people)


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        pytest.param({"apart": (ids(1, 2),)}, "kept apart", id="apart"),
        pytest.param({"together": (ids(1, 3),)}, "kept together", id="together"),
        pytest.param({"conflicts": ids(1)}, "conflict of interest", id="conflict"),
        pytest.param({"forced_in": ids(3)}, "must be in", id="in"),
        pytest.param({"forced_out": ids(1)}, "stays out", id="out"),
        pytest.param({"least_returning": 1}, "continuity", id="returning"),
        pytest.param(
            {"most_days_a_year": 20, "loads": (Load(number(1), days=15),)}, "days a year", id="load"
        ),
        pytest.param(
            {"most_deployments_a_year": 1, "loads": (Load(number(1), deployments=1),)},
            "more often",
            id="rotation",
        ),
    ],
)
def test_a_team_by_hand_is_told_which_rule_it_breaks(wish: dict[str, Any], words: str) -> None:
    found = by_hand([number(1), number(2)], **wish).proposal
    broken = [check.rule for check in found.rules if check.state == "broken"]
    assert len(broken) == 1
    assert words in broken[0]
    assert not [c for c in by_hand([number(1), number(2)]).proposal.rules if c.state == "broken"]


def test_offers_say_what_they_change_and_those_that_break_nothing_come_first() -> None:
    found = by_hand([number(1), None], apart=(ids(1, 3),))
    assert [seat.at for seat in found.proposal.seats] == [0]
    offers = found.offers[1]
    assert [one.expert_id for one in offers] == [number(2), number(4), number(3)]
    assert offers[-1].breaks == ("one at most of those kept apart",)
    assert not offers[0].breaks
    assert offers[0].gains == pytest.approx(offers[0].score, abs=0.02)


def test_taking_an_offer_changes_what_it_said() -> None:
    now = by_hand([number(1), number(4)])
    offer = next(one for one in now.offers[1] if one.expert_id == number(2))
    then = by_hand([number(1), number(2)])
    assert then.proposal.score - now.proposal.score == pytest.approx(offer.gains, abs=0.02)


def test_an_offer_mends_a_rule_that_is_broken() -> None:
    (first, _) = by_hand([number(1), number(2)], apart=(ids(1, 2),)).offers[0]
    assert first.mends == ("one at most of those kept apart",)


def test_a_counterpart_is_open_until_each_thematic_seat_has_one() -> None:
    seats = (SeatNeed(SeatRole.LEAD), SeatNeed(SeatRole.TRAINER))
    for name, state in ((None, "open"), ("Head of unit", "kept")):
        named = (seats[0], replace(seats[1], counterpart=name))
        rules = by_hand([number(1), number(2)], seats=named).proposal.rules
        assert [check.state for check in rules if "counterpart" in check.rule] == [state]
