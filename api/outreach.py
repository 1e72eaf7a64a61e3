"""Why a state is asked first, in English words for the API and the command line."""

from __future__ import annotations

from roster.read import OutreachReason, Told
from roster.reference import countries, languages

_FEW = 3


def reason_words(reason: OutreachReason) -> str:
    """Return a reason in English, without its points; "" where there is nothing to tell."""
    if reason.told is Told.LANGUAGE:
        spoken = ", ".join(languages.name_of(code) for code in reason.names[:_FEW])
        return f"shares the working language {spoken}" if spoken else ""
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
