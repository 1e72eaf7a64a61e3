from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.reference.bodies import (
    Body,
    bodies,
    bodies_of,
    body,
    era_of,
    find_bodies,
    is_eu,
    is_member,
    members,
)
from roster.reference.countries import is_country
from roster.reference.regions import (
    EASTERN_EUROPE,
    FACILITY_REGIONS,
    countries_in,
    facility_region_of,
    region_name,
    region_of,
    subregion_of,
    subregions,
)


@pytest.mark.parametrize(
    ("day", "inside"),
    [(date(2020, 1, 31), True), (date(2020, 2, 1), False), (date(1972, 12, 31), False)],
)
def test_the_united_kingdom_is_of_the_union_until_it_left(day: date, inside: bool) -> None:
    assert is_eu("GB", day) is inside


def test_the_union_has_its_members_of_the_day() -> None:
    assert len(members("EU", date(2015, 6, 1))) == 28
    assert len(members("EU", date(2026, 1, 1))) == 27
    assert not is_eu("HR", date(2013, 6, 30))
    assert is_eu("HR", date(2013, 7, 1))


def test_mali_left_ecowas() -> None:
    assert is_member("ECOWAS", "ML", date(2015, 1, 1))
    assert not is_member("ECOWAS", "ML", date(2026, 1, 1))
    assert len(members("ECOWAS", date(2015, 12, 31))) == 15


def test_bodies_name_countries_that_exist() -> None:
    assert len(bodies()) == 24
    assert all(is_country(spell.country) for one in bodies() for spell in one.memberships)
    assert "ECOWAS" in bodies_of("CV", date(2015, 1, 1))
    with pytest.raises(KeyError):
        body("XYZ")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("la CEDEAO et l'UA", ["ECOWAS", "AU"]),
        ("UEMOA / WAEMU", ["UEMOA", "UEMOA"]),
        ("União Europeia, Unión Europea et Union européenne", ["EU", "EU", "EU"]),
        ("the African Union and the European Union", ["AU", "EU"]),
        ("Eu sou da área, au lieu de, ua", []),
        ("Comunidad Andina y MERCOSUR", ["CAN", "MERCOSUR"]),
    ],
)
def test_bodies_are_found_by_name_and_acronym(text: str, wanted: list[str]) -> None:
    assert [one.body for one in find_bodies(text)] == wanted


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("CV", "Africa"),
        ("MR", "Africa"),
        ("SD", "Africa"),
        ("MA", "Middle East and North Africa"),
        ("JO", "Middle East and North Africa"),
        ("KG", "Asia"),
        ("PH", "Asia"),
        ("AM", EASTERN_EUROPE),
        ("MD", EASTERN_EUROPE),
        ("HT", "Latin America and Caribbean"),
        ("FR", None),
        ("US", None),
        ("XX", None),
    ],
)
def test_countries_fall_into_the_regions_of_the_facility(code: str, region: str | None) -> None:
    assert facility_region_of(code) == region
    assert region is None or region in FACILITY_REGIONS


def test_subregions_are_those_of_the_united_nations() -> None:
    assert (subregion_of("KE"), region_of("KE")) == ("014", "002")
    assert (subregion_of("BR"), region_of("BR")) == ("005", "019")
    assert region_name("011", "fr") == "Afrique occidentale"
    assert subregion_of("XX") is None
    assert {"011", "154"} <= set(subregions())
    assert "SN" in countries_in("011")
    with pytest.raises(KeyError):
        region_name("999")


@given(on=st.dates(), one=st.sampled_from(bodies()))
def test_members_of_a_day_are_those_whose_spells_cover_it(on: date, one: Body) -> None:
    inside = {spell.country for spell in one.memberships if spell.covers(on)}
    assert set(members(one.id, on)) == inside
    assert all(one.id in bodies_of(country, on) for country in inside)
    countries = {spell.country for spell in one.memberships}
    assert {country for country in countries if is_member(one.id, country, on)} == inside


@pytest.mark.parametrize("day", [date.min, date.max], ids=["the first day", "the last day"])
def test_every_day_there_is_has_its_memberships(day: date) -> None:
    assert era_of(day) <= day
    assert set(members("EU", day)) == {
        spell.country for spell in body("EU").memberships if spell.covers(day)
    }
