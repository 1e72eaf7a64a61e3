"""Screening of a request, application rounds and the guidelines that they go by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from roster.vocabulary import ScreeningAnswer


@dataclass(frozen=True, slots=True)
class Finding:
    """What the rules of the facility and the fields of a request say of one point."""

    answer: ScreeningAnswer
    codes: tuple[str, ...] = ()
    """What it rests on: countries or topics that speak against it, or are in doubt."""


@dataclass(frozen=True, slots=True)
class CheckView:
    """One point of the checklist; `answer` is a person's, `finding` the machine's proposal."""

    item: str
    answer: ScreeningAnswer | None
    note: str
    by: str | None
    finding: Finding | None

    @property
    def is_answered(self) -> bool:
        """Whether it stands in nobody's way: "unknown" counts with its note only."""
        if self.answer is None:
            return False
        return self.answer is not ScreeningAnswer.UNKNOWN or bool(self.note)


@dataclass(frozen=True, slots=True)
class EarlierAction:
    """An Action in one of the countries of a request."""

    code: str
    name: str
    starts: str | None
    ends: str | None


@dataclass(frozen=True, slots=True)
class OtherProject:
    """A project of another agency in one of the countries of a request."""

    code: str
    title: str
    period: str
    overlaps: bool | None
    """In time with the request; None where one of the periods is unknown."""


@dataclass(frozen=True, slots=True)
class ScreeningView:
    """The checklist of one request."""

    checks: tuple[CheckView, ...]
    actions: tuple[EarlierAction, ...]
    projects: tuple[OtherProject, ...]

    @property
    def open_items(self) -> tuple[str, ...]:
        """Points without an answer, in order."""
        return tuple(one.item for one in self.checks if not one.is_answered)


@dataclass(frozen=True, slots=True)
class GuidelinesView:
    """One version of the guidelines for applicants."""

    id: UUID
    version: int
    title: str
    text: str
    approved_on: date | None


@dataclass(frozen=True, slots=True)
class RoundView:
    """A period in which requests are taken."""

    id: UUID
    name: str
    opens: date
    closes: date
    """Inclusive."""
    guidelines_id: UUID | None
    guidelines: int | None
    """Version."""
    requests: int


@dataclass(frozen=True, slots=True)
class Intake:
    """How a request stands to the rules of its facility; told, never a reason to refuse it."""

    eligible_country: Finding = Finding(ScreeningAnswer.YES)
    eligible_area: Finding = Finding(ScreeningAnswer.YES)
    round: RoundView | None = None
    outside_rounds: bool = False
    """The facility takes requests in rounds, and this one came in none."""
    round_chosen: bool = False
    """Somebody chose the round; else it is that of the day of receipt, and moves with the day."""
