"""The CV form of EU external action where its table of assignments is all that tells of posts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from roster.ingest.sheet import Sheet
from roster.ingest.wording.titles import split_client
from roster.ingest.work.employment import Stay
from roster.read import Post
from roster.vocabulary import FactKind

NEWEST_ROW = 0.6
_DOUBT = "the form lists assignments and no employer; this is the newest row"


def note_newest_row(sheet: Sheet, stays: Sequence[Stay]) -> None:
    """Note the newest assignment down as the latest post where the form tells of no post at all.

    Parameters
    ----------
    sheet : a form whose posts and present position have been read
    stays : the rows of its table
    """
    if any(fact.kind is FactKind.POST for fact in sheet.facts):
        return
    rows = [stay for stay in stays if stay.title is not None and stay.period.start is not None]
    newest = max(rows, key=_recency, default=None)
    if newest is None or newest.title is None:
        return
    employer = newest.employer.text if newest.employer is not None else None
    name = split_client(employer)[0] if employer else None
    post = Post(title=" ".join(newest.title.text.split()), employer=name)
    sheet.note(FactKind.POST, post, newest.where, NEWEST_ROW, period=newest.period, doubt=_DOUBT)


def _recency(stay: Stay) -> tuple[bool, date, date]:
    start = stay.period.start.first_day if stay.period.start else date.min
    return stay.period.ongoing, stay.period.end.last_day if stay.period.end else start, start
