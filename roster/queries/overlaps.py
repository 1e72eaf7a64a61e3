"""Who is wanted or sent twice on the same days: told where people are put forward or asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, or_, select

from roster.policy import Actor
from roster.read.calls import Overlap
from roster.tables import (
    Action,
    AssistanceRequest,
    Call,
    Deployment,
    Nomination,
    Release,
    ShortlistEntry,
)
from roster.vocabulary import (
    LEFT_STAGES,
    DeploymentStatus,
    Engagement,
    ReleaseOutcome,
    RequestStatus,
)

Pair = tuple[UUID, UUID]
"""A person, and a request that she is looked at for."""
_OVER = (RequestStatus.REJECTED, RequestStatus.FORWARDED, RequestStatus.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class _Tie:
    """What takes somebody up on known days."""

    request_id: UUID | None
    """None: a deployment, which stands for the requests of its Action."""
    action_id: UUID | None
    overlap: Overlap


def overlaps_of(
    session: Session, actor: Actor, pairs: Iterable[Pair], today: date
) -> Mapping[Pair, tuple[Overlap, ...]]:
    """Return for each person and request what else takes her up on the days of the request.

    Each other request counts once, at its firmest; one whose days are not known meets none. The
    caller has made sure that the actor may know of the people.

    Parameters
    ----------
    today : a release that nobody answered in time, or whose time is over, takes up nobody then
    """
    wanted = list(dict.fromkeys(pairs))
    if not wanted:
        return {}
    requests = _requests(session, {request_id for _, request_id in wanted})
    ties = _ties(session, actor, {expert_id for expert_id, _ in wanted}, today)
    return {
        (expert_id, request_id): _met(requests[request_id], ties[expert_id])
        for expert_id, request_id in wanted
        if request_id in requests
    }


def _requests(session: Session, ids: Iterable[UUID]) -> Mapping[UUID, AssistanceRequest]:
    rows = session.exec(select(AssistanceRequest).where(col(AssistanceRequest.id).in_(list(ids))))
    return {row.id: row for row in rows}


def _met(request: AssistanceRequest, ties: Sequence[_Tie]) -> tuple[Overlap, ...]:
    first, last = request.starts, request.ends or request.starts
    if first is None or last is None:
        return ()
    sent = {tie.action_id for tie in ties if tie.request_id is None}
    firmest: dict[UUID | None, Overlap] = {}
    found = []
    for tie in ties:
        own = tie.action_id is not None and tie.action_id == request.action_id
        if own or tie.overlap.starts > last or tie.overlap.ends < first:
            continue
        if tie.request_id is None:
            found.append(tie.overlap)
        elif tie.request_id != request.id and tie.action_id not in sent:
            firmest[tie.request_id] = tie.overlap  # They come from the loosest to the firmest.
    found += firmest.values()
    return tuple(sorted(found, key=lambda one: (one.starts, one.code, one.engagement)))


def _ties(
    session: Session, actor: Actor, people: set[UUID], today: date
) -> Mapping[UUID, list[_Tie]]:
    found: dict[UUID, list[_Tie]] = defaultdict(list)
    for expert_id, request in _nominated(session, actor, people):
        _add(found[expert_id], request, Engagement.NOMINATED)
    for expert_id, request, outcome in _released(session, actor, people, today):
        is_asked = outcome == ReleaseOutcome.PENDING
        _add(found[expert_id], request, Engagement.ASKED if is_asked else Engagement.RELEASED)
    for deployment, action in _deployed(session, actor, people):
        if deployment.starts is not None:
            ends = deployment.ends or deployment.starts
            overlap = Overlap(Engagement.DEPLOYED, action.code, deployment.starts, ends)
            found[deployment.expert_id].append(_Tie(None, action.id, overlap))
    return found


def _add(ties: list[_Tie], request: AssistanceRequest, engagement: Engagement) -> None:
    first, last = request.starts, request.ends or request.starts
    if first is not None and last is not None:
        overlap = Overlap(engagement, request.code, first, last)
        ties.append(_Tie(request.id, request.action_id, overlap))


def _nominated(
    session: Session, actor: Actor, people: set[UUID]
) -> Sequence[tuple[UUID, AssistanceRequest]]:
    left = select(ShortlistEntry.id).where(
        ShortlistEntry.request_id == AssistanceRequest.id,
        ShortlistEntry.expert_id == Nomination.expert_id,
        col(ShortlistEntry.stage).in_(LEFT_STAGES),
    )
    return session.exec(
        select(Nomination.expert_id, AssistanceRequest)
        .join(Call, col(Call.id) == col(Nomination.call_id))
        .join(AssistanceRequest, col(AssistanceRequest.id) == col(Call.request_id))
        .where(
            col(Nomination.expert_id).in_(people),
            col(Nomination.withdrawn_at).is_(None),
            Nomination.facility_id == actor.facility_id,
            col(AssistanceRequest.status).not_in(_OVER),
            ~left.exists(),
        )
    ).all()


def _released(
    session: Session, actor: Actor, people: set[UUID], today: date
) -> Sequence[tuple[UUID, AssistanceRequest, str]]:
    asked = (col(Release.outcome) == ReleaseOutcome.PENDING) & (
        col(Release.due_on).is_(None) | (col(Release.due_on) >= today)
    )
    granted = (col(Release.outcome) == ReleaseOutcome.GRANTED) & (
        col(Release.valid_to).is_(None) | (col(Release.valid_to) >= today)
    )
    return session.exec(
        select(Release.expert_id, AssistanceRequest, Release.outcome)
        .join(AssistanceRequest, col(AssistanceRequest.id) == col(Release.request_id))
        .where(
            col(Release.expert_id).in_(people),
            Release.facility_id == actor.facility_id,
            col(AssistanceRequest.status).not_in(_OVER),
            or_(asked, granted),
        )
        .order_by(col(Release.outcome) == ReleaseOutcome.GRANTED, col(Release.created_at))
    ).all()


def _deployed(
    session: Session, actor: Actor, people: set[UUID]
) -> Sequence[tuple[Deployment, Action]]:
    return session.exec(
        select(Deployment, Action)
        .join(Action, col(Action.id) == col(Deployment.action_id))
        .where(
            col(Deployment.expert_id).in_(people),
            Deployment.facility_id == actor.facility_id,
            Deployment.status != DeploymentStatus.CANCELLED,
            col(Deployment.starts).is_not(None),
        )
    ).all()
