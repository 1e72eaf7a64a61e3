"""Levels of languages as far as the words beside each language tell them.

A list often gives a level to its last language only. To rank by, the nearest level is a good guess;
to turn somebody down for it, it is none.
"""

from __future__ import annotations

from dataclasses import replace

from roster.read import Dated, ExpertView, LanguageSkill
from roster.reference.levels import find_levels, read_level
from roster.vocabulary import LanguageLevel

_WORD = "word"


def with_sure_levels(view: ExpertView) -> ExpertView:
    """Return a person whose levels are those that stand beside the language; others are unknown."""
    return replace(view, languages=tuple(map(_sure, view.languages)))


def _sure(item: Dated[LanguageSkill]) -> Dated[LanguageSkill]:
    level, quote = item.value.level, item.evidence.quote
    if item.evidence.confirmed or level in {None, LanguageLevel.NATIVE}:
        return item
    read = read_level(quote)
    if read is None:
        return replace(item, value=replace(item.value, level=None))
    if read.basis == _WORD:
        # Several words may speak of a level; the one nearest to the language is meant.
        found = [one.level for _, _, one in find_levels(quote) if one.level is not None]
        level = found[0] if found else level
    return replace(item, value=replace(item.value, level=level))
