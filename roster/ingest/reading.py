"""The way in: bytes of an untrusted file → `DocumentText`, parsed in a process of its own."""

from __future__ import annotations

from roster.errors import FileRefused
from roster.ingest.assembly import assemble
from roster.ingest.forms.blank import refuse_blank_form
from roster.ingest.raw import RawLine, RawText
from roster.ingest.sandbox.apart import Limits, read_apart
from roster.ingest.sandbox.kinds import MOST_BYTES, TABLE_FORMATS, inspect
from roster.read import DocumentText


def read_words(words: str) -> DocumentText:
    """Return pasted words as a document.

    Raises
    ------
    roster.errors.FileRefused
        No word in them.
    """
    lines = tuple(RawLine(line) for line in words.splitlines())
    return assemble(RawText(lines, "words/1"), "text/plain")


def read_file(
    data: bytes,
    *,
    name: str | None = None,
    limit: int = MOST_BYTES,
    limits: Limits | None = None,
) -> DocumentText:
    """Read any file that a reader exists for.

    Parameters
    ----------
    data : the whole file
    name : the name it was sent under; only used in what people are told
    limit : most bytes accepted
    limits : memory, time and pages; the defaults are `Limits()`

    Raises
    ------
    roster.errors.FileRefused
        The file cannot be read; the message says why and what to do.
    roster.errors.FileTooLarge
        More bytes, pages or unpacked bytes than allowed.
    """
    kind = inspect(data, name, limit=limit)
    if kind.format in TABLE_FORMATS:
        raise FileRefused(
            "This file is a list with one person a row, not a CV. Load it as a list of experts, "
            "or send each CV as PDF, DOCX, ODT or Europass XML."
        )
    text = assemble(read_apart(data, kind.format, limits), kind.media_type)
    refuse_blank_form(text)
    return text
