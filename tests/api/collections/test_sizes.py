"""How many people a letter asks for is read where it asks, never from those it has."""

from __future__ import annotations

import pytest

from api.collections.sizes import least_people


@pytest.mark.parametrize(
    ("words", "least"),
    [
        ("We should be glad to receive two serving officers of Member States.", 2),
        ("Team: two or three civil servants who have done it.", 2),
        ("Two experts, one of them a statistician.", 2),
        ("Nous sollicitons l'envoi de trois agents publics.", 3),
        ("Équipe : deux ou trois agents publics de pays différents.", 2),
        ("Je recherche donc deux personnes.", 2),
        ("Rogamos nos propongan dos personas, una por materia.", 2),
        ("Perfil: 2 funcionarios/as de Estados miembros", 2),
        ("Pretendemos receber dois técnicos de administrações públicas.", 2),
        ("Duas pessoas dos registos ou da justiça.", 2),
        ("Wir bitten um zwei erfahrene Beamte.", 2),
        ("Up to three officials who have done it.", 1),
        ("Perfil: um ou dois médicos ou técnicos de saúde.", 1),
        ("Trainers: two serving officers of Member States.", 2),
        ("7. Profil recherché : deux responsables publics de deux États.", 2),
        ("Perfil requerido: dos funcionarios de carrera.", 2),
        ("A quién: tres pares de ciudades.", 3),
        ("Quem: duas pessoas da administração.", 2),
        ("We should be grateful for two practitioners for three weeks.", 2),
        ("We train two officers each year.", None),
        ("We have two officers and no database.", None),
        ("Nous avons deux agents dans un couloir.", None),
        ("Please receive five colleagues for a study visit.", None),
        ("The training of four officers took two weeks.", None),
        ("We ask for an expert in statistics.", None),
        ("", None),
    ],
)
def test_the_least_number_of_people_is_the_one_asked_for(words: str, least: int | None) -> None:
    assert least_people(words) == least
