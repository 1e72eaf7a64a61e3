"""Each feature of one person in a clause, with the places where it was read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from matching import relations
from matching.arrays import NO_DAY, Floats
from matching.blocks import Block
from matching.gates import window_of
from matching.profile import Entry, Profile
from matching.question import Question
from matching.readings import Part, Reading
from roster.read import Evidence
from roster.vocabulary import LanguageLevel

Clause = tuple[str, tuple[Evidence, ...]]
MOST_PARTS = 2
MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that a clause is made of: a few people, measured to be told of."""

    question: Question
    block: Block
    people: Sequence[Profile]
    """By row of the block."""
    reading: Reading | None
    """None of a feature that the record and the value tell of."""
    values: Floats
    """(n,): the feature, in [0, 1] or NaN."""
    words: Sequence[tuple[str, ...]]
    """By row: which telling words of the letter stand in the record, the most telling first."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The things asked for, measured."""
        return self.reading.parts if self.reading is not None else ()

    def amount(self, row: int) -> float:
        """Return the feature of one person in its unit: years, days."""
        amounts = self.reading.amounts if self.reading is not None else None
        return float(self.values[row] if amounts is None else amounts[row])


def experience(
    case: Case, row: int, record: Sequence[Entry], empty: str, near: Callable[[str, Part], str]
) -> Clause:
    """Return the one or two things asked for that the person has most of.

    Parameters
    ----------
    record : the person's entries of this kind
    """
    best: dict[int, tuple[float, Part]] = {}
    for part in case.parts:
        entry = part.shown.best(row) if part.shown else None
        if part.shown is None or entry is None or part.shown.places is None:
            continue
        place, worth = int(part.shown.places[entry]), float(part.values[row]) * part.weight
        if place not in best or worth > best[place][0]:
            best[place] = worth, part
    if not best:
        return empty, ()
    told: list[str] = []
    proofs: list[Evidence] = []
    for place, (_, part) in sorted(best.items(), key=lambda pair: -pair[1][0])[:MOST_PARTS]:
        shown = record[place]
        name = near(shown.code, part)
        told.append(f"{name} ({shown.label})" if shown.label else name)
        proofs.append(shown.evidence)
    return "; ".join(told), tuple(proofs)


def topic(case: Case, row: int) -> Clause:
    """Say in which topics, when."""

    def near(code: str, part: Part) -> str:
        label = relations.topic_label(code)
        return label if label == part.label else f"{label}, near {part.label}"

    return experience(case, row, case.people[row].topics, "none of the topics found", near)


def activity(case: Case, row: int) -> Clause:
    """Say what was done, when."""

    def near(code: str, part: Part) -> str:
        label = relations.activity_label(code)
        return label if label == part.label else f"{label}, near {part.label}"

    return experience(case, row, case.people[row].activities, "no such activity found", near)


def country(case: Case, row: int) -> Clause:
    """Say in which country, and how it is near the beneficiary."""
    on = case.question.on
    codes = {want.label: want.code for want in case.question.countries}

    def near(code: str, part: Part) -> str:
        label, why = relations.country_label(code), ""
        if label != part.label:
            why = relations.nearness_words(code, codes[part.label], on)
        return f"{label}, {why} as {part.label}" if why else label

    return experience(
        case, row, case.people[row].countries, "no work found in or near the country", near
    )


def peer(case: Case, row: int) -> Clause:
    """Say in which office like the requesting one."""

    def near(code: str, part: Part) -> str:
        label = relations.administration_label(code)
        return label if label == part.label else f"{label}, near {part.label}"

    return experience(case, row, case.people[row].administrations, "another kind of office", near)


def text(case: Case, row: int) -> Clause:
    """Say which telling words of the letter stand in the record."""
    said = dict.fromkeys(case.words[row][: 2 * MOST_WORDS])
    words = ", ".join(list(said)[:MOST_WORDS])
    return (f"words in common: {words}" if words else "no telling words in common", ())


def semantic(case: Case, row: int) -> Clause:
    """Say how near the whole record comes."""
    return f"record and letter {_degree(float(case.values[row]))} in meaning", ()


def passage(case: Case, row: int) -> Clause:
    """Name the post or mission that comes nearest."""
    held = case.block.passages
    shown = case.parts[0].shown if case.parts else None
    entry = shown.best(row) if shown else None
    if entry is None or held is None:
        return "no post or mission near the letter in meaning", ()
    found = case.people[row].passages[int(held.numbers[entry])]
    return f"nearest in meaning: {found.label or 'a sentence of the CV'}", (found.evidence,)


def language(case: Case, row: int) -> Clause:
    """Say the levels in the languages asked for."""
    skills = case.people[row].view.languages
    told, proofs = [], []
    for need in case.question.request.languages:
        held = [item for item in skills if item.value.language == need.language]
        told.append(_spoken(need.language, tuple(item.value.level for item in held)))
        proofs += [item.evidence for item in held]
    return ", ".join(told), tuple(proofs)


@lru_cache(maxsize=1024)
def _spoken(language: str, levels: tuple[LanguageLevel | None, ...]) -> str:
    known = [level for level in levels if level]
    name = relations.language_label(language)
    if not known:
        return f"{name} level unknown" if levels else f"{name} not stated"
    return f"{name} {max(known, key=lambda level: level.rank).value}"


def record(case: Case, row: int) -> Clause:
    """Say how often deployed and what was said."""
    track = case.people[row].view.track
    said = f"{track.deployments} deployment{'s' if track.deployments != 1 else ''}"
    if track.feedback_mean is not None and track.feedback_count:
        said += f", feedback {track.feedback_mean:.1f} of 5 ({track.feedback_count})"
    return said, ()


def seniority(case: Case, row: int) -> Clause:
    """Say how many years."""
    profile = case.people[row]
    proof = (profile.service_evidence,) if profile.service_evidence else ()
    return f"{case.amount(row):.0f} years of public service", proof


def free(case: Case, row: int) -> Clause:
    """Say how much room there is around the dates."""
    days = case.amount(row)
    if days >= 30:
        return "free a month or more around the dates", ()
    return f"{days:.0f} free days before and after the dates", ()


def fresh(case: Case, row: int) -> Clause:
    """Say when the record was confirmed."""
    day = int(case.block.confirmed[row])
    return (f"confirmed {date.fromordinal(day):%b %Y}" if day != NO_DAY else "never confirmed"), ()


CLAUSES: dict[str, Callable[[Case, int], Clause]] = {
    "topic": topic,
    "text": text,
    "semantic": semantic,
    "passage": passage,
    "activity": activity,
    "language": language,
    "country": country,
    "peer": peer,
    "record": record,
    "seniority": seniority,
    "free": free,
    "fresh": fresh,
}

MISSING_WORDS = {
    "topic": "nothing is known of what the person did",
    "text": "the record has no text yet",
    "semantic": "the record is not compared by meaning yet",
    "passage": "the record is not compared by meaning yet",
    "activity": "nothing is known of what the person did",
    "language": "languages not known",
    "country": "nothing is known of where the person worked",
    "peer": "kind of office not known",
    "record": "not deployed yet: counts as usual",
    "seniority": "years of service not known",
    "free": "calendar not known",
    "fresh": "never confirmed",
}
"""Why a feature is missing; it then counts its neutral value, not zero."""


def inactive_words(question: Question) -> dict[str, str]:
    """Return why a feature counts for nobody in this request."""
    words = dict.fromkeys(CLAUSES, "not asked for")
    if question.vectors is None:
        words |= dict.fromkeys(("semantic", "passage"), "meaning is not compared")
    if window_of(question.request) is None:
        words["free"] = "no dates set yet"
    return words


def _degree(value: float) -> str:
    names = ("far apart", "loosely related", "near", "very near")
    return names[min(int(value * 4), 3)]
