"""Who lent experts to past Actions, and who can be reached in each state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from roster.policy import Actor, Permission, visible_experts
from roster.queries.facets import those_where
from roster.read import PastAction
from roster.tables import Account, Action, ActionExpertise, Expert, RoleGrant
from roster.vocabulary import ExpertStatus, Role


@dataclass(frozen=True, slots=True)
class StateCounts:
    """Active people by home country; a country that is left out has none."""

    experts: Mapping[str, int]
    """Those who know one of the topics at least."""
    speakers: Mapping[str, int]
    """Of these, those who have one of the languages, at any level."""


def past_actions(
    session: Session, actor: Actor, *, but: UUID | None = None
) -> tuple[PastAction, ...]:
    """Return the Actions of the facility with the Member States of then that sent experts.

    Parameters
    ----------
    but : an Action that is left out
    """
    states: dict[UUID, set[str]] = {}
    sent = select(ActionExpertise.action_id, ActionExpertise.country).where(
        ActionExpertise.facility_id == actor.facility_id,
        col(ActionExpertise.is_eu).is_(True),
        col(ActionExpertise.country).is_not(None),
    )
    for action_id, country in session.exec(sent):
        states.setdefault(action_id, set()).add(country or "")
    # Columns, not records: what an Action planned and reached does not matter here.
    rows = session.execute(
        sql_select(
            col(Action.id),
            col(Action.code),
            col(Action.countries),
            col(Action.regional_body),
            col(Action.topics),
            col(Action.topics_from_text),
            col(Action.starts),
        )
        .where(col(Action.facility_id) == actor.facility_id)
        .order_by(col(Action.code))
    )
    return tuple(
        PastAction(
            code=code,
            countries=tuple(countries),
            regional_body=body,
            topics=tuple(topics),
            further_topics=tuple(further),
            starts=starts,
            states=frozenset(states.get(action_id, ())),
        )
        for action_id, code, countries, body, topics, further, starts in rows
        if action_id != but
    )


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
    session: Session,
    actor: Actor,
    *,
    topics: Sequence[str],
    languages: Sequence[str],
    but: Sequence[UUID] = (),
) -> StateCounts:
    """Count the active people whom the actor may rank, by home country.

    Parameters
    ----------
    topics, languages : codes; without topics nobody is counted, without languages no speaker
    but : people who are not to be had
    """
    if not topics:
        return StateCounts({}, {})
    found = those_where(
        session,
        visible_experts(actor, Permission.RANK),
        col(Expert.status) == ExpertStatus.ACTIVE,
        col(Expert.home_country).is_not(None),
        col(Expert.id).not_in(list(but)),
    )
    asked, spoken = frozenset(topics), frozenset(languages)
    know = [one for one in found if one.country and one.topics & asked]
    return StateCounts(
        Counter(one.country for one in know if one.country),
        Counter(one.country for one in know if one.country and one.languages & spoken),
    )
