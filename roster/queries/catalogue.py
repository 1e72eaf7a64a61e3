"""The public list of Actions: what, when and for which countries; no person and no authority."""

from __future__ import annotations

from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.queries.facilities import rules_of
from roster.read.catalogue import CatalogueEntry, CatalogueFacility
from roster.tables import Action, Facility
from roster.vocabulary import ActionStatus, Origin

_SHOWN = (ActionStatus.ONGOING, ActionStatus.COMPLETED)
_OFF = "There is no public catalogue here."


def catalogue(session: Session) -> tuple[CatalogueFacility, ...]:
    """Return the Actions of every facility that publishes them, by region and name.

    Only real Actions that began: none in preparation, on hold or cancelled.

    Raises
    ------
    NotFound
        No facility publishes its Actions.
    """
    open_to_all = [
        facility
        for facility in session.exec(select(Facility).order_by(col(Facility.name)))
        if rules_of(session, facility.id).public_catalogue
    ]
    if not open_to_all:
        raise NotFound(_OFF)
    return tuple(_published(session, facility) for facility in open_to_all)


def _published(session: Session, facility: Facility) -> CatalogueFacility:
    rows = session.exec(
        select(Action)
        .where(
            Action.facility_id == facility.id,
            Action.origin == Origin.REAL,
            col(Action.status).in_(_SHOWN),
            col(Action.on_hold).is_(False),
        )
        .order_by(col(Action.name), col(Action.id))
    )
    entries = tuple(
        CatalogueEntry(
            name=row.name,
            status=row.status,
            region=row.region,
            objective=row.objective,
            countries=tuple(row.countries),
            regional_body=row.regional_body,
            areas=tuple(row.areas),
            topics=tuple(row.topics),
            starts=row.starts,
            ends=row.ends,
        )
        for row in rows
    )
    return CatalogueFacility(facility.code, facility.name, entries)
