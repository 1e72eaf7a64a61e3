"""What every step of a release has in common: the ranking sees it, the officers are told of it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from roster import records, stages, vacancies
from roster.policy import Actor
from roster.tables import AssistanceRequest, Expert, Release
from roster.telling.messages import News, about_request, officers_of, tell
from roster.vocabulary import MessageKind, Stage


def keep(
    session: Session, actor: Actor, release: Release, expert: Expert, act: str, now: datetime
) -> None:
    """Store a release and let the ranking see it at once."""
    session.add(release)
    session.flush()
    records.log_change(
        session, actor, release, act, now, request=release.request_id, expert=expert.id
    )
    records.refresh(session, [expert], now)


def request_of(session: Session, release: Release) -> AssistanceRequest | None:
    """Return the request that a release is for; None where it is given in general."""
    return session.get(AssistanceRequest, release.request_id) if release.request_id else None


def tell_officers(
    session: Session,
    actor: Actor,
    release: Release,
    request: AssistanceRequest,
    kind: MessageKind,
    now: datetime,
    *,
    reason: str = "",
) -> None:
    """Tell whoever asked, and the officer of the request, what became of a release.

    Parameters
    ----------
    reason : why it ran out, where it did; one of those of `lose`
    """
    detail = about_request(request) | {"outcome": release.outcome.value}
    if reason:
        detail |= {"reason": reason}
    officers = officers_of(session, request, release.asked_by)
    tell(session, actor, News(kind, release, detail=detail), at=now, accounts=officers)


def lose(
    session: Session,
    actor: Actor,
    request: AssistanceRequest,
    expert: Expert,
    reason: str,
    now: datetime,
) -> None:
    """Write that a person is not released, unless she has gone already or left the list."""
    entry = stages.put_on(session, actor, request, expert, Stage.SHORTLISTED, at=now)
    if entry.stage in stages.BEFORE_LEAVING:
        stages.move(session, actor, entry, Stage.NOT_RELEASED, at=now, reason=reason)
        vacancies.leave(session, actor, request, expert.id, at=now)
