"""A way out where there is no team, in the words of a language: what to loosen, whom it lets in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from roster.read import Loosening, Relaxation
from roster.reference import activities, topics
from roster.vocabulary import ActivityType, SeatRole, TeamMode
from web.reason_words import clause, let_in
from web.tongues import Tongue
from web.wording import marked, say


def way_words(way: Relaxation, tongue: Tongue) -> str:
    """Say what a way out loosens, with how many people each part lets in."""
    said = "; ".join(_part(part, tongue) for part in way.parts) or way.words
    return said[:1].upper() + said[1:]


def _part(part: Loosening, tongue: Tongue) -> str:
    known = part.kind in _WORDS
    said = _WORDS[part.kind](part.about, tongue) if known else clause(part.words, tongue)
    return f"{said} ({let_in(part.people, part.kind, tongue)})" if part.people else said


About = tuple[str, ...]


def _level(about: About, tongue: Tongue) -> str:
    return tongue.word(
        "accept %(language)s at %(new)s instead of %(old)s",
        language=tongue.language(about[0]),
        old=about[1],
        new=about[2],
    )


def _one_speaks(about: About, tongue: Tongue) -> str:
    return tongue.word(
        "let one member speak %(language)s %(level)s instead of everybody",
        language=tongue.language(about[0]),
        level=about[1],
    )


def _dates(about: About, tongue: Tongue) -> str:
    days = tongue.days(date.fromisoformat(about[1]), date.fromisoformat(about[2]))
    if int(about[0]) > 0:
        return tongue.words(
            "move it %(num)s day later, to %(days)s",
            "move it %(num)s days later, to %(days)s",
            int(about[0]),
            days=days,
        )
    return tongue.words(
        "move it %(num)s day earlier, to %(days)s",
        "move it %(num)s days earlier, to %(days)s",
        -int(about[0]),
        days=days,
    )


def _ask(about: About, tongue: Tongue) -> str:
    named = tongue.listed([tongue.country(code) for code in about])
    return tongue.word("ask the focal points first: %(countries)s", countries=named)


def _seat(about: About, tongue: Tongue) -> str:
    return tongue.word(
        "take somebody as %(role)s without experience in %(what)s",
        role=say(tongue, SeatRole(about[0])),
        what=_listed(about[1:], tongue),
    )


def _listed(codes: About, tongue: Tongue) -> str:
    return ", ".join(
        activities.label(ActivityType(one), tongue.code)
        if one in _ACTIVITIES
        else topics.label(one, tongue.code)
        for one in codes
    )


_ACTIVITIES = frozenset(one.value for one in ActivityType)
_MODES = {
    TeamMode.TRIANGULAR: marked("make the team triangular"),
    TeamMode.PEER_TO_PEER: marked("make the team peer-to-peer"),
    TeamMode.CUSTOM: marked("make the team custom, without the rules of a mode"),
}


def _said(message: str) -> Callable[[About, Tongue], str]:
    return lambda _about, tongue: tongue.word(message)


_WORDS: dict[str, Callable[[About, Tongue], str]] = {
    "level": _level,
    "one_speaks": _one_speaks,
    "interpreter": lambda about, tongue: tongue.word(
        "work with an interpreter for %(language)s", language=tongue.language(about[0])
    ),
    "dates": _dates,
    "ask": _ask,
    "country": lambda about, tongue: tongue.word(
        "take up to %(number)s from one country", number=about[0]
    ),
    "office": lambda about, tongue: tongue.word(
        "take up to %(number)s from one administration", number=about[0]
    ),
    "officials": lambda about, tongue: tongue.word(
        "let %(number)s of %(all)s be officials instead of %(before)s",
        number=about[0],
        before=about[1],
        all=about[2],
    ),
    "kind": lambda about, tongue: tongue.word(
        "open the seat of %(role)s to any kind of expert", role=say(tongue, SeatRole(about[0]))
    ),
    "seat": _seat,
    "covered": lambda about, tongue: tongue.word(
        "do without experience in %(what)s", what=_listed(about, tongue)
    ),
    "forced": _said(marked("do not insist on one of those who must be in")),
    "together": _said(marked("part people who are kept together")),
    "apart": _said(marked("seat people together who are kept apart")),
    "load": _said(marked("let people be out more days a year than the most")),
    "rotation": _said(marked("send people more often a year than the most")),
    "newcomers": _said(marked("do without people who were never deployed before")),
    "returning": _said(marked("do without people who served there before")),
    "mode": lambda about, tongue: tongue.word(_MODES[TeamMode(about[0])]),
    "size": lambda about, tongue: tongue.words(
        "leave seats empty: a team of %(num)s",
        "leave seats empty: a team of %(num)s",
        int(about[0]),
    ),
}
