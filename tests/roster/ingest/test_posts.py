"""Invented work histories in many arrangements and languages, and what must be read of them."""

import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from roster.ingest.profile import read_profile
from roster.ingest.reading import read_words
from roster.ingest.wording.plain import plain
from roster.read import CountryExperience, ExtractedProfile, Mission, Post

TODAY = date(2026, 11, 22)


class Row(NamedTuple):
    """A post as printed; None is not checked."""

    title: str
    employer: str | None
    country: str | None
    start: str | None
    end: str | None


def profile_of(text: str) -> ExtractedProfile:
    return read_profile(read_words("Maria Novak\n\n" + text), TODAY)


def countries_in(profile: ExtractedProfile) -> set[str]:
    found: set[str] = set()
    for fact in profile.facts:
        if isinstance(fact.value, Post | CountryExperience) and fact.value.country:
            found.add(fact.value.country)
        if isinstance(fact.value, Mission):
            found |= set(fact.value.countries)
    return found


def alike(left: str | None, right: str) -> bool:
    return fuzz.token_set_ratio(plain(left or ""), plain(right)) >= 80


HISTORIES = [
    pytest.param(each["lines"], [Row(*row) for row in each["posts"]], id=each["id"])
    for each in json.loads(
        Path(__file__).with_name("work_histories.json").read_text(encoding="utf-8")
    )
]


@pytest.mark.parametrize(("lines", "rows"), HISTORIES)
def test_posts_are_read_in_any_arrangement(lines: list[str], rows: list[Row]) -> None:
    facts = [fact for fact in profile_of("\n".join(lines)).facts if isinstance(fact.value, Post)]
    assert len(facts) >= len(rows)
    for row in rows:
        found = [
            fact
            for fact in facts
            if isinstance(fact.value, Post)
            and alike(fact.value.title, row.title)
            and (str(fact.period.start) if fact.period.start else None) == row.start
        ]
        assert found, row
        post = found[0].value
        assert isinstance(post, Post)
        assert row.employer is None or alike(post.employer, row.employer)
        assert row.country in (None, post.country)
        end = "now" if found[0].period.ongoing else str(found[0].period.end)
        assert row.end in (None, end)


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("Internships", "2004 - 2005 Intern, European Parliament, Brussels"),
        ("Volunteering", "2021 - 2022 Coordinator, Refugees Welcome, Athens, Greece"),
        ("References", "2010 - 2015 Director, Ministry of Health, Accra, Ghana"),
        ("Hobbies", "2019: trekking in Nepal"),
        ("Courses", "2015 - 2016 Mediator, Academy of Mediation, Vienna"),
        ("Conferences", "2018 - 2019 Speaker, Conference on Nigeria, Abuja"),
        ("Service militaire", "1998 - 1999 Lieutenant, Armée de terre, Toulon"),
        ("Personal projects", "2018 - 2019 Developer, Atlas of Mali"),
    ],
)
def test_what_stands_under_its_own_heading_is_no_post(heading: str, line: str) -> None:
    profile = profile_of(f"Work experience\n2015 - 2019 Adviser, Police, Riga\n\n{heading}\n{line}")
    titles = [fact.value.title for fact in profile.facts if isinstance(fact.value, Post)]
    assert titles == ["Adviser"]


def test_an_internship_says_so() -> None:
    profile = profile_of("Work experience\n2004 - 2005 Intern, European Parliament, Brussels")
    (fact,) = (fact for fact in profile.facts if isinstance(fact.value, Post))
    assert fact.doubt == "an internship"


def test_labels_of_duties_open_no_section() -> None:
    profile = profile_of(
        "Expérience professionnelle\n"
        "2015 - 2019 Chargée de mission, Préfecture du Rhône\n"
        "Missions :\n- suivi des dossiers\n"
        "2010 - 2015 Attachée, Préfecture du Nord\n"
        "Missions :\n- accueil"
    )
    assert sum(isinstance(fact.value, Post) for fact in profile.facts) == 2


_WORDS = st.sampled_from(
    ["2010", "–", "present", "|", "\n", "\n\n", "Work experience", "Ministry of Justice", "Adviser",
     "Rome, Italy", "2015 - 2012", "(", ")", "•", "depuis", "Projects", ",", "at", "Head", "2099",
     "منذ 2016", "с 2014", "Missions :", "a@b.example", "Education", "PhD", "12/2014", "Niger", ":"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, min_size=2, max_size=40).map(" ".join))
def test_no_post_ends_before_it_begins_and_every_place_lies_in_the_text(words: str) -> None:
    document = read_words("Work experience\n" + words)
    for fact in read_profile(document, TODAY).facts:
        assert 0 <= fact.span.start <= fact.span.end <= len(document.text)
        start, end = fact.period.start, fact.period.end
        if isinstance(fact.value, Post) and start is not None and end is not None:
            assert start.first_day <= end.last_day
