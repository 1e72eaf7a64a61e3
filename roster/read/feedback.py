"""What was asked and said after activities, and what was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from roster.vocabulary import Audience, FindingKind, FindingSource, Occasion, Origin, QuestionKind


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One answer that may be chosen."""

    code: str
    words: dict[str, str]
    """Language of the pages → words."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question in the languages of the pages; a scale goes from 1 (not at all) to 5 (fully)."""

    code: str
    kind: QuestionKind
    words: dict[str, str]
    """Language → words; English is always there."""
    required: bool = False
    about_person: bool = False
    """Asked of each expert, and only where the facility rates named people."""
    choices: tuple[AnswerChoice, ...] = ()

    def said_in(self, locale: str) -> str:
        """Return the question in a language, else in English, else in any there is."""
        return said_in(self.words, locale)


def said_in(words: dict[str, str], locale: str) -> str:
    """Return words in a language, else in English, else in any there is; empty where none is."""
    return words.get(locale) or words.get("en") or next(iter(words.values()), "")


@dataclass(frozen=True, slots=True)
class QuestionnaireView:
    """One version of a questionnaire."""

    id: UUID | None
    """None: as shipped, never used or changed in this facility."""
    code: str
    version: int
    title: str
    audience: Audience
    occasion: Occasion
    questions: tuple[Question, ...]
    inquiries: int = 0
    """How often this version was sent out."""


@dataclass(frozen=True, slots=True)
class InquiryView:
    """One questionnaire sent to one audience."""

    id: UUID
    origin: Origin
    action_id: UUID
    action_code: str
    action_name: str
    lineage: UUID | None
    activity: str | None
    """Title of the activity; None: the whole Action."""
    questionnaire: QuestionnaireView
    asked: int
    """People asked: those invited one by one, or as many as were in the room."""
    answered: int
    is_room: bool
    sent_at: datetime
    due_on: date | None
    reminded_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class InvitedPerson:
    """Somebody with a link to an inquiry."""

    id: UUID
    label: str
    locale: str
    has_address: bool
    answered: bool
    link: str | None
    """Path of the page behind the link; None where it works no longer."""


@dataclass(frozen=True, slots=True)
class SaidText:
    """A text that somebody wrote; who did is not told."""

    feedback_id: UUID
    question: Question
    text: str
    action_code: str
    action_name: str
    activity: str | None
    is_marked: bool
    """Whether a finding was drawn from this answer."""
    lineage: UUID | None = None
    """Of the activity that it is about; None is the whole Action."""


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What an audience answered to one question."""

    question: Question
    answers: int
    mean: float | None
    """Of a scale, 1 to 5; None below three answers, and for other kinds."""
    spread: tuple[int, ...] | None
    """Answers 1 to 5, or by choice in order; None below three answers."""


@dataclass(frozen=True, slots=True)
class AudienceResult:
    """What one audience said."""

    audience: Audience
    asked: int
    answered: int
    questions: tuple[QuestionResult, ...]
    texts: tuple[SaidText, ...]


@dataclass(frozen=True, slots=True)
class FeedbackResults:
    """Feedback of an activity, an Action or a facility, by audience."""

    audiences: tuple[AudienceResult, ...]
    actions: int
    """Actions that any of it is about."""
    is_synthetic: bool = False
    """Whether all of it is invented: invented and real answers are never counted together."""


@dataclass(frozen=True, slots=True)
class FindingView:
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
    topics: tuple[str, ...]
    found_on: date | None
    reference: str


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """A person whom participants may rate, where the facility does so."""

    deployment_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """What whoever answers sees: the questions, of what, and what she said before."""

    inquiry: InquiryView
    questions: tuple[Question, ...]
    about: tuple[AskedAbout, ...] = ()
    said: dict[str, str] = field(default_factory=dict)
    """Earlier answers by field; empty where nothing was answered yet."""
    answered: bool = False


@dataclass(frozen=True, slots=True)
class RatingsView:
    """What others said of one person's work, together; never below the least number of raters."""

    expert_id: UUID
    raters: int
    least_raters: int
    mean: float | None
    questions: tuple[QuestionResult, ...]
    notes: tuple[str, ...]
    """What the person herself says to it."""
