"""The screening checklist of a request, and what the facility's rules say of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import String, cast, or_
from sqlmodel import Session, col, select

from roster.dates import PartialDate
from roster.inputs import FacilityRules
from roster.queries.facilities import rules_of
from roster.queries.rounds import round_on, round_view
from roster.read.screening import (
    CheckView,
    EarlierAction,
    Finding,
    Intake,
    OtherProject,
    ScreeningView,
)
from roster.reference import bodies, topics
from roster.tables import Account, Action, AssistanceRequest, FactSheet, ScreeningCheck
from roster.vocabulary import ScreeningAnswer

ELIGIBLE_COUNTRY, ELIGIBLE_AREA, COHERENCE = "eligible_country", "eligible_area", "coherence"
_DAYS_A_MONTH = 30.44


def screening_of(session: Session, request: AssistanceRequest, on: date) -> ScreeningView:
    """Return the checklist of a request, prefilled where rules and fields tell the answer.

    Parameters
    ----------
    on : the present day; a body has the members that it has on it
    """
    rules = rules_of(session, request.facility_id)
    rows = session.exec(
        select(ScreeningCheck, Account.name)
        .join(Account, col(Account.id) == col(ScreeningCheck.by), isouter=True)
        .where(ScreeningCheck.request_id == request.id)
    )
    given = {row.item: (row, name) for row, name in rows}
    found = findings_of(request, rules, on)
    return ScreeningView(
        checks=tuple(_check(item, given, found.get(item)) for item in rules.screening),
        actions=_earlier_actions(session, request),
        projects=_projects(session, request),
    )


def open_items(session: Session, request: AssistanceRequest) -> tuple[str, ...]:
    """Return the points of the checklist that nobody has answered, in order."""
    rules = rules_of(session, request.facility_id)
    rows = session.exec(select(ScreeningCheck).where(ScreeningCheck.request_id == request.id))
    given: Mapping[str, tuple[ScreeningCheck, str | None]] = {row.item: (row, None) for row in rows}
    checks = (_check(item, given, None) for item in rules.screening)
    return tuple(one.item for one in checks if not one.is_answered)


def findings_of(
    request: AssistanceRequest, rules: FacilityRules, on: date
) -> Mapping[str, Finding]:
    """Return what rules and fields say of the points that need no judgement."""
    return {
        ELIGIBLE_COUNTRY: _country_finding(request, rules, on),
        ELIGIBLE_AREA: _area_finding(request, rules),
    }


def intake_of(session: Session, request: AssistanceRequest, on: date) -> Intake:
    """Return how a request stands to the rules of its facility."""
    rules = rules_of(session, request.facility_id)
    found = findings_of(request, rules, on)
    in_round = (
        round_view(session, request.round_id, request.facility_id) if request.round_id else None
    )
    return Intake(
        eligible_country=found[ELIGIBLE_COUNTRY],
        eligible_area=found[ELIGIBLE_AREA],
        round=in_round,
        outside_rounds=rules.has_rounds and in_round is None,
        round_chosen=request.round_chosen,
    )


def round_for(session: Session, facility_id: UUID, received_on: date | None) -> UUID | None:
    """Return the round of a day of receipt, where the facility takes requests in rounds."""
    if received_on is None or not rules_of(session, facility_id).has_rounds:
        return None
    found = round_on(session, facility_id, received_on)
    return found.id if found else None


def _check(
    item: str,
    given: Mapping[str, tuple[ScreeningCheck, str | None]],
    finding: Finding | None,
) -> CheckView:
    if item not in given:
        return CheckView(item, None, "", None, finding)
    row, name = given[item]
    return CheckView(item, row.answer, row.note, name, finding)


def _country_finding(request: AssistanceRequest, rules: FacilityRules, on: date) -> Finding:
    if rules.eligible_countries is None:
        return Finding(ScreeningAnswer.YES)
    may = frozenset(rules.eligible_countries)
    asked = frozenset(request.countries) or _members(request.regional_body, on)
    others = tuple(sorted(asked - may))
    if not asked:
        return Finding(ScreeningAnswer.UNKNOWN)
    if not others:
        return Finding(ScreeningAnswer.YES)
    # Of a body some may ask and some not: that is for people to judge.
    mixed = not request.countries and len(others) < len(asked)
    return Finding(ScreeningAnswer.UNKNOWN if mixed else ScreeningAnswer.NO, others)


def _members(body: str | None, on: date) -> frozenset[str]:
    known = next((one for one in bodies.bodies() if one.id == body), None)
    return (
        frozenset(one.country for one in known.memberships if one.covers(on))
        if known
        else frozenset()
    )


def _area_finding(request: AssistanceRequest, rules: FacilityRules) -> Finding:
    if rules.areas is None:
        return Finding(ScreeningAnswer.YES)
    areas = {code: topics.topic(code).area for code in request.topics if topics.is_topic(code)}
    with_area = {code: area for code, area in areas.items() if area is not None}
    if not with_area:
        return Finding(ScreeningAnswer.UNKNOWN, tuple(areas))
    others = tuple(code for code, area in with_area.items() if area not in rules.areas)
    if not others:
        return Finding(ScreeningAnswer.YES)
    all_outside = len(others) == len(with_area)
    return Finding(ScreeningAnswer.NO if all_outside else ScreeningAnswer.UNKNOWN, others)


# --- Coherence ------------------------------------------------------------------------------------


def _earlier_actions(session: Session, request: AssistanceRequest) -> tuple[EarlierAction, ...]:
    """Return the facility's Actions in the countries of a request, the newest first."""
    if not request.countries:
        return ()
    # Codes are two capitals in quotation marks: nothing else in the list reads like one.
    listed = cast(Action.countries, String)
    rows = session.exec(
        select(Action).where(
            Action.facility_id == request.facility_id,
            or_(*(listed.contains(f'"{code}"') for code in request.countries)),
        )
    ).all()
    ordered = sorted(rows, key=lambda row: (str(row.starts or ""), row.code), reverse=True)
    return tuple(
        EarlierAction(
            row.code,
            row.name,
            str(row.starts) if row.starts else None,
            str(row.ends) if row.ends else None,
        )
        for row in ordered
    )


def _projects(session: Session, request: AssistanceRequest) -> tuple[OtherProject, ...]:
    """Return published projects of other agencies in the same countries, overlapping ones first."""
    wanted = frozenset(request.countries)
    rows = session.exec(select(FactSheet).where(FactSheet.kind == "agency_project"))
    found = [
        OtherProject(row.code, row.title, _period_words(row), _overlaps(row, request))
        for row in rows
        if wanted & {str(code) for code in row.content.get("countries", [])}
    ]
    return tuple(sorted(found, key=lambda one: (one.overlaps is not True, one.code)))


def _period_words(row: FactSheet) -> str:
    starts, months = row.content.get("start"), row.content.get("duration_months")
    return f"{starts} + {months} months" if starts and months else str(starts or "")


def _overlaps(row: FactSheet, request: AssistanceRequest) -> bool | None:
    starts, months = row.content.get("start"), row.content.get("duration_months")
    asked_from = request.starts or request.received_on
    if not isinstance(starts, str) or not isinstance(months, int) or asked_from is None:
        return None
    try:
        begun = PartialDate.parse(starts).first_day
    except ValueError:
        return None
    ended = begun + timedelta(days=round(months * _DAYS_A_MONTH))
    return begun <= (request.ends or asked_from) and asked_from <= ended
