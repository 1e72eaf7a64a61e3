"""Files of an exchange as a page: what goes out, what came in, what became of each row."""

from __future__ import annotations

from dataclasses import dataclass

from roster.exchange_format.fields import FIELDS, LOCALES, SHEETS
from roster.ingest.interchange import ExchangeFormat
from roster.read.exchange import ExchangeKind, ExchangeResult, OnKnown, RowAct, RowOutcome
from web.contexts.exchange import ExchangedRow, ExchangePage, RefusedRow
from web.contexts.layout import Frame
from web.contexts.parts import Chip, Choice, Figure, FormField, Link
from web.exchange_words import cell_words
from web.tongues import Tongue
from web.wording import marked

MOST_ROWS = 200
_LONGEST = 160
_ACTS = {
    RowAct.NEW: ("done", marked("New")),
    RowAct.CHANGED: ("note", marked("Changed")),
    RowAct.SAME: ("pass", marked("As it is here")),
    RowAct.SKIPPED: ("unknown", marked("Skipped: known by its code")),
    RowAct.REFUSED: ("fail", marked("Refused")),
}
_ORDER = {act: place for place, act in enumerate(_ACTS)}


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent, how it is to be taken in, and what that did."""

    known: OnKnown = OnKnown.SKIP
    source: str = ""
    found: ExchangeResult | None = None
    error: str = ""
    kept: str = ""
    """The rows as JSON, where they may be taken in after a trial; else empty."""


def exchange_page(frame: Frame, tongue: Tongue, sent: Sent) -> ExchangePage:
    """Return the page, with what a file did or would do."""
    found = sent.found
    shown = _shown(found)
    return ExchangePage(
        frame=frame,
        title=tongue.word("Exchange"),
        lead=tongue.word(
            "Requests and Actions, with their activities, out and in. No person is among them."
        ),
        exports=(
            *((_kind_words(tongue, kind), _links(kind)) for kind in ExchangeKind),
            (tongue.word("All together"), _links(None)),
        ),
        fields=_fields(tongue, sent),
        finding=_finding(tongue, sent),
        figures=tuple(
            Figure(tongue.word(words), tongue.number(found.count(act)))
            for act, (_, words) in _ACTS.items()
            if found.count(act)
        )
        if found
        else (),
        unread=_unread(tongue, found) if found else "",
        refused=_refused(tongue, found) if found else (),
        rows=tuple(_row(tongue, one) for one in shown[:MOST_ROWS]),
        more=_more(tongue, len(shown)),
        kept=(("rows", sent.kept), ("known", sent.known.value), ("source", sent.source))
        if sent.kept
        else (),
    )


def _shown(found: ExchangeResult | None) -> list[RowOutcome]:
    """Return the rows that say something: what is new and changed first."""
    if found is None:
        return []
    held = [one for one in found.outcomes if one.act is not RowAct.REFUSED]
    return sorted(held, key=lambda one: _ORDER[one.act])


def _unread(tongue: Tongue, found: ExchangeResult) -> str:
    if not found.unread:
        return ""
    return tongue.word(
        "Not read, as no field is called so: %(headings)s.",
        headings=tongue.listed(list(found.unread)),
    )


def _more(tongue: Tongue, total: int) -> str:
    if total <= MOST_ROWS:
        return ""
    return tongue.words(
        "%(num)s further row is not shown.",
        "%(num)s further rows are not shown.",
        total - MOST_ROWS,
    )


def _links(kind: ExchangeKind | None) -> tuple[Link, ...]:
    formats = [one for one in ExchangeFormat if kind or one is not ExchangeFormat.CSV]
    what = f"what={kind.value}&" if kind else ""
    return tuple(
        Link(one.value.upper(), f"/exchange/export?{what}format={one.value}") for one in formats
    )


def _fields(tongue: Tongue, sent: Sent) -> tuple[FormField, ...]:
    words = {
        OnKnown.SKIP: tongue.word("Leave it as it is"),
        OnKnown.UPDATE: tongue.word("Change what the row says otherwise"),
    }
    return (
        FormField(
            "file",
            tongue.word("File"),
            "file",
            hint=tongue.word(
                "CSV, XLSX or JSON. Headings in English, French, Spanish or Portuguese; the codes "
                "of an export show how cells are written. An empty cell changes nothing."
            ),
            error=sent.error,
            accept=".csv,.xlsx,.ods,.json",
            required=True,
        ),
        FormField(
            "source",
            tongue.word("Where it comes from"),
            value=sent.source,
            hint=tongue.word("A system or a list; stands on every new record."),
            required=True,
        ),
        FormField(
            "known",
            tongue.word("Where a code is known here"),
            "radios",
            choices=tuple(Choice(one.value, words[one], one is sent.known) for one in OnKnown),
        ),
    )


def _finding(tongue: Tongue, sent: Sent) -> str:
    if sent.found is None:
        return ""
    if sent.found.problems:
        return tongue.words(
            "Nothing was written: %(num)s cell needs correcting.",
            "Nothing was written: %(num)s cells need correcting.",
            len(sent.found.problems),
        )
    if sent.found.is_done:
        return tongue.word("All rows were taken in.")
    return tongue.word("This would happen; nothing was written yet.")


def _refused(tongue: Tongue, found: ExchangeResult) -> tuple[RefusedRow, ...]:
    return tuple(
        RefusedRow(
            tongue.word(
                "%(what)s, row %(row)s, column %(column)s",
                what=_kind_words(tongue, one.kind),
                row=tongue.number(one.number),
                column=one.column,
            )
            if one.column
            else tongue.word(
                "%(what)s, row %(row)s",
                what=_kind_words(tongue, one.kind),
                row=tongue.number(one.number),
            ),
            cell_words(one.detail, tongue),
        )
        for one in found.problems[:MOST_ROWS]
    )


def _row(tongue: Tongue, one: RowOutcome) -> ExchangedRow:
    css, words = _ACTS[one.act]
    names = {each.name: each.headings for each in FIELDS[one.kind]}
    at = LOCALES.index(tongue.code)
    return ExchangedRow(
        kind=_kind_words(tongue, one.kind),
        number=tongue.number(one.number),
        code=one.code,
        chip=Chip(css, tongue.word(words)),
        changes=tuple(
            (names[field][at], _short(before), _short(after))
            for field, before, after in one.changes
        ),
    )


def _kind_words(tongue: Tongue, kind: ExchangeKind) -> str:
    return SHEETS[kind][LOCALES.index(tongue.code)]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
