"""What a process holds of everybody, and reads anew of whom the change sequence tells."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from roster.tables import Change, Expert

T = TypeVar("T")
_MOST_ANEW = 2000
"""Where more people changed, everybody is read."""
_KEPT = 2
"""States that are held: whoever began before the last change still sees the one before."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A change of the sequence, told from one of the same number that came to nothing."""

    seq: int
    record_id: UUID
    at: datetime


class Held(Generic[T]):
    """One thing known of everybody, by database.

    Parameters
    ----------
    read : reads it of everybody
    renew : makes it anew of some people, who may be there no more, out of what was held
    without : what was held, but for some people
    """

    def __init__(
        self,
        read: Callable[[Session], T],
        renew: Callable[[Session, T, Sequence[UUID]], T],
        without: Callable[[T, Collection[UUID]], T],
    ) -> None:
        self._read = read
        self._renew = renew
        self._without = without
        self._held: WeakKeyDictionary[Engine, deque[tuple[_Mark, T]]] = WeakKeyDictionary()
        self._reading = Lock()

    def now(self, session: Session) -> T:
        """Return it as of the last change of a person that this session sees."""
        newest = _newest(session)
        if newest is None:
            return self._read(session)
        with self._reading:
            held = self._held.setdefault(session.get_bind().engine, deque(maxlen=_KEPT))
            for mark, known in held:
                if mark == newest:
                    return known
            if held and held[-1][0].seq > newest.seq:
                return self._read(session)  # Others are ahead of what is seen here.
            made = self._made(session, held[-1] if held else None)
            held.append((newest, made))
            return made

    def forget(self, gone: Collection[UUID]) -> None:
        """Let go of people who were erased, in the state before the last change, too."""
        with self._reading:
            for held in self._held.values():
                for _ in range(len(held)):
                    mark, known = held.popleft()
                    held.append((mark, self._without(known, gone)))

    def _made(self, session: Session, held: tuple[_Mark, T] | None) -> T:
        """Read those who changed since; everybody where that is unknown, or more than a few."""
        if held is None or _newest(session, held[0].seq) != held[0]:
            return self._read(session)
        changed = session.exec(
            select(Change.record_id)
            .where(Change.record == Expert.__tablename__, col(Change.seq) > held[0].seq)
            .distinct()
        ).all()
        if len(changed) > _MOST_ANEW:
            return self._read(session)
        return self._renew(session, held[1], changed)


def _newest(session: Session, of: int | None = None) -> _Mark | None:
    """Return the last change of a person, or the one of a number."""
    query = select(Change.seq, Change.record_id, Change.at).where(
        Change.record == Expert.__tablename__
    )
    if of is not None:
        query = query.where(Change.seq == of)
    found = session.exec(query.order_by(col(Change.seq).desc()).limit(1)).first()
    return _Mark(found[0] or 0, found[1], found[2]) if found else None
