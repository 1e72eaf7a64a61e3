"""What the facts of a person say surely: languages she speaks, topics she has worked in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from matching import relations
from roster.read import ExpertView, LanguageNeed
from roster.vocabulary import LanguageLevel

NEAR_TOPIC = 0.5
"""From so near on work in one topic counts as work in another."""


def speaks(view: ExpertView, need: LanguageNeed) -> bool:
    """Whether somebody surely speaks a language well enough: her gate says "pass"."""
    return any(
        item.value.language == need.language
        and item.value.level is not None
        and item.value.level in _from(need.minimum)
        for item in view.languages
    )


@lru_cache(maxsize=8)
def _from(least: LanguageLevel) -> frozenset[LanguageLevel]:
    return frozenset(level for level in LanguageLevel if level.rank >= least.rank)


@lru_cache(maxsize=256)
def near_topics(asked: Sequence[str], least: float = 0.0) -> frozenset[str]:
    """Return the topics that come at least so near to one of some topics."""
    kin = (relations.topics_near(one) for one in asked)
    return frozenset(other for near in kin for other, by in near.items() if by >= least)


def has_worked_in(view: ExpertView, topics: frozenset[str]) -> bool:
    """Whether the facts name one of some topics."""
    return not topics.isdisjoint([item.value.topic for item in view.topics])


def covers_topic(view: ExpertView, group: Sequence[str]) -> bool:
    """Whether somebody has worked in one of some topics, or nearly, by her facts or her words."""
    near = near_topics(tuple(group), NEAR_TOPIC)
    if has_worked_in(view, near):
        return True
    return bool(view.text) and not near.isdisjoint(relations.topics_in(view.text, None))
