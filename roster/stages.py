"""Where people stand on the shortlist of a request: every move with who, when and why."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, select

from roster import records
from roster.policy import Actor
from roster.tables import AssistanceRequest, Expert, ShortlistEntry, ShortlistEvent
from roster.vocabulary import Stage

BEFORE_LEAVING = (Stage.LONGLISTED, Stage.SHORTLISTED, Stage.PROPOSED, Stage.AGREED)
"""Stages from which somebody may still turn out not to be had."""


def entry_of(session: Session, request: AssistanceRequest, expert: Expert) -> ShortlistEntry | None:
    """Return where a person stands for a request; None where she is not on its list."""
    return session.exec(
        select(ShortlistEntry).where(
            ShortlistEntry.request_id == request.id, ShortlistEntry.expert_id == expert.id
        )
    ).first()


def put_on(
    session: Session,
    actor: Actor,
    request: AssistanceRequest,
    expert: Expert,
    stage: Stage,
    *,
    at: datetime,
) -> ShortlistEntry:
    """Put a person on the list of a request; whoever stands there stays where she stands."""
    found = entry_of(session, request, expert)
    if found is not None:
        return found
    entry = ShortlistEntry(
        facility_id=request.facility_id,
        origin=expert.origin,
        request_id=request.id,
        expert_id=expert.id,
        stage=stage,
        updated_at=at,
    )
    session.add(entry)
    session.flush()
    log_move(session, actor, entry, None, at=at)
    return entry


def move(
    session: Session,
    actor: Actor,
    entry: ShortlistEntry,
    to: Stage,
    *,
    at: datetime,
    reason: str | None = None,
    note: str = "",
) -> None:
    """Move a person to another stage; the caller has checked that she may go there."""
    if entry.stage is to:
        return
    before, entry.stage, entry.updated_at = entry.stage, to, at
    session.add(entry)
    log_move(session, actor, entry, before, at=at, reason=reason, note=note)


def log_move(
    session: Session,
    actor: Actor,
    entry: ShortlistEntry,
    before: Stage | None,
    *,
    at: datetime,
    reason: str | None = None,
    note: str = "",
) -> None:
    """Write that a person has come to the stage at which she stands."""
    session.add(
        ShortlistEvent(
            facility_id=entry.facility_id,
            origin=entry.origin,
            created_at=at,
            entry_id=entry.id,
            from_stage=before,
            to_stage=entry.stage,
            reason=reason,
            note=note,
            by=actor.account_id,
        )
    )
    records.log_change(
        session,
        actor,
        entry,
        entry.stage.value,
        at,
        request=entry.request_id,
        expert=entry.expert_id,
    )
