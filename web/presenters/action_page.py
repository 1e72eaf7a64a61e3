"""One Action: what it was for, what was done, what came of it and what became of that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from roster.delivery.actions import CLOSED, FOLLOWING
from roster.read import (
    ActionResultView,
    ActionStep,
    ActionView,
    ActivityView,
    FollowUpView,
    RequestOf,
)
from roster.reference import topics
from roster.vocabulary import (
    ActionStatus,
    ActivityStatus,
    Adopted,
    Constituent,
    ResultState,
)
from web.action_words import options, say
from web.contexts.action_pages import FollowUpLine, FollowUpsPage, SmallForm, StepLine
from web.contexts.actions import ActionDetailPage, ActivityLine, ResultLine
from web.contexts.layout import Frame
from web.contexts.parts import Chip, Choice, Empty, FormField, Link, Notice
from web.presenters.action_head import STATUS_WORDS, head_of, path_of
from web.presenters.actions import activity_words
from web.tongues import Tongue
from web.wording import marked

_KINDS = {
    "eu_administration": marked("Member State administration"),
    "non_eu_administration": marked("Non-EU administration"),
    "academia": marked("Academia"),
    "private_consultant": marked("Private consultant"),
    "ngo": marked("NGO"),
    "international_organisation": marked("International organisation"),
    "diaspora": marked("Diaspora"),
}
_BASIS = {
    "printed": marked("as printed"),
    "inferred": marked("inferred from the text"),
    "to be determined": marked("to be determined"),
}


_MOVES = {
    ActionStatus.IN_PREPARATION: marked("Take up again, in preparation"),
    ActionStatus.ONGOING: marked("It runs"),
    ActionStatus.COMPLETED: marked("Close as completed"),
    ActionStatus.ON_HOLD: marked("Put on hold"),
    ActionStatus.CANCELLED: marked("Cancel"),
}
_ADOPTED = {
    Adopted.YES: "pass",
    Adopted.PARTLY: "look",
    Adopted.NO: "fail",
    Adopted.UNKNOWN: "unknown",
}


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around an Action for one reader."""

    today: date
    may_write: bool = False
    steps: Sequence[ActionStep] = ()
    asked: Sequence[FollowUpView] = ()
    requests: Sequence[RequestOf] = ()
    problem: str = ""
    """What was refused, said at the top."""


def detail_page(
    frame: Frame, tongue: Tongue, action: ActionView, around: Around
) -> ActionDetailPage:
    """Return the page of one Action; forms only for whoever may write."""
    count, may_write = len(action.activities), around.may_write
    return ActionDetailPage(
        frame=frame,
        head=head_of(action, "overview", tongue),
        summary=action.objective,
        chips=tuple(
            Chip("note", topics.label(code, tongue.code))
            for code in action.topics
            if topics.is_topic(code)
        ),
        activities=tuple(_activity_line(tongue, one) for one in action.activities),
        activities_finding=tongue.words("%(num)s activity", "%(num)s activities", count),
        results=tuple(_result(tongue, action, one, may_write) for one in action.results),
        results_finding=_results_finding(tongue, action),
        expertise=tuple(
            (
                tongue.word(_KINDS[one.kind.value]) if one.kind else tongue.word("kind not said"),
                _mention(tongue, one.country, one.country_group, one.basis),
            )
            for one in action.expertise
        ),
        lessons=action.notes,
        related=tuple(
            Link(f"{one.code}, {one.title}", f"/requests/{one.id}") for one in around.requests
        ),
        source=action.plan_reason,
        origin=action.origin.value,
        edit=Link(tongue.word("Correct"), path_of(action.code, "edit")) if may_write else None,
        move=_move(tongue, action, around.today) if may_write else None,
        expect=_expect(tongue, action) if may_write else None,
        history=tuple(_step(tongue, one) for one in around.steps),
        follow_ups=tuple(follow_up(tongue, one, may_write) for one in around.asked),
        standing=_standing(tongue, action),
        problem=around.problem,
    )


def _results_finding(tongue: Tongue, action: ActionView) -> str:
    count = len(action.results)
    said = sum(one.state is not ResultState.UNKNOWN for one in action.results)
    if not said:
        return tongue.words("%(num)s result", "%(num)s results", count)
    reached = sum(one.state is ResultState.REACHED for one in action.results)
    return tongue.words(
        "%(reached)s of %(num)s result reached",
        "%(reached)s of %(num)s results reached",
        count,
        reached=tongue.number(reached),
    )


def _result(
    tongue: Tongue, action: ActionView, one: ActionResultView, may_write: bool
) -> ResultLine:
    printed = tongue.word("expected when printed") if one.expected else tongue.word("achieved")
    unsaid = tongue.word("expected") if one.expected else tongue.word("achieved")
    known = one.state is not ResultState.UNKNOWN
    plain = printed if action.officer_id is None else unsaid
    return ResultLine(
        say(tongue, one.constituent),
        one.title,
        say(tongue, one.state) if known else plain,
        note=one.note,
        form=_judge(tongue, action, one) if may_write and one.id else None,
    )


def _judge(tongue: Tongue, action: ActionView, one: ActionResultView) -> SmallForm:
    _ = tongue.word
    prefix = f"r{one.id}-"
    return SmallForm(
        path_of(action.code, "results", str(one.id)),
        (
            FormField(
                "state",
                _("How far was it reached?"),
                "select",
                choices=options(tongue, ResultState, chosen=one.state.value),
                prefix=prefix,
            ),
            FormField("note", _("What shows it"), value=one.note, prefix=prefix),
        ),
        _("Keep"),
        _("Judge"),
    )


def _expect(tongue: Tongue, action: ActionView) -> SmallForm:
    _ = tongue.word
    return SmallForm(
        path_of(action.code, "results"),
        (
            FormField(
                "constituent",
                _("Constituent of migration governance"),
                "select",
                choices=options(tongue, Constituent),
                prefix="new-",
            ),
            FormField("title", _("Result that is expected"), required=True, prefix="new-"),
        ),
        _("Add"),
        _("Add a result"),
    )


def _move(tongue: Tongue, action: ActionView, today: date) -> SmallForm:
    _ = tongue.word
    ways = list(FOLLOWING[action.status])
    if action.on_hold:
        ways = [action.status, ActionStatus.CANCELLED]
    elif action.status not in CLOSED:
        ways.append(ActionStatus.ON_HOLD)
    taken_up = _("Take up again")
    choices = tuple(
        Choice(one.value, taken_up if one is action.status else _(_MOVES[one])) for one in ways
    )
    fields = [
        FormField("status", _("What happens"), "select", choices=choices, prefix="move-"),
        FormField(
            "reason",
            _("Why"),
            hint=_("Needed to hold, cancel or take up again."),
            prefix="move-",
        ),
    ]
    if ActionStatus.COMPLETED in ways or ActionStatus.CANCELLED in ways:
        fields.append(FormField("on", _("Day"), "date", value=today.isoformat(), prefix="move-"))
    return SmallForm(path_of(action.code, "status"), tuple(fields), _("Save"))


def _standing(tongue: Tongue, action: ActionView) -> Notice | None:
    if not action.standing_reason:
        return None
    status = ActionStatus.ON_HOLD if action.on_hold else action.status
    return Notice("look", tongue.word(STATUS_WORDS[status]), action.standing_reason)


def _step(tongue: Tongue, one: ActionStep) -> StepLine:
    status = ActionStatus.ON_HOLD if one.on_hold else one.to_status
    what = tongue.word(STATUS_WORDS[status])
    if one.from_status is None:
        what = tongue.word("Written down, %(status)s", status=what)
    return StepLine(
        what, one.by or tongue.word("the system"), tongue.day(one.at.date()), one.reason
    )


def follow_up(
    tongue: Tongue, one: FollowUpView, may_write: bool, *, with_action: bool = False
) -> FollowUpLine:
    """Return one question about a closed Action."""
    _ = tongue.word
    answered = one.adopted is not None
    when = _("asked from %(day)s", day=tongue.day(one.due_on))
    if answered and one.answered_on:
        who = one.by or _("the system")
        when = _("%(who)s, %(day)s", who=who, day=tongue.day(one.answered_on))
    chip = Chip("clock", _("Not answered"))
    if one.adopted is not None:
        words = say(tongue, one.adopted)
        day = f", {tongue.partial(one.adopted_on)}" if one.adopted_on else ""
        chip = Chip(_ADOPTED[one.adopted], words + day)
    return FollowUpLine(
        id=str(one.id),
        title=_occasion(tongue, one.occasion),
        when=when,
        chip=chip,
        action=Link(one.action_name, path_of(one.action_code)) if with_action else None,
        request=Link(one.request.code, f"/requests/{one.request.id}")
        if one.request and may_write
        else None,
        text=one.text,
        source=one.source,
        form=_answer(tongue, one) if may_write else None,
    )


def _occasion(tongue: Tongue, occasion: str) -> str:
    months = occasion.removesuffix("_months")
    if months.isdigit():
        return tongue.words(
            "%(num)s month after it closed", "%(num)s months after it closed", int(months)
        )
    return tongue.word("A second request came from the same country")


def _answer(tongue: Tongue, one: FollowUpView) -> SmallForm:
    _ = tongue.word
    prefix = f"u{one.id}-"
    chosen = one.adopted.value if one.adopted else None
    return SmallForm(
        f"/follow-ups/{one.id}",
        (
            FormField(
                "adopted",
                _("What became of it?"),
                "select",
                choices=options(tongue, Adopted, chosen=chosen),
                prefix=prefix,
            ),
            FormField(
                "adopted_on",
                _("When"),
                value=str(one.adopted_on or ""),
                hint=_("A year, a month or a day: 2027, 2027-03 or 2027-03-15."),
                prefix=prefix,
            ),
            FormField("text", _("In words"), "textarea", value=one.text, rows=3, prefix=prefix),
            FormField(
                "source",
                _("Where it was learnt"),
                value=one.source,
                hint=_("A gazette, a letter, a call with the authority."),
                prefix=prefix,
            ),
        ),
        _("Keep"),
        _("Correct the answer") if one.adopted else _("Answer"),
    )


def follow_ups_page(
    frame: Frame,
    tongue: Tongue,
    asked: Sequence[FollowUpView],
    today: date,
    *,
    may_write: bool,
    problem: str = "",
) -> FollowUpsPage:
    """Return the questions about closed Actions that are due, and those answered."""
    _ = tongue.word
    due = [one for one in asked if one.adopted is None and one.due_on <= today]
    later = sum(one.adopted is None and one.due_on > today for one in asked)
    answered = [one for one in asked if one.adopted is not None]
    empty = None
    if not due:
        text = _("Six and twelve months after an Action closed, and when its country asks again.")
        if later:
            waits = tongue.words("%(num)s waits for its day.", "%(num)s wait for their day.", later)
            text = f"{text} {waits}"
        empty = Empty(_("Nothing is to be asked now"), text)
    return FollowUpsPage(
        frame=frame,
        title=_("What became of closed Actions"),
        finding=tongue.words("%(num)s question is open", "%(num)s questions are open", len(due)),
        open=tuple(follow_up(tongue, one, may_write, with_action=True) for one in due),
        answered=tuple(follow_up(tongue, one, may_write, with_action=True) for one in answered),
        back=Link(_("Actions"), "/actions"),
        problem=problem,
        empty=empty,
    )


def _activity_line(tongue: Tongue, one: ActivityView) -> ActivityLine:
    return ActivityLine(
        title=one.title,
        kind=", ".join(activity_words(tongue, code.value) for code in (one.type, *one.also)),
        intervention=say(tongue, one.intervention) if one.intervention else "",
        basis=_basis(tongue, one.intervention_basis),
        state=say(tongue, one.status) if one.status is not ActivityStatus.PLANNED else "",
    )


def _basis(tongue: Tongue, basis: str | None) -> str:
    words = {
        "rule": tongue.word("by the rule for the type"),
        "judgement": tongue.word("by judgement"),
    }
    return words.get(basis or "", "")


def _mention(tongue: Tongue, country: str | None, group: str | None, basis: str | None) -> str:
    who = tongue.country(country) if country else group or tongue.word("country not said")
    return f"{who}, {tongue.word(_BASIS[basis])}" if basis in _BASIS else who
