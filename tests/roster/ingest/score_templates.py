"""Print how much of the true values of the filled templates is read, field by field.

Run: python -m tests.roster.ingest.score_templates [folder]
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from roster.errors import FileRefused
from roster.ingest.profile import read_profile
from roster.ingest.reading import read_file
from roster.naming import fold, is_same_person
from roster.read import (
    BirthYear,
    Contact,
    CountryExperience,
    Education,
    ExtractedProfile,
    LanguageSkill,
    Mission,
    Name,
    Nationality,
    Post,
)
from roster.vocabulary import FactKind, LanguageLevel

TEMPLATES = Path(__file__).parent / "templates"
TODAY = date(2026, 11, 22)
LEVELS = {3: "upper_secondary", 5: "short_cycle", 6: "bachelor", 7: "master", 8: "doctorate"}

Truth = dict[str, Any]


@dataclass
class Count:
    """Right, wrong and missed readings of one field."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of what was read that is right; 1 where nothing was read."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was read; 1 where nothing is there."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def read_all(folder: Path) -> dict[str, tuple[Truth, Truth, ExtractedProfile | None]]:
    """Return file → its truth, its traps and what was read; None where it was refused."""
    truths = [json.loads(line) for line in (folder / "truth.jsonl").read_text().splitlines()]
    traps = {
        trap["file"]: trap
        for trap in map(json.loads, (folder / "traps.jsonl").read_text().splitlines())
    }
    read: dict[str, tuple[Truth, Truth, ExtractedProfile | None]] = {}
    for truth in truths:
        name = str(truth["file"])
        try:
            text = read_file((folder / name).read_bytes(), name=name)
        except FileRefused:
            read[name] = (truth, traps[name], None)
            continue
        read[name] = (truth, traps[name], read_profile(text, TODAY))
    return read


def countries_of(profile: ExtractedProfile) -> set[str]:
    """Return the countries that a profile says were worked in."""
    found: set[str] = set()
    for fact in profile.facts:
        if isinstance(fact.value, Post | CountryExperience) and fact.value.country:
            found.add(fact.value.country)
        if isinstance(fact.value, Mission):
            found |= set(fact.value.countries)
    return found


def stays_of(profile: ExtractedProfile) -> set[tuple[str, int | None, int | None]]:
    """Return (country, first year, last year) of missions, posts and country experience."""
    found: set[tuple[str, int | None, int | None]] = set()
    for fact in profile.facts:
        codes: tuple[str, ...] = ()
        if isinstance(fact.value, Mission):
            codes = fact.value.countries
        elif isinstance(fact.value, Post | CountryExperience) and fact.value.country:
            codes = (fact.value.country,)
        start = fact.period.start.year if fact.period.start else None
        end = fact.period.end.year if fact.period.end else None
        found |= {(code, start, end) for code in codes}
    return found


def latest_post(profile: ExtractedProfile) -> Post | None:
    """Return the post that goes on, else the one that ended last."""
    posts = [fact for fact in profile.facts if isinstance(fact.value, Post)]
    if not posts:
        return None
    last = max(
        posts,
        key=lambda fact: (
            fact.period.ongoing,
            (fact.period.end.last_day if fact.period.end else date.min),
            fact.period.start.first_day if fact.period.start else date.min,
        ),
    )
    return last.value if isinstance(last.value, Post) else None


def sets(count: Count, truth: set[str], read: set[str], allowed: set[str] | None = None) -> None:
    """Count a field that holds several values."""
    count.right += len(truth & read)
    count.wrong += len(read - truth - (allowed or set()))
    count.missed += len(truth - read)
    if truth - read:
        count.notes.append(f"missed {sorted(truth - read)}")
    if read - truth - (allowed or set()):
        count.notes.append(f"wrong {sorted(read - truth - (allowed or set()))}")


def one(count: Count, name: str, right: bool | None) -> None:
    """Count a field of one value: None is not read."""
    if right is None:
        count.missed += 1
    elif right:
        count.right += 1
    else:
        count.wrong += 1
        count.missed += 1
    if not right:
        count.notes.append(f"{name}: {'missed' if right is None else 'wrong'}")


def alike(left: str | None, right: str | None) -> bool:
    """Whether two titles or employers are the same but for details."""
    if not left or not right:
        return not left and not right
    return fuzz.token_set_ratio(fold(left), fold(right)) >= 80


def score(folder: Path) -> dict[str, Count]:
    """Return the counts of every field over all templates of a folder."""
    counts: dict[str, Count] = defaultdict(Count)
    for name, (truth, traps, profile) in read_all(folder).items():
        if profile is None:
            counts["refused (picture only)"].notes.append(name)
            continue
        _score_person(counts, name, truth, profile)
        _score_languages(counts["language"], counts["level"], name, truth, profile)
        _score_work(counts, name, truth, traps, profile)
    return dict(counts)


def _values(profile: ExtractedProfile, kind: FactKind) -> list[Any]:
    return [fact.value for fact in profile.of(kind)]


def _score_person(
    counts: dict[str, Count], name: str, truth: Truth, profile: ExtractedProfile
) -> None:
    names: list[Name] = _values(profile, FactKind.NAME)
    same = is_same_person(names[0].display, truth["full_name"]) if names else None
    one(counts["name"], name, same)
    exact = fold(names[0].display) == fold(truth["full_name"]) if names else None
    one(counts["name, every word in order"], name, exact)
    mails: list[Contact] = _values(profile, FactKind.EMAIL)
    sets(counts["email"], {truth["email"]} if truth["email"] else set(), {m.value for m in mails})
    nations: list[Nationality] = _values(profile, FactKind.NATIONALITY)
    sets(counts["nationality"], set(truth["nationalities"]), {n.country for n in nations})
    years: list[BirthYear] = _values(profile, FactKind.BIRTH_YEAR)
    one(counts["birth_year"], name, years[0].year == truth["birth_year"] if years else None)
    degrees: list[Education] = _values(profile, FactKind.EDUCATION)
    best = max((degree.level or 0 for degree in degrees), default=None)
    right = LEVELS.get(best) == truth["education_highest_level"] if best is not None else None
    one(counts["education level"], name, right)


def _score_languages(
    count: Count, level: Count, name: str, truth: Truth, profile: ExtractedProfile
) -> None:
    skills: dict[str, LanguageSkill] = {
        skill.language: skill for skill in _values(profile, FactKind.LANGUAGE)
    }
    sets(count, {each["iso639_1"] for each in truth["languages"]}, set(skills))
    for each in truth["languages"]:
        skill = skills.get(each["iso639_1"])
        if each["cefr_min"] is None or skill is None:
            continue
        low, high = (
            LanguageLevel(each[key].replace("NATIVE", "native")).rank
            for key in ("cefr_min", "cefr_max")
        )
        inside = low <= skill.level.rank <= high if skill.level is not None else None
        one(level, f"{name} {each['iso639_1']}", inside)


def _score_work(
    counts: dict[str, Count], name: str, truth: Truth, traps: Truth, profile: ExtractedProfile
) -> None:
    read = countries_of(profile)
    sets(
        counts["countries worked"],
        set(truth["countries_worked"]),
        read,
        set(truth.get("countries_optional", [])),
    )
    leaked = read & set(traps["countries_mentioned_only"]) - set(truth["countries_worked"])
    counts["traps: countries"].wrong += len(leaked)
    own = {fact.value.value for fact in profile.facts if isinstance(fact.value, Contact)}
    leaked = own & {*traps["other_emails"], *traps["other_phones"]}
    counts["traps: contacts of others"].wrong += len(leaked)
    stays = stays_of(profile)
    for mission in truth["missions"]:
        wanted = (mission["country"], mission["from_year"], mission["to_year"])
        one(counts["missions"], f"{name} {wanted}", True if wanted in stays else None)
    post = latest_post(profile)
    options = [
        {"position": truth["latest_position"], "employer": truth["latest_employer"]},
        *truth["latest_alternatives"],
    ]
    unscored = "latest_employer" in truth["unscored"]
    right = (
        any(
            alike(post.title, each["position"])
            and (unscored or alike(post.employer, each["employer"]))
            for each in options
        )
        if post is not None
        else None
    )
    one(counts["latest post"], name, right)
    if right is False and post is not None:
        counts["latest post"].notes.append(f"{post.title} / {post.employer}")
    first = min(
        (
            fact.period.start.year
            for fact in profile.facts
            if isinstance(fact.value, Post | Mission) and fact.period.start
        ),
        default=None,
    )
    one(counts["first year of work"], name, first == truth["years_first_job"] if first else None)
    work = sum(isinstance(fact.value, Post | Mission) for fact in profile.facts)
    one(counts["at least as many entries of work"], name, work >= truth["n_jobs"])


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TEMPLATES
    for name, count in score(folder).items():
        sys.stdout.write(
            f"{name:34} P {count.precision:.2f}  R {count.recall:.2f}  "
            f"({count.right} right, {count.wrong} wrong, {count.missed} missed)\n"
        )
        for note in count.notes:
            sys.stdout.write(f"    {note}\n")


if __name__ == "__main__":
    main()
