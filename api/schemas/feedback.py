"""Questionnaires, what was sent out, and what was said."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from api.paging import Page
from api.schemas.base import Out
from roster.vocabulary import (
    Audience,
    FindingKind,
    FindingSource,
    Occasion,
    Origin,
    QuestionKind,
)


class AnswerChoiceOut(Out):
    """One answer that may be chosen."""

    code: str
    words: dict[str, str]


class QuestionOut(Out):
    """One question; a scale goes from 1 to 5."""

    code: str
    kind: QuestionKind
    words: dict[str, str] = Field(description="Language → words")
    required: bool
    about_person: bool
    choices: list[AnswerChoiceOut]


class QuestionnaireOut(Out):
    """The present version of a questionnaire."""

    id: UUID | None = Field(description="Null: as shipped, never used or changed here")
    code: str
    version: int
    title: str
    audience: Audience
    occasion: Occasion
    questions: list[QuestionOut]
    inquiries: int = Field(description="How often this version was sent out")


class QuestionnairesOut(Out):
    """The questionnaires of a facility."""

    items: list[QuestionnaireOut]


class InquiryOut(Out):
    """One questionnaire sent to one audience."""

    id: UUID
    origin: Origin
    action_id: UUID
    action_code: str
    action_name: str
    lineage: UUID | None = Field(description="Of the activity; null: the whole Action")
    activity: str | None
    questionnaire: QuestionnaireOut
    asked: int
    answered: int
    is_room: bool = Field(description="Whether one link serves everybody in a room")
    sent_at: datetime
    due_on: date | None
    reminded_at: datetime | None
    closed_at: datetime | None


class InquiriesOut(Page[InquiryOut]):
    """What was sent out, the newest first."""


class InvitedPersonOut(Out):
    """Somebody with a link."""

    id: UUID
    label: str
    locale: str
    has_address: bool
    answered: bool
    link: str | None = Field(description="Path behind the installation's address; null: ended")


class InquiryDetailOut(Out):
    """What was sent out, with the links to hand over."""

    inquiry: InquiryOut
    people: list[InvitedPersonOut]


class SaidTextOut(Out):
    """A text that somebody wrote; who did is not told."""

    feedback_id: UUID
    question: QuestionOut
    text: str
    action_code: str
    action_name: str
    activity: str | None
    is_marked: bool


class QuestionResultOut(Out):
    """What an audience answered to one question."""

    question: QuestionOut
    answers: int
    mean: float | None = Field(description="Null below three answers, and for choices")
    spread: list[int] | None = Field(
        description="Answers 1 to 5, or by choice in order; null below three answers"
    )


class AudienceResultOut(Out):
    """What one audience said."""

    audience: Audience
    asked: int
    answered: int
    questions: list[QuestionResultOut]
    texts: list[SaidTextOut]


class FeedbackResultsOut(Out):
    """Feedback of an activity, an Action or the facility, by audience."""

    audiences: list[AudienceResultOut]
    actions: int
    is_synthetic: bool


class AnsweredOut(Out):
    """That an answer was kept."""

    id: UUID


class RatingsOut(Out):
    """What others said of one person's work, together."""

    expert_id: UUID
    raters: int
    least_raters: int
    mean: float | None = Field(description="Null below the least number of raters")
    questions: list[QuestionResultOut]
    notes: list[str] = Field(description="What the person herself says to it")


class FindingOut(Out):
    """One thing found about an Action."""

    id: UUID
    origin: Origin
    action_id: UUID
    action_code: str
    action_name: str
    lineage: UUID | None
    activity: str | None
    feedback_id: UUID | None
    kind: FindingKind
    source: FindingSource
    is_strength: bool
    text: str
    topics: list[str] = Field(description="Its own, else those of the Action")
    found_on: date | None
    reference: str


class FindingsOut(Page[FindingOut]):
    """Findings, by Action."""
