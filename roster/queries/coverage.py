"""Who is there against what was asked, counted in few queries however many people there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from roster.counting.coverage import (
    AskedOnce,
    by_country,
    covered,
    grounds_of,
    languages_asked,
    regions_of,
)
from roster.policy import Actor, Permission, require, visible_experts
from roster.queries.brought import Brought, brought_by
from roster.queries.experts import expert_row
from roster.read import ExpertRow
from roster.read.coverage import Coverage, Ground, Rotation
from roster.reference import bodies
from roster.reference.regions import FACILITY_REGIONS
from roster.tables import Action, AssistanceRequest, Deployment, Expert
from roster.vocabulary import (
    ActionStatus,
    DeploymentStatus,
    ExpertStatus,
    Origin,
    RequestStatus,
)

_ENDED = frozenset({RequestStatus.REJECTED, RequestStatus.FORWARDED, RequestStatus.WITHDRAWN})


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
    people = brought_by(session, *_here(actor, Permission.RANK)).crowd
    asked = _asked(session, actor, today)
    grounds = grounds_of(asked)
    rotation = _rotation(session, actor)
    return Coverage(
        people=rotation.people,
        invented=_invented(session, actor),
        asked=len(asked),
        grounds=grounds,
        topics=covered(people, asked, grounds),
        worked_in=dict(by_country(people)),
        rotation=rotation,
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
    people = brought_by(session, *_here(actor, Permission.RANK))
    crowd = people.crowd
    there = crowd.topics.get(topic, 0) & crowd.by_region().get(ground.region, 0)
    speaks, names = (held.get(ground.language, 0) for held in (crowd.speaks, crowd.names))
    sure = frozenset(people.those(there & speaks))
    rows = session.exec(
        select(Expert)
        .where(col(Expert.id).in_(people.those(there & (speaks | names))))
        .order_by(col(Expert.folded_name), col(Expert.id))
    )
    return tuple((expert_row(row), row.id in sure) for row in rows)


def own_people(session: Session, actor: Actor) -> Brought:
    """Return what the active people bring whose records the actor keeps.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.WRITE_EXPERTS)
    return brought_by(session, *_here(actor, Permission.WRITE_EXPERTS))


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


def _invented(session: Session, actor: Actor) -> int:
    return session.exec(
        select(func.count())
        .select_from(Expert)
        .where(Expert.origin == Origin.SYNTHETIC, *_here(actor, Permission.RANK))
    ).one()


def _rotation(session: Session, actor: Actor) -> Rotation:
    sent = (
        select(col(Deployment.expert_id).label("expert_id"), func.count().label("times"))
        .where(
            Deployment.facility_id == actor.facility_id,
            Deployment.status != DeploymentStatus.CANCELLED,
        )
        .group_by(col(Deployment.expert_id))
        .subquery()
    )
    ever = col(Expert.deployments) + func.coalesce(sent.c.times, 0)
    rows = session.exec(
        select(Expert.home_country, ever, func.count())
        .join(sent, sent.c.expert_id == Expert.id, isouter=True)
        .where(*_here(actor, Permission.RANK))
        .group_by(col(Expert.home_country), ever)
    ).all()
    everybody, sent_of, times = Counter[str | None](), Counter[str | None](), Counter[int]()
    for country, count, people in rows:
        everybody[country] += people
        sent_of[country] += people if count else 0
        times[min(count, 2)] += people
    order = sorted(
        everybody, key=lambda one: (one is None, -sent_of[one], -everybody[one], one or "")
    )
    return Rotation(
        people=times.total(),
        never=times[0],
        once=times[1],
        more=times[2],
        busiest=tuple((one, everybody[one], sent_of[one]) for one in order),
    )
