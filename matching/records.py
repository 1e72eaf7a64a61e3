"""The records of people by id: what is told of somebody is read there, when it is looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from threading import Lock
from uuid import UUID

from matching.profile import Profile
from roster.read import ExpertView

Fetch = Callable[[Sequence[UUID]], Iterable[ExpertView]]
"""Reads people by id; who is gone is left out."""

MOST_KEPT = 4096
"""Records kept in memory where the others can be fetched again: some 60 kB each, once told of.

A ranking tells of 250 people: those of a dozen requests stay, which are ranked in turn.
"""


class Records:
    """Profiles by id.

    Parameters
    ----------
    fetch : None keeps everybody who is put in; else those who were used last are kept and others
        are read again
    """

    def __init__(self, fetch: Fetch | None = None) -> None:
        self._fetch = fetch
        self._kept: OrderedDict[UUID, Profile] = OrderedDict()
        self._lock = Lock()

    def put(self, profiles: Iterable[Profile]) -> None:
        """Keep people, in place of what was kept of them."""
        with self._lock:
            for profile in profiles:
                self._kept[profile.view.id] = profile
                self._kept.move_to_end(profile.view.id)
            self._let_go()

    def forget(self, expert_ids: Collection[UUID]) -> None:
        """Keep nothing of some people; unknown ids are no error."""
        with self._lock:
            for one in expert_ids:
                self._kept.pop(one, None)

    def among(self, expert_ids: Iterable[UUID]) -> Mapping[UUID, Profile]:
        """Return the people of some ids, at once; who is gone is left out."""
        wanted = list(dict.fromkeys(expert_ids))
        with self._lock:
            found = {one: self._kept[one] for one in wanted if one in self._kept}
            for one in found:
                self._kept.move_to_end(one)
        missing = [one for one in wanted if one not in found]
        if missing and self._fetch is not None:
            fresh = [Profile(view) for view in self._fetch(missing)]
            self.put(fresh)
            found |= {profile.view.id: profile for profile in fresh}
        return found

    def _let_go(self) -> None:
        while self._fetch is not None and len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
