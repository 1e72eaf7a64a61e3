"""Teams: composed by rules out of a stored ranking, kept with their seats."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import Session, select

from roster import records
from roster.errors import Conflict, FieldError, InvalidInput, NotFound
from roster.inputs import KeepTeam, TeamInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock, TeamComposer
from roster.queries.experts import get_expert
from roster.queries.loads import loads_of
from roster.queries.rankings import get_ranking
from roster.queries.requests import get_request
from roster.read import (
    ExpertView,
    Names,
    Ranking,
    Seating,
    TeamAnswer,
    TeamProposal,
    TeamRules,
)
from roster.serial import to_json
from roster.tables import AssistanceRequest, Seat, Team
from roster.team_people import Considered, Looked
from roster.team_rules import rules_from
from roster.telling.notices import require_informed
from roster.vocabulary import Band

_NEAREST = {Band.ASK: 400, Band.NOT: 200}
"""People of each band, nearest first, among whom ways out are looked for where there is no team.

Teams themselves are made of everybody who may sit in one: the best is the best of all.
"""
_CALLED = {Band.ASK: "to ask first", Band.NOT: "who do not fit"}


@dataclass(frozen=True, slots=True)
class Composition:
    """What was asked, what came out, and the people it speaks of."""

    answer: TeamAnswer
    people: Considered
    looked: Looked

    @property
    def rules(self) -> TeamRules:
        """What was asked."""
        return self.people.rules

    @property
    def ranking(self) -> Ranking:
        """Out of which the teams were made; all of it."""
        return self.people.ranking

    @property
    def names(self) -> Names:
        """Whose names its reader is shown."""
        return self.people.names

    @property
    def experts(self) -> Mapping[UUID, ExpertView]:
        """Who was read: called by numbers where names are kept back; without evidence."""
        return self.looked.experts

    def unnamed(self, expert_ids: Collection[UUID]) -> Mapping[UUID, int | None]:
        """Return who of these is shown without a name, with the number in the ranking."""
        return self.names.numbers_in(self.ranking, expert_ids)


def compose_team(
    session: Session,
    actor: Actor,
    request_id: UUID,
    ranking_id: UUID,
    given: TeamInput,
    *,
    composer: TeamComposer,
    names: Names | None = None,
) -> Composition:
    """Compose up to three teams for a request out of one of its rankings; nothing is kept.

    Parameters
    ----------
    names : whose its reader is shown (`roster.queries.names`); None: everybody's

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        The ranking was made for another request.
    InvalidInput
        The rules contradict each other.
    """
    require(actor, Permission.WRITE_TEAM)
    get_request(session, actor, request_id)
    stored = get_ranking(session, actor, ranking_id)
    if stored.row.request_id != request_id:
        raise Conflict("That ranking was made for another request.")
    return compose_from(session, actor, stored.ranking, given, composer=composer, names=names)


def compose_from(
    session: Session,
    actor: Actor,
    ranking: Ranking,
    given: TeamInput,
    *,
    composer: TeamComposer,
    names: Names | None = None,
) -> Composition:
    """Compose teams out of a ranking that need not be stored (an inline match).

    Raises
    ------
    NotAllowed, InvalidInput
    """
    require(actor, Permission.WRITE_TEAM)
    rules = with_loads(session, actor, rules_from(given, ranking, composer), ranking)
    lets_in = _lets_others_in(given)
    bands = tuple(Band) if lets_in else (Band.FIT,)
    people = Considered(ranking, rules, bands, names or Names())

    def composed(looked: Looked) -> TeamAnswer:
        return composer.compose(
            looked.ranking, looked.experts, rules, ways_out=lets_in, beyond=looked.beyond
        )

    answer, looked = people.answered(session, actor, composed)
    if not answer.proposals and not lets_in:
        # Those who do not fit are read only now: most requests have a team without them.
        others = {
            person.expert_id
            for band, most in _NEAREST.items()
            for person in ranking.band(band, most)
        }
        looked = people.with_more(session, actor, looked, others - people.gone(session))
        answer = composer.compose(looked.ranking, looked.experts, rules)
        answer = replace(answer, reasons=(*answer.reasons, *_not_looked_at(ranking)))
    return Composition(answer, people, looked)


def _not_looked_at(ranking: Ranking) -> Iterator[str]:
    """Say where more people stand than those among whom ways out were looked for."""
    counts = ranking.counts()
    for band, most in _NEAREST.items():
        if counts[band] > most:
            yield (
                f"Ways out were looked for among the first {most} of the {counts[band]} people "
                f"{_CALLED[band]}."
            )


def _lets_others_in(given: TeamInput) -> bool:
    """Whether people can sit in the team whom the ranking does not call fit."""
    otherwise = (given.starts, given.ends, given.languages, given.asked_of, given.interpreted)
    return any(otherwise) or any(seat.days for seat in given.seats)


def seat_team(
    session: Session,
    actor: Actor,
    composition: Composition,
    people: Sequence[UUID | None],
    *,
    composer: TeamComposer,
    rules: TeamRules | None = None,
) -> Seating:
    """Hold a team put together by hand against the rules; say who else could take each seat.

    Parameters
    ----------
    people : by seat; None leaves a seat open
    rules : instead of those of the composition: as a way out loosens them

    Raises
    ------
    InvalidInput
        Not one for each seat, somebody twice, or somebody who is not in the ranking.
    """
    require(actor, Permission.WRITE_TEAM)
    seated = {one for one in people if one is not None}
    held = rules or composition.rules
    answer, _ = composition.people.answered(
        session,
        actor,
        lambda looked: composer.seat(
            looked.ranking, looked.experts, held, people, beyond=looked.beyond
        ),
        composition.looked,
        seated,
    )
    return answer


def with_loads(session: Session, actor: Actor, rules: TeamRules, ranking: Ranking) -> TeamRules:
    """Return the rules with who was out how much, where one of them asks for it."""
    capped = rules.most_days_a_year or rules.most_deployments_a_year
    if not (capped or rules.least_returning):
        return rules
    year = (rules.starts or ranking.today).year
    request = ranking.request
    loads = loads_of(session, actor, year, request_id=request.id, countries=request.countries)
    return replace(rules, loads=loads)


def why_not(
    session: Session,
    actor: Actor,
    composition: Composition,
    expert_id: UUID,
    *,
    composer: TeamComposer,
) -> str:
    """Say why somebody sits in none of the teams of a composition.

    Raises
    ------
    NotFound
    """
    get_expert(session, actor, expert_id, Permission.RANK)
    people = composition.people
    if expert_id in people.gone(session):
        return "Declined, is not available or was not released for this request."
    answer, _ = people.answered(
        session,
        actor,
        lambda looked: composer.why_not(
            expert_id,
            looked.ranking,
            looked.experts,
            composition.rules,
            composition.answer,
            beyond=looked.beyond,
        ),
        composition.looked,
        {expert_id},
    )
    return answer


def keep_team(
    session: Session,
    actor: Actor,
    request_id: UUID,
    given: KeepTeam,
    *,
    composer: TeamComposer,
    clock: Clock,
) -> Team:
    """Keep one of the proposals for a request, with its seats, alternates and rules as they were.

    Raises
    ------
    NotFound, NotAllowed, InvalidInput
        A team put together by hand breaks rules and no note says why.
    Conflict
        There is no such proposal: the rules admit fewer teams; nobody sits in it; or somebody in
        it was not told that a CV of hers is here.
    """
    composition = compose_team(
        session, actor, request_id, given.ranking_id, given.team, composer=composer
    )
    proposal = _chosen(session, actor, composition, given, composer)
    require_informed(session, [seat.expert_id for seat in proposal.seats])
    request = get_request(session, actor, request_id)
    team = _stored(actor, request, given, composition, proposal)
    team.created_at = clock.now()
    session.add(team)
    session.flush()
    session.add_all(_seats(team, composition.rules, proposal, given.counterparts))
    records.log_change(session, actor, team, "created", clock.now(), request=request.id)
    session.flush()
    return team


def name_counterparts(
    session: Session,
    actor: Actor,
    request_id: UUID,
    team_id: UUID,
    names: Mapping[int, str],
    *,
    clock: Clock,
) -> None:
    """Write down whom the partner institution named for seats of a kept team.

    Parameters
    ----------
    names : position of the seat → name; an empty one takes it back

    Raises
    ------
    NotFound, NotAllowed
    """
    require(actor, Permission.WRITE_TEAM)
    request = get_request(session, actor, request_id)
    team = session.get(Team, team_id)
    if team is None or team.request_id != request.id:
        raise NotFound("There is no such team for this request.")
    seats = session.exec(select(Seat).where(Seat.team_id == team.id)).all()
    for seat in seats:
        if seat.position in names:
            seat.counterpart = names[seat.position].strip() or None
            session.add(seat)
    records.log_change(session, actor, team, "changed", clock.now(), request=request.id)
    session.flush()


def _chosen(
    session: Session,
    actor: Actor,
    composition: Composition,
    given: KeepTeam,
    composer: TeamComposer,
) -> TeamProposal:
    """Return the proposal that is meant, or the team put together by hand."""
    if not given.seated:
        proposals = composition.answer.proposals
        if given.proposal >= len(proposals):
            raise Conflict(
                "These rules admit no such team. Compose again and choose one of those shown."
            )
        return proposals[given.proposal]
    found = seat_team(session, actor, composition, given.seated, composer=composer).proposal
    if not found.seats:
        raise Conflict("Nobody sits in this team yet.")
    broken = [check.rule for check in found.rules if check.state == "broken"]
    if broken and not given.note:
        told = f"Say why the team is kept although it breaks: {'; '.join(broken)}."
        raise InvalidInput("This team breaks rules.", errors=(FieldError("/note", told),))
    return found


def _stored(
    actor: Actor,
    request: AssistanceRequest,
    given: KeepTeam,
    composition: Composition,
    proposal: TeamProposal,
) -> Team:
    return Team(
        facility_id=request.facility_id,
        origin=request.origin,
        request_id=request.id,
        ranking_run_id=given.ranking_id,
        mode=composition.rules.mode,
        # What is on record of others is evidence of the moment, not part of the team.
        rules=to_json(replace(composition.rules, loads=())),
        score=proposal.score,
        status="proposed",
        checks=[to_json(check) for check in proposal.rules],
        note=given.note,
        by=actor.account_id,
    )


def _seats(
    team: Team, rules: TeamRules, proposal: TeamProposal, counterparts: Sequence[str | None]
) -> list[Seat]:
    """Return a row per seat of the rules; one that nobody takes is kept open."""
    filled = {one.at: one for one in proposal.seats}
    return [
        Seat(
            facility_id=team.facility_id,
            origin=team.origin,
            team_id=team.id,
            position=at + 1,
            role=need.role,
            need=to_json(need),
            expert_id=filled[at].expert_id if at in filled else None,
            score=filled[at].score if at in filled else None,
            counterpart=(counterparts[at] if at < len(counterparts) else None) or need.counterpart,
            alternates=[str(one) for one in filled[at].alternates] if at in filled else [],
        )
        for at, need in enumerate(rules.seats)
    ]
