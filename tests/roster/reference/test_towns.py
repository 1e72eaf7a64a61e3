"""A town tells its country where no other country has one of its name to speak of."""

from __future__ import annotations

import pytest

from roster.reference.towns import country_of_town, pack


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Rotterdam", "NL"),
        ("kisumu", "KE"),
        ("Θεσσαλονίκη", "GR"),
        ("Харьков", "UA"),
        ("صفاقس", "TN"),
        ("Valencia", None),
        ("Nowhere at all", None),
        ("", None),
    ],
)
def test_a_town_of_one_country_tells_it(name: str, code: str | None) -> None:
    assert country_of_town(name) == code


def test_a_name_that_two_countries_share_is_kept_only_for_a_far_larger_town() -> None:
    def town(name: str, code: str, people: int) -> dict[str, object]:
        return {"name": name, "countrycode": code, "population": people, "alternatenames": []}

    found = pack(
        iter(
            [
                town("Altona", "DE", 300_000),
                town("Altona", "US", 20_000),
                town("Nordby", "DK", 40_000),
                town("Nordby", "NO", 20_000),
                town("Ulm", "DE", 120_000),
                town("Atlantis", "??", 90_000),
            ]
        )
    )
    assert found["countries"] == {"DE": "altona"}
