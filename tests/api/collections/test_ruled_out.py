"""A letter names firms whose people it does not want; a CV that names them tells a conflict."""

from __future__ import annotations

import pytest

from api.collections.ruled_out import is_named, names_ruled_out


@pytest.mark.parametrize(
    ("letter", "names"),
    [
        pytest.param(
            "The audit is done by the firm Northgate Analytics. For this reason nobody paid by it "
            "can take part.",
            ("Northgate Analytics",),
            id="en",
        ),
        pytest.param(
            "Le registre est construit par la société Delta Conseil. Toute personne liée à elle "
            "est exclue.",
            ("Delta Conseil",),
            id="fr",
        ),
        pytest.param(
            "Por conflicto de intereses no se acepta a nadie de la empresa Horizonte Datos.",
            ("Horizonte Datos",),
            id="es",
        ),
        pytest.param(
            "Nenhuma pessoa contratada pela empresa Maré Alta Consultores pode participar.",
            ("Maré Alta Consultores",),
            id="pt",
        ),
        pytest.param(
            "The firm Northgate Analytics kindly prints the handbooks.", (), id="named-only"
        ),
        pytest.param("We exclude nobody from New Zealand.", (), id="a-country"),
        pytest.param("No visas are issued there. We work in Port Moresby.", (), id="nothing"),
    ],
)
def test_firms_are_ruled_out_where_the_letter_says_so(letter: str, names: tuple[str, ...]) -> None:
    assert names_ruled_out(letter) == names


def test_a_name_is_found_whatever_its_accents_and_lines() -> None:
    assert is_named("Maré Alta Consultores", "desde 2024, para a mare alta\nconsultores")
    assert not is_named("Delta Conseil", "Delta Conseillers réunis")
