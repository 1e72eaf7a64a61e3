"""How far the record behind an address has changed, as a number that grows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import Session, SQLModel, col, select

from roster.policy import Actor
from roster.tables import (
    Action,
    ActivityPlan,
    Change,
    Deployment,
    Fiche,
    Release,
    ShortlistEntry,
    Team,
)

_PARTS: Mapping[str, tuple[type[SQLModel], Any]] = {
    "plans": (ActivityPlan, ActivityPlan.action_id),
    "deployments": (Deployment, Deployment.action_id),
    "shortlist": (ShortlistEntry, ShortlistEntry.request_id),
    "fiches": (Fiche, Fiche.request_id),
    "releases": (Release, Release.request_id),
    "teams": (Team, Team.request_id),
}
"""Words of an address below a record, with the rows that stand there and whose they are."""


def records_behind(session: Session, actor: Actor, given: Mapping[str, str]) -> tuple[UUID, ...]:
    """Return the ids that the parts of an address name: its UUIDs, and the Action of its code."""
    found = [UUID(value) for value in given.values() if _is_uuid(value)]
    if "code" in given:
        action = select(Action.id).where(
            Action.code == given["code"], Action.facility_id == actor.facility_id
        )
        found += session.exec(action).all()
    return tuple(found)


def version_of(session: Session, ids: Sequence[UUID], below: Iterable[str] = ()) -> int:
    """Return the number of the last change of these records; 0 where none is written down.

    Parameters
    ----------
    ids : of records, in any order
    below : words of the address below them: what stands there counts as well
    """
    about = [col(Change.record_id).in_(ids)]
    for word in below:
        if word in _PARTS:
            table, parent = _PARTS[word]
            held = select(table.id).where(col(parent).in_(ids))  # type: ignore[attr-defined]
            about.append(col(Change.record_id).in_(held))
    return session.exec(select(func.max(Change.seq)).where(or_(*about))).one() or 0


def _is_uuid(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True
