"""Who is sent for an Action: each with checklist, overlaps, and what there is to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from roster.read import ActionView, Clash, DeploymentView, PlanBook, Sendable, StepView
from roster.vocabulary import ChecklistStep, DeploymentStatus, SeatRole
from web.action_words import say
from web.contexts.action_pages import CheckLine, DeploymentCard, PeoplePage, SmallForm
from web.contexts.layout import Frame
from web.contexts.parts import (
    Chip,
    Choice,
    CountryMark,
    Empty,
    FormField,
    Link,
    PersonName,
    PostButton,
)
from web.forms import filled
from web.presenters.action_head import head_of, path_of
from web.tongues import Tongue
from web.wording import say as say_role

_STATES = {
    DeploymentStatus.PLANNED: "clock",
    DeploymentStatus.DONE: "done",
    DeploymentStatus.CANCELLED: "fail",
}


@dataclass(frozen=True, slots=True)
class Sending:
    """What the page knows beside the deployments."""

    today: date
    book: PlanBook
    may_write: bool = False
    people: Sequence[Sendable] = ()
    """Who may be sent."""
    request: Link | None = None
    """Where people are put on a team or a shortlist."""
    typed: Mapping[str, tuple[str, ...]] | None = None
    """What was sent and not saved."""
    errors: Mapping[str, str] | None = None
    clashes: Sequence[Clash] = ()
    """Found before saving: asked whether to send all the same."""
    problem: str = ""


def people_page(
    frame: Frame,
    tongue: Tongue,
    action: ActionView,
    sent: Sequence[DeploymentView],
    sending: Sending,
) -> PeoplePage:
    """Return who is sent; forms only for whoever may write."""
    _ = tongue.word
    planned = [one for one in sent if one.status is DeploymentStatus.PLANNED]
    done = sum(one.status is DeploymentStatus.DONE for one in sent)
    finding = tongue.words("%(num)s person is to go", "%(num)s people are to go", len(planned))
    if done:
        went = tongue.words("%(num)s went", "%(num)s went", done)
        finding = f"{finding}, {went}"
    cards = {one.id: _card(tongue, one, at, sending) for at, one in enumerate(sent, start=1)}
    add = _add(tongue, action, sending) if sending.may_write and sending.people else None
    return PeoplePage(
        frame=frame,
        head=head_of(action, "people", tongue, sent=len(planned) + done),
        finding=finding if sent else _("Nobody is sent yet"),
        cards=tuple(cards[one.id] for one in planned),
        over=tuple(cards[one.id] for one in sent if one.status is not DeploymentStatus.PLANNED),
        add=add,
        problem=sending.problem,
        warnings=tuple(clash_words(tongue, one) for one in sending.clashes),
        empty=_empty(tongue, sending) if not sent else None,
    )


def _empty(tongue: Tongue, sending: Sending) -> Empty:
    _ = tongue.word
    if not sending.may_write:
        return Empty(_("Nobody is sent yet"), "")
    if sending.people:
        return Empty(_("Nobody is sent yet"), _("Choose somebody of the team or shortlist below."))
    ways = (sending.request,) if sending.request else ()
    return Empty(
        _("Nobody is sent yet"),
        _("People who are sent come from the team or the shortlist of the request."),
        ways,
    )


def clash_words(tongue: Tongue, one: Clash) -> str:
    """Say which other deployment falls on the same days."""
    days = tongue.days(one.starts, one.ends)
    if one.action is None:
        return tongue.word("Deployed by another facility %(days)s.", days=days)
    return tongue.word("Deployed for %(action)s %(days)s.", action=one.action, days=days)


def _card(tongue: Tongue, one: DeploymentView, at: int, sending: Sending) -> DeploymentCard:
    _ = tongue.word
    ticked = sum(step.done_on is not None or step.by_itself for step in one.steps)
    acts = sending.may_write and one.expert_id is not None
    planned = one.status is DeploymentStatus.PLANNED
    warnings = [clash_words(tongue, clash) for clash in one.clashes]
    if one.is_dropped and planned:
        warnings.append(_("Its activity is no longer in the plan."))
    return DeploymentCard(
        id=str(one.id),
        person=_person(tongue, one, at),
        role=role_words(tongue, one.role),
        activity=one.activity or _("for the whole Action"),
        when=_when(tongue, one),
        chip=Chip(_STATES[one.status], say(tongue, one.status)),
        done=_(
            "%(done)s of %(all)s steps done",
            done=tongue.number(ticked),
            all=tongue.number(len(one.steps)),
        ),
        checks=tuple(_check(tongue, one, step, acts) for step in one.steps),
        warnings=tuple(warnings),
        reason=one.reason,
        tick=_tick(tongue, one, sending.today)
        if acts and one.status is not DeploymentStatus.CANCELLED
        else None,
        change=_change(tongue, one, sending) if acts and planned else None,
        finish=PostButton(_("It is done"), f"/deployments/{one.id}/done")
        if acts and planned and _is_over(one, sending.today)
        else None,
        cancel=_cancel(tongue, one) if acts and planned else None,
    )


def _is_over(one: DeploymentView, today: date) -> bool:
    last = one.ends or one.starts
    return last is not None and last <= today


def _person(tongue: Tongue, one: DeploymentView, at: int) -> PersonName:
    mark = CountryMark(one.country, tongue.country(one.country)) if one.country else None
    name = one.name or tongue.word("Expert %(number)s", number=tongue.number(at))
    return PersonName(name, f"/experts/{one.expert_id}" if one.expert_id else None, mark)


def role_words(tongue: Tongue, role: str) -> str:
    """Name a role: one of the list in the reader's language, any other as it was given."""
    known = {one.value: one for one in SeatRole}
    return say_role(tongue, known[role]) if role in known else role


def _when(tongue: Tongue, one: DeploymentView) -> str:
    days = tongue.words("%(num)s day of work", "%(num)s days of work", one.days) if one.days else ""
    if one.starts is None:
        return ", ".join(filter(None, (tongue.word("dates unknown"), days)))
    return ", ".join(filter(None, (tongue.days(one.starts, one.ends or one.starts), days)))


def _check(tongue: Tongue, one: DeploymentView, step: StepView, acts: bool) -> CheckLine:
    _ = tongue.word
    words = say(tongue, step.step)
    if step.done_on is not None:
        untick = PostButton(
            _("Take back"), f"/deployments/{one.id}/steps", (("step", step.step.value),)
        )
        return CheckLine(
            Chip("done", words), tongue.day(step.done_on), step.note, untick if acts else None
        )
    if step.by_itself:
        return CheckLine(Chip("done", words), _("the release was granted"))
    return CheckLine(Chip("unknown", words), _("to be done"))


def _tick(tongue: Tongue, one: DeploymentView, today: date) -> SmallForm | None:
    _ = tongue.word
    open_steps = [one.step for one in one.steps if one.done_on is None]
    if not open_steps:
        return None
    prefix = f"s{one.id}-"
    choices = tuple(
        Choice(step.value, say(tongue, step)) for step in ChecklistStep if step in open_steps
    )
    return SmallForm(
        f"/deployments/{one.id}/steps",
        (
            FormField("step", _("Done"), "select", choices=choices, prefix=prefix),
            FormField(
                "done_on", _("Day"), "date", value=today.isoformat(), required=True, prefix=prefix
            ),
            FormField("note", _("Note"), prefix=prefix),
        ),
        _("Tick"),
    )


def _cancel(tongue: Tongue, one: DeploymentView) -> SmallForm:
    _ = tongue.word
    prefix = f"c{one.id}-"
    return SmallForm(
        f"/deployments/{one.id}/cancel",
        (FormField("reason", _("Why"), required=True, prefix=prefix),),
        _("Call off"),
        _("Call off…"),
    )


def _change(tongue: Tongue, one: DeploymentView, sending: Sending) -> SmallForm:
    prefix = f"d{one.id}-"
    fields = _part_fields(tongue, sending, prefix)
    typed = {
        "lineage": (str(one.lineage) if one.lineage else "",),
        "role": (one.role,),
        "days": (str(one.days or ""),),
        "starts": (one.starts.isoformat() if one.starts else "",),
        "ends": (one.ends.isoformat() if one.ends else "",),
    }
    if one.role not in {role.value for role in SeatRole}:
        fields = tuple(
            FormField("role", field.label, value=one.role, required=True, prefix=prefix)
            if field.name == "role"
            else field
            for field in fields
        )
    return SmallForm(
        f"/deployments/{one.id}",
        tuple(filled(field, typed, {}) for field in fields),
        tongue.word("Save"),
        tongue.word("Change…"),
        hidden=(("expert_id", str(one.expert_id)),),
    )


def _add(tongue: Tongue, action: ActionView, sending: Sending) -> SmallForm:
    _ = tongue.word
    people = tuple(Choice(str(one.person.id), _candidate(tongue, one)) for one in sending.people)
    fields = [
        FormField("expert_id", _("Who"), "select", choices=people, prefix="add-"),
        *_part_fields(tongue, sending, "add-"),
    ]
    if sending.clashes:
        fields.append(
            FormField("anyway", _("Send this person all the same"), "check", prefix="add-")
        )
    typed, errors = sending.typed or {}, sending.errors or {}
    return SmallForm(
        path_of(action.code, "people"),
        tuple(filled(field, typed, errors) for field in fields),
        _("Send"),
        _("Send somebody"),
    )


def _candidate(tongue: Tongue, one: Sendable) -> str:
    home = one.person.home_country
    place = tongue.word("team") if one.in_team else tongue.word("shortlist")
    said = [one.person.display_name, tongue.country(home) if home else "", place]
    if one.is_sent:
        said.append(tongue.word("sent already"))
    return ", ".join(filter(None, said))


def _part_fields(tongue: Tongue, sending: Sending, prefix: str) -> tuple[FormField, ...]:
    _ = tongue.word
    plan = sending.book.approved or sending.book.draft
    activities = tuple(
        Choice(str(one.lineage), one.title) for one in (plan.activities if plan else ())
    )
    whole = Choice("", _("for the whole Action"))
    roles = tuple(Choice(one.value, say_role(tongue, one)) for one in SeatRole)
    return (
        FormField("lineage", _("Activity"), "select", choices=(whole, *activities), prefix=prefix),
        FormField("role", _("Role"), "select", choices=roles, prefix=prefix),
        FormField("days", _("Days of work"), "number", prefix=prefix),
        FormField(
            "starts",
            _("First day"),
            "date",
            hint=_("Left empty, those of the activity."),
            prefix=prefix,
        ),
        FormField("ends", _("Last day"), "date", prefix=prefix),
    )
