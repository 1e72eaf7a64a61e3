"""Of whom teams are made: everybody considered, of whom only as many are read as it takes.

The best team is mostly one of the best people. So those of most points are read first, and more
only where the composer cannot tell that nobody else would change its answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session

from roster.policy import Actor, Permission
from roster.ports import LookFurther
from roster.queries.bare_views import bare_views_of
from roster.queries.declined import declined_for
from roster.read import ExpertView, Names, RankedExpert, Ranking, TeamRules, unnamed
from roster.vocabulary import Band

T = TypeVar("T")
_LOOKED_AT = (400, 2000, 8000)
"""People considered, best first, that are read at first, and where that is not enough."""


@dataclass(frozen=True, slots=True)
class Looked:
    """People of a ranking who were read."""

    ranking: Ranking
    """With nobody else in it."""
    experts: Mapping[UUID, ExpertView]
    """Called by their numbers in the whole ranking where names are kept back."""
    beyond: float | None = None
    """The most points of anybody considered who was not read; None: everybody was."""
    most: int = 0
    """How many were read of those of most points."""


@dataclass(frozen=True)
class Considered:
    """Who may sit in a team.

    Parameters
    ----------
    bands : people of which bands are considered, of one or of all; others only where the rules
        force them in
    names : whose names are told
    """

    ranking: Ranking
    rules: TeamRules
    bands: tuple[Band, ...]
    names: Names = field(default_factory=Names)

    def answered(
        self,
        session: Session,
        actor: Actor,
        ask: Callable[[Looked], T],
        held: Looked | None = None,
        also: Collection[UUID] = (),
    ) -> tuple[T, Looked]:
        """Ask of more and more people, until those left out could not change the answer.

        Parameters
        ----------
        held : who is asked of first, where some were read already
        also : who is read besides, whether she is considered or not
        """
        for looked in self._rounds(session, actor, held):
            try:
                return ask(self.with_more(session, actor, looked, also)), looked
            except LookFurther as more:
                if more.at_everybody:
                    break
        looked = self._everybody(session, actor)
        return ask(self.with_more(session, actor, looked, also)), looked

    def with_more(
        self, session: Session, actor: Actor, looked: Looked, also: Collection[UUID]
    ) -> Looked:
        """Return people who were read, and others with them."""
        missing = set(also) - looked.experts.keys()
        if not missing:
            return looked
        experts = {**looked.experts, **self._views(session, actor, missing)}
        return self._looked(experts, looked.beyond, looked.most)

    def gone(self, session: Session) -> frozenset[UUID]:
        """Return who said no since the ranking was made, or before: nobody of them is proposed."""
        request_id = self.ranking.request.id
        if request_id is None:
            return frozenset()
        found = declined_for(session, [request_id]).get(request_id, ())
        return frozenset(one.expert_id for one in found)

    def _rounds(self, session: Session, actor: Actor, held: Looked | None) -> Iterator[Looked]:
        if held is not None:
            yield held
        yield from self._best(session, actor, held.most if held else 0)

    def _everybody(self, session: Session, actor: Actor) -> Looked:
        there = {one.expert_id for band in self.bands for one in self.ranking.band(band)}
        everybody = there - self.gone(session) | self.rules.forced_in
        return self._looked(self._views(session, actor, everybody), None)

    def _best(self, session: Session, actor: Actor, read: int) -> Iterator[Looked]:
        gone = self.gone(session)
        named = self.ranking.among(_named(self.rules)).people
        wanted = {one.expert_id for one in named if one.band in self.bands} - gone
        for most in (one for one in _LOOKED_AT if one > read):
            first = self._first(most + len(gone) + 1)
            best = [one for one in first if one.expert_id not in gone]
            if len(best) <= most:
                return
            ids = {one.expert_id for one in best[:most]} | wanted | self.rules.forced_in
            yield self._looked(self._views(session, actor, ids), best[most].score, most)

    def _first(self, most: int) -> Sequence[RankedExpert]:
        """Return those of most points among whom teams are looked for; one band is in order."""
        if len(self.bands) == 1:
            return self.ranking.band(self.bands[0], most)
        return self.ranking.best(most)

    def _views(
        self, session: Session, actor: Actor, expert_ids: Collection[UUID]
    ) -> dict[UUID, ExpertView]:
        """Return people, called by their numbers in the ranking where names are kept back.

        Whatever is said of a team calls its people as their views do.
        """
        found = bare_views_of(session, actor, expert_ids, Permission.RANK)
        numbers = self.names.numbers_in(self.ranking, found)
        return {
            one: replace(view, display_name=unnamed(numbers[one])) if one in numbers else view
            for one, view in found.items()
        }

    def _looked(
        self, experts: Mapping[UUID, ExpertView], beyond: float | None, most: int = 0
    ) -> Looked:
        return Looked(self.ranking.among(experts), experts, beyond, most)


def _named(rules: TeamRules) -> set[UUID]:
    """Return everybody whom rules name: each must be there for them to be held."""
    groups = {one for group in (*rules.together, *rules.apart) for one in group}
    return groups | {seat.keeper for seat in rules.seats if seat.keeper is not None}
