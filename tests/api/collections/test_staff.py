"""A facility lends officials; a letter that welcomes others says so."""

from __future__ import annotations

import pytest

from api.collections.staff import OFFICIALS, welcomes_others, with_staff
from roster.read import RequestView


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Officials, or independent experts, are welcome.", id="en"),
        pytest.param("Researchers are also welcome in the second week.", id="en-also"),
        pytest.param("Des fonctionnaires ou des chercheurs seraient les bienvenus.", id="fr"),
        pytest.param("Funcionarios o consultores serán bienvenidos.", id="es"),
        pytest.param("Funcionários e professores são bem-vindos.", id="pt"),
        pytest.param("Beamte oder Wissenschaftlerinnen sind willkommen.", id="de"),
    ],
)
def test_a_letter_may_welcome_others_beside_officials(words: str) -> None:
    assert welcomes_others(words)
    need = RequestView(id=None, title="", text=words, countries=("GE",))
    assert with_staff(need).kinds == frozenset()


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Please send us no consultants.", id="en-none"),
        pytest.param("We look for customs officers who do this every day.", id="en"),
        pytest.param("Nous ne souhaitons pas de consultants.", id="fr-none"),
        pytest.param("Pedimos funcionarios en activo.", id="es"),
        pytest.param("Our officials and consultants wrote a first draft.", id="en-told"),
    ],
)
def test_else_officials_are_meant(words: str) -> None:
    need = RequestView(id=None, title="", text=words, countries=("GE",))
    assert with_staff(need).kinds == OFFICIALS


def test_writing_that_asks_for_no_country_asks_for_no_kind() -> None:
    assert with_staff(RequestView(id=None, title="", text="On birds.")).kinds == frozenset()
