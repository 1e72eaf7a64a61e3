"""Sheets of other publications as readable pages; their words stay as published, in English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from roster.read import FactSheetView
from web.contexts.actions import SheetBlock, SheetsPage
from web.contexts.layout import Frame
from web.contexts.parts import Empty, Link
from web.tongues import Tongue
from web.wording import marked

TITLES = {
    "page-actions": ("page_action", marked("What the web page says of the same Actions")),
    "agency-projects": ("agency_project", marked("Projects of other agencies")),
    "demand-driven-facility": ("facility_rules", marked("The Demand Driven Facility")),
}
"""Publication as in the address → kind of its sheets and title."""
_LEFT_OUT = frozenset(
    {
        "id",
        "number",
        "title",
        "name",
        "source",
        "origin",
        "lines",
        "contradictions",
        "notes",
        "year",
    }
)
_AGREEMENTS = {
    "experts_agree": marked("Experts as in the annex"),
    "start_agrees": marked("Start as in the annex"),
    "end_agrees": marked("End as in the annex"),
}


def sheets_page(
    frame: Frame, tongue: Tongue, publication: str, sheets: tuple[FactSheetView, ...]
) -> SheetsPage:
    """Return the page of one publication."""
    sources = sorted({sheet.source for sheet in sheets if sheet.source})
    blocks = [block for sheet in sheets for block in _blocks(tongue, sheet)]
    back = Link(tongue.word("Actions"), "/actions")
    return SheetsPage(
        frame=frame,
        title=tongue.word(TITLES[publication][1]),
        lead=tongue.word("Source: %(source)s", source="; ".join(sources)) if sources else "",
        blocks=tuple(blocks),
        back=back,
        empty=None if blocks else Empty(tongue.word("Nothing was loaded here"), "", (back,)),
    )


def _blocks(tongue: Tongue, sheet: FactSheetView) -> Iterator[SheetBlock]:
    if sheet.kind == "facility_rules":
        for key, value in sheet.content.items():
            if key not in _LEFT_OUT:
                yield SheetBlock(_upper(key), tuple(_spread(tongue, value)))
        return
    action = sheet.content.get("action")
    yield SheetBlock(
        title=sheet.title,
        lines=tuple(_lines(tongue, sheet.content)),
        notes=tuple(_notes(sheet.content)),
        link=Link(tongue.word("In the annex"), f"/actions/{action}")
        if isinstance(action, str)
        else None,
    )


def _notes(content: Mapping[str, object]) -> Iterator[str]:
    for key in ("contradictions", "notes"):
        found = content.get(key)
        if isinstance(found, list):
            yield from map(str, found)


def _lines(tongue: Tongue, content: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in content.items():
        if key in _LEFT_OUT or key == "action" or value in (None, [], ""):
            continue
        if key in _AGREEMENTS:
            words = tongue.word("yes") if value else tongue.word("no")
            yield tongue.word(_AGREEMENTS[key]), words
        elif key == "experts" and isinstance(value, list):
            yield _upper(key), "; ".join(_told(tongue, one, "as_printed") for one in value)
        elif key == "countries" and isinstance(value, list):
            yield _upper(key), tongue.listed([tongue.country(str(code)) for code in value])
        else:
            yield _upper(key), _told(tongue, value)


def _spread(tongue: Tongue, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping) and "value" not in value:
        for key, inner in value.items():
            if key not in {"line", "lines"}:
                yield _upper(str(key)), _told(tongue, inner)
    else:
        yield tongue.word("As printed"), _told(tongue, value)


def _told(tongue: Tongue, value: object, only: str = "") -> str:
    """Say a published value in one line: lists joined, line numbers left out."""
    match value:
        case bool():
            return tongue.word("yes") if value else tongue.word("no")
        case int() | float():
            return tongue.number(value)
        case Mapping():
            return _pairs(tongue, value, only)
        case list():
            return ", ".join(_told(tongue, one) for one in value)
        case _:
            return tongue.word("not said") if value is None else str(value)


def _pairs(tongue: Tongue, value: Mapping[str, object], only: str) -> str:
    if only and value.get(only):
        return str(value[only])
    kept = {key: inner for key, inner in value.items() if key not in {"line", "lines"}}
    if set(kept) == {"value"}:
        return _told(tongue, kept["value"])
    return "; ".join(f"{key.replace('_', ' ')}: {_told(tongue, one)}" for key, one in kept.items())


def _upper(key: str) -> str:
    words = key.replace("_", " ")
    return words[:1].upper() + words[1:]
