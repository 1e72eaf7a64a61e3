"""Types of activity, what they are worth to whom, and where a text speaks of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from roster.reference.loading import load
from roster.reference.own_words import NO_WORDS, OwnWords, find_own, settle
from roster.reference.scanning import Case, Gazetteer
from roster.vocabulary import ActivityType, Constituent, Intervention, SeatRole

_ACRONYM = "!"
_WEAK = "?"


@dataclass(frozen=True, slots=True)
class ActivityMention:
    """A place where a text speaks of a type of activity: offsets, end excluded."""

    start: int
    end: int
    activity: ActivityType
    strength: float
    """1.0 where the words mean the activity, 0.5 where they may mean something else as well."""


def label(activity: ActivityType, locale: str = "en") -> str:
    """Return the name of a type in English, French, Spanish or Portuguese, else in English."""
    labels = cast("dict[str, str]", _rows()[activity]["labels"])
    return labels.get(locale[:2], labels["en"])


def intervention_of(activity: ActivityType) -> Intervention:
    """Return the type of intervention an activity counts under, by the printed rule.

    Fact-finding, assessment, drafting, validation, consultation and other are advisory; training,
    training of trainers and workshops are information; conferences and study visits partnership.
    Workshops of several countries, task forces and the like need a judgement that departs from it.
    """
    return Intervention(str(_rows()[activity]["intervention"]))


def modalities(intervention: Intervention) -> tuple[str, ...]:
    """Return the modalities printed for a type of intervention."""
    table = cast("dict[str, list[str]]", load("activities")["interventions"])
    return tuple(table[intervention])


def meaning_of(constituent: Constituent) -> str:
    """Return what results count under a constituent of migration governance."""
    return cast("dict[str, list[str]]", load("activities")["constituents"])[constituent][0]


def seat_roles(activity: ActivityType) -> tuple[SeatRole, ...]:
    """Return the seats an activity usually asks for, the first one most."""
    return tuple(SeatRole(role) for role in cast("list[str]", _rows()[activity]["roles"]))


def phrases(activity: ActivityType) -> dict[str, tuple[str, ...]]:
    """Return the words by which a type is read, by language."""
    said = cast("dict[str, list[str]]", _rows()[activity]["phrases"])
    return {
        language: tuple(one.replace(_WEAK, "").replace(_ACRONYM, "") for one in some)
        for language, some in said.items()
    }


def find_activities(
    text: str, language: str | None = None, own: OwnWords = NO_WORDS
) -> list[ActivityMention]:
    """Find the activities a text speaks of, in order of place.

    Parameters
    ----------
    text : of any length, in any of the languages of the lists
    language : ISO 639-1 of the text, where known; a facility's words of other languages are then
        left out. CVs mix languages, so all lists of the product count
    own : words of the facility whose text it is

    Returns
    -------
    mentions : a trainer is found as training, not as drafting; courses attended ("education and
        training", "formation universitaire") are not found
    """
    listed = _listed(text)
    if not own.activities:
        return listed
    theirs, kept = settle(find_own(text, own.activities, language), listed)
    said = [
        ActivityMention(one.start, one.end, ActivityType(one.key.code), 1.0)
        for one in theirs
        if one.key.code is not None
    ]
    return sorted([*kept, *said], key=lambda one: (one.start, one.end, one.activity))


def _listed(text: str) -> list[ActivityMention]:
    return [
        ActivityMention(one.start, one.end, one.key[0], one.key[1])
        for one in _gazetteer().find(text)
        if one.key is not None
    ]


@lru_cache(maxsize=1)
def _rows() -> dict[str, dict[str, object]]:
    return cast("dict[str, dict[str, object]]", load("activities")["activities"])


@lru_cache(maxsize=1)
def _gazetteer() -> Gazetteer[tuple[ActivityType, float] | None]:
    gazetteer: Gazetteer[tuple[ActivityType, float] | None] = Gazetteer()
    for phrase in cast("list[str]", load("activities")["traps"]):
        gazetteer.add(phrase, None)
    for code, row in _rows().items():
        for phrases in cast("dict[str, list[str]]", row["phrases"]).values():
            for phrase in phrases:
                strength = 0.5 if _WEAK in phrase else 1.0
                case = Case.UPPER if _ACRONYM in phrase else Case.ANY
                written = phrase.replace(_WEAK, "").replace(_ACRONYM, "")
                gazetteer.add(written, (ActivityType(code), strength), case)
    return gazetteer
