"""What people write down about a country: sections of its profile, its working groups."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlmodel import Session, select

from roster import records
from roster.errors import FieldError, InvalidInput, NotFound, UnknownTerm
from roster.inputs.lessons import SectionInput, WorkingGroupInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.surroundings import get_group
from roster.reference import countries, profiles
from roster.serial import to_json
from roster.tables import CountrySection, WorkingGroup


def set_section(
    session: Session,
    actor: Actor,
    country: str,
    section: str,
    given: SectionInput,
    *,
    clock: Clock,
) -> CountrySection:
    """Write one section of a country's migration profile, in place of what it said.

    Raises
    ------
    NotAllowed
    NotFound
        No country or no section has the code.
    InvalidInput
        The day is still to come.
    """
    require(actor, Permission.WRITE_REQUESTS)
    if not countries.is_country(country) or not profiles.is_section(section):
        raise NotFound("There is no such section of a migration profile.")
    _check_day(given.as_of, clock.now().date())
    row = session.exec(
        select(CountrySection).where(
            CountrySection.facility_id == actor.facility_id,
            CountrySection.country == country,
            CountrySection.section == section,
        )
    ).first()
    row = row or CountrySection(
        facility_id=actor.facility_id,
        origin=actor.origin,
        created_at=clock.now(),
        country=country,
        section=section,
        text="",
        source="",
        as_of=given.as_of,
    )
    row.text, row.source, row.as_of = given.text, given.source, given.as_of
    row.by = actor.account_id
    session.add(row)
    session.flush()
    records.log_change(session, actor, row, "written", clock.now(), section=section)
    return row


def save_group(
    session: Session,
    actor: Actor,
    given: WorkingGroupInput,
    *,
    clock: Clock,
    group_id: UUID | None = None,
) -> WorkingGroup:
    """Keep a technical working group, or change one.

    Raises
    ------
    NotAllowed, NotFound
    UnknownTerm
        No country has the code.
    """
    require(actor, Permission.WRITE_REQUESTS)
    if not countries.is_country(given.country):
        words = f"The country “{given.country}” is not known."
        raise UnknownTerm(words, errors=(FieldError("/country", words),))
    row = (
        get_group(session, actor, group_id)
        if group_id
        else WorkingGroup(
            facility_id=actor.facility_id,
            origin=actor.origin,
            created_at=clock.now(),
            name=given.name,
        )
    )
    row.name, row.country, row.mandate = given.name, given.country, given.mandate
    row.members = [to_json(one.model_dump()) for one in given.members]
    session.add(row)
    session.flush()
    records.log_change(session, actor, row, "changed" if group_id else "created", clock.now())
    return row


def _check_day(as_of: date, today: date) -> None:
    if as_of > today:
        words = "The day is still to come. Give the day that the source speaks of."
        raise InvalidInput(words, errors=(FieldError("/as_of", words),))
