"""The forms of feedback: send a questionnaire out, write a finding, change the questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from roster.errors import FieldError
from roster.read.feedback import FeedbackResults, FindingView, InquiryView, QuestionnaireView
from roster.reference import topics
from roster.reference.questions import focus_group_guide, title_of
from roster.tables import Action, Activity
from roster.vocabulary import Audience, FindingKind, FindingSource, Occasion
from web.contexts.feedback import ActionFeedbackPage, FieldForm
from web.contexts.layout import Frame, Head
from web.contexts.parts import Choice, Empty, FormField, Link
from web.deps import LANGUAGE_NAMES
from web.feedback_words import choices
from web.forms import error_lines, filled
from web.presenters.feedback import (
    audience_blocks,
    errors_for,
    finding_lines,
    inquiry_lines,
    rate_words,
)
from web.tongues import Tongue

Typed = Mapping[str, tuple[str, ...]]
NONE: Typed = {}


def action_page(
    frame: Frame,
    tongue: Tongue,
    action: Action,
    found: FeedbackResults,
    sent: Sequence[InquiryView],
    findings: Sequence[FindingView],
    *,
    send: FieldForm | None,
    record: FieldForm | None,
) -> ActionFeedbackPage:
    """Return what was asked and said of an Action, and what was found."""
    _ = tongue.word
    asked = sum(one.asked for one in found.audiences)
    answered = sum(one.answered for one in found.audiences)
    return ActionFeedbackPage(
        frame=frame,
        head=Head(
            title=_("Feedback"),
            crumbs=(Link(_("Actions"), "/actions"), Link(action.name, f"/actions/{action.code}")),
            here=_("Feedback"),
        ),
        finding=rate_words(answered, asked, tongue) if sent else _("Nobody was asked yet"),
        synthetic=action.origin.value == "synthetic",
        audiences=audience_blocks(found, tongue, marks=record is not None),
        inquiries=inquiry_lines(sent, tongue),
        findings=finding_lines(findings, tongue, drops=record is not None),
        send=send,
        record=record,
        guide=focus_group_guide(tongue.code) if record else (),
        empty=None
        if sent
        else Empty(
            _("Nothing was said yet"),
            _("Send a questionnaire out after an activity: by personal links, or one for a room."),
        ),
    )


def send_form(
    tongue: Tongue,
    action: Action,
    asked: Sequence[QuestionnaireView],
    activities: Sequence[Activity],
    typed: Typed = NONE,
    errors: Sequence[FieldError] = (),
) -> FieldForm:
    """Return the form that sends a questionnaire out."""
    _ = tongue.word
    sentences = errors_for(errors, tongue)
    fields = (
        FormField(
            "questionnaire", _("Questionnaire"), "select", choices=_questionnaires(asked, tongue)
        ),
        FormField("lineage", _("About"), "select", choices=_scopes(activities, tongue)),
        FormField(
            "people",
            _("Who gets a link"),
            "textarea",
            hint=_("One a line: institution or function; e-mail; language (en, fr, es, pt)."),
            rows=4,
        ),
        FormField(
            "room",
            _("Or: people in the room"),
            "number",
            hint=_("One link for all of them. Leave both empty for experts and officers."),
        ),
        FormField("locale", _("Language"), "select", choices=_languages(tongue)),
        FormField("due_on", _("Answers wanted by"), "date"),
    )
    shown = tuple(replace(filled(one, typed, sentences), prefix="send-") for one in fields)
    return FieldForm(
        title=_("Send a questionnaire out"),
        action=f"/actions/{action.code}/inquiries",
        fields=shown,
        button=_("Send it out"),
        errors=error_lines(shown),
    )


def _questionnaires(asked: Sequence[QuestionnaireView], tongue: Tongue) -> tuple[Choice, ...]:
    return tuple(Choice(one.code, title_of(one.code, one.title, tongue.code)) for one in asked)


def _scopes(activities: Sequence[Activity], tongue: Tongue, chosen: str = "") -> tuple[Choice, ...]:
    """Return what a form may be about: the whole Action, or one of its activities."""
    each = (Choice(lin := str(one.lineage), one.title, lin == chosen) for one in activities)
    return (Choice("", tongue.word("The whole Action")), *each)


def _languages(tongue: Tongue) -> tuple[Choice, ...]:
    return tuple(Choice(code, name, code == tongue.code) for code, name in LANGUAGE_NAMES.items())


def inquiry_from(typed: Typed) -> dict[str, Any]:
    """Return what the form says, for validation; people stand one a line."""
    said = {name: values[-1].strip() for name, values in typed.items() if values}
    given: dict[str, Any] = {
        name: said[name]
        for name in ("questionnaire", "lineage", "room", "locale", "due_on")
        if said.get(name)
    }
    people = []
    for line in said.get("people", "").splitlines():
        parts = [part.strip() for part in line.split(";")]
        if any(parts):
            one = dict(zip(("label", "address", "locale"), parts, strict=False))
            people.append({name: value for name, value in one.items() if value})
    if people:
        given["people"] = people
    return given


def finding_form(
    tongue: Tongue,
    action: Action,
    activities: Sequence[Activity],
    *,
    feedback_id: str = "",
    quoted: str = "",
    lineage: str = "",
    typed: Typed = NONE,
    errors: Sequence[FieldError] = (),
) -> FieldForm:
    """Return the form that writes a finding down; from an answer, with what was said.

    Parameters
    ----------
    lineage : of the activity that the answer is about; empty for the whole Action
    """
    _ = tongue.word
    sentences = errors_for(errors, tongue)
    fields = (
        FormField("text", _("What was found"), "textarea", value=quoted, required=True),
        FormField("kind", _("It is about"), "select", choices=choices(tongue, FindingKind)),
        FormField(
            "is_strength",
            _("Which way"),
            "radios",
            choices=(Choice("true", _("Strength")), Choice("false", _("Weakness"))),
            required=True,
        ),
        FormField("source", _("Found by"), "select", choices=_sources(bool(feedback_id), tongue)),
        FormField("lineage", _("Activity"), "select", choices=_scopes(activities, tongue, lineage)),
        FormField("topics", _("Topic"), "select", choices=_topics(tongue)),
        FormField("found_on", _("Day"), "date"),
        FormField("reference", _("Report and page"), "text"),
    )
    shown = tuple(replace(filled(one, typed, sentences), prefix="find-") for one in fields)
    return FieldForm(
        title=_("Write a finding down"),
        action=f"/actions/{action.code}/findings",
        fields=shown,
        button=_("Keep the finding"),
        errors=error_lines(shown),
        hidden=(("feedback_id", feedback_id),) if feedback_id else (),
        hints=(_("Say it in your own words and without a name."),),
        open=bool(feedback_id),
    )


def _sources(is_quoted: bool, tongue: Tongue) -> tuple[Choice, ...]:
    """Return who may have found it; an answer that is quoted can only have come as feedback."""
    return tuple(
        one
        for one in choices(tongue, FindingSource)
        if (one.value == FindingSource.FEEDBACK) == is_quoted
    )


def _topics(tongue: Tongue) -> tuple[Choice, ...]:
    each = (Choice(one.code, topics.label(one.code, tongue.code)) for one in topics.topics())
    return (Choice("", tongue.word("What the Action was about")), *each)


def finding_from(typed: Typed) -> dict[str, Any]:
    """Return what the form says, for validation."""
    said = {name: values[-1].strip() for name, values in typed.items() if values}
    names = ("text", "kind", "is_strength", "source", "lineage", "found_on", "reference")
    given: dict[str, Any] = {name: said[name] for name in names if said.get(name)}
    if said.get("topics"):
        given["topics"] = [said["topics"]]
    if said.get("feedback_id"):
        given["feedback_id"] = said["feedback_id"]
    return given


def audiences(tongue: Tongue, on: Audience) -> tuple[Choice, ...]:
    """Return the audiences as choices."""
    return choices(tongue, Audience, on.value)


def occasions(tongue: Tongue, on: Occasion) -> tuple[Choice, ...]:
    """Return the occasions as choices."""
    return choices(tongue, Occasion, on.value)
