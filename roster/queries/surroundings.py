"""What is known around a request: earlier work, other agencies, the country, who meets there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from roster.dates import PartialDate, Period
from roster.errors import NotFound
from roster.policy import Actor, Permission, require, visible_actions
from roster.queries.actions import published_sheets
from roster.queries.lessons import applicable, near_topics
from roster.queries.requests import get_request, need_of
from roster.read import FactSheetView, RequestView
from roster.read.lessons import (
    ActionRef,
    AgencyProject,
    EarlierWork,
    GroupMember,
    ProfileEntry,
    Surroundings,
    WorkingGroupView,
)
from roster.reference import bodies, profiles
from roster.reference.countries import is_country
from roster.serial import from_json
from roster.tables import Action, ActionFollowUp, AssistanceRequest, CountrySection, WorkingGroup

WEIGHT = {"same_country": 4, "same_body": 3, "same_topic": 2, "near_topic": 1}
"""What brings earlier work up, the weightiest first; a near topic alone does not."""
_ENOUGH = 2
_KIND = "agency_project"


def surroundings(session: Session, actor: Actor, request_id: UUID, today: date) -> Surroundings:
    """Return what is known around a request.

    Raises
    ------
    NotFound
    """
    require(actor, Permission.READ_REQUESTS)
    request = get_request(session, actor, request_id)
    need = need_of(request)
    countries = asking_countries(need, today)
    return Surroundings(
        earlier=earlier_work(session, actor, request),
        projects=agency_projects(session, need, countries),
        profile=profile_of(session, actor, need.countries),
        groups=working_groups(session, actor, need.countries),
        lessons=applicable(session, actor, need, today),
        window=(need.starts, need.ends),
    )


def asking_countries(need: RequestView, today: date) -> tuple[str, ...]:
    """Return the countries that a request is for; of a regional body, its members."""
    found = list(need.countries)
    if need.regional_body in {one.id for one in bodies.bodies()}:
        found += bodies.members(str(need.regional_body), today)
    return tuple(dict.fromkeys(found))


def earlier_work(
    session: Session, actor: Actor, request: AssistanceRequest
) -> tuple[EarlierWork, ...]:
    """Return requests and Actions of the facility that touch the same, the nearest first."""
    rows = session.exec(
        select(AssistanceRequest)
        .where(
            AssistanceRequest.facility_id == actor.facility_id, AssistanceRequest.id != request.id
        )
        .order_by(col(AssistanceRequest.code), col(AssistanceRequest.id))
    ).all()
    actions = {
        one.id: one
        for one in session.exec(
            select(Action)
            .where(visible_actions(actor, Permission.READ_ACTIONS))
            .order_by(col(Action.name), col(Action.id))
        )
    }
    outcomes = _outcomes(session, actor)
    near = near_topics(request.topics)
    found = [_of_request(one, actions, outcomes, _why(request, one, near)) for one in rows]
    known = {one.action_id for one in rows} | {request.action_id}
    found += [
        _of_action(one, outcomes, _why(request, one, near))
        for one in actions.values()
        if one.id not in known
    ]
    kept = [one for one in found if _weight(one) >= _ENOUGH]
    return tuple(sorted(kept, key=lambda one: (-_weight(one), _age(one), one.title)))


def _weight(one: EarlierWork) -> int:
    return sum(WEIGHT[code] for code in one.why)


def _age(one: EarlierWork) -> int:
    year = one.years[0] or (one.received_on.year if one.received_on else None)
    return -year if year else 0


def _why(
    request: AssistanceRequest, other: AssistanceRequest | Action, near: frozenset[str]
) -> tuple[str, ...]:
    same_topic = bool(set(request.topics) & set(other.topics))
    told = {
        "same_country": bool(set(request.countries) & set(other.countries)),
        "same_body": bool(request.regional_body) and request.regional_body == other.regional_body,
        "same_topic": same_topic,
        "near_topic": not same_topic and bool(near & set(other.topics)),
    }
    return tuple(code for code in WEIGHT if told[code])


def _outcomes(session: Session, actor: Actor) -> dict[UUID, ActionFollowUp]:
    """Return the last answer to what became of each Action."""
    rows = session.exec(
        select(ActionFollowUp)
        .where(
            ActionFollowUp.facility_id == actor.facility_id,
            col(ActionFollowUp.adopted).is_not(None),
        )
        .order_by(col(ActionFollowUp.answered_on), col(ActionFollowUp.id))
    )
    return {row.action_id: row for row in rows}


def _of_request(
    one: AssistanceRequest,
    actions: Mapping[UUID, Action],
    outcomes: Mapping[UUID, ActionFollowUp],
    why: tuple[str, ...],
) -> EarlierWork:
    action = actions.get(one.action_id) if one.action_id else None
    after = outcomes.get(action.id) if action else None
    return EarlierWork(
        request_id=one.id,
        request_code=one.code,
        title=one.title,
        status=one.status,
        outcome=one.outcome,
        outcome_reason=one.outcome_reason,
        received_on=one.received_on,
        action=ActionRef(action.id, action.code, action.name) if action else None,
        action_status=action.status if action else None,
        years=_years(action),
        adopted=after.adopted if after else None,
        adopted_text=after.text if after else "",
        why=why,
    )


def _of_action(
    one: Action, outcomes: Mapping[UUID, ActionFollowUp], why: tuple[str, ...]
) -> EarlierWork:
    after = outcomes.get(one.id)
    return EarlierWork(
        request_id=None,
        request_code=None,
        title=one.name,
        status=None,
        outcome=None,
        outcome_reason=None,
        received_on=None,
        action=ActionRef(one.id, one.code, one.name),
        action_status=one.status,
        years=_years(one),
        adopted=after.adopted if after else None,
        adopted_text=after.text if after else "",
        why=why,
    )


def _years(action: Action | None) -> tuple[int | None, int | None]:
    if action is None:
        return (None, None)
    return (
        action.starts.year if action.starts else None,
        action.ends.year if action.ends else None,
    )


def agency_projects(
    session: Session, need: RequestView, countries: Iterable[str]
) -> tuple[AgencyProject, ...]:
    """Return other agencies' projects in some countries, those that overlap first."""
    wanted = set(countries)
    found = [
        _project(sheet, need)
        for sheet in published_sheets(session, _KIND)
        if wanted & set(_texts(sheet.content.get("countries")))
    ]
    return tuple(sorted(found, key=lambda one: (one.overlaps is not True, one.starts or "9")))


def _project(sheet: FactSheetView, need: RequestView) -> AgencyProject:
    content = sheet.content
    starts = str(content["start"]) if content.get("start") else None
    latest = _latest_end(content, starts)
    return AgencyProject(
        code=sheet.code,
        title=sheet.title,
        agency=str(content.get("lead_agency") or ""),
        countries=tuple(_texts(content.get("countries"))),
        starts=starts,
        ends=latest,
        overlaps=_overlaps(_periods(content, starts, latest), need),
        summary=str(content.get("summary") or ""),
        source=sheet.source,
    )


def _periods(content: Mapping[str, object], starts: str | None, ends: str | None) -> list[Period]:
    """Return when a project ran: in the parts that are printed, else from start to latest end."""
    parts = content.get("periods")
    printed = [(str(part[0]), str(part[1])) for part in parts] if isinstance(parts, list) else []
    if not printed and starts and ends:
        printed = [(starts, ends)]
    return [Period(PartialDate.parse(first), PartialDate.parse(last)) for first, last in printed]


def _latest_end(content: Mapping[str, object], starts: str | None) -> str | None:
    """Return the last month in which a project can have ended: as printed, else by its length."""
    end, months = content.get("end"), content.get("duration_months")
    if isinstance(end, dict) and end.get("latest"):
        return str(end["latest"])
    if starts is None or not isinstance(months, int):
        return None
    # Where only the year of its start is printed, it may have begun in the last month.
    begun = PartialDate.parse(starts).last_day
    last = begun.year * 12 + begun.month - 1 + months - 1
    return f"{last // 12:04d}-{last % 12 + 1:02d}"


def _overlaps(periods: Sequence[Period], need: RequestView) -> bool | None:
    first, last = need.starts or need.ends, need.ends or need.starts
    if first is None or last is None or not periods:
        return None
    return any(one.overlaps(first, last) for one in periods)


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


def profile_of(
    session: Session, actor: Actor, countries: Sequence[str]
) -> tuple[ProfileEntry, ...]:
    """Return the fourteen sections of each country; those that nobody wrote are empty."""
    rows = session.exec(
        select(CountrySection).where(
            CountrySection.facility_id == actor.facility_id,
            col(CountrySection.country).in_(countries),
        )
    )
    written = {(row.country, row.section): row for row in rows}
    return tuple(
        ProfileEntry(country, section.code, row.text, row.source, row.as_of)
        if (row := written.get((country, section.code)))
        else ProfileEntry(country, section.code)
        for country in countries
        for section in profiles.sections()
    )


def country_profile(session: Session, actor: Actor, country: str) -> tuple[ProfileEntry, ...]:
    """Return the fourteen sections of one country.

    Raises
    ------
    NotFound
        No country has the code.
    """
    if not is_country(country):
        raise NotFound("There is no such country.")
    return profile_of(session, actor, [country])


def working_groups(
    session: Session, actor: Actor, countries: Sequence[str] | None
) -> tuple[WorkingGroupView, ...]:
    """Return the working groups of some countries, by name; None is of all."""
    query = select(WorkingGroup).where(WorkingGroup.facility_id == actor.facility_id)
    if countries is not None:
        query = query.where(col(WorkingGroup.country).in_(countries))
    rows = session.exec(query.order_by(col(WorkingGroup.name), col(WorkingGroup.id)))
    return tuple(map(group_view, rows))


def get_group(session: Session, actor: Actor, group_id: UUID) -> WorkingGroup:
    """Return the row of a working group.

    Raises
    ------
    NotFound
    """
    found = session.get(WorkingGroup, group_id)
    if found is None or found.facility_id != actor.facility_id:
        raise NotFound("There is no such working group in this facility.")
    return found


def group_view(row: WorkingGroup) -> WorkingGroupView:
    """Return a working group as others may see it."""
    return WorkingGroupView(
        id=row.id,
        name=row.name,
        country=row.country,
        mandate=row.mandate,
        members=tuple(from_json(GroupMember, one) for one in row.members),
    )
