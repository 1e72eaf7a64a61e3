"""People as teams are made of them: what their records say, without the words that prove it.

A team is the best of thousands, and to read their records anew each time was nearly all its work.
So each process holds those it read last, as they stood after a change of the sequence. Whom an
actor may know of, and after which change a record stands now, is asked each time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from threading import Lock
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import orjson
from sqlalchemy import Engine, String, type_coerce
from sqlmodel import Session, col, select

from roster.dates import PartialDate, Period
from roster.policy import Actor, Permission, visible_experts
from roster.queries.facets import Plain
from roster.read import Dated, Evidence, ExpertView, FactValue
from roster.serial import expert_view, fact_value
from roster.tables import Change, Expert, ExpertProfile
from roster.vocabulary import FactKind

_MOST_KEPT = 12_000
"""People that a process holds, some 5 kB each."""
_AT_ONCE = 500
_NO_WORDS = Evidence(None, "", "")
_DATED = {
    "posts": FactKind.POST,
    "missions": FactKind.MISSION,
    "countries": FactKind.COUNTRY,
    "languages": FactKind.LANGUAGE,
    "topics": FactKind.TOPIC,
    "activities": FactKind.ACTIVITY,
    "education": FactKind.EDUCATION,
    "trainings": FactKind.TRAINING,
    "publications": FactKind.PUBLICATION,
}

Stamp = tuple[int, datetime | None]
"""After which change a record was made, told from one of the same number that came to nothing."""


class _Views:
    """Records by id, each as it stood after a change; those used last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Plain, tuple[Stamp, ExpertView]] = OrderedDict()
        self._lock = Lock()

    def those(self, wanted: Mapping[Plain, Stamp]) -> dict[Plain, ExpertView]:
        """Return who is held just as she stands now."""
        found: dict[Plain, ExpertView] = {}
        with self._lock:
            for one, stamp in wanted.items():
                held = self._kept.get(one)
                if held is not None and held[0] == stamp:
                    self._kept.move_to_end(one)
                    found[one] = held[1]
        return found

    def put(self, views: Iterable[tuple[Plain, Stamp, ExpertView]]) -> None:
        """Hold people, in place of what was held of them."""
        with self._lock:
            for one, stamp, view in views:
                self._kept[one] = stamp, view
                self._kept.move_to_end(one)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)

    def forget(self, gone: Iterable[Plain]) -> int:
        """Hold nothing of some people; return how many of them were held."""
        with self._lock:
            return sum(self._kept.pop(one, None) is not None for one in gone)


_held: WeakKeyDictionary[Engine, _Views] = WeakKeyDictionary()
_opening = Lock()


def bare_views_of(
    session: Session, actor: Actor, expert_ids: Iterable[UUID], permission: Permission
) -> dict[UUID, ExpertView]:
    """Return people by id, of those whom the actor may know of, with no words in their evidence."""
    stand = _standing(session, actor, list(expert_ids), permission)
    with _opening:
        held = _held.setdefault(session.get_bind().engine, _Views())
    found = held.those(stand)
    missing = [one for one in stand if one not in found]
    for begin in range(0, len(missing), _AT_ONCE):
        read = _read(session, missing[begin : begin + _AT_ONCE])
        held.put((one, stand[one], view) for one, view in read.items())
        found |= read
    return {found[one].id: found[one] for one in stand if one in found}


def forget_views(expert_ids: Iterable[UUID]) -> None:
    """Let go of people at once, whichever database they stand in: they were erased."""
    gone: list[Plain] = [form for one in expert_ids for form in (one, one.hex, str(one))]
    with _opening:
        everywhere = list(_held.values())
    if sum(held.forget(gone) for held in everywhere):
        _dated.cache_clear()


def _standing(
    session: Session, actor: Actor, ids: Sequence[UUID], permission: Permission
) -> dict[Plain, Stamp]:
    rows = session.exec(
        select(type_coerce(col(ExpertProfile.expert_id), String), ExpertProfile.seq, Change.at)
        .join(Expert, col(Expert.id) == col(ExpertProfile.expert_id))
        .join(Change, col(Change.seq) == col(ExpertProfile.seq), isouter=True)
        .where(col(Expert.id).in_(ids), visible_experts(actor, permission))
    )
    return {plain: (seq, at) for plain, seq, at in rows}


def _read(session: Session, plain: Sequence[Plain]) -> dict[Plain, ExpertView]:
    key = type_coerce(col(ExpertProfile.expert_id), String)
    ids = [one if isinstance(one, UUID) else UUID(one) for one in plain]
    rows = session.exec(
        select(key, ExpertProfile.view).where(col(ExpertProfile.expert_id).in_(ids))
    )
    return {one: expert_view(_bare(view)) for one, view in rows}


def _bare(view: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stored projection without the words; what people have in common, they share."""
    return dict(view) | {
        name: [_dated(kind, orjson.dumps((one["value"], one["period"]))) for one in view[name]]
        for name, kind in _DATED.items()
    }


@lru_cache(maxsize=50_000)
def _dated(kind: FactKind, said: bytes) -> Dated[FactValue]:
    value, period = orjson.loads(said)
    start, end = (part and PartialDate(**part) for part in (period["start"], period["end"]))
    return Dated(fact_value(kind, value), Period(start, end, period["ongoing"]), _NO_WORDS)
