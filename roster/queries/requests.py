"""Requests: lists, details, and the need that ranking reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, func, not_, or_
from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.inputs import FacilityRules
from roster.policy import Actor
from roster.queries.facilities import rules_of
from roster.queries.families import family_of, lives_on, living_on
from roster.queries.paging import page_of
from roster.queries.rankings import rankings_of
from roster.queries.screening import intake_of
from roster.read import (
    LanguageNeed,
    PageOf,
    Paging,
    RequestDetail,
    RequestRow,
    RequestStep,
    RequestView,
)
from roster.serial import from_json
from roster.tables import Account, AssistanceRequest, RequestEvent, ShortlistEntry
from roster.vocabulary import LEFT_STAGES, ActivityType, Priority, RequestStatus, TeamMode

OPEN = (
    RequestStatus.RECEIVED,
    RequestStatus.SCREENED,
    RequestStatus.FICHE_DRAFTED,
    RequestStatus.SUBMITTED,
    RequestStatus.IN_PREPARATION,
)
"""Statuses in which a request still waits for a decision, unless its outcome is known."""


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """What to list, and in what order; nothing said is everything, the newest first."""

    words: str = ""
    """Of the title, the code or the authority, all of them."""
    statuses: frozenset[RequestStatus] = frozenset()
    countries: frozenset[str] = frozenset()
    open_first: bool = False
    """Whether those that wait for a decision come before all others."""


def get_request(session: Session, actor: Actor, request_id: UUID) -> AssistanceRequest:
    """Return the row of a request of the actor's facility.

    Raises
    ------
    NotFound
    """
    found = session.get(AssistanceRequest, request_id)
    if found is None or found.facility_id != actor.facility_id:
        raise NotFound("There is no such request in this facility.")
    return found


def need_of(request: AssistanceRequest) -> RequestView:
    """Return a request as the ranker reads it."""
    return RequestView(
        id=request.id,
        title=request.title,
        authority=request.authority,
        administration=request.administration,
        countries=tuple(request.countries),
        regional_body=request.regional_body,
        topics=tuple(request.topics),
        activities=tuple(ActivityType(code) for code in request.activities),
        languages=tuple(from_json(LanguageNeed, need) for need in request.languages),
        starts=request.starts,
        ends=request.ends,
        text=request.text,
        text_language=request.text_language,
        release_required=request.release_required,
        excluded=frozenset(UUID(text) for text in request.excluded),
        conflicts=frozenset(UUID(text) for text in request.conflicts),
        action_id=request.action_id,
    )


def list_requests(
    session: Session,
    actor: Actor,
    paging: Paging,
    *,
    only_open: bool = False,
    status: RequestStatus | None = None,
    wanted: RequestFilter | None = None,
) -> PageOf[RequestRow]:
    """Return one page of a facility's requests, the newest first."""
    wanted = wanted or RequestFilter()
    query = select(AssistanceRequest).where(
        AssistanceRequest.facility_id == actor.facility_id, *_conditions(wanted)
    )
    if only_open:
        query = query.where(is_open())
    if status is not None:
        query = query.where(AssistanceRequest.status == status)
    if wanted.open_first:
        query = query.order_by(not_(is_open()))
    query = query.order_by(
        col(AssistanceRequest.received_on).is_(None),
        col(AssistanceRequest.received_on).desc(),
        col(AssistanceRequest.code),
        col(AssistanceRequest.id),
    )
    rows, total = page_of(session, query, paging)
    shortlisted = _shortlisted(session, [row.id for row in rows])
    rules = rules_of(session, actor.facility_id)
    gone = living_on(session, [row.id for row in rows])
    items = tuple(
        _row(row, rules, shortlisted.get(row.id, 0), lives_on=row.id in gone) for row in rows
    )
    return PageOf(items=items, page=paging.page, per_page=paging.per_page, total=total)


def request_detail(session: Session, actor: Actor, request_id: UUID) -> RequestDetail:
    """Return a request with its history, its kin and its rankings.

    Raises
    ------
    NotFound
    """
    request = get_request(session, actor, request_id)
    officer = session.get(Account, request.officer_id) if request.officer_id else None
    shortlisted = _shortlisted(session, [request.id]).get(request.id, 0)
    gone = bool(living_on(session, [request.id]))
    return RequestDetail(
        row=_row(request, rules_of(session, actor.facility_id), shortlisted, lives_on=gone),
        need=need_of(request),
        counterpart=request.counterpart,
        mode=TeamMode(request.mode) if request.mode else None,
        urgency=request.urgency,
        priority=request.priority,
        deadline=request.deadline,
        channel=request.channel,
        intake=intake_of(session, request, request.received_on or request.created_at.date()),
        family=family_of(session, request),
        forwarded_to=request.forwarded_to,
        outcome_reason=request.outcome_reason,
        action_id=request.action_id,
        officer=officer.name if officer else None,
        history=_history(session, request.id),
        rankings=rankings_of(session, actor, request.id),
    )


def count_by_country(session: Session, actor: Actor) -> Mapping[str, int]:
    """Return how many requests of the facility name which country as beneficiary."""
    rows = session.exec(
        select(AssistanceRequest.countries).where(
            AssistanceRequest.facility_id == actor.facility_id
        )
    )
    return Counter(country for countries in rows for country in countries)


def _conditions(wanted: RequestFilter) -> list[ColumnElement[bool]]:
    searched = (AssistanceRequest.title, AssistanceRequest.code, AssistanceRequest.authority)
    found: list[ColumnElement[bool]] = [
        or_(*(col(column).icontains(word, autoescape=True) for column in searched))
        for word in wanted.words.split()[:20]
    ]
    if wanted.statuses:
        found.append(col(AssistanceRequest.status).in_(wanted.statuses))
    if wanted.countries:
        # Codes are two capitals in quotation marks: nothing else in the list reads like one.
        listed = cast(col(AssistanceRequest.countries), String)
        found.append(or_(*(listed.contains(f'"{code}"') for code in sorted(wanted.countries))))
    return found


def count_by_status(session: Session, actor: Actor) -> Mapping[RequestStatus, int]:
    """Return how many requests of the facility stand where."""
    rows = session.exec(
        select(AssistanceRequest.status, func.count())
        .where(AssistanceRequest.facility_id == actor.facility_id)
        .group_by(col(AssistanceRequest.status))
    )
    return {RequestStatus(status): count for status, count in rows}


def count_open(session: Session, actor: Actor) -> int:
    """Return how many requests of the facility still wait for a decision."""
    return session.exec(
        select(func.count())
        .select_from(AssistanceRequest)
        .where(AssistanceRequest.facility_id == actor.facility_id, is_open())
    ).one()


def is_open() -> ColumnElement[bool]:
    """Return the condition on `AssistanceRequest` for those that wait for a decision."""
    # A past request keeps the status in print, "in preparation" too; its outcome says it is past.
    # What was joined or split goes on as others, which wait in its place.
    return and_(
        col(AssistanceRequest.status).in_(OPEN),
        col(AssistanceRequest.outcome).is_(None),
        not_(lives_on()),
    )


def fiche_due(request: AssistanceRequest, rules: FacilityRules) -> date | None:
    """Return the day by which the fiche is due: the request's own, else by rule; None: no day."""
    if request.deadline is not None:
        return request.deadline
    days = rules.fiche_days
    if request.priority is Priority.HIGH and rules.fiche_days_urgent:
        days = rules.fiche_days_urgent
    if request.received_on is None or days is None:
        return None
    return request.received_on + timedelta(days=days)


def _row(
    request: AssistanceRequest, rules: FacilityRules, shortlisted: int, *, lives_on: bool
) -> RequestRow:
    is_open = request.status in OPEN and request.outcome is None and not lives_on
    waits = is_open and request.status is not RequestStatus.SUBMITTED
    due = fiche_due(request, rules) if waits else None
    return RequestRow(
        id=request.id,
        code=request.code,
        title=request.title,
        status=request.status,
        origin=request.origin,
        authority=request.authority,
        countries=tuple(request.countries),
        regional_body=request.regional_body,
        topics=tuple(request.topics),
        starts=request.starts,
        ends=request.ends,
        received_on=request.received_on,
        fiche_due=due,
        shortlisted=shortlisted,
        officer_id=request.officer_id,
    )


def _shortlisted(session: Session, request_ids: list[UUID]) -> dict[UUID, int]:
    rows = session.exec(
        select(ShortlistEntry.request_id, func.count())
        .where(
            col(ShortlistEntry.request_id).in_(request_ids),
            col(ShortlistEntry.stage).not_in(list(LEFT_STAGES)),
        )
        .group_by(col(ShortlistEntry.request_id))
    )
    return dict(rows.all())


def _history(session: Session, request_id: UUID) -> tuple[RequestStep, ...]:
    rows = session.exec(
        select(RequestEvent, Account.name)
        .join(Account, col(Account.id) == col(RequestEvent.by), isouter=True)
        .where(RequestEvent.request_id == request_id)
        .order_by(col(RequestEvent.created_at), col(RequestEvent.id))
    )
    return tuple(
        RequestStep(at=event.created_at, to_status=event.to_status, by=name, reason=event.reason)
        for event, name in rows
    )
