"""The head that all pages of one Action share."""

from __future__ import annotations

from roster.read import ActionView
from roster.reference import bodies
from roster.vocabulary import ActionStatus
from web.contexts.layout import Fact, Head, Tab
from web.contexts.parts import Chip, Link
from web.tongues import Tongue
from web.wording import marked

STATUS_WORDS = {
    ActionStatus.IN_PREPARATION: marked("In preparation"),
    ActionStatus.ONGOING: marked("Ongoing"),
    ActionStatus.COMPLETED: marked("Completed"),
    ActionStatus.ON_HOLD: marked("On hold"),
    ActionStatus.CANCELLED: marked("Cancelled"),
}


def path_of(code: str, *parts: str) -> str:
    """Return the path of a page of an Action."""
    return "/".join(("/actions", code, *parts))


def head_of(action: ActionView, current: str, tongue: Tongue, *, sent: int = 0) -> Head:
    """Return the head with its tabs; `current` is "overview", "plan", "people" or empty.

    Parameters
    ----------
    sent : people who are sent, as far as it is known here; 0 says nothing
    """
    _ = tongue.word
    count = len(action.activities)
    tabs = (
        ("overview", _("Overview"), (), ""),
        ("plan", _("Plan"), ("plan",), tongue.number(count) if count else ""),
        ("people", _("People"), ("people",), tongue.number(sent) if sent else ""),
    )
    status = ActionStatus.ON_HOLD if action.on_hold else action.status
    state = "look" if status in {ActionStatus.ON_HOLD, ActionStatus.CANCELLED} else "note"
    return Head(
        title=action.name,
        crumbs=(Link(_("Actions"), "/actions"),),
        here=action.region or "",
        facts=_facts(action, tongue),
        chips=(Chip(state, _(STATUS_WORDS[status])),),
        tabs=tuple(
            Tab(label, path_of(action.code, *parts), number, key == current)
            for key, label, parts, number in tabs
        ),
        tabs_name=_("This Action"),
    )


def _facts(action: ActionView, tongue: Tongue) -> tuple[Fact, ...]:
    _ = tongue.word
    facts = [Fact(_("For"), beneficiaries(tongue, action))]
    if action.authority:
        facts.append(Fact(_("Authority"), action.authority))
    facts.append(Fact(_("When"), years_of(tongue, action)))
    facts.append(Fact(_("Officer"), action.officer or _("nobody named")))
    if action.closed_on:
        facts.append(Fact(_("Closed"), tongue.day(action.closed_on)))
    return tuple(facts)


def beneficiaries(tongue: Tongue, action: ActionView) -> str:
    """Name the countries that benefit, else the body, else say that nobody is known."""
    named = tongue.listed([tongue.country(code) for code in action.countries])
    return named or _body(action.regional_body) or tongue.word("country unknown")


def _body(code: str | None) -> str:
    known = {one.id: one.name for one in bodies.bodies()}
    return known.get(code or "", code or "")


def years_of(tongue: Tongue, action: ActionView) -> str:
    """Say from when to when an Action ran, no more precisely than printed."""
    if action.starts is None:
        return tongue.word("dates unknown")
    if action.ends is None:
        return tongue.word("from %(date)s, end unknown", date=tongue.partial(action.starts))
    return f"{tongue.partial(action.starts)} – {tongue.partial(action.ends)}"
