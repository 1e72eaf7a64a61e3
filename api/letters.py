"""Letters as they come: pasted or as a file, in any language; read into proposals."""

from __future__ import annotations

from datetime import date

from pydantic import ValidationError

from api.schemas.experts import SpanOut
from api.schemas.requests import LetterOut, ProposedFieldOut
from roster.errors import FieldError, InvalidInput, UnknownTerm
from roster.ingest.letters.reading import read_letter, why_unread
from roster.ingest.reading import read_file
from roster.inputs import NewRequest
from roster.installation import limits_of
from roster.read import DocumentText
from roster.reference.own_words import NO_WORDS, OwnWords
from roster.serial import to_json
from roster.settings import Settings
from roster.terms import check_terms

MOST_LETTERS = 100_000
"""Characters of a letter that a request keeps."""


def text_of_letter(
    pasted: str, content: bytes, file_name: str | None, settings: Settings
) -> DocumentText:
    """Return the text of a letter, out of a text field or out of a file.

    Raises
    ------
    InvalidInput
        Both are given, or neither.
    roster.errors.FileRefused, roster.errors.FileTooLarge
    """
    if bool(pasted.strip()) == bool(content):
        raise InvalidInput(
            "Give the letter once: as text or as a file.",
            errors=(FieldError("/text", "Paste the letter here, or send it as file."),),
        )
    if pasted.strip():
        content, file_name = pasted.encode(), "letter.txt"
    return read_file(
        content, name=file_name, limit=settings.upload_max_bytes, limits=limits_of(settings)
    )


def letter_out(document: DocumentText, today: date | None, own: OwnWords = NO_WORDS) -> LetterOut:
    """Read a letter and shape what was found; windows before `today`, if given, are left out.

    Parameters
    ----------
    own : words of the facility that it is addressed to
    """
    fields = read_letter(document, today=today, own=own)
    notes = list(document.notes)
    unread = why_unread(document)
    if unread is not None:
        notes.append(unread)
    elif not fields:
        notes.append("No field was found in this letter: fill them in yourself.")
    return LetterOut(
        language=document.language,
        text=document.text,
        fields=[
            ProposedFieldOut(
                field=one.field,
                value=to_json(one.value),
                label=one.label,
                sentence=one.sentence,
                span=SpanOut.model_validate(one.span),
                confidence=one.confidence,
            )
            for one in fields
        ],
        notes=notes,
    )


def request_from(
    document: DocumentText, today: date | None, title: str
) -> tuple[NewRequest, list[str]]:
    """Return the request that a letter makes, and what was not taken over, for people.

    Parameters
    ----------
    today : windows that ended before it are not proposed; None leaves that open
    title : of the request where the letter gives none
    """
    read = letter_out(document, today)
    given: dict[str, object] = {"title": title, "text": document.text[:MOST_LETTERS]}
    notes = list(read.notes)
    for one in read.fields:
        merged = {**given, one.field: _merged(given.get(one.field), one.value)}
        try:
            check_terms(NewRequest.model_validate(merged))
        except (ValidationError, UnknownTerm):
            notes.append(f"Not taken over: {one.field} from “{one.sentence[:120]}”.")
        else:
            given = merged
    return NewRequest.model_validate(given), notes


def _merged(held: object, more: object) -> object:
    if isinstance(held, list) and isinstance(more, list):
        return [*held, *(item for item in more if item not in held)]
    return more
