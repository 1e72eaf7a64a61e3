"""Calls: the list, the form of a new one, and one call as officers see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from roster.errors import FieldError
from roster.read import (
    CallView,
    NominationView,
    OutreachAdvice,
    RecipientView,
    RequestDetail,
    StateAdvice,
    TeamView,
)
from roster.read.outreach import TeamToRelease
from roster.vocabulary import LEFT_STAGES, CallAnswer, ReleaseOutcome
from web.contexts.calls import (
    AnswerLine,
    CallPage,
    CallsPage,
    CountryLine,
    NewCallPage,
    NominatedLine,
)
from web.contexts.layout import Fact, Frame, Head
from web.contexts.parts import Chip, Choice, Empty, ErrorLine, FormField, Link, PostButton
from web.forms import error_lines, errors_by_field, filled
from web.presenters.asked import (
    call_row,
    due_chip,
    line_of,
    outcome_chip,
    overlap_words,
    tabs_of,
    title_of,
)
from web.presenters.outreach import FIRST, whom_to_ask
from web.presenters.persons import name_of
from web.presenters.request_form import Typed
from web.presenters.request_head import head_of, path_of
from web.tongues import Tongue
from web.wording import say


def calls_page(
    frame: Frame, found: Sequence[CallView], today: date, tongue: Tongue, *, officer: bool
) -> CallsPage:
    """Return the calls that the reader may see."""
    _ = tongue.word
    waiting = sum(
        one.is_open(today) and any(said.answer is None for said in one.recipients) for one in found
    )
    title = (
        tongue.words("%(num)s call waits for answers", "%(num)s calls wait for answers", waiting)
        if waiting
        else _("No call waits for an answer")
    )
    words = _("A call starts from a request: open one and choose “Calls and releases”.")
    if not officer:
        words = _("When the facility looks for experts of your country, the call comes here.")
    return CallsPage(
        frame=frame,
        head=Head(title, here=_("Calls"), tabs=tabs_of("calls", tongue), tabs_name=_("Calls")),
        calls=tuple(call_row(one, today, tongue) for one in found),
        empty=None if found else Empty(_("No call yet"), words),
    )


# --- A new call -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CallForm:
    """What the form of a new call starts from, and what was typed into it."""

    advice: OutreachAdvice
    teams: Sequence[TeamView]
    deadline: date
    """Proposed by the rules of the facility."""
    asked: frozenset[str]
    """Countries that have an open call already."""
    reached: Mapping[str, int]
    """Country → focal points with an account."""
    team: TeamToRelease | None
    typed: Typed
    errors: tuple[FieldError, ...]


def new_call_page(
    frame: Frame, found: RequestDetail, form: CallForm, today: date, tongue: Tongue
) -> NewCallPage:
    """Return the form of a new call: whom to ask, what they are told, until when.

    Ticked beforehand are the homes of the kept team's people who are not released yet; where there
    are none, the states that outreach puts first. Each says why.
    """
    said = errors_by_field(form.errors, tongue)
    fields = tuple(filled(field, form.typed, said) for field in _fields(form, tongue))
    why = _why_ticked(form, tongue)
    lines = _countries(form, why, tongue)
    first = max(FIRST, len(why))
    others = lines[first:]
    return NewCallPage(
        frame=frame,
        head=head_of(found, "releases", today, tongue),
        action=path_of(found, "call"),
        lead=_lead(form, tongue),
        first=lines[:first],
        others=others,
        others_title=tongue.words("%(num)s other state", "%(num)s other states", len(others)),
        out_of_reach=_out_of_reach(form, tongue),
        fields=fields,
        country_error=said.get("countries", ""),
        errors=(*_countries_line(said), *error_lines(fields)),
    )


def _countries_line(said: Mapping[str, str]) -> tuple[ErrorLine, ...]:
    return (ErrorLine("#f-country", said["countries"]),) if said.get("countries") else ()


def _open_homes(form: CallForm) -> dict[str, int]:
    """Return the homes of the team that can be called: they have a focal point, and no call yet."""
    homes = form.team.homes if form.team else {}
    return {
        country: people
        for country, people in homes.items()
        if form.reached.get(country) and country not in form.asked
    }


def _why_ticked(form: CallForm, tongue: Tongue) -> dict[str, str]:
    """Return the countries that are ticked beforehand, each with why."""
    homes = _open_homes(form)
    if homes:
        return {
            country: tongue.words(
                "%(num)s of the kept team lives there and is not released yet",
                "%(num)s of the kept team live there and are not released yet",
                people,
            )
            for country, people in homes.items()
        }
    if form.team and form.team.homes:
        return {}  # Whoever should be asked is asked, or cannot be reached: others come by choice.
    first = [one for one in _reachable(form) if one.uninterested_on is None][:FIRST]
    return {
        one.country: tongue.word(
            "number %(place)s in the order in which to ask", place=tongue.number(one.place)
        )
        for one in first
    }


def _reachable(form: CallForm) -> list[StateAdvice]:
    return [one for one in form.advice.states if one.focal_points and one.country not in form.asked]


def _lead(form: CallForm, tongue: Tongue) -> str:
    _ = tongue.word
    if _open_homes(form):
        how = _("Ticked are the homes of the kept team’s people who are not released yet.")
    elif form.team and form.team.homes:
        how = _("Nobody is ticked: the homes of the kept team are asked already, or out of reach.")
    else:
        how = _("Ticked are the states to ask first.")
    you = _("States in the order in which to ask, with the reasons. You decide who is called.")
    return f"{how} {you}"


def _fields(form: CallForm, tongue: Tongue) -> tuple[FormField, ...]:
    _ = tongue.word
    newest = form.team.team_id if form.team else None
    kept = tuple(
        Choice(
            str(one.id),
            _("Team of %(day)s", day=tongue.day(one.created_at.date()))
            + f" ({tongue.words('%(num)s seat', '%(num)s seats', len(one.seats))})",
            on=one.id == newest,
        )
        for one in form.teams
    )
    proposed = form.deadline.isoformat()
    fields = (
        FormField("deadline", _("Answer wanted by"), "date", proposed, required=True),
        FormField("team_id", _("For the seats of"), "select",
                  choices=(Choice("", _("no team in particular")), *kept)),
        FormField("text", _("A word to the focal points"), "textarea",
                  hint=_("No names, and nothing that only the authority may tell.")),
    )  # fmt: skip
    return fields if kept else (fields[0], fields[2])


def _countries(form: CallForm, why: Mapping[str, str], tongue: Tongue) -> tuple[CountryLine, ...]:
    """Return a line for each country that can be called, those ticked beforehand first."""
    shown = whom_to_ask(form.advice, tongue)
    words = {line.name: line for line in (*shown.first, *shown.others)}
    states = [one.country for one in _reachable(form)]
    chosen = form.typed.get("country", ()) if form.typed else tuple(why)
    lines = []
    for country in (*why, *(one for one in states if one not in why)):
        line = words.get(tongue.country(country))
        lines.append(
            CountryLine(
                value=country,
                name=tongue.country(country),
                on=country in chosen,
                reasons=". ".join(line.reasons) + "." if line else "",
                reach=" · ".join(line.reach) if line else "",
                id=f"c-{country}",
                why=f"{why[country]}." if country in why else "",
            )
        )
    return tuple(lines)


def _out_of_reach(form: CallForm, tongue: Tongue) -> str:
    said = []
    if form.asked:
        names = tongue.listed([tongue.country(code) for code in sorted(form.asked)])
        said.append(tongue.word("Called already, no answer yet: %(names)s.", names=names))
    homes = form.team.homes if form.team else {}
    alone = sorted(code for code in homes if not form.reached.get(code))
    if alone:
        names = tongue.listed([tongue.country(code) for code in alone])
        said.append(
            tongue.word(
                "Home of somebody in the kept team, without a focal point: %(names)s.", names=names
            )
        )
    silent = sum(not one.focal_points for one in form.advice.states)
    if silent:
        said.append(
            tongue.words(
                "%(num)s state has no focal point with an account.",
                "%(num)s states have no focal point with an account.",
                silent,
            )
        )
    return " ".join(said)


# --- One call -------------------------------------------------------------------------------------


def call_page(frame: Frame, one: CallView, today: date, tongue: Tongue) -> CallPage:
    """Return a call as officers see it: who answered what, and whom to ask a release for."""
    _ = tongue.word
    standing = [person for person in one.nominations if person.withdrawn_at is None]
    facts = (
        Fact(_("For"), title_of(one.asked, tongue)),
        Fact(_("Asked for"), line_of(one.asked, tongue) or _("not said")),
        Fact(_("Sent"), ", ".join(filter(None, (one.by, tongue.day(one.opened_at.date()))))),
        Fact(_("Answer wanted by"), tongue.day(one.deadline)),
    )
    return CallPage(
        frame=frame,
        head=Head(
            title=one.title,
            crumbs=(
                Link(_("Calls"), "/calls"),
                Link(one.asked.code, f"/requests/{one.asked.request_id}/releases"),
            ),
            here=_("Call"),
            facts=facts,
            chips=(due_chip(one.deadline, today, tongue, closed=one.closed_at is not None),),
        ),
        finding=tongue.words("%(num)s person nominated", "%(num)s people nominated", len(standing)),
        text=one.text,
        answers=tuple(_answer(said, tongue) for said in one.recipients),
        nominated=tuple(nominated_line(person, one, tongue) for person in one.nominations),
        nobody=_("Nobody has been nominated yet. No answer is no consent."),
        close=None if one.closed_at else PostButton(_("Close the call"), f"/calls/{one.id}/close"),
        again=Link(_("Calls and releases"), f"/requests/{one.asked.request_id}/releases"),
    )


def _answer(one: RecipientView, tongue: Tongue) -> AnswerLine:
    note = ", ".join(
        filter(None, (say(tongue, one.reason) if one.reason else "", one.note and f"“{one.note}”"))
    )
    if one.answer is None or one.answered_at is None:
        reminded = (
            tongue.word("reminded %(day)s", day=tongue.day(one.reminded_at.date()))
            if one.reminded_at
            else ""
        )
        waits = Chip("clock", tongue.word("not answered yet"))
        return AnswerLine(tongue.country(one.country), waits, "", reminded)
    when = tongue.day(one.answered_at.date())
    if one.is_late:
        when = tongue.word("%(day)s, late", day=when)
    state = "pass" if one.answer is CallAnswer.NOMINATED else "note"
    chip = Chip(state, say(tongue, one.answer))
    return AnswerLine(tongue.country(one.country), chip, note, when)


def nominated_line(one: NominationView, call: CallView, tongue: Tongue) -> NominatedLine:
    """Return a person put forward, with the button that asks for her release where it is due."""
    chips = [Chip("note", say(tongue, one.stage))] if one.stage else []
    if one.release is not None:
        label = say(tongue, one.release)
        state = outcome_chip(one.release, tongue).state
        chips = [*chips, Chip(state, tongue.labelled(tongue.word("Home authority"), label))]
    if one.withdrawn_at is not None:
        chips = [Chip("fail", tongue.word("nomination withdrawn"))]
    asked = one.release in (ReleaseOutcome.PENDING, ReleaseOutcome.GRANTED)
    left = one.stage in LEFT_STAGES or one.withdrawn_at is not None
    ask = PostButton(
        tongue.word("Ask for release"),
        f"/requests/{call.asked.request_id}/releases",
        (("expert_id", str(one.person.id)),),
    )
    return NominatedLine(
        id=str(one.id),
        person=name_of(one.person, tongue),
        about=about_words(one, tongue),
        chips=tuple(chips),
        ask=None if asked or left else ask,
        warning="" if left else overlap_words(one.overlaps, tongue),
    )


def about_words(one: NominationView, tongue: Tongue) -> str:
    """Return for which seat somebody is put forward, since when, and what was said of her."""
    said = [tongue.word("seat %(number)s", number=tongue.number(one.seat))] if one.seat else []
    day = tongue.day(one.at.date())
    said.append(tongue.word("%(day)s, late", day=day) if one.is_late else day)
    if one.note:
        said.append(f"“{one.note}”")
    return ", ".join(said)
