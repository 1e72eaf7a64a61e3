"""What was just recorded about calls and releases, and what happens next: said once, on top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from web.contexts.parts import Link, Notice
from web.tongues import Tongue
from web.wording import marked

_WORDS: Mapping[str, tuple[str, str, tuple[str, str] | None]] = {
    "granted": (
        marked("Released: %(who)s"),
        marked(
            "The officer was told and goes on with the team. Until somebody leaves, you can "
            "withdraw it under Released."
        ),
        None,
    ),
    "refused": (
        marked("Not released: %(who)s"),
        marked(
            "The officer was told with your reason. A seat that was held is open again, and the "
            "next in line can be asked."
        ),
        None,
    ),
    "withdrawn": (
        marked("Release withdrawn: %(who)s"),
        marked("The officer was told with your reason. A seat that was held is open again."),
        None,
    ),
    "given": (
        marked("Released in general: %(who)s"),
        marked(
            "It counts for every request within these days. You are still asked before somebody "
            "is sent."
        ),
        None,
    ),
    "nominated": (
        marked("Nominated: %(who)s"),
        marked(
            "The officer was told and decides whom to ask for. If a release is asked for, you are "
            "told, and it waits under Releases."
        ),
        (marked("Releases"), "/releases"),
    ),
    "taken": (
        marked("Nomination withdrawn: %(who)s"),
        marked("The officer was told. You can nominate somebody else as long as the call is open."),
        None,
    ),
    "nobody": (
        marked("Your answer was kept: nobody"),
        marked(
            "The officer was told with your reason and asks others. If you nominate somebody after "
            "all, that counts instead."
        ),
        None,
    ),
    "interest": (
        marked("Kept: what %(who)s wants to work on"),
        marked("Officers read it beside your country when they choose whom to call."),
        None,
    ),
    "sent": (
        marked("The call was sent"),
        marked(
            "Its focal points were told. You are told of each answer; whoever is silent is "
            "reminded once before the day."
        ),
        None,
    ),
    "closed": (
        marked("The call is closed"),
        marked("Whoever answers now is marked as late; nothing is lost."),
        None,
    ),
    "asked": (
        marked("Release asked for: %(who)s"),
        marked(
            "The focal point was told. You are told of the answer; no answer by the day is no "
            "consent, and opens the seat again."
        ),
        None,
    ),
    "dropped": (
        marked("Asked for no longer: %(who)s"),
        marked("Nobody has to answer any more."),
        None,
    ),
}
"""Code of what was done → what was recorded, what happens next, where to go on."""


def recorded(
    code: str, of: UUID | None, named: Iterable[tuple[UUID, str]], tongue: Tongue
) -> tuple[Notice, ...]:
    """Return the notice of a code; nothing for one that nobody knows.

    Parameters
    ----------
    of : the record that it was done to
    named : records that this reader may see, each with the name it goes by
    """
    if code not in _WORDS:
        return ()
    title, after, way = _WORDS[code]
    who = next((name for one, name in named if one == of), "")
    if "%(who)s" in title:
        words = tongue.word(title, who=who or tongue.word("one person"))
    else:
        words = tongue.word(title)
    link = Link(tongue.word(way[0]), way[1]) if way else None
    return (Notice("ok", f"{words}.", tongue.word(after), link),)
