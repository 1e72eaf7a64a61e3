"""The facts of a confirmation in their groups: to check, changed, sure, the same, not mentioned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from roster.dates import Period
from roster.read import Difference, DocumentReading, FactView
from roster.vocabulary import DifferenceKind, FactKind, FactStatus
from web.contexts.confirmation import (
    CheckGroup,
    FactCard,
    FactInput,
    Place,
    Silent,
    SureFact,
    SureLine,
)
from web.contexts.parts import Choice
from web.presenters.confirmation_claims import NEWEST_FIRST, ORDER, Claim, claims_of, in_order
from web.presenters.confirmation_form import Typed
from web.presenters.doubts import doubt_words
from web.presenters.fact_editors import NAMED, choices_of, input_kind, parts_of, shown
from web.presenters.fact_words import kind_words, value_words
from web.tongues import Tongue


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
    """What a document says by what has to be done about it, each group in order."""

    to_check: tuple[Claim, ...]
    changed: tuple[Claim, ...]
    sure: tuple[Claim, ...]
    same: tuple[Claim, ...]


def groups_of(
    tongue: Tongue, reading: DocumentReading, against: Mapping[UUID, Difference]
) -> Groups:
    """Put everything that stands into its group, what is said in several places once."""
    standing = [fact for fact in reading.facts if fact.status is not FactStatus.REJECTED]
    found: dict[str, list[Claim]] = {"check": [], "changed": [], "sure": [], "same": []}
    for claim in claims_of(tongue, in_order(standing)):
        kinds = {against[fact.id].kind for fact in claim.facts if fact.id in against}
        if DifferenceKind.CHANGED in kinds:
            found["changed"].append(claim)
        elif DifferenceKind.SAME in kinds:
            found["same"].append(claim)
        elif claim.lead.status is FactStatus.PROPOSED and claim.needs_check:
            found["check"].append(claim)
        else:
            found["sure"].append(claim)
    return Groups(*(tuple(group) for group in found.values()))


def with_period(tongue: Tongue, fact: FactView) -> str:
    """Say a fact in one line, with its dates where it has any or should."""
    words = value_words(tongue, fact.value)
    dated = _has_dates(fact, fact.period)
    return f"{words}, {tongue.period(fact.period)}" if dated else words


def _has_dates(fact: FactView, period: Period) -> bool:
    return period != Period() or fact.kind in NEWEST_FIRST


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
            names=NAMED.get(part.of, ""),
        )
        for part, value in zip(parts_of(kind), values, strict=True)
    )


def card(sheet: Sheet, claim: Claim) -> FactCard:
    """Return something that the document says and on which somebody has to decide."""
    tongue, fact = sheet.tongue, claim.lead
    old = _held(sheet, claim)
    verdicts = _keep_or_take(sheet, claim, old) if old else _right_or_wrong(sheet, fact)
    return FactCard(
        id=str(fact.id),
        number=sheet.numbers.get(fact.id),
        kind=kind_words(tongue, fact.kind),
        value=_claimed(tongue, claim),
        place=_page(tongue, fact),
        quote=fact.quote,
        language=sheet.reading.language,
        verdicts=verdicts,
        places=_places(sheet, claim),
        doubt=_doubt(tongue, claim),
        old=with_period(tongue, old) if old else "",
        old_note=_held_since(tongue, old) if old else "",
        inputs=inputs_of(sheet, fact),
        href=sheet.href(fact),
        error=sheet.errors.get(str(fact.id), ""),
    )


def checks(sheet: Sheet, claims: Sequence[Claim]) -> tuple[CheckGroup, ...]:
    """Return what has to be checked by kind, with the words that take a whole kind as right."""
    word = sheet.tongue.word
    made = []
    for kind in ORDER:
        cards = tuple(card(sheet, claim) for claim in claims if claim.lead.kind is kind)
        if cards:
            whole = word("All %(num)s are right", num=sheet.tongue.number(len(cards)))
            made.append(
                CheckGroup(kind_words(sheet.tongue, kind), cards, whole if len(cards) > 1 else "")
            )
    return tuple(made)


def _held(sheet: Sheet, claim: Claim) -> FactView | None:
    """Return what the record says otherwise of the same thing."""
    for fact in claim.facts:
        difference = sheet.against.get(fact.id)
        if difference is not None and difference.kind is DifferenceKind.CHANGED:
            return difference.held[0]
    return None


def _page(tongue: Tongue, fact: FactView) -> str:
    page = fact.span.page if fact.span else None
    return tongue.word("Page %(number)s", number=tongue.number(page)) if page else ""


def _claimed(tongue: Tongue, claim: Claim) -> str:
    words, period = value_words(tongue, claim.lead.value), claim.period
    return f"{words}, {tongue.period(period)}" if _has_dates(claim.lead, period) else words


def _places(sheet: Sheet, claim: Claim) -> tuple[Place, ...]:
    """Return every place of what is said in several."""
    if len(claim.facts) == 1:
        return ()
    return tuple(
        Place(
            number=sheet.numbers.get(fact.id),
            href=sheet.href(fact),
            about=", ".join(
                filter(
                    None,
                    (
                        _page(sheet.tongue, fact),
                        sheet.tongue.period(fact.period) if fact.period != Period() else "",
                    ),
                )
            ),
            quote=fact.quote,
        )
        for fact in claim.facts
    )


def _doubt(tongue: Tongue, claim: Claim) -> str:
    if claim.doubts:
        return " ".join(doubt_words(tongue, doubt) for doubt in claim.doubts)
    return tongue.word("Read, but not surely.") if claim.needs_check else ""


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


def _keep_or_take(sheet: Sheet, claim: Claim, old: FactView) -> tuple[Choice, ...]:
    stands = old.status is FactStatus.CONFIRMED or claim.needs_check
    said = sheet.typed.get(f"v-{claim.lead.id}", "keep" if stands else "right")
    word = sheet.tongue.word
    return (
        Choice("keep", word("Keep what is on the record"), said != "right"),
        Choice("right", word("Take the new value"), said == "right"),
    )


def lines(sheet: Sheet, claims: Sequence[Claim], *, open_: bool) -> tuple[SureLine, ...]:
    """Return what needs no decision, by kind; `open_` where it can be struck."""
    found = []
    for kind in ORDER:
        chosen = tuple(
            _sure(sheet, claim, open_=open_) for claim in claims if claim.lead.kind is kind
        )
        if chosen:
            found.append(SureLine(kind_words(sheet.tongue, kind), chosen))
    return tuple(found)


def _sure(sheet: Sheet, claim: Claim, *, open_: bool) -> SureFact:
    fact, period = claim.lead, claim.period
    can_be_struck = open_ and fact.status is FactStatus.PROPOSED
    return SureFact(
        id=str(fact.id),
        number=sheet.numbers.get(fact.id),
        value=value_words(sheet.tongue, fact.value),
        note=sheet.tongue.period(period) if _has_dates(fact, period) else "",
        href=sheet.href(fact),
        confirmed=fact.status is FactStatus.CONFIRMED,
        wrong=sheet.typed.get(f"v-{fact.id}") == "wrong",
        places=_places(sheet, claim),
        language=sheet.reading.language,
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
        for fact in in_order(found)
    )
