"""What goes when its time is over: after a warning where it is a person, at once where it is logs.

Only what a facility set an end for goes. A record goes no earlier than so many days after somebody
was warned, whatever day was due, and not at all while a confirmation or a mission keeps it. What
counts stays: `roster.erasure` leaves missions as those of nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, or_, update
from sqlmodel import Session, SQLModel, col, select

from roster import records
from roster.inputs.privacy import WARN_DAYS
from roster.policy import system_actor
from roster.queries.privacy import privacy_of
from roster.tables import (
    AccessLog,
    Action,
    AssistanceRequest,
    AuditEntry,
    AuditPayload,
    Deployment,
    Disclosure,
    DocumentBlob,
    Expert,
    Message,
    RankingRun,
    RetentionWarning,
)
from roster.telling.messages import News, focal_points, tell, with_role
from roster.vocabulary import (
    ActionStatus,
    DeploymentStatus,
    ExpertStatus,
    Kept,
    MessageKind,
    RequestStatus,
    Role,
)

_KEPT_ANYHOW = (ExpertStatus.RESTRICTED, ExpertStatus.MERGED, ExpertStatus.ERASED)
"""Restricted records are kept until the restriction is lifted: the person may need them."""
_OVER = (ActionStatus.COMPLETED, ActionStatus.CANCELLED)
"""Of an Action: whatever is still planned in it takes nobody on a mission."""
_CLOSED = (RequestStatus.REJECTED, RequestStatus.FORWARDED, RequestStatus.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class DueRecord:
    """A person whose record goes, unless somebody confirms it."""

    expert_id: UUID
    due_on: date


@dataclass(frozen=True, slots=True)
class Overdue:
    """How much of one class has no more time, and what was set."""

    kept: Kept
    days: int | None
    """None: the facility set no end, so nothing goes."""
    rows: int


def records_due(session: Session, facility_id: UUID, *, on: date) -> tuple[DueRecord, ...]:
    """Return the people whose time of keeping is over on a day, the longest overdue first."""
    days = privacy_of(session, facility_id).retention.get(Kept.RECORDS)
    if days is None:
        return ()
    found = (
        DueRecord(expert, last + timedelta(days=days))
        for expert, last in _last_of(session, facility_id).items()
    )
    due = [one for one in found if one.due_on <= on]
    return tuple(sorted(due, key=lambda one: (one.due_on, str(one.expert_id))))


def _last_of(session: Session, facility_id: UUID) -> dict[UUID, date]:
    """Return when each record was last confirmed, made or served by a mission.

    A record is not among them while a mission is open: planned, without a last day, in an Action
    that is not over. A mission that was cancelled serves no record.
    """
    people = session.exec(
        select(Expert).where(
            Expert.facility_id == facility_id, col(Expert.status).not_in(_KEPT_ANYHOW)
        )
    )
    found = {
        one.id: max(filter(None, (one.created_at.date(), one.confirmed_on, one.last_deployed)))
        for one in people
    }
    sent = session.exec(
        select(Deployment, Action.status)
        .join(Action, col(Action.id) == col(Deployment.action_id))
        .where(
            Deployment.facility_id == facility_id,
            col(Deployment.status) != DeploymentStatus.CANCELLED,
        )
    )
    for one, action in sent:
        last, who = one.ends or one.starts, one.expert_id
        is_open = one.ends is None and one.status is DeploymentStatus.PLANNED
        if is_open and action not in _OVER:
            found.pop(who, None)
        elif last is not None and who in found:
            found[who] = max(found[who], last)
    return found


def warn(session: Session, facility_id: UUID, *, at: datetime) -> int:
    """Tell focal points and coordinators whose records go soon; return how many people are new.

    Doing it twice warns once. A warning whose record was confirmed since is taken back.
    """
    ahead = timedelta(days=_warned_days(session, facility_id))
    due = {one.expert_id: one for one in records_due(session, facility_id, on=at.date() + ahead)}
    standing = session.exec(
        select(RetentionWarning).where(
            RetentionWarning.facility_id == facility_id, RetentionWarning.kept == Kept.RECORDS
        )
    ).all()
    warned = set()
    for warning in standing:
        if warning.expert_id in due:
            warned.add(warning.expert_id)
        else:
            session.delete(warning)
    fresh = [one for who, one in due.items() if who not in warned]
    for one in fresh:
        _warn_of(session, one, at)
    session.flush()
    return len(fresh)


def _warned_days(session: Session, facility_id: UUID) -> int:
    return privacy_of(session, facility_id).warn_days or WARN_DAYS


def _warn_of(session: Session, due: DueRecord, at: datetime) -> None:
    expert = session.get_one(Expert, due.expert_id)
    session.add(
        RetentionWarning(
            facility_id=expert.facility_id,
            origin=expert.origin,
            created_at=at,
            expert_id=expert.id,
            kept=Kept.RECORDS,
            due_on=due.due_on,
        )
    )
    actor = system_actor(expert.facility_id)
    ahead = timedelta(days=_warned_days(session, actor.facility_id))
    news = News(
        MessageKind.RETENTION_DUE,
        expert,
        due_on=max(due.due_on, at.date() + ahead),
        detail={"path": f"/experts/{expert.id}"},
    )
    homes = [expert.home_country] if expert.home_country else []
    to = [
        *focal_points(session, expert.facility_id, homes),
        *with_role(session, expert.facility_id, Role.COORDINATOR),
    ]
    tell(session, actor, news, at=at, accounts=to)
    records.log_change(session, actor, expert, "retention_warned", at)


def records_to_erase(session: Session, facility_id: UUID, *, at: datetime) -> tuple[UUID, ...]:
    """Return the people who are due and were warned of long enough ago."""
    due = {one.expert_id for one in records_due(session, facility_id, on=at.date())}
    warned = session.exec(
        select(RetentionWarning.expert_id)
        .where(
            RetentionWarning.facility_id == facility_id,
            RetentionWarning.kept == Kept.RECORDS,
            RetentionWarning.created_at <= at - timedelta(days=_warned_days(session, facility_id)),
        )
        .order_by(col(RetentionWarning.created_at), col(RetentionWarning.id))
    )
    return tuple(one for one in dict.fromkeys(warned) if one in due)


def overdue(session: Session, facility_id: UUID, *, at: datetime) -> tuple[Overdue, ...]:
    """Return how much of each class would go now; nothing is changed."""
    times = privacy_of(session, facility_id).retention
    found = []
    for kept in (Kept.RECORDS, Kept.VIEWS, Kept.MESSAGES, Kept.LETTERS):
        days = times.get(kept)
        rows = 0
        if days is not None:
            rows = (
                len(records_to_erase(session, facility_id, at=at))
                if kept is Kept.RECORDS
                else _count(session, facility_id, kept, at - timedelta(days=days))
            )
        found.append(Overdue(kept, days, rows))
    return tuple(found)


def _count(session: Session, facility_id: UUID, kept: Kept, before: datetime) -> int:
    return sum(
        session.exec(select(func.count()).select_from(table).where(*conditions)).one()
        for table, conditions in _old(facility_id, kept, before)
    )


def _old(
    facility_id: UUID, kept: Kept, before: datetime
) -> Iterable[tuple[type[SQLModel], tuple[Any, ...]]]:
    """Return the rows of a class that are older than a moment, by table."""
    if kept is Kept.VIEWS:
        return (
            (AccessLog, (AccessLog.facility_id == facility_id, AccessLog.at < before)),
            (Disclosure, (Disclosure.facility_id == facility_id, Disclosure.created_at < before)),
        )
    if kept is Kept.MESSAGES:
        return ((Message, (Message.facility_id == facility_id, Message.created_at < before)),)
    request = AssistanceRequest
    closed = (
        request.facility_id == facility_id,
        col(request.status).in_(_CLOSED),
        request.updated_at < before,
        or_(col(request.text) != "", col(request.counterpart).is_not(None)),
    )
    return ((request, closed),)


def forget_what_is_due(session: Session, facility_id: UUID, *, at: datetime) -> dict[Kept, int]:
    """Delete logs, messages and letters whose time is over; return how many rows of each.

    A view goes with its content in the audit: the chain stays whole and says that it was erased.
    """
    times = privacy_of(session, facility_id).retention
    gone: dict[Kept, int] = {}
    for kept in (Kept.VIEWS, Kept.MESSAGES, Kept.LETTERS):
        if kept not in times:
            continue
        before = at - timedelta(days=times[kept])
        rows = _count(session, facility_id, kept, before)
        if rows and kept is Kept.LETTERS:
            _forget_letters(session, facility_id, before)
        elif rows:
            _forget_rows(session, facility_id, kept, before)
        if rows:
            gone[kept] = rows
    return gone


def _forget_rows(session: Session, facility_id: UUID, kept: Kept, before: datetime) -> None:
    for table, old_ones in _old(facility_id, kept, before):
        conditions = old_ones
        if table is AccessLog:
            old = select(AccessLog.id).where(*old_ones)
            sealed = select(AuditEntry.seq).where(
                AuditEntry.source == "access_log", col(AuditEntry.source_id).in_(old)
            )
            session.execute(delete(AuditPayload).where(col(AuditPayload.seq).in_(sealed)))
            # A view that is not sealed yet waits for the next time: the chain would miss it.
            done = select(AuditEntry.source_id).where(AuditEntry.source == "access_log")
            conditions = (*old_ones, col(AccessLog.id).in_(done))
        session.execute(delete(table).where(*conditions))


def _forget_letters(session: Session, facility_id: UUID, before: datetime) -> None:
    ((_, conditions),) = _old(facility_id, Kept.LETTERS, before)
    found = session.exec(select(AssistanceRequest).where(*conditions)).all()
    for request in found:
        request.text, request.counterpart = "", None
        session.add(request)
        records.log_change(
            session, system_actor(facility_id), request, "letter_forgotten", request.updated_at
        )
    letters = [one.letter_id for one in found if one.letter_id]
    session.execute(delete(DocumentBlob).where(col(DocumentBlob.document_id).in_(letters)))
    # Past the guard that keeps rankings as they were shown: what was ranked stays, its letter goes.
    table = SQLModel.metadata.tables["ranking_run"]
    ids = [one.id for one in found]
    for run_id, held in session.exec(
        select(RankingRun.id, RankingRun.request).where(col(RankingRun.request_id).in_(ids))
    ).all():
        said = {**held, "text": ""}
        session.connection().execute(update(table).where(table.c.id == run_id).values(request=said))
