"""What an Action is made of: its address, its first plan, its first deployments, its steps."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from roster import records
from roster.dates import PartialDate
from roster.naming import fold
from roster.policy import Actor
from roster.read import SeatNeed
from roster.read.fiches import FicheActivity, FicheResult
from roster.reference import activities, regions, topics
from roster.serial import from_json
from roster.tables import (
    Action,
    ActionEvent,
    ActionResult,
    Activity,
    ActivityPlan,
    AssistanceRequest,
    Deployment,
    Expert,
    Fiche,
    Seat,
    Team,
)
from roster.vocabulary import ActionStatus, Origin, PlanStatus, Scope

_LONGEST_CODE = 60


def free_code(session: Session, actor: Actor, name: str) -> str:
    """Return a word for addresses made of a name, that no Action of the facility has yet."""
    word = _joined(fold(name).split()) or "action"
    held = set(
        session.exec(
            select(Action.code).where(
                Action.facility_id == actor.facility_id,
                col(Action.code).startswith(word, autoescape=True),
            )
        )
    )
    reserved = {"new", "figures", "follow-ups"}
    number = 2
    code = word
    while code in held or code in reserved:
        code, number = f"{word}-{number}", number + 1
    return code


def _joined(words: Sequence[str]) -> str:
    """Join words with hyphens, as many as the address holds; only a longer first one is cut."""
    code = words[0][:_LONGEST_CODE] if words else ""
    for word in words[1:]:
        longer = f"{code}-{word}"
        if len(longer) > _LONGEST_CODE:
            break
        code = longer
    return code.strip("-")


def region_of(countries: Sequence[str]) -> str | None:
    """Return the region that the facility reports countries under; None where they are of many."""
    found = {regions.facility_region_of(code) for code in countries}
    return found.pop() if len(found) == 1 else None


def scope_of(countries: Sequence[str], body: str | None) -> Scope:
    """Say who benefits, by the names given."""
    if body is not None:
        return Scope.REGIONAL_BODY
    return Scope.GROUP if len(countries) > 1 else Scope.NATIONAL


def areas_of(codes: Iterable[str]) -> list[str]:
    """Return the thematic areas of topics, each once, in the order of the topics."""
    found = (topics.topic(code).area for code in codes)
    return [area for area in dict.fromkeys(found) if area]


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, the last of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def log_step(
    session: Session,
    actor: Actor,
    action: Action,
    before: ActionStatus | None,
    reason: str,
    at: datetime,
) -> None:
    """Write a step of an Action's life, as it stands now."""
    session.add(
        ActionEvent(
            facility_id=action.facility_id,
            origin=action.origin,
            created_at=at,
            action_id=action.id,
            from_status=before,
            to_status=action.status,
            on_hold=action.on_hold,
            reason=reason,
            by=actor.account_id,
        )
    )


def plan_from(
    session: Session, actor: Actor, action: Action, fiche: Fiche | None, *, at: datetime
) -> ActivityPlan:
    """Make the first plan: as the fiche was approved, else an empty draft."""
    plan = ActivityPlan(
        facility_id=action.facility_id,
        origin=action.origin,
        created_at=at,
        action_id=action.id,
        version=1,
        status=PlanStatus.APPROVED if fiche else PlanStatus.DRAFT,
        reason=f"as approved in version {fiche.version} of the fiche" if fiche else "",
        approved_on=at.date() if fiche else None,
        approved_by=actor.account_id if fiche else None,
        by=actor.account_id,
    )
    session.add(plan)
    session.flush()
    if fiche is not None:
        planned = [from_json(FicheActivity, one) for one in fiche.activities]
        session.add_all(_activity(plan, number, one) for number, one in enumerate(planned, start=1))
        results = [from_json(FicheResult, one) for one in fiche.results]
        session.add_all(
            ActionResult(
                facility_id=action.facility_id,
                origin=action.origin,
                action_id=action.id,
                position=place,
                constituent=one.constituent,
                title=one.title,
                expected=True,
            )
            for place, one in enumerate(results, start=1)
        )
        session.flush()
    return plan


def _activity(plan: ActivityPlan, number: int, planned: FicheActivity) -> Activity:
    return Activity(
        facility_id=plan.facility_id,
        origin=plan.origin,
        plan_id=plan.id,
        number=number,
        type=planned.type,
        title=planned.title,
        intervention=activities.intervention_of(planned.type),
        intervention_basis="rule",
        starts=PartialDate.parse(planned.starts) if planned.starts else None,
        ends=PartialDate.parse(planned.ends) if planned.ends else None,
        place=planned.place or None,
        modality=planned.modality,
        days=planned.days,
    )


def plan_team(
    session: Session, action: Action, request: AssistanceRequest, *, at: datetime
) -> list[Deployment]:
    """Plan a deployment for everybody who sits in the team kept last, on the days of the request.

    From then on they are away for other requests.
    """
    team = session.exec(
        select(Team)
        .where(Team.request_id == request.id, Team.status != "dropped")
        .order_by(col(Team.created_at).desc(), col(Team.id))
    ).first()
    if team is None:
        return []
    rows = session.exec(
        select(Seat, Expert)
        .join(Expert, col(Expert.id) == col(Seat.expert_id))
        .where(Seat.team_id == team.id)
        .order_by(col(Seat.position))
    ).all()
    first = request.starts or request.ends
    made = [
        Deployment(
            facility_id=action.facility_id,
            origin=Origin.SYNTHETIC if Origin.SYNTHETIC is expert.origin else action.origin,
            created_at=at,
            action_id=action.id,
            expert_id=expert.id,
            seat_id=seat.id,
            role=seat.role.value,
            days=from_json(SeatNeed, {"role": seat.role.value, **seat.need}).days,
            starts=first,
            ends=request.ends or first,
        )
        for seat, expert in rows
    ]
    session.add_all(made)
    records.refresh(session, [expert for _, expert in rows], at)
    return made


def tie(session: Session, request: AssistanceRequest, action: Action) -> None:
    """Lead a request, and those that were joined into it, to their Action."""
    joined = session.exec(
        select(AssistanceRequest).where(AssistanceRequest.joined_into == request.id)
    ).all()
    for one in (request, *joined):
        one.action_id = action.id
        session.add(one)
    session.flush()
