"""Ids of all the people who meet conditions, asked anew each time and cheaply.

By the thousand, ids as rows cost more to fetch than to find. So the database joins them into one
text; the same text as a moment ago means the same people, who were taken apart then.
"""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, String, case, cast, func
from sqlmodel import Session, col, select

from roster.tables import Expert

_DIGITS = 32
_MOST_IDS = 150_000
"""Of whom a process remembers the objects: some 250 bytes each."""
_MOST_KEPT = 20_000
"""Ids in one list that is remembered; larger ones would hold too much memory."""


def people_where(session: Session, *conditions: ColumnElement[bool]) -> tuple[str, ...]:
    """Return the ids of the people who meet conditions on `Expert`, each as thirty-two digits."""
    return taken_apart(_joined(session, *conditions))


def ids_joined(only: ColumnElement[bool] | None = None) -> ColumnElement[str]:
    """Return the ids of the people of a select as one text; None where there is nobody.

    Parameters
    ----------
    only : of those who meet this
    """
    plain = func.replace(cast(col(Expert.id), String), "-", "")  # As PostgreSQL writes them.
    told: ColumnElement[str] = plain if only is None else case((only, plain))
    return func.aggregate_strings(told, "")


def taken_apart(joined: str | None) -> tuple[str, ...]:
    """Return the ids of such a text, each as thirty-two digits."""
    if not joined:
        return ()
    return _digits(joined) if _is_kept(joined) else _digits.__wrapped__(joined)


def ids_where(session: Session, *conditions: ColumnElement[bool]) -> frozenset[UUID]:
    """Return the ids of the people who meet conditions on `Expert`.

    The same set for the same people, so that others know it again at once.
    """
    found = _joined(session, *conditions)
    return _ids(found) if _is_kept(found) else _ids.__wrapped__(found)


def _joined(session: Session, *conditions: ColumnElement[bool]) -> str:
    found: str | None = session.exec(select(ids_joined()).where(*conditions)).one()
    return found or ""


def _is_kept(joined: str) -> bool:
    return len(joined) <= _DIGITS * _MOST_KEPT


@lru_cache(maxsize=_MOST_IDS)
def id_of(raw: bytes) -> UUID:
    """Return the id that sixteen bytes say: the same object for the same person.

    To make one takes longer than to look it up, and so does comparing two.
    """
    return UUID(bytes=raw)


@lru_cache(maxsize=16)
def _digits(joined: str) -> tuple[str, ...]:
    return tuple([joined[at : at + _DIGITS] for at in range(0, len(joined), _DIGITS)])


@lru_cache(maxsize=16)
def _ids(joined: str) -> frozenset[UUID]:
    return frozenset(map(id_of, map(bytes.fromhex, _digits.__wrapped__(joined))))
