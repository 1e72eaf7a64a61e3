"""The questionnaires of a facility, and the form that changes one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from roster.errors import FieldError
from roster.read.feedback import Question, QuestionnaireView, said_in
from roster.reference.questions import focus_group_guide, title_of
from roster.vocabulary import QuestionKind
from web.contexts.feedback import (
    QuestionnaireLine,
    QuestionnairePage,
    QuestionnairesPage,
    QuestionRow,
)
from web.contexts.layout import Fact, Frame, Head
from web.contexts.parts import FormField, Link
from web.deps import LANGUAGE_NAMES
from web.feedback_words import choices, say
from web.forms import error_lines, filled
from web.presenters.feedback import errors_for
from web.presenters.feedback_forms import audiences, occasions
from web.tongues import Tongue

Typed = Mapping[str, tuple[str, ...]]
_FURTHER = 2
_MOST = 40


def list_page(
    frame: Frame, tongue: Tongue, found: Sequence[QuestionnaireView]
) -> QuestionnairesPage:
    """Return the present version of each questionnaire."""
    _ = tongue.word
    return QuestionnairesPage(
        frame=frame,
        title=_("Questionnaires"),
        lead=_("What is asked after activities and Actions. A change makes a new version."),
        items=tuple(
            QuestionnaireLine(
                title=title_of(one.code, one.title, tongue.code),
                href=f"/questionnaires/{one.code}",
                audience=say(tongue, one.audience),
                occasion=say(tongue, one.occasion),
                version=tongue.number(one.version),
                used=tongue.words("%(num)s time", "%(num)s times", one.inquiries),
            )
            for one in found
        ),
        guide=focus_group_guide(tongue.code),
    )


def one_page(
    frame: Frame,
    tongue: Tongue,
    one: QuestionnaireView,
    versions: Sequence[QuestionnaireView],
    *,
    may_change: bool,
    typed: Typed | None = None,
    errors: Sequence[FieldError] = (),
) -> QuestionnairePage:
    """Return one questionnaire with its versions and the form to change it."""
    sentences = errors_for(errors, tongue)
    said = typed or {}
    fields = tuple(filled(field, said, sentences) for field in _fields(one, tongue))
    rows = tuple(
        _row(number, question, tongue, said, sentences)
        for number, question in enumerate([*one.questions, *[None] * _FURTHER], start=1)
    )
    shown = (*fields, *(field for row in rows for field in row.fields))
    return QuestionnairePage(
        frame=frame,
        head=_head(one, tongue),
        questions=tuple((q.said_in(tongue.code), _how(q, tongue)) for q in one.questions),
        versions=tuple(
            tongue.words(
                "Version %(version)s, sent out %(num)s time",
                "Version %(version)s, sent out %(num)s times",
                version.inquiries,
                version=tongue.number(version.version),
            )
            for version in versions
        ),
        action=f"/questionnaires/{one.code}" if may_change else "",
        fields=fields,
        rows=rows,
        errors=error_lines(shown),
    )


def _head(one: QuestionnaireView, tongue: Tongue) -> Head:
    _ = tongue.word
    return Head(
        title=title_of(one.code, one.title, tongue.code),
        crumbs=(Link(_("Feedback"), "/feedback"), Link(_("Questionnaires"), "/questionnaires")),
        here=one.code,
        facts=(
            Fact(_("Asked"), say(tongue, one.audience)),
            Fact(_("When"), say(tongue, one.occasion)),
            Fact(_("Version"), tongue.number(one.version)),
        ),
    )


def _how(question: Question, tongue: Tongue) -> str:
    told = [say(tongue, question.kind)]
    if question.required:
        told.append(tongue.word("required"))
    if question.about_person:
        told.append(tongue.word("of each expert, where people are rated"))
    return ", ".join(told)


def _fields(one: QuestionnaireView, tongue: Tongue) -> tuple[FormField, ...]:
    _ = tongue.word
    return (
        FormField("title", _("Title"), "text", value=one.title, required=True),
        FormField(
            "code", _("Code of a copy"), "text", hint=_("Small letters, digits and underscores.")
        ),
        FormField("audience", _("Asked"), "select", choices=audiences(tongue, one.audience)),
        FormField("occasion", _("When"), "select", choices=occasions(tongue, one.occasion)),
    )


def _row(
    number: int,
    question: Question | None,
    tongue: Tongue,
    said: Typed,
    sentences: Mapping[str, str],
) -> QuestionRow:
    words = question.words if question else {}
    fields = [
        FormField(f"q{number}-{code}", name, "textarea", value=words.get(code, ""), rows=2)
        for code, name in LANGUAGE_NAMES.items()
    ]
    fields += _answering(number, question, tongue)
    # A box that is not ticked is not sent: whatever was typed stands for all boxes of the form.
    if said:
        fields = [
            replace(one, value="") if one.kind == "check" and one.name not in said else one
            for one in fields
        ]
    return QuestionRow(
        number=tongue.number(number),
        fields=tuple(filled(one, said, sentences) for one in fields),
        words=said_in(words, tongue.code),
    )


def _answering(number: int, question: Question | None, tongue: Tongue) -> tuple[FormField, ...]:
    """Return the fields that say how one question is answered, by whom, and its code."""
    _ = tongue.word
    kind = question.kind.value if question else QuestionKind.SCALE.value
    return (
        FormField(
            f"q{number}-kind",
            _("Answered by"),
            "select",
            choices=choices(tongue, QuestionKind, kind),
        ),
        FormField(
            f"q{number}-choices",
            _("Answers to choose from"),
            "textarea",
            value=_choices_text(question),
            hint=_("One a line: code = English | French | Spanish | Portuguese"),
            rows=3,
        ),
        FormField(
            f"q{number}-required",
            _("An answer is required"),
            "check",
            value="1" if question and question.required else "",
        ),
        FormField(
            f"q{number}-person",
            _("Asked of each expert, where people are rated"),
            "check",
            value="1" if question and question.about_person else "",
        ),
        FormField(
            f"q{number}-code", _("Code"), "text", value=question.code if question else f"q{number}"
        ),
    )


def _choices_text(question: Question | None) -> str:
    if question is None:
        return ""
    return "\n".join(
        f"{one.code} = " + " | ".join(one.words.get(code, "") for code in LANGUAGE_NAMES)
        for one in question.choices
    )


def questionnaire_from(typed: Typed) -> dict[str, Any]:
    """Return what the form says, for validation; a question without words is left out."""
    said = {name: values[-1].strip() for name, values in typed.items() if values}
    questions = []
    for number in range(1, _MOST + _FURTHER + 1):
        words = {
            code: said[f"q{number}-{code}"]
            for code in LANGUAGE_NAMES
            if said.get(f"q{number}-{code}")
        }
        if not words:
            continue
        kind = said.get(f"q{number}-kind", QuestionKind.SCALE.value)
        questions.append(
            {
                "code": said.get(f"q{number}-code") or f"q{number}",
                "kind": kind,
                "words": words,
                "required": bool(said.get(f"q{number}-required")),
                "about_person": bool(said.get(f"q{number}-person")),
                "choices": _choices_from(said.get(f"q{number}-choices", ""))
                if kind == QuestionKind.CHOICE.value
                else [],
            }
        )
    return {
        "title": said.get("title", ""),
        "audience": said.get("audience", ""),
        "occasion": said.get("occasion", ""),
        "questions": questions,
    }


def _choices_from(text: str) -> list[dict[str, Any]]:
    found = []
    for line in text.splitlines():
        code, _, words = line.partition("=")
        if code.strip():
            parts = [part.strip() for part in words.split("|")]
            spoken = dict(zip(LANGUAGE_NAMES, parts, strict=False))
            kept = {language: said for language, said in spoken.items() if said}
            found.append({"code": code.strip(), "words": kept})
    return found
