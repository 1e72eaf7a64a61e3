"""The form that asks for a plan: the address is the whole question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from roster.inputs import PortfolioInput
from roster.read import OpenRequest
from roster.vocabulary import Priority
from web.contexts.layout import Frame
from web.contexts.parts import Choice, Empty, FormField, Link
from web.contexts.portfolio import PlanForm, PortfolioPage, RequestChoice
from web.presenters.portfolio import when
from web.tongues import Tongue

OUT = "out"
"""A request that is left out, where a priority may stand."""


def form_page(
    frame: Frame, form: PlanForm, tongue: Tongue, empty: Empty | None = None
) -> PortfolioPage:
    """Return the page before anything is planned."""
    number = len(form.requests)
    finding = tongue.words(
        "%(num)s open request falls into this period or has no dates.",
        "%(num)s open requests fall into this period or have no dates.",
        number,
    )
    return PortfolioPage(frame=frame, finding=finding, form=form, empty=empty)


def nothing_open(tongue: Tongue) -> Empty:
    """Say that there is nothing to plan."""
    return Empty(
        tongue.word("No request is open in this period"),
        tongue.word("Choose other days, or take a request in."),
        (Link(tongue.word("All requests"), "/requests"),),
    )


def form_of(
    given: PortfolioInput,
    wishes: Mapping[UUID, str],
    requests: Sequence[OpenRequest],
    tongue: Tongue,
) -> PlanForm:
    """Return the form with what was asked.

    Parameters
    ----------
    wishes : request → a `Priority`, or `OUT`
    """
    return PlanForm(
        action="/portfolio",
        fields=_fields(given, tongue),
        requests=tuple(
            _choice(number, one, wishes.get(one.id, ""), tongue)
            for number, one in enumerate(requests, start=1)
        ),
        hint=tongue.word("Everybody is ranked for each request: this takes some seconds."),
        hide_names=given.blind,
    )


def _fields(given: PortfolioInput, tongue: Tongue) -> tuple[FormField, ...]:
    _ = tongue.word
    trips, days = given.most_deployments_a_year, given.most_days_a_year
    newcomers = f"{100 * given.least_newcomers:g}" if given.least_newcomers else ""
    return (
        FormField("starts", _("First day"), "date", given.starts.isoformat()),
        FormField("ends", _("Last day"), "date", given.ends.isoformat()),
        FormField("size", _("Seats of each team"), "number", str(given.size)),
        FormField(
            "trips",
            _("Deployments of one person in a year, at most"),
            "number",
            str(trips) if trips else "",
            hint=_("Those on record count. Empty: no cap."),
        ),
        FormField(
            "days",
            _("Days out of one person in a year, at most"),
            "number",
            str(days) if days else "",
            hint=_("All days of an activity count. Empty: no cap."),
        ),
        FormField("margin", _("Days between two activities"), "number", str(given.margin_days)),
        FormField("newcomers", _("Seats for people never deployed, percent"), "number", newcomers),
    )


def _choice(number: int, one: OpenRequest, wish: str, tongue: Tongue) -> RequestChoice:
    options = (
        (Priority.NORMAL.value, tongue.word("Normal")),
        (Priority.HIGH.value, tongue.word("High")),
        (Priority.LOW.value, tongue.word("Low")),
        (OUT, tongue.word("Leave out")),
    )
    wish = wish or Priority.NORMAL.value
    return RequestChoice(
        title=one.title,
        href=f"/requests/{one.id}",
        reference=one.code,
        when=when(one, tongue),
        urgency=one.urgency or "",
        field=FormField(
            "plan",
            tongue.word("Priority of %(request)s", request=one.code),
            "select",
            choices=tuple(
                Choice(
                    "" if value == Priority.NORMAL.value else f"{value}:{one.id}",
                    label,
                    value == wish,
                )
                for value, label in options
            ),
            prefix=f"{number}-",
        ),
    )
