"""What surrounds a request: country profiles, working groups, earlier work."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from api.deps import ActorDep, ClockDep, SessionDep, new_router, path_of, requires
from api.paging import PageDep, part_of
from api.problems import problems
from api.schemas.lessons import (
    ProfileEntryOut,
    ProfileOut,
    SurroundingsOut,
    WorkingGroupOut,
    WorkingGroupsOut,
)
from roster.errors import InvalidInput, NotFound, UnknownTerm
from roster.inputs import CountryCode
from roster.inputs.lessons import SectionInput, WorkingGroupInput
from roster.intake import surroundings
from roster.policy import Permission
from roster.queries import surroundings as around
from roster.read.lessons import ProfileEntry

router = new_router("lessons")


@router.get(
    "/requests/{request_id}/context",
    dependencies=[requires(Permission.READ_REQUESTS)],
    responses=problems(NotFound),
)
def get_surroundings(
    request_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> SurroundingsOut:
    """Return earlier work, other agencies' projects, country profiles, groups and lessons."""
    today = clock.now().date()
    return SurroundingsOut.model_validate(around.surroundings(session, actor, request_id, today))


@router.get(
    "/countries/{country}/profile",
    dependencies=[requires(Permission.READ_REQUESTS)],
    responses=problems(NotFound),
)
def get_profile(country: CountryCode, session: SessionDep, actor: ActorDep) -> ProfileOut:
    """Return the sections of a country's migration profile; an empty one nobody wrote yet."""
    found = around.country_profile(session, actor, country)
    return ProfileOut(items=[ProfileEntryOut.model_validate(one) for one in found])


@router.get(
    "/countries/{country}/profile/{section}",
    dependencies=[requires(Permission.READ_REQUESTS)],
    responses=problems(NotFound),
)
def get_section(
    country: CountryCode, section: str, session: SessionDep, actor: ActorDep
) -> ProfileEntryOut:
    """Return one section of a country's migration profile."""
    found = around.country_profile(session, actor, country)
    one = next((one for one in found if one.section == section), None)
    if one is None:
        raise NotFound("There is no such section of a migration profile.")
    return ProfileEntryOut.model_validate(one)


@router.put(
    "/countries/{country}/profile/{section}",
    dependencies=[requires(Permission.WRITE_REQUESTS)],
    responses=problems(NotFound, InvalidInput),
)
def write_section(
    country: CountryCode,
    section: str,
    given: SectionInput,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
) -> ProfileEntryOut:
    """Write one section of a country's migration profile."""
    row = surroundings.set_section(session, actor, country, section, given, clock=clock)
    entry = ProfileEntry(row.country, row.section, row.text, row.source, row.as_of)
    return ProfileEntryOut.model_validate(entry)


@router.get(
    "/working-groups", dependencies=[requires(Permission.READ_REQUESTS)], responses=problems()
)
def list_working_groups(
    session: SessionDep,
    actor: ActorDep,
    paging: PageDep,
    country: Annotated[CountryCode | None, Query(description="Only those of a country")] = None,
) -> WorkingGroupsOut:
    """List the technical working groups of the facility, by name."""
    found = around.working_groups(session, actor, [country] if country else None)
    return WorkingGroupsOut.model_validate(part_of(found, paging))


@router.get(
    "/working-groups/{group_id}",
    dependencies=[requires(Permission.READ_REQUESTS)],
    responses=problems(NotFound),
)
def get_working_group(group_id: UUID, session: SessionDep, actor: ActorDep) -> WorkingGroupOut:
    """Return one technical working group."""
    row = around.get_group(session, actor, group_id)
    return WorkingGroupOut.model_validate(around.group_view(row))


@router.post(
    "/working-groups",
    status_code=201,
    dependencies=[requires(Permission.WRITE_REQUESTS)],
    responses=problems(UnknownTerm),
)
def make_working_group(
    given: WorkingGroupInput,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    response: Response,
) -> WorkingGroupOut:
    """Keep a technical working group of a country."""
    row = surroundings.save_group(session, actor, given, clock=clock)
    response.headers["Location"] = path_of("working-groups", row.id)
    return WorkingGroupOut.model_validate(around.group_view(row))


@router.put(
    "/working-groups/{group_id}",
    dependencies=[requires(Permission.WRITE_REQUESTS)],
    responses=problems(NotFound, UnknownTerm),
)
def change_working_group(
    group_id: UUID,
    given: WorkingGroupInput,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
) -> WorkingGroupOut:
    """Change a technical working group."""
    row = surroundings.save_group(session, actor, given, clock=clock, group_id=group_id)
    return WorkingGroupOut.model_validate(around.group_view(row))
