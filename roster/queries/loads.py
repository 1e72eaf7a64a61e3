"""How much people are out in a year, and who served on an Action or its countries before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from roster.policy import Actor
from roster.read import Load
from roster.tables import Action, AssistanceRequest, Deployment

_CANCELLED = "cancelled"


def loads_of(
    session: Session,
    actor: Actor,
    year: int,
    *,
    request_id: UUID | None,
    countries: Iterable[str],
) -> tuple[Load, ...]:
    """Return everybody who was deployed by the facility, by id, with days and times of a year.

    Deployments without a first day count in no year; cancelled ones never.

    Parameters
    ----------
    request_id : whose Action makes people return to it; an Action of the countries does so, too
    """
    action_id = session.exec(
        select(AssistanceRequest.action_id).where(
            AssistanceRequest.id == request_id, AssistanceRequest.facility_id == actor.facility_id
        )
    ).first()
    rows = session.exec(
        select(Deployment, Action.countries)
        .join(Action, col(Action.id) == col(Deployment.action_id))
        .where(Deployment.facility_id == actor.facility_id, Deployment.status != _CANCELLED)
    ).all()
    wanted, again = set(countries), set()
    days: dict[UUID, int] = defaultdict(int)
    times: dict[UUID, int] = defaultdict(int)
    for deployment, served in rows:
        one = deployment.expert_id
        if deployment.action_id == action_id or wanted & set(served):
            again.add(one)
        out = _days_in(deployment, year)
        days[one] += out
        times[one] += out > 0
    return tuple(Load(one, days[one], times[one], one in again) for one in sorted({*days, *again}))


def _days_in(deployment: Deployment, year: int) -> int:
    """Return the days of a deployment that fall into a year: those said, if it lies within."""
    if deployment.starts is None:
        return 0
    last = deployment.ends or deployment.starts
    first, end = max(deployment.starts, date(year, 1, 1)), min(last, date(year, 12, 31))
    if end < first:
        return 0
    is_within = (first, end) == (deployment.starts, last)
    if deployment.days is not None and is_within:
        return deployment.days
    return (end - first).days + 1
