"""Everything that reports count, read in a handful of queries however much there is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from roster.counting.facts import (
    ActionFact,
    ActivityFact,
    DeploymentFact,
    InquiryFact,
    ReportFacts,
    RequestFact,
)
from roster.counting.figures import ExpertMention
from roster.policy import Actor
from roster.queries.facilities import rules_of
from roster.reference import bodies, regions, topics
from roster.tables import (
    Action,
    ActionExpertise,
    Activity,
    ActivityPlan,
    AssistanceRequest,
    Deployment,
    Expert,
    Feedback,
    Fiche,
    Guest,
    Inquiry,
    Questionnaire,
    RequestEvent,
)
from roster.vocabulary import (
    ActionStatus,
    ActivityStatus,
    DeploymentStatus,
    ExpertKind,
    PlanStatus,
    ReportOutcome,
    RequestStatus,
)

_OUTCOMES = {
    RequestStatus.REJECTED: ReportOutcome.REJECTED,
    RequestStatus.FORWARDED: ReportOutcome.FORWARDED,
    RequestStatus.WITHDRAWN: ReportOutcome.WITHDRAWN,
    RequestStatus.IN_PREPARATION: ReportOutcome.IN_PREPARATION,
}
_UNDER_WAY = {
    ActionStatus.COMPLETED: ReportOutcome.COMPLETED,
    ActionStatus.ONGOING: ReportOutcome.ONGOING,
    ActionStatus.ON_HOLD: ReportOutcome.ONGOING,
}


def report_facts(session: Session, actor: Actor, *, today: date) -> ReportFacts:
    """Return the facts of the actor's facility, of every origin.

    Parameters
    ----------
    today : day whose membership counts where a deployment has no date
    """
    rows = session.exec(
        select(Action)
        .where(Action.facility_id == actor.facility_id)
        .order_by(col(Action.name), col(Action.id))
    ).all()
    ids = [row.id for row in rows]
    parts = _activities(session, actor)
    mentions = _mentions(session, actor)
    sent = _deployments(session, actor, today)
    asked = _inquiries(session, actor)
    actions = tuple(
        ActionFact(
            id=row.id,
            code=row.code,
            name=row.name,
            origin=row.origin,
            status=ActionStatus.ON_HOLD if row.on_hold else row.status,
            region=row.region,
            countries=tuple(row.countries),
            areas=tuple(row.areas),
            topics=tuple(row.topics),
            starts=row.starts,
            ends=row.ends,
            activities=tuple(parts.get(row.id, ())),
            mentions=tuple(mentions.get(row.id, ())),
            deployments=tuple(sent.get(row.id, ())),
            inquiries=tuple(asked.get(row.id, ())),
            served=_beneficiaries(
                row.countries, row.regional_body, row.starts.first_day if row.starts else today
            ),
        )
        for row in rows
    )
    eligible = rules_of(session, actor.facility_id).eligible_countries
    return ReportFacts(
        _requests(session, actor, dict(zip(ids, actions, strict=True))), actions, eligible or ()
    )


def _requests(
    session: Session, actor: Actor, actions: Mapping[UUID, ActionFact]
) -> tuple[RequestFact, ...]:
    rows = session.exec(
        select(AssistanceRequest)
        .where(AssistanceRequest.facility_id == actor.facility_id)
        .order_by(col(AssistanceRequest.code), col(AssistanceRequest.id))
    )
    fiches = _fiche_days(session, actor)
    return tuple(
        _request(row, actions.get(row.action_id) if row.action_id else None, fiches.get(row.id))
        for row in rows
    )


def _request(
    row: AssistanceRequest, action: ActionFact | None, fiche_on: date | None
) -> RequestFact:
    said = tuple(row.topics) or (action.topics if action else ())
    areas = tuple(dict.fromkeys(area for code in said if (area := _area_of(code))))
    return RequestFact(
        id=row.id,
        title=row.title,
        origin=row.origin,
        outcome=_outcome(row, action),
        region=action.region if action and action.region else _region_of(row),
        areas=action.areas if action and action.areas else areas,
        topics=said,
        received=row.received_on,
        fiche_on=fiche_on,
        action_id=row.action_id,
        countries=_beneficiaries(
            row.countries, row.regional_body, row.received_on or row.created_at.date()
        ),
    )


def _area_of(code: str) -> str | None:
    return topics.topic(code).area if topics.is_topic(code) else None


def _outcome(row: AssistanceRequest, action: ActionFact | None) -> ReportOutcome:
    if row.outcome:
        return ReportOutcome(row.outcome)
    if row.status in _OUTCOMES:
        return _OUTCOMES[row.status]
    if row.status is not RequestStatus.APPROVED:
        return ReportOutcome.OPEN
    return (
        _UNDER_WAY.get(action.status, ReportOutcome.IN_PREPARATION)
        if action
        else (ReportOutcome.IN_PREPARATION)
    )


def _region_of(row: AssistanceRequest) -> str | None:
    """Return the one region of all countries that would benefit; None where they are of many."""
    day = row.received_on or row.created_at.date()
    held = _beneficiaries(row.countries, row.regional_body, day)
    found = {regions.facility_region_of(code) for code in held}
    return found.pop() if len(found) == 1 else None


def _beneficiaries(countries: Sequence[str], body: str | None, day: date) -> tuple[str, ...]:
    """Return the countries that are named; else the members of a regional body on a day."""
    if not countries and body and _is_body(body):
        return tuple(bodies.members(body, day))
    return tuple(countries)


def _is_body(body_id: str) -> bool:
    return any(one.id == body_id for one in bodies.bodies())


def _fiche_days(session: Session, actor: Actor) -> dict[UUID, date]:
    """Return the day of the first fiche of each request: when it was drafted, or said to be."""
    drafted = session.exec(
        select(Fiche.request_id, func.min(Fiche.created_at))
        .where(Fiche.facility_id == actor.facility_id)
        .group_by(col(Fiche.request_id))
    ).all()
    moved = session.exec(
        select(RequestEvent.request_id, func.min(RequestEvent.created_at))
        .where(
            RequestEvent.facility_id == actor.facility_id,
            RequestEvent.to_status == RequestStatus.FICHE_DRAFTED,
        )
        .group_by(col(RequestEvent.request_id))
    ).all()
    found: dict[UUID, date] = {}
    for request_id, at in (*drafted, *moved):
        found[request_id] = min(found.get(request_id, at.date()), at.date())
    return found


def _activities(session: Session, actor: Actor) -> dict[UUID, list[ActivityFact]]:
    """Return the activities of the newest approved plan of each Action, without cancelled ones."""
    newest = session.exec(
        select(ActivityPlan.action_id, ActivityPlan.id)
        .where(
            ActivityPlan.facility_id == actor.facility_id,
            ActivityPlan.status == PlanStatus.APPROVED,
        )
        .order_by(col(ActivityPlan.version))
    )
    plans = dict(iter(newest))
    of_plan = {plan_id: action_id for action_id, plan_id in plans.items()}
    found: dict[UUID, list[ActivityFact]] = defaultdict(list)
    for row in session.exec(
        select(Activity)
        .where(
            Activity.facility_id == actor.facility_id, Activity.status != ActivityStatus.CANCELLED
        )
        .order_by(col(Activity.number), col(Activity.id))
    ):
        if row.plan_id in of_plan:
            found[of_plan[row.plan_id]].append(_activity(row))
    return found


def _activity(row: Activity) -> ActivityFact:
    return ActivityFact(
        id=row.id,
        lineage=row.lineage,
        title=row.title,
        type=row.type,
        status=row.status,
        intervention=row.intervention,
        modality=row.modality,
        starts=row.starts,
        ends=row.ends,
        participants=row.participants,
        women=row.women,
    )


def _mentions(session: Session, actor: Actor) -> dict[UUID, list[ExpertMention]]:
    found: dict[UUID, list[ExpertMention]] = defaultdict(list)
    for row in session.exec(
        select(ActionExpertise)
        .where(ActionExpertise.facility_id == actor.facility_id)
        .order_by(col(ActionExpertise.country), col(ActionExpertise.id))
    ):
        found[row.action_id].append(
            ExpertMention(row.country, row.kind, row.is_eu, row.country_group, row.basis)
        )
    return found


def _deployments(session: Session, actor: Actor, today: date) -> dict[UUID, list[DeploymentFact]]:
    rows = session.exec(
        select(Deployment, Expert.home_country, Expert.kind, Expert.deployments)
        .join(Expert, col(Expert.id) == col(Deployment.expert_id))
        .where(
            Deployment.facility_id == actor.facility_id,
            Deployment.status != DeploymentStatus.CANCELLED,
        )
        .order_by(
            col(Deployment.starts).is_(None), col(Deployment.starts), col(Deployment.created_at),
            col(Deployment.id),
        )
    ).all()  # fmt: skip
    done = Counter(row.expert_id for row, *_ in rows if row.status is DeploymentStatus.DONE)
    seen: set[UUID] = set()
    found: dict[UUID, list[DeploymentFact]] = defaultdict(list)
    for row, country, kind, told in rows:
        # More are told of than stand here: somebody went before this roster began.
        earlier = row.expert_id in seen or told > done[row.expert_id]
        seen.add(row.expert_id)
        day = row.starts or today
        found[row.action_id].append(
            DeploymentFact(
                id=row.id,
                expert_id=row.expert_id,
                lineage=row.lineage,
                country=country,
                kind=ExpertKind(kind) if kind else None,
                is_eu=bodies.is_eu(country, day) if country else None,
                starts=row.starts,
                ends=row.ends,
                is_first=not earlier,
            )
        )
    return found


def _inquiries(session: Session, actor: Actor) -> dict[UUID, list[InquiryFact]]:
    linked = _counts(
        session.exec(
            select(Guest.inquiry_id, func.count())
            .where(Guest.facility_id == actor.facility_id, col(Guest.inquiry_id).is_not(None))
            .group_by(col(Guest.inquiry_id))
        )
    )
    answered = _counts(
        session.exec(
            select(Feedback.inquiry_id, func.count())
            .where(Feedback.facility_id == actor.facility_id, col(Feedback.inquiry_id).is_not(None))
            .group_by(col(Feedback.inquiry_id))
        )
    )
    rows = session.exec(
        select(Inquiry, Questionnaire)
        .join(Questionnaire, col(Questionnaire.id) == col(Inquiry.questionnaire_id))
        .where(Inquiry.facility_id == actor.facility_id)
        .order_by(col(Inquiry.created_at), col(Inquiry.id))
    )
    found: dict[UUID, list[InquiryFact]] = defaultdict(list)
    for row, asked in rows:
        found[row.action_id].append(
            InquiryFact(
                id=row.id,
                title=asked.title,
                audience=asked.audience,
                sent_on=row.created_at.date(),
                asked=row.asked if row.asked is not None else linked.get(row.id),
                answered=answered.get(row.id, 0),
            )
        )
    return found


def _counts(rows: Iterable[tuple[UUID | None, int]]) -> dict[UUID, int]:
    return {key: number for key, number in rows if key is not None}
