"""Why a Southern peer sits there: what her country shares with the one that asks."""

from __future__ import annotations

from datetime import date

import pytest

from matching.teams.southern import southern_reasons
from roster.vocabulary import AdministrationKind
from tests.matching.people import person, post, request, speaks

DAY = date(2027, 3, 1)


def told(home: str | None, asks: str = "ML", **fields: object) -> str:
    view = person(1, home_country=home, **fields)
    need = request(countries=(asks,), administration=AdministrationKind.LABOUR)
    return "; ".join(southern_reasons(view, need, (asks,), DAY))


def test_region_language_and_body_are_named() -> None:
    words = told("SN")
    assert "region: Western Africa, as Mali" in words
    assert "language: " in words
    assert "regional body: " in words


def test_a_language_somebody_has_learnt_counts_as_that_of_her_country() -> None:
    assert "Spanish" in told("MA", "GQ", languages=speaks(es="C1"))


def test_an_administration_of_the_same_kind_is_a_comparable_system() -> None:
    like = (post("Director", 2015, administration=AdministrationKind.EMPLOYMENT_SERVICE),)
    assert "system: employment service administration, comparable" in told("SN", posts=like)
    other = (post("Director", 2015, administration=AdministrationKind.CUSTOMS),)
    assert "system" not in told("SN", posts=other)


@pytest.mark.parametrize("home", ["PH", None], ids=["far", "unknown"])
def test_nothing_in_common_is_said(home: str | None) -> None:
    assert told(home, "MN") == (
        "no region, language, regional body or like administration in common on record"
    )
