"""A call as a focal point sees it: what is asked for, her own people, and her answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from roster.read import CallView, NominationView, OwnCandidate
from roster.vocabulary import Band, CallAnswer, RefusalReason
from web.contexts.calls import NominatedLine, OwnCallPage, OwnPersonLine
from web.contexts.layout import Frame, Head
from web.contexts.parts import Chip, Choice, FormField, Link, PostButton
from web.forms import errors_by_field, filled
from web.presenters.asked import (
    due_chip,
    facts_of,
    outcome_chip,
    overlap_words,
    seat_words,
    title_of,
)
from web.presenters.calls import about_words
from web.presenters.fiche_page import Refused
from web.presenters.persons import name_of
from web.tongues import Tongue
from web.wording import choices, say

_NOTHING = Refused()
_CHIPS = {Band.FIT: "pass", Band.ASK: "unknown", Band.NOT: "fail"}


def own_call_page(
    frame: Frame,
    one: CallView,
    people: Sequence[OwnCandidate],
    today: date,
    tongue: Tongue,
    *,
    most: int,
    again: Refused = _NOTHING,
) -> OwnCallPage:
    """Return a call with the reader's own people; of others nothing is said, not even how many.

    Parameters
    ----------
    most : people shown at most
    again : the form that could not be kept: "nobody", or the id of whom it would nominate
    """
    left = [each for each in people if not each.is_nominated]
    fitting = [each for each in left if each.band is not Band.NOT]
    others = [each for each in left if each.band is Band.NOT]
    standing = [each for each in one.nominations if each.withdrawn_at is None]
    return OwnCallPage(
        frame=frame,
        head=_head(one, today, tongue),
        finding=_finding(one, today, tongue),
        text=one.text,
        seats=tuple(seat_words(seat, tongue) for seat in one.asked.seats),
        nominated=tuple(_nominated(each, tongue) for each in one.nominations),
        action=f"/calls/{one.id}/nominations",
        seat_choices=_seats(one, tongue),
        people=tuple(_person(at, each, again, tongue) for at, each in enumerate(fitting)),
        others=tuple(
            _person(at, each, again, tongue) for at, each in enumerate(others, start=len(fitting))
        ),
        others_title=tongue.words(
            "%(num)s of yours does not fit", "%(num)s of yours do not fit", len(others)
        ),
        more=_cut_off(most, tongue) if len(people) >= most else "",
        nobody=() if standing else _nobody(one, again, tongue),
        nobody_action=f"/calls/{one.id}/nobody",
        errors=tuple(filter(None, (again.problem,))),
    )


def _head(one: CallView, today: date, tongue: Tongue) -> Head:
    return Head(
        title=title_of(one.asked, tongue),
        crumbs=(Link(tongue.word("Calls"), "/calls"),),
        here=one.asked.code,
        facts=facts_of(one.asked, tongue),
        chips=(due_chip(one.deadline, today, tongue, closed=one.closed_at is not None),),
    )


def _cut_off(most: int, tongue: Tongue) -> str:
    return tongue.words(
        "The first %(num)s of your people is shown.",
        "The first %(num)s of your people are shown.",
        most,
    )


def _finding(one: CallView, today: date, tongue: Tongue) -> str:
    _ = tongue.word
    said = {recipient.answer for recipient in one.recipients}
    if CallAnswer.NOMINATED in said:
        people = sum(each.withdrawn_at is None for each in one.nominations)
        return tongue.words(
            "You have nominated %(num)s person", "You have nominated %(num)s people", people
        )
    if CallAnswer.NOBODY in said:
        return _("You answered: nobody")
    if not one.is_open(today):
        return _("The time for an answer is over; a late one still counts")
    return _("Whom can you nominate?")


def _seats(one: CallView, tongue: Tongue) -> tuple[Choice, ...]:
    if not one.asked.seats:
        return ()
    return (
        Choice("", tongue.word("any of them")),
        *(Choice(str(seat.id), seat_words(seat, tongue)) for seat in one.asked.seats),
    )


def _nominated(one: NominationView, tongue: Tongue) -> NominatedLine:
    chips: tuple[Chip, ...] = ()
    if one.withdrawn_at is not None:
        chips = (Chip("fail", tongue.word("nomination withdrawn")),)
    elif one.release is not None:
        chips = (outcome_chip(one.release, tongue),)
    withdraw = PostButton(tongue.word("Withdraw"), f"/nominations/{one.id}/withdraw")
    return NominatedLine(
        id=str(one.id),
        person=name_of(one.person, tongue),
        about=about_words(one, tongue),
        chips=chips,
        ask=None if one.withdrawn_at else withdraw,
        warning="" if one.withdrawn_at else overlap_words(one.overlaps, tongue),
    )


def _person(number: int, one: OwnCandidate, again: Refused, tongue: Tongue) -> OwnPersonLine:
    is_this = again.form == str(one.person.id)
    typed = again.typed if is_this and again.typed else {}
    return OwnPersonLine(
        id=str(number),
        expert_id=str(one.person.id),
        person=name_of(one.person, tongue),
        chip=Chip(_CHIPS[one.band], say(tongue, one.band)),
        reasons="; ".join(one.reasons),
        warning=overlap_words(one.overlaps, tongue),
        note="".join(typed.get("note", ())),
        seat="".join(typed.get("seat_id", ())),
        error=again.problem if is_this else "",
    )


def _nobody(one: CallView, again: Refused, tongue: Tongue) -> tuple[FormField, ...]:
    _ = tongue.word
    said = next((each for each in one.recipients if each.reason), None)
    on = frozenset({said.reason.value}) if said and said.reason else frozenset()
    fields = [
        FormField(
            "reason",
            _("Reason"),
            "select",
            choices=(Choice("", _("Choose a reason")), *choices(tongue, RefusalReason, on)),
            required=True,
            prefix="nobody-",
        ),
        FormField(
            "note", _("Note for the officer"), value=said.note if said else "", prefix="nobody-"
        ),
    ]
    if len(one.recipients) > 1:
        countries = tuple(
            Choice(each.country, tongue.country(each.country)) for each in one.recipients
        )
        fields.append(
            FormField("country", _("Country"), "select", choices=countries, prefix="nobody-")
        )
    is_this = again.form == "nobody"
    typed = again.typed if is_this and again.typed else {}
    errors = errors_by_field(again.errors, tongue) if is_this else {}
    return tuple(filled(field, typed, errors) for field in fields)
