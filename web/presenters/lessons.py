"""Lessons as pages: the list with its filters, one with what it rests on, the block elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from roster.errors import FieldError
from roster.read.lessons import ApplicableLesson, LessonDetail, LessonView
from roster.reference import regions, topics
from roster.vocabulary import FindingKind, LessonState, Origin
from web.contexts.feedback import FieldForm
from web.contexts.layout import Frame, Head
from web.contexts.lessons import LessonLine, LessonPage, LessonsPage
from web.contexts.parts import Chip, Choice, Empty, Facet, FacetOption, Facets, FormField, Link
from web.feedback_words import choices, direction, reasons, say
from web.forms import error_lines, filled
from web.presenters.feedback import errors_for, finding_lines
from web.tongues import Tongue

Typed = Mapping[str, tuple[str, ...]]
NONE: Typed = {}
Keys = Callable[[LessonView], Iterable[str]]
KEYS: dict[str, Keys] = {
    "state": lambda one: [one.state.value],
    "topic": lambda one: one.topics,
    "region": lambda one: one.regions,
    "kind": lambda one: [one.kind.value] if one.kind else [],
    "strength": lambda one: [] if one.is_strength is None else [str(one.is_strength).lower()],
}
"""Filters: name in the address, and what a lesson is found by."""
Chosen = Mapping[str, frozenset[str]]


def list_page(
    frame: Frame,
    tongue: Tongue,
    found: Sequence[LessonView],
    chosen: Chosen,
    *,
    write: FieldForm | None,
) -> LessonsPage:
    """Return the lessons that pass every filter; those that wait for a decision come first."""
    _ = tongue.word
    shown = [one for one in found if _passes(one, chosen, "")]
    waiting = sum(one.state is LessonState.PROPOSED for one in found)
    lead = _("What was found again and again, with the Actions it rests on.")
    if waiting:
        told = tongue.words(
            "%(num)s proposal waits for a decision.",
            "%(num)s proposals wait for a decision.",
            waiting,
        )
        lead = f"{lead} {told}"
    return LessonsPage(
        frame=frame,
        title=tongue.words("%(num)s lesson", "%(num)s lessons", len(shown))
        if shown
        else _("No lesson yet")
        if not found
        else _("No lesson matches"),
        lead=lead,
        facets=_facets(found, chosen, tongue),
        lessons=tuple(lesson_line(one, tongue) for one in shown),
        write=write,
        empty=None if shown else _empty(found, tongue),
    )


def _empty(found: Sequence[LessonView], tongue: Tongue) -> Empty:
    _ = tongue.word
    if found:
        return Empty(_("No lesson matches"), "", (Link(_("Show all lessons"), "/lessons"),))
    words = _(
        "A lesson is proposed where the same is found in three Actions: same topic, same matter, "
        "same direction. Findings are written down on the feedback page of an Action."
    )
    return Empty(_("No lesson yet"), words, (Link(_("Open the Actions"), "/actions"),))


def _passes(one: LessonView, chosen: Chosen, without: str) -> bool:
    return all(
        not chosen.get(name) or set(keys(one)) & chosen[name]
        for name, keys in KEYS.items()
        if name != without
    )


def _facets(found: Sequence[LessonView], chosen: Chosen, tongue: Tongue) -> Facets:
    _ = tongue.word
    titles = {
        "state": _("State"),
        "topic": _("Topic"),
        "region": _("Sub-region"),
        "kind": _("It is about"),
        "strength": _("Which way"),
    }
    on = sum(bool(values) for values in chosen.values())
    return Facets(
        action="/lessons",
        facets=tuple(
            Facet(name, titles[name], _options(name, found, chosen, tongue), open=name == "state")
            for name in KEYS
        ),
        summary=tongue.words("Filters, %(num)s on", "Filters, %(num)s on", on)
        if on
        else _("Filters"),
        clear="/lessons",
    )


def _options(
    name: str, found: Sequence[LessonView], chosen: Chosen, tongue: Tongue
) -> tuple[FacetOption, ...]:
    remaining = [one for one in found if _passes(one, chosen, name)]
    values = {value for one in found for value in KEYS[name](one)} | set(chosen.get(name, ()))
    named = {value: _value_words(name, value, tongue) for value in values}
    return tuple(
        FacetOption(
            value,
            words,
            sum(value in set(KEYS[name](one)) for one in remaining),
            value in chosen.get(name, ()),
        )
        for value, words in sorted(named.items(), key=lambda pair: pair[1])
        if words
    )


def _value_words(name: str, value: str, tongue: Tongue) -> str:
    """Return the words of a filter's value; empty for one that nobody knows."""
    try:
        if name == "state":
            return say(tongue, LessonState(value))
        if name == "kind":
            return say(tongue, FindingKind(value))
        if name == "region":
            return regions.region_name(value, tongue.code)
        if name == "topic":
            return topics.label(value, tongue.code)
    except (KeyError, ValueError):
        return ""
    return direction(tongue, value == "true")


def lesson_line(one: LessonView, tongue: Tongue, why: tuple[str, ...] = ()) -> LessonLine:
    """Return one lesson; with `why`, why it is shown on this request."""
    chips = [Chip("done" if one.state is LessonState.CONFIRMED else "note", say(tongue, one.state))]
    if one.kind is not None:
        state = "pass" if one.is_strength else "look"
        words = ": ".join(filter(None, [direction(tongue, one.is_strength), say(tongue, one.kind)]))
        chips.append(Chip(state if one.is_strength is not None else "note", words))
    chips += [
        Chip("note", topics.label(code, tongue.code))
        for code in one.topics
        if topics.is_topic(code)
    ]
    if one.origin is Origin.SYNTHETIC:
        chips.append(Chip("note", tongue.word("synthetic")))
    return LessonLine(
        text=lesson_words(one, tongue),
        href=f"/lessons/{one.id}",
        advice=one.advice,
        chips=tuple(chips),
        rests_on=tongue.words(
            "Rests on %(num)s Action:", "Rests on %(num)s Actions:", len(one.actions)
        ),
        actions=tuple(Link(action.name, f"/actions/{action.code}") for action in one.actions),
        why=reasons(tongue, why),
    )


def lesson_words(one: LessonView, tongue: Tongue) -> str:
    """Return a lesson's text; of a proposal nobody has worded, a draft in the reader's language."""
    is_draft = one.state is LessonState.PROPOSED and one.kind is not None and len(one.topics) == 1
    if not is_draft or one.kind is None or not one.text.endswith(("went well.", "go well.")):
        return one.text
    values = {
        "topic": topics.label(one.topics[0], tongue.code)
        if topics.is_topic(one.topics[0])
        else one.topics[0],
        "matter": say(tongue, one.kind),
    }
    count = len(one.actions)
    if one.is_strength:
        return tongue.words(
            "%(topic)s: in %(num)s Action this went well: %(matter)s.",
            "%(topic)s: in %(num)s Actions this went well: %(matter)s.",
            count,
            **values,
        )
    return tongue.words(
        "%(topic)s: in %(num)s Action this did not go well: %(matter)s.",
        "%(topic)s: in %(num)s Actions this did not go well: %(matter)s.",
        count,
        **values,
    )


def lesson_lines(found: Sequence[ApplicableLesson], tongue: Tongue) -> tuple[LessonLine, ...]:
    """Return the lessons that bear on a request, for the block on its pages."""
    return tuple(lesson_line(one.lesson, tongue, one.why) for one in found)


def detail_page(
    frame: Frame,
    tongue: Tongue,
    found: LessonDetail,
    *,
    decides: bool,
    reads_findings: bool,
    typed: Typed = NONE,
    errors: Sequence[FieldError] = (),
) -> LessonPage:
    """Return one lesson with the findings it rests on and, for who decides, the two forms."""
    _ = tongue.word
    one = found.lesson
    decided = ""
    if one.decided_at is not None:
        who = one.decided_by or _("the system")
        decided = f"{say(tongue, one.state)}: {who}, {tongue.day(one.decided_at.date())}."
    if one.reason:
        decided = f"{decided} {one.reason}".strip()
    return LessonPage(
        frame=frame,
        head=Head(
            title=_("Lesson"),
            crumbs=(Link(_("Lessons"), "/lessons"),),
            here=say(tongue, one.state),
        ),
        lesson=lesson_line(one, tongue),
        findings=finding_lines(found.findings, tongue, drops=False),
        findings_note=_("No finding is tied to it: it was written from the Actions themselves.")
        if reads_findings
        else _("What people said is read by the facility only."),
        decided=decided,
        confirm=_confirm_form(one, tongue, typed, errors) if decides else None,
        dismiss=_dismiss_form(one, tongue, typed, errors)
        if decides and one.state is not LessonState.DISMISSED
        else None,
    )


def _confirm_form(
    one: LessonView, tongue: Tongue, typed: Typed, errors: Sequence[FieldError]
) -> FieldForm:
    _ = tongue.word
    sentences = errors_for([e for e in errors if e.pointer != "/reason"], tongue)
    fields = (
        FormField(
            "text", _("The conclusion"), "textarea", value=lesson_words(one, tongue), required=True
        ),
        FormField("advice", _("What to do next time"), "textarea", value=one.advice, rows=4),
    )
    shown = tuple(filled(field, typed, sentences) for field in fields)
    confirmed = one.state is LessonState.CONFIRMED
    return FieldForm(
        title=_("Word it anew") if confirmed else _("Confirm it"),
        action=f"/lessons/{one.id}",
        fields=shown,
        button=_("Keep these words") if confirmed else _("Confirm in these words"),
        errors=error_lines(shown),
        hidden=(("state", LessonState.CONFIRMED.value),),
    )


def _dismiss_form(
    one: LessonView, tongue: Tongue, typed: Typed, errors: Sequence[FieldError]
) -> FieldForm:
    _ = tongue.word
    sentences = errors_for([e for e in errors if e.pointer == "/reason"], tongue)
    fields = (
        filled(FormField("reason", _("Why it is none"), "text", required=True), typed, sentences),
    )
    return FieldForm(
        title=_("Dismiss it"),
        action=f"/lessons/{one.id}",
        fields=fields,
        button=_("Dismiss"),
        errors=error_lines(fields),
        hidden=(("state", LessonState.DISMISSED.value),),
        hints=(_("It stays in the list of dismissed ones and is not proposed again."),),
    )


def write_form(
    tongue: Tongue,
    actions: Sequence[tuple[str, str]],
    typed: Typed = NONE,
    errors: Sequence[FieldError] = (),
) -> FieldForm:
    """Return the form for a lesson by hand.

    Parameters
    ----------
    actions : code and name of each Action that it may rest on
    """
    _ = tongue.word
    sentences = errors_for(errors, tongue)
    fields = (
        FormField("text", _("The conclusion"), "textarea", required=True),
        FormField("advice", _("What to do next time"), "textarea"),
        FormField(
            "actions",
            _("Actions it rests on"),
            "select",
            choices=tuple(Choice(code, name) for code, name in actions),
            multiple=True,
            required=True,
        ),
        FormField("topics", _("Topic"), "select", choices=_topics(tongue)),
        FormField(
            "kind",
            _("It is about"),
            "select",
            choices=(Choice("", _("not said")), *choices(tongue, FindingKind)),
        ),
        FormField("is_strength", _("Which way"), "select", choices=_ways(tongue)),
    )
    shown = tuple(replace(filled(one, typed, sentences), prefix="w-") for one in fields)
    return FieldForm(
        title=_("Write a lesson"),
        action="/lessons",
        fields=shown,
        button=_("Keep the lesson"),
        errors=error_lines(shown),
    )


def _topics(tongue: Tongue) -> tuple[Choice, ...]:
    each = (Choice(one.code, topics.label(one.code, tongue.code)) for one in topics.topics())
    return (Choice("", tongue.word("What the Actions have in common")), *each)


def _ways(tongue: Tongue) -> tuple[Choice, ...]:
    _ = tongue.word
    return (
        Choice("", _("not said")),
        Choice("true", _("Strength")),
        Choice("false", _("Weakness")),
    )


def lesson_from(typed: Typed) -> dict[str, Any]:
    """Return what the form says, for validation."""
    said = {name: values[-1].strip() for name, values in typed.items() if values}
    given: dict[str, Any] = {
        name: said[name] for name in ("text", "advice", "kind", "is_strength") if said.get(name)
    }
    given["actions"] = [code for code in typed.get("actions", ()) if code]
    if said.get("topics"):
        given["topics"] = [said["topics"]]
    return given
