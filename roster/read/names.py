"""Whose names a list of ranked people shows: a list may begin without any."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from roster.read.rankings import Ranking, Standing
from roster.vocabulary import Band


@dataclass(frozen=True, slots=True)
class Names:
    """Whether a list of one request keeps names back, and whose its reader knows all the same."""

    hidden: bool = False
    known: frozenset[UUID] = frozenset()
    """Whose name the reader opened for this request, or who stands on its shortlist."""

    def hides(self, expert_id: UUID) -> bool:
        """Return whether somebody is shown without her name."""
        return self.hidden and expert_id not in self.known

    def numbers(self, standings: Iterable[Standing]) -> Mapping[UUID, int]:
        """Return the number in the whole list, from 1, of everybody who is shown without a name.

        A list is kept as it was made, so that a number means the same person on each of its pages.
        """
        if not self.hidden:
            return {}
        return {
            one.expert_id: number
            for number, one in enumerate(standings, start=1)
            if one.expert_id not in self.known
        }

    def numbers_in(self, ranking: Ranking, expert_ids: Collection[UUID]) -> dict[UUID, int | None]:
        """Return the numbers of those of these people who are shown without a name.

        None is the number of somebody who is not in the ranking.
        """
        hidden = [one for one in expert_ids if self.hides(one)]
        if not hidden:
            return {}
        counted = ranking.counts()
        before, total = {}, 0
        for band in Band:
            before[band], total = total, total + counted[band]
        people = ranking.among(hidden).people
        found = {one.expert_id: before[one.band] + one.place for one in people}
        return {one: found.get(one) for one in hidden}


def unnamed(number: int | None) -> str:
    """Return what stands in place of a name, for other systems."""
    return "Person outside this list" if number is None else f"Person {number} of this list"
