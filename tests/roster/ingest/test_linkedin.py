from dataclasses import replace

import pytest

from roster.ingest.assembly import assemble
from roster.ingest.formats.linkedin_words import DATES, LENGTH
from roster.ingest.pdf.reader import read
from roster.ingest.profile import read_profile
from roster.ingest.raw import RawText
from roster.read import LanguageSkill, Name, Post
from tests.roster.ingest.pdf_pages import ENGLISH, FRENCH, Profile, linkedin_pdf

PEOPLE = [pytest.param(ENGLISH, id="english"), pytest.param(FRENCH, id="french, in part")]


def facts(raw: RawText, kind: type) -> list[tuple[object, object]]:
    profile = read_profile(assemble(raw, "application/pdf"))
    return [(fact.value, fact.period) for fact in profile.facts if isinstance(fact.value, kind)]


@pytest.mark.parametrize("profile", PEOPLE)
@pytest.mark.parametrize("seed", [None, 3, 8])
def test_name_titles_and_employers_come_out_of_a_profile(
    profile: Profile, seed: int | None
) -> None:
    raw = read(linkedin_pdf(profile, seed=seed), 20)
    assert raw.reader == "linkedin/1"
    ((name, _),) = facts(raw, Name)
    assert isinstance(name, Name)
    assert name.display == profile.name
    wanted = [(title[0], job.employer) for job in profile.jobs for title in job.titles]
    found = [(post.title, post.employer) for post, _ in facts(raw, Post) if isinstance(post, Post)]
    assert found == wanted


@pytest.mark.parametrize("profile", PEOPLE)
def test_languages_of_the_narrow_column_are_read(profile: Profile) -> None:
    raw = read(linkedin_pdf(profile), 20)
    skills = [skill for skill, _ in facts(raw, LanguageSkill) if isinstance(skill, LanguageSkill)]
    assert len(skills) == len(profile.languages)


def test_dates_of_two_titles_at_one_employer_stay_apart() -> None:
    raw = read(linkedin_pdf(ENGLISH), 20)
    years = [
        (period.start.year, period.ongoing)  # type: ignore[attr-defined]
        for _, period in facts(raw, Post)
    ]
    assert years == [(2016, True), (2011, False), (2006, False)]


def test_boxes_stand_where_the_words_were_printed() -> None:
    document = assemble(read(linkedin_pdf(ENGLISH), 20), "application/pdf")
    profile = read_profile(document)
    name = next(fact for fact in profile.facts if isinstance(fact.value, Name))
    left, top, _, bottom = name.span.boxes[0]
    assert 220 < left < 228
    assert top < 60 < bottom


def test_other_files_with_such_an_address_are_not_taken_for_a_profile() -> None:
    plain = replace(ENGLISH, contact=("o.brandt@mail.example",))
    assert read(linkedin_pdf(plain), 20).reader.startswith("pdf/")


@pytest.mark.parametrize(
    "text",
    [
        "March 2012 - Present (8 years 2 months)",
        "mars 2012 - Present (8 ans 2 mois)",
        "marzo de 2012 - diciembre de 2015 (3 años 10 meses)",
        "2009 - 2011 (2 years)",
        "setembro de 2010 - Present",
        "2014",
    ],
)
def test_dates_of_the_site_are_known(text: str) -> None:
    assert DATES.match(text)


@pytest.mark.parametrize("text", ["8 years 2 months", "15 ans 6 mois", "less than a year"])
def test_a_length_alone_is_no_date(text: str) -> None:
    assert LENGTH.match(text)
    assert not DATES.match(text)
