"""What the facility is asked for against who is there: topics by language and region of work."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ground:
    """A working language in one region: what a topic is asked in."""

    language: str
    region: str
    """One of `roster.reference.regions.FACILITY_REGIONS`."""


@dataclass(frozen=True, slots=True)
class CoveredCell:
    """One topic on one ground."""

    people: int
    """On the roster with the topic, the language at B2 or better, and work in the region."""
    unsure: int
    """The same, but the level of the language is not known."""
    asked: int
    """Actions and open requests that asked for it."""

    @property
    def is_hole(self) -> bool:
        """Whether it was asked for and nobody could go."""
        return self.asked > 0 and self.people == 0

    @property
    def is_thin(self) -> bool:
        """Whether it was asked for and one or two people could go."""
        return self.asked > 0 and 0 < self.people <= THIN


THIN = 2
"""People up to whom a need counts as thinly covered."""


@dataclass(frozen=True, slots=True)
class CoveredTopic:
    """One line: a topic with a cell for each ground."""

    topic: str
    cells: tuple[CoveredCell, ...]


@dataclass(frozen=True, slots=True)
class Rotation:
    """How the facility's deployments spread over its people."""

    people: int
    never: int
    once: int
    more: int
    """Twice or more often."""
    busiest: tuple[tuple[str | None, int, int], ...]
    """Home country (None: not known), people on the roster, those of them who were ever sent."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Everything the page of coverage counts."""

    people: int
    """Active on the roster, as far as the reader may know of them."""
    invented: int
    """How many of them do not exist."""
    asked: int
    """Actions and open requests counted."""
    grounds: tuple[Ground, ...]
    """Columns: a language's regions stand together, what was asked most first."""
    topics: tuple[CoveredTopic, ...]
    """Lines, what was asked most first; topics that nobody asked for and nobody knows are out."""
    worked_in: dict[str, int]
    """Country → people who worked there, or come from there."""
    rotation: Rotation
