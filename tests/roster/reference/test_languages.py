import pytest

from roster.reference.languages import (
    GROUPINGS,
    code_for,
    find_languages,
    grouping,
    is_language,
    name_of,
    official_in,
    spoken_in,
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("French", "fr"), ("français", "fr"), ("FRANCÊS", "fr"), ("francese", "fr"), ("fre", "fr"),
        ("fra", "fr"), ("fr", "fr"), ("deu", "de"), ("ger", "de"), ("Deutsch", "de"),
        ("castellano", "es"), ("Farsi", "fa"), ("dari", "fa"), ("prs", "fa"), ("Peul", "ff"),
        ("Haoussa", "ha"), ("créole haïtien", "ht"), ("Amazigh", "zgh"), ("Krio", "kri"),
        ("Kiswahili", "sw"), ("Flemish", "nl"), ("langue française", "fr"), ("русский", "ru"),
        ("العربية", "ar"), ("Moldovan", "ro"), ("Tagalog", "fil"), ("Norwegian", "no"),
        ("Serbo-Croatian", None), ("Klingonish", None), ("", None),
    ],
)  # fmt: skip
def test_a_language_is_known_by_any_of_its_names(name: str, code: str | None) -> None:
    assert code_for(name) == code


def test_languages_are_found_and_common_words_are_not() -> None:
    text = "English (C1), français courant, árabe nativo, Krio; more than a man even so. 中文"
    assert [one.code for one in find_languages(text)] == ["en", "fr", "ar", "kri", "zh"]


@pytest.mark.parametrize("locale", ["en", "fr", "es", "pt", "de", "it", "ru", "pl"])
def test_common_languages_lead_back_from_their_names(locale: str) -> None:
    common = "en fr es pt ar de it ru nl zh el ro pl sv tr uk sq sw ha wo".split()  # noqa: SIM905 - reads better
    assert [code for code in common if code_for(name_of(code, locale)) != code] == []


def test_languages_of_administration_are_told_from_spoken_ones() -> None:
    assert official_in("CV") == ("pt",)
    assert "fr" in official_in("MA")
    assert set(official_in("CM")) == {"fr", "en"}
    assert set(official_in("CH")) <= set(spoken_in("CH"))
    assert official_in("XX") == ()


def test_lusophone_countries_are_those_of_portuguese_administration() -> None:
    assert {"AO", "BR", "CV", "GW", "MZ", "PT", "ST", "TL"} <= grouping("lusophone")
    assert "ES" not in grouping("lusophone")
    assert all(grouping(name) for name in GROUPINGS)
    with pytest.raises(KeyError):
        grouping("klingophone")


def test_codes_are_checked() -> None:
    assert is_language("fr")
    assert not is_language("xx")
    with pytest.raises(KeyError):
        name_of("xx")
