"""A region tells the Member State that alone has it."""

from __future__ import annotations

from typing import cast

import pytest

from roster.reference.countries import is_country
from roster.reference.loading import load
from roster.reference.provinces import find_provinces
from roster.reference.towns import country_of_town

NAMES = cast("dict[str, str]", load("provinces")["countries"])


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Gobierno de Canarias", ["ES"]),
        ("Préfecture d'Ille-et-Vilaine, Rennes", ["FR"]),
        ("regione Emilia-Romagna", ["IT"]),
        ("Landesamt Baden-Württemberg", ["DE"]),
        ("GOBIERNO VASCO", ["ES"]),
        ("a minho is a river, written small", []),
        ("Ministry of the Interior", []),
    ],
)
def test_a_region_is_found_with_a_capital_only(words: str, codes: list[str]) -> None:
    assert [one.key for one in find_provinces(words)] == codes


@pytest.mark.parametrize("code", NAMES)
def test_no_region_is_a_town_of_another_country(code: str) -> None:
    assert is_country(code)
    names = NAMES[code].split("|")
    assert len(set(names)) == len(names)
    assert {country_of_town(name) for name in names} <= {None, code}
