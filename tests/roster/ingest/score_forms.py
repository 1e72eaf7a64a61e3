"""Print how much of invented, filled forms is read: precision and recall, field by field.

Run: python -m tests.roster.ingest.score_forms [--seeds N] [--form F] [--language L] [--file K] [-v]
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from roster.errors import FileRefused
from roster.ingest.assembly import assemble
from roster.ingest.profile import read_profile
from roster.ingest.sandbox.kinds import inspect
from roster.ingest.text import read_raw
from roster.naming import fold
from roster.read import (
    BirthYear,
    Contact,
    DocumentText,
    Education,
    ExtractedProfile,
    LanguageSkill,
    Mission,
    Name,
    Nationality,
    Post,
)
from roster.vocabulary import FactKind, LanguageLevel
from tests.roster.ingest.form_catalogue import FORMS
from tests.roster.ingest.form_files import FILES
from tests.roster.ingest.form_layouts import Filled
from tests.roster.ingest.form_people import ONLY_MENTIONED, Person, invent
from tests.roster.ingest.form_words import BANK
from tests.roster.ingest.score_templates import (
    Count,
    alike,
    countries_of,
    latest_post,
    one,
    sets,
    stays_of,
)

TODAY = date(2026, 11, 22)
T = TypeVar("T")
SURE = 0.9
MAIN_LANGUAGES = ("en", "fr", "es", "pt")
_STEPS = (LanguageLevel.C1, LanguageLevel.B2, LanguageLevel.B1, LanguageLevel.A2, LanguageLevel.A1)


@dataclass(frozen=True)
class Case:
    """One filled form in one kind of file."""

    form: str
    language: str
    kind: str
    seed: int

    @property
    def name(self) -> str:
        """Shown beside what went wrong."""
        return f"{self.form}-{self.language}-{self.kind}-{self.seed}"


def cases(
    seeds: Sequence[int],
    forms: Sequence[str] = tuple(FORMS),
    languages: Sequence[str] = MAIN_LANGUAGES,
    kinds: Sequence[str] = tuple(FILES),
) -> Iterator[Case]:
    """Yield every combination."""
    for seed in seeds:
        for form in forms:
            for language in languages:
                if language in BANK or form == "eu":
                    yield from (Case(form, language, kind, seed) for kind in kinds)


def document_of(case: Case) -> tuple[Person, Filled, DocumentText]:
    """Return the person, the form and its text as read."""
    person = invent(case.language, case.seed)
    filled = FORMS[case.form](person, case.seed)
    data = FILES[case.kind](filled.blocks)
    kind = inspect(data)
    return person, filled, assemble(read_raw(data, kind.format), kind.media_type)


def score(chosen: Iterator[Case]) -> dict[str, Count]:
    """Return the counts of every field over some cases."""
    counts: dict[str, Count] = defaultdict(Count)
    for case in chosen:
        try:
            person, filled, text = document_of(case)
        except FileRefused as refusal:
            counts["refused"].wrong += 1
            counts["refused"].notes.append(f"{case.name}: {refusal}")
            continue
        profile = read_profile(text, TODAY)
        local: dict[str, Count] = defaultdict(Count)
        _score_person(local, filled, person, profile)
        _score_languages(local, filled, person, profile)
        _score_work(local, case.form, filled, person, profile)
        for field, count in local.items():
            counts[field].right += count.right
            counts[field].wrong += count.wrong
            counts[field].missed += count.missed
            counts[field].notes += [f"{case.name}: {note}" for note in count.notes]
    return dict(counts)


def _of(profile: ExtractedProfile, kind: type[T]) -> list[T]:
    return [fact.value for fact in profile.facts if isinstance(fact.value, kind)]


def _sure(counts: dict[str, Count], name: str, right: bool, confidence: float) -> None:
    if confidence >= SURE:
        one(counts["sure values"], name, right)


def _score_person(
    counts: dict[str, Count], filled: Filled, person: Person, profile: ExtractedProfile
) -> None:
    names = profile.of(FactKind.NAME)
    value = names[0].value if names else None
    right = None
    if isinstance(value, Name):
        right = fold(value.display) == fold(person.full)
        one(counts["name"], value.display, right)
        _sure(counts, f"name {value.display}", right, names[0].confidence)
        parts = (fold(value.given or ""), fold(value.family or ""))
        one(
            counts["name, in parts"], str(parts), parts == (fold(person.given), fold(person.family))
        )
    else:
        one(counts["name"], "none", None)
    mails = {
        fact.value.value for fact in profile.of(FactKind.EMAIL) if isinstance(fact.value, Contact)
    }
    sets(counts["email"], {person.mail} if person.mail and filled.has_mail else set(), mails)
    nations = {nation.country for nation in _of(profile, Nationality)}
    sets(counts["nationality"], {person.nationality}, nations)
    for fact in profile.of(FactKind.NATIONALITY):
        if isinstance(fact.value, Nationality):
            same = fact.value.country == person.nationality
            _sure(counts, f"nationality {fact.value.country}", same, fact.confidence)
    years = _of(profile, BirthYear)
    one(counts["birth year"], str(years), years[0].year == person.birth[0] if years else None)
    held = [(degree.level, degree.institution or "") for degree in _of(profile, Education)]
    for name, level, school, _, last in person.degrees:
        found = any(known == level and alike(school, words) for known, words in held)
        one(counts["education"], f"{name}, {school}, {last} in {held}", True if found else None)
    counts["education"].wrong += max(0, len(held) - len(person.degrees))
    if len(held) > len(person.degrees):
        counts["education"].notes.append(f"too many: {held}")


def _score_languages(
    counts: dict[str, Count], filled: Filled, person: Person, profile: ExtractedProfile
) -> None:
    skills = {skill.language: skill for skill in _of(profile, LanguageSkill)}
    sets(counts["language"], {person.native, *(code for code, _ in person.tongues)}, set(skills))
    sure = {
        fact.value.language: fact.confidence
        for fact in profile.of(FactKind.LANGUAGE)
        if isinstance(fact.value, LanguageSkill)
    }
    wanted: dict[str, LanguageLevel] = {person.native: LanguageLevel.NATIVE}
    if filled.scale != "words":
        wanted |= {code: _STEPS[step - 1] for code, step in person.tongues}
    for code, level in wanted.items():
        skill = skills.get(code)
        if skill is None:
            continue
        same = skill.level is level if skill.level is not None else None
        note = f"{code} {skill.stated} as {skill.level}, not {level} ({filled.scale})"
        one(counts["level"], note, same)
        if skill.level is not None:
            _sure(counts, note, bool(same), sure[code])


def _score_work(
    counts: dict[str, Count], form: str, filled: Filled, person: Person, profile: ExtractedProfile
) -> None:
    missions = person.missions if filled.has_missions else ()
    truth = {work.country for work in (*person.posts, *missions)}
    if form == "bank-old":
        truth |= {work.country for work in person.missions}
    if form in {"bank-old", "development"} and form == "bank-old":
        truth |= {person.nationality}
    read = countries_of(profile)
    sets(counts["countries worked"], truth, read)
    sets(counts["traps: countries"], set(), read & {*ONLY_MENTIONED, person.proposed_country})
    own = {fact.value.value for fact in profile.facts if isinstance(fact.value, Contact)}
    others = {person.firm_mail, *(each for _, *pair in person.referees for each in pair)}
    sets(counts["traps: contacts of others"], set(), own & others)
    stays = stays_of(profile)
    for work in missions:
        wanted = (work.country, work.start[0], work.end[0] if work.end else None)
        one(
            counts["missions"],
            f"{wanted} in {sorted(stays, key=str)}",
            True if wanted in stays else None,
        )
    _score_posts(counts, person, profile)


def _score_posts(counts: dict[str, Count], person: Person, profile: ExtractedProfile) -> None:
    post, true = latest_post(profile), person.posts[0]
    right = None
    if post is not None:
        right = alike(post.title, true.title) and alike(post.employer, true.employer)
    note = f"{post.title} / {post.employer} for {true.title} / {true.employer}" if post else "none"
    one(counts["latest post"], note, right)
    starts = [
        fact.period.start.year
        for fact in profile.facts
        if isinstance(fact.value, Post | Mission) and fact.period.start
    ]
    first = person.posts[-1].start[0]
    one(counts["first year of work"], f"{min(starts, default=None)} for {first}",
        min(starts) == first if starts else None)  # fmt: skip
    held = [
        (fact.value.title or "", fact.period.start.year if fact.period.start else None, fact)
        for fact in profile.of(FactKind.POST)
        if isinstance(fact.value, Post)
    ]
    wanted = [(work.title, work.start[0]) for work in person.posts]
    for title, year in wanted:
        found = any(alike(title, words) and year == start for words, start, _ in held)
        one(counts["posts"], f"{title} {year}", True if found else None)
    for words, start, fact in held:
        known = any(alike(title, words) and year == start for title, year in wanted)
        counts["posts"].wrong += not known
        if not known:
            counts["posts"].notes.append(f"wrong: {words} {start} {fact.value}")
        _sure(counts, f"post {words} {start}", known, fact.confidence)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--form", action="append", choices=FORMS)
    parser.add_argument("--language", action="append")
    parser.add_argument("--file", action="append", choices=FILES)
    parser.add_argument("-v", action="store_true")
    given = parser.parse_args()
    chosen = cases(
        range(given.first, given.first + given.seeds),
        given.form or tuple(FORMS),
        given.language or MAIN_LANGUAGES,
        given.file or tuple(FILES),
    )
    for name, count in score(chosen).items():
        sys.stdout.write(
            f"{name:26} P {count.precision:.3f}  R {count.recall:.3f}  "
            f"({count.right} right, {count.wrong} wrong, {count.missed} missed)\n"
        )
        for note in count.notes if given.v else ():
            sys.stdout.write(f"    {note[:230]}\n")


if __name__ == "__main__":
    main()
