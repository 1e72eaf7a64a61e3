"""Requests that came from one another: split, joined, forwarded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from roster.read.fiches import Family, Kin
from roster.tables import AssistanceRequest, Facility


@cache
def lives_on() -> ColumnElement[bool]:
    """Return the condition on `AssistanceRequest` for those that go on as other requests.

    Always the same object: to lay out a table under another name takes longer than to ask.
    """
    part = aliased(AssistanceRequest)
    has_parts = exists().where(
        col(part.split_from) == col(AssistanceRequest.id),
        col(part.facility_id) == col(AssistanceRequest.facility_id),
    )
    return col(AssistanceRequest.joined_into).is_not(None) | has_parts


def living_on(session: Session, request_ids: Sequence[UUID]) -> frozenset[UUID]:
    """Return those of some requests that go on as others: nothing waits for them any more."""
    found = session.exec(
        select(AssistanceRequest.id).where(
            and_(col(AssistanceRequest.id).in_(request_ids), lives_on())
        )
    )
    return frozenset(found)


def successors_of(session: Session, request: AssistanceRequest) -> tuple[str, ...]:
    """Return the codes of the requests that a split or joined one goes on as, in order."""
    found = session.exec(
        select(AssistanceRequest.code)
        .where(
            AssistanceRequest.facility_id == request.facility_id,
            (col(AssistanceRequest.split_from) == request.id)
            | (col(AssistanceRequest.id) == request.joined_into),
        )
        .order_by(col(AssistanceRequest.code))
    )
    return tuple(found)


def family_of(session: Session, request: AssistanceRequest) -> Family:
    """Return where a request comes from and what it became.

    Of a request of another facility only its code and the facility's name are told.
    """
    found = session.exec(
        select(AssistanceRequest, Facility.name)
        .join(Facility, col(Facility.id) == col(AssistanceRequest.facility_id))
        .where(
            (col(AssistanceRequest.id).in_([request.split_from, request.joined_into]))
            | (col(AssistanceRequest.split_from) == request.id)
            | (col(AssistanceRequest.joined_into) == request.id)
        )
        .order_by(col(AssistanceRequest.code), col(AssistanceRequest.id))
    ).all()
    kin = [(row, _kin(row, name, request)) for row, name in found]
    return Family(
        came_from=next((one for row, one in kin if row.id == request.split_from), None),
        parts=tuple(one for row, one in kin if row.split_from == request.id),
        joined_into=next((one for row, one in kin if row.id == request.joined_into), None),
        joined=tuple(one for row, one in kin if row.joined_into == request.id),
    )


def _kin(row: AssistanceRequest, facility: str, beside: AssistanceRequest) -> Kin:
    here = row.facility_id == beside.facility_id
    return Kin(
        row.code, row.id if here else None, row.title if here else "", "" if here else facility
    )
