"""Each feature of one person in a clause, with the places where it was read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from matching import relations
from matching.arrays import NO_DAY
from matching.features import Part, Reading
from matching.gates import window_of
from matching.index import Index
from matching.question import Question
from matching.text import list_in_words
from roster.read import Evidence

Clause = tuple[str, tuple[Evidence, ...]]
MOST_PARTS = 2
MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that a clause is made of, for all rows of one ranking."""

    question: Question
    index: Index
    reading: Reading
    today: date


def experience(case: Case, row: int, empty: str, near: Callable[[str, Part], str]) -> Clause:
    """Return the one or two things asked for that the person has most of."""
    held = [part for part in case.reading.parts if part.entries[row] >= 0]
    held.sort(key=lambda part: -part.values[row] * part.weight)
    told, proofs = [], []
    for part in held[:MOST_PARTS]:
        entry, column = int(part.entries[row]), part.column
        if column is None:
            continue
        name = near(column.names[column.codes[entry]], part)
        label = column.labels[entry]
        told.append(f"{name} ({label})" if label else name)
        proofs.append(column.evidence[entry])
    return ("; ".join(told), tuple(dict.fromkeys(proofs))) if told else (empty, ())


def topic(case: Case, row: int) -> Clause:
    """Say in which topics, when."""

    def near(code: str, part: Part) -> str:
        label = relations.topic_label(code)
        return label if label == part.label else f"{label}, near {part.label}"

    return experience(case, row, "none of the topics found", near)


def activity(case: Case, row: int) -> Clause:
    """Say what was done, when."""

    def near(code: str, part: Part) -> str:
        label = relations.activity_label(code)
        return label if label == part.label else f"{label}, near {part.label}"

    return experience(case, row, "no such activity found", near)


def country(case: Case, row: int) -> Clause:
    """Say in which country, and how it is near the beneficiary."""
    on = case.question.on
    codes = {want.label: want.code for want in case.question.countries}

    def near(code: str, part: Part) -> str:
        label, why = relations.country_label(code), ""
        if label != part.label:
            why = relations.nearness_words(code, codes[part.label], on)
        return f"{label}, {why} as {part.label}" if why else label

    return experience(case, row, "no work found in or near the country", near)


def peer(case: Case, row: int) -> Clause:
    """Say in which office like the requesting one."""

    def near(code: str, part: Part) -> str:
        label = relations.administration_label(code)
        return label if label == part.label else f"{label}, near {part.label}"

    return experience(case, row, "another kind of office", near)


def text(case: Case, row: int) -> Clause:
    """Say which telling words of the letter stand in the record."""
    profile, question = case.index.profiles[row], case.question
    places = np.searchsorted(profile.term_ids, question.term_ids)
    places = np.minimum(places, max(len(profile.term_ids) - 1, 0))
    held = profile.term_ids[places] == question.term_ids if len(profile.term_ids) else places < 0
    worth = np.where(held, question.term_weights, 0.0)
    best = [
        question.term_words[at] for at in np.argsort(-worth, kind="stable")[:8] if worth[at] > 0
    ]
    said = list(dict.fromkeys(best))[:MOST_WORDS]
    return (f"words in common: {', '.join(said)}" if said else "no telling words in common", ())


def semantic(case: Case, row: int) -> Clause:
    """Say how near the whole record comes."""
    return f"record and letter {_degree(float(case.reading.values[row]))} in meaning", ()


def passage(case: Case, row: int) -> Clause:
    """Name the post or mission that comes nearest."""
    entry, held = int(case.reading.parts[0].entries[row]), case.index.passages
    if entry < 0 or held is None:
        return "no post or mission near the letter in meaning", ()
    found = case.index.profiles[row].passages[int(held.numbers[entry])]
    return f"nearest in meaning: {found.label or 'headline'}", (found.evidence,)


def language(case: Case, row: int) -> Clause:
    """Say the levels in the languages asked for."""
    view = case.index.profiles[row].view
    told, proofs = [], []
    for need in case.question.request.languages:
        name = relations.language_label(need.language)
        held = [item for item in view.languages if item.value.language == need.language]
        level = (
            max((i.value.level.rank, i.value.level.value) for i in held if i.value.level)
            if (any(item.value.level for item in held))
            else (0, "level unknown" if held else "not stated")
        )
        told.append(f"{name} {level[1]}")
        proofs += [item.evidence for item in held]
    return ", ".join(told), tuple(proofs)


def record(case: Case, row: int) -> Clause:
    """Say how often deployed and what was said."""
    track = case.index.profiles[row].view.track
    said = f"{track.deployments} deployment{'s' if track.deployments != 1 else ''}"
    if track.feedback_mean is not None and track.feedback_count:
        said += f", feedback {track.feedback_mean:.1f} of 5 ({track.feedback_count})"
    return said, ()


def seniority(case: Case, row: int) -> Clause:
    """Say how many years."""
    profile = case.index.profiles[row]
    held = case.index.service_years(case.today.toordinal())[row]
    proof = (profile.service_evidence,) if profile.service_evidence else ()
    return f"{held:.0f} years of public service", proof


def free(case: Case, row: int) -> Clause:
    """Say how much room there is around the dates."""
    value = float(case.reading.values[row])
    if value >= 1:
        return "free a month or more around the dates", ()
    return f"{value * 30:.0f} free days around the dates", ()


def fresh(case: Case, row: int) -> Clause:
    """Say when the record was confirmed."""
    day = int(case.index.confirmed[row])
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

MISSING = {
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


def sources(evidence: tuple[Evidence, ...]) -> str:
    """Return where the evidence comes from, for people."""
    return list_in_words(list(dict.fromkeys(one.source for one in evidence if one.source)))
