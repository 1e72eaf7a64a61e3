"""Levels of languages as far as the words beside each language tell them.

A list often gives a level to its last language only. To rank by, the nearest level is a good guess;
to turn somebody down for it, it is none.
"""

from __future__ import annotations

from dataclasses import replace

from py3langid.langid import classify

from roster.read import Dated, ExpertView, LanguageSkill
from roster.reference import languages
from roster.reference.levels import find_levels, read_level
from roster.vocabulary import LanguageLevel

_WORD = "word"
_MOST_WORDS_OF_HER_OWN = 1_500
"""Characters of the beginning; a letter would be pasted below."""


def with_sure_levels(view: ExpertView) -> ExpertView:
    """Return a person whose levels are those that stand beside the language; others are unknown."""
    return replace(view, languages=tuple(map(_sure, view.languages)))


def with_own_tongue(view: ExpertView, words: str) -> ExpertView:
    """Return a person with the language of her CV among those she lists, its level not known.

    People forget the language that they write in; a list without it does not say no to it.
    """
    read = [one for one in view.languages if not one.evidence.confirmed]
    if not read or len(read) < len(view.languages):
        return view
    code = str(classify(words[:_MOST_WORDS_OF_HER_OWN])[0])
    if any(one.value.language == code for one in read) or not languages.is_language(code):
        return view
    own = replace(read[0], value=LanguageSkill(code, None))
    return replace(view, languages=(*view.languages, own))


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
