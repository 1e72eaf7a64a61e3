"""The plan of an Action: one version with its activities along the time, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_skeleton

from roster.dates import PartialDate, Period
from roster.read import (
    ActionView,
    ActivityChange,
    ActivityView,
    Deliverable,
    PlanBook,
    PlanDifference,
    PlanVersion,
)
from roster.vocabulary import (
    ActivityStatus,
    ActivityType,
    Intervention,
    Modality,
    PlanStatus,
)
from web.action_words import FIELD_WORDS, say
from web.contexts.action_pages import (
    ChangedField,
    ChangeLine,
    Gantt,
    GanttRow,
    PlanLine,
    PlanPage,
    SmallForm,
    VersionLine,
)
from web.contexts.experts import TimeTick
from web.contexts.layout import Frame
from web.contexts.parts import Chip, Empty, FormField, Link, Notice, PostButton, percent
from web.presenters.action_head import head_of, path_of
from web.presenters.actions import activity_words
from web.tongues import Tongue
from web.wording import marked

_ROW_PX, _AXIS_PX = 34, 22
_MOST_TICKS = 8
_STATES = {
    ActivityStatus.PLANNED: "clock",
    ActivityStatus.DONE: "done",
    ActivityStatus.CANCELLED: "fail",
}
_BARS = {
    ActivityStatus.PLANNED: "planned",
    ActivityStatus.DONE: "mission",
    ActivityStatus.CANCELLED: "off",
}
_PLANS = {PlanStatus.DRAFT: "look", PlanStatus.APPROVED: "done", PlanStatus.REPLACED: "note"}
_CHANGES = {
    "added": ("pass", marked("Added")),
    "dropped": ("fail", marked("Dropped")),
    "changed": ("look", marked("Changed")),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Which version is shown to one reader, and beside what."""

    book: PlanBook
    version: PlanVersion | None
    difference: PlanDifference | None
    today: date
    may_write: bool = False
    problem: str = ""


def plan_page(frame: Frame, tongue: Tongue, action: ActionView, what: Shown) -> PlanPage:
    """Return one version of the plan; forms only for whoever may write."""
    _ = tongue.word
    book, shown, difference = what.book, what.version, what.difference
    may_write = what.may_write
    is_draft = shown is not None and shown.status is PlanStatus.DRAFT
    edits = may_write and is_draft
    activities = shown.activities if shown else ()
    return PlanPage(
        frame=frame,
        head=head_of(action, "plan", tongue),
        finding=_finding(tongue, shown),
        versions=tuple(
            _version(tongue, action, one, book, shown) for one in reversed(book.versions)
        ),
        activities=tuple(
            _line(tongue, action, one, at, len(activities), shown, may_write)
            for at, one in enumerate(activities)
        ),
        gantt=_gantt(tongue, activities, what.today),
        changes=tuple(_change(tongue, one) for one in difference.changes) if difference else (),
        changes_finding=_changes_finding(tongue, difference) if difference else "",
        notice=_mission_notice(tongue, book) if may_write else None,
        begin=PostButton(_("Begin a new version"), path_of(action.code, "plan", "draft"))
        if may_write and book.draft is None
        else None,
        add=Link(_("Add an activity"), path_of(action.code, "plan", "activities", "new"))
        if edits
        else None,
        approve=_approve(tongue, action) if edits and activities else None,
        discard=PostButton(_("Throw the draft away"), path_of(action.code, "plan", "discard"))
        if edits and book.approved
        else None,
        problem=what.problem,
        empty=None
        if activities
        else Empty(_("No activity stands in this plan"), _("Add the first one to the draft.")),
    )


def _finding(tongue: Tongue, shown: PlanVersion | None) -> str:
    if shown is None:
        return tongue.word("There is no plan yet")
    count = len(shown.activities)
    done = sum(one.status is ActivityStatus.DONE for one in shown.activities)
    told = tongue.words("%(num)s activity", "%(num)s activities", count)
    if done:
        told = tongue.word("%(what)s, %(count)s done", what=told, count=tongue.number(done))
    return tongue.word(
        "Version %(version)s: %(what)s", version=tongue.number(shown.version), what=told
    )


def _mission_notice(tongue: Tongue, book: PlanBook) -> Notice | None:
    if book.mission_done is None:
        return None
    return Notice(
        "look",
        tongue.word("A fact-finding mission is done."),
        tongue.word(
            "“%(title)s” may change what is planned: begin a new version and have it approved.",
            title=book.mission_done,
        ),
    )


def _version(
    tongue: Tongue, action: ActionView, one: PlanVersion, book: PlanBook, shown: PlanVersion | None
) -> VersionLine:
    _ = tongue.word
    path = path_of(action.code, "plan")
    who = one.approved_by or one.by or _("the system")
    when = one.approved_on or one.created_at.date()
    before = max((v.version for v in book.versions if v.version < one.version), default=None)
    compare = None
    if before is not None:
        words = _("What changed since version %(version)s", version=tongue.number(before))
        compare = Link(words, f"{path}?version={one.version}&against={before}#changes-h")
    return VersionLine(
        label=_("Version %(version)s", version=tongue.number(one.version)),
        href=f"{path}?version={one.version}",
        chip=Chip(_PLANS[one.status], say(tongue, one.status)),
        why=one.reason,
        who=_("%(who)s, %(day)s", who=who, day=tongue.day(when)),
        current=shown is not None and one.version == shown.version,
        compare=compare,
    )


def _approve(tongue: Tongue, action: ActionView) -> SmallForm:
    _ = tongue.word
    hint = _("Whoever reads the next version will ask.")
    return SmallForm(
        path_of(action.code, "plan", "approval"),
        (FormField("reason", _("Why the plan is as it is"), required=True, hint=hint),),
        _("Approve"),
    )


def _line(
    tongue: Tongue,
    action: ActionView,
    one: ActivityView,
    at: int,
    count: int,
    shown: PlanVersion | None,
    may_write: bool,
) -> PlanLine:
    _ = tongue.word
    draft = shown is not None and shown.status is PlanStatus.DRAFT
    own = path_of(action.code, "plan", "activities", str(one.lineage))
    edit: Link | None = None
    buttons: tuple[PostButton, ...] = ()
    if may_write and draft:
        edit = Link(_("Change"), own)
        buttons = tuple(_buttons(tongue, own, one, at, count))
    elif may_write and shown is not None and shown.status is PlanStatus.APPROVED:
        report = path_of(action.code, "activities", str(one.lineage))
        edit = Link(_("Report"), report)
    return PlanLine(
        id=str(one.id),
        number=tongue.number(at + 1),
        title=one.title,
        kind=", ".join(activity_words(tongue, code.value) for code in (one.type, *one.also)),
        when=when_of(tongue, one),
        place=_place(tongue, one),
        days=tongue.number(one.days) if one.days is not None else "",
        chip=Chip(_STATES[one.status], say(tongue, one.status)),
        more=_more(tongue, one),
        edit=edit,
        buttons=buttons,
    )


def _buttons(
    tongue: Tongue, own: str, one: ActivityView, at: int, count: int
) -> Sequence[PostButton]:
    made = []
    if at:
        made.append(PostButton(tongue.word("Up"), f"{own}/move", (("up", "1"),)))
    if at + 1 < count:
        made.append(PostButton(tongue.word("Down"), f"{own}/move"))
    if one.status is not ActivityStatus.DONE:
        made.append(PostButton(tongue.word("Drop"), f"{own}/drop"))
    return made


def when_of(tongue: Tongue, one: ActivityView) -> str:
    """Say when an activity is; empty where nobody said."""
    if one.starts is None and one.ends is None:
        return ""
    return tongue.period(Period(one.starts, one.ends or one.starts))


def _place(tongue: Tongue, one: ActivityView) -> str:
    how = say(tongue, one.modality) if one.modality else ""
    return ", ".join(filter(None, (one.place, how)))


def _more(tongue: Tongue, one: ActivityView) -> tuple[tuple[str, str], ...]:
    people = ""
    if one.participants is not None:
        people = tongue.number(one.participants)
        if one.women is not None:
            women = tongue.words("%(num)s woman", "%(num)s women", one.women)
            people = f"{people}, {women}"
        elif one.few:
            people = f"{people}, {tongue.word('women: fewer than five, or all but few')}"
    elif one.few:
        people = tongue.word("fewer than five")
    pairs = (
        ("intervention", say(tongue, one.intervention) if one.intervention else ""),
        ("participants", people),
        ("institutions", "; ".join(one.institutions)),
        ("counterparts", "; ".join(one.counterparts)),
        ("deliverables", "; ".join(_deliverable(tongue, each) for each in one.deliverables)),
        ("note", one.note),
    )
    return tuple((tongue.word(FIELD_WORDS[name]), said) for name, said in pairs if said)


def _deliverable(tongue: Tongue, one: Deliverable) -> str:
    if one.done:
        return f"{one.title} ({tongue.word('done %(day)s', day=tongue.day(one.done))})"
    if one.due:
        return f"{one.title} ({tongue.word('due %(day)s', day=tongue.day(one.due))})"
    return one.title


def _changes_finding(tongue: Tongue, difference: PlanDifference) -> str:
    if not difference.changes:
        return tongue.word("Nothing changed between the two versions")
    told = tongue.words(
        "%(num)s activity differs", "%(num)s activities differ", len(difference.changes)
    )
    return tongue.word(
        "%(what)s from version %(version)s", what=told, version=tongue.number(difference.before)
    )


def _change(tongue: Tongue, one: ActivityChange) -> ChangeLine:
    state, words = _CHANGES[one.kind]
    return ChangeLine(
        Chip(state, tongue.word(words)),
        one.title,
        tuple(
            ChangedField(
                tongue.word(FIELD_WORDS[field.field]),
                _said(tongue, field.before),
                _said(tongue, field.after),
            )
            for field in one.fields
        ),
    )


def _said(tongue: Tongue, value: object) -> str:
    if value is None or value in {"", ()}:
        return tongue.word("not said")
    if isinstance(value, tuple):
        return "; ".join(_said(tongue, one) for one in value)
    return _one_said(tongue, value)


def _one_said(tongue: Tongue, value: object) -> str:
    if isinstance(value, Deliverable):
        return _deliverable(tongue, value)
    if isinstance(value, PartialDate):
        return tongue.partial(value)
    if isinstance(value, ActivityType):
        return activity_words(tongue, value.value)
    if isinstance(value, Intervention | Modality):
        return say(tongue, value)
    return tongue.number(value) if isinstance(value, int) else str(value)


def _gantt(tongue: Tongue, activities: Sequence[ActivityView], today: date) -> Gantt | None:
    """Draw the activities that have a date, in the order of the plan; None where none has."""
    dated = [
        (one, one.starts.first_day, (one.ends or one.starts).last_day)
        for one in activities
        if one.starts is not None
    ]
    if not dated:
        return None
    first = min(start for _, start, _ in dated).replace(day=1)
    last = max(*(end for _, _, end in dated), first + timedelta(days=60))
    whole = (last - first).days + 1

    def place(day: date) -> str:
        return percent((day - first).days, whole)

    undated = [one.title for one in activities if one.starts is None]
    return Gantt(
        title=tongue.word("Activities along the time"),
        rows=tuple(
            GanttRow(
                label=one.title,
                when=when_of(tongue, one),
                y=str(at * _ROW_PX + 16),
                text_y=str(at * _ROW_PX + 12),
                x=place(start),
                width=percent(max((end - start).days + 1, whole / 100), whole),
                css=_BARS[one.status],
                title=f"{one.title}: {when_of(tongue, one)}, {say(tongue, one.status)}",
            )
            for at, (one, start, end) in enumerate(dated)
        ),
        ticks=_ticks(tongue, first, last, whole),
        today=place(today) if first <= today <= last else "",
        height=str(len(dated) * _ROW_PX + _AXIS_PX),
        undated=tongue.word("Without a date: %(titles)s.", titles="; ".join(undated))
        if undated
        else "",
    )


def _ticks(tongue: Tongue, first: date, last: date, whole: int) -> tuple[TimeTick, ...]:
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next(s for s in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if months / s <= _MOST_TICKS)
    ticks = []
    for ahead in range(0, months, step):
        year, month = divmod(first.year * 12 + first.month - 1 + ahead, 12)
        day = date(year, month + 1, 1)
        label = str(format_skeleton("yMMM", day, locale=tongue.calendar))
        ticks.append(TimeTick(percent((day - first).days, whole), label))
    return tuple(ticks)
