"""Whose names a list of ranked people shows: a list may begin without any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from roster.read.rankings import Standing


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


def unnamed(number: int | None) -> str:
    """Return what stands in place of a name, for other systems."""
    return "Person outside this list" if number is None else f"Person {number} of this list"
