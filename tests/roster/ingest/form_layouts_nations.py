"""The personal history form of the United Nations filled with an invented person."""

# ruff: noqa: E501 - words stand as forms print them; rows grow one by one

from __future__ import annotations

from tests.roster.ingest.form_layouts import Block, Filled, month
from tests.roster.ingest.form_people import Person, Work, country_name, language_name
from tests.roster.ingest.form_words import NATIONS


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
