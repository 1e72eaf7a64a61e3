"""What people decided about people: what a model may learn from, and what says nothing.

A decision is one person for one request: she went, was proposed, or was not taken for a reason that
is about her. Whoever had no time, was not released or stood out of balance with a team was no worse
a choice; whoever was shown and not picked was not decided about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from uuid import UUID

from sqlmodel import Session, col, select

from roster.policy import Actor
from roster.read import Decision, Decisions
from roster.tables import (
    Account,
    AssistanceRequest,
    Deployment,
    Expert,
    Feedback,
    RankingRun,
    ShortlistEntry,
    ShortlistEvent,
)
from roster.vocabulary import Origin, Stage

WENT, PROPOSED, LESS, UNSUITED = 3, 2, 1, 0
"""Grades of decisions."""
ABOUT_THE_PERSON = frozenset({"better_fit", "authority_chose_other", "not_suitable"})
"""Reasons for not selecting somebody that compare people, not calendars or teams."""
POOR_FEEDBACK = 3.0
"""A mean of ratings from 1 to 5 below this is poor."""
_WENT = frozenset({Stage.DEPLOYED, Stage.COMPLETED})
_PROPOSED = frozenset({Stage.PROPOSED, Stage.AGREED})
_OWN_WORD = "expert"
_CANCELLED = "cancelled"

OPEN = "still on a list, nothing decided"
CIRCUMSTANCE = "left for time, interest or release"
NO_REASON = "not taken for a reason that is not about the person"
NO_RANKING = "no stored ranking shows what was known of the person"
INVENTED = "invented"


@dataclass(frozen=True, slots=True)
class _Case:
    """One person for one request, before it is graded."""

    request: AssistanceRequest
    expert_id: UUID
    stages: frozenset[Stage]
    reason: str | None
    went: bool
    ratings: tuple[float, ...]
    first: datetime
    last: datetime
    ranking_id: UUID | None
    place: int | None
    is_real: bool


def decisions_of(session: Session, actor: Actor, *, simulated: bool = False) -> Decisions:
    """Return what was decided in the actor's facility, with what could not be used and why.

    Parameters
    ----------
    simulated : whether decisions by or about invented people are taken too, marked as such
    """
    left: Counter[str] = Counter()
    held: list[Decision] = []
    runs = _runs(session, actor)
    for case in _cases(session, actor):
        grade = _grade(case)
        ranking_id = case.ranking_id or _shown_before(runs.get(case.request.id, ()), case.first)
        if isinstance(grade, str):
            left[grade] += 1
        elif not case.is_real and not simulated:
            left[INVENTED] += 1
        elif ranking_id is None:
            left[NO_RANKING] += 1
        else:
            held.append(
                Decision(
                    request_id=case.request.id,
                    expert_id=case.expert_id,
                    grade=grade,
                    on=case.last.date(),
                    ranking_id=ranking_id,
                    place=case.place,
                    is_real=case.is_real,
                )
            )
    held.sort(key=lambda one: (one.on, one.request_id, one.expert_id))
    return Decisions(held=tuple(held), left_out=dict(sorted(left.items())))


def _grade(case: _Case) -> int | str:
    """Return the grade of a decision, or why it is none."""
    proposed = bool(case.stages & _PROPOSED)
    if case.went or case.stages & _WENT:
        poor = bool(case.ratings) and fmean(case.ratings) < POOR_FEEDBACK
        return LESS if poor else WENT
    if Stage.NOT_SELECTED in case.stages:
        if case.reason not in ABOUT_THE_PERSON:
            return NO_REASON
        return LESS if proposed else UNSUITED
    if proposed:
        return PROPOSED
    return OPEN if case.stages <= {Stage.LONGLISTED, Stage.SHORTLISTED} else CIRCUMSTANCE


def _cases(session: Session, actor: Actor) -> list[_Case]:
    moves = _moves(session, actor)
    sent = _deployments(session, actor)
    rows = session.exec(
        select(ShortlistEntry, AssistanceRequest)
        .join(AssistanceRequest, col(AssistanceRequest.id) == col(ShortlistEntry.request_id))
        .where(ShortlistEntry.facility_id == actor.facility_id)
    ).all()
    cases = [
        _listed(entry, request, moves.get(entry.id, []), sent.get((request.id, entry.expert_id)))
        for entry, request in rows
    ]
    listed = {(request.id, entry.expert_id) for entry, request in rows}
    return cases + [_unlisted(one) for key, one in sent.items() if key not in listed]


@dataclass(frozen=True, slots=True)
class _Move:
    to: Stage
    reason: str | None
    at: datetime
    by_invented: bool


@dataclass(frozen=True, slots=True)
class _Sent:
    request: AssistanceRequest
    expert_id: UUID
    at: datetime
    ratings: tuple[float, ...]
    is_real: bool


def _listed(
    entry: ShortlistEntry,
    request: AssistanceRequest,
    moves: Sequence[_Move],
    sent: _Sent | None,
) -> _Case:
    invented = Origin.SYNTHETIC in (entry.origin, request.origin)
    times = [entry.created_at, *(move.at for move in moves), *([sent.at] if sent else [])]
    # The last stage decides, those passed on the way tell how far she came.
    last = moves[-1] if moves else None
    passed = {move.to for move in moves if move.to is not Stage.NOT_SELECTED}
    return _Case(
        request=request,
        expert_id=entry.expert_id,
        stages=frozenset({entry.stage, *passed}),
        reason=last.reason if last else None,
        went=sent is not None,
        ratings=sent.ratings if sent else (),
        first=min(times),
        last=max(times),
        ranking_id=entry.ranking_run_id,
        place=entry.place,
        is_real=not invented and not any(move.by_invented for move in moves),
    )


def _unlisted(sent: _Sent) -> _Case:
    return _Case(
        request=sent.request,
        expert_id=sent.expert_id,
        stages=frozenset(),
        reason=None,
        went=True,
        ratings=sent.ratings,
        first=sent.at,
        last=sent.at,
        ranking_id=None,
        place=None,
        is_real=sent.is_real,
    )


def _moves(session: Session, actor: Actor) -> Mapping[UUID, list[_Move]]:
    rows = session.exec(
        select(ShortlistEvent, Account.origin)
        .join(Account, col(Account.id) == col(ShortlistEvent.by), isouter=True)
        .where(ShortlistEvent.facility_id == actor.facility_id)
        .order_by(col(ShortlistEvent.created_at), col(ShortlistEvent.id))
    )
    found: dict[UUID, list[_Move]] = {}
    for event, origin in rows:
        invented = Origin.SYNTHETIC in (origin, event.origin)
        move = _Move(event.to_stage, event.reason, event.created_at, invented)
        found.setdefault(event.entry_id, []).append(move)
    return found


def _deployments(session: Session, actor: Actor) -> Mapping[tuple[UUID, UUID], _Sent]:
    """Return who was sent for which request, by the Action that the request led to."""
    rows = session.exec(
        select(Deployment, AssistanceRequest, Expert.origin)
        .join(AssistanceRequest, col(AssistanceRequest.action_id) == col(Deployment.action_id))
        .join(Expert, col(Expert.id) == col(Deployment.expert_id))
        .where(AssistanceRequest.facility_id == actor.facility_id, Deployment.status != _CANCELLED)
        .order_by(col(Deployment.created_at), col(Deployment.id))
    ).all()
    ratings = _ratings(session, [deployment.id for deployment, _, _ in rows])
    found: dict[tuple[UUID, UUID], _Sent] = {}
    for deployment, request, origin in rows:
        key = (request.id, deployment.expert_id)
        before = found[key].ratings if key in found else ()
        invented = Origin.SYNTHETIC in (deployment.origin, request.origin, origin)
        found[key] = _Sent(
            request=request,
            expert_id=deployment.expert_id,
            at=found[key].at if key in found else deployment.created_at,
            ratings=(*before, *ratings.get(deployment.id, ())),
            is_real=not invented,
        )
    return found


def _ratings(session: Session, deployment_ids: Sequence[UUID]) -> Mapping[UUID, tuple[float, ...]]:
    """Return what others said of each deployment; nobody rates herself."""
    rows = session.exec(
        select(Feedback).where(
            col(Feedback.deployment_id).in_(deployment_ids), Feedback.rater != _OWN_WORD
        )
    )
    found: dict[UUID, tuple[float, ...]] = {}
    for one in rows:
        if one.deployment_id is not None:
            said = found.get(one.deployment_id, ())
            found[one.deployment_id] = (*said, *_numbers(one.scores.values()))
    return found


def _numbers(values: Iterable[object]) -> tuple[float, ...]:
    return tuple(
        float(value)
        for value in values
        if isinstance(value, int | float) and not isinstance(value, bool)
    )


def _runs(session: Session, actor: Actor) -> Mapping[UUID, list[tuple[datetime, UUID]]]:
    rows = session.exec(
        select(RankingRun.request_id, RankingRun.created_at, RankingRun.id)
        .where(RankingRun.facility_id == actor.facility_id)
        .order_by(col(RankingRun.created_at), col(RankingRun.number))
    )
    found: dict[UUID, list[tuple[datetime, UUID]]] = {}
    for request_id, at, run_id in rows:
        if request_id is not None:
            found.setdefault(request_id, []).append((at, run_id))
    return found


def _shown_before(runs: Sequence[tuple[datetime, UUID]], at: datetime) -> UUID | None:
    """Return the last ranking made before somebody was first picked; nothing later is looked at."""
    return next((run_id for made, run_id in reversed(runs) if made <= at), None)
