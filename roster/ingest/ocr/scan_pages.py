"""Recognised pages put among those of a PDF that have letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from roster.errors import FileRefused
from roster.ingest.raw import RawLine, RawText

_LAST = 1_000_000
_NOTHING = (
    "This PDF is a picture of pages, and no words could be recognised in it. Scan it again, "
    "upright and with 300 dots per inch, or send the file it was made from."
)


def with_scanned_pages(raw: RawText, recognise: Callable[[tuple[int, ...]], RawText]) -> RawText:
    """Return what a PDF says, its pages without letters recognised.

    Parameters
    ----------
    raw : what the reader of PDF found, with the numbers of those pages
    recognise : gives the lines of pages by their numbers

    Raises
    ------
    roster.errors.FileRefused
        Nothing could be read on any page, or nothing else was read and recognition is refused.
    """
    wanted = raw.pages_without_text
    if not wanted:
        return raw
    has_words = any(line.text.strip() for line in raw.lines)
    try:
        found = recognise(wanted)
    except FileRefused as refusal:
        if not has_words:
            raise
        pages = ", ".join(map(str, wanted))
        return replace(raw, notes=(*raw.notes, f"Page {pages} was not read. {refusal.detail}"))
    lines = _merged(raw.lines, found.lines)
    if not any(line.text.strip() for line in lines):
        raise FileRefused(_NOTHING)
    return RawText(
        lines,
        raw.reader if has_words else found.reader,
        raw.pages,
        (*raw.notes, *found.notes),
        found.pages_without_text,
    )


def _merged(given: Sequence[RawLine], read: Sequence[RawLine]) -> tuple[RawLine, ...]:
    """Put recognised pages where they belong; what stands on no page stays under all of them."""
    keyed = [(line.page or _LAST, line) for line in (*given, *read)]
    keyed.sort(key=lambda pair: pair[0])
    return tuple(line for _, line in keyed)
