"""What a team covers of what is asked for: each topic, language and country, and who covers it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from matching.gates import language_gate
from matching.teams.experience import covers_topic
from roster.read import ExpertView, RequestView
from roster.vocabulary import GateOutcome


@dataclass(frozen=True, slots=True)
class Covered:
    """One thing asked for, and who of a team brings it."""

    group: str
    """"topic", "language" or "country"."""
    code: str
    by: tuple[UUID, ...]
    unknown: tuple[UUID, ...] = ()
    """Those of whom it is not known."""

    @property
    def is_covered(self) -> bool:
        """Whether somebody surely brings it."""
        return bool(self.by)


def coverage(views: Sequence[ExpertView], request: RequestView) -> tuple[Covered, ...]:
    """Return everything a request names with who of a team covers it, in the order of the request.

    A country counts as covered by whoever has worked in it or comes from it.
    """
    return tuple(_covered(views, request))


def _covered(views: Sequence[ExpertView], request: RequestView) -> Iterator[Covered]:
    for topic in request.topics:
        yield Covered("topic", topic, _those(views, partial(_has_done, topic)))
    for need in request.languages:
        asked = replace(need, everyone=True)
        told = {view.id: language_gate(view, asked).outcome for view in views}
        yield Covered(
            "language",
            need.language,
            tuple(one for one, outcome in told.items() if outcome is GateOutcome.PASS),
            tuple(one for one, outcome in told.items() if outcome is GateOutcome.UNKNOWN),
        )
    for country in request.countries:
        yield Covered("country", country, _those(views, partial(_knows, country)))


def _those(views: Sequence[ExpertView], brings: Callable[[ExpertView], bool]) -> tuple[UUID, ...]:
    return tuple(view.id for view in views if brings(view))


def _has_done(topic: str, view: ExpertView) -> bool:
    return covers_topic(view, (topic,))


def _knows(country: str, view: ExpertView) -> bool:
    worked = {view.home_country}
    worked |= {one.value.country for one in view.posts}
    worked |= {one.value.country for one in view.countries}
    worked |= {code for one in view.missions for code in one.value.countries}
    return country in worked
