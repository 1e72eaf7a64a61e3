"""The facts of a confirmation in their groups: to check, changed, sure, the same, not mentioned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from roster.dates import Period
from roster.read import Difference, DocumentReading, FactView
from roster.vocabulary import DifferenceKind, FactKind, FactStatus
from web.contexts.confirmation import FactCard, FactInput, Silent, SureFact, SureLine
from web.contexts.parts import Choice
from web.presenters.confirmation_form import Typed, needs_check
from web.presenters.fact_editors import choices_of, input_kind, parts_of, shown
from web.presenters.fact_words import kind_words, value_words
from web.tongues import Tongue

ORDER = (
    FactKind.NAME,
    FactKind.EMAIL,
    FactKind.TELEPHONE,
    FactKind.BIRTH_YEAR,
    FactKind.NATIONALITY,
    FactKind.LANGUAGE,
    FactKind.POST,
    FactKind.MISSION,
    FactKind.COUNTRY,
    FactKind.EDUCATION,
    FactKind.TOPIC,
    FactKind.ACTIVITY,
    FactKind.TRAINING,
    FactKind.PUBLICATION,
    FactKind.HEADLINE,
    FactKind.EXPERT_KIND,
    FactKind.UNAVAILABILITY,
)
"""Kinds in the order in which somebody confirms them: who it is, what she speaks, what she did."""
_NEWEST_FIRST = frozenset({FactKind.POST, FactKind.MISSION})


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document with its marks and what was typed: what every fact is shown from."""

    tongue: Tongue
    reading: DocumentReading
    numbers: Mapping[UUID, int]
    boxed: frozenset[UUID]
    """Facts to show on the picture of a page; empty where the text is shown."""
    against: Mapping[UUID, Difference] = field(default_factory=dict)
    """By fact read; empty where the document is set against no record."""
    typed: Typed = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def href(self, fact: FactView) -> str:
        """Return where a fact's words stand in what is shown of the document."""
        number = self.numbers.get(fact.id)
        if number is None:
            return ""
        return f"#b{number}" if fact.id in self.boxed else f"#m{number}"


@dataclass(frozen=True, slots=True)
class Groups:
    """The facts of a document by what has to be done about them, each group in order."""

    to_check: tuple[FactView, ...]
    changed: tuple[FactView, ...]
    sure: tuple[FactView, ...]
    same: tuple[FactView, ...]


def groups_of(reading: DocumentReading, against: Mapping[UUID, Difference]) -> Groups:
    """Put every fact that stands into its group."""
    found: dict[str, list[FactView]] = {"check": [], "changed": [], "sure": [], "same": []}
    for fact in sorted(reading.facts, key=_order):
        if fact.status is FactStatus.REJECTED:
            continue
        difference = against.get(fact.id)
        if difference is not None and difference.kind is DifferenceKind.CHANGED:
            found["changed"].append(fact)
        elif difference is not None and difference.kind is DifferenceKind.SAME:
            found["same"].append(fact)
        elif fact.status is FactStatus.PROPOSED and needs_check(fact):
            found["check"].append(fact)
        else:
            found["sure"].append(fact)
    return Groups(*(tuple(group) for group in found.values()))


def _order(fact: FactView) -> tuple[int, int, int, str]:
    newest = 0
    if fact.kind in _NEWEST_FIRST:
        last = date.max if fact.period.ongoing else _last_day(fact.period)
        newest = -last.toordinal()
    return (ORDER.index(fact.kind), newest, fact.span.start if fact.span else 0, str(fact.id))


def _last_day(period: Period) -> date:
    last = period.end or period.start
    return last.last_day if last else date.min


def with_period(tongue: Tongue, fact: FactView) -> str:
    """Say a fact in one line, with its dates where it has any or should."""
    words = value_words(tongue, fact.value)
    return f"{words}, {tongue.period(fact.period)}" if _is_dated(fact) else words


def _is_dated(fact: FactView) -> bool:
    return fact.period != Period() or fact.kind in _NEWEST_FIRST


def inputs_of(sheet: Sheet, fact: FactView) -> tuple[FactInput, ...]:
    """Return the fields in which a fact can be corrected, with what was typed before."""

    def held(name: str, part_shown: str) -> str:
        return sheet.typed.get(f"{fact.id}.{name}", part_shown)

    return typed_inputs(
        sheet.tongue,
        fact.kind,
        str(fact.id),
        [
            held(part.name, shown(sheet.tongue, part, fact.value, fact.period))
            for part in parts_of(fact.kind)
        ],
    )


def typed_inputs(
    tongue: Tongue, kind: FactKind, prefix: str, values: Sequence[str]
) -> tuple[FactInput, ...]:
    """Return one field for each part of a kind, holding these values in the order of its parts."""
    return tuple(
        FactInput(
            name=f"{prefix}.{part.name}",
            label=tongue.word(part.label),
            value=value,
            choices=choices_of(tongue, part, value),
            kind=input_kind(part),
        )
        for part, value in zip(parts_of(kind), values, strict=True)
    )


def card(sheet: Sheet, fact: FactView) -> FactCard:
    """Return a fact on which somebody has to decide."""
    tongue = sheet.tongue
    difference = sheet.against.get(fact.id)
    changed = difference is not None and difference.kind is DifferenceKind.CHANGED
    old = difference.held[0] if changed and difference is not None else None
    page = fact.span.page if fact.span else None
    verdicts = _keep_or_take(sheet, fact, old) if old else _right_or_wrong(sheet, fact)
    return FactCard(
        id=str(fact.id),
        number=sheet.numbers.get(fact.id),
        kind=kind_words(tongue, fact.kind),
        value=with_period(tongue, fact),
        place=tongue.word("Page %(number)s", number=tongue.number(page)) if page else "",
        quote=fact.quote,
        language=sheet.reading.language,
        verdicts=verdicts,
        doubt=_doubt(tongue, fact),
        old=with_period(tongue, old) if old else "",
        old_note=_held_since(tongue, old) if old else "",
        inputs=inputs_of(sheet, fact),
        href=sheet.href(fact),
        error=sheet.errors.get(str(fact.id), ""),
    )


def _doubt(tongue: Tongue, fact: FactView) -> str:
    if fact.doubt:
        return fact.doubt[:1].upper() + fact.doubt[1:]
    return tongue.word("Read, but not surely.") if needs_check(fact) else ""


def _held_since(tongue: Tongue, held: FactView) -> str:
    day = tongue.day(held.asserted_at.date())
    if held.status is FactStatus.CONFIRMED:
        return tongue.word("confirmed, said on %(day)s", day=day)
    return tongue.word("not confirmed, said on %(day)s", day=day)


def _right_or_wrong(sheet: Sheet, fact: FactView) -> tuple[Choice, ...]:
    said = sheet.typed.get(f"v-{fact.id}", "")
    word = sheet.tongue.word
    return (
        Choice("right", word("Right"), said == "right"),
        Choice("wrong", word("Not so"), said == "wrong"),
        Choice("", word("I do not know"), said not in {"right", "wrong"}),
    )


def _keep_or_take(sheet: Sheet, fact: FactView, old: FactView) -> tuple[Choice, ...]:
    stands = old.status is FactStatus.CONFIRMED or needs_check(fact)
    said = sheet.typed.get(f"v-{fact.id}", "keep" if stands else "right")
    word = sheet.tongue.word
    return (
        Choice("keep", word("Keep what is on the record"), said != "right"),
        Choice("right", word("Take the new value"), said == "right"),
    )


def lines(sheet: Sheet, facts: Sequence[FactView], *, open_: bool) -> tuple[SureLine, ...]:
    """Return facts that need no decision, by kind; `open_` where they can be struck."""
    return tuple(_by_kind(sheet, facts, lambda fact: _sure(sheet, fact, open_=open_)))


def _by_kind(
    sheet: Sheet, facts: Sequence[FactView], made: Callable[[FactView], SureFact]
) -> Iterator[SureLine]:
    for kind in ORDER:
        chosen = tuple(made(fact) for fact in facts if fact.kind is kind)
        if chosen:
            yield SureLine(kind_words(sheet.tongue, kind), chosen)


def _sure(sheet: Sheet, fact: FactView, *, open_: bool) -> SureFact:
    can_be_struck = open_ and fact.status is FactStatus.PROPOSED
    return SureFact(
        id=str(fact.id),
        number=sheet.numbers.get(fact.id),
        value=value_words(sheet.tongue, fact.value),
        note=sheet.tongue.period(fact.period) if _is_dated(fact) else "",
        href=sheet.href(fact),
        confirmed=fact.status is FactStatus.CONFIRMED,
        wrong=sheet.typed.get(f"v-{fact.id}") == "wrong",
        inputs=inputs_of(sheet, fact) if can_be_struck else (),
        error=sheet.errors.get(str(fact.id), ""),
    )


def silent(tongue: Tongue, differences: Sequence[Difference], typed: Typed) -> tuple[Silent, ...]:
    """Return what stands on the record and is not mentioned in the document."""
    found = [
        one.held[0] for one in differences if one.kind is DifferenceKind.NOT_MENTIONED and one.held
    ]
    return tuple(
        Silent(
            id=str(fact.id),
            kind=kind_words(tongue, fact.kind),
            value=with_period(tongue, fact),
            note=_held_since(tongue, fact),
            gone=bool(typed.get(f"w-{fact.id}")),
        )
        for fact in sorted(found, key=_order)
    )
