"""Findings about Actions, and where one of them comes back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor, Permission, visible_actions
from roster.queries.inquiries import activities_of
from roster.read.feedback import FindingView
from roster.read.lessons import Recurrence
from roster.tables import Action, Finding
from roster.vocabulary import FindingKind, FindingSource, Origin

LEAST_ACTIONS = 3
"""In so many Actions the same has to be found before it is proposed as a lesson."""


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """Which findings to list; nothing said is all of them."""

    action_id: UUID | None = None
    kind: FindingKind | None = None
    source: FindingSource | None = None
    is_strength: bool | None = None
    ids: Collection[UUID] | None = None


def get_finding(session: Session, actor: Actor, finding_id: UUID) -> Finding:
    """Return the row of a finding about an Action that the actor may know of.

    Raises
    ------
    NotFound
    """
    found = session.exec(
        select(Finding)
        .join(Action, col(Action.id) == col(Finding.action_id))
        .where(Finding.id == finding_id, visible_actions(actor, Permission.READ_FEEDBACK))
    ).first()
    if found is None:
        raise NotFound("There is no such finding in this facility.")
    return found


def findings(
    session: Session,
    actor: Actor,
    wanted: FindingFilter | None = None,
    permission: Permission = Permission.READ_FEEDBACK,
) -> tuple[FindingView, ...]:
    """Return findings by Action, the newest first."""
    query = (
        select(Finding, Action)
        .join(Action, col(Action.id) == col(Finding.action_id))
        .where(visible_actions(actor, permission), *_conditions(wanted or FindingFilter()))
        .order_by(
            col(Action.name),
            col(Finding.found_on).is_(None),
            col(Finding.found_on).desc(),
            col(Finding.created_at),
            col(Finding.id),
        )
    )
    rows = session.exec(query).all()
    titles = activities_of(session, sorted({action.id for _, action in rows}, key=str))
    return tuple(
        _view(row, action, titles[row.lineage].title if row.lineage in titles else None)
        for row, action in rows
    )


def _conditions(wanted: FindingFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.action_id is not None:
        yield col(Finding.action_id) == wanted.action_id
    if wanted.kind is not None:
        yield col(Finding.kind) == wanted.kind
    if wanted.source is not None:
        yield col(Finding.source) == wanted.source
    if wanted.is_strength is not None:
        yield col(Finding.is_strength) == wanted.is_strength
    if wanted.ids is not None:
        yield col(Finding.id).in_(wanted.ids)


def _view(row: Finding, action: Action, activity: str | None) -> FindingView:
    return FindingView(
        id=row.id,
        origin=row.origin,
        action_id=action.id,
        action_code=action.code,
        action_name=action.name,
        lineage=row.lineage,
        activity=activity,
        feedback_id=row.feedback_id,
        kind=row.kind,
        source=row.source,
        is_strength=row.is_strength,
        text=row.text,
        # A finding that names no topic speaks of what the Action was about.
        topics=tuple(row.topics or action.topics),
        found_on=row.found_on,
        reference=row.reference,
    )


def recurrences(session: Session, actor: Actor) -> tuple[Recurrence, ...]:
    """Return what was found in three Actions or more: the same topic, kind and direction.

    Real and invented findings are looked at apart. The most frequent come first; equally frequent
    ones by topic and kind, so that the same findings always give the same list.
    """
    groups: dict[tuple[str, FindingKind, bool, bool], list[FindingView]] = defaultdict(list)
    for one in findings(session, actor, permission=Permission.READ_LESSONS):
        for topic in dict.fromkeys(one.topics):
            key = (topic, one.kind, one.is_strength, one.origin is Origin.SYNTHETIC)
            groups[key].append(one)
    found = [
        Recurrence(
            topic=topic,
            kind=kind,
            is_strength=is_strength,
            is_synthetic=is_synthetic,
            action_ids=tuple(sorted({one.action_id for one in group}, key=str)),
            finding_ids=tuple(sorted({one.id for one in group}, key=str)),
        )
        for (topic, kind, is_strength, is_synthetic), group in groups.items()
        if kind is not FindingKind.OTHER and len({one.action_id for one in group}) >= LEAST_ACTIONS
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (-len(one.action_ids), one.topic, one.kind.value, one.is_strength),
        )
    )
