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
    if gap is RecordGap.AVAILABILITY:
        unknown = col(Expert.availability_known_until).is_(None)
        return and_(unknown, not_(_says(FactKind.UNAVAILABILITY)))
    if gap is RecordGap.LANGUAGE_LEVEL:
        return not_(_says(FactKind.LANGUAGE, Fact.value["level"].as_string().is_not(None)))
    return not_(_says(FactKind.TOPIC if gap is RecordGap.TOPIC else FactKind.POST))


def _says(kind: FactKind, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        col(Fact.expert_id) == col(Expert.id),
        col(Fact.kind) == kind,
        col(Fact.status).in_((FactStatus.PROPOSED, FactStatus.CONFIRMED)),
        *more,
    )
