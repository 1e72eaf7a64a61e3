"""Ranked people as rows: conditions in words, points as a bar, evidence as quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from roster.read import (
    Contribution,
    Evidence,
    ExpertRow,
    GateResult,
    RankedExpert,
    ShortlistEntryView,
)
from roster.vocabulary import LEFT_STAGES, ExpertStatus, Gate, GateOutcome, Stage
from web.contexts.parts import Chip, PersonName, Piece, Quote
from web.contexts.rankings import PersonRow
from web.contexts.scores import css_of, score_of
from web.presenters.persons import NOBODY, Unnamed, called
from web.presenters.proofs import proof_words
from web.presenters.weights import parts_of
from web.reason_words import clause
from web.tongues import Tongue
from web.wording import say

_STATE = {
    GateOutcome.PASS: "pass",
    GateOutcome.FAIL: "fail",
    GateOutcome.UNKNOWN: "unknown",
}
_SAID_WHEN_PASSED = frozenset({Gate.LANGUAGE, Gate.AVAILABILITY, Gate.RELEASE})
"""Conditions worth a word where they are met; the others are told only where they are not."""
_QUOTES = 3
_TELLING_LOSS = 1
"""Points that are missing, from which on it is worth a word."""


def with_words(
    people: Sequence[RankedExpert], explained: Sequence[RankedExpert]
) -> tuple[RankedExpert, ...]:
    """Return people with the reasons and evidence of `explained`, and the points as stored."""
    told = {(one.expert_id, part.feature): part for one in explained for part in one.contributions}
    return tuple(
        replace(
            one,
            contributions=tuple(
                replace(part, reason=new.reason, evidence=new.evidence)
                if (new := told.get((one.expert_id, part.feature))) is not None
                else part
                for part in one.contributions
            ),
        )
        for one in people
    )


def rows_of(
    people: Sequence[RankedExpert],
    rows: Mapping[UUID, ExpertRow],
    shortlisted: Mapping[UUID, ShortlistEntryView],
    compare: str,
    tongue: Tongue,
    unnamed: Unnamed = NOBODY,
) -> tuple[PersonRow, ...]:
    """Return the rows of a page; whoever was erased or restricted since is left out.

    Parameters
    ----------
    unnamed : who is shown without a name; `people` hold no text of theirs
    """
    return tuple(
        _row(
            one,
            called(rows[one.expert_id], tongue, unnamed),
            shortlisted.get(one.expert_id),
            compare,
            tongue,
            is_unnamed=one.expert_id in unnamed,
        )
        for one in people
        if one.expert_id in rows and rows[one.expert_id].status is not ExpertStatus.RESTRICTED
    )


def _row(
    one: RankedExpert,
    name: PersonName,
    entry: ShortlistEntryView | None,
    compare: str,
    tongue: Tongue,
    *,
    is_unnamed: bool,
) -> PersonRow:
    return PersonRow(
        id=str(one.expert_id),
        place=tongue.number(one.place),
        person=name,
        score=score_of(one.score, one.contributions, tongue),
        gates=gate_chips(one.gates, tongue),
        best=_best(one.contributions, tongue),
        gap=gap_words(one.contributions, tongue),
        quotes=quotes_of(one.contributions, tongue),
        stage=_stage(entry.stage, tongue) if entry else None,
        compare=f"{compare}&expert={one.expert_id}",
        is_unnamed=is_unnamed,
        parts=parts_of(one.contributions),
    )


def gate_chips(gates: Sequence[GateResult], tongue: Tongue) -> tuple[Chip, ...]:
    """Return the conditions in words: those not met or not known, and the telling ones met."""
    return tuple(
        Chip(_STATE[one.outcome], clause(one.reason, tongue))
        for one in gates
        if one.outcome is not GateOutcome.PASS or one.gate in _SAID_WHEN_PASSED
    )


def _telling(contributions: Sequence[Contribution]) -> list[Contribution]:
    """Return what weighs most."""
    telling = [part for part in contributions if part.points > 0 and part.value]
    return sorted(telling, key=lambda part: -part.points)[:2]


def _best(contributions: Sequence[Contribution], tongue: Tongue) -> str:
    """Return what weighs most, in a sentence."""
    return _sentence("; ".join(clause(part.reason, tongue) for part in _telling(contributions)))


def gap_words(contributions: Sequence[Contribution], tongue: Tongue) -> str:
    """Return where points are missing and it is known why; of what weighs most only if need be.

    Her reason said already what she is best at: said again as what is missing, it would read as
    its own contrary.
    """
    lost = [
        part
        for part in contributions
        if part.value is not None and part.most - part.points >= _TELLING_LOSS
    ]
    if not lost:
        return ""
    best = _telling(contributions)
    worst = max(lost, key=lambda part: (part not in best, part.most - part.points))
    return tongue.word(
        "%(what)s −%(points)s: %(reason)s.",
        what=tongue.feature(worst.feature),
        points=tongue.points(worst.most - worst.points),
        reason=clause(worst.reason, tongue),
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def quotes_of(contributions: Sequence[Contribution], tongue: Tongue) -> tuple[Quote, ...]:
    """Return the sentences that stand behind most points, each once."""
    found: dict[tuple[str, str], Quote] = {}
    for part in sorted(contributions, key=lambda part: -part.points):
        for proof in part.evidence:
            if proof.quote and part.points > 0:
                found.setdefault((proof.quote, proof.source), _quote(part, proof, tongue))
    return tuple(found.values())[:_QUOTES]


def _quote(part: Contribution, proof: Evidence, tongue: Tongue) -> Quote:
    return Quote(
        pieces=(Piece(proof.quote, marked=True),),
        place=proof_words(tongue, proof, language=True),
        language=proof.language,
        about=tongue.labelled(tongue.feature(part.feature), clause(part.reason, tongue)),
        css=css_of(part.feature),
        check="" if proof.confirmed else tongue.word("to check"),
    )


def undo_of(entry: ShortlistEntryView, me: str) -> str:
    """Return what takes somebody off again: who was put on by the reader, and moved by nobody."""
    if len(entry.moves) != 1 or entry.moves[0].by != me:
        return ""
    return f"{entry.id}:1"


def _stage(stage: Stage, tongue: Tongue) -> Chip:
    """Return where somebody stands on the shortlist; who left it is not shown as one who is on."""
    return Chip("fail" if stage in LEFT_STAGES else "done", say(tongue, stage))
