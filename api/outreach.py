"""Why a state is asked first, in English words; `web.reason_words` knows them by their form."""

from __future__ import annotations

from datetime import date

from roster.read import Heard, OutreachReason, Told
from roster.reference import countries, languages, regions, topics
from roster.vocabulary import RefusalReason

_FEW = 3
_WHY = {
    RefusalReason.STAFF: "short of staff",
    RefusalReason.AVAILABILITY: "not available then",
    RefusalReason.INTEREST: "not interested",
    RefusalReason.OTHER: "another reason",
}


def reason_words(reason: OutreachReason) -> str:
    """Return a reason in English, without its points; "" where there is nothing to tell."""
    if reason.told is Told.LANGUAGE:
        spoken = ", ".join(languages.name_of(code) for code in reason.names[:_FEW])
        return f"shares the working language {spoken}" if spoken else ""
    if reason.told is Told.INTEREST:
        return _interest(reason)
    if reason.heard is not None:
        return _answers(reason.told, reason.heard)
    if not reason.of:
        return ""
    return f"supplied experts to {reason.supplied} of {reason.of} past Actions{_kind(reason)}"


def _kind(reason: OutreachReason) -> str:
    if reason.told is Told.TOPIC:
        return " on a topic asked for"
    if reason.told is Told.PLACE:
        few = len(reason.names) <= _FEW
        named = ", ".join(map(countries.name_of, reason.names))
        return f" in or near {named if few else 'the beneficiary countries'}"
    if reason.told is Told.REGION:
        return " in " + " and ".join(reason.names)
    return f" in all, the last begun in {reason.latest}" if reason.latest else " in all"


def _interest(reason: OutreachReason) -> str:
    if reason.on is None:
        return "has declared no interest"
    if not reason.names:
        return f"declared interests on {_day(reason.on)}, none in this"
    wanted = ", ".join(map(_wanted, reason.names))
    return f"declared an interest in {wanted} on {_day(reason.on)}"


def _wanted(code: str) -> str:
    if topics.is_topic(code):
        return topics.label(code)
    return regions.region_name(code) if code.isdecimal() else countries.name_of(code)


def _answers(told: Told, heard: Heard) -> str:
    """Return what a state answered, with why it said no and when it last answered."""
    is_call = told is Told.CALLS
    if heard.latest is None:
        return f"no {'call' if is_call else 'release'} says anything of it for this request"
    agreed, declined = (
        ("calls answered with people", "calls declined")
        if is_call
        else ("releases given", "releases refused")
    )
    why = f" ({', '.join(_WHY[one] for one in heard.why)})" if heard.why else ""
    said = [
        f"{what}: {count} of {heard.asked}{more}"
        for what, count, more in (
            (agreed, heard.agreed, ""),
            (declined, heard.declined, why),
            ("calls not answered", heard.silent, ""),
        )
        if count
    ]
    return f"{'; '.join(said)}; the latest on {_day(heard.latest)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
