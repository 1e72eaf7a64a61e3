"""The text of a document with the places of its facts marked and numbered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from roster.read import DocumentReading, FactView, PageText
from web.contexts.parts import DocLine, DocPart
from web.presenters.confirmation_claims import needs_check
from web.tongues import Tongue


def numbered(facts: Sequence[FactView]) -> dict[UUID, int]:
    """Give numbers to the facts that have a place in the text, in its order, from 1."""
    placed = [fact for fact in facts if fact.span is not None]
    placed.sort(key=_place)
    return {fact.id: number for number, fact in enumerate(placed, start=1)}


def _place(fact: FactView) -> tuple[int, int, str]:
    if fact.span is None:
        raise ValueError("the fact has no place")
    return (fact.span.start, -fact.span.end, str(fact.id))


def lines_of(
    reading: DocumentReading, numbers: Mapping[UUID, int], tongue: Tongue
) -> tuple[DocLine, ...]:
    """Cut the text into lines, the places of facts marked.

    Marks do not nest: where one place lies within another, the outer mark ends where the inner one
    begins, and facts of the very same place share it, each with its own number.
    """
    marks = _marks(reading.facts, numbers, len(reading.text))
    found: list[DocLine] = []
    at, pages = 0, list(reading.pages)
    for line in reading.text.splitlines(keepends=True):
        end = at + len(line)
        if line.strip():
            parts = tuple(_parts(reading.text, marks, at, at + len(line.rstrip())))
            found.append(DocLine(parts, page=_page(pages, end, tongue)))
        at = end
    return tuple(found)


_Mark = tuple[int, int, int, bool]
"""Start, end, number, whether it is doubtful."""


def _marks(facts: Sequence[FactView], numbers: Mapping[UUID, int], length: int) -> list[_Mark]:
    placed = sorted(
        (
            (
                max(0, fact.span.start),
                min(length, fact.span.end),
                numbers[fact.id],
                needs_check(fact),
            )
            for fact in facts
            if fact.span is not None and fact.id in numbers
        ),
        key=lambda mark: mark[2],
    )
    starts = [start for start, _, _, _ in placed] + [length]
    return [
        (start, min(end, starts[place + 1]), number, doubtful)
        for place, (start, end, number, doubtful) in enumerate(placed)
    ]


def _parts(text: str, marks: Sequence[_Mark], start: int, end: int) -> list[DocPart]:
    parts: list[DocPart] = []
    at = start
    for first, last, number, doubtful in marks:
        begins_here = start <= first < end
        if not begins_here and not (first < start < last):
            continue
        left, right = max(first, start), min(last, end)
        if left > at:
            parts.append(DocPart(text[at:left]))
        parts.append(DocPart(text[left : max(left, right)], number, doubtful, not begins_here))
        at = max(at, left, right)
    if at < end:
        parts.append(DocPart(text[at:end]))
    return parts


def _page(pages: list[PageText], end: int, tongue: Tongue) -> str:
    """Return the heading of the page that begins within a line; used up in order."""
    heading = ""
    while pages and pages[0].start < end:
        number = pages.pop(0).number
        heading = tongue.word("Page %(number)s", number=tongue.number(number))
    return heading
