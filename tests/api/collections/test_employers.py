"""Who employs somebody now is read in the first words that tell it; what they do not tell stays."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.collections.employers import employed_now, official_of, read_employment
from roster.vocabulary import ExpertKind
from tests.matching.people import person

TODAY = date(2026, 11, 22)
EU, OUT = ExpertKind.EU_ADMINISTRATION, ExpertKind.NON_EU_ADMINISTRATION


@pytest.mark.parametrize(
    ("words", "kind", "country"),
    [
        ("Jan Novák\nMinisterstvo vnitra ČR, Odbor azylové politiky, Praha", EU, "CZ"),
        ("CV\nMr John Smith\nUK Home Office, Border Force\n2005 – present: officer", OUT, "GB"),
        ("Ana Popescu\nInspectoratul General pentru Imigrări, București", EU, "RO"),
        ("Wanjiru Kamau\nDirectorate of Immigration Services, Nairobi, Kenya.", OUT, "KE"),
        ("Fatma Ben Salah\nMinistère des Affaires sociales, Tunis, Tunisie", OUT, "TN"),
        ("Sofia Nilsson\nMigrationsverket, Norrköping", EU, "SE"),
        ("Λάμπρος Νικολάου\nΥπουργείο Μετανάστευσης και Ασύλου, Αθήνα", EU, "GR"),
        ("Mulu Bekele\nImmigration and Citizenship Service, Addis Ababa, Ethiopia", OUT, "ET"),
        ("Joseph Borg is a principal immigration officer with the Malta Police Force.", EU, "MT"),
        ("Jg. 1983\nRegierungspräsidium Gießen, Deutschland", EU, "DE"),
        ("Rosa Mondlane, moçambicana, é inspetora do Ministério do Trabalho.", OUT, "MZ"),
        ("Aïda Sow, sénégalaise, est cheffe de bureau au ministère de la Santé.", OUT, "SN"),
        ("Istituto nazionale di statistica, ente pubblico, Roma", EU, "IT"),
        (
            "Ana Reis\njurista | Ministério da Justiça, Lisboa, Portugal | antes OIM (2009-2014)",
            EU,
            "PT",
        ),
        ("Agencia para el Desarrollo Local, Montevideo, Uruguay", OUT, "UY"),
    ],
)
def test_an_office_and_its_country_make_an_official(
    words: str, kind: ExpertKind, country: str
) -> None:
    found = read_employment(words, TODAY)
    assert (found.kind, found.country) == (kind, country)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (
            "Independent migration consultant, Dakar\n2010-2018 Ministry of Interior of Senegal",
            ExpertKind.PRIVATE_CONSULTANT,
        ),
        ("OIM, bureau de Bamako\nchargé de programme", ExpertKind.INTERNATIONAL_ORGANISATION),
        ("Director, Fundación Migrantes, Quito, Ecuador", ExpertKind.NGO),
        ("Lehrstuhl für Völkerrecht, Universität Graz", ExpertKind.ACADEMIA),
        (
            "20 years at the Ministry of Labour of Spain, now working as a freelance adviser.",
            ExpertKind.PRIVATE_CONSULTANT,
        ),
    ],
)
def test_who_serves_no_administration_is_no_official(words: str, kind: ExpertKind) -> None:
    assert read_employment(words, TODAY).kind is kind


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Jean Dupont\nRetired prefect, formerly Ministère de l'Intérieur, Paris",
        "2001 – 2009\nMinistry of the Interior, Vienna, Austria",
        "Speaks of nothing in particular.",
    ],
)
def test_what_is_past_or_unsaid_makes_nobody_an_official(words: str) -> None:
    assert read_employment(words, TODAY).kind is None


def test_an_office_without_a_country_is_of_neither_kind() -> None:
    found = read_employment("Ministry of the Interior, asylum unit", TODAY)
    assert (found.kind, found.country) == (None, None)
    assert read_employment("Ministry of the Interior", TODAY, ("PT",)).kind is EU
    mailed = "Ministry of the Interior\nE-mail: someone@interior.example.sn"
    assert read_employment(mailed, TODAY).kind is OUT


def test_membership_decides_on_the_day() -> None:
    assert official_of("GB", date(2019, 5, 1)) is EU
    assert official_of("GB", date(2021, 5, 1)) is OUT
    assert official_of(None, TODAY) is None


def test_what_the_words_do_not_tell_stays_as_it_was() -> None:
    known = person(1, home_country="FR", kind=EU)
    assert employed_now(known, "Nothing is told.", TODAY) == known
    moved = employed_now(known, "Professor, University of Coimbra, Portugal", TODAY)
    assert (moved.kind, moved.home_country) == (ExpertKind.ACADEMIA, "PT")


@given(st.text(max_size=300))
def test_no_words_make_it_fail(words: str) -> None:
    found = read_employment(words, TODAY)
    if found.kind in {EU, OUT}:
        assert found.kind is official_of(found.country, TODAY)


@pytest.mark.parametrize(
    ("words", "kind", "country"),
    [
        pytest.param("Ayşe Demir\nGöç İdaresi Başkanlığı, Ankara, uzman", OUT, "TR", id="turkish"),
        pytest.param(
            "Rasa Petrauskė\nDarbovietė: Migracijos tarnyba, vyriausioji specialistė",
            EU,
            "LT",
            id="lithuanian",
        ),
        pytest.param(
            "Ivana Kos\npolicijska službenica, Uprava za strance, Zagreb", EU, "HR", id="croatian"
        ),
        pytest.param(
            "Kovács Éva\nNemzeti Munkaügyi Hatóság, Szeged, főelőadó", EU, "HU", id="hungarian"
        ),
        pytest.param(
            "Мария Тодорова\nДържавна агенция за закрила на детето, главен експерт\n"
            "Образование: Софийски университет, право",
            EU,
            "BG",
            id="bulgarian-with-studies",
        ),
        pytest.param("Jordi Puig\nXunta de Galicia, jefe de servicio", EU, "ES", id="region-es"),
        pytest.param(
            "Anne Le Goff\nConseil départemental de la Haute-Savoie, cheffe de service",
            EU,
            "FR",
            id="department-fr",
        ),
        pytest.param(
            "Luís Prata\nDireção-Geral da Água, técnico superior; Faro, Algarve",
            EU,
            "PT",
            id="region-pt",
        ),
        pytest.param(
            "Servicio Exterior Peruano\nRosa Quispe, cónsul de carrera", OUT, "PE", id="diplomat"
        ),
        pytest.param(
            "Marius Dinu\nMinisterul Afacerilor Externe, Departamentul Consular, București",
            EU,
            "RO",
            id="consular-department",
        ),
        pytest.param(
            "Direction de la mer de La Réunion\nYves Hoarau, chef d'unité", EU, "FR", id="overseas"
        ),
        pytest.param(
            "Juris Kalns\nLecturer, Police College, Riga, Latvia", EU, "LV", id="police-college"
        ),
        pytest.param(
            "Ελένη Παππά\nΔήμος Αθηναίων, προϊσταμένη", EU, None, id="only-member-states-write-it"
        ),
        pytest.param(
            "Heike Brandt\nReferentin · Bundesamt für Soziale Sicherung\n"
            "Bundesamt für Soziale Sicherung, Bonn. Seit Mai 2015",
            EU,
            "DE",
            id="place-further-down",
        ),
        pytest.param(
            "Managing Director, Star Manpower Services (Accra) | Vice-President, Association of "
            "Recruiters",
            ExpertKind.PRIVATE_CONSULTANT,
            "GH",
            id="firm-and-its-lobby",
        ),
    ],
)
def test_offices_are_known_in_many_languages_and_by_their_region(
    words: str, kind: ExpertKind, country: str | None
) -> None:
    found = read_employment(words, TODAY)
    assert (found.kind, found.country) == (kind, country)
