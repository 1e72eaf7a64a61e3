"""Somebody serves the country of her office and address, none that she was only sent to."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.collections.employers import read_employment
from api.collections.homes import home_of
from roster.vocabulary import ExpertKind

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("words", "country"),
    [
        pytest.param(
            "Lauri Ojala\nMaahanmuuttovirasto, ylitarkastaja, Lappeenranta\n"
            "Komennukset: Amman 2019, Ankara 2021\nSuomi, englanti C1",
            "FI",
            id="missions-fi",
        ),
        pytest.param(
            "Paola Ferri\nRegione Marche, servizio accoglienza, funzionaria dal 2012\n"
            "Missioni: Rabat 2018, Dakar 2022.\nLingue: italiano, francese C1",
            "IT",
            id="missions-it",
        ),
        pytest.param(
            "Notice\nCheffe de bureau à la préfecture du Finistère, à Quimper.\n"
            "Elle a été invitée à Bamako en 2022 pour un échange.",
            "FR",
            id="exchange-fr",
        ),
        pytest.param(
            "Grzegorz Wilk\nUrząd do Spraw Cudzoziemców, Wydział IV\n"
            "Delegacje: Tbilisi 2021, Erywań 2023",
            "PL",
            id="partners-pl",
        ),
        pytest.param(
            "Rui Teles\nServiço Nacional de Migração, Nampula, inspetor desde 2014", "MZ", id="town"
        ),
        pytest.param(
            "Eva Moll\nNationalität: österreichisch\nBotschaft Kairo, Visaabteilung, seit 2020",
            "AT",
            id="posted-abroad",
        ),
    ],
)
def test_a_country_of_missions_partners_or_postings_is_no_home(words: str, country: str) -> None:
    found = read_employment(words, TODAY)
    assert (found.kind in {*ExpertKind}, found.country) == (True, country)


@pytest.mark.parametrize(
    "words",
    [
        "Jo Mertens\nDienst Vreemdelingenzaken, attaché\nBuitenland: Tunis 2021, Abidjan 2023",
        "Karl Rau\nKonsularischer Dienst: Generalkonsulat Izmir, seit 2021",
        "Officer, asylum unit, ministry of the interior (files of Syria, Sudan and Eritrea)",
    ],
    ids=["missions", "consulate", "countries-of-files"],
)
def test_in_doubt_the_country_is_not_known(words: str) -> None:
    assert read_employment(words, TODAY).country is None


@pytest.mark.parametrize(
    "words",
    [
        "Mirela Pop s-a născut la Cluj. Lucrează la Ministerul Muncii, București.",
        "Νίκος Ρήγας\nΥπηρεσία Ασύλου, Υπουργείο Μετανάστευσης, Θεσσαλονίκη",
        "Lic. Marta Ruiz\nInspectora, Banco de España, Madrid",
    ],
    ids=["verb-is-no-firm", "greek", "bank-of-issue"],
)
def test_offices_of_many_tongues_make_officials(words: str) -> None:
    assert read_employment(words, TODAY).kind is ExpertKind.EU_ADMINISTRATION


@pytest.mark.parametrize(
    ("line", "land"),
    [
        ("Born in Asmara (Eritrea) in 1971, Swedish citizen", "SE"),
        ("Nationalité : belge (née à Kinshasa, Congo)", "BE"),
        ("geboren 1980 in Salta (Argentinien), österreichische Staatsangehörige", "AT"),
    ],
)
def test_the_country_beside_the_word_for_nationality_counts_not_that_of_birth(
    line: str, land: str
) -> None:
    segments = ["Kim Alm", line, "Migration office, head of unit since 2019"]
    assert home_of(segments, 2, "\n".join(segments)) == land


@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_no_words_make_it_fail(segments: list[str]) -> None:
    found = home_of(segments, 0, "\n".join(segments))
    assert found is None or len(found) == 2
