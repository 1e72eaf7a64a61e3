"""Who can be reached in each state: focal points with an account, and people on the roster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func
from sqlmodel import Session, col, select

from roster.policy import Actor, Permission, visible_experts
from roster.tables import Account, Expert, Fact, RoleGrant
from roster.vocabulary import ExpertStatus, FactKind, FactStatus, Role


@dataclass(frozen=True, slots=True)
class StateCounts:
    """Active people by home country; a country that is left out has none."""

    experts: Mapping[str, int]
    """Those who know one of the topics at least."""
    speakers: Mapping[str, int]
    """Of these, those who have one of the languages, at any level."""


def focal_points_by_state(session: Session, actor: Actor) -> Mapping[str, int]:
    """Return how many focal points of each country can sign in to the actor's facility."""
    rows = session.exec(
        select(RoleGrant.country, func.count(func.distinct(RoleGrant.account_id)))
        .join(Account, col(Account.id) == col(RoleGrant.account_id))
        .where(
            RoleGrant.facility_id == actor.facility_id,
            RoleGrant.role == Role.FOCAL_POINT,
            col(RoleGrant.ended_at).is_(None),
            col(Account.is_active).is_(True),
            col(RoleGrant.country).is_not(None),
        )
        .group_by(col(RoleGrant.country))
    )
    return {country: count for country, count in rows if country}


def experts_by_state(
    session: Session, actor: Actor, *, topics: Sequence[str], languages: Sequence[str]
) -> StateCounts:
    """Count the active people whom the actor may rank, by home country.

    Parameters
    ----------
    topics, languages : codes; without topics nobody is counted, without languages no speaker
    """
    if not topics:
        return StateCounts({}, {})
    knows = _holds(FactKind.TOPIC, "topic", topics)
    experts = _count(session, actor, knows)
    if not languages:
        return StateCounts(experts, {})
    speaks = _holds(FactKind.LANGUAGE, "language", languages)
    return StateCounts(experts, _count(session, actor, knows, speaks))


def _holds(kind: FactKind, key: str, codes: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that a person has a fact with one of some codes."""
    return exists().where(
        col(Fact.expert_id) == col(Expert.id),
        col(Fact.kind) == kind,
        col(Fact.status).in_([FactStatus.PROPOSED, FactStatus.CONFIRMED]),
        Fact.value[key].as_string().in_(codes),
    )


def _count(session: Session, actor: Actor, *conditions: ColumnElement[bool]) -> dict[str, int]:
    rows = session.exec(
        select(Expert.home_country, func.count(col(Expert.id)))
        .where(
            visible_experts(actor, Permission.RANK),
            Expert.status == ExpertStatus.ACTIVE,
            col(Expert.home_country).is_not(None),
            *conditions,
        )
        .group_by(col(Expert.home_country))
    )
    return {country: count for country, count in rows if country}
