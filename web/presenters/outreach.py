"""Whom to ask first, in the words of the reader's language."""

from __future__ import annotations

from babel.numbers import format_percent

from roster.read import OutreachAdvice, OutreachReason, StateAdvice, Told
from web.contexts.outreach import StateLine, WhomToAsk
from web.contexts.parts import percent
from web.presenters.stances import stance_words, unheard_words
from web.tongues import Tongue
from web.wording import REGION_WORDS, marked

FIRST = 5
"""States shown open: as many as an officer writes to on the first day."""
_REASONS = 3
_FEW = 3
_MISSING = {
    Told.TOPIC: marked("Topics"),
    Told.PLACE: marked("Countries"),
    Told.LANGUAGE: marked("Working languages"),
}


def whom_to_ask(advice: OutreachAdvice, tongue: Tongue) -> WhomToAsk:
    """Return the block of a request that says which states to ask first."""
    lines = tuple(_line(one, advice, tongue) for one in advice.states)
    others = lines[FIRST:]
    return WhomToAsk(
        learnt=_learnt(advice, tongue),
        first=lines[:FIRST],
        others=others,
        others_title=tongue.words("%(num)s other state", "%(num)s other states", len(others)),
        notes=_notes(advice, tongue),
    )


def _learnt(advice: OutreachAdvice, tongue: Tongue) -> str:
    if not advice.actions:
        return tongue.word("No past Action names a state: only languages decide.")
    return tongue.words(
        "from %(num)s past Action that names its states",
        "from %(num)s past Actions that name their states",
        advice.actions,
    )


def _notes(advice: OutreachAdvice, tongue: Tongue) -> tuple[str, ...]:
    _ = tongue.word
    notes = []
    if any(one.chance is not None for one in advice.states):
        notes.append(
            _("The bar: how often a state with such a history sent experts to a past Action.")
        )
    elif advice.actions:
        notes.append(_("Too few past Actions to learn from: a fixed rule orders the states."))
    silent = [_(words) for told, words in _MISSING.items() if told in advice.missing]
    if advice.actions and silent:
        what = tongue.listed(silent)
        notes.append(_("Not known, so it counts for nobody: %(what)s.", what=what))
    if unheard := unheard_words(advice, tongue):
        notes.append(unheard)
    return tuple(notes)


def _line(one: StateAdvice, advice: OutreachAdvice, tongue: Tongue) -> StateLine:
    most = max((other.chance or 0.0 for other in advice.states), default=0.0)
    return StateLine(
        place=tongue.number(one.place),
        name=tongue.country(one.country),
        chance="" if one.chance is None else _share(one.chance, tongue),
        width=percent(one.chance or 0.0, most),
        reasons=_reasons(one, tongue),
        reach=_reach(one, tongue),
    )


def _share(value: float, tongue: Tongue) -> str:
    return str(format_percent(round(value, 2), locale=tongue.locale))


def _reasons(one: StateAdvice, tongue: Tongue) -> tuple[str, ...]:
    """Return what speaks for a state, and what it said itself; where there is nothing, that."""
    speaking = [reason for reason in one.reasons if reason.points > 0]
    counted = [said for reason in speaking if (said := _counted(reason, tongue))]
    words = [said for reason in speaking if (said := _language(reason, tongue))]
    if counted:
        what = tongue.listed(counted[:_REASONS])
        words.append(tongue.word("Sent experts to %(what)s", what=what))
    words = words or [tongue.word("Nothing in the past speaks for it")]
    return (*words, *stance_words(one, tongue))


def _language(reason: OutreachReason, tongue: Tongue) -> str:
    if reason.told is not Told.LANGUAGE or not reason.names:
        return ""
    spoken = [tongue.language(code) for code in reason.names[:_FEW]]
    return tongue.word("Language in common: %(languages)s", languages=tongue.listed(spoken))


def _counted(reason: OutreachReason, tongue: Tongue) -> str:
    if not reason.supplied or not reason.of:
        return ""
    sent = tongue.number(reason.supplied)
    if reason.told is Told.TOPIC:
        return tongue.words(
            "%(sent)s of %(num)s past Action on a topic of the request",
            "%(sent)s of %(num)s past Actions on a topic of the request",
            reason.of,
            sent=sent,
        )
    if reason.told is Told.PLACE:
        return tongue.words(
            "%(sent)s of %(num)s past Action there or nearby (%(where)s)",
            "%(sent)s of %(num)s past Actions there or nearby (%(where)s)",
            reason.of,
            sent=sent,
            where=_where(reason, tongue),
        )
    if reason.told is Told.REGION:
        return tongue.words(
            "%(sent)s of %(num)s past Action in the region (%(where)s)",
            "%(sent)s of %(num)s past Actions in the region (%(where)s)",
            reason.of,
            sent=sent,
            where=_where(reason, tongue),
        )
    return tongue.words(
        "%(sent)s of %(num)s past Action in all",
        "%(sent)s of %(num)s past Actions in all",
        reason.of,
        sent=sent,
    )


def _where(reason: OutreachReason, tongue: Tongue) -> str:
    if reason.told is Told.REGION:
        return tongue.listed([tongue.word(REGION_WORDS.get(one, one)) for one in reason.names])
    return _places(reason.names, tongue)


def _places(codes: tuple[str, ...], tongue: Tongue) -> str:
    if len(codes) > _FEW:
        return tongue.words("%(num)s country", "%(num)s countries", len(codes))
    return tongue.listed([tongue.country(code) for code in codes])


def _reach(one: StateAdvice, tongue: Tongue) -> tuple[str, ...]:
    reach = [
        tongue.words(
            "%(num)s focal point has an account",
            "%(num)s focal points have an account",
            one.focal_points,
        )
        if one.focal_points
        else tongue.word("No focal point has an account yet")
    ]
    if one.experts:
        known = tongue.words(
            "%(num)s active expert knows a topic of the request",
            "%(num)s active experts know a topic of the request",
            one.experts,
        )
        reach.append(known if one.speakers is None else _with_speakers(known, one, tongue))
    elif one.experts == 0:
        reach.append(tongue.word("no active expert here knows a topic of the request"))
    return tuple(reach)


def _with_speakers(known: str, one: StateAdvice, tongue: Tongue) -> str:
    spoken = tongue.words(
        "%(num)s with the working language", "%(num)s with the working language", one.speakers or 0
    )
    return f"{known}, {spoken}"
