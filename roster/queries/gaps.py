"""Which records lack what a ranking would ask for, told from the facts that stand."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, not_, or_
from sqlmodel import col, exists

from roster.tables import Expert, Fact
from roster.vocabulary import FactKind, FactStatus, RecordGap

STALE = timedelta(days=365)
"""After which a record that nobody confirmed is looked at again."""


def lacks(gap: RecordGap, today: date) -> ColumnElement[bool]:
    """Return the condition on `Expert` for a record with this gap.

    Parameters
    ----------
    today : day from which the age of a confirmation counts
    """
    if gap is RecordGap.STALE:
        confirmed = col(Expert.confirmed_on)
        return or_(confirmed.is_(None), confirmed < today - STALE)
    if gap is RecordGap.KIND:
        return col(Expert.kind).is_(None)
    unsaid = not_(exists().where(col(Fact.expert_id) == col(Expert.id), *filled_by(gap)))
    if gap is RecordGap.AVAILABILITY:
        return and_(col(Expert.availability_known_until).is_(None), unsaid)
    return unsaid


def filled_by(gap: RecordGap) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on `Fact` for one that fills a gap.

    Raises
    ------
    KeyError
        No fact fills it: the record itself says so.
    """
    kind = FILLED_BY[gap]
    has_level = Fact.value["level"].as_string().is_not(None)
    return (
        col(Fact.kind) == kind,
        col(Fact.status).in_((FactStatus.PROPOSED, FactStatus.CONFIRMED)),
        *((has_level,) if gap is RecordGap.LANGUAGE_LEVEL else ()),
    )


FILLED_BY = {
    RecordGap.LANGUAGE_LEVEL: FactKind.LANGUAGE,
    RecordGap.TOPIC: FactKind.TOPIC,
    RecordGap.POST: FactKind.POST,
    RecordGap.AVAILABILITY: FactKind.UNAVAILABILITY,
}
"""Gaps that a fact fills, and of which kind."""
