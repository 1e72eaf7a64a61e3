"""A shortlist as a paper: who stands at which stage, why, and who left it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from roster.read import RequestDetail, ShortlistEntryView
from roster.vocabulary import LEFT_STAGES
from web.papers.paper import Cell, Paper, Table
from web.presenters.team_paper import (
    People,
    footer,
    origin_mark,
    person_cells,
    person_heads,
    request_facts,
    why,
)
from web.tongues import Tongue
from web.wording import REASON_WORDS, say


def shortlist_paper(
    found: RequestDetail,
    entries: tuple[ShortlistEntryView, ...],
    people: People,
    today: date,
    tongue: Tongue,
) -> Paper:
    """Return the paper of a shortlist, in the words of a language."""
    _ = tongue.word
    here = [one for one in entries if one.stage not in LEFT_STAGES]
    left = [one for one in entries if one.stage in LEFT_STAGES]
    tables = [
        Table(
            _("Shortlist"),
            (_("Stage"), *person_heads(tongue), _("Points"), _("Why"), _("Note")),
            tuple(_rows(here, people, tongue)),
            _("Nobody is on the shortlist"),
        )
    ]
    if left:
        heads = (_("Stage"), *person_heads(tongue), _("Points"), _("Reason"), _("Note"))
        tables.append(Table(_("Left the list"), heads, tuple(_gone(left, people, tongue))))
    return Paper(
        title=_("Shortlist for %(request)s", request=found.row.title),
        subject="",
        mark=origin_mark([found.row.origin, *(one.person.origin for one in entries)], tongue),
        facts=request_facts(found, tongue),
        facts_title=_("The request"),
        tables=tuple(tables),
        footer=footer(found, today, tongue),
        language=tongue.locale.language,
    )


def _rows(
    entries: Iterable[ShortlistEntryView], people: People, tongue: Tongue
) -> Iterable[tuple[Cell, ...]]:
    for one in entries:
        cells = person_cells(one.person, people.views.get(one.person.id), tongue)
        reasons = why(people.ranked.get(one.person.id), tongue)
        yield (say(tongue, one.stage), *cells, one.score, reasons, one.note)


def _gone(
    entries: Iterable[ShortlistEntryView], people: People, tongue: Tongue
) -> Iterable[tuple[Cell, ...]]:
    for one in entries:
        cells = person_cells(one.person, people.views.get(one.person.id), tongue)
        last = next((move for move in reversed(one.moves) if move.to_stage is one.stage), None)
        code = last.reason if last else None
        reason = tongue.word(REASON_WORDS[code]) if code in REASON_WORDS else ""
        yield (say(tongue, one.stage), *cells, one.score, reason, one.note)
