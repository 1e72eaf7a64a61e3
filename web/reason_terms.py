"""Names of topics, countries, languages and the like in a language, by their English ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from roster.reference import activities, countries, languages, regions, topics
from roster.vocabulary import ActivityType, AdministrationKind
from web.tongues import tongue_of
from web.wording import say


@cache
def terms_of(what: str, code: str) -> Mapping[str, str]:
    """Return the names of a list in a language by their English ones.

    Parameters
    ----------
    what : "topics", "activities", "experiences" (both), "countries", "regions", "places" (both),
        "interests" (topics and places) or "offices"
    """
    if what in _SEVERAL:
        return {
            english: name for one in _SEVERAL[what] for english, name in terms_of(one, code).items()
        }
    if what == "topics":
        held = (one.code for one in topics.topics())
        return {topics.label(one): topics.label(one, code) for one in held}
    if what == "activities":
        return {activities.label(one): activities.label(one, code) for one in ActivityType}
    if what == "countries":
        return {countries.name_of(one): countries.name_of(one, code) for one in countries.codes()}
    if what == "regions":
        return {
            regions.region_name(one): regions.region_name(one, code) for one in regions.subregions()
        }
    return {one.value.replace("_", " "): _office(one, code) for one in AdministrationKind}


_SEVERAL = {
    "experiences": ("topics", "activities"),
    "places": ("countries", "regions"),
    "interests": ("topics", "places"),
}


def _office(one: AdministrationKind, code: str) -> str:
    return say(tongue_of(code), one).lower()


@cache
def language_of(name: str, code: str) -> str:
    """Return the name of a language in a language by its English one, "" for no language."""
    known = languages.code_for(name)
    if known is None or languages.name_of(known) != name:
        return ""
    return languages.name_of(known, code)


@cache
def any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of any of these names, the longer one first."""
    longest = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, longest)))
