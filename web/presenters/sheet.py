"""A questionnaire as a form, and the form as answers."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from pydantic import ValidationError

from roster.errors import FieldError, InvalidInput
from roster.inputs.feedback import AnswersInput
from roster.read.feedback import AnswerSheet, InquiryView, Question, said_in
from roster.vocabulary import QuestionKind
from web.contexts.feedback import PersonAsked, SheetPage
from web.contexts.layout import Frame
from web.contexts.parts import Choice, FormField
from web.forms import error_lines, filled
from web.reason_words import clause
from web.tongues import Tongue

Typed = Mapping[str, tuple[str, ...]]
LONGEST = 4_000
_SCALE = ("1", "2", "3", "4", "5")


def sheet_page(
    frame: Frame,
    tongue: Tongue,
    sheet: AnswerSheet,
    *,
    action: str,
    once: str,
    typed: Typed | None = None,
    errors: tuple[FieldError, ...] = (),
) -> SheetPage:
    """Return the form, with what was typed or said before.

    Parameters
    ----------
    once : of this form; the same form sent again counts once
    """
    _ = tongue.word
    said = typed if typed is not None else {code: (one,) for code, one in sheet.said.items()}
    sentences = _sentences(errors, tongue)
    fields = tuple(
        filled(_field(one, one.code, tongue), said, sentences)
        for one in sheet.questions
        if not one.about_person
    )
    people = _people(sheet, said, sentences, tongue)
    shown = (*fields, *(field for person in people for field in person.fields))
    return SheetPage(
        frame=frame,
        title=sheet.inquiry.activity or sheet.inquiry.action_name,
        lead=_lead(sheet.inquiry, tongue),
        promise=_promise(sheet.inquiry, tongue),
        fields=fields,
        people=people,
        errors=error_lines(shown),
        action=action,
        once=once,
        button=_("Send my answers"),
        answered=_("You have answered: here is what you said. Change it if you like.")
        if sheet.answered and typed is None
        else "",
    )


def _people(
    sheet: AnswerSheet, said: Typed, sentences: Mapping[str, str], tongue: Tongue
) -> tuple[PersonAsked, ...]:
    of_each = [one for one in sheet.questions if one.about_person]
    return tuple(
        PersonAsked(
            person.name,
            tuple(
                filled(_field(one, f"{person.deployment_id}/{one.code}", tongue), said, sentences)
                for one in of_each
            ),
        )
        for person in sheet.about
    )


def _lead(inquiry: InquiryView, tongue: Tongue) -> str:
    if inquiry.activity is not None:
        return tongue.word("Your feedback on this activity. It takes about five minutes.")
    return tongue.word(
        "Your feedback on %(what)s. It takes about five minutes.", what=inquiry.action_name
    )


def _promise(inquiry: InquiryView, tongue: Tongue) -> str:
    if inquiry.is_room:
        return tongue.word(
            "Answers are read together; no name is kept with them, so write none. "
            "Where fewer than three people answered, no figure is shown."
        )
    return tongue.word(
        "Answers are read together and shown without your name, so write none. "
        "You can change yours by this link until the questionnaire is closed."
    )


def answers_from(typed: Typed, sheet: AnswerSheet) -> AnswersInput:
    """Return what was filled in; empty fields are no answers.

    Raises
    ------
    InvalidInput
        Something cannot be an answer, with the field.
    """
    said = {name: values[-1].strip() for name, values in typed.items() if values}
    scores: dict[str, str] = {}
    texts: dict[str, str] = {}
    ratings: dict[UUID, dict[str, str]] = {}
    for question in sheet.questions:
        if question.about_person:
            for person in sheet.about:
                if score := said.get(f"{person.deployment_id}/{question.code}"):
                    ratings.setdefault(person.deployment_id, {})[question.code] = score
        elif value := said.get(question.code):
            (scores if question.kind is QuestionKind.SCALE else texts)[question.code] = value
    try:
        return AnswersInput.model_validate({"scores": scores, "answers": texts, "ratings": ratings})
    except ValidationError as refused:
        errors = tuple(
            FieldError(f"/{'/'.join(map(str, one['loc'][1:]))}", _words(str(one["type"])))
            for one in refused.errors(include_url=False, include_input=False)
        )
        raise InvalidInput("Some answers need a second look.", errors) from None


def once_from(typed: Typed) -> UUID | None:
    """Return the mark of the form; None where it was tampered with."""
    with suppress(ValueError):
        return UUID(typed.get("once", ("",))[-1])
    return None


def _words(kind: str) -> str:
    if kind == "string_too_long":
        return "Write at most 4,000 characters."
    return "Choose one of those listed."


def _sentences(errors: tuple[FieldError, ...], tongue: Tongue) -> dict[str, str]:
    """Return the sentence for each field; the whole pointer names it, a person's questions too."""
    return {error.pointer.strip("/"): clause(error.detail, tongue) for error in errors}


def _field(question: Question, name: str, tongue: Tongue) -> FormField:
    label = question.said_in(tongue.code)
    if question.kind is QuestionKind.TEXT:
        return FormField(name, label, "textarea", required=question.required, rows=3)
    if question.kind is QuestionKind.CHOICE:
        listed = tuple(
            Choice(one.code, said_in(one.words, tongue.code)) for one in question.choices
        )
        return FormField(name, label, "radios", choices=listed, required=question.required)
    ends = {"1": tongue.word("not at all"), "5": tongue.word("fully")}
    listed = tuple(
        Choice(step, f"{step} – {ends[step]}" if step in ends else step) for step in _SCALE
    )
    return FormField(name, label, "radios", choices=listed, required=question.required)
