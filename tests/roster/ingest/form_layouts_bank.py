"""The forms of development banks filled with an invented person."""

from __future__ import annotations

import random

from tests.roster.ingest.form_layouts import Block, Filled, birth, month, span
from tests.roster.ingest.form_people import Person, Work, country_name, language_name
from tests.roster.ingest.form_words import BANK, WORDS, Wording


def bank_old(person: Person, seed: int) -> Filled:
    """Return the World Bank's TECH-6 as used up to 2010."""
    rng = random.Random(f"wb-{person.language}-{seed}")  # noqa: S311 - invented data, not secrets
    words, own = Wording(BANK[person.language], rng), Wording(WORDS[person.language], rng)
    good = BANK[person.language]["good"]
    blocks = [Block("FORM TECH-6" if person.language == "en" else "TECH-6", strong=True)]
    heads = [
        f"{words['position_title']}: {person.proposed}",
        f"{words['firm']}: {person.firm}",
        f"{words['staff']}: {person.full}",
        f"{own['birth']}: {birth(person, rng)}  {own['nationality']}: {person.nationality_word}",
    ]
    blocks += [Block(f"{at}. {head}") for at, head in enumerate(heads, 1)]
    blocks.append(Block(f"5. {own['education']}:", strong=True))
    blocks += [Block(f"{s}, {name}, {last}") for name, _, s, _, last in person.degrees]
    blocks.append(Block(f"6. {words['membership']}: –"))
    blocks.append(Block(f"7. {words['training']}: –"))
    places = dict.fromkeys(work.country for work in (*person.posts, *person.missions))
    named = ", ".join(country_name(code, person.language) for code in places)
    blocks.append(Block(f"8. {words['countries']}: {named}"))
    blocks.append(Block(f"9. {words['languages']}:", strong=True))
    rows = [[own["language"], own["speaking"], own["reading"], own["writing"]]]
    rows.append([language_name(person.native, person.language), *[own["native"]] * 3])
    rows += [[language_name(code, person.language), *[good[0]] * 3] for code, _ in person.tongues]
    blocks.append(Block(rows=rows))
    blocks.append(Block(f"10. {words['record']}:", strong=True))
    blocks += _record(person, words, own, rng)
    tasks = [f"• {words['task'].format(country_name(person.proposed_country, person.language))}"]
    blocks.append(Block(f"11. {words['tasks']}:", strong=True))
    blocks += [Block(task) for task in tasks]
    blocks.append(Block(f"12. {words['best']}:", strong=True))
    for work in person.missions:
        blocks += _illustration(work, person, words)
    blocks.append(Block(f"13. {words['certify']}"))
    return Filled(blocks, "words", has_mail=False)


def _record(person: Person, words: Wording, own: Wording, rng: random.Random) -> list[Block]:
    blocks: list[Block] = []
    style = rng.choice(["lines", "table"])
    for work in person.posts:
        last = month(work.end, "m") if work.end else own["now"]
        first = f"{words['from']}: {month(work.start, 'm')}"
        if style == "table":
            rows = [
                [first, f"{words['to']}: {last}"],
                [f"{words['employer']}:", work.employer],
                [f"{words['held']}:", work.title],
            ]
            blocks.append(Block(rows=rows))
            continue
        blocks.append(Block(f"{first}  {words['to']}: {last}"))
        blocks.append(Block(f"{words['employer']}: {work.employer}"))
        blocks.append(Block(f"{words['held']}: {work.title}"))
    return blocks


def _illustration(work: Work, person: Person, words: Wording) -> list[Block]:
    year = str(work.start[0])
    return [
        Block(f"{words['name']}: {work.duties.split('.')[0]}"),
        Block(f"{words['year']}: {year}"),
        Block(f"{words['location']}: {work.city}, {country_name(work.country, person.language)}"),
        Block(f"{words['client']}: {work.employer}"),
        Block(f"{words['features']}: –"),
        Block(f"{words['held']}: {work.title}"),
        Block(f"{words['activities']}: {work.duties}"),
    ]


def bank_new(person: Person, seed: int) -> Filled:
    """Return the World Bank's TECH-6 as used since 2011."""
    rng = random.Random(f"wbn-{person.language}-{seed}")  # noqa: S311 - invented data, not secrets
    words, own = Wording(BANK[person.language], rng), Wording(WORDS[person.language], rng)
    good = BANK[person.language]["good"]
    blocks = [Block("FORM TECH-6" if person.language == "en" else "TECH-6", strong=True)]
    identity = [
        (words["position_title"], f"K-1, {person.proposed}"),
        (words["staff"], person.full),
        (own["birth"], birth(person, rng)),
        (words["citizenship"], country_name(person.nationality, person.language)),
    ]
    blocks.append(Block(rows=[[f"{label}:", value] for label, value in identity]))
    blocks.append(Block(f"{own['education']}:", strong=True))
    blocks += [Block(f"{name}, {s}, {first}-{last}") for name, _, s, first, last in person.degrees]
    blocks.append(Block(f"{words['relevant']}:", strong=True))
    rows = [[words["period"], words["org"], own["country"], words["summary"]]]
    for at, work in enumerate(person.posts):
        name, mail, phone = person.referees[at % 3]
        rows.append(
            [
                span(work, own, rng),
                f"{work.employer}\n{work.title}\n{own['reference']}: {name}, {phone}, {mail}",
                country_name(work.country, person.language),
                work.duties,
            ]
        )
    blocks.append(Block(rows=rows))
    blocks.append(Block(f"{words['membership']}: –"))
    skills = "; ".join(
        f"{language_name(code, person.language)}: {good[0].lower()}" for code, _ in person.tongues
    )
    native = f"{language_name(person.native, person.language)}: {own['native'].lower()}"
    blocks.append(Block(f"{words['indicate']}: {native}; {skills}"))
    blocks.append(Block(f"{words['adequacy']}:", strong=True))
    rows = [[words["detail"], words["prior"]]]
    task = words["task"].format(country_name(person.proposed_country, person.language))
    for at, work in enumerate(person.missions):
        lines = "\n".join(block.text for block in _illustration(work, person, words))
        rows.append([task if at == 0 else "", lines])
    blocks.append(Block(rows=rows))
    if person.mail:
        blocks.append(Block(f"{words['contact']}: e-mail {person.mail}"))
    blocks.append(Block(words["certify"]))
    return Filled(blocks, "words")


def development(person: Person, seed: int) -> Filled:
    """Return the variant of the Asian and African development banks."""
    rng = random.Random(f"adb-{person.language}-{seed}")  # noqa: S311 - invented data, not secrets
    words, own = Wording(BANK[person.language], rng), Wording(WORDS[person.language], rng)
    good = BANK[person.language]["good"]
    lines = [
        (words["position_title"], person.proposed),
        (words["firm"], person.firm),
        (words["staff"], person.full),
        (words["profession"], person.posts[0].title.split(",")[0]),
        (own["birth"], birth(person, rng)),
        (words["with_firm"], "2"),
        (own["nationality"], person.nationality_word),
    ]
    blocks = [Block(f"{label}: {value}") for label, value in lines]
    blocks += [Block(own["key"], strong=True), Block(person.posts[0].duties)]
    blocks.append(Block(f"{own['education']}:", strong=True))
    blocks += [Block(f"{last}: {name}, {s}") for name, _, s, _, last in person.degrees]
    blocks.append(Block(f"{words['languages']}:", strong=True))
    blocks.append(
        Block(f"{language_name(person.native, person.language)}: {own['native'].lower()}")
    )
    blocks += [
        Block(f"{language_name(code, person.language)}: {good[0].lower()}")
        for code, _ in person.tongues
    ]
    blocks.append(Block(f"{words['record']}:", strong=True))
    for work in person.posts:
        pairs = [
            (words["period"], span(work, own, rng)),
            (words["employer"], work.employer),
            (words["location"], f"{work.city}, {country_name(work.country, person.language)}"),
            (words["held"], work.title),
            (own["description"], work.duties),
        ]
        blocks += [Block(f"{label}: {value}") for label, value in pairs]
    return Filled(blocks, "words", has_missions=False, has_mail=False)
