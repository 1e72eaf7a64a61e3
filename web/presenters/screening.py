"""The screening checklist as a form, application rounds, and how a request stands to the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from roster.read import RequestDetail
from roster.read.screening import (
    CheckView,
    Finding,
    GuidelinesView,
    Intake,
    RoundView,
    ScreeningView,
)
from roster.reference import countries, topics
from roster.vocabulary import RequestStatus, ScreeningAnswer
from web.contexts.fiches import (
    CheckForm,
    RoundLine,
    RoundsPage,
    Said,
    ScreeningPage,
    SmallForm,
)
from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, Choice, DraftBox, Empty, FormField, Link
from web.contexts.requests import CheckLine
from web.forms import error_lines, errors_by_field, filled
from web.presenters.fiche_page import Refused
from web.presenters.request_form import Typed
from web.presenters.request_head import head_of, path_of
from web.tongues import Tongue
from web.wording import choices, marked, say

_WORDS: dict[str, tuple[str, str]] = {
    "eligible_country": (
        marked("Who asks"),
        marked("Does the request come from a country or body that may ask this facility?"),
    ),
    "eligible_area": (
        marked("Area"),
        marked("Do its topics belong to the areas that this facility works in?"),
    ),
    "coherence": (
        marked("Coherence"),
        marked("Does it fit what was done before, and what others do now?"),
    ),
    "ownership": (
        marked("Ownership"),
        marked("Does the authority want it itself, and will it take part with people of its own?"),
    ),
    "sustainability": (
        marked("Sustainability"),
        marked("Will the results be used, kept and paid for when the Action has ended?"),
    ),
}


def point_words(item: str, tongue: Tongue) -> str:
    """Return a point of the checklist as people call it."""
    return tongue.word(_WORDS[item][0]) if item in _WORDS else item


_STATES = {
    ScreeningAnswer.YES: "pass",
    ScreeningAnswer.NO: "fail",
    ScreeningAnswer.UNKNOWN: "unknown",
}


def item_words(item: str, tongue: Tongue) -> tuple[str, str]:
    """Return the title and the question of a point; one of the facility's own has its code."""
    if item in _WORDS:
        title, question = _WORDS[item]
        return tongue.word(title), tongue.word(question)
    return item.replace("_", " ").capitalize(), ""


def finding_words(item: str, finding: Finding, tongue: Tongue) -> str:
    """Say what rules and fields tell of a point."""
    _ = tongue.word
    named = tongue.listed([_code_words(code, tongue) for code in finding.codes])
    if item == "eligible_country":
        words = {
            ScreeningAnswer.YES: _("By the rules: may ask"),
            ScreeningAnswer.NO: _("By the rules: %(who)s may not ask", who=named),
            ScreeningAnswer.UNKNOWN: _("Not all of them may ask: %(who)s may not", who=named)
            if named
            else _("No country is named, so the rules cannot tell"),
        }
    else:
        words = {
            ScreeningAnswer.YES: _("By the rules: within the areas"),
            ScreeningAnswer.NO: _("By the rules: outside the areas: %(topics)s", topics=named),
            ScreeningAnswer.UNKNOWN: _("The rules cannot tell: %(topics)s", topics=named)
            if named
            else _("No topic is named, so the rules cannot tell"),
        }
    return words[finding.answer]


def _code_words(code: str, tongue: Tongue) -> str:
    if countries.is_country(code):
        return tongue.country(code)
    return topics.label(code, tongue.code) if topics.is_topic(code) else code


def page_of(
    frame: Frame,
    found: RequestDetail,
    view: ScreeningView,
    today: date,
    tongue: Tongue,
    *,
    may_write: bool,
    refused: Refused,
    draft: DraftBox | None = None,
) -> ScreeningPage:
    """Return the checklist; `refused` is what was typed, and why it could not be kept."""
    _ = tongue.word
    by_field = errors_by_field(refused.errors)
    checks = tuple(_form(one, refused.typed or {}, by_field, tongue) for one in view.checks)
    is_new = found.row.status is RequestStatus.RECEIVED
    fields = [field for one in checks for field in (one.answer, one.note)]
    return ScreeningPage(
        frame=frame,
        head=head_of(found, "screening", today, tongue),
        finding=_open_points(len(view.open_items), tongue),
        action=path_of(found, "screening"),
        checks=checks,
        may_write=may_write,
        finish=_("Save and end the screening") if is_new else "",
        draft=draft,
        errors=error_lines(fields),
        problem=refused.problem,
        actions=tuple(Link(one.name, f"/actions/{one.code}") for one in view.actions[:12]),
        projects=tuple(
            (
                one.title,
                one.period,
                Chip("look", _("at the same time")) if one.overlaps else None,
            )
            for one in view.projects[:12]
        ),
    )


def _open_points(left: int, tongue: Tongue) -> str:
    if not left:
        return tongue.word("Every point is answered")
    return tongue.words("%(num)s point is open", "%(num)s points are open", left)


def _form(one: CheckView, typed: Typed, errors: Mapping[str, str], tongue: Tongue) -> CheckForm:
    title, question = item_words(one.item, tongue)
    proposed = one.answer or (one.finding.answer if one.finding else None)
    if proposed is ScreeningAnswer.UNKNOWN and one.answer is None:
        proposed = None  # What nobody can tell by rule is no answer yet.
    on = frozenset({proposed.value} if proposed else ())
    answer = FormField(
        f"answer_{one.item}",
        question or title,  # The name of the group: what is asked, not that something is.
        "radios",
        choices=choices(tongue, ScreeningAnswer, on),
    )
    about = tongue.word("Note on “%(point)s”", point=title)
    note = FormField(f"note_{one.item}", about, value=one.note, wide=True)
    return CheckForm(
        title=title,
        finding=Chip(_STATES[one.finding.answer], finding_words(one.item, one.finding, tongue))
        if one.finding
        else None,
        answer=filled(answer, typed, errors),
        note=filled(note, typed, errors),
        by=tongue.word("Answered by %(who)s", who=one.by) if one.by else "",
    )


def check_lines(view: ScreeningView, tongue: Tongue) -> tuple[CheckLine, ...]:
    """Return the checklist as read, for the page of the request."""
    lines = []
    for one in view.checks:
        title, _question = item_words(one.item, tongue)
        state = _STATES[one.answer] if one.answer and one.is_answered else "unknown"
        said = [say(tongue, one.answer)] if one.answer else [tongue.word("not answered yet")]
        lines.append(CheckLine(state, title, ". ".join([*said, *filter(None, (one.note,))])))
    return tuple(lines)


def intake_notes(intake: Intake, tongue: Tongue) -> tuple[str, ...]:
    """Say what speaks against a request by the rules, and in which round it came."""
    found = []
    for item, one in (
        ("eligible_country", intake.eligible_country),
        ("eligible_area", intake.eligible_area),
    ):
        if one.answer is ScreeningAnswer.NO:
            found.append(finding_words(item, one, tongue))
    if intake.outside_rounds:
        found.append(tongue.word("Received outside every application round."))
    return tuple(found)


# --- Rounds ---------------------------------------------------------------------------------------


def rounds_page(
    frame: Frame,
    found: Sequence[RoundView],
    guidelines: Sequence[GuidelinesView],
    today: date,
    tongue: Tongue,
    *,
    may_write: bool,
    refused: Refused,
) -> RoundsPage:
    """Return rounds and guidelines; a form that was refused is the id of a round, or a word."""
    _ = tongue.word
    which, typed, by_field = refused.form, refused.typed or {}, errors_by_field(refused.errors)
    forms: tuple[SmallForm, ...] = ()

    def form_of(one: RoundView) -> SmallForm | None:
        sent = (typed, by_field) if which == str(one.id) else ()
        return round_form(one, guidelines, tongue, *sent) if may_write else None

    if may_write:
        new = round_form(None, guidelines, tongue, *((typed, by_field) if which == "new" else ()))
        guide = guidelines_form(tongue, *((typed, by_field) if which == "guide" else ()))
        forms = (new, guide)
    return RoundsPage(
        frame=frame,
        head=Head(
            _("Application rounds"), (Link(_("Requests"), "/requests"),), _("application rounds")
        ),
        finding=tongue.words("%(num)s round", "%(num)s rounds", len(found)),
        rounds=tuple(_round_line(one, today, tongue, form_of(one)) for one in found),
        guidelines=tuple(_guidelines(one, tongue) for one in guidelines),
        forms=forms,
        empty=None if found else _no_round(tongue),
    )


def _guidelines(one: GuidelinesView, tongue: Tongue) -> Said:
    _ = tongue.word
    return Said(
        one.title,
        tongue.day(one.approved_on) if one.approved_on else _("not approved yet"),
        _("Version %(number)s", number=tongue.number(one.version)),
        one.text,
    )


def _no_round(tongue: Tongue) -> Empty:
    return Empty(
        tongue.word("No round is set"),
        tongue.word(
            "Where a facility takes requests in rounds, each request falls into one of them by "
            "the day of its receipt."
        ),
    )


def _round_line(one: RoundView, today: date, tongue: Tongue, form: SmallForm | None) -> RoundLine:
    chip = None
    if one.opens <= today <= one.closes:
        chip = Chip("pass", tongue.word("open now"))
    elif today < one.opens:
        chip = Chip("clock", tongue.word("opens %(day)s", day=tongue.day(one.opens)))
    return RoundLine(
        name=one.name,
        days=tongue.days(one.opens, one.closes),
        guidelines=tongue.word("Guidelines, version %(number)s", number=one.guidelines)
        if one.guidelines
        else tongue.word("no guidelines named"),
        requests=tongue.words("%(num)s request", "%(num)s requests", one.requests),
        chip=chip,
        form=form,
    )


def round_form(
    one: RoundView | None,
    guidelines: Sequence[GuidelinesView],
    tongue: Tongue,
    typed: Typed | None = None,
    errors: Mapping[str, str] | None = None,
) -> SmallForm:
    """Return the form of a round, a new one or one to be changed."""
    _ = tongue.word
    prefix = f"{one.id.hex[:8]}-" if one else "new-"
    named = str(one.guidelines_id) if one and one.guidelines_id else ""
    versions = tuple(
        Choice(
            str(each.id),
            _("Version %(number)s", number=tongue.number(each.version)),
            str(each.id) == named,
        )
        for each in guidelines
    )
    fields = (
        FormField("name", _("Name"), value=one.name if one else "", required=True, prefix=prefix),
        FormField("opens", _("First day"), "date", str(one.opens) if one else "", required=True,
                  prefix=prefix),
        FormField("closes", _("Last day"), "date", str(one.closes) if one else "", required=True,
                  prefix=prefix),
        FormField("guidelines_id", _("Guidelines"), "select", prefix=prefix,
                  choices=(Choice("", _("none"), not named), *versions)),
    )  # fmt: skip
    shown = tuple(filled(field, typed or {}, errors or {}) for field in fields)
    return SmallForm(
        title=_("Change this round") if one else _("New round"),
        action=f"/rounds/{one.id}" if one else "/rounds",
        fields=shown,
        send=_("Save"),
        errors=error_lines(shown),
        open=bool(errors),
    )


def guidelines_form(
    tongue: Tongue, typed: Typed | None = None, errors: Mapping[str, str] | None = None
) -> SmallForm:
    """Return the form of a new version of the guidelines."""
    _ = tongue.word
    fields = (
        FormField("title", _("Title"), required=True, prefix="g-"),
        FormField("approved_on", _("Approved on"), "date", prefix="g-"),
        FormField("text", _("Words of the guidelines"), "textarea", rows=8, prefix="g-"),
    )
    shown = tuple(filled(field, typed or {}, errors or {}) for field in fields)
    return SmallForm(
        title=_("New version of the guidelines"),
        action="/guidelines",
        fields=shown,
        send=_("Save as a new version"),
        errors=error_lines(shown),
        open=bool(errors),
    )
