"""The days of releases: a reminder before the day due, and the end where nobody answered.

Silence is no consent. What a page or a ranking says of a release does not wait for this.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from roster import authorities
from roster.policy import system_actor
from roster.ports import Clock
from roster.queries.facilities import rules_of
from roster.queries.releases import outcome_on, standing_release, who_releases
from roster.tables import AssistanceRequest, Expert, Release
from roster.telling.messages import News, about_request, tell
from roster.vocabulary import MessageKind, ReleaseOutcome


@dataclass(frozen=True, slots=True)
class Watched:
    """What a look at the days due found to do."""

    reminded: int
    expired: int


def watch(session: Session, *, clock: Clock) -> Watched:
    """Remind of releases that are due soon, and write down those that have run out."""
    today = clock.now().date()
    pending = session.exec(
        select(Release)
        .where(col(Release.outcome) == ReleaseOutcome.PENDING, col(Release.due_on).is_not(None))
        .order_by(col(Release.due_on), col(Release.id))
    ).all()
    granted = session.exec(
        select(Release)
        .where(col(Release.outcome) == ReleaseOutcome.GRANTED, col(Release.valid_to) < today)
        .order_by(col(Release.valid_to), col(Release.id))
    ).all()
    silent = [one for one in pending if outcome_on(one, today) is ReleaseOutcome.EXPIRED]
    for one in silent:
        _expire(session, one, "no_answer", clock.now())
    for one in granted:
        _expire(session, one, "release_over", clock.now())
    return Watched(
        reminded=sum(_remind(session, one, clock.now()) for one in pending),
        expired=len(silent) + len(granted),
    )


def _expire(session: Session, release: Release, reason: str, now: datetime) -> None:
    actor = system_actor(release.facility_id)
    release.outcome = ReleaseOutcome.EXPIRED
    expert = session.get_one(Expert, release.expert_id)
    authorities.keep(session, actor, release, expert, "expired", now)
    request = authorities.request_of(session, release)
    if request is None or _has_another(session, release, now.date()):
        return
    if reason == "release_over" and not _still_needed(request, now.date()):
        return
    authorities.lose(session, actor, request, expert, reason, now)
    kind = MessageKind.RELEASE_EXPIRED
    authorities.tell_officers(session, actor, release, request, kind, now, reason=reason)


def _has_another(session: Session, release: Release, today: date) -> bool:
    """Whether another release of the same person for the same request stands."""
    if release.request_id is None:
        return False
    other = standing_release(session, release.request_id, release.expert_id)
    return other is not None and outcome_on(other, today) is not ReleaseOutcome.EXPIRED


def _still_needed(request: AssistanceRequest, today: date) -> bool:
    """Whether people are still to go: after the mission nobody minds that a release is over."""
    last = request.ends or request.starts
    return last is None or last >= today


def _remind(session: Session, release: Release, now: datetime) -> bool:
    rules = rules_of(session, release.facility_id)
    due_on = release.due_on
    if release.outcome is not ReleaseOutcome.PENDING or due_on is None or release.reminded_at:
        return False
    soon = due_on - now.date() <= timedelta(days=rules.reminder_days)
    if not soon or release.created_at.date() >= now.date():
        return False
    release.reminded_at = now
    session.add(release)
    request = authorities.request_of(session, release)
    detail = about_request(request) if request else {}
    news = News(MessageKind.RELEASE_REMINDER, release, due_on=due_on, detail=detail)
    expert = session.get_one(Expert, release.expert_id)
    actor = system_actor(release.facility_id)
    tell(session, actor, news, at=now, accounts=who_releases(session, expert))
    return True
