"""Activities of a plan as they are read."""

from __future__ import annotations

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
