"""The pages of a file as pictures, with the places of its facts over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from roster.ingest.sandbox.pictures import has_pictures
from roster.read import DocumentReading, FactView, PageText
from web.contexts.confirmation import PageBox, PageMark, PagePicture
from web.presenters.fact_words import kind_words, value_words
from web.tongues import Tongue

WIDTH = 1_000
"""Of a picture, in pixels."""
_MARGIN = 1.5
"""Points that a box is wider than its words, on each side."""
_A4 = (595.0, 842.0)


def page_pictures(
    tongue: Tongue, reading: DocumentReading, numbers: Mapping[UUID, int], doubtful: frozenset[UUID]
) -> tuple[PagePicture, ...]:
    """Return the pages to look at; empty where the file has none, or may not be looked at.

    Parameters
    ----------
    numbers : of the facts that have a place in the text
    doubtful : facts that should be looked at
    """
    if not (reading.has_original and has_pictures(reading.document.media_type)):
        return ()
    placed = [fact for fact in reading.facts if fact.span and fact.span.boxes]
    return tuple(
        _picture(tongue, reading, page, _marks(tongue, page, placed, numbers, doubtful))
        for page in reading.pages
    )


def boxed(reading: DocumentReading) -> frozenset[UUID]:
    """Return the facts whose words have a place on a page."""
    pages = {page.number for page in reading.pages if page.width and page.height}
    return frozenset(
        fact.id
        for fact in reading.facts
        if fact.span is not None and fact.span.boxes and fact.span.page in pages
    )


def _picture(
    tongue: Tongue, reading: DocumentReading, page: PageText, marks: tuple[PageMark, ...]
) -> PagePicture:
    known = page.width is not None and page.height is not None
    width, height = (page.width or _A4[0], page.height or _A4[1])
    return PagePicture(
        label=tongue.word("Page %(number)s", number=tongue.number(page.number)),
        src=f"/documents/{reading.document.id}/pages/{page.number}.png",
        view=f"0 0 {_length(width)} {_length(height)}" if known else "",
        width=str(WIDTH),
        height=str(round(WIDTH * height / width)),
        marks=marks if known else (),
    )


def _marks(
    tongue: Tongue,
    page: PageText,
    placed: Sequence[FactView],
    numbers: Mapping[UUID, int],
    doubtful: frozenset[UUID],
) -> tuple[PageMark, ...]:
    return tuple(
        PageMark(
            number=numbers[fact.id],
            title=f"{kind_words(tongue, fact.kind)}: {value_words(tongue, fact.value)}",
            boxes=tuple(map(_box, fact.span.boxes)),
            doubtful=fact.id in doubtful,
        )
        for fact in placed
        if fact.span is not None and fact.span.page == page.number and fact.id in numbers
    )


def _box(place: tuple[float, float, float, float]) -> PageBox:
    left, top, right, bottom = place
    return PageBox(
        x=_length(left - _MARGIN),
        y=_length(top - _MARGIN),
        width=_length(max(0.0, right - left) + 2 * _MARGIN),
        height=_length(max(0.0, bottom - top) + 2 * _MARGIN),
    )


def _length(points: float) -> str:
    return f"{points:.1f}".removesuffix(".0")
