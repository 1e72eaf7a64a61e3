"""Forms filled with an invented person, as blocks of text and tables; the seed varies the layout."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.roster.ingest.form_people import (
    MALE,
    Person,
    Work,
    country_name,
    language_name,
)
from tests.roster.ingest.form_words import BANK, NATIONS, WORDS, Wording

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


def _birth(person: Person, rng: random.Random) -> str:
    year, at, day = person.birth
    return rng.choice([f"{day:02d}/{at:02d}/{year}", f"{day:02d}.{at:02d}.{year}", f"{year}"])


def eu(person: Person, seed: int) -> Filled:
    """Return the CV of EU external action."""
    rng = random.Random(f"eu-{person.language}-{seed}")
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
        (words["birth"], _birth(person, rng)),
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


def bank_old(person: Person, seed: int) -> Filled:
    """Return the World Bank's TECH-6 as used up to 2010."""
    rng = random.Random(f"wb-{person.language}-{seed}")
    words, own = Wording(BANK[person.language], rng), Wording(WORDS[person.language], rng)
    good = BANK[person.language]["good"]
    blocks = [Block("FORM TECH-6" if person.language == "en" else "TECH-6", strong=True)]
    heads = [
        f"{words['position_title']}: {person.proposed}",
        f"{words['firm']}: {person.firm}",
        f"{words['staff']}: {person.full}",
        f"{own['birth']}: {_birth(person, rng)}  {own['nationality']}: {person.nationality_word}",
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
    rng = random.Random(f"wbn-{person.language}-{seed}")
    words, own = Wording(BANK[person.language], rng), Wording(WORDS[person.language], rng)
    good = BANK[person.language]["good"]
    blocks = [Block("FORM TECH-6" if person.language == "en" else "TECH-6", strong=True)]
    identity = [
        (words["position_title"], f"K-1, {person.proposed}"),
        (words["staff"], person.full),
        (own["birth"], _birth(person, rng)),
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
    rng = random.Random(f"adb-{person.language}-{seed}")
    words, own = Wording(BANK[person.language], rng), Wording(WORDS[person.language], rng)
    good = BANK[person.language]["good"]
    lines = [
        (words["position_title"], person.proposed),
        (words["firm"], person.firm),
        (words["staff"], person.full),
        (words["profession"], person.posts[0].title.split(",")[0]),
        (own["birth"], _birth(person, rng)),
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


def nations(person: Person, seed: int) -> Filled:
    """Return the United Nations' P.11."""
    words = NATIONS[person.language]
    year, at, day = person.birth
    given = person.given.split()
    first, middle = given[0], " ".join(given[1:])
    mail = f"{words['email']}\n{person.mail}" if person.mail else f"{words['email']}\n"
    blocks = [Block(line, strong=True) for line in words["title"].split("\n")]
    blocks.append(
        Block(rows=[
            [f"1. {words['family']}\n{person.family.upper()}", f"{words['first']}\n{first}",
             f"{words['middle']}\n{middle}", words["maiden"]],
            [f"2. {words['birth']}\n{day:02d}/{at:02d}/{year}", f"3. {words['birthplace']}\nAccra",
             f"4. {words['at_birth']}\n{country_name('GH', person.language)}",
             f"5. {words['now']}\n{country_name(person.nationality, person.language)}",
             f"6. {words['sex']}\nF"],
            [f"7. {words['marital']}\n–", f"8. {words['address']}\n{person.posts[0].city}", f"11. {mail}"],
        ])
    )  # fmt: skip
    blocks.append(Block(f"12. {words['dependants']}"))
    blocks.append(Block(rows=[words["child"].split(" | "), ["Simone Kettleby", "03/05/2011", "–"]]))
    blocks.append(
        Block(f"15. {words['languages']} {language_name(person.native, person.language)}")
    )
    rows = [words["grid"].split("|")]
    for code, step in person.tongues:
        shown = words["easily"] if step < 3 else words["not"]
        rows.append([language_name(code, person.language), *[shown] * 4])
    blocks.append(Block(rows=rows))
    blocks.append(Block(f"16. {words['education']}"))
    rows = [words["school"].split("|")]
    rows += [[s, f"09/{a}", f"06/{b}", name, "–"] for name, _, s, a, b in person.degrees]
    blocks += [Block(rows=rows), Block(f"19. {words['record']}")]
    for number, work in enumerate(person.posts):
        if number < 2:
            blocks.append(Block(words["a" if number == 0 else "b"], strong=True))
        blocks.append(Block(rows=_post(work, person, words, number)))
    blocks.append(Block(f"20. {words['references']}"))
    rows = [words["ref_head"].split("|")]
    rows += [[name, f"{country_name('BR', person.language)}\n{phone}\n{mail}", "IOM"]
             for name, mail, phone in person.referees]  # fmt: skip
    blocks += [Block(rows=rows), Block(f"21. {words['arrest']}")]
    return Filled(blocks, "words", has_missions=False)


def _post(work: Work, person: Person, words: dict[str, str], number: int) -> list[list[str]]:
    last = month(work.end, "m") if work.end else words["present"]
    home = country_name(work.country, person.language)
    chief = person.referees[number % 3][0]
    return [
        [f"{words['from']}\n{month(work.start, 'm')}", f"{words['to']}\n{last}",
         f"{words['salary']}\n48 000", f"{words['title_post']}\n{work.title}"],
        [f"{words['employer']}\n{work.employer}", f"{words['business']}\n{words['government']}"],
        [f"{words['address_employer']}\n{work.city}, {home}", f"{words['supervisor']}\n{chief}"],
        [f"{words['staff']}\n12", f"{words['reason']}\n–"],
        [f"{words['duties']}\n{work.duties}"],
    ]  # fmt: skip


FORMS: dict[str, Callable[[Person, int], Filled]] = {
    "eu": eu,
    "bank-old": bank_old,
    "bank-new": bank_new,
    "development": development,
    "nations": nations,
}
