"""What was read in a person's CVs, with each decision and the way back from it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from roster.read import ReadFact
from roster.vocabulary import FactStatus
from web.contexts.experts import DecidedLine, DecidedPanel
from web.contexts.parts import Chip, PostButton
from web.presenters.fact_words import kind_words, value_words
from web.presenters.proofs import source_words
from web.tongues import Tongue
from web.wording import marked

_DECISIONS = {
    FactStatus.PROPOSED: ("unknown", marked("waits for a decision")),
    FactStatus.CONFIRMED: ("pass", marked("confirmed")),
    FactStatus.REJECTED: ("fail", marked("rejected")),
    FactStatus.SUPERSEDED: ("note", marked("corrected")),
}


def decided_panel(
    tongue: Tongue, expert_id: UUID, found: Sequence[ReadFact], *, opened: bool
) -> DecidedPanel | None:
    """Return a line for each fact, with buttons to decide on it or to undo; None without any."""
    if not found:
        return None
    waits = any(one.status is FactStatus.PROPOSED for one in found)
    return DecidedPanel(
        finding=_finding(tongue, found),
        lines=tuple(decided_line(tongue, expert_id, one) for one in found),
        is_open=waits or opened,
    )


def undo_button(tongue: Tongue, expert_id: UUID, fact: ReadFact) -> PostButton:
    """Return the button that takes the decision on a fact back."""
    values = (("version", fact.version),)
    return PostButton(tongue.word("Undo"), f"{_path(expert_id, fact)}/undo", values)


def _finding(tongue: Tongue, found: Sequence[ReadFact]) -> str:
    """Say how many facts wait for a decision, else how many were decided on."""
    waits = sum(one.status is FactStatus.PROPOSED for one in found)
    if waits:
        return tongue.words(
            "%(num)s fact waits for a decision",
            "%(num)s facts wait for a decision",
            waits,
        )
    return tongue.words(
        "%(num)s decision on what was read", "%(num)s decisions on what was read", len(found)
    )


def decided_line(tongue: Tongue, expert_id: UUID, one: ReadFact) -> DecidedLine:
    """Return a fact with the decision on it, who took it, and what can be done about it."""
    state, words = _DECISIONS[one.status]
    at = one.decided_at
    when = f"{tongue.day(at.date())} {tongue.time(at)}" if at else ""
    return DecidedLine(
        id=f"fact-{one.id}",
        label=kind_words(tongue, one.kind),
        value=_value(tongue, one),
        source=_source(tongue, one),
        decision=Chip(state, tongue.word(words)),
        when=", ".join(filter(None, (one.decided_by, when))),
        buttons=_buttons(tongue, expert_id, one),
    )


def _value(tongue: Tongue, one: ReadFact) -> str:
    said = value_words(tongue, one.value)
    if one.instead_of is None or one.status is FactStatus.REJECTED:
        return said
    return tongue.word(
        "%(new)s instead of %(old)s", new=said, old=value_words(tongue, one.instead_of)
    )


def _source(tongue: Tongue, one: ReadFact) -> str:
    if one.said_on is None:
        return source_words(tongue, one.source)
    return tongue.word("said by the person on %(day)s", day=tongue.day(one.said_on))


def _buttons(tongue: Tongue, expert_id: UUID, one: ReadFact) -> tuple[PostButton, ...]:
    if one.status is not FactStatus.PROPOSED:
        return (undo_button(tongue, expert_id, one),)
    path = f"{_path(expert_id, one)}/decision"
    return tuple(
        PostButton(words, path, (("verdict", verdict), ("version", one.version)))
        for verdict, words in (("right", tongue.word("Right")), ("wrong", tongue.word("Not so")))
    )


def _path(expert_id: UUID, one: ReadFact) -> str:
    return f"/experts/{expert_id}/facts/{one.id}"
