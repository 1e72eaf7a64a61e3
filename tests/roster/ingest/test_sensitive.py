"""Health, family, faith, pay and numbers of papers are found in a CV, and the work is not."""

from __future__ import annotations

import pytest

from roster.ingest.profile import read_profile
from roster.ingest.reading import read_words
from roster.read import ExtractedProfile
from roster.redaction import BLACK, without_stretches
from roster.vocabulary import FactKind
from tests.roster.ingest.score_forms import TODAY

WORK = """
WORK EXPERIENCE
2012 – present  Head of unit, Migration Department, Vilnius
"""


def _read(words: str) -> tuple[str, ExtractedProfile]:
    text = read_words(words)
    profile = read_profile(text, TODAY)
    return without_stretches(text.text, profile.sensitive, BLACK), profile


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        pytest.param("Marital status: married", "married", id="en-marital"),
        pytest.param("Religion: Catholic", "Catholic", id="en-faith"),
        pytest.param("Health: excellent", "excellent", id="en-health"),
        pytest.param("Blood group | 0 negative", "0 negative", id="en-cell"),
        pytest.param("Passport No. N1234567", "N1234567", id="en-passport"),
        pytest.param("National ID number: 12-345-678", "12-345-678", id="en-id"),
        pytest.param("Lithuanian, married, two children, born 1975", "two children", id="en-aside"),
        pytest.param("Political affiliation: Green Party", "Green", id="en-party"),
        pytest.param("Situation de famille : marié, deux enfants", "deux enfants", id="fr-family"),
        pytest.param("État de santé\nbon pied", "bon pied", id="fr-next-line"),
        pytest.param("N° de sécurité sociale : 1 75 03 75 116 123 45", "75 116", id="fr-number"),
        pytest.param("Estado civil: casado", "casado", id="es-marital"),
        pytest.param("DNI: 12345678Z", "12345678Z", id="es-id"),
        pytest.param("Hijos: 2", ": 2", id="es-children"),
        pytest.param("CPF: 123.456.789-09", "456", id="pt-number"),
        pytest.param("Estado de saúde: diabetes", "diabetes", id="pt-health"),
        pytest.param("geb. 1966, verheiratet, zwei Kinder", "verheiratet", id="de-aside"),
        pytest.param("Konfession: evangelisch", "evangelisch", id="de-faith"),
        pytest.param("Personalausweis-Nr. L01X00T47", "L01X00T47", id="de-id"),
        pytest.param("Codice fiscale: RSSMRA70A01H501U", "RSSMRA70A01H501U", id="it-number"),
        pytest.param("Stato civile: coniugata", "coniugata", id="it-marital"),
        pytest.param("PESEL 44051401359", "44051401359", id="pl-number"),
        pytest.param("Семейное положение: женат", "женат", id="ru-marital"),
        pytest.param("الديانة: الإسلام", "الإسلام", id="ar-faith"),
    ],
)
def test_what_nobody_needs_is_found_where_it_is_labelled(line: str, secret: str) -> None:
    indexed, profile = _read(f"Tadas Vaitkunas\nNationality: Lithuanian\n{line}\n{WORK}")

    assert secret not in indexed
    assert "Migration Department" in indexed
    assert profile.of(FactKind.POST)


@pytest.mark.parametrize(
    "heading",
    ["HOBBIES", "FAMILY", "Health", "Loisirs", "Situation familiale", "ESTADO CIVIL", "Kinder"],
)
def test_a_section_about_private_life_is_left_out_whole(heading: str) -> None:
    words = f"Tadas Vaitkunas\n{WORK}\n{heading}\nsailing with Petras near Kenya\nasylum choir\n"
    indexed, profile = _read(words)

    assert "Petras" not in indexed
    assert "choir" not in indexed
    assert not profile.of(FactKind.TOPIC)


@pytest.mark.parametrize(
    "line",
    [
        "Health: medical screening of migrants at the border",
        "Procedures for family reunification of children; religion as a ground of asylum",
        "Introduced national identity cards 2012-2016 and the new passport in 2018",
        "Head of the Passport Section, 2009 - 2011",
        "Children: best interests in return procedures",
    ],
)
def test_the_same_words_about_the_work_stay(line: str) -> None:
    many = "\n".join(f"Wrote guideline {number} on residence permits" for number in range(12))
    indexed, _ = _read(f"Tadas Vaitkunas\n{WORK}{many}\n{line}\n")

    assert line in indexed


def test_what_stands_behind_a_heading_on_its_line_is_read_alike() -> None:
    indexed, _ = _read(f"Tadas Vaitkunas\nPersonal data: Lithuanian, married, two children\n{WORK}")

    assert "married" not in indexed
    assert "two children" not in indexed


def test_pay_is_left_out_of_a_post_and_the_post_stays() -> None:
    indexed, profile = _read(f"Tadas Vaitkunas\n{WORK}Salary: 45,000 EUR\nReturn of migrants\n")

    assert "45,000" not in indexed
    assert "Return of migrants" in indexed
    assert len(profile.of(FactKind.POST)) == 1


def test_who_it_is_stays_between_sensitive_particulars() -> None:
    indexed, profile = _read(
        f"Tadas Vaitkunas\nSex: M; Nationality: Lithuanian; Marital status: single\n{WORK}"
    )

    assert "Lithuanian" in indexed
    assert "single" not in indexed
    assert profile.of(FactKind.NATIONALITY)


def test_the_number_of_a_paper_is_no_telephone() -> None:
    _, profile = _read(f"Jean Exemple\nN° de sécurité sociale : 1 75 03 75 116 123 45\n{WORK}")

    assert not profile.of(FactKind.TELEPHONE)
