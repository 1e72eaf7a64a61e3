"""The confirmation of a CV: the page, and what its form says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from roster.dates import Period
from roster.inputs import Confirmation, FactDecision
from roster.inputs import FactInput as GivenFact
from roster.read import DocumentReading, FactView
from roster.reference import countries
from roster.serial import to_json
from roster.vocabulary import DocumentState, FactKind, FactStatus
from web.contexts.documents import (
    AddForm,
    ConfirmPage,
    FactCard,
    FactInput,
    Suggestions,
    SureFact,
    SureLine,
    Twins,
    UnknownLine,
)
from web.contexts.layout import Fact, Frame, Head
from web.contexts.parts import Choice, DocumentPane, ErrorLine, Link
from web.presenters.fact_editors import (
    NO,
    ONGOING,
    choices_of,
    parts_of,
    read_value,
    shown,
    suggestions_of,
)
from web.presenters.fact_words import KINDS, kind_words, value_words
from web.presenters.marked_text import lines_of, numbered
from web.tongues import Tongue

Typed = Mapping[str, str]

ADDED = (
    ("name", FactKind.NAME),
    ("language-1", FactKind.LANGUAGE),
    ("language-2", FactKind.LANGUAGE),
    ("post", FactKind.POST),
    ("mission", FactKind.MISSION),
    ("topic", FactKind.TOPIC),
    ("nationality", FactKind.NATIONALITY),
    ("kind", FactKind.EXPERT_KIND),
)
"""Forms for what a document may leave out: id and kind."""
_EXPECTED = (
    (FactKind.NAME, "name"),
    (FactKind.POST, "post"),
    (FactKind.LANGUAGE, "language-1"),
    (FactKind.TOPIC, "topic"),
)
_RTL = frozenset({"ar", "he", "fa", "ur", "ps"})
_ONE_OF_A_KIND = frozenset({FactKind.NAME, FactKind.NATIONALITY, FactKind.EXPERT_KIND})


@dataclass(frozen=True, slots=True)
class Given:
    """What the form says: a confirmation, or the errors by the id of their fact or form."""

    confirmation: Confirmation | None
    errors: Mapping[str, str] = field(default_factory=dict)


def read_form(tongue: Tongue, reading: DocumentReading, typed: Typed) -> Given:
    """Read a sent form against the document that it is about."""
    errors: dict[str, str] = {}
    decisions = [
        decision
        for fact in reading.facts
        if fact.status is FactStatus.PROPOSED
        and (decision := _decision(tongue, fact, typed, errors)) is not None
    ]
    added = list(_added(tongue, typed, errors))
    same_as = _same_as(tongue, reading, typed, errors)
    if errors:
        return Given(None, errors)
    return Given(
        Confirmation(
            decisions=tuple(decisions), added=tuple(added), accept_rest=False, same_as=same_as
        )
    )


def _decision(
    tongue: Tongue, fact: FactView, typed: Typed, errors: dict[str, str]
) -> FactDecision | None:
    verdict = typed.get(f"v-{fact.id}", "")
    if verdict == "wrong":
        return FactDecision(fact_id=fact.id, verdict="wrong")
    changed = _changed(tongue, fact, typed)
    if changed:
        try:
            correction = read_value(tongue, fact.kind, changed, to_json(fact.value), fact.period)
        except ValueError as error:
            errors[str(fact.id)] = str(error)
            return None
        return FactDecision(fact_id=fact.id, verdict="correct", correction=correction)
    if fact.doubt and verdict != "right":
        return None
    return FactDecision(fact_id=fact.id, verdict="right")


def _changed(tongue: Tongue, fact: FactView, typed: Typed) -> dict[str, str]:
    return {
        part.name: typed[name]
        for part in parts_of(fact.kind)
        if (name := f"{fact.id}.{part.name}") in typed
        and typed[name].strip() != shown(tongue, part, fact.value, fact.period).strip()
    }


def _added(tongue: Tongue, typed: Typed, errors: dict[str, str]) -> Iterator[GivenFact]:
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


def _same_as(
    tongue: Tongue, reading: DocumentReading, typed: Typed, errors: dict[str, str]
) -> UUID | None:
    chosen = typed.get("same_as", "")
    if not reading.twins or chosen == "new":
        return None
    for twin in reading.twins:
        if chosen == str(twin.expert_id):
            return twin.expert_id
    errors["twins"] = tongue.word("Say whether this is the same person.")
    return None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The files before and after this one among those that wait."""

    previous: UUID | None = None
    next: UUID | None = None


def confirm_page(
    frame: Frame,
    tongue: Tongue,
    reading: DocumentReading,
    *,
    may_confirm: bool,
    neighbours: Neighbours,
    typed: Typed | None = None,
    errors: Mapping[str, str] | None = None,
) -> ConfirmPage:
    """Return the page of a document that was read.

    Parameters
    ----------
    typed, errors : what was sent and could not be kept; it all stands in the form again
    """
    typed, errors = typed or {}, errors or {}
    open_ = may_confirm and reading.document.state is DocumentState.READ
    numbers = numbered(reading.facts)
    shown_facts = [fact for fact in reading.facts if fact.status is not FactStatus.REJECTED]
    doubtful = [fact for fact in shown_facts if fact.doubt and fact.status is FactStatus.PROPOSED]
    sure = [fact for fact in shown_facts if fact not in doubtful]
    doubtful.sort(key=lambda fact: numbers.get(fact.id, 0))
    count = tongue.words("Confirm, %(num)s fact", "Confirm, %(num)s facts", len(sure))
    return ConfirmPage(
        frame=frame,
        head=_head(tongue, reading),
        action=f"/documents/{reading.document.id}/confirmation" if open_ else "",
        document=_pane(tongue, reading, numbers),
        to_check=tuple(_card(tongue, fact, reading, numbers, typed, errors) for fact in doubtful),
        sure=tuple(_sure(tongue, sure, numbers, typed, errors)),
        sure_count=tongue.number(len(sure)),
        unknown=tuple(_unknown(tongue, shown_facts, open_=open_)),
        add=tuple(_add_forms(tongue, shown_facts, typed, errors)) if open_ else (),
        suggestions=_suggestions(tongue) if open_ else (),
        confirm=count,
        errors=_error_lines(tongue, reading.facts, numbers, errors),
        previous=_neighbour(tongue.word("Previous"), neighbours.previous),
        next=_neighbour(tongue.word("Next"), neighbours.next),
        twins=_twins(tongue, reading, typed, errors) if open_ else None,
        notes=reading.notes,
    )


def _neighbour(label: str, document_id: UUID | None) -> Link | None:
    return Link(label, f"/documents/{document_id}") if document_id else None


def _head(tongue: Tongue, reading: DocumentReading) -> Head:
    document = reading.document
    title = document.display_name or tongue.word("Name not read")
    facts = [Fact(tongue.word("Received"), tongue.day(document.uploaded_at.date()))]
    if document.country:
        facts.insert(0, Fact(tongue.word("For"), tongue.country(document.country)))
    return Head(
        title=title,
        crumbs=(Link(tongue.word("CVs"), "/uploads"),),
        here=document.file_name,
        facts=tuple(facts),
    )


def _pane(tongue: Tongue, reading: DocumentReading, numbers: Mapping[UUID, int]) -> DocumentPane:
    pages = len(reading.pages)
    about = [tongue.words("%(num)s page", "%(num)s pages", pages)] if pages else []
    if reading.language:
        about.append(tongue.language(reading.language))
    return DocumentPane(
        title=tongue.word("The document"),
        facts=", ".join(about),
        lines=lines_of(reading, numbers, tongue),
        language=reading.language,
        direction="rtl" if reading.language in _RTL else "auto",
    )


def _inputs(tongue: Tongue, fact: FactView, typed: Typed) -> tuple[FactInput, ...]:
    made = []
    for part in parts_of(fact.kind):
        name = f"{fact.id}.{part.name}"
        value = typed.get(name, shown(tongue, part, fact.value, fact.period))
        label = tongue.word(part.label)
        choices = choices_of(tongue, part, value)
        made.append(FactInput(name, label, value, choices, suggestions_of(part)))
    return tuple(made)


def _card(
    tongue: Tongue,
    fact: FactView,
    reading: DocumentReading,
    numbers: Mapping[UUID, int],
    typed: Typed,
    errors: Mapping[str, str],
) -> FactCard:
    page = fact.span.page if fact.span else None
    return FactCard(
        id=str(fact.id),
        number=numbers.get(fact.id),
        kind=kind_words(tongue, fact.kind),
        value=_with_period(tongue, fact),
        doubt=fact.doubt or "",
        quote=fact.quote,
        language=reading.language,
        inputs=_inputs(tongue, fact, typed),
        place=tongue.word("Page %(number)s", number=page) if page else "",
        verdict=typed.get(f"v-{fact.id}", ""),
        error=errors.get(str(fact.id), ""),
    )


def _with_period(tongue: Tongue, fact: FactView) -> str:
    words = value_words(tongue, fact.value)
    return f"{words}, {tongue.period(fact.period)}" if _is_dated(fact) else words


def _is_dated(fact: FactView) -> bool:
    return fact.period != Period() or fact.kind in (FactKind.POST, FactKind.MISSION)


def _sure(
    tongue: Tongue,
    facts: Sequence[FactView],
    numbers: Mapping[UUID, int],
    typed: Typed,
    errors: Mapping[str, str],
) -> Iterator[SureLine]:
    for kind in KINDS:
        chosen = sorted(
            (fact for fact in facts if fact.kind is kind), key=lambda fact: numbers.get(fact.id, 0)
        )
        lines = tuple(
            SureFact(
                id=str(fact.id),
                number=numbers.get(fact.id),
                value=value_words(tongue, fact.value),
                note=tongue.period(fact.period) if _is_dated(fact) else "",
                confirmed=fact.status is FactStatus.CONFIRMED,
                wrong=typed.get(f"v-{fact.id}") == "wrong",
                inputs=_inputs(tongue, fact, typed),
                error=errors.get(str(fact.id), ""),
            )
            for fact in chosen
        )
        if lines:
            yield SureLine(kind_words(tongue, kind), lines)


def _unknown(tongue: Tongue, facts: Sequence[FactView], *, open_: bool) -> Iterator[UnknownLine]:
    known = {fact.kind for fact in facts}
    for kind, form in _EXPECTED:
        if kind not in known:
            link = Link(tongue.word("Add it"), f"#add-{form}") if open_ else None
            yield UnknownLine(kind_words(tongue, kind), tongue.word("not read"), link)


def _add_forms(
    tongue: Tongue, facts: Sequence[FactView], typed: Typed, errors: Mapping[str, str]
) -> Iterator[AddForm]:
    known = {fact.kind for fact in facts}
    for form, kind in ADDED:
        if kind in _ONE_OF_A_KIND and kind in known and kind is not FactKind.NAME:
            continue
        inputs = []
        for part in parts_of(kind):
            name = f"add-{form}.{part.name}"
            value = typed.get(name, NO if part.name == ONGOING else "")
            choices = choices_of(tongue, part, value)
            inputs.append(
                FactInput(name, tongue.word(part.label), value, choices, suggestions_of(part))
            )
        said = any(each.value and each.value != NO for each in inputs)
        expected = kind is FactKind.NAME and kind not in known
        yield AddForm(
            id=f"add-{form}",
            title=_add_title(tongue, form, kind),
            inputs=tuple(inputs),
            open=said or expected,
            error=errors.get(f"add-{form}", ""),
        )


def _add_title(tongue: Tongue, form: str, kind: FactKind) -> str:
    return tongue.word("A second language") if form == "language-2" else kind_words(tongue, kind)


def _suggestions(tongue: Tongue) -> tuple[Suggestions, ...]:
    names = sorted(tongue.country(code) for code in countries.codes())
    spoken = sorted(str(name) for code, name in tongue.locale.languages.items() if len(code) == 2)
    return (Suggestions("countries", tuple(names)), Suggestions("languages", tuple(spoken)))


def _twins(
    tongue: Tongue, reading: DocumentReading, typed: Typed, errors: Mapping[str, str]
) -> Twins | None:
    if not reading.twins:
        return None
    chosen = typed.get("same_as", "")
    known = [
        Choice(
            str(twin.expert_id),
            tongue.word("%(name)s on the roster: %(why)s", name=twin.display_name, why=twin.reason),
            chosen == str(twin.expert_id),
        )
        for twin in reading.twins
    ]
    other = Choice("new", tongue.word("Somebody else, new on the roster"), chosen == "new")
    words = tongue.word("Is this somebody who is on the roster already?")
    return Twins(words, (*known, other), errors.get("twins", ""))


def _error_lines(
    tongue: Tongue,
    facts: Sequence[FactView],
    numbers: Mapping[UUID, int],
    errors: Mapping[str, str],
) -> tuple[ErrorLine, ...]:
    by_id = {str(fact.id): fact for fact in facts}
    lines = []
    for key, words in errors.items():
        fact = by_id.get(key)
        if fact is None:
            lines.append(ErrorLine(f"#{key}", words))
            continue
        target = f"#f{numbers[fact.id]}" if fact.id in numbers else f"#fact-{fact.id}"
        lines.append(ErrorLine(target, f"{kind_words(tongue, fact.kind)}: {words}"))
    return tuple(lines)
