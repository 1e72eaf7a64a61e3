"""Ranked people told without a word of their own: vocabulary, years, levels and counts only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import zip_longest

from matching import relations
from matching.explain import LABEL_OF, top_reasons
from matching.reasons import MISSING_WORDS
from roster.read import Contribution, RankedExpert, TeamProposal
from roster.reference import countries
from roster.vocabulary import AdministrationKind

_STRUCTURED = frozenset(
    {"topic", "activity", "language", "record", "seniority", "free", "fresh", "semantic"}
)
"""Features whose clauses hold vocabulary, years, levels and counts, and nothing as it was written.

Whatever else is told of is cut down here, a feature that is new too: what is not known to be safe
is not shown."""
_TOLD_SHORTER = (
    ("words in common: ", "telling words in common"),
    ("nearest in meaning: ", "nearest in meaning: a sentence of the CV"),
)
_FIXED = frozenset(
    {
        "no telling words in common",
        "no post or mission near the letter in meaning",
        "no work found in or near the country",
        "another kind of office",
        "not asked for",
        "meaning is not compared",
        *MISSING_WORDS.values(),
        *LABEL_OF.values(),
    }
)
_NEARNESS = "near|same sub-region as|same regional body as|same language as"
_YEARS = re.compile(r"(?:since \d{4}|\d{4}–\d{4}|\d{4}|present)(?=\)\W*$)")


def without_text(people: Sequence[RankedExpert]) -> tuple[RankedExpert, ...]:
    """Return people without sentences of their documents and without titles of their posts."""
    return tuple(replace(one, contributions=tuple(map(_bare, one.contributions))) for one in people)


def seats_without_text(team: TeamProposal, people: Sequence[RankedExpert]) -> TeamProposal:
    """Return a team that says nothing of these of its members as they wrote it.

    What their countries share with the one that asks is left out too: it tells where from they are.
    """
    told = {one.expert_id: top_reasons(one.contributions) for one in without_text(people)}
    seats = (
        replace(seat, reasons=told[seat.expert_id]) if seat.expert_id in told else seat
        for seat in team.seats
    )
    return replace(team, seats=tuple(seats))


def _bare(part: Contribution) -> Contribution:
    return replace(part, reason=bare_reason(part.feature, part.reason), evidence=())


def bare_reason(feature: str, reason: str) -> str:
    """Return a clause of a feature without anything that somebody wrote herself."""
    if feature in _STRUCTURED or reason in _FIXED:
        return reason
    for beginning, told in _TOLD_SHORTER:
        if reason.startswith(beginning):
            return told
    names = _names(feature)
    return (_things(reason, names) if names else "") or LABEL_OF.get(feature, feature)


def _things(reason: str, names: tuple[str, ...]) -> str:
    """Return the names of a list that a clause tells of, with their years: "Ghana (2014–2018)".

    What stands in the brackets is the title of a post or mission, and may be anything.
    """
    found = list(_thing(names).finditer(reason))
    told = []
    for one, after in zip_longest(found, found[1:]):
        end = after.start() if after else len(reason)
        years = _YEARS.search(reason[one.end() : end])
        told.append(one["thing"] + (f" ({years[0]})" if years else ""))
    return "; ".join(dict.fromkeys(told))


@cache
def _thing(names: tuple[str, ...]) -> re.Pattern[str]:
    one = "|".join(map(re.escape, names))
    near = f"(?:, (?:{_NEARNESS}) (?:{one})(?= \\(|; |$))?"
    return re.compile(f"(?:^|; )(?P<thing>(?:{one}){near})(?=, | \\(|; |$)")


@cache
def _names(feature: str) -> tuple[str, ...]:
    """Return the names that clauses of a feature are made of, the longer one first."""
    found: list[str] = []
    if feature == "country":
        found = [relations.country_label(code) for code in countries.codes()]
    elif feature == "peer":
        found = [relations.administration_label(one.value) for one in AdministrationKind]
    return tuple(sorted(found, key=lambda name: (-len(name), name)))
