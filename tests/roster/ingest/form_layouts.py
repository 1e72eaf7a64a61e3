"""The EU form filled with an invented person, as blocks; the seed varies the layout."""

# ruff: noqa: E501, PERF401 - words stand as forms print them; rows grow one by one

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.roster.ingest.form_people import (
    MALE,
    Person,
    Work,
    country_name,
    language_name,
)
from tests.roster.ingest.form_words import WORDS, Wording

CEFR = ("C1", "B2", "B1", "A2", "A1")


@dataclass
class Block:
    """A paragraph or a table; cells may hold line breaks."""

    text: str = ""
    rows: list[list[str]] = field(default_factory=list)
    strong: bool = False


@dataclass
class Filled:
    """A filled form and how its languages were counted."""

    blocks: list[Block]
    scale: str
    """One of "down" (1 best), "up" (5 best), "cefr", "words"."""
    has_missions: bool = True
    has_mail: bool = True


def month(at: tuple[int, int], style: str) -> str:
    """Return MM/YYYY, or the year alone."""
    return f"{at[0]}" if style == "year" else f"{at[1]:02d}/{at[0]}"


def span(work: Work, words: Wording, rng: random.Random, *, days: bool = True) -> str:
    """Return the dates of a post or mission as people print them."""
    if work.end is None:
        since = f"{words['since']} {month(work.start, 'm')}"
        return rng.choice([since, f"{month(work.start, 'm')} – {words['now']}"])
    if work.days and days:
        return rng.choice(
            [
                f"{month(work.start, 'm')} ({work.days} {words['days']})",
                f"{work.start[0]} ({work.days} {words['days']})",
            ]
        )
    return f"{month(work.start, 'm')} – {month(work.end, 'm')}"


def _numbered(labels: list[str], rng: random.Random) -> Iterator[str]:
    style = rng.choice(["{}. ", "{}) ", "{}.\t", ""])
    for number, label in enumerate(labels, 1):
        yield style.format(number) + label


def _fields(pairs: list[tuple[str, str]], rng: random.Random) -> list[Block]:
    """Print labelled values as lines, as a table of two columns or of three with numbers."""
    style = rng.choice(["lines", "tabs", "two", "three"])
    if style == "three":
        return [
            Block(rows=[[f"{at}.", label, value] for at, (label, value) in enumerate(pairs, 1)])
        ]
    labels = list(_numbered([label for label, _ in pairs], rng))
    values = [value for _, value in pairs]
    if style == "two":
        return [Block(rows=[[label, value] for label, value in zip(labels, values, strict=True)])]
    joint = ":\t" if style == "tabs" else ": "
    return [Block(f"{label}{joint}{value}") for label, value in zip(labels, values, strict=True)]


def birth(person: Person, rng: random.Random) -> str:
    """Return a date of birth as people print it."""
    year, at, day = person.birth
    return rng.choice([f"{day:02d}/{at:02d}/{year}", f"{day:02d}.{at:02d}.{year}", f"{year}"])


def eu(person: Person, seed: int) -> Filled:
    """Return the CV of EU external action."""
    rng = random.Random(f"eu-{person.language}-{seed}")  # noqa: S311 - invented data, not secrets
    words = Wording(WORDS[person.language], rng)
    scale = rng.choice(["down", "down", "up", "cefr"])
    blocks = [Block(f"{person.firm} – {person.firm_mail}")] if rng.random() < 0.5 else []
    blocks.append(Block(words["cv"], strong=True))
    blocks.append(
        Block(
            f"{words['proposed']}: {person.proposed}, {country_name(person.proposed_country, person.language)}"
        )
    )
    identity = [
        (words["family"], person.family.upper() if rng.random() < 0.5 else person.family),
        (words["given"], person.given),
        (words["birth"], birth(person, rng)),
        (words["nationality"], person.nationality_word),
        (words["marital"], words["single"]),
    ]
    if person.mail:
        identity.append((words["email"], person.mail))
    blocks += _fields(identity, rng)
    labels = [words[key] for key in ("education", "languages", "memberships", "skills", "present",
              "firm_years", "key", "region", "professional", "other")]  # fmt: skip
    style = rng.choice(["{}. {}", "{}) {}", "{1}", "{}.\t{}"])
    heads = [style.format(at, label) for at, label in enumerate(labels, len(identity) + 1)]
    blocks += [Block(heads[0], strong=True), _degrees(person, words, rng)]
    blocks += _languages(person, words, rng, heads[1], scale)
    blocks.append(Block(f"{heads[2]}: –"))
    blocks.append(Block(f"{heads[3]}: MS Office, SPSS, R"))
    last = person.posts[0]
    blocks.append(Block(f"{heads[4]}: {last.title}, {last.employer}"))
    blocks.append(Block(f"{heads[5]}: {2026 - last.start[0]}"))
    blocks += [Block(heads[6], strong=True), *(Block(f"• {each.duties}") for each in person.posts)]
    blocks += [Block(heads[7], strong=True), _region(person, words, rng)]
    blocks.append(Block(heads[8], strong=True))
    blocks += _assignments(person, words, rng)
    blocks += [Block(heads[9], strong=True), Block(words["instruction"])]
    return Filled(blocks, scale)


def _degrees(person: Person, words: Wording, rng: random.Random) -> Block:
    rows = [[words["institution"], words["degree"]]]
    for name, _, school, first, last in person.degrees:
        dates = rng.choice([f"({first} – {last})", f"(09/{first} – 06/{last})"])
        rows.append([f"{school}{rng.choice([' ', chr(10)])}{dates}", name])
    if rng.random() < 0.3:
        rows.append(["", ""])
    return Block(rows=rows)


def _languages(
    person: Person, words: Wording, rng: random.Random, head: str, scale: str
) -> list[Block]:
    sentence = words[f"scale_{scale}"]
    if rng.random() < 0.5:
        blocks = [Block(f"{head}: {sentence}", strong=True)]
    else:
        blocks = [Block(head, strong=True), Block(sentence)]
    native = words["native"]
    rows = [[words["language"], words["reading"], words["speaking"], words["writing"]]]
    rows.append(
        [
            language_name(person.native, person.language),
            *rng.choice([[native] * 3, [native, "", ""]]),
        ]
    )
    for code, step in person.tongues:
        shown = {"down": str(step), "up": str(6 - step), "cefr": CEFR[step - 1]}[scale]
        rows.append([language_name(code, person.language), shown, shown, shown])
    if rng.random() < 0.3:
        rows.append([""] * 4)
    return [*blocks, Block(rows=rows)]


def _region(person: Person, words: Wording, rng: random.Random) -> Block:
    rows = [[words["country"], words["dates"]]]
    for work in person.missions:
        rows.append([country_name(work.country, person.language), span(work, words, rng)])
    rows.append(
        [words["regions"], f"{person.missions[-1].start[0]} – {person.missions[0].start[0]}"]
    )
    return Block(rows=rows)


def _company(work: Work, person: Person, words: Wording, at: int) -> str:
    name, mail, phone = person.referees[at % len(person.referees)]
    if at > 1:
        return work.employer
    return f"{work.employer}\n{words['reference']}: {MALE[at]} {name}\nTel.: {phone}\n{mail}"


def _assignments(person: Person, words: Wording, rng: random.Random) -> list[Block]:
    works = sorted(
        [*person.posts, *person.missions], key=lambda w: (w.end is None, w.start), reverse=True
    )
    heads = [words[key] for key in ("dates", "place", "company", "position", "description")]
    cells = [
        [
            span(work, words, rng),
            f"{work.city}, {country_name(work.country, person.language)}",
            _company(work, person, words, at),
            work.title,
            work.duties,
        ]
        for at, work in enumerate(works)
    ]
    style = rng.choice(["wide", "wide", "blocks", "four"])
    if style == "wide":
        rows = [heads, *cells]
        if rng.random() < 0.4:
            rows.insert(4, heads)
        return [Block(rows=rows)]
    if style == "four":
        rows = [heads[:4]]
        rows += [[*row[:3], f"{row[3]}\n{row[4]}"] for row in cells]
        rows[0][3] = f"{heads[3]} / {heads[4]}"
        return [Block(rows=rows)]
    return [Block(rows=[list(pair) for pair in zip(heads, row, strict=True)]) for row in cells]
