"""A line of an outside collection becomes a request; what is no letter sets no condition."""

from __future__ import annotations

from datetime import date

import pytest

from api.collections.lines import Line
from api.collections.needs import read_need
from roster.errors import InvalidInput
from roster.read import LanguageNeed
from roster.vocabulary import ActivityType, LanguageLevel

TODAY = date(2026, 11, 22)
LETTER = """Objet : appui aux statistiques migratoires

Le Ministère de l'Intérieur de Côte d'Ivoire sollicite un appui technique pour les données
migratoires de la Côte d'Ivoire. Les experts doivent parler français (B2).
"""
ABSTRACT = """We propose a multilingual parser. Experiments in March 2027 on French and Chinese
treebanks show that training on English transfers to Australia English and other varieties."""


def line(**fields: object) -> Line:
    return Line("R.jsonl", 2, {"id": "r1", "text": LETTER, **fields})


def test_what_is_not_given_is_read_in_the_letter() -> None:
    need = read_need(line(), TODAY)
    assert need.countries == ("CI",)
    assert "data_management" in need.topics
    assert [one.language for one in need.languages] == ["fr"]
    assert need.text_language == "fr"


def test_what_is_given_replaces_what_is_read() -> None:
    need = read_need(
        line(
            countries=["Senegal"],
            required_languages=[{"code": "en", "min_cefr": "C1"}, "pt"],
            topics=[],
            activity_types=["training", "study_visit"],
            dates={"from": "2027-03-01", "to": "2027-03"},
        ),
        TODAY,
    )
    assert need.countries == ("SN",)
    assert need.languages == (LanguageNeed("en", LanguageLevel.C1), LanguageNeed("pt"))
    assert need.topics == ()
    assert need.activities == (ActivityType.TRAINING, ActivityType.STUDY_VISIT)
    assert (need.starts, need.ends) == (date(2027, 3, 1), date(2027, 3, 31))


@pytest.mark.parametrize("given", [["2027-03-01", "2027-03-12"], "2027-03"], ids=["list", "month"])
def test_dates_come_in_several_shapes(given: object) -> None:
    assert read_need(line(dates=given), TODAY).starts == date(2027, 3, 1)


def test_writing_that_is_no_letter_sets_no_condition() -> None:
    need = read_need(line(text=ABSTRACT), TODAY)
    assert not need.languages
    assert not need.countries
    assert need.starts is need.ends is None
    assert "multilingual parser" in need.text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        pytest.param({"text": ["a"]}, "text", id="text-is-a-list"),
        pytest.param({"dates": {"from": "2027-05", "to": "2027-03"}}, "dates", id="backwards"),
        pytest.param({"dates": {"from": "spring"}}, "dates", id="no-date"),
        pytest.param({"countries": 5}, "countries", id="countries-is-a-number"),
        pytest.param({"required_languages": [{}]}, "required_languages/0", id="no-code"),
    ],
)
def test_a_field_of_another_shape_is_refused_by_file_line_and_name(
    fields: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput, match=rf"R\.jsonl, line 2, field '{field}'"):
        read_need(line(**fields), TODAY)


def test_a_letter_without_words_asks_nothing() -> None:
    need = read_need(line(text=" "), TODAY)
    assert need.text == ""
    assert not need.topics
    assert not need.languages


@pytest.mark.parametrize(
    ("head", "asks", "window"),
    [
        pytest.param(
            "Tbilisi, 3 February 2026",
            "Dear Sir,\n\nThe Ministry of Labour of Georgia requests a workshop on visas.\n"
            "It would take place from 4 to 8 May 2026 in Tbilisi.",
            (date(2026, 5, 4), date(2026, 5, 8)),
            id="en",
        ),
        pytest.param(
            "Niamey, le 3 février 2026",
            "Monsieur,\n\nLe Ministère de l'Intérieur du Niger sollicite un atelier.\n"
            "Il pourrait avoir lieu du 4 au 8 mai 2026 à Niamey.",
            (date(2026, 5, 4), date(2026, 5, 8)),
            id="fr",
        ),
        pytest.param(
            "Quito, 3 de febrero de 2026",
            "Estimados señores:\n\nEl Ministerio del Interior de Ecuador solicita un taller.\n"
            "Se realizaría del 4 al 8 de mayo de 2026 en Quito.",
            (date(2026, 5, 4), date(2026, 5, 8)),
            id="es",
        ),
    ],
)
def test_a_window_is_to_come_as_of_the_day_of_the_letter(
    head: str, asks: str, window: tuple[date, date]
) -> None:
    need = read_need(line(text=f"{head}\n\n{asks}\n"), TODAY)
    assert (need.starts, need.ends) == window


def test_a_window_before_the_day_of_the_letter_is_none() -> None:
    text = (
        "Accra, 3 June 2026\n\nDear Sir,\n\nThe Ministry of Labour of Ghana requests a workshop.\n"
    )
    text += "It would take place from 4 to 8 May 2026.\n"
    assert read_need(line(text=text), TODAY).starts is None


def test_a_message_that_greets_and_closes_is_a_letter_and_its_capital_tells_the_country() -> None:
    text = """Subject: Help for the visa desk in Lusaka

Dear all,

Our desk in Lusaka has forty applications a day and two clerks. Experts must speak English (C1).

Regards"""
    need = read_need(line(text=text), TODAY)
    assert need.countries == ("ZM",)
    assert need.languages == (LanguageNeed("en", LanguageLevel.C1),)


def test_of_several_capitals_the_one_named_most_is_where_the_work_is() -> None:
    text = """Subject: Help for visa desks

Dear all,

The desk in Lusaka has two clerks. Colleagues came once to us from Harare. Windhoek helped us, too.
Trainers would sit at the desk in Lusaka for a week.

Regards"""
    assert read_need(line(text=text), TODAY).countries == ("ZM",)


@pytest.mark.parametrize(
    "heading",
    ["Terms of reference", "TERMES DE RÉFÉRENCE", "Términos de referencia", "Termos de referência"],
)
def test_terms_of_reference_ask_though_no_sentence_does(heading: str) -> None:
    words = (
        f"FORO NACIONAL – PERÚ\n{heading}\n\nI. Antecedentes. En el Perú el protocolo es de 2018. "
        "Las oficinas discrepan sobre la edad.\n\nII. Producto. Un borrador con sus anexos.\n\n"
        "III. Idioma. Español, B2 como mínimo.\n\nIV. Plazo. Del 7 de junio al 30 de julio de "
        "2027, en Lima, Perú.\n\nSan José, 20 de octubre de 2026\n"
    )
    need = read_need(line(text=words), TODAY)
    assert need.countries == ("PE",)
    assert [one.language for one in need.languages] == ["es"]
