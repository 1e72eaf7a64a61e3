"""What the form of a confirmation says, read against the document that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from roster.dates import Period
from roster.inputs import Confirmation, FactDecision, FactInput
from roster.read import Comparison, Difference, DocumentReading, FactView
from roster.serial import to_json
from roster.vocabulary import DifferenceKind, FactKind, FactStatus
from web.presenters.confirmation_claims import Claim, claims_of, in_order
from web.presenters.fact_editors import NO, parts_of, read_value, shown
from web.tongues import Tongue

Typed = Mapping[str, str]

ADDED = (
    ("name", FactKind.NAME),
    ("email", FactKind.EMAIL),
    ("telephone", FactKind.TELEPHONE),
    ("birth-year", FactKind.BIRTH_YEAR),
    ("nationality", FactKind.NATIONALITY),
    ("language-1", FactKind.LANGUAGE),
    ("language-2", FactKind.LANGUAGE),
    ("language-3", FactKind.LANGUAGE),
    ("post", FactKind.POST),
    ("mission", FactKind.MISSION),
    ("country", FactKind.COUNTRY),
    ("education", FactKind.EDUCATION),
    ("topic", FactKind.TOPIC),
    ("topic-2", FactKind.TOPIC),
    ("activity", FactKind.ACTIVITY),
    ("kind", FactKind.EXPERT_KIND),
)
"""Forms for what a document may leave out: id and kind."""
NEW = "new"
"""Value of `same_as` for somebody who is not on the roster yet."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the form says: a confirmation, or the errors by the id of their fact or form."""

    confirmation: Confirmation | None
    errors: Mapping[str, str] = field(default_factory=dict)


def comparison_with(reading: DocumentReading, expert_id: UUID | None) -> Comparison | None:
    """Return what the document says against one record; None where it is set against none."""
    found = (one for one in reading.comparisons if one.expert_id == expert_id)
    return next(found, None)


def read_form(tongue: Tongue, reading: DocumentReading, typed: Typed) -> Given:
    """Read a sent form against the document that it is about."""
    errors: dict[str, str] = {}
    same_as = _same_as(tongue, reading, typed, errors)
    compared = comparison_with(reading, same_as)
    found = compared.differences if compared else ()
    if any(one.kind is DifferenceKind.CHANGED for one in found):
        _was_compared(tongue, typed, same_as, errors)
    against = {one.fact_id: one for one in found if one.fact_id is not None}
    proposed = [fact for fact in reading.facts if fact.status is FactStatus.PROPOSED]
    decisions = [
        decision
        for claim in claims_of(tongue, in_order(proposed))
        for decision in _decisions(tongue, claim, against, typed, errors)
    ]
    added = list(_added(tongue, typed, errors))
    if errors:
        return Given(None, errors)
    return Given(
        Confirmation(
            decisions=tuple(decisions),
            added=tuple(added),
            accept_rest=False,
            same_as=same_as,
            withdrawn=tuple(_withdrawn(found, typed)),
        )
    )


def _same_as(
    tongue: Tongue, reading: DocumentReading, typed: Typed, errors: dict[str, str]
) -> UUID | None:
    chosen = typed.get("same_as", "")
    if not reading.twins or chosen == NEW:
        return None
    for twin in reading.twins:
        if chosen == str(twin.expert_id):
            return twin.expert_id
    errors["twins"] = tongue.word("Say whether this is the same person.")
    return None


def _was_compared(
    tongue: Tongue, typed: Typed, same_as: UUID | None, errors: dict[str, str]
) -> None:
    """Ask for a look at the differences where the form was sent without them."""
    if typed.get("compared") != str(same_as):
        errors["twins"] = tongue.word(
            "The CV differs from the record. Look at what has changed below, then confirm."
        )


def _decisions(
    tongue: Tongue,
    claim: Claim,
    against: Mapping[UUID, Difference],
    typed: Typed,
    errors: dict[str, str],
) -> Iterator[FactDecision]:
    """Yield what was decided on a claim for each fact that says it."""
    lead = claim.lead
    verdict = typed.get(f"v-{lead.id}", "")
    changed = {} if verdict == "wrong" else _changed(tongue, lead, typed)
    for fact in claim.facts:
        if verdict == "wrong":
            yield FactDecision(fact_id=fact.id, verdict="wrong")
        elif changed:
            try:
                value = read_value(tongue, fact.kind, changed, to_json(fact.value), fact.period)
            except ValueError as error:
                errors[str(lead.id)] = str(error)
                return
            yield FactDecision(fact_id=fact.id, verdict="correct", correction=value)
        elif _is_changed(against.get(fact.id)):
            taken = verdict == "right"
            yield FactDecision(fact_id=fact.id, verdict="right" if taken else "keep")
        elif verdict == "right" or not claim.needs_check:
            yield FactDecision(fact_id=fact.id, verdict="right")


def _is_changed(difference: Difference | None) -> bool:
    return difference is not None and difference.kind is DifferenceKind.CHANGED


def _changed(tongue: Tongue, fact: FactView, typed: Typed) -> dict[str, str]:
    return {
        part.name: typed[name]
        for part in parts_of(fact.kind)
        if (name := f"{fact.id}.{part.name}") in typed
        and typed[name].strip() != shown(tongue, part, fact.value, fact.period).strip()
    }


def _added(tongue: Tongue, typed: Typed, errors: dict[str, str]) -> Iterator[FactInput]:
    for form, kind in ADDED:
        said = {
            part.name: typed.get(f"add-{form}.{part.name}", "").strip() for part in parts_of(kind)
        }
        if not any(text for text in said.values() if text != NO):
            continue
        try:
            yield read_value(tongue, kind, said, {}, Period())
        except ValueError as error:
            errors[f"add-{form}"] = str(error)


def _withdrawn(found: tuple[Difference, ...], typed: Typed) -> Iterator[UUID]:
    for difference in found:
        if difference.kind is DifferenceKind.NOT_MENTIONED and difference.held:
            fact_id = difference.held[0].id
            if typed.get(f"w-{fact_id}"):
                yield fact_id
