import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.ingest.profile import read_profile
from roster.ingest.reading import read_file, read_words
from roster.read import (
    Contact,
    CountryExperience,
    ExtractedProfile,
    LanguageSkill,
    Mission,
    Name,
    Nationality,
    Post,
    TopicExperience,
)
from roster.vocabulary import FactKind, LanguageLevel
from tests.roster.ingest.documents import docx_of, pdf_of
from tests.roster.ingest.score_templates import TEMPLATES, countries_of, score

TODAY = date(2026, 11, 22)


def profile_of(*lines: str) -> ExtractedProfile:
    return read_profile(read_words("\n".join(lines)), TODAY)


def languages_in(profile: ExtractedProfile) -> dict[str, LanguageLevel | None]:
    return {
        fact.value.language: fact.value.level
        for fact in profile.facts
        if isinstance(fact.value, LanguageSkill)
    }


@pytest.mark.parametrize("build", [pdf_of, docx_of], ids=["pdf", "docx"])
def test_a_plain_cv_is_read_from_any_format(build) -> None:  # type: ignore[no-untyped-def]
    profile = read_profile(read_file(build()), TODAY)
    values = [fact.value for fact in profile.facts]
    assert Name("Marta Kowalczyk-Olsen", "Marta", "Kowalczyk-Olsen") in values
    assert Contact("marta.kowalczyk@post.example") in values
    assert Nationality("PL") in values
    (post,) = (value for value in values if isinstance(value, Post))
    assert post.title == "Head of Unit, Legal Migration"
    assert post.employer is not None
    assert post.employer.startswith("Ministry of the Interior")
    assert post.country == "PL"
    assert languages_in(profile) == {"pl": LanguageLevel.NATIVE, "fr": LanguageLevel.C1}


def test_contacts_of_referees_are_nobodys_but_theirs() -> None:
    profile = read_profile(read_file(docx_of()), TODAY)
    held = {fact.value.value for fact in profile.facts if isinstance(fact.value, Contact)}
    assert held == {"marta.kowalczyk@post.example"}


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        pytest.param(
            (
                "7. Language skills: scale of 1 to 5 (1 - excellent; 5 - basic)",
                "Language | Reading | Speaking | Writing",
                "Russian | 1 | 2 | 4",
            ),
            {"ru": LanguageLevel.B2},
            id="one is best",
        ),
        pytest.param(
            (
                "7. Langues (1 - niveau rudimentaire ; 5 - niveau excellent)",
                "Langue | Lu | Parlé | Écrit",
                "Espagnol | 3 | 2 | 1",
            ),
            {"es": LanguageLevel.A2},
            id="five is best",
        ),
        pytest.param(
            ("Sprachen", "Deutsch: Muttersprache", "Englisch: verhandlungssicher"),
            {"de": LanguageLevel.NATIVE, "en": LanguageLevel.C1},
            id="german words",
        ),
        pytest.param(
            ("Idiomas", "Español (nativo), inglés (C1), francés"),
            {"es": LanguageLevel.NATIVE, "en": LanguageLevel.C1, "fr": None},
            id="one line, one level unknown",
        ),
        pytest.param(
            ("Langues", "Allemand : CO C2, CE C2, EO B2, EE C1"),
            {"de": LanguageLevel.B2},
            id="speaking counts",
        ),
    ],
)
def test_levels_are_read_in_the_direction_of_the_form(
    lines: tuple[str, ...], wanted: dict[str, LanguageLevel | None]
) -> None:
    assert languages_in(profile_of(*lines)) == wanted


def test_rows_abroad_of_the_eu_form_are_missions_and_rows_at_home_are_posts() -> None:
    profile = profile_of(
        "Proposed role in the project: Key expert in Jordan",
        "1. Family name: LINDQVIST",
        "2. First names: Karin",
        "4. Nationality: Swedish",
        "13. Specific experience in the region",
        "Country | Date from – Date to",
        "Niger | 05/2018 – 07/2018",
        "Benin | 02/2011 – 03/2011",
        "14. Professional experience",
        "Date from – Date to | 05/2018 – 07/2018",
        "Location | Niamey, Niger",
        "Company & reference person | GIZ",
        "Position | Short-term expert",
        "Description | Survey on routes to Libya and Algeria",
        "Date from – Date to | 01/2010 – present",
        "Location | Norrköping, Sweden",
        "Company & reference person | Swedish Migration Agency",
        "Position | Head of section",
        "Description | Returns to Afghanistan",
    )
    assert profile.form == "eu-external-action"
    missions = [fact.value for fact in profile.facts if isinstance(fact.value, Mission)]
    posts = [fact.value for fact in profile.facts if isinstance(fact.value, Post)]
    lone = [fact.value for fact in profile.facts if isinstance(fact.value, CountryExperience)]
    assert [mission.countries for mission in missions] == [("NE",)]
    assert [(post.title, post.country) for post in posts] == [("Head of section", "SE")]
    assert lone == [CountryExperience("BJ")]
    assert not countries_of(profile) & {"JO", "LY", "DZ", "AF"}


@pytest.mark.parametrize(
    "sentence",
    [
        "No experience in asylum procedures.",
        "Aucune expérience en matière d'asile.",
        "Sin experiencia en asilo.",
        "Keine Erfahrung im Bereich Asyl.",
        "I would like to work on asylum.",
    ],
)
def test_what_was_not_done_is_no_topic(sentence: str) -> None:
    profile = profile_of("Profile", sentence)
    assert not any(isinstance(fact.value, TopicExperience) for fact in profile.facts)


def test_what_was_done_is_a_topic_with_its_sentence() -> None:
    document = read_words("Profile\nTen years of asylum procedures. Cooking.")
    (fact, *_) = read_profile(document, TODAY).of(FactKind.TOPIC)
    assert document.text[fact.span.start : fact.span.end] == "Ten years of asylum procedures."


def test_nationality_is_never_guessed() -> None:
    profile = profile_of("Anna Rossi", "Born in Rome, Italy", "Address: Via Appia 1, Rome, Italy")
    assert profile.of(FactKind.NATIONALITY) == ()


def test_studies_abroad_hobbies_and_proposed_posts_are_no_experience() -> None:
    profile = profile_of(
        "Education",
        "2001 - 2005 | Master, Université de Poitiers, France",
        "Hobbies",
        "2019: trekking in Nepal",
        "Proposed position: Team leader in Jordan",
    )
    assert countries_of(profile) == set()


def test_two_posts_at_a_time_are_doubted() -> None:
    profile = profile_of(
        "Work experience",
        "Dates | 2010-01 – 2015-12",
        "Position | Adviser",
        "Employer | Ministry of Justice",
        "",
        "Dates | 2012-01 – 2014-12",
        "Position | Head",
        "Employer | Ministry of Labour",
    )
    doubts = {fact.doubt for fact in profile.of(FactKind.POST)}
    assert doubts == {"its dates overlap with another post"}


def test_end_before_start_is_doubted() -> None:
    profile = profile_of(
        "Work experience",
        "Dates | 2015-01 – 2011-12",
        "Position | Adviser",
        "Employer | Ministry of Justice",
    )
    (fact,) = profile.of(FactKind.POST)
    assert fact.doubt == "its end lies before its start"


def test_countries_of_running_text_count_where_work_is_said() -> None:
    profile = profile_of(
        "Profile",
        "Deployed to Tunisia and Libya in 2019. Meetings in Vienna. Never worked in Chad.",
        "Analysis of routes from Mali.",
    )
    assert countries_of(profile) == {"TN", "LY"}


def test_free_entries_keep_ministry_and_department_together() -> None:
    profile = profile_of(
        "Esperienza professionale",
        "dal 03/2016 ad oggi",
        "Funzionario amministrativo",
        "Ministero dell'Interno - Dipartimento per l'immigrazione, Roma",
    )
    (fact,) = profile.of(FactKind.POST)
    assert isinstance(fact.value, Post)
    assert fact.value.employer == "Ministero dell'Interno - Dipartimento per l'immigrazione"
    assert fact.value.place == "Roma"
    assert fact.period.ongoing


@pytest.fixture(scope="module")
def scores():  # type: ignore[no-untyped-def]
    return score(TEMPLATES)


@pytest.mark.parametrize(
    ("field", "precision", "recall"),
    [
        ("name", 1.0, 1.0),
        ("email", 1.0, 1.0),
        ("nationality", 1.0, 0.8),
        ("birth_year", 1.0, 0.9),
        ("education level", 1.0, 0.9),
        ("language", 1.0, 0.95),
        ("level", 0.95, 0.95),
        ("countries worked", 0.95, 0.95),
        ("missions", 0.95, 0.9),
        ("latest post", 0.9, 0.9),
    ],
)
def test_filled_templates_are_read_at_least_this_well(  # type: ignore[no-untyped-def]
    scores, field: str, precision: float, recall: float
) -> None:
    assert scores[field].precision >= precision, scores[field].notes
    assert scores[field].recall >= recall, scores[field].notes


@pytest.mark.parametrize("trap", ["traps: countries", "traps: contacts of others"])
def test_no_trap_of_the_templates_is_stepped_into(scores, trap: str) -> None:  # type: ignore[no-untyped-def]
    assert scores[trap].wrong == 0


def test_every_template_has_truth_and_traps() -> None:
    rows = (TEMPLATES / "truth.jsonl").read_text().splitlines()
    truth = {json.loads(row)["file"] for row in rows}
    files = {path.name for path in Path(TEMPLATES).iterdir() if path.suffix != ".jsonl"}
    assert truth == files


_WORDS = st.sampled_from(
    ["2010", "–", "present", "|", "\n", "Work experience", "Languages", "English", "C1", ":", "⏎",
     "Nationality", "Ministry", "Date from – Date to", "Niger", "depuis", "é", "Position", "(", ")",
     "1.", "Employer", "a@b.example", "+33 1 00 00 00 00", "Mother tongue", ".", "Education", "PhD"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, min_size=3, max_size=40).map(" ".join))
def test_any_words_give_facts_whose_places_lie_in_the_text(words: str) -> None:
    document = read_words("Curriculum vitae\n" + words)
    for fact in read_profile(document, TODAY).facts:
        assert 0 <= fact.span.start <= fact.span.end <= len(document.text)
        assert 0.0 <= fact.confidence <= 1.0
        if isinstance(fact.value, Contact):
            quoted = document.text[fact.span.start : fact.span.end]
            assert fact.value.value.replace(" ", "") in quoted.replace(" ", "")


@pytest.mark.parametrize(
    "name",
    ["Leonor Quintela Sardoal", "Ana Formosa", "Jordi Pagès Puig", "Driss Chefchaouni"],
)
def test_a_name_is_read_even_where_it_holds_a_word_of_forms(name: str) -> None:
    text = f"Curriculum vitae\n\n{name}\n\nWork experience\n2015 - present: Inspector, Police\n"
    (found,) = read_profile(read_words(text)).of(FactKind.NAME)
    assert isinstance(found.value, Name)
    assert found.value.display == name
