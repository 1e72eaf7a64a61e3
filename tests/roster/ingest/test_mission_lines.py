"""Lists of Twinning and TAIEX work are missions with country, role and days, and never posts."""

from __future__ import annotations

import pytest

from roster.ingest.profile import read_profile
from roster.ingest.reading import read_words
from roster.read import Mission, Post
from tests.roster.ingest.score_forms import TODAY

HEAD = "Name: Tadas Vaitkunas\nNationality: Lithuanian\n\n"
WORK = "WORK EXPERIENCE\n2012 – present  Migration Department, Vilnius\nHead of unit\n"


def _missions(words: str) -> list[tuple[str | None, tuple[str, ...], int | None, int | None]]:
    facts = read_profile(read_words(words), TODAY).facts
    return [
        (
            fact.value.role,
            fact.value.countries,
            fact.value.days,
            fact.period.start.year if fact.period.start else None,
        )
        for fact in facts
        if isinstance(fact.value, Mission)
    ]


@pytest.mark.parametrize(
    ("line", "role", "country", "days", "year"),
    [
        pytest.param(
            "2019, STE, Twinning TN 18 ENI JH 02, Tunis, 5 days", "STE", "TN", 5, 2019, id="list"
        ),
        pytest.param(
            "TAIEX expert mission on readmission, Chisinau, 12-14 May 2022",
            None, "MD", 3, 2022, id="taiex",
        ),
        pytest.param(
            "• RTA, Twinning GE 16 ENI JH 01 19, 2021-2023", "RTA", "GE", None, 2021, id="by-code"
        ),
        pytest.param(
            "2016 : chef de projet, jumelage DZ 15 ENI JH 01, Alger",
            "chef de projet", "DZ", None, 2016, id="jumelage",
        ),
        pytest.param(
            "Experto de corto plazo, hermanamiento AL 16 IPA JH 01 20, Tirana, 10 días, 03/2020",
            "Experto de corto plazo", "AL", 10, 2020, id="hermanamiento",
        ),
        pytest.param(
            "KE1/TL, EuropeAid/139488/DH/SER/JO, 2023, 120 wd", "KE1/TL", "JO", 120, 2023, id="ke"
        ),
    ],
)  # fmt: skip
def test_a_line_of_a_list_is_a_mission(
    line: str, role: str | None, country: str, days: int | None, year: int
) -> None:
    assert _missions(f"{HEAD}{WORK}\nINTERNATIONAL MISSIONS\n{line}\n") == [
        (role, (country,), days, year)
    ]


def test_the_administration_stays_the_employer() -> None:
    words = f"{HEAD}{WORK}2019, STE, Twinning TN 18 ENI JH 02, Tunis, 5 days\n"
    facts = read_profile(read_words(words), TODAY).facts
    posts = [fact.value for fact in facts if isinstance(fact.value, Post)]
    assert [post.employer for post in posts] == ["Migration Department"]
    assert _missions(words) == [("STE", ("TN",), 5, 2019)]


@pytest.mark.parametrize(
    "line",
    [
        "No TAIEX mission in Chisinau before 2022",
        "Participated in a TAIEX workshop, Tirana, 2017",
        "Interested in Twinning in Georgia from 2027",
        "Twinning and TAIEX procedures, Tunis",
    ],
)
def test_what_was_not_done_as_an_expert_is_no_sure_mission(line: str) -> None:
    facts = read_profile(read_words(f"{HEAD}{WORK}\nOTHER\n{line}\n"), TODAY).facts
    assert not [f for f in facts if isinstance(f.value, Mission) and f.confidence >= 0.9]


def test_the_country_of_a_code_alone_is_doubted() -> None:
    facts = read_profile(
        read_words(f"{HEAD}{WORK}\nMISSIONS\nSTE, Twinning MA/14/ENP-AP/JH/22, 04/2018\n"), TODAY
    ).facts
    (fact,) = [each for each in facts if isinstance(each.value, Mission)]
    assert fact.confidence < 0.9
    assert fact.doubt is not None


@pytest.mark.parametrize(
    ("line", "what", "client"),
    [
        pytest.param("2025 | Liban | UNHCR | Mission exploratoire sur les visas",
                     "Mission exploratoire sur les visas", "UNHCR", id="bars"),
        pytest.param("2019 – Tunisia – Expertise France – Training of trainers",
                     "Training of trainers", "Expertise France", id="dashes"),
        pytest.param("2021: Moldova and Ukraine: Needs assessment of the border guard",
                     "Needs assessment of the border guard", None, id="two countries"),
        pytest.param("2021: Ghana: Support to police services: workshop on forged documents",
                     "Support to police services: workshop on forged documents", None,
                     id="what was done is no client"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("heading", ["MISSIONS", "Short-term missions"])
def test_what_was_done_is_told_without_the_country_and_the_client_before_it(
    heading: str, line: str, what: str, client: str | None
) -> None:
    posts = "WORK EXPERIENCE\n2012 – 2024  Migration Department, Vilnius\nHead of unit\n"
    facts = read_profile(read_words(f"{HEAD}{posts}\n{heading}\n{line}\n"), TODAY).facts
    (mission,) = (one.value for one in facts if isinstance(one.value, Mission))
    assert mission.what == what
    assert client is None or mission.for_whom == client
