"""What anybody may read of Actions, where a facility publishes them."""

from __future__ import annotations

from dataclasses import dataclass

from roster.dates import PartialDate
from roster.vocabulary import ActionStatus


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One Action, without anybody's name."""

    name: str
    status: ActionStatus
    region: str | None
    objective: str
    countries: tuple[str, ...]
    regional_body: str | None
    areas: tuple[str, ...]
    topics: tuple[str, ...]
    starts: PartialDate | None
    ends: PartialDate | None


@dataclass(frozen=True, slots=True)
class CatalogueFacility:
    """The Actions that one facility publishes."""

    code: str
    name: str
    entries: tuple[CatalogueEntry, ...]
