"""A composition as the API answers it and the command prints it as JSON: the same words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from api import rendering
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
from matching.unnamed import seats_without_text
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
    called = _Called(composition, people, voice)
    return TeamAnswerOut(
        mode=composition.rules.mode,
        proposals=[called.proposal(one) for one in answer.proposals],
        reasons=voice.say_all(answer.reasons),
        relaxations=[called.relaxation(way) for way in answer.relaxations],
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


def person_out(row: ExpertRow, hidden: Mapping[UUID, int | None]) -> PersonOut:
    """Return who somebody is, without a name where she is among the hidden."""
    return PersonOut.model_validate(rendering.person(row, hidden))


class _Called:
    """The people of a composition as its reader is shown them."""

    def __init__(
        self, composition: Composition, people: Mapping[UUID, ExpertRow], voice: Voice
    ) -> None:
        self._composition, self._people, self._voice = composition, people, voice
        self._hidden = composition.unnamed(people)
        self._silent = composition.ranking.among(self._hidden).people if self._hidden else ()

    def proposal(self, proposal: TeamProposal) -> ProposalOut:
        """Return a team in the shape of the API."""
        composition, people = self._composition, self._people
        held = [composition.experts[one.expert_id] for one in proposal.seats]
        told = seats_without_text(proposal, self._silent)
        return ProposalOut(
            seats=[
                SeatFilledOut(
                    seat=SeatNeedOut.model_validate(filled.seat),
                    person=person_out(people[filled.expert_id], self._hidden),
                    score=filled.score,
                    reasons=self._voice.say_all(filled.reasons),
                    alternates=[
                        person_out(people[other], self._hidden)
                        for other in filled.alternates
                        if other in people
                    ],
                )
                for filled in told.seats
            ],
            coverage=[
                CoveredOut.model_validate(one)
                for one in coverage(held, composition.ranking.request)
            ],
            score=proposal.score,
            gives_up=proposal.gives_up,
            rules=[
                RuleCheckOut.model_validate(check) for check in self._voice.checks(proposal.rules)
            ],
        )

    def relaxation(self, way: Relaxation) -> RelaxationOut:
        """Return a way out in the shape of the API."""
        say = self._voice.say
        return RelaxationOut(
            words=say(way.words),
            cost=way.cost,
            parts=[
                LooseningOut.model_validate(replace(part, words=say(part.words)))
                for part in way.parts
            ],
            proposal=self.proposal(way.proposal) if way.proposal else None,
            team=given_by(way.rules).model_dump(mode="json") if way.rules else None,
        )
