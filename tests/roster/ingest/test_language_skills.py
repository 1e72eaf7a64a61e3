import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roster.ingest.profile import read_profile
from roster.ingest.reading import read_words
from roster.read import LanguageSkill

TODAY = date(2026, 11, 22)
CASES = json.loads((Path(__file__).parent / "language_cases.json").read_text(encoding="utf-8"))


def levels_in(*lines: str) -> dict[str, str | None]:
    found = read_profile(read_words("\n".join(lines)), TODAY).facts
    return {
        fact.value.language: fact.value.level and fact.value.level.value
        for fact in found
        if isinstance(fact.value, LanguageSkill)
    }


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [pytest.param(case["lines"], case["languages"], id=case["id"]) for case in CASES],
)
def test_languages_and_levels_are_read_in_any_layout(
    lines: list[str], wanted: dict[str, str | None]
) -> None:
    assert levels_in(*lines) == wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("LANGUAGES Danish; English C1; German B1", {"da": None, "en": "C1", "de": "B1"}),
        ("Jezici   hrvatski; engleski C2; francuski B1", {"hr": None, "en": "C2", "fr": "B1"}),
        ("Estudios: Derecho. Idiomas: gallego; inglés B1.", {"gl": None, "en": "B1"}),
        ("Línguas  Português. Francês C1. Alemão A2", {"pt": None, "fr": "C1", "de": "A2"}),
        ("LIMBI STRĂINE  franceză C1 / C1 / B2 / B2 / B2", {"fr": "B2"}),
        ("Vorbește germana (C1) și franceza (B2).", {"de": "C1", "fr": "B2"}),
        ("Habla francés con fluidez y no habla inglés.", {"fr": "C1"}),
        ("Je parle espagnol (C1) ; je ne parle pas anglais.", {"es": "C1"}),
        ("Er spricht Polnisch wie Deutsch (C2).", {"pl": "C2", "de": "C2"}),
        ("Elle parle le portugais comme le français (C2).", {"pt": "C2", "fr": "C2"}),
        ("Línguas: português (materno), domínio no espanhol C1", {"pt": "native", "es": "C1"}),
        ("Taal: Frans C1, Engels B2", {"fr": "C1", "en": "B2"}),
        ("Jezici: hrvatski, engleski C1. Ruski ne govorim.", {"hr": None, "en": "C1"}),
        ("Γλώσσες: ελληνικά, αγγλικά C2. Ισπανικά όχι.", {"el": None, "en": "C2"}),
        ("Hizkuntzak / Idiomas: euskara; inglés C1", {"eu": None, "en": "C1"}),
        ("Maltese and English from childhood, Italian C1.", {"mt": None, "en": None, "it": "C1"}),
        ("Español; inglés B1; wolof para saludar.", {"es": None, "en": "B1", "wo": None}),
        ("English law, French Ministry of the Interior, module C1.", {}),
        ("Język: czeski C2, angielski B1", {"cs": "C2", "en": "B1"}),
        ("Jurist (Gent). Dutch, French C1.", {"nl": None, "fr": "C1"}),
        (
            "Economista (Lima). Español, inglés B1, algo de francés.",
            {"en": "B1", "es": None, "fr": None},
        ),
        ("Reformed the register in 2021. English C2. Married.", {"en": "C2"}),
        ("Worked on English law. Lives in French Guiana.", {}),
        (
            "Führte Gespräche. Deutsch und Italienisch auf Muttersprachniveau, Englisch B2.",
            {"de": "native", "it": "native", "en": "B2"},
        ),
    ],
)
def test_a_list_needs_no_line_of_its_own_and_who_denies_a_language_has_none(
    line: str, wanted: dict[str, str | None]
) -> None:
    assert levels_in("Head of unit, Ministry of Labour, since 2014", line) == wanted


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("Français (maternel) | Anglais C1 | Arabe B2", {"fr": "native", "en": "C1", "ar": "B2"}),
        ("Italiano | Inglese B2", {"it": None, "en": "B2"}),
        ("English | C1 | C1 | B2", {"en": "B2"}),
    ],
)
def test_bars_part_languages_where_each_cell_names_one(
    row: str, wanted: dict[str, str | None]
) -> None:
    assert levels_in("LANGUES", row) == wanted


def test_four_digits_of_a_military_profile_count_by_their_second() -> None:
    assert levels_in("Languages", "English SLP 3232", "French SLP 1121") == {
        "en": "B1",
        "fr": "A2",
    }


@settings(max_examples=20, deadline=None)
@given(st.permutations(["English: C1", "French: B2", "Arabic: mother tongue", "Greek: basic"]))
def test_the_order_of_a_list_says_nothing(lines: list[str]) -> None:
    wanted = {"en": "C1", "fr": "B2", "ar": "native", "el": "A2"}
    assert levels_in("Languages", *lines) == wanted


@settings(max_examples=20, deadline=None)
@given(st.text(alphabet="ABCabc12 /|,;:()-–\nEnglish", max_size=100))
def test_any_section_on_languages_is_read_without_a_fault(text: str) -> None:
    levels_in("Languages", text)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("español, quechua, inglés B1", {"es": None, "qu": None, "en": "B1"}),
        ("k'iche' y español; inglés básico (A2).", {"es": None, "en": "A2"}),
        ("Sinhala, English (fluent, medium of official work), Tamil (fair)",
         {"si": None, "en": "C1", "ta": "B1"}),
        ("français et néerlandais (maternelles), anglais C1",
         {"fr": "native", "nl": "native", "en": "C1"}),
        ("Greek, Turkish and English: C1", {"el": "C1", "tr": "C1", "en": "C1"}),
        ("English and French C1", {"en": "C1", "fr": "C1"}),
    ],
)  # fmt: skip
def test_a_level_is_that_of_all_only_where_it_says_so(
    line: str, wanted: dict[str, str | None]
) -> None:
    assert levels_in("Languages", line) == wanted


def test_a_professional_life_is_no_level() -> None:
    assert (
        "B2" not in levels_in("I speak Swahili; all my professional life is in English.").values()
    )


@pytest.mark.parametrize(
    ("line", "native", "others"),
    [
        (
            "Olen tarkastaja vuodesta 2015. Puhun äidinkielenäni suomea, sujuvasti englantia.",
            "fi",
            {"en"},
        ),
        ("Anyanyelvem magyar, folyékonyan beszélek angolul, jól németül.", "hu", {"en", "de"}),
        ("Gimtoji kalba – lietuvių, laisvai kalbu angliškai ir vokiškai.", "lt", {"en", "de"}),
        ("Mateřštinou je čeština, plynně hovořím anglicky a německy.", "cs", {"en", "de"}),
        ("Językiem ojczystym jest polski, biegle mówię po angielsku.", "pl", {"en"}),
        ("Рідна мова українська, вільно володію англійською.", "uk", {"en"}),
        ("Dzimtā valoda latviešu, brīvi runāju angliski un vāciski.", "lv", {"en", "de"}),
        ("Работя в министерството. Родният ми език е български.", "bg", set()),
    ],
)
def test_languages_are_known_as_a_sentence_bends_them(
    line: str, native: str, others: set[str]
) -> None:
    found = levels_in(line)
    assert found.get(native) == "native"
    assert others <= found.keys()


@pytest.mark.parametrize(
    "lines",
    [
        ("Istruzione: laurea in legge, Bari 2008", "Madrelingua: italiano",
         "Altre lingue: spagnolo – lettura C1, scrittura B2, orale C1"),
        ("Formation : licence en droit, Lyon 2008", "Autres langues : espagnol – lu C1, écrit B2"),
        ("Wykształcenie: prawo, Kraków 2008", "Inne języki: hiszpański – czytanie C1, pisanie B2"),
    ],
)  # fmt: skip
def test_other_languages_below_studies_are_read(lines: tuple[str, ...]) -> None:
    assert levels_in(*lines).get("es") is not None
