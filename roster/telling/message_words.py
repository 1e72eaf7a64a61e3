"""The words of messages, one source for the page and for mail, by language.

They are made of a kind, codes and days alone, so that none of them names a person.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from babel.dates import format_skeleton

from roster.reference import countries
from roster.vocabulary import CallAnswer, MessageKind, ReleaseOutcome, RequestStatus

_FOLDER = Path(__file__).parent / "message_texts"
LOCALES = ("en", "fr", "es", "pt")
"""Languages that messages can be written in."""
Detail = Mapping[str, str | int]
OF_THE_ACCOUNT = (MessageKind.NEW_DEVICE, MessageKind.PASSWORD_SET)
"""What is told of somebody's own account, so that she can see that it is not hers alone."""

_VARIANTS = {
    (MessageKind.CALL_ANSWERED, "answer", CallAnswer.NOBODY.value): "call_declined",
    (MessageKind.CALL_ANSWERED, "answer", "withdrawn"): "call_withdrawn",
    (MessageKind.RELEASE_REFUSED, "outcome", ReleaseOutcome.WITHDRAWN.value): "release_withdrawn",
    (MessageKind.RELEASE_EXPIRED, "reason", "no_answer"): "release_silent",
    (MessageKind.RELEASE_EXPIRED, "reason", "release_over"): "release_over",
    (MessageKind.DECISION, "outcome", RequestStatus.RECEIVED.value): "decision_received",
    (MessageKind.DECISION, "outcome", RequestStatus.APPROVED.value): "decision_approved",
    (MessageKind.DECISION, "outcome", RequestStatus.REJECTED.value): "decision_rejected",
    (MessageKind.DECISION, "outcome", RequestStatus.FORWARDED.value): "decision_forwarded",
}
"""Kinds whose words depend on what happened: (kind, key of the detail, value) → text."""


def sentence(kind: MessageKind, detail: Detail, locale: str) -> str:
    """Return what is told, in one sentence, with the code of what it is about where it is known.

    Parameters
    ----------
    locale : one of `LOCALES`; another one is told in English
    """
    texts = _texts(locale if locale in LOCALES else "en")
    key = kind.value
    for (of, name, value), variant in _VARIANTS.items():
        if of is kind and detail.get(name) == value:
            key = variant
    code = detail.get("code") or detail.get("action")
    said = texts[key].format(
        country=_country(detail, locale, texts),
        device=_device(detail, texts),
        moment=_moment(detail, locale),
    )
    return f"{code} – {said}" if code else said


def advice(kind: MessageKind, locale: str) -> str:
    """Return what to do about it, for a mail; empty where the page that it leads to says so."""
    return _texts(locale if locale in LOCALES else "en").get(f"{kind.value}_advice", "")


def due_words(day: date | None, locale: str) -> str:
    """Return by when something is wanted; empty where nothing is."""
    if day is None:
        return ""
    known = locale if locale in LOCALES else "en"
    return _texts(known)["due"].format(day=_day(day, known))


def frame_words(locale: str) -> tuple[str, str]:
    """Return what stands before the link of a mail, and its foot with `{facility}` in it."""
    texts = _texts(locale if locale in LOCALES else "en")
    return texts["open"], texts["foot"]


def page_of(kind: MessageKind, record: str, record_id: str, detail: Detail) -> str:
    """Return the path of the page that a message leads to.

    A `path` in the detail comes first; else it follows from the kind, then from the record.
    """
    path = detail.get("path")
    if isinstance(path, str) and path.startswith("/") and not path.startswith("//"):
        return path
    request = detail.get("request")
    known = {
        MessageKind.RELEASE_ASKED: "/releases",
        MessageKind.RELEASE_REMINDER: "/releases",
        MessageKind.OUTCOME_DUE: "/actions/follow-ups",
        MessageKind.LESSON_PROPOSED: "/lessons",
        MessageKind.NEW_DEVICE: "/account",
        MessageKind.PASSWORD_SET: "/account",
    }.get(kind)
    if known is not None:
        return known
    own = {"call": f"/calls/{record_id}", "inquiry": f"/inquiries/{record_id}/answer"}.get(record)
    if own is not None:
        return own
    if request and kind in _PARTS:
        return f"/requests/{request}/{_PARTS[kind]}"
    if record == "request" or request:
        return f"/requests/{request or record_id}"
    return "/messages"


_PARTS: Mapping[MessageKind, str] = {
    MessageKind.FICHE_COMMENTED: "fiche",
    MessageKind.VOTE_CAST: "decision",
    MessageKind.DECISION: "decision",
    MessageKind.RELEASE_GRANTED: "releases",
    MessageKind.RELEASE_REFUSED: "releases",
    MessageKind.RELEASE_EXPIRED: "releases",
    MessageKind.SEAT_OPEN: "releases",
}
"""Kinds about one page of a request."""


def _country(detail: Detail, locale: str, texts: Mapping[str, str]) -> str:
    code = detail.get("country")
    return countries.name_of(str(code), locale) if code else texts["anybody"]


def _device(detail: Detail, texts: Mapping[str, str]) -> str:
    browser, system = str(detail.get("browser", "")), str(detail.get("system", ""))
    if browser and system:
        return texts["on_device"].format(browser=browser, system=system)
    return browser or system or texts["unknown_device"]


def _moment(detail: Detail, locale: str) -> str:
    """Return a moment: "23 Nov 2026, 07:30 UTC"; empty where none is told."""
    if "moment" not in detail:
        return ""
    at = datetime.fromisoformat(str(detail["moment"])).astimezone(UTC)
    return f"{_day(at.date(), locale if locale in LOCALES else 'en')}, {at:%H:%M} UTC"


def _day(day: date, locale: str) -> str:
    return str(format_skeleton("yMMMd", day, locale={"en": "en_GB"}.get(locale, locale)))


@cache
def _texts(locale: str) -> Mapping[str, str]:
    return tomllib.loads((_FOLDER / f"{locale}.toml").read_text("utf-8"))
