"""Keeps the words by which records are found; nothing else writes `SearchTerm`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete, exists, insert
from sqlalchemy.orm import Mapped
from sqlmodel import Session, SQLModel, col, select

from roster.findable import Terms, terms_of_expert, terms_of_undertaking
from roster.read import ExpertView
from roster.serial import expert_view
from roster.tables import (
    Action,
    Activity,
    ActivityPlan,
    AssistanceRequest,
    Expert,
    ExpertProfile,
    Record,
    SearchTerm,
)

_AT_ONCE = 200
"""Records whose words are held in memory together."""
_TABLE = SQLModel.metadata.tables[str(SearchTerm.__tablename__)]
_OWNERS = {
    "expert_id": col(SearchTerm.expert_id),
    "request_id": col(SearchTerm.request_id),
    "action_id": col(SearchTerm.action_id),
}


def make_experts_findable(
    session: Session, experts: Sequence[Expert], views: Sequence[ExpertView]
) -> None:
    """Keep the words of people, given with their views in the same order."""
    terms = {
        expert.id: (expert, terms_of_expert(view))
        for expert, view in zip(experts, views, strict=True)
    }
    _keep_terms(session, "expert_id", terms)


def make_requests_findable(session: Session, requests: Sequence[AssistanceRequest]) -> None:
    """Keep the words by which requests are found, instead of those kept before."""
    terms = {
        request.id: (
            request,
            terms_of_undertaking(
                title=request.title,
                number=request.code,
                countries=request.countries,
                topics=request.topics,
                activities=request.activities,
                bodies=[request.authority, request.regional_body],
                texts=[request.text],
            ),
        )
        for request in requests
    }
    _keep_terms(session, "request_id", terms)


def make_actions_findable(session: Session, actions: Sequence[Action]) -> None:
    """Keep the words of Actions and of the activities of their present plans."""
    activities = _present_activities(session, [action.id for action in actions])
    terms = {
        action.id: (
            action,
            terms_of_undertaking(
                title=action.name,
                number=action.code,
                countries=action.countries,
                topics=action.topics,
                activities=[one.type for one in activities.get(action.id, ())],
                bodies=[action.authority, action.regional_body, action.region],
                texts=[action.objective, *(one.title for one in activities.get(action.id, ()))],
            ),
        )
        for action in actions
    }
    _keep_terms(session, "action_id", terms)


def make_all_findable(session: Session) -> int:
    """Keep the words of every record that has none yet, as after an upgrade; return how many."""
    return sum(
        (
            _make_each(session, col(ExpertProfile.expert_id), "expert_id", _experts),
            _make_each(session, col(AssistanceRequest.id), "request_id", _requests),
            _make_each(session, col(Action.id), "action_id", _actions),
        )
    )


def _make_each(
    session: Session,
    ids: Mapped[UUID],
    owner: str,
    make: Callable[[Session, Sequence[UUID]], None],
) -> int:
    named = exists().where(_OWNERS[owner] == ids)
    missing = session.exec(select(ids).where(~named).order_by(ids)).all()
    for start in range(0, len(missing), _AT_ONCE):
        make(session, missing[start : start + _AT_ONCE])
    return len(missing)


def _experts(session: Session, ids: Sequence[UUID]) -> None:
    rows = session.exec(
        select(Expert, ExpertProfile.view)
        .join(ExpertProfile, col(ExpertProfile.expert_id) == col(Expert.id))
        .where(col(Expert.id).in_(ids))
    ).all()
    make_experts_findable(
        session, [row[0] for row in rows], [expert_view(dict(row[1])) for row in rows]
    )


def _requests(session: Session, ids: Sequence[UUID]) -> None:
    found = session.exec(select(AssistanceRequest).where(col(AssistanceRequest.id).in_(ids)))
    make_requests_findable(session, found.all())


def _actions(session: Session, ids: Sequence[UUID]) -> None:
    make_actions_findable(
        session, session.exec(select(Action).where(col(Action.id).in_(ids))).all()
    )


def _present_activities(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[Activity]]:
    rows = session.exec(
        select(ActivityPlan, Activity)
        .join(Activity, col(Activity.plan_id) == col(ActivityPlan.id))
        .where(col(ActivityPlan.action_id).in_(ids))
        .order_by(col(ActivityPlan.version), col(Activity.number))
    )
    by_version: dict[UUID, dict[int, list[Activity]]] = {}
    for plan, activity in rows:
        by_version.setdefault(plan.action_id, {}).setdefault(plan.version, []).append(activity)
    return {action_id: versions[max(versions)] for action_id, versions in by_version.items()}


def _keep_terms(session: Session, owner: str, terms: Mapping[UUID, tuple[Record, Terms]]) -> None:
    """Write the terms of some records; flush those records first."""
    if not terms:
        return
    session.execute(delete(SearchTerm).where(_OWNERS[owner].in_(terms)))
    rows = [
        {
            "facility_id": record.facility_id,
            owner: record_id,
            "field": field,
            "term": term,
            "length": len(term),
        }
        for record_id, (record, found) in terms.items()
        for term, field in found.items()
    ]
    if rows:
        # The table, not the class: hundreds of words a person, and no records are made of them.
        session.execute(insert(_TABLE), rows)
