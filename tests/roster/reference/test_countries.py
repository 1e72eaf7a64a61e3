from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.reference.countries import (
    code_for,
    codes,
    find_countries,
    is_country,
    name_of,
    numeric_of,
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ivory Coast", "CI"), ("Côte d’Ivoire", "CI"), ("RDC", "CD"), ("Cape Verde", "CV"),
        ("Swaziland", "SZ"), ("Burma", "MM"), ("the Gambia", "GM"), ("Viet Nam", "VN"),
        ("Bosnia & Herzegovina", "BA"), ("BOSNIA AND HERZEGOVINA", "BA"), ("Turkey", "TR"),
        ("Türkiye", "TR"), ("Guiné-Bissau", "GW"), ("Guinea Bissau", "GW"), ("Guinée", "GN"),
        ("Guinea Ecuatorial", "GQ"), ("Niger", "NE"), ("Nigéria", "NG"), ("Nigerien", "NE"),
        ("nigérienne", "NE"), ("Nigerian", "NG"), ("nigérianes", "NG"), ("marocaines", "MA"),
        ("española", "ES"), ("portugueses", "PT"), ("italiane", "IT"), ("deutscher", "DE"),
        ("Congo", "CG"), ("Congo (Kinshasa)", "CD"), ("Iran (Islamic Republic of)", "IR"),
        ("ليبيا", "LY"), ("Молдова", "MD"), ("Ελλάδα", "GR"), ("Niemcy", "DE"), ("PRT", "PT"),
        ("PT", "PT"), ("North Macedonia", "MK"), ("Kosovo", "XK"), ("Palestine", "PS"),
        ("Congolese", None), ("Atlantis", None), ("", None), ("guinee bisau", None),
    ],
)  # fmt: skip
def test_a_country_is_known_by_any_of_its_names(name: str, code: str | None) -> None:
    assert code_for(name) == code


FOUND = [
    ("en", "Missions to Mali, Niger and Nigeria.", ["ML", "NE", "NG"]),
    (
        "en",
        "Guinea-Bissau, Papua New Guinea, Equatorial Guinea and Guinea.",
        ["GW", "PG", "GQ", "GN"],
    ),
    ("en", "Deployed to the Democratic Republic of the Congo and to South Sudan", ["CD", "SS"]),
    ("en", "Michael Jordan worked in Jordan with Chad Brown.", ["JO"]),
    ("en", "Born in Atlanta, Georgia; later in Tbilisi, Georgia.", ["GE", "GE"]),
    ("en", "Georgia, USA", ["US"]),
    ("en", "Border Police of Chad; Jordan Ministry of Interior; Georgia", ["TD", "JO", "GE"]),
    ("en", "A mission along the Niger River and the Gulf of Guinea", []),
    ("en", "Polish police and polish up", ["PL"]),
    ("en", "We roast turkey with chili", []),
    ("en", "Norwegian Refugee Council, Rabat Process, Geneva Convention, Dublin III", []),
    ("en", "Latin American and West African partners", []),
    ("en", "expert in mali and kenya", ["ML", "KE"]),
    ("en", "North Macedonia, Swaziland and Viet Nam", ["MK", "SZ", "VN"]),
    ("fr", "Mission en RDC et en République du Congo; réunion à Ouagadougou", ["CD", "CG", "BF"]),
    ("fr", "Réunion de travail à La Réunion", ["RE"]),
    ("fr", "des ressortissants nigériens, nigérians et maliennes", ["NE", "NG", "ML"]),
    ("fr", "Le tour du lac Tchad et la boucle du Niger", []),
    ("fr", "En Côte d'Ivoire, au Tchad et aux Comores", ["CI", "TD", "KM"]),
    (
        "es",
        "Experta peruana en el Perú, República Dominicana y Guatemala",
        ["PE", "PE", "DO", "GT"],
    ),
    ("es", "remesas hacia Marruecos y Guinea Ecuatorial", ["MA", "GQ"]),
    (
        "pt",
        "Missão a Cabo Verde, Guiné-Bissau, São Tomé e Príncipe e Moçambique",
        ["CV", "GW", "ST", "MZ"],
    ),
    ("pt", "o peru de Natal com angolanos", ["AO"]),
    ("de", "Einsatz in Island, der Elfenbeinküste und der Türkei", ["IS", "CI", "TR"]),
    ("en", "Gorée Island and Island life", []),
    (
        "it",
        "Missioni in Ciad, Costa d'Avorio e Tunisia per funzionari tunisini",
        ["TD", "CI", "TN", "TN"],
    ),
    ("ru", "Миссии в Молдове, Украине, Кыргызстане и Таджикистане", ["MD", "UA", "KG", "TJ"]),
    ("ar", "خبير في تونس والمغرب وليبيا", ["TN", "MA", "LY"]),
    ("nl", "Werkzaam in Marokko, Duitsland en Ivoorkust", ["MA", "DE", "CI"]),
    ("pl", "Szkolenie w: Gruzja, Mołdawia, Ukraina", ["GE", "MD", "UA"]),
]


@pytest.mark.parametrize(("language", "text", "wanted"), FOUND, ids=range(len(FOUND)))
def test_countries_are_found_and_lookalikes_are_not(
    language: str, text: str, wanted: list[str]
) -> None:
    assert [one.code for one in find_countries(text, language) if one.kind != "x"] == wanted


def test_the_language_may_be_unknown() -> None:
    wrong = [
        (text, found)
        for _, text, wanted in FOUND
        if "Island" not in text and (found := [one.code for one in find_countries(text)]) != wanted
    ]
    assert wrong == []


@given(st.text(max_size=200))
def test_places_lie_in_the_text_in_order(text: str) -> None:
    found = find_countries(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


def test_places_point_into_the_original_text() -> None:
    text = "Voyage en CO\u0302TE  D\u2019IVOIRE, puis au Ma\u00adli."
    assert [text[one.start : one.end] for one in find_countries(text)] == [
        "CO\u0302TE  D\u2019IVOIRE",
        "Ma\u00adli",
    ]


@pytest.mark.parametrize("locale", ["en", "fr", "es", "pt", "pt-PT", "de", "it", "ar", "ru", "xx"])
def test_every_country_has_a_name_in_every_language(locale: str) -> None:
    assert all(name_of(code, locale) for code in codes())


@pytest.mark.parametrize(
    "locale", ["en", "fr", "es", "pt", "de", "it", "nl", "ar", "ru", "pl", "el"]
)
def test_every_name_leads_back_to_its_country(locale: str) -> None:
    assert [code for code in codes() if code_for(name_of(code, locale)) != code] == []


def test_codes_are_capitals_only() -> None:
    assert is_country("FR")
    assert not is_country("fr")
    assert not is_country("XX")
    assert numeric_of("PT") == "620"
    assert numeric_of("XX") is None
    with pytest.raises(KeyError):
        name_of("XX")
