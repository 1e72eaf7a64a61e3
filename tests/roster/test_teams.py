"""Teams: rules laid over those of the mode, kept with seats as they were."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from roster import requests, team_people, teams
from roster.errors import Conflict, InvalidInput, NotAllowed, NotFound
from roster.inputs import KeepTeam, SeatInput, TeamInput
from roster.policy import Actor
from roster.queries.teams import teams_of
from roster.team_rules import rules_from
from roster.vocabulary import Band, Role, SeatRole, TeamMode
from tests.factories import Factory
from tests.fakes import FakeComposer, FakeRanker, FrozenClock

COMPOSER = FakeComposer()


@pytest.fixture
def ranked(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> requests.RankingMade:
    ranker = FakeRanker()
    ranker.update([make.view(make.expert(name)) for name in ("Ana", "Rui", "Eva", "Ivo")])
    request = make.request()
    return requests.rank_request(session, officer, request.id, ranker=ranker, clock=clock)


def _request_of(ranked: requests.RankingMade) -> UUID:
    found = ranked.ranking.request.id
    assert found is not None
    return found


def test_a_team_is_kept_with_its_seats_and_alternates(
    session: Session, officer: Actor, ranked: requests.RankingMade, clock: FrozenClock
) -> None:
    request_id = _request_of(ranked)
    given = KeepTeam(team=TeamInput(size=2), ranking_id=ranked.id, note="for May")
    teams.keep_team(session, officer, request_id, given, composer=COMPOSER, clock=clock)
    session.commit()
    session.expire_all()
    (team,) = teams_of(session, officer, request_id)
    ids = [person.expert_id for person in ranked.ranking.people]
    assert [seat.person.id for seat in team.seats if seat.person] == ids[:2]
    assert [seat.position for seat in team.seats] == [1, 2]
    assert team.seats[0].alternates == tuple(ids[2:])
    assert (team.mode, team.note, team.created_at) == (
        TeamMode.PEER_TO_PEER,
        "for May",
        clock.now(),
    )
    assert team.score == pytest.approx(sum(person.score for person in ranked.ranking.people[:2]))


def test_a_team_is_made_of_everybody_who_fits_and_not_of_the_first_ones(
    session: Session, officer: Actor, ranked: requests.RankingMade
) -> None:
    """Only the last two of a thousand are there to be seated."""
    first, *_ = people = ranked.ranking.people
    others = tuple(replace(first, expert_id=uuid4()) for _ in range(1000))
    crowded = replace(ranked.ranking, people=(*others, *people[:2]))
    given = TeamInput(size=2)
    composed = teams.compose_from(session, officer, crowded, given, composer=COMPOSER)
    (team,) = composed.answer.proposals
    assert {seat.expert_id for seat in team.seats} == {one.expert_id for one in people[:2]}


def test_only_as_many_of_the_best_are_read_as_it_takes(
    session: Session,
    officer: Actor,
    ranked: requests.RankingMade,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(team_people, "_LOOKED_AT", (2, 3))
    ids = [one.expert_id for one in ranked.ranking.people]
    for size, read in ((2, 2), (3, 3), (4, 4)):
        given = TeamInput(size=size)
        composed = teams.compose_from(session, officer, ranked.ranking, given, composer=COMPOSER)
        assert set(composed.experts) == set(ids[:read])
    asked = TeamInput(size=2, asked_of=("PT",))
    composed = teams.compose_from(session, officer, ranked.ranking, asked, composer=COMPOSER)
    best = sorted(ranked.ranking.people, key=lambda one: -one.score)
    assert set(composed.experts) == {one.expert_id for one in best[:2]}
    pinned = TeamInput(size=2, forced_in=(ids[3],))
    composed = teams.compose_from(session, officer, ranked.ranking, pinned, composer=COMPOSER)
    assert set(composed.experts) == {*ids[:2], ids[3]}
    seating = teams.seat_team(session, officer, composed, [ids[2], None], composer=COMPOSER)
    assert [seat.expert_id for seat in seating.proposal.seats] == [ids[2]]


def test_where_there_is_no_team_the_answer_says_among_how_many_ways_out_were_looked_for(
    session: Session, officer: Actor, ranked: requests.RankingMade
) -> None:
    first = replace(ranked.ranking.people[0], band=Band.ASK)
    others = tuple(replace(first, expert_id=uuid4()) for _ in range(500))
    nobody = replace(ranked.ranking, people=others)
    given = TeamInput(size=2)
    composed = teams.compose_from(session, officer, nobody, given, composer=COMPOSER)
    assert composed.answer.reasons[-1] == (
        "Ways out were looked for among the first 400 of the 500 people to ask first."
    )


def test_what_is_given_lies_over_the_rules_of_the_mode(
    session: Session, officer: Actor, ranked: requests.RankingMade
) -> None:
    out = ranked.ranking.people[0].expert_id
    given = TeamInput(
        seats=(SeatInput(role=SeatRole.TRAINER), SeatInput(role=SeatRole.LEAD)),
        most_per_country=2,
        least_practitioners=0.0,
        forced_out=(out,),
    )
    rules = rules_from(given, ranked.ranking, COMPOSER)
    assert [seat.role for seat in rules.seats] == [SeatRole.TRAINER, SeatRole.LEAD]
    assert (rules.most_per_country, rules.most_per_administration) == (2, 1)
    assert rules.least_practitioners == 0.0
    composed = teams.compose_from(session, officer, ranked.ranking, given, composer=COMPOSER)
    assert out not in [seat.expert_id for seat in composed.answer.proposals[0].seats]
    words = teams.why_not(session, officer, composed, out, composer=COMPOSER)
    assert words == "others stand before"


def test_contradicting_wishes_are_refused(ranked: requests.RankingMade) -> None:
    first, second = (person.expert_id for person in ranked.ranking.people[:2])
    for given in (
        TeamInput(forced_in=(first,), forced_out=(first,)),
        TeamInput(size=1, forced_in=(first, second)),
    ):
        with pytest.raises(InvalidInput) as refused:
            rules_from(given, ranked.ranking, COMPOSER)
        assert [error.pointer for error in refused.value.errors] == ["/forced_in"]


def test_a_proposal_that_the_rules_do_not_admit_cannot_be_kept(
    session: Session, officer: Actor, ranked: requests.RankingMade, clock: FrozenClock
) -> None:
    request_id = _request_of(ranked)
    for team, proposal in ((TeamInput(size=8), 0), (TeamInput(size=2), 1)):
        given = KeepTeam(team=team, ranking_id=ranked.id, proposal=proposal)
        with pytest.raises(Conflict, match="no such team"):
            teams.keep_team(session, officer, request_id, given, composer=COMPOSER, clock=clock)


def test_a_team_comes_out_of_a_ranking_of_its_own_request_and_facility(
    session: Session, make: Factory, officer: Actor, ranked: requests.RankingMade
) -> None:
    other = make.request("B")
    with pytest.raises(Conflict, match="another request"):
        teams.compose_team(session, officer, other.id, ranked.id, TeamInput(), composer=COMPOSER)
    elsewhere = make.actor(facility=make.facility())
    with pytest.raises(NotFound):
        teams.compose_team(
            session, elsewhere, _request_of(ranked), ranked.id, TeamInput(), composer=COMPOSER
        )
    focal_point = make.actor(Role.FOCAL_POINT, "PT")
    with pytest.raises(NotAllowed):
        teams.compose_from(session, focal_point, ranked.ranking, TeamInput(), composer=COMPOSER)
