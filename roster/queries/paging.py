"""One page of a select, with the count of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import func
from sqlmodel import Session, select
from sqlmodel.sql.expression import SelectOfScalar

from roster.read import Paging

T = TypeVar("T")


def page_of(session: Session, query: SelectOfScalar[T], paging: Paging) -> tuple[Sequence[T], int]:
    """Return the rows of one page and the number of all rows; the order ends in the id."""
    total = session.exec(select(func.count()).select_from(query.order_by(None).subquery())).one()
    rows = session.exec(query.offset(paging.offset).limit(paging.per_page)).all()
    return rows, total
