"""What lists of people are filtered by, in three columns each, for everybody at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from roster.policy import Actor, Permission, visible_experts
from roster.tables import Expert, Fact
from roster.vocabulary import ExpertKind, FactKind, FactStatus


@dataclass(frozen=True, slots=True)
class Traits:
    """What one person is found by."""

    kind: ExpertKind | None
    country: str | None
    deployed: bool
    """Whether ever sent on a mission of the facility."""
    topics: frozenset[str]


def traits_of(session: Session, actor: Actor, permission: Permission) -> Mapping[UUID, Traits]:
    """Return what everybody whom the actor may know of is found by; two queries."""
    seen = visible_experts(actor, permission)
    people = session.exec(
        select(Expert.id, Expert.kind, Expert.home_country, Expert.deployments).where(seen)
    ).all()
    topics: dict[UUID, set[str]] = {}
    rows = session.exec(
        select(Fact.expert_id, Fact.value["topic"].as_string())
        .join(Expert, col(Expert.id) == col(Fact.expert_id))
        .where(
            Fact.kind == FactKind.TOPIC,
            col(Fact.status).in_([FactStatus.PROPOSED, FactStatus.CONFIRMED]),
            seen,
        )
        .distinct()
    )
    for expert_id, topic in rows:
        topics.setdefault(expert_id, set()).add(topic)
    return {
        expert_id: Traits(
            ExpertKind(kind) if kind else None,
            country,
            deployed > 0,
            frozenset(topics.get(expert_id, ())),
        )
        for expert_id, kind, country, deployed in people
    }
