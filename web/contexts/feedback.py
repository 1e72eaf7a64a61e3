"""Contexts of what is asked after activities and what is said."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, DraftBox, Empty, ErrorLine, Figure, FormField, Link, PostButton


@dataclass(frozen=True, slots=True)
class PersonAsked:
    """The questions about one person."""

    name: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A questionnaire to fill in, behind a link or in the product."""

    frame: Frame
    title: str
    lead: str
    promise: str
    """What becomes of the answers."""
    fields: tuple[FormField, ...]
    people: tuple[PersonAsked, ...]
    errors: tuple[ErrorLine, ...]
    action: str
    once: str
    button: str
    answered: str = ""
    """Said where this person answered before; else empty."""
    draft: DraftBox | None = None
    """None behind a link: nobody has an account there to keep one for."""


@dataclass(frozen=True, slots=True)
class ThanksPage:
    """What stands after an answer, and where a device has answered before."""

    frame: Frame
    title: str
    words: str
    again: Link | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One answer of a question, with how many gave it."""

    label: str
    count: str
    width: str
    x: str = ""
    y: str = ""
    """Of its bar, where the answers stand side by side; its width is then its height."""


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question with its mean and spread."""

    question: str
    mean: str
    """Empty where there is none."""
    mean_width: str
    answers: str
    steps: tuple[Step, ...]
    few: str = ""
    """Why no figure is shown; empty where one is."""
    picture: str = ""
    """The spread of a scale in words; empty for a choice, whose answers have words of their own."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """Something that somebody wrote."""

    text: str
    about: str
    href: str
    mark: Link | None
    """Where a finding is drawn from it; None where that was done or may not be."""
    is_marked: bool


@dataclass(frozen=True, slots=True)
class TextGroup:
    """The texts to one question."""

    question: str
    texts: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class AudienceBlock:
    """What one audience said."""

    id: str
    title: str
    rate: str
    rate_width: str
    questions: tuple[QuestionLine, ...]
    groups: tuple[TextGroup, ...]


@dataclass(frozen=True, slots=True)
class InquiryLine:
    """One questionnaire sent out."""

    title: str
    about: str
    rate: str
    when: str
    state: Chip
    href: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One thing found."""

    id: str
    text: str
    kind: str
    direction: Chip
    source: str
    about: str
    drop: PostButton | None = None


@dataclass(frozen=True, slots=True)
class FieldForm:
    """A form of fields; it works without script."""

    title: str
    action: str
    fields: tuple[FormField, ...]
    button: str
    errors: tuple[ErrorLine, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    hints: tuple[str, ...] = ()
    open: bool = False
    draft: DraftBox | None = None
    """None where nothing is kept before it is sent."""


@dataclass(frozen=True, slots=True)
class ActionFeedbackPage:
    """What was asked and said of one Action, and what was found."""

    frame: Frame
    head: Head
    finding: str
    synthetic: bool
    audiences: tuple[AudienceBlock, ...]
    inquiries: tuple[InquiryLine, ...]
    findings: tuple[FindingLine, ...]
    send: FieldForm | None
    record: FieldForm | None
    guide: tuple[str, ...] = ()
    """What to talk about in a focus group."""
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class FacilityFeedbackPage:
    """What was said in the whole facility."""

    frame: Frame
    title: str
    lead: str
    synthetic: bool
    figures: tuple[Figure, ...]
    audiences: tuple[AudienceBlock, ...]
    inquiries: tuple[InquiryLine, ...]
    actions: tuple[Link, ...]
    also: tuple[Link, ...]
    empty: Empty | None = None


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A personal link to hand over."""

    id: str
    label: str
    state: Chip
    link: str
    """The whole address; empty where it has ended."""
    mail: str


@dataclass(frozen=True, slots=True)
class InquiryPage:
    """One questionnaire sent out: who answered, links to hand over."""

    frame: Frame
    head: Head
    finding: str
    links: tuple[LinkLine, ...]
    close: PostButton | None
    remind: PostButton | None
    answer: Link | None
    note: str
    results: Link


@dataclass(frozen=True, slots=True)
class QuestionnaireLine:
    """One questionnaire in the list."""

    title: str
    href: str
    audience: str
    occasion: str
    version: str
    used: str


@dataclass(frozen=True, slots=True)
class QuestionnairesPage:
    """The questionnaires of a facility."""

    frame: Frame
    title: str
    lead: str
    items: tuple[QuestionnaireLine, ...]
    guide: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """The fields of one question in the form of a questionnaire."""

    number: str
    fields: tuple[FormField, ...]
    words: str
    """The question as it stands; empty for a new one."""


@dataclass(frozen=True, slots=True)
class QuestionnairePage:
    """One questionnaire: its questions, its versions, and the form to change it."""

    frame: Frame
    head: Head
    questions: tuple[tuple[str, str], ...]
    """Each question and how it is answered."""
    versions: tuple[str, ...]
    action: str
    """Empty where the reader may not change it."""
    fields: tuple[FormField, ...]
    rows: tuple[QuestionRow, ...]
    errors: tuple[ErrorLine, ...]


@dataclass(frozen=True, slots=True)
class RatingsPage:
    """What others said of one person's work, and what she says to it."""

    frame: Frame
    head: Head
    finding: str
    questions: tuple[QuestionLine, ...]
    notes: tuple[str, ...]
    contest: FieldForm | None
    """None where somebody else reads."""
    rule: str
