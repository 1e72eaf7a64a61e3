"""The screening checklist, application rounds and guidelines."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from api.paging import Page
from api.schemas.base import Out
from roster.vocabulary import ScreeningAnswer


class RuleFindingOut(Out):
    """What rules and fields say of one point, without anybody's judgement."""

    answer: ScreeningAnswer
    codes: list[str] = Field(description="Countries or topics that speak against it")


class CheckOut(Out):
    """One point of the checklist."""

    item: str
    answer: ScreeningAnswer | None = Field(description="A person's; null: not answered")
    note: str
    by: str | None
    finding: RuleFindingOut | None = Field(description="Proposed by the facility's rules")
    is_answered: bool


class EarlierActionOut(Out):
    """An Action in one of the countries."""

    code: str
    name: str
    starts: str | None
    ends: str | None


class OtherProjectOut(Out):
    """A published project of another agency in one of the countries."""

    code: str
    title: str
    period: str
    overlaps: bool | None = Field(description="In time; null where a period is unknown")


class ScreeningOut(Out):
    """The checklist of a request with what its coherence is judged by."""

    checks: list[CheckOut]
    open_items: list[str]
    actions: list[EarlierActionOut]
    projects: list[OtherProjectOut]


class RoundOut(Out):
    """A period in which requests are taken."""

    id: UUID
    name: str
    opens: date
    closes: date
    guidelines_id: UUID | None
    guidelines: int | None = Field(description="Version of the guidelines")
    requests: int


class GuidelinesOut(Out):
    """One version of the guidelines for applicants."""

    id: UUID
    version: int
    title: str
    text: str
    approved_on: date | None


class RoundsOut(Page[RoundOut]):
    """All rounds of the facility, the newest first."""


class GuidelinesListOut(Page[GuidelinesOut]):
    """All versions of the guidelines, the newest first."""


class IntakeOut(Out):
    """How a request stands to the rules of its facility; told, never a reason to refuse it."""

    eligible_country: RuleFindingOut
    eligible_area: RuleFindingOut
    round: RoundOut | None
    outside_rounds: bool
    round_chosen: bool
    """Else it is that of the day of receipt."""
