"""Letters as they come: pasted or as a file, in any language; read into proposals."""

from __future__ import annotations

from datetime import date

from api.schemas.experts import SpanOut
from api.schemas.requests import LetterOut, ProposedFieldOut
from roster.errors import FieldError, InvalidInput
from roster.ingest.reading import read_file
from roster.ingest.sandbox import Limits
from roster.read import DocumentText
from roster.serial import to_json
from roster.settings import Settings


def limits_of(settings: Settings) -> Limits:
    """Return what reading one file may take."""
    return Limits(
        memory_bytes=settings.parse_max_megabytes * 1024 * 1024,
        cpu_s=settings.parse_max_seconds,
        wall_s=2.0 * settings.parse_max_seconds,
        pages=settings.upload_max_pages,
    )


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


def letter_out(document: DocumentText, today: date) -> LetterOut:
    """Read a letter and shape what was found."""
    from roster.ingest.letter import read_letter  # noqa: PLC0415 -- loads gazetteers.

    fields = read_letter(document, today=today)
    notes = list(document.notes)
    if document.language is None:
        notes.append("The language of the letter was not recognised: check every field.")
    if not fields:
        notes.append("No field was found in it: fill them in yourself.")
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
