"""Invented studies in many arrangements, and the degrees that must be read of them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from roster.ingest.profile import read_profile
from roster.ingest.reading import read_words
from roster.ingest.wording.plain import plain
from roster.ingest.work.degrees import education_level
from roster.read import Education, ProposedFact, Training

TODAY = date(2026, 11, 22)

Degree = tuple[int, str, int]
"""Level, institution, year of the end."""

STUDIES = [
    pytest.param(
        ["University of Ardan", "Master of Laws 2009", "Bachelor of Laws 2007",
         "Institute of Peace (IPA)", "MBA in Public Affairs 2015"],
        [(7, "University of Ardan", 2009), (6, "University of Ardan", 2007),
         (7, "Institute of Peace", 2015)],
        id="an institution heads its degrees",
    ),
    pytest.param(
        ["Master in Migration Studies", "Universidad de Lagos", "2010 - 2012",
         "Bachelor in Law", "University of Porto Alto", "2006 - 2010"],
        [(7, "Universidad de Lagos", 2012), (6, "University of Porto Alto", 2010)],
        id="degree above institution above dates",
    ),
    pytest.param(
        ["2010 - 2012", "University of Bergamo", "Master in Economics",
         "2007 - 2010", "University of Pavia", "Bachelor in Economics"],
        [(7, "University of Bergamo", 2012), (6, "University of Pavia", 2010)],
        id="dates above institution above degree",
    ),
    pytest.param(
        ["2003: Master's degree in Statistics.", "Specialization: survey design.",
         "National University of Demography"],
        [(7, "National University of Demography", 2003)],
        id="details between degree and institution",
    ),
    pytest.param(
        ["1999 – 2004 | Laurea in Giurisprudenza, Università degli Studi di Ferrara",
         "1994 – 1999 | Diploma di maturità, Liceo Ariosto, Ferrara"],
        [(7, "Università degli Studi di Ferrara", 2004), (3, "Liceo Ariosto", 1999)],
        id="one line each",
    ),
    pytest.param(
        ["Master of Science in Geography", "10/2009 – 10/2011 | Universität Halle",
         "21/10/2011 | Master's Thesis – Rivers as borders", "Advisor: Prof. A. Beck",
         "Bachelor of Science in Geography", "10/2006 – 9/2009 | Universität Jena"],
        [(7, "Universität Halle", 2011), (6, "Universität Jena", 2009)],
        id="a thesis is no degree",
    ),
    pytest.param(
        ["MA, International Relations, University of Tartu, 2008; BA, History, University of "
         "Latvia, 2005"],
        [(7, "University of Tartu", 2008), (6, "University of Latvia", 2005)],
        id="two on one line",
    ),
    pytest.param(
        ["University of Oran Bachelor's Degree (2001 - 2005)"],
        [(6, "University of Oran", 2005)],
        id="institution and degree without a comma",
    ),
    pytest.param(
        ["Magister prawa, Uniwersytet Gdański, 2004"],
        [(7, "Uniwersytet Gdański", 2004)],
        id="Polish",
    ),
    pytest.param(
        ["2002 - 2006 Licență în Drept, Universitatea din Craiova"],
        [(6, "Universitatea din Craiova", 2006)],
        id="Romanian",
    ),
    pytest.param(
        ["1998-2003 Магистър по право, Софийски университет"],
        [(7, "Софийски университет", 2003)],
        id="Bulgarian",
    ),
    pytest.param(
        ["Doctorat en démographie, Université de Lomé, 2016",
         "DEA en démographie, Institut de formation, 2010"],
        [(8, "Université de Lomé", 2016), (7, "Institut de formation", 2010)],
        id="French",
    ),
]  # fmt: skip


def degrees_of(lines: list[str], heading: str = "Education") -> list[ProposedFact]:
    document = read_words("\n".join(["Maria Novak", "", heading, *lines]))
    return [f for f in read_profile(document, TODAY).facts if isinstance(f.value, Education)]


@pytest.mark.parametrize(("lines", "expected"), STUDIES)
def test_degrees_are_read_in_any_arrangement(lines: list[str], expected: list[Degree]) -> None:
    found = []
    for fact in degrees_of(lines):
        assert isinstance(fact.value, Education)
        year = fact.period.end.year if fact.period.end else None
        found.append((fact.value.level, fact.value.institution or "", year))
    assert len(found) == len(expected)
    for (level, institution, year), (want, name, end) in zip(found, expected, strict=True):
        assert (level, year) == (want, end)
        assert fuzz.token_set_ratio(plain(institution), plain(name)) >= 90


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("PhD in Law", 8),
        ("Dottorato di ricerca", 8),
        ("Διδακτορικό δίπλωμα", 8),
        ("MA in History", 7),
        ("Mestrado em Direito", 7),
        ("Laurea magistrale", 7),
        ("Diplom-Volkswirtin", 7),
        ("Yüksek lisans", 7),
        ("ماجستير في القانون", 7),
        ("Licenciatura en Derecho", 6),
        ("Laurea in Lettere", 6),
        ("Bakalářský titul", 6),
        ("Licencjat z socjologii", 6),
        ("BTS comptabilité", 5),
        ("Abitur", 3),
        ("École nationale de la magistrature", None),
        ("ma thèse", None),
        ("Permis de conduire", None),
    ],
)
def test_the_level_of_a_degree_is_read_in_many_languages(words: str, level: int | None) -> None:
    assert education_level(words) == level


@pytest.mark.parametrize(
    "line",
    [
        "2024 - present PhD in Law, University of Oulu",
        "Master in Law, University of Oulu, expected 2025",
        "Dottorato in corso, Università di Bari, 2020",
        "2025 - 2028 Bachelor of Arts, University of Oulu",
    ],
)
def test_studies_that_go_on_are_no_degree(line: str) -> None:
    assert degrees_of([line]) == []


def test_a_course_among_the_degrees_is_a_training() -> None:
    document = read_words(
        "Maria Novak\n\nEducation\n2010 - 2012 Master in Law, University of Oulu\n\n"
        "2014 Certificate in mediation, Centre for Dialogue"
    )
    facts = read_profile(document, TODAY).facts
    assert sum(isinstance(fact.value, Education) for fact in facts) == 1
    assert [fact.value.given for fact in facts if isinstance(fact.value, Training)] == [False]


def test_polish_studies_stand_under_their_own_heading() -> None:
    (fact,) = degrees_of(["1999 – 2004 | Uniwersytet Gdański, magister prawa"], "Wykształcenie")
    assert isinstance(fact.value, Education)
    assert (fact.value.level, fact.value.institution) == (7, "Uniwersytet Gdański")


def test_a_degree_without_a_heading_is_read_where_it_names_all() -> None:
    document = read_words(
        "Maria Novak\n2010 - 2012 Master in Law, University of Oulu\n\n"
        "Work experience\n2012 - 2019 Adviser, Police, Riga"
    )
    facts = read_profile(document, TODAY).facts
    assert sum(isinstance(fact.value, Education) for fact in facts) == 1


_WORDS = st.sampled_from(
    ["2010", "–", "present", "|", "\n", "\n\n", ";", ",", "Master", "MA", "University", "of", "at",
     "PhD", "in", "thesis", "(", ")", "Law", "Università", "Laurea", "2012 - 2015", "Certificate"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=30).map(" ".join))
def test_any_words_under_education_give_degrees_that_lie_in_the_text(words: str) -> None:
    document = read_words("Education\n" + words)
    for fact in read_profile(document, TODAY).facts:
        assert 0 <= fact.span.start < fact.span.end <= len(document.text)
