"""Who stands among the first ten of the recorded rankings, beside everybody on the roster.

Counted from stored rankings, home countries, kinds and deployments: never from names, and never
guessed by a model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from roster.counting.few import FEWEST
from roster.policy import Actor, Permission, require, visible_experts
from roster.queries.models import last_rankings
from roster.queries.packing import first_of
from roster.read import GroupShare, LastRanking, ShownFirst
from roster.read.models import FEWER, OTHERS
from roster.reference.bodies import is_eu
from roster.tables import Deployment, Expert, RankingRun
from roster.vocabulary import OFF_ROSTER, ExpertKind, Origin

FIRST = 10
"""Places that are looked at."""
_REQUESTS = 100
_STANDINGS = 200_000
"""People in the rankings that are read; one ranking always is."""
_AT_ONCE = 10
_CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class _Person:
    country: str | None
    kind: str | None
    is_invented: bool
    is_known_sent: bool
    """Deployed before this roster, nobody knows when."""


def shown_first(
    session: Session, actor: Actor, *, today: date, most: int = _REQUESTS
) -> ShownFirst:
    """Count who stands first in the last ranking of each request, the newest requests first.

    Parameters
    ----------
    today : day whose Member States count
    most : requests looked at; fewer where their rankings are very long

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.MANAGE_MODEL)
    people = _people(session, actor)
    sent = _sent(session, actor)
    runs = _looked_at(session, actor, most)
    first = _first(session, [run.id for run in runs])
    places = [(who, run.at) for run in runs for who in first[run.id]]
    known = [(who, at) for who, at in places if who in people]

    def of_country(person: _Person) -> str | None:
        if person.country is None:
            return None
        return person.country if is_eu(person.country, today) else OTHERS

    def was_new(who: UUID, at: datetime) -> bool:
        return not people[who].is_known_sent and not (who in sent and sent[who] <= at)

    shown = [people[who] for who, _ in known]
    days = [run.at.date() for run in runs]
    return ShownFirst(
        requests=len(runs),
        since=min(days, default=None),
        until=max(days, default=None),
        places=len(places),
        people=len(people),
        invented=sum(one.is_invented for one in people.values()),
        countries=_groups(people.values(), shown, of_country),
        kinds=_groups(people.values(), shown, lambda one: one.kind),
        first_timers=GroupShare(
            group="first",
            places=sum(was_new(who, at) for who, at in known),
            people=sum(not one.is_known_sent and who not in sent for who, one in people.items()),
        ),
        gone=len(places) - len(known),
    )


def told_outside(shown: ShownFirst) -> ShownFirst:
    """Return the same with groups below five people or places put together.

    Further groups join them, the smallest first, until nobody can be found by subtraction.
    """
    new = shown.first_timers
    if new is not None:
        held = shown.places - shown.gone
        counts = (new.people, shown.people - new.people, new.places, held - new.places)
        if any(0 < count < FEWEST for count in counts):
            new = None
    return replace(
        shown,
        countries=_coarser(shown.countries),
        kinds=_coarser(shown.kinds),
        first_timers=new,
    )


def _coarser(groups: Sequence[GroupShare]) -> tuple[GroupShare, ...]:
    def is_small(one: GroupShare) -> bool:
        return one.people < FEWEST or 0 < one.places < FEWEST

    small = [one for one in groups if is_small(one)]
    if not small:
        return tuple(groups)
    large = [one for one in groups if not is_small(one)]
    while large and is_small(_together(small)):
        small.append(large.pop(min(range(len(large)), key=lambda at: large[at].people)))
    return (*large, _together(small))


def _together(groups: Iterable[GroupShare]) -> GroupShare:
    held = list(groups)
    return GroupShare(FEWER, sum(one.places for one in held), sum(one.people for one in held))


def _groups(
    people: Iterable[_Person], shown: Iterable[_Person], of: Callable[[_Person], str | None]
) -> tuple[GroupShare, ...]:
    everybody, first = Counter(map(of, people)), Counter(map(of, shown))
    # Whoever is gathered or unknown stands last.
    order = sorted(everybody, key=lambda key: (key in {None, OTHERS}, -everybody[key], key or "~"))
    return tuple(GroupShare(key, first[key], everybody[key]) for key in order)


def _people(session: Session, actor: Actor) -> Mapping[UUID, _Person]:
    here = (
        visible_experts(actor, Permission.MANAGE_MODEL),
        col(Expert.status).not_in(OFF_ROSTER),
    )
    rows = session.exec(
        select(Expert.id, Expert.home_country, Expert.kind, Expert.origin).where(*here)
    )
    before = or_(col(Expert.deployments) > 0, col(Expert.last_deployed).is_not(None))
    sent = set(session.exec(select(Expert.id).where(*here, before)))
    return {
        expert_id: _Person(
            country=country,
            kind=ExpertKind(kind).value if kind else None,
            is_invented=origin is Origin.SYNTHETIC,
            is_known_sent=expert_id in sent,
        )
        for expert_id, country, kind, origin in rows
    }


def _sent(session: Session, actor: Actor) -> Mapping[UUID, datetime]:
    """Return since when it is known of people that they were sent, by this facility."""
    rows = session.exec(
        select(Deployment.expert_id, func.min(Deployment.created_at))
        .where(Deployment.facility_id == actor.facility_id, Deployment.status != _CANCELLED)
        .group_by(col(Deployment.expert_id))
    )
    return dict(rows.all())


def _looked_at(session: Session, actor: Actor, most: int) -> list[LastRanking]:
    runs = last_rankings(session, actor, most)
    rows = session.exec(
        select(RankingRun.id, RankingRun.counts).where(
            col(RankingRun.id).in_([run.id for run in runs])
        )
    )
    sizes = {run_id: sum(counts.values()) for run_id, counts in rows}
    kept: list[LastRanking] = []
    read = 0
    for run in runs:
        read += sizes[run.id]
        if kept and read > _STANDINGS:
            break
        kept.append(run)
    return kept


def _first(session: Session, run_ids: Sequence[UUID]) -> Mapping[UUID, tuple[UUID, ...]]:
    found: dict[UUID, tuple[UUID, ...]] = {}
    for begin in range(0, len(run_ids), _AT_ONCE):
        some = run_ids[begin : begin + _AT_ONCE]
        rows = session.exec(
            select(RankingRun.id, RankingRun.content).where(col(RankingRun.id).in_(some))
        )
        found |= {run_id: first_of(content, FIRST) for run_id, content in rows}
    return found
