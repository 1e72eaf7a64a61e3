"""Activities of a plan as they are read."""

from __future__ import annotations

from dataclasses import replace

from roster.counting.few import is_few, tells_rest
from roster.policy import Actor
from roster.read import ActivityView, Deliverable
from roster.serial import from_json
from roster.tables import Activity
from roster.vocabulary import ActivityType


def activity_view(row: Activity) -> ActivityView:
    """Return one activity as a version of the plan has it."""
    return ActivityView(
        id=row.id,
        number=row.number,
        type=row.type,
        also=tuple(ActivityType(code) for code in row.also),
        title=row.title,
        intervention=row.intervention,
        intervention_basis=row.intervention_basis,
        lineage=row.lineage,
        status=row.status,
        starts=row.starts,
        ends=row.ends,
        place=row.place,
        modality=row.modality,
        days=row.days,
        participants=row.participants,
        women=row.women,
        institutions=tuple(row.institutions),
        counterparts=tuple(row.counterparts),
        deliverables=tuple(from_json(Deliverable, one) for one in row.deliverables),
        note=row.note,
    )


def as_told(view: ActivityView, actor: Actor) -> ActivityView:
    """Return an activity as an actor reads it: outside the facility without few people."""
    if actor.is_inside:
        return view
    people, women = view.participants, view.women
    if is_few(people):
        return replace(view, participants=None, women=None, few=True)
    if is_few(women) or tells_rest(women, people):
        return replace(view, women=None, few=True)
    return view
