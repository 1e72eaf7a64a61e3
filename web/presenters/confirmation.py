"""The page on which what was read in a CV is confirmed, beside the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from roster.read import Difference, DocumentReading
from roster.vocabulary import DocumentState, FactKind
from web.contexts.confirmation import (
    AddForm,
    ConfirmPage,
    NameList,
    PagePicture,
    Progress,
    SureGroup,
    TwinChoice,
    Twins,
    UnknownLine,
)
from web.contexts.layout import Fact, Frame, Head
from web.contexts.parts import Choice, DocumentPane, ErrorLine, Link, percent
from web.presenters.confirmation_claims import Claim, needs_check
from web.presenters.confirmation_facts import (
    Groups,
    Sheet,
    card,
    checks,
    groups_of,
    lines,
    silent,
    typed_inputs,
)
from web.presenters.confirmation_form import ADDED, NEW, Given, Typed, comparison_with
from web.presenters.fact_editors import NAMED, NO, ONGOING, names_of, parts_of
from web.presenters.fact_words import kind_words
from web.presenters.marked_text import lines_of, numbered
from web.presenters.page_pictures import boxed, page_pictures
from web.reason_words import clause
from web.tongues import Tongue

PICTURE, TEXT = "picture", "text"
_EXPECTED = (
    (FactKind.NAME, "name"),
    (FactKind.NATIONALITY, "nationality"),
    (FactKind.LANGUAGE, "language-1"),
    (FactKind.POST, "post"),
    (FactKind.TOPIC, "topic"),
)
_RTL = frozenset({"ar", "he", "fa", "ur", "ps"})
_ONE_OF_A_KIND = frozenset({FactKind.EXPERT_KIND, FactKind.BIRTH_YEAR})
_MORE = {"language-2", "language-3", "topic-2"}


@dataclass(frozen=True, slots=True)
class Queue:
    """The files that wait for this reader, the oldest first."""

    waiting: Sequence[UUID]
    here: UUID
    batch: Link | None = None
    """The upload that is gone through; only its files are in the queue. None: all that wait."""

    @property
    def place(self) -> int | None:
        """Of this file, from 0; None where it does not wait."""
        return self.waiting.index(self.here) if self.here in self.waiting else None

    def beside(self, steps: int) -> UUID | None:
        """Return the file before (-1) or after (1) this one; None at either end."""
        at = None if self.place is None else self.place + steps
        return self.waiting[at] if at is not None and 0 <= at < len(self.waiting) else None

    def path(self, document_id: UUID | None) -> str:
        """Return where a file of this queue is looked at; without one, where the queue ends."""
        if document_id is None:
            return self.batch.href if self.batch else "/uploads"
        return f"{_path(document_id)}?{self.query}".removesuffix("?")

    @property
    def query(self) -> str:
        """What keeps the queue in an address: "of=…", or nothing."""
        return f"of={self.batch.href.rpartition('/')[2]}" if self.batch else ""

    def after(self) -> UUID | None:
        """Return the next file to look at once this one is done: on from here, then the first."""
        others = [one for one in self.waiting if one != self.here]
        return self.beside(1) or next(iter(others), None)


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent and could not be kept; it all stands in the form again."""

    typed: Typed
    given: Given


@dataclass(frozen=True, slots=True)
class Wanted:
    """How somebody wants to see the document."""

    show: str = PICTURE
    same_as: str = ""
    """Whose record to set it against: a twin's id, or `NEW`; empty: nobody said."""


def confirm_page(
    frame: Frame,
    tongue: Tongue,
    reading: DocumentReading,
    queue: Queue,
    wanted: Wanted,
    sent: Sent | None = None,
) -> ConfirmPage:
    """Return the page of a document that was read."""
    open_ = queue.place is not None and reading.document.state is DocumentState.READ
    chosen = _chosen(reading, (sent.typed if sent else {}).get("same_as", wanted.same_as))
    found = _differences(reading, chosen) if open_ else ()
    groups, sheet, pictures = _laid_out(tongue, reading, wanted, found, sent)
    known = _known(found, groups)
    return ConfirmPage(
        frame=frame,
        head=_head(tongue, reading, queue),
        action=f"/documents/{reading.document.id}/confirmation" if open_ else "",
        finding=_finding(tongue, groups, open_=open_),
        document=_pane(tongue, reading, sheet.numbers),
        pictures=pictures,
        show=_side(pictures, wanted),
        views=_views(tongue, _address(reading, queue, chosen)) if pictures else (),
        to_check=checks(sheet, groups.to_check),
        checks=len(groups.to_check),
        changed=tuple(card(sheet, claim) for claim in groups.changed),
        groups=tuple(_folded(sheet, groups, open_=open_)),
        silent=silent(tongue, found, sheet.typed),
        unknown=tuple(_unknown(tongue, known, open_=open_)),
        add=tuple(_add_forms(sheet, known)) if open_ else (),
        confirm=_confirm_words(tongue, len(groups.sure)),
        later=_later(tongue, queue),
        errors=_error_lines(sheet),
        previous=_neighbour(tongue.word("Previous"), queue, -1),
        next=_neighbour(tongue.word("Next"), queue, 1),
        progress=_progress(tongue, queue),
        twins=_twins(sheet, queue, chosen, wanted) if open_ else None,
        notes=tuple(clause(one, tongue) for one in reading.notes),
        lists=_lists(tongue) if open_ else (),
        of=queue.query.removeprefix("of="),
    )


def _laid_out(
    tongue: Tongue,
    reading: DocumentReading,
    wanted: Wanted,
    found: Sequence[Difference],
    sent: Sent | None,
) -> tuple[Groups, Sheet, tuple[PagePicture, ...]]:
    """Return the claims, what every card is made from, and the pages with places of facts."""
    against = {one.fact_id: one for one in found if one.fact_id is not None}
    numbers = numbered(reading.facts)
    doubtful = frozenset(fact.id for fact in reading.facts if needs_check(fact))
    pictures = page_pictures(tongue, reading, numbers, doubtful)
    marked = boxed(reading) if _side(pictures, wanted) == PICTURE else frozenset()
    typed: Typed = sent.typed if sent else {}
    errors = sent.given.errors if sent else {}
    sheet = Sheet(tongue, reading, numbers, marked, against, typed, errors)
    return groups_of(tongue, reading, against), sheet, pictures


def _side(pictures: tuple[PagePicture, ...], wanted: Wanted) -> str:
    return PICTURE if pictures and wanted.show != TEXT else TEXT


def _known(found: Sequence[Difference], groups: Groups) -> set[FactKind]:
    held = {fact.kind for one in found for fact in one.held}
    return held | {claim.lead.kind for group in _all(groups) for claim in group}


def _all(groups: Groups) -> tuple[tuple[Claim, ...], ...]:
    return (groups.to_check, groups.changed, groups.sure, groups.same)


def _chosen(reading: DocumentReading, said: str) -> str:
    """Return whose CV it is said to be, or nothing where that is none of those who may be."""
    return said if said in {NEW, *(str(twin.expert_id) for twin in reading.twins)} else ""


def _lists(tongue: Tongue) -> tuple[NameList, ...]:
    return tuple(NameList(name, names_of(tongue, of)) for of, name in NAMED.items())


def _differences(reading: DocumentReading, chosen: str) -> tuple[Difference, ...]:
    ids = {str(twin.expert_id): twin.expert_id for twin in reading.twins}
    compared = comparison_with(reading, ids.get(chosen))
    return compared.differences if compared else ()


def _path(document_id: UUID) -> str:
    return f"/documents/{document_id}"


def _neighbour(label: str, queue: Queue, steps: int) -> Link | None:
    there = queue.beside(steps)
    return Link(label, queue.path(there)) if there else None


def _later(tongue: Tongue, queue: Queue) -> Link:
    following, left = queue.after(), len(queue.waiting) - 1
    words = tongue.words("Next CV, %(num)s left", "Next CV, %(num)s left", left)
    return Link(words if following else tongue.word("Leave for later"), queue.path(following))


def _address(reading: DocumentReading, queue: Queue, chosen: str) -> str:
    """Return this page's address with whose record it is set against, ready for one field more."""
    said = filter(None, (queue.query, f"as={chosen}" if chosen else ""))
    return f"{_path(reading.document.id)}?" + "".join(f"{one}&" for one in said)


def _views(tongue: Tongue, here: str) -> tuple[Link, ...]:
    return (
        Link(tongue.word("Picture"), f"{here}show={PICTURE}"),
        Link(tongue.word("Text"), f"{here}show={TEXT}"),
    )


def _head(tongue: Tongue, reading: DocumentReading, queue: Queue) -> Head:
    document = reading.document
    facts = [Fact(tongue.word("Received"), tongue.day(document.uploaded_at.date()))]
    if document.country:
        facts.insert(0, Fact(tongue.word("For"), tongue.country(document.country)))
    return Head(
        title=document.display_name or tongue.word("Name not read"),
        crumbs=(
            Link(tongue.word("CVs"), "/uploads"),
            *((queue.batch,) if queue.batch else ()),
        ),
        here=document.file_name,
        facts=tuple(facts),
    )


def _progress(tongue: Tongue, queue: Queue) -> Progress | None:
    if queue.place is None:
        return None
    words = tongue.words(
        "%(place)s of %(num)s waiting",
        "%(place)s of %(num)s waiting",
        len(queue.waiting),
        place=tongue.number(queue.place + 1),
    )
    return Progress(words, percent(queue.place + 1, len(queue.waiting)))


def _finding(tongue: Tongue, groups: Groups, *, open_: bool) -> str:
    if not open_:
        return tongue.word("What was read")
    said = [tongue.words("%(num)s to check", "%(num)s to check", len(groups.to_check))]
    if groups.changed:
        number = len(groups.changed)
        said.append(tongue.words("%(num)s changed", "%(num)s changed", number))
    said.append(tongue.words("%(num)s sure", "%(num)s sure", len(groups.sure)))
    if not groups.to_check and not groups.changed:
        said[0] = tongue.word("Nothing to check")
    return ", ".join(said)


def _confirm_words(tongue: Tongue, count: int) -> str:
    if not count:
        return tongue.word("Confirm")
    return tongue.words("Confirm, %(num)s fact", "Confirm, %(num)s facts", count)


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


def _folded(sheet: Sheet, groups: Groups, *, open_: bool) -> Iterator[SureGroup]:
    word, number = sheet.tongue.word, sheet.tongue.number
    erring = set(sheet.errors)
    if groups.sure:
        is_wanted = not groups.to_check and not groups.changed
        yield SureGroup(
            id="sure",
            title=word("New and sure") if sheet.against else word("Sure"),
            count=number(len(groups.sure)),
            about=word("Accepted when you confirm. Strike or correct what is not so.")
            if open_
            else "",
            lines=lines(sheet, groups.sure, open_=open_),
            open=is_wanted or not open_ or any(one.has_any(erring) for one in groups.sure),
        )
    if groups.same:
        yield SureGroup(
            id="same",
            title=word("The same as on the record"),
            count=number(len(groups.same)),
            about=word("Nothing to decide."),
            lines=lines(sheet, groups.same, open_=False),
        )


def _unknown(tongue: Tongue, known: set[FactKind], *, open_: bool) -> Iterator[UnknownLine]:
    for kind, form in _EXPECTED:
        if kind not in known:
            link = Link(tongue.word("Add it"), f"#add-{form}") if open_ else None
            yield UnknownLine(kind_words(tongue, kind), tongue.word("not read"), link)


def _add_forms(sheet: Sheet, known: set[FactKind]) -> Iterator[AddForm]:
    for form, kind in ADDED:
        if kind in _ONE_OF_A_KIND and kind in known:
            continue
        prefix = f"add-{form}"
        values = [
            sheet.typed.get(f"{prefix}.{part.name}", NO if part.name == ONGOING else "")
            for part in parts_of(kind)
        ]
        inputs = typed_inputs(sheet.tongue, kind, prefix, values)
        expected = kind is FactKind.NAME and kind not in known
        said = any(value and value != NO for value in values)
        yield AddForm(
            id=prefix,
            title=_add_title(sheet.tongue, form, kind),
            inputs=inputs,
            open=said or expected,
            error=sheet.errors.get(prefix, ""),
        )


def _add_title(tongue: Tongue, form: str, kind: FactKind) -> str:
    words = kind_words(tongue, kind)
    return tongue.word("%(what)s: one more", what=words) if form in _MORE else words


def _twins(sheet: Sheet, queue: Queue, chosen: str, wanted: Wanted) -> Twins | None:
    if not sheet.reading.twins:
        return None
    tongue, made = sheet.tongue, []
    here = f"{_address(sheet.reading, queue, '')}show={wanted.show}"
    for twin in sheet.reading.twins:
        value = str(twin.expert_id)
        words = tongue.word(
            "%(name)s on the roster: %(why)s", name=twin.display_name, why=twin.reason
        )
        shown = Link(tongue.word("Show what differs"), f"{here}&as={value}#twins")
        made.append(
            TwinChoice(Choice(value, words, chosen == value), None if chosen == value else shown)
        )
    other = Choice(NEW, tongue.word("Somebody else, new on the roster"), chosen == NEW)
    compared = chosen if sheet.against else ""
    return Twins(
        words=tongue.word("Is this somebody who is on the roster already?"),
        choices=(*made, TwinChoice(other)),
        compared=compared,
        about=tongue.word(
            "Set against the record: only what differs needs a decision. "
            "What was confirmed stays unless you take the new value."
        )
        if compared
        else "",
        error=sheet.errors.get("twins", ""),
    )


def _error_lines(sheet: Sheet) -> tuple[ErrorLine, ...]:
    by_id = {str(fact.id): fact for fact in sheet.reading.facts}
    found = []
    for key, words in sheet.errors.items():
        fact = by_id.get(key)
        if fact is None:
            found.append(ErrorLine(f"#{key}", words))
            continue
        number = sheet.numbers.get(fact.id)
        target = f"#f{number}" if number else f"#fact-{fact.id}"
        found.append(ErrorLine(target, f"{kind_words(sheet.tongue, fact.kind)}: {words}"))
    return tuple(found)
