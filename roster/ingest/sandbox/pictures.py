"""Pictures of pages, for the person who compares a file with what was read in it."""

from __future__ import annotations

from roster.errors import FileRefused
from roster.ingest.sandbox.apart import Limits, draw_apart
from roster.ingest.sandbox.kinds import FORMATS

DRAWABLE = frozenset({"pdf", "image"})
"""Formats that have pages to look at."""


def has_pictures(kind: str) -> bool:
    """Whether pages of this format or media type can be drawn."""
    return _format_of(kind) in DRAWABLE


def page_picture(
    data: bytes, kind: str, page: int, width: int = 1_000, limits: Limits | None = None
) -> bytes:
    """Return one page as PNG, drawn in the sandbox.

    Parameters
    ----------
    data : the whole file
    kind : its media type, as stored with the document, or its format name
    page : counted from 1
    width : wanted width in pixels, at most 2,400; a very tall page is drawn smaller
    limits : memory and time; the defaults are `Limits()`

    Raises
    ------
    roster.errors.FileRefused
        A format without pages (`has_pictures` tells), no such page, or a file that cannot be drawn.
    """
    found = _format_of(kind)
    if found not in DRAWABLE:
        raise FileRefused(
            "There is no picture of this page: a file of this kind has no pages. "
            "The text beside it is what was read."
        )
    return draw_apart(data, found, page, width, limits)


def _format_of(kind: str) -> str:
    wanted = kind.partition(";")[0].strip().lower()
    return next((each.name for each in FORMATS if wanted in {each.name, each.media_type}), "")
