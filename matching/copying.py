"""Finds records that repeat the letter's own sentences, and reads them without these.

Two people do not write six words in a row alike, over and over, by chance. Whoever pastes a letter
into a CV is ranked by the rest of the CV, so pasting gains nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

import numpy as np

from matching.arrays import Ints
from matching.index import Index
from matching.profile import Profile, mission_text, post_text, profile_of
from matching.question import Question
from matching.text import sentences, shingles, words
from roster.read import Dated, ExpertView, Mission, Post

V = TypeVar("V")

LEAST_TRACES = 8
LEAST_SHARE = 0.12
"""A record copies the letter from so many and such a share of its runs of words on."""


def copiers(question: Question, index: Index) -> Ints:
    """Return the rows of the people whose record repeats the letter, shape (k,)."""
    if len(question.traces) < LEAST_TRACES:
        return np.zeros(0, dtype=np.int64)
    ones = np.ones(len(question.traces))
    shared = index.gather(
        [block.traces.sums(question.traces, ones, len(block)) for block in index.blocks]
    )
    least = max(LEAST_TRACES, LEAST_SHARE * len(question.traces))
    return np.flatnonzero(shared >= least)


def without_copies(profile: Profile, question: Question) -> Profile:
    """Return the profile of what the person says in words of her own."""
    return profile_of(_own_words(profile.view, question))


def _own_words(view: ExpertView, question: Question) -> ExpertView:
    copied = frozenset(int(trace) for trace in question.traces)
    letter = f" {' '.join(words(f'{question.request.title} {question.request.text}'))} "

    def is_copied(part: str) -> bool:
        """Short pieces have no run of words: they are copied where the letter has them whole."""
        return bool(copied & shingles(part)) or f" {' '.join(words(part))} " in letter

    def own(text: str | None) -> str:
        return "\n".join(part for part in sentences(text or "") if not is_copied(part))

    posts = tuple(
        replace(item, value=replace(item.value, duties=own(item.value.duties)))
        for item in view.posts
    )
    missions = tuple(item for item in view.missions if not is_copied(item.value.what))
    told = " ".join(words(_as_told(posts, missions)))

    def shown(items: tuple[Dated[V], ...]) -> tuple[Dated[V], ...]:
        """Keep what rests on words that the letter lacks, or that a post or mission has too."""
        return tuple(
            item
            for item in items
            if not is_copied(item.evidence.quote) or " ".join(words(item.evidence.quote)) in told
        )

    return replace(
        view,
        posts=posts,
        missions=missions,
        topics=shown(view.topics),
        activities=shown(view.activities),
        countries=shown(view.countries),
        languages=shown(view.languages),
        trainings=shown(view.trainings),
        publications=shown(view.publications),
        headline=own(view.headline) or None,
        text=own(view.text),
    )


def _as_told(posts: Iterable[Dated[Post]], missions: Iterable[Dated[Mission]]) -> str:
    """Return posts and missions in words."""
    texts = [post_text(item.value) for item in posts]
    return " ".join(texts + [mission_text(item.value) for item in missions])
