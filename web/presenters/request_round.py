"""The application round in the form of a request: that of the day of receipt, or one chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from roster.read.screening import RoundView
from web.contexts.parts import Choice, FormField
from web.presenters.request_form import Typed
from web.tongues import Tongue


def round_field(
    rounds: Sequence[RoundView], typed: Typed, today: date, tongue: Tongue
) -> FormField:
    """Return the field; nothing chosen means the round of the day, and the field says which.

    Parameters
    ----------
    rounds : of the facility, the newest first
    """
    _ = tongue.word
    choices = tuple(
        Choice(str(one.id), f"{one.name} ({tongue.days(one.opens, one.closes)})") for one in rounds
    )
    return FormField(
        "round_id",
        _("Application round"),
        "select",
        hint=_of_the_day(rounds, _day(typed), today, tongue),
        choices=(Choice("", _("that of the day of receipt"), on=True), *choices),
    )


def _day(typed: Typed) -> date | None:
    said = "".join(typed.get("received_on", ())).strip()
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None  # An impossible day is told beside its own field.


def _of_the_day(
    rounds: Sequence[RoundView], received_on: date | None, today: date, tongue: Tongue
) -> str:
    _ = tongue.word
    day = received_on or today
    name = next((one.name for one in rounds if one.opens <= day <= one.closes), None)
    if received_on is None:
        if name is None:
            return _("The day of receipt decides; no round is open today.")
        return _("The day of receipt decides; open today: %(name)s.", name=name)
    if name is None:
        return _("%(day)s falls into no round.", day=tongue.day(received_on))
    return _("%(day)s falls into: %(name)s.", day=tongue.day(received_on), name=name)
