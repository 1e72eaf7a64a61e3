"""Anonymised demand that a state could meet with its own people."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlmodel import Session

from roster.counting.demand import Wanted, wanted_of
from roster.policy import Actor
from roster.queries.coverage import asked_by_open_requests, own_people


def demand(session: Session, actor: Actor, *, today: date) -> tuple[Wanted[UUID], ...]:
    """Return what the open requests of a facility ask for against the people whom the actor keeps.

    Raises
    ------
    NotAllowed
    """
    asked = asked_by_open_requests(session, actor, today=today)
    if not asked:
        return ()
    own = own_people(session, actor)
    return wanted_of(own.crowd, asked, own.those)
