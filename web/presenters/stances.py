"""What states say themselves, in the words of the reader's language."""

from __future__ import annotations

from roster.read import Heard, OutreachAdvice, OutreachReason, StateAdvice, Told
from roster.reference import regions, topics
from roster.vocabulary import RefusalReason
from web.tongues import Tongue
from web.wording import say

_STANCES = frozenset({Told.INTEREST, Told.CALLS, Told.RELEASES})


def stance_words(one: StateAdvice, tongue: Tongue) -> tuple[str, ...]:
    """Return what a state says it wants to work on and what it answered; unknown says nothing."""
    told = {reason.told: reason for reason in one.reasons}
    interest = _interest(told.get(Told.INTEREST), tongue)
    said = [interest] if interest else []
    calls, releases = (_heard(told.get(name)) for name in (Told.CALLS, Told.RELEASES))
    said += _calls(calls, tongue)
    said += _releases(releases, tongue)
    if one.uninterested_on is not None and RefusalReason.INTEREST not in calls.why:
        said.append(
            tongue.word(
                "Answered a call on another topic with “not interested” on %(day)s",
                day=tongue.day(one.uninterested_on),
            )
        )
    return tuple(said)


def unheard_words(advice: OutreachAdvice, tongue: Tongue) -> str:
    """Return of how many states nothing is known but the past; it counts neither way."""
    if set(advice.missing) >= _STANCES:
        return tongue.word(
            "No state has declared an interest or answered a call yet: it counts for nobody."
        )
    unknown = sum(not _is_known(one) for one in advice.states)
    if not unknown:
        return ""
    return tongue.words(
        "%(num)s state has neither declared an interest nor answered a call that matters here: it "
        "counts neither for nor against it.",
        "%(num)s states have neither declared an interest nor answered a call that matters here: "
        "it counts neither for nor against them.",
        unknown,
    )


def _is_known(one: StateAdvice) -> bool:
    return any(
        reason.on is not None or (reason.heard is not None and reason.heard.asked > 0)
        for reason in one.reasons
    )


def place_words(code: str, tongue: Tongue) -> str:
    """Name a country, or a region by its UN M49 code."""
    return regions.region_name(code, tongue.code) if code.isdecimal() else tongue.country(code)


def _interest(reason: OutreachReason | None, tongue: Tongue) -> str:
    if reason is None or reason.on is None or not reason.names:
        return ""
    wanted = [
        topics.label(code, tongue.code) if topics.is_topic(code) else place_words(code, tongue)
        for code in reason.names
    ]
    what = tongue.listed(wanted)
    return tongue.word(
        "Declared interest in %(what)s on %(day)s", what=what, day=tongue.day(reason.on)
    )


def _heard(reason: OutreachReason | None) -> Heard:
    return (reason.heard if reason else None) or Heard()


def _calls(heard: Heard, tongue: Tongue) -> list[str]:
    """Return how a state answered calls: a sentence, or none."""
    if heard.latest is None:
        return []
    _ = tongue.word
    parts = (
        (heard.agreed, _("%(count)s answered with people", count=heard.agreed)),
        (heard.declined, _because(_("%(count)s declined", count=heard.declined), heard, tongue)),
        (heard.silent, _("%(count)s not answered", count=heard.silent)),
    )
    return [
        tongue.words(
            "Of %(num)s call (latest: %(day)s): %(what)s",
            "Of %(num)s calls (latest: %(day)s): %(what)s",
            heard.asked,
            day=tongue.day(heard.latest),
            what=tongue.listed([words for count, words in parts if count]),
        )
    ]


def _releases(heard: Heard, tongue: Tongue) -> list[str]:
    """Return how a state's authorities answered when asked for people: a sentence, or none."""
    if heard.latest is None:
        return []
    _ = tongue.word
    parts = (
        (heard.agreed, _("%(count)s given", count=heard.agreed)),
        (heard.declined, _because(_("%(count)s not given", count=heard.declined), heard, tongue)),
    )
    return [
        tongue.words(
            "Of %(num)s release asked for (latest: %(day)s): %(what)s",
            "Of %(num)s releases asked for (latest: %(day)s): %(what)s",
            heard.asked,
            day=tongue.day(heard.latest),
            what=tongue.listed([words for count, words in parts if count]),
        )
    ]


def _because(words: str, heard: Heard, tongue: Tongue) -> str:
    """Put the reasons behind a refusal."""
    if not heard.why:
        return words
    why = tongue.listed([say(tongue, one).lower() for one in heard.why])
    return f"{words} ({why})"
