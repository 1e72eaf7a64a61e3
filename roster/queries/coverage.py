"""Who is there against what was asked, read in six queries however many people there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from roster import findable
from roster.counting.coverage import (
    AskedOnce,
    HeldPerson,
    by_country,
    covered,
    grounds_of,
    languages_asked,
    regions_of,
)
from roster.policy import Actor, Permission, require, visible_experts
from roster.queries.experts import expert_row
from roster.read import ExpertRow
from roster.read.coverage import Coverage, Ground, Rotation
from roster.reference import bodies, topics
from roster.reference.regions import FACILITY_REGIONS
from roster.tables import Action, AssistanceRequest, Deployment, Expert, Fact, SearchTerm
from roster.vocabulary import (
    ActionStatus,
    DeploymentStatus,
    ExpertStatus,
    FactKind,
    FactStatus,
    LanguageLevel,
    Origin,
    RequestStatus,
    TermField,
)

_ENDED = frozenset({RequestStatus.REJECTED, RequestStatus.FORWARDED, RequestStatus.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class _Row:
    origin: Origin
    country: str | None
    deployments: int


def coverage(session: Session, actor: Actor, *, today: date) -> Coverage:
    """Count who could go against what was asked for, in the actor's facility.

    Real Actions and all open requests ask; where the facility has no real Action, all do.

    Parameters
    ----------
    today : day whose members of a regional body count for requests without a date

    Raises
    ------
    NotAllowed
        The actor does not look for people among everybody.
    """
    require(actor, Permission.RANK)
    rows = _rows(session, actor)
    people = _people(session, actor, rows)
    asked = _asked(session, actor, today)
    grounds = grounds_of(asked)
    return Coverage(
        people=len(people),
        invented=sum(row.origin is Origin.SYNTHETIC for row in rows.values()),
        asked=len(asked),
        grounds=grounds,
        topics=covered(people.values(), asked, grounds),
        worked_in=dict(by_country(people.values())),
        rotation=_rotation(session, actor, rows),
    )


def people_on(
    session: Session, actor: Actor, topic: str, ground: Ground
) -> tuple[tuple[ExpertRow, bool], ...]:
    """Return the people whom one cell counts, by name, with whether their level is known.

    Raises
    ------
    NotAllowed
        The actor does not look for people among everybody.
    """
    require(actor, Permission.RANK)
    people = _people(session, actor, _rows(session, actor))
    found = {
        who: ground.language in one.speaks
        for who, one in people.items()
        if topic in one.topics
        and ground.language in one.speaks | one.names
        and ground.region in regions_of(one.countries)
    }
    rows = session.exec(
        select(Expert)
        .where(col(Expert.id).in_(found))
        .order_by(col(Expert.folded_name), col(Expert.id))
    )
    return tuple((expert_row(row), found[row.id]) for row in rows)


def own_people(session: Session, actor: Actor) -> Mapping[UUID, HeldPerson]:
    """Return what the active people bring whose records the actor keeps.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.WRITE_EXPERTS)
    keeps = Permission.WRITE_EXPERTS
    return _people(session, actor, _rows(session, actor, keeps), keeps)


def asked_by_open_requests(session: Session, actor: Actor, *, today: date) -> tuple[AskedOnce, ...]:
    """Return what each open request of the actor's facility asks for; nothing tells which it is.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.READ_CALLS)
    return tuple(
        _one(one, _said(one), one.received_on or today) for one in _open_requests(session, actor)
    )


def _here(actor: Actor, permission: Permission) -> tuple[ColumnElement[bool], ...]:
    return (visible_experts(actor, permission), col(Expert.status) == ExpertStatus.ACTIVE)


def _rows(
    session: Session, actor: Actor, permission: Permission = Permission.RANK
) -> Mapping[UUID, _Row]:
    rows = session.exec(
        select(Expert.id, Expert.origin, Expert.home_country, Expert.deployments).where(
            *_here(actor, permission)
        )
    )
    return {who: _Row(Origin(origin), country, times) for who, origin, country, times in rows}


def _people(
    session: Session,
    actor: Actor,
    rows: Mapping[UUID, _Row],
    permission: Permission = Permission.RANK,
) -> Mapping[UUID, HeldPerson]:
    codes: dict[UUID, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    terms = session.exec(
        select(SearchTerm.expert_id, SearchTerm.term)
        .join(Expert, col(Expert.id) == col(SearchTerm.expert_id))
        .where(SearchTerm.field == TermField.CODE, *_here(actor, permission))
    )
    for who, term in terms:
        noun, _, code = term.partition(":")
        if who is not None and code:
            codes[who][noun].add(code)
    # Long codes are cut off where they are kept to be found.
    topic_of = {findable.code("topic", one.code): one.code for one in topics.topics()}
    levels = _levels(session, actor, permission)
    found = {}
    for who in rows:
        held = codes.get(who, {})
        known = levels.get(who, {})
        own = (topic_of.get(f"topic:{one}") for one in held.get("topic", ()))
        found[who] = HeldPerson(
            topics=frozenset(one for one in own if one),
            speaks=frozenset(one for one, level in known.items() if level and _is_enough(level)),
            names=frozenset(one for one, level in known.items() if level is None),
            countries=frozenset(one.upper() for one in held.get("country", ())),
        )
    return found


def _is_enough(level: str) -> bool:
    return LanguageLevel(level).rank >= LanguageLevel.B2.rank


def _levels(
    session: Session, actor: Actor, permission: Permission
) -> Mapping[UUID, dict[str, str | None]]:
    """Return the level of each language, as `roster.projection` chooses among several facts."""
    rows = session.exec(
        select(
            Fact.expert_id,
            Fact.value["language"].as_string(),
            Fact.value["level"].as_string(),
            Fact.status,
        )
        .join(Expert, col(Expert.id) == col(Fact.expert_id))
        .where(
            Fact.kind == FactKind.LANGUAGE,
            col(Fact.status).in_([FactStatus.PROPOSED, FactStatus.CONFIRMED]),
            *_here(actor, permission),
        )
        .order_by(col(Fact.asserted_at))
    ).all()
    found: dict[UUID, dict[str, str | None]] = defaultdict(dict)
    trusted_last = sorted(
        rows, key=lambda row: (row[3] is FactStatus.CONFIRMED, row[2] is not None)
    )
    for who, language, level, _ in trusted_last:
        found[who][language] = level
    return found


def _asked(session: Session, actor: Actor, today: date) -> tuple[AskedOnce, ...]:
    actions = session.exec(
        select(Action).where(
            Action.facility_id == actor.facility_id, Action.status != ActionStatus.CANCELLED
        )
    ).all()
    real = [one for one in actions if one.origin is Origin.REAL]
    requests = _open_requests(session, actor)
    said = {one.action_id: _said(one) for one in requests if one.action_id is not None}
    for_actions = (
        _one(one, said.get(one.id, ()), one.starts.first_day if one.starts else today)
        for one in real or actions
    )
    still_open = (
        _one(one, _said(one), one.received_on or today) for one in requests if one.action_id is None
    )
    return (*for_actions, *still_open)


def _open_requests(session: Session, actor: Actor) -> Sequence[AssistanceRequest]:
    return session.exec(
        select(AssistanceRequest).where(
            AssistanceRequest.facility_id == actor.facility_id,
            col(AssistanceRequest.outcome).is_(None),
            col(AssistanceRequest.status).not_in(_ENDED),
        )
    ).all()


def _said(request: AssistanceRequest) -> tuple[str, ...]:
    return tuple(str(one["language"]) for one in request.languages)


def _one(record: Action | AssistanceRequest, said: Iterable[str], day: date) -> AskedOnce:
    countries = record.countries
    if not countries and record.regional_body:
        known = any(one.id == record.regional_body for one in bodies.bodies())
        countries = list(bodies.members(record.regional_body, day)) if known else []
    within = regions_of(countries)
    if not within and isinstance(record, Action) and record.region in FACILITY_REGIONS:
        within = frozenset({record.region})
    return AskedOnce(frozenset(record.topics), languages_asked(said, countries), within)


def _rotation(session: Session, actor: Actor, rows: Mapping[UUID, _Row]) -> Rotation:
    sent = session.exec(
        select(Deployment.expert_id, func.count())
        .where(
            Deployment.facility_id == actor.facility_id,
            Deployment.status != DeploymentStatus.CANCELLED,
        )
        .group_by(col(Deployment.expert_id))
    )
    here = dict(sent.all())
    times = {who: row.deployments + here.get(who, 0) for who, row in rows.items()}
    everybody = Counter(row.country for row in rows.values())
    ever = Counter(rows[who].country for who, count in times.items() if count)
    order = sorted(everybody, key=lambda one: (one is None, -ever[one], -everybody[one], one or ""))
    return Rotation(
        people=len(rows),
        never=sum(count == 0 for count in times.values()),
        once=sum(count == 1 for count in times.values()),
        more=sum(count > 1 for count in times.values()),
        busiest=tuple((one, everybody[one], ever[one]) for one in order),
    )
