"""How many people a list holds, by what it is filtered by and by what their records lack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import ColumnElement, case, func
from sqlalchemy import select as select_columns
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from roster.policy import Actor, visible_experts
from roster.queries.everybody import ids_joined, taken_apart
from roster.queries.experts import ExpertFilter, conditions_of
from roster.queries.facets import Traits, traits_by
from roster.queries.gaps import FILLED_BY, lacks
from roster.tables import Expert
from roster.vocabulary import ExpertStatus, RecordGap

Trait = Literal["kind", "country", "status"]
_TRAITS: dict[Trait, Mapped[object]] = {
    "kind": col(Expert.kind),
    "country": col(Expert.home_country),
    "status": col(Expert.status),
}


def count_people(session: Session, actor: Actor, wanted: ExpertFilter) -> int:
    """Count the people of a list whom the actor may know of."""
    found = select(func.count()).select_from(Expert)
    return session.exec(found.where(visible_experts(actor), *conditions_of(wanted))).one()


def count_experts(
    session: Session, actor: Actor, wanted: ExpertFilter, by: Trait
) -> dict[str, int]:
    """Count the people whom the actor may know of by one trait, the most frequent first.

    People of whom the trait is unknown are left out.
    """
    column = _TRAITS[by]
    rows = session.exec(
        select(column, func.count())
        .where(visible_experts(actor), *conditions_of(wanted), column.is_not(None))
        .group_by(column)
    )
    return _by_frequency((str(value), int(count)) for value, count in rows)


@dataclass(frozen=True, slots=True)
class ListCounts:
    """How many people of a list there are, by trait, with the other filters applied, and by gap."""

    total: int
    traits: Mapping[Trait, Mapping[str, int]]
    """By the value, the most frequent first; people of whom a trait is unknown are left out."""
    gaps: Mapping[RecordGap, int]


def count_list(session: Session, actor: Actor, wanted: ExpertFilter) -> ListCounts:
    """Count the people whom the actor may know of by what a list of them is filtered by.

    Parameters
    ----------
    wanted : what is filtered by now, with the day on which the age of a record is counted
    """
    look = _look(session, actor, wanted)
    return ListCounts(look.total, _traits(session, actor, wanted, look), _gaps(look))


def count_gaps(session: Session, actor: Actor, wanted: ExpertFilter) -> dict[RecordGap, int]:
    """Count the people whom the actor may know of by what their records lack.

    Parameters
    ----------
    wanted : among whom, with the day on which the age of a record is counted
    """
    return _gaps(_look(session, actor, wanted))


@dataclass(frozen=True, slots=True)
class _Look:
    """What one look at everybody tells of a list."""

    total: int
    people: Sequence[Traits]
    unasked: Sequence[Traits]
    """Those of whom nobody knows until when they are available."""
    stale: int
    statuses: Mapping[ExpertStatus, int]


def _look(session: Session, actor: Actor, wanted: ExpertFilter) -> _Look:
    unasked = col(Expert.availability_known_until).is_(None)
    counted = (
        lacks(RecordGap.STALE, wanted.today),
        *(col(Expert.status) == one for one in ExpertStatus),
    )
    people, those, stale, *statuses = session.execute(
        select_columns(ids_joined(), ids_joined(unasked), *map(_how_many, counted)).where(
            visible_experts(actor), *conditions_of(wanted)
        )
    ).one()
    ids = taken_apart(people)
    return _Look(
        len(ids),
        traits_by(session, ids),
        traits_by(session, taken_apart(those)),
        stale,
        dict(zip(ExpertStatus, statuses, strict=True)),
    )


def _how_many(is_so: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((is_so, 1), else_=0)), 0)


def _gaps(look: _Look) -> dict[RecordGap, int]:
    told, those = (Counter(one.told for one in held) for held in (look.people, look.unasked))
    found = {RecordGap.STALE: look.stale, RecordGap.KIND: sum(not one.kind for one in look.people)}
    for gap in FILLED_BY:
        among = those if gap is RecordGap.AVAILABILITY else told
        found[gap] = sum(count for filled, count in among.items() if gap not in filled)
    return {gap: found[gap] for gap in RecordGap}


def _traits(
    session: Session, actor: Actor, wanted: ExpertFilter, look: _Look
) -> dict[Trait, dict[str, int]]:
    others: dict[Trait, ExpertFilter] = {
        "kind": replace(wanted, kinds=frozenset()),
        "country": replace(wanted, countries=frozenset()),
        "status": replace(wanted, statuses=frozenset()),
    }
    if set(others.values()) != {wanted}:
        return {trait: count_experts(session, actor, one, trait) for trait, one in others.items()}
    kinds = Counter(one.kind.value for one in look.people if one.kind)
    countries = Counter(one.country for one in look.people if one.country)
    statuses = [(status.value, count) for status, count in look.statuses.items() if count]
    return {
        "kind": _by_frequency(kinds.items()),
        "country": _by_frequency(countries.items()),
        "status": _by_frequency(statuses),
    }


def _by_frequency(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    return dict(sorted(counts, key=lambda row: (-row[1], row[0])))
