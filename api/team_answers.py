"""A composition as the API answers it and the command prints it as JSON: the same words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from api.schemas.rankings import PersonOut
from api.schemas.teams import (
    CoveredOut,
    LooseningOut,
    ProposalOut,
    RelaxationOut,
    RuleCheckOut,
    SeatFilledOut,
    SeatNeedOut,
    TeamAnswerOut,
)
from api.voices import ENGLISH, Voice
from matching.teams.coverage import coverage
from roster.read import ExpertRow, Relaxation, TeamAnswer, TeamProposal
from roster.team_rules import given_by
from roster.teams import Composition


def answer_out(
    composition: Composition, people: Mapping[UUID, ExpertRow], voice: Voice = ENGLISH
) -> TeamAnswerOut:
    """Return a composition in the shape of the API.

    Parameters
    ----------
    people : everybody it speaks of (`shown_in`)
    """
    answer = composition.answer
    return TeamAnswerOut(
        mode=composition.rules.mode,
        proposals=[_proposal(one, people, composition, voice) for one in answer.proposals],
        reasons=voice.say_all(answer.reasons),
        relaxations=[_relaxation(way, people, composition, voice) for way in answer.relaxations],
        optimal=answer.optimal,
        status=answer.status,
        gap=answer.gap,
        seed=None,
    )


def shown_in(answer: TeamAnswer) -> set[UUID]:
    """Return everybody an answer speaks of: members, alternates, those of the ways out."""
    loosened = [way.proposal for way in answer.relaxations if way.proposal is not None]
    proposals = [*answer.proposals, *loosened]
    seats = [seat for proposal in proposals for seat in proposal.seats]
    return {seat.expert_id for seat in seats} | {
        other for seat in seats for other in seat.alternates
    }


def _proposal(
    proposal: TeamProposal,
    people: Mapping[UUID, ExpertRow],
    composition: Composition,
    voice: Voice,
) -> ProposalOut:
    held = [composition.experts[one.expert_id] for one in proposal.seats]
    return ProposalOut(
        seats=[
            SeatFilledOut(
                seat=SeatNeedOut.model_validate(filled.seat),
                person=PersonOut.model_validate(people[filled.expert_id]),
                score=filled.score,
                reasons=voice.say_all(filled.reasons),
                alternates=[
                    PersonOut.model_validate(people[other])
                    for other in filled.alternates
                    if other in people
                ],
            )
            for filled in proposal.seats
        ],
        coverage=[
            CoveredOut.model_validate(one) for one in coverage(held, composition.ranking.request)
        ],
        score=proposal.score,
        gives_up=proposal.gives_up,
        rules=[RuleCheckOut.model_validate(check) for check in voice.checks(proposal.rules)],
    )


def _relaxation(
    way: Relaxation,
    people: Mapping[UUID, ExpertRow],
    composition: Composition,
    voice: Voice,
) -> RelaxationOut:
    return RelaxationOut(
        words=voice.say(way.words),
        cost=way.cost,
        parts=[
            LooseningOut.model_validate(replace(part, words=voice.say(part.words)))
            for part in way.parts
        ],
        proposal=_proposal(way.proposal, people, composition, voice) if way.proposal else None,
        team=given_by(way.rules).model_dump(mode="json") if way.rules else None,
    )
