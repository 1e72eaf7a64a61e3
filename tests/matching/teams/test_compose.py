"""Modes are rules, rules have words, and what stands in the way is told with its price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from matching.engine import Engine
from matching.teams.compose import Composer
from matching.teams.constraints import kind_on
from roster.dates import PartialDate, Period
from roster.errors import InvalidInput
from roster.read import ExpertView, Ranking, RequestView, SeatNeed, TeamAnswer, TeamRules
from roster.vocabulary import ActivityType, ExpertKind, ExpertStatus, SeatRole, TeamMode
from tests.matching.people import NOW, did, need, number, person, post, request, speaks, topic

EU, OUT = ExpertKind.EU_ADMINISTRATION, ExpertKind.NON_EU_ADMINISTRATION


def official(n: int, country: str, **fields: object) -> ExpertView:
    kind = OUT if country in {"SN", "ML", "CV"} else EU
    given = {"topics": (topic("document_security", 1.0, 2010, 2024),), **fields}
    return person(n, home_country=country, kind=kind, **given)


def composed(
    views: Sequence[ExpertView],
    mode: TeamMode = TeamMode.PEER_TO_PEER,
    n: int = 2,
    asked: RequestView | None = None,
    **changes: object,
) -> tuple[TeamAnswer, Ranking, TeamRules]:
    asked = asked or request()
    engine = Engine()
    engine.update(views)
    ranking = engine.rank(asked, now=NOW)
    rules = replace(Composer().default_rules(mode, asked, n), **changes)  # type: ignore[arg-type]
    return Composer().compose(ranking, {v.id: v for v in views}, rules), ranking, rules


def team(answer: TeamAnswer, place: int = 0) -> set[UUID]:
    return {seat.expert_id for seat in answer.proposals[place].seats}


def test_peer_to_peer_takes_officials_of_different_member_states() -> None:
    views = [official(1, "PT"), official(2, "PT"), official(3, "FR"), official(4, "SN")]
    answer, _, _ = composed(views)
    assert number(4) not in team(answer)
    assert number(3) in team(answer)
    assert answer.optimal


def test_triangular_needs_the_south_and_not_the_beneficiary_itself() -> None:
    views = [official(1, "PT"), official(2, "FR"), official(3, "SN"), official(4, "CV")]
    answer, _, _ = composed(views, TeamMode.TRIANGULAR)
    assert all(number(4) in team(answer, at) for at in range(len(answer.proposals)))
    southern = answer.proposals[0].seats[-1]
    assert (southern.seat.role, southern.expert_id) == (SeatRole.SOUTHERN_PEER, number(4))


def test_membership_of_the_union_is_that_of_the_day() -> None:
    british = person(1, home_country="GB", kind=EU)
    assert kind_on(british, date(2012, 5, 1)) is EU
    assert kind_on(british, date(2027, 5, 1)) is OUT
    assert kind_on(person(2, kind=ExpertKind.NGO), date(2012, 5, 1)) is ExpertKind.NGO


def test_proposals_are_ordered_and_say_what_they_give_up() -> None:
    codes = ["PT", "FR", "ES", "IT", "PL", "NL"]
    views = [
        official(n, code, topics=(topic("document_security", 1 - n / 10, 2010, 2024),))
        for n, code in enumerate(codes)
    ]
    answer, _, _ = composed(views)
    assert len(answer.proposals) == 3
    scores = [proposal.score for proposal in answer.proposals]
    assert scores == sorted(scores, reverse=True)
    assert answer.proposals[0].gives_up == 0
    assert answer.proposals[1].gives_up == pytest.approx(scores[0] - scores[1])
    assert answer.proposals[0].seats[0].alternates


def test_somebody_forced_in_is_in_and_somebody_forced_out_is_not() -> None:
    views = [
        official(1, "PT"),
        official(2, "FR"),
        official(3, "ES", topics=(topic("remittances"),)),
        official(4, "IT", availability_known_until=None),
    ]
    answer, _, _ = composed(
        views, forced_in=frozenset({number(3)}), forced_out=frozenset({number(1)})
    )
    assert team(answer) == {number(2), number(3)}
    asked, _, _ = composed(views, forced_in=frozenset({number(4)}))
    assert number(4) in team(asked)


def test_who_fails_a_gate_cannot_be_forced_in() -> None:
    views = [official(1, "PT"), official(2, "FR", status=ExpertStatus.WITHDRAWN)]
    answer, _, _ = composed(views, forced_in=frozenset({number(2)}))
    assert not answer.proposals
    assert any("withdrawn" in reason for reason in answer.reasons)


def test_someone_speaks_is_met_by_one_member() -> None:
    asked = request(languages=(need("ar", everyone=False),))
    views = [
        official(1, "PT"),
        official(2, "FR"),
        official(3, "ES", languages=speaks(ar="C1"), topics=(topic("remittances"),)),
    ]
    answer, _, _ = composed(views, asked=asked)
    assert number(3) in team(answer)


def test_a_seat_with_needs_of_its_own_is_filled_accordingly() -> None:
    views = [
        official(1, "PT"),
        official(2, "FR", topics=(topic("remittances"),), activities=did(ActivityType.TRAINING)),
    ]
    seats = (
        SeatNeed(SeatRole.LEAD),
        SeatNeed(SeatRole.TRAINER, activities=(ActivityType.TRAINING,)),
    )
    answer, _, _ = composed(views, seats=seats)
    assert answer.proposals[0].seats[1].expert_id == number(2)


def test_one_administration_gives_one_member() -> None:
    views = [
        official(n, "PT", posts=(post("Officer", 2010, employer=employer),))
        for n, employer in enumerate(["Border Guard", "BORDER GUARD", "Labour Office"])
    ]
    answer, _, _ = composed(views, TeamMode.CUSTOM, most_per_country=3)
    assert number(2) in team(answer)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(
            {"languages": speaks(fr="B1")},
            "Accept French at B1 instead of B2 (1 more person)",
            id="language",
        ),
        pytest.param(
            {
                "languages": speaks(fr="C1"),
                "unavailable": (Period(PartialDate(2027, 3, 11), PartialDate(2027, 3, 20)),),
            },
            "2 days earlier, to 27 Feb 2027 – 10 Mar 2027 (1 more person free then)",
            id="dates",
        ),
        pytest.param(
            {"languages": speaks(fr="C1"), "availability_known_until": None},
            "Ask the focal point of France first (1 person to ask)",
            id="ask",
        ),
        pytest.param(
            {"languages": speaks(fr="C1"), "kind": ExpertKind.PRIVATE_CONSULTANT},
            "Let 1 of 2 be officials instead of 2 (1 more person)",
            id="kind",
        ),
    ],
)
def test_where_no_team_exists_the_cheapest_way_out_is_told(
    change: dict[str, object], words: str
) -> None:
    asked = request(languages=(need("fr"),))
    second = replace(official(2, "FR"), **change)  # type: ignore[arg-type]
    views = [official(1, "PT", languages=speaks(fr="C1")), second]
    answer, _, _ = composed(views, asked=asked)
    assert not answer.proposals
    assert answer.reasons
    way = answer.relaxations[0]
    assert words in way.words
    assert way.proposal is not None
    assert {seat.expert_id for seat in way.proposal.seats} == {number(1), number(2)}


def test_two_of_one_country_is_a_way_out_with_its_price() -> None:
    answer, _, _ = composed([official(1, "PT"), official(2, "PT")])
    way = answer.relaxations[0]
    assert (way.words, way.cost) == ("Take more than 1 from one country, up to 2", 15.0)
    assert way.proposal is not None
    assert {check.state for check in way.proposal.rules} <= {"kept", "tight", "open"}


def test_an_empty_seat_is_the_last_way_out() -> None:
    answer, _, _ = composed([official(1, "PT")])
    assert "empty" in answer.relaxations[-1].words


def test_an_empty_roster_is_an_answer() -> None:
    answer, _, _ = composed([])
    assert not answer.proposals
    assert answer.reasons


@pytest.mark.parametrize(("mode", "n"), [(TeamMode.PEER_TO_PEER, 0), (TeamMode.TRIANGULAR, 1)])
def test_too_few_seats_are_refused(mode: TeamMode, n: int) -> None:
    with pytest.raises(InvalidInput, match="seats"):
        Composer().default_rules(mode, request(), n)


def test_no_seat_at_all_is_refused() -> None:
    with pytest.raises(InvalidInput, match="seats"):
        composed([official(1, "PT")], seats=())


def test_why_not_names_the_gate_the_cost_or_the_rule() -> None:
    asked = request(languages=(need("fr"),))
    french = speaks(fr="C1")
    views = [
        official(1, "PT", languages=french),
        official(2, "FR", languages=french),
        official(3, "ES", languages=french, topics=(topic("remittances"),)),
        official(4, "IT", languages=speaks(fr="A2")),
        official(5, "PL", languages=french, availability_known_until=None),
        official(6, "SN", languages=french),
        official(7, "DE", languages=french),
    ]
    answer, ranking, rules = composed(views, asked=asked)
    held = {view.id: view for view in views}
    # Only the best of the proposals, so that somebody as good is in none.
    answer = replace(answer, proposals=answer.proposals[:1])

    def told(n: int, **changes: object) -> str:
        with_changes = replace(rules, **changes)  # type: ignore[arg-type]
        return Composer().why_not(number(n), ranking, held, with_changes, answer)

    assert "French A2" in told(4)
    assert "To ask first" in told(5)
    assert "weaker" in told(3)
    assert told(1) == "Sits in one of the teams proposed."
    assert "as good as the best" in told(7)
    assert "Left out" in told(7, forced_out=frozenset({number(7)}))
    assert "Not in this ranking" in told(99)
    assert told(6)


def test_the_same_question_gets_the_same_answer() -> None:
    codes = ["PT", "FR", "ES", "IT", "PL", "NL", "SE", "DE"]
    views = [official(n, code) for n, code in enumerate(codes)]
    assert composed(views)[0] == composed(views[::-1])[0]
