"""People whose record is old, or lacks something, are asked to look at it by their personal link.

Each is asked once in `AGAIN_AFTER`, whoever presses and however often; who was not told yet that
she is on the roster gets the first notice instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.errors import Conflict
from roster.policy import Actor, Permission, require, system_actor, visible_experts
from roster.ports import Clock
from roster.tables import Document, Expert, Notice
from roster.telling.notices import actor_of_link, address_of, language_of
from roster.vocabulary import ExpertStatus, NoticeKind

AGAIN_AFTER = timedelta(weeks=8)
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom of some people a reminder reaches."""

    due: tuple[UUID, ...]
    """To be asked now, in the order given."""
    lately: int
    """Asked within `AGAIN_AFTER`."""
    untold: int
    """Not told yet that they are on the roster."""


def whom_to_ask(
    session: Session, actor: Actor, expert_ids: Iterable[UUID], *, now: datetime
) -> Asking:
    """Return whom a reminder would reach of people whose records the actor may change.

    People who paused or left are asked nothing.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.WRITE_EXPERTS)
    wanted = tuple(dict.fromkeys(expert_ids))
    told = dict(
        session.exec(
            select(Expert.id, Expert.informed_at).where(
                col(Expert.id).in_(wanted),
                Expert.status == ExpertStatus.ACTIVE,
                visible_experts(actor, Permission.WRITE_EXPERTS),
            )
        ).all()
    )
    lately = set(
        session.exec(
            select(Notice.expert_id).where(
                col(Notice.expert_id).in_(wanted),
                Notice.kind == NoticeKind.RECONFIRM,
                Notice.created_at > now - AGAIN_AFTER,
            )
        )
    )
    active = [one for one in wanted if one in told]
    return Asking(
        due=tuple(one for one in active if told[one] is not None and one not in lately),
        lately=sum(one in lately for one in active),
        untold=sum(told[one] is None for one in active),
    )


def ask(session: Session, actor: Actor, expert_ids: Iterable[UUID], *, clock: Clock) -> Asking:
    """Put a reminder into the outbox for each of some people, `MOST_AT_ONCE` at most.

    Returns
    -------
    who was asked, and how many were not

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.WRITE_EXPERTS)
    records.hold_changes(session)  # A second press waits here, and finds everybody asked.
    now = clock.now()
    found = whom_to_ask(session, actor, expert_ids, now=now)
    asked = found.due[:MOST_AT_ONCE]
    people = session.exec(select(Expert).where(col(Expert.id).in_(asked))).all()
    for expert in sorted(people, key=lambda one: asked.index(one.id)):
        notice = Notice(
            facility_id=expert.facility_id,
            origin=expert.origin,
            created_at=now,
            kind=NoticeKind.RECONFIRM,
            expert_id=expert.id,
            address=address_of(session, expert.id),
            locale=language_of(session, _newest_document(session, expert.id)),
        )
        session.add(notice)
        session.flush()
        records.log_change(session, actor, notice, "created", now, expert=expert.id)
    return Asking(asked, found.lately, found.untold)


def _newest_document(session: Session, expert_id: UUID) -> Document | None:
    return session.exec(
        select(Document)
        .where(Document.expert_id == expert_id)
        .order_by(col(Document.created_at).desc(), col(Document.id))
        .limit(1)
    ).first()


def confirm_by_link(session: Session, token: str, *, clock: Clock) -> Expert:
    """Let the person of a personal link say that her record is right as it stands.

    Raises
    ------
    NotFound
    Conflict
        She is on no roster any more.
    """
    notice, _ = actor_of_link(session, token, clock=clock)
    expert = session.get_one(Expert, notice.expert_id)
    if expert.status not in {ExpertStatus.ACTIVE, ExpertStatus.PAUSED}:
        raise Conflict("This record is not active any more. Your focal point can enter you again.")
    now = clock.now()
    expert.confirmed_on = now.date()
    session.add(expert)
    records.refresh(session, [expert], now)
    actor = system_actor(notice.facility_id)
    records.log_change(session, actor, expert, "reconfirmed", now, by="expert")
    return expert
