"""Questionnaires, who is asked, what is answered."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from roster.inputs.base import Code, Input, Line
from roster.vocabulary import Audience, Occasion, QuestionKind

Slug = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Wording = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Said = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4_000)]
Locale = Annotated[str, StringConstraints(pattern=r"^(en|fr|es|pt)$")]
Words = Annotated[dict[Locale, Wording], Field(description="Language → words", max_length=4)]


class ChoiceInput(Input):
    """One answer that may be chosen."""

    code: Slug
    words: Words


class QuestionInput(Input):
    """One question; what a language lacks is shown in English."""

    code: Slug = Field(description="Stays the same over versions: answers are compared by it")
    kind: QuestionKind
    words: Words = Field(examples=[{"en": "What was most useful?"}])
    required: bool = False
    about_person: bool = Field(
        default=False, description="Asked of each expert, where the facility rates named people"
    )
    choices: tuple[ChoiceInput, ...] = Field(default=(), max_length=12)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not any(self.words.values()):
            raise ValueError("words: write the question in one language at least")
        if self.kind is QuestionKind.CHOICE and len({one.code for one in self.choices}) < 2:
            raise ValueError("choices: give two answers at least, each with its own code")
        if self.about_person and self.kind is not QuestionKind.SCALE:
            raise ValueError("about_person: a person is rated on the scale only")
        return self


class QuestionnaireInput(Input):
    """A new version of a questionnaire, or a new one."""

    title: Line
    audience: Audience
    occasion: Occasion
    questions: tuple[QuestionInput, ...] = Field(min_length=1, max_length=40)

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        codes = [one.code for one in self.questions]
        if len(set(codes)) < len(codes):
            raise ValueError("questions: each question needs a code of its own")
        return self


class PersonAsked(Input):
    """Somebody who gets a link of her own."""

    label: Line = Field(
        description="Institution or function", examples=["Head of unit, Ministry of Labour"]
    )
    address: (
        Annotated[
            str,
            StringConstraints(strip_whitespace=True, pattern=r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$"),
        ]
        | None
    ) = Field(default=None, description="E-mail; left out: the link is handed over")
    locale: Locale = "en"


class InquiryInput(Input):
    """A questionnaire to send: to people one by one, or to a room by one link."""

    questionnaire: Code = Field(examples=["participants_activity"])
    lineage: UUID | None = Field(
        default=None, description="Of the activity, as the plan has it; left out: the whole Action"
    )
    people: tuple[PersonAsked, ...] = Field(default=(), max_length=300)
    room: int | None = Field(default=None, ge=1, le=1_000, description="People in the room")
    locale: Locale = Field(default="en", description="Of the link for a room")
    due_on: date | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.room is not None and self.people:
            raise ValueError("room: send one link for the room or one to each, not both")
        return self


class AnswersInput(Input):
    """What somebody answers, by question."""

    scores: dict[Code, Annotated[int, Field(ge=1, le=5)]] = Field(
        default_factory=dict, max_length=40, examples=[{"relevance": 5}]
    )
    answers: dict[Code, Said] = Field(
        default_factory=dict, max_length=40, description="Texts, and codes of choices"
    )
    ratings: dict[UUID, dict[Code, Annotated[int, Field(ge=1, le=5)]]] = Field(
        default_factory=dict, max_length=20, description="By deployment, then by question"
    )


class RatingNoteInput(Input):
    """What a person says to the ratings of her."""

    note: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
