"""The form of a request: blank or with its letter, filled in again after a refusal or a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fastapi.responses import Response

from roster.errors import FieldError
from roster.queries.facilities import rules_of
from roster.queries.own_words import own_words_of
from roster.queries.rounds import rounds_of
from roster.read import RequestDetail
from roster.reference.own_words import OwnWords
from web import drafts
from web.access import Reader
from web.contexts.layout import Head
from web.contexts.parts import DraftBox, FormField, Link
from web.contexts.requests import RequestNewPage
from web.deps import respond
from web.forms import error_lines
from web.presenters import letters
from web.presenters.request_form import Hints, Typed, groups, hints_of, typed_from
from web.presenters.request_head import head_of, path_of
from web.presenters.request_round import round_field
from web.tongues import tongue_of

NEW, FIELDS, LETTER = "/requests/new", "/requests", "/requests/letter"
"""Where a request is begun, and where its two forms are sent to; each has a draft of its own."""
_READ = "document"
"""Field of the form that stands beside the letter it was read from."""


@dataclass(frozen=True, slots=True)
class LetterPart:
    """What the page shows of a letter: the form that it is sent by, or what was read in it."""

    draft: DraftBox | None = None
    error: str = ""
    text: str = ""
    """Words that were sent to be read and could not be."""
    read: letters.LetterRead | None = None


_NO_LETTER = LetterPart()


def blank_page(reader: Reader, letter_error: str = "", status: int = 200) -> Response:
    """Show the two ways to take a request in, each with its draft where there is one."""
    found = drafts.drafts_in(reader, (FIELDS, LETTER))
    of_letter, tongue = found.get(LETTER), reader.tongue
    letter, letter_box = drafts.resumed_from(of_letter, tongue, (LETTER, NEW), {})
    if letter.get(_READ):
        again = LetterPart(read=_read_again(reader, letter))
        return form_page(reader, letter, Hints(), letter_box, again)
    typed, box = drafts.resumed_from(found.get(FIELDS), tongue, (FIELDS, NEW), {})
    part = LetterPart(letter_box, letter_error, letter.get("letter_text", ("",))[0])
    return form_page(reader, typed, Hints(), box, part, status=status)


def unread_page(reader: Reader, sent: Typed, letter_error: str, status: int) -> Response:
    """Show the two ways again: what was sent as a letter could not be read."""
    _, letter_box = drafts.resumed(reader, LETTER, NEW, {}, sent=sent)
    typed, box = drafts.resumed(reader, FIELDS, NEW, {})
    part = LetterPart(letter_box, letter_error, sent.get("letter_text", ("",))[0])
    return form_page(reader, typed, Hints(), box, part, status=status)


def read_page(reader: Reader, sent: Typed, letter: letters.LetterRead) -> Response:
    """Show the fields that were read in a letter, beside it; its draft goes on."""
    _, box = drafts.resumed(reader, LETTER, NEW, {}, sent=sent)
    return form_page(reader, letter.typed, letter.hints, box, LetterPart(read=letter))


def edit_page(reader: Reader, found: RequestDetail) -> Response:
    """Show the fields of a stored request, or the draft of their correction."""
    return _against_stored(reader, found, None)


def overtaken_page(reader: Reader, sent: Typed, found: RequestDetail) -> Response | None:
    """Show both versions where somebody changed the request since its form was opened, else None.

    Sent again, what was typed is stored.
    """
    if drafts.is_overtaken(sent, _stood(found)):
        return _against_stored(reader, found, sent)
    return None


def _against_stored(reader: Reader, found: RequestDetail, sent: Typed | None) -> Response:
    action, stored = path_of(found), typed_from(found, reader.tongue)
    typed, box = drafts.resumed(
        reader, action, f"{action}/edit", stored, stood=_stood(found), sent=sent
    )
    before, now = _fields(reader, stored), _fields(reader, typed)
    box = drafts.compared(box, before, now, reader.tongue)
    return form_page(reader, typed, Hints(), box, found=found, status=409 if sent else 200)


def _stood(found: RequestDetail) -> str:
    return drafts.stands(typed_from(found, tongue_of("en")))


def refused_page(
    reader: Reader,
    typed: Typed,
    errors: tuple[FieldError, ...],
    found: RequestDetail | None = None,
) -> Response:
    """Show the form as it was sent, with the error beside each field and the letter beside it."""
    action, page = (path_of(found), f"{path_of(found)}/edit") if found else (FIELDS, NEW)
    letter = _read_again(reader, typed) if typed.get(_READ) else None
    hints = hints_of(errors, reader.tongue)
    if letter is not None:
        action, hints = LETTER, Hints(errors=hints.errors, marks=letter.hints.marks)
    _, box = drafts.resumed(reader, action, page, {}, sent=typed)
    part = LetterPart(read=letter) if letter or found else _unread(reader)
    return form_page(reader, typed, hints, box, part, found=found, status=422)


def _unread(reader: Reader) -> LetterPart:
    """Return the form of the letter beside a form that was refused."""
    typed, box = drafts.resumed(reader, LETTER, NEW, {})
    if typed.get(_READ):  # It waits until this form is done: then it stands beside its letter.
        return LetterPart(replace(box, title=""))
    return LetterPart(box, text=typed.get("letter_text", ("",))[0])


def own_words(reader: Reader) -> OwnWords:
    """Return the facility's own words, by which letters are read too."""
    return own_words_of(reader.session, reader.actor.facility_id)


def form_page(
    reader: Reader,
    typed: Typed,
    hints: Hints,
    box: DraftBox,
    letter: LetterPart = _NO_LETTER,
    *,
    found: RequestDetail | None = None,
    status: int = 200,
) -> Response:
    """Show the form; `found` is the request that it corrects, None for a new one."""
    tongue, read = reader.tongue, letter.read
    new = tongue.word("New request")
    head = Head(new, (Link(tongue.word("Requests"), "/requests"),), tongue.word("new"))
    if found is not None:
        head = head_of(found, "fields", reader.clock.now().date(), tongue)
    to_check, made = groups(typed, hints, tongue, _in_rounds(reader, typed))
    context = RequestNewPage(
        frame=reader.frame(head.title, "requests"),
        head=head,
        letter_action="" if found else LETTER,
        letter_error=letter.error,
        action=path_of(found) if found else FIELDS,
        to_check=to_check,
        groups=made,
        draft=box,
        finding=letters.finding(read, tongue) if read else "",
        document=letters.pane(read, tongue) if read else None,
        document_id="read" if read else "",
        errors=error_lines([*to_check, *(one for group in made for one in group.fields)]),
        notes=read.notes if read else (),
        letter_text=letter.text,
        letter_draft=letter.draft,
        editing=found is not None,
    )
    return respond(reader.request, "requests/new.html", context, status)


def _fields(reader: Reader, typed: Typed) -> Sequence[FormField]:
    _, made = groups(typed, Hints(), reader.tongue, _in_rounds(reader, typed))
    return [field for group in made for field in group.fields]


def _read_again(reader: Reader, typed: Typed) -> letters.LetterRead | None:
    today = reader.clock.now().date()
    words = typed.get("text", ("",))[0]
    return letters.read_again(words, today, reader.tongue, own_words(reader))


def _in_rounds(reader: Reader, typed: Typed) -> tuple[FormField, ...]:
    """Return the field of the round where the facility takes requests in rounds."""
    if not rules_of(reader.session, reader.actor.facility_id).has_rounds:
        return ()
    rounds = rounds_of(reader.session, reader.actor)
    return (round_field(rounds, typed, reader.clock.now().date(), reader.tongue),)
