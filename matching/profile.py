"""One person as flat entries, free of the moment: made once per change, never per request."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import classify

from matching.arrays import NO_DAY
from matching.passages import ONGOING, WHOLE_WORDS, Passage, Source, cut
from matching.text import clip, distinct, sentences, shingles, terms
from roster.dates import Period
from roster.read import Dated, Evidence, ExpertView, Mission, Post
from roster.vocabulary import ExpertKind

OFFICIAL_KINDS = frozenset({ExpertKind.EU_ADMINISTRATION, ExpertKind.NON_EU_ADMINISTRATION})
FIELD_WEIGHTS = {
    "mission": 1.0, "headline": 0.9, "post": 0.9, "topic": 0.5, "training": 0.4, "text": 0.0,
}  # fmt: skip
"""What a word counts for by where it stands: what was done counts more than what is claimed.

The free text counts nothing where posts or missions were read in it: their words are counted
there, and a list of key words below them is no practice.
"""
USUAL_WORDS = {
    "mission": 120, "headline": 10, "post": 200, "topic": 80, "training": 60, "text": 700,
}  # fmt: skip
"""Usual length of each part in terms; fixed, so that one new record rewrites no other."""
TEXT_ALONE = 0.4
"""What the free text counts for where no post and no mission was read in it."""
MOST_REPEATS = {"text": 4.0}
"""Beyond so many times a word of a part counts no more: anybody can write it again."""
SATURATION = 1.2
LEAST_WRITTEN = 6
"""Fewer words of posts and missions do not tell their language."""


class Entry(NamedTuple):
    """One piece of experience with one code (a topic, a country, an administration …)."""

    code: str
    weight: float
    """In [0, 1]: done counts 1, a mention less."""
    first: int
    """Ordinal of the first day, `NO_DAY` where unknown."""
    last: int
    """Ordinal of the last day, `ONGOING` where it goes on, `NO_DAY` where unknown."""
    label: str
    """For people: in which post or mission."""
    evidence: Evidence


def profile_of(view: ExpertView) -> Profile:
    """Read all of a person's view that is measured, at once."""
    profile = Profile(view)
    _ = profile.written, profile.passages, profile.whole, profile.term_ids
    return profile


class _Words(NamedTuple):
    """What is counted of the words of a record."""

    term_ids: NDArray[np.uint32]
    impacts: NDArray[np.float32]
    shingle_ids: NDArray[np.uint32]


@dataclass(frozen=True)
class Profile:
    """All that ranking reads of one person, whatever the request and the day.

    Each part is read in the view when it is first asked for: whoever is only told of needs neither
    her words nor her runs of words, and these take nearly all the time.
    """

    view: ExpertView

    @cached_property
    def language(self) -> str | None:
        """Of most of the person's text."""
        return _language(self.view)

    @cached_property
    def written(self) -> frozenset[str]:
        """The language in which posts and missions are told, or none."""
        return written_in(self.view)

    @cached_property
    def topics(self) -> tuple[Entry, ...]:
        """Practice in topics."""
        return tuple(_topics(self.view))

    @cached_property
    def activities(self) -> tuple[Entry, ...]:
        """What was done: trained, drafted, assessed."""
        return tuple(_activities(self.view))

    @cached_property
    def countries(self) -> tuple[Entry, ...]:
        """Where the person worked."""
        return tuple(_countries(self.view))

    @cached_property
    def administrations(self) -> tuple[Entry, ...]:
        """In which kinds of office."""
        return tuple(_administrations(self.view))

    @property
    def service(self) -> tuple[tuple[int, int], ...]:
        """First and last days of public service, apart from each other, in order."""
        return self._service[0]

    @property
    def service_evidence(self) -> Evidence | None:
        """Of the longest of them."""
        return self._service[1]

    @cached_property
    def _service(self) -> tuple[tuple[tuple[int, int], ...], Evidence | None]:
        return _service(self.view)

    @cached_property
    def whole(self) -> str:
        """The record in words, cut: compared by meaning as one; empty where there are none."""
        return clip(self.view.text or " ".join(_told(self.view)), WHOLE_WORDS)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """What is compared by meaning, part by part."""
        return cut(tuple(_sources(self.view)), self.language)

    @property
    def term_ids(self) -> NDArray[np.uint32]:
        """Terms of the words, each once, sorted."""
        return self._words.term_ids

    @property
    def impacts(self) -> NDArray[np.float32]:
        """Of each term, in (0, 1): saturating in how often it stands where."""
        return self._words.impacts

    @property
    def shingle_ids(self) -> NDArray[np.uint32]:
        """Runs of words, sorted."""
        return self._words.shingle_ids

    @cached_property
    def _words(self) -> _Words:
        return _words(self.view, self.language)

    @property
    def has_history(self) -> bool:
        """Whether anything is known of what the person did; without it nothing can be missed."""
        return bool(self.view.posts or self.view.missions)

    @property
    def texts(self) -> tuple[str, ...]:
        """All that is compared by meaning: the whole first, then each passage."""
        return (*filter(None, (self.whole,)), *(passage.text for passage in self.passages))


def _words(view: ExpertView, language: str | None) -> _Words:
    parts = _parts(view)
    weights = FIELD_WEIGHTS
    if not (view.posts or view.missions):
        weights = {**FIELD_WEIGHTS, "text": TEXT_ALONE}
    traces: set[int] = set()
    for texts in parts.values():
        for text in texts:
            traces |= shingles(text)
    shingle_ids = np.fromiter(sorted(traces), dtype=np.uint32, count=len(traces))
    return _Words(*_impacts(parts, weights, language), shingle_ids)


def written_in(view: ExpertView) -> frozenset[str]:
    """Return the language in which a person's own posts and missions are told, or none.

    The words of the posts and the language of the CV have to agree: a letter pasted below a CV
    makes nobody a writer of its language.
    """
    proofs = [post.evidence for post in view.posts] + [one.evidence for one in view.missions]
    told = clip(" ".join(proof.quote for proof in proofs), 120)
    if len(told.split()) < LEAST_WRITTEN:
        # A letter would be pasted below what the person wrote.
        proofs = [*proofs, *(skill.evidence for skill in view.languages)]
        told = clip(view.text, 60)
    if len(told.split()) < LEAST_WRITTEN:
        return frozenset()
    said = frozenset(proof.language for proof in proofs if proof.language)
    return said & {_language_of(told)}


@lru_cache(maxsize=8192)
def _language_of(sample: str) -> str:
    return str(classify(sample)[0])


# --- Words ----------------------------------------------------------------------------------------


def post_text(post: Post) -> str:
    """Return a post in words, without its country, which is a feature of its own."""
    return " ".join(filter(None, (post.title, post.unit, post.employer, post.duties)))


def mission_text(mission: Mission) -> str:
    """Return a mission in words."""
    return " ".join(filter(None, (mission.what, mission.role, mission.for_whom, mission.programme)))


def _texts(view: ExpertView) -> dict[str, list[str]]:
    """Return the sentences of each part of a person's record."""
    learnt = (view.trainings, view.publications, view.education)
    return {
        "mission": [s for item in view.missions for s in sentences(mission_text(item.value))],
        "headline": sentences(view.headline or ""),
        "post": [s for item in view.posts for s in sentences(post_text(item.value))],
        "topic": [s for item in view.topics for s in sentences(item.evidence.quote)],
        "training": [item.value.title for items in learnt for item in items if item.value.title],
        "text": sentences(view.text),
    }


def _parts(view: ExpertView) -> dict[str, list[str]]:
    return {name: distinct(texts) for name, texts in _texts(view).items()}


def _language(view: ExpertView) -> str | None:
    """Return the language that most facts were read in, else the one the words look like."""
    proofs = [post.evidence for post in view.posts] + [one.evidence for one in view.missions]
    proofs += [topic.evidence for topic in view.topics]
    said = Counter(proof.language for proof in proofs if proof.language)
    if said:
        return min(said.items(), key=lambda pair: (-pair[1], pair[0]))[0]
    sample = clip(" ".join(text for texts in _parts(view).values() for text in texts), 80)
    return str(classify(sample)[0]) if sample else None


def _impacts(
    parts: dict[str, list[str]], by_part: dict[str, float], language: str | None
) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Return each term once, with tf / (k + tf) of its frequency over the weighted parts."""
    weighted: dict[int, float] = defaultdict(float)
    for name, texts in parts.items():
        if not by_part[name]:
            continue
        found = [term for text in texts for term in terms(text, language)]
        scale = by_part[name] / (0.25 + 0.75 * len(found) / USUAL_WORDS[name])
        scale = min(scale, by_part[name])
        most = MOST_REPEATS.get(name, float("inf"))
        for term, count in Counter(found).items():
            weighted[term] += min(count, most) * scale
    ids = np.fromiter(weighted.keys(), dtype=np.uint32, count=len(weighted))
    frequency = np.fromiter(weighted.values(), dtype=np.float64, count=len(weighted))
    order = np.argsort(ids)
    impacts = (frequency / (SATURATION + frequency)).astype(np.float32)
    return ids[order], impacts[order]


def _told(view: ExpertView) -> Iterator[str]:
    """Yield the headline, missions and posts in words, for a record without a text."""
    yield view.headline or ""
    for mission in view.missions:
        yield mission_text(mission.value)
    for post in view.posts:
        yield post_text(post.value)


def _sources(view: ExpertView) -> Iterator[Source]:
    """Yield missions and posts, newest first, then the free text."""
    for mission in view.missions:
        text, span = mission_text(mission.value), _span(mission.period)
        yield Source(text, _mission_label(mission), *span, mission.evidence)
    for post in view.posts:
        text, span = _post_passage(view, post), _span(post.period)
        yield Source(text, _post_label(post), *span, post.evidence)
    if not (view.posts or view.missions) and view.headline:
        nowhere = Evidence(None, view.headline, "", None, None)
        yield Source(view.headline, "headline", NO_DAY, NO_DAY, nowhere)
    yield Source(view.text, "", NO_DAY, NO_DAY, None)


def _post_passage(view: ExpertView, item: Dated[Post]) -> str:
    """Return a post in words; where its duties are not read, with the sentences of its time."""
    if item.value.duties:
        return post_text(item.value)
    of_its_time = [
        topic.evidence.quote
        for topic in view.topics
        if topic.period == item.period and item.period.start is not None
    ]
    return " ".join([item.value.title or "", *distinct(of_its_time), item.value.employer or ""])


# --- Experience -----------------------------------------------------------------------------------


def _span(period: Period) -> tuple[int, int]:
    first = period.start.first_day.toordinal() if period.start else NO_DAY
    if period.ongoing:
        return first, ONGOING
    last = period.end or period.start
    return first, last.last_day.toordinal() if last else NO_DAY


def years(first: int, last: int) -> str:
    """Return "2016–2022", "since 2016", "2016" or "" for days that are not known."""
    start = str(date.fromordinal(first).year) if first != NO_DAY else ""
    if last == ONGOING:
        return f"since {start}" if start else "present"
    end = str(date.fromordinal(last).year) if last != NO_DAY else ""
    return f"{start}–{end}" if start and end and start != end else start or end


def _with_years(label: str | None, period: Period) -> str:
    when = years(*_span(period))
    name = clip(label or "", 9)
    return f"{name}, {when}" if name and when else name or when


def _post_label(item: Dated[Post]) -> str:
    return _with_years(item.value.title or item.value.employer, item.period)


def _mission_label(item: Dated[Mission]) -> str:
    return _with_years(item.value.what, item.period)


def _topics(view: ExpertView) -> Iterator[Entry]:
    for item in view.topics:
        label = years(*_span(item.period))
        yield Entry(
            item.value.topic, item.value.strength, *_span(item.period), label, item.evidence
        )


def _activities(view: ExpertView) -> Iterator[Entry]:
    for item in view.activities:
        label = years(*_span(item.period))
        yield Entry(item.value.activity.value, 1.0, *_span(item.period), label, item.evidence)


def _countries(view: ExpertView) -> Iterator[Entry]:
    """Yield work abroad and at home; home counts half, it is where everybody works."""

    def entry(country: str, weight: float, label: str, when: Period, proof: Evidence) -> Entry:
        at_home = 0.5 if country == view.home_country else 1.0
        return Entry(country, weight * at_home, *_span(when), label, proof)

    for mission in view.missions:
        label = _mission_label(mission)
        for country in mission.value.countries:
            yield entry(country, 1.0, label, mission.period, mission.evidence)
    for post in view.posts:
        if post.value.country:
            yield entry(post.value.country, 1.0, _post_label(post), post.period, post.evidence)
    for other in view.countries:
        label = _with_years(other.value.capacity, other.period)
        yield entry(other.value.country, 0.8, label, other.period, other.evidence)


def _administrations(view: ExpertView) -> Iterator[Entry]:
    for item in view.posts:
        if item.value.administration is not None:
            kind = item.value.administration.value
            yield Entry(kind, 1.0, *_span(item.period), _post_label(item), item.evidence)


def _service(view: ExpertView) -> tuple[tuple[tuple[int, int], ...], Evidence | None]:
    """Return the union of the dated times in public bodies, and the evidence of the longest."""
    held = [
        (*_span(item.period), item.evidence)
        for item in view.posts
        if item.value.administration is not None or item.value.employer_kind in OFFICIAL_KINDS
    ]
    dated = [(first, last, proof) for first, last, proof in held if NO_DAY not in (first, last)]
    merged = tuple(_union((first, last) for first, last, _ in dated))
    longest = max(dated, key=lambda one: (one[1] - one[0], one[0]), default=None)
    return merged, longest[2] if longest else None


def _union(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans joined where they touch or overlap, in order."""
    current: tuple[int, int] | None = None
    for first, last in sorted(spans):
        if current and first <= current[1] + 1:
            current = (current[0], max(current[1], last))
            continue
        if current:
            yield current
        current = (first, last)
    if current:
        yield current
