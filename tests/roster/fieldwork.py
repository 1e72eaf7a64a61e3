"""An Action with one activity and whoever went, for tests of what is said afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from roster.tables import Action, Activity, ActivityPlan, Deployment, Facility
from roster.vocabulary import ActionStatus, ActivityType, DeploymentStatus, Origin
from tests.factories import Factory


@dataclass(frozen=True)
class Field:
    """An Action and its activity."""

    action: Action
    activity: Activity

    @property
    def lineage(self) -> UUID:
        """Of the activity."""
        return self.activity.lineage


def make_action(
    make: Factory,
    code: str = "ghana-iii",
    *,
    countries: tuple[str, ...] = ("GH",),
    topics: tuple[str, ...] = ("data_management",),
    kind: ActivityType = ActivityType.TRAINING,
    origin: Origin = Origin.REAL,
    facility: Facility | None = None,
) -> Field:
    """Make an Action with an approved plan of one activity."""
    facility = facility or make.home
    action = Action(
        facility_id=facility.id,
        origin=origin,
        code=code,
        name=code.replace("-", " ").title(),
        status=ActionStatus.COMPLETED,
        countries=list(countries),
        topics=list(topics),
    )
    make.keep(action)
    plan = ActivityPlan(facility_id=facility.id, origin=origin, action_id=action.id, version=1)
    make.keep(plan)
    activity = Activity(
        facility_id=facility.id,
        origin=origin,
        plan_id=plan.id,
        number=1,
        type=kind,
        title=f"Training in {code}",
    )
    make.keep(activity)
    return Field(action, activity)


def deploy(make: Factory, field: Field, expert_id: UUID) -> Deployment:
    """Write that a person went."""
    row = Deployment(
        facility_id=field.action.facility_id,
        action_id=field.action.id,
        activity_id=field.activity.id,
        lineage=field.lineage,
        expert_id=expert_id,
        status=DeploymentStatus.DONE,
    )
    make.keep(row)
    return row
