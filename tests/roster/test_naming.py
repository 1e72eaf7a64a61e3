import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from roster.naming import fold, is_same_person, likeness, name_key

NAMES = st.text(max_size=40)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        pytest.param("José Álvarez", "ALVAREZ, Jose", True, id="accents-case-order"),
        pytest.param("Maria Silva", "Maria dos Santos Silva", True, id="second-surname"),
        pytest.param("J. Smith", "John Smith", True, id="initial"),
        pytest.param("Hans Müller", "Mueller Hans", True, id="umlaut"),
        pytest.param("Mohamed Ben Ali", "Mohammed bin Ali", True, id="transliteration"),
        pytest.param("Dr. Anna Rossi", "ROSSI Anna", True, id="title"),
        pytest.param("Иван Петров", "Ivan Petrov", True, id="cyrillic"),
        pytest.param("محمد الطاهر", "Mohamed Taher", True, id="arabic"),
        pytest.param("Γιώργος Παπαδόπουλος", "Giorgos Papadopoulos", True, id="greek"),
        pytest.param("Jon Smith", "Joan Smythe", False, id="two-people"),
        pytest.param("João Silva", "João Santos", False, id="surname-differs"),
        pytest.param("Anna Rossi", "Maria Rossi", False, id="family"),
        pytest.param("Anna Maria Rossi", "Anna Lucia Rossi", False, id="middle-name-contradicts"),
        pytest.param("Anna", "Anna Rossi", False, id="given-name-alone"),
        pytest.param("A. R.", "Anna Rossi", False, id="initials-alone"),
        pytest.param("", "Jon Smith", False, id="blank-is-nobody"),
        pytest.param(" - ", "-", False, id="punctuation-is-nobody"),
    ],
)
def test_same_person_ignores_spelling_but_not_identity(left: str, right: str, same: bool) -> None:
    assert is_same_person(left, right) is same
    assert is_same_person(right, left) is same


@given(NAMES, NAMES)
def test_likeness_is_symmetric_and_in_range(left: str, right: str) -> None:
    assert 0.0 <= likeness(left, right) <= 1.0
    assert likeness(left, right) == likeness(right, left)


@given(st.text(max_size=80))
@example("𝐀𝓻")
@example("\ufe70 a")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=80))
def test_folded_text_is_plain(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == " ".join(folded.split())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("Côte d’Ivoire", "cote d ivoire", id="apostrophe"),
        pytest.param("ÅNGSTRÖM-Łódź", "angstrom lodz", id="letters"),
        pytest.param("Straße", "strasse", id="sharp-s"),
        pytest.param("Москва", "moskva", id="cyrillic"),
    ],
)
def test_folding_drops_decoration(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_name_key_ignores_order_and_titles() -> None:
    assert name_key("Prof. José de la Cruz") == name_key("CRUZ, Jose")
