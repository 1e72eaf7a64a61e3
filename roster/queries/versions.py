"""How far the record behind an address has changed, as a number that grows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import Session, SQLModel, col, select

from roster.policy import Actor
from roster.tables import (
    Action,
    ActivityPlan,
    Change,
    CountrySection,
    Deployment,
    Fact,
    Fiche,
    Questionnaire,
    Release,
    ShortlistEntry,
    StateInterest,
    Team,
)

_PARTS: Mapping[str, tuple[type[SQLModel], Any]] = {
    "activities": (ActivityPlan, ActivityPlan.action_id),
    "plans": (ActivityPlan, ActivityPlan.action_id),
    "deployments": (Deployment, Deployment.action_id),
    "shortlist": (ShortlistEntry, ShortlistEntry.request_id),
    "fiches": (Fiche, Fiche.request_id),
    "releases": (Release, Release.request_id),
    "teams": (Team, Team.request_id),
}
"""Words of an address below a record, with the rows that stand there and whose they are."""


_SEAT = "seat_id"
"""A seat is read with its request alone: whether it is free is asked when somebody is seated."""
_BY_CODE: Mapping[str, tuple[type[SQLModel], Mapping[str, Any]]] = {
    "actions": (Action, {"code": Action.code}),
    "interests": (StateInterest, {"country": StateInterest.country}),
    "profile": (
        CountrySection,
        {"country": CountrySection.country, "section": CountrySection.section},
    ),
    "questionnaires": (Questionnaire, {"code": Questionnaire.code}),
}
"""Words of an address behind which records are named by codes, with the column of each code."""
_FACT = "fact_id"
"""A fact is a line of a person's record: what is decided on it changes the record."""


def records_behind(
    session: Session, actor: Actor, given: Mapping[str, str], words: Iterable[str]
) -> tuple[UUID, ...]:
    """Return the ids that the parts of an address name: its UUIDs, and what its codes stand for.

    Parameters
    ----------
    given : part of the address by name
    words : of the address
    """
    found = [UUID(one) for name, one in given.items() if name != _SEAT and _is_uuid(one)]
    if _is_uuid(given.get(_FACT, "")):
        found += session.exec(select(Fact.expert_id).where(Fact.id == UUID(given[_FACT]))).all()
    for word in _BY_CODE.keys() & set(words):
        table, columns = _BY_CODE[word]
        wanted = [col(columns[name]) == _code(name, given[name]) for name in columns.keys() & given]
        if wanted:
            here = col(table.facility_id) == actor.facility_id  # type: ignore[attr-defined]
            found += session.exec(select(table.id).where(here, *wanted)).all()  # type: ignore[attr-defined]
    return tuple(found)


def _code(name: str, given: str) -> str:
    """Return a code as it is kept: those of countries are taken in small letters as well."""
    return given.upper() if name == "country" else given


def version_of(session: Session, ids: Sequence[UUID], below: Iterable[str] = ()) -> int:
    """Return the number of the last change of these records; 0 where none is written down.

    Parameters
    ----------
    ids : of records, in any order
    below : words of the address below them: what stands there counts as well
    """
    about = [col(Change.record_id).in_(ids)]
    for word in below:
        if word in _PARTS:
            table, parent = _PARTS[word]
            held = select(table.id).where(col(parent).in_(ids))  # type: ignore[attr-defined]
            about.append(col(Change.record_id).in_(held))
    return session.exec(select(func.max(Change.seq)).where(or_(*about))).one() or 0


def _is_uuid(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True
