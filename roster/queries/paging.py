"""One page of a select, with the count of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, and_, case, false, func, or_
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import UnaryExpression
from sqlmodel import Session, select
from sqlmodel.sql.expression import SelectOfScalar

from roster.errors import FieldError, InvalidInput
from roster.read import Paging

T = TypeVar("T")


def page_of(
    session: Session, query: SelectOfScalar[T], paging: Paging, total: int | None = None
) -> tuple[Sequence[T], int]:
    """Return the rows of one page and the number of all rows; the order ends in the id.

    With `paging.after` the page is what follows that row now, whatever came in or went before it:
    whoever reads on meets every row that was there all the time, and none twice.

    Parameters
    ----------
    total : the number of all rows, where it is known

    Raises
    ------
    InvalidInput
        The row to go on from is gone, or was never there.
    """
    if paging.after is None:
        rows = session.exec(query.offset(paging.offset).limit(paging.per_page)).all()
        if len(rows) < paging.per_page and (rows or not paging.offset):
            return rows, paging.offset + len(rows)  # The last page: it is known without counting.
    else:
        following = query.where(_behind(session, query, paging.after))
        rows = session.exec(following.limit(paging.per_page)).all()
    if total is not None:
        return rows, total
    # The id, by which the order ends, stands for the row: all its columns take time to lay out.
    last, _ = _direction(query._order_by_clauses[-1])
    ids = query.order_by(None).with_only_columns(last, maintain_column_froms=True).subquery()
    return rows, session.exec(select(func.count()).select_from(ids)).one()


def _behind(session: Session, query: SelectOfScalar[Any], after: UUID) -> ColumnElement[bool]:
    """Return the condition of standing behind a row in the order of a query."""
    order = [_direction(one) for one in query._order_by_clauses]
    columns = [column for column, _ in order]
    # The id ends the order: it tells the row, and the row tells where it stands. Only a row of this
    # very list does: nobody learns of another one.
    places = [column.label(f"at_{place}") for place, column in enumerate(columns)]
    anchor = session.execute(
        query.order_by(None).with_only_columns(*places).where(columns[-1] == after).limit(1)
    ).first()
    if anchor is None:
        raise gone()
    behind: list[ColumnElement[bool]] = []
    level: list[ColumnElement[bool]] = []
    for (column, falls), value in zip(order, anchor, strict=True):
        behind.append(and_(*level, _beyond(column, value, falls=falls)))
        level.append(column.is_not_distinct_from(value))
    return or_(*behind)


def _beyond(column: ColumnElement[Any], value: Any, *, falls: bool) -> ColumnElement[bool]:
    if value is None:  # Whoever orders by what may be unknown orders by its being unknown first.
        return false()
    beyond: ColumnElement[bool] = column < value if falls else column > value
    return beyond


def _direction(clause: ColumnElement[Any]) -> tuple[ColumnElement[Any], bool]:
    """Return what a clause orders by, and whether it falls."""
    if isinstance(clause, UnaryExpression) and clause.modifier in {
        operators.desc_op,
        operators.asc_op,
    }:
        return _comparable(clause.element), clause.modifier is operators.desc_op
    return _comparable(clause), False


def _comparable(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return yes and no as 1 and 0, which both databases compare."""
    # What is negated has no type of its own in SQLAlchemy.
    negated = isinstance(column, UnaryExpression) and column.operator is operators.inv
    is_yes_or_no = negated or isinstance(column.type, Boolean)
    return case((column, 1), else_=0) if is_yes_or_no else column


def gone() -> InvalidInput:
    """Return the refusal to go on from a row that is not there."""
    return InvalidInput(
        "The item to go on from is not in this list any more. Read the list from its beginning.",
        errors=(FieldError("/after", "Leave it out to begin anew."),),
    )
