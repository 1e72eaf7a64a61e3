"""Rules that contradict each other are named, each at its field, before anybody solves them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from roster.errors import InvalidInput
from roster.inputs import LanguageInput, SeatInput, TeamInput
from roster.read import LanguageNeed, Ranking, RequestView
from roster.team_rules import rules_from
from roster.vocabulary import LanguageLevel, SeatRole
from tests.fakes import FakeComposer

A, B, C, D = (UUID(int=n) for n in range(1, 5))
NEED = RequestView(
    id=None,
    title="Registers",
    languages=(LanguageNeed("fr"), LanguageNeed("ar")),
    starts=date(2027, 3, 1),
    ends=date(2027, 3, 12),
)
RANKING = Ranking(NEED, (), "test", (), date(2027, 1, 15))


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        pytest.param({"forced_in": (A,), "forced_out": (A,)}, "/forced_in", id="in-and-out"),
        pytest.param({"forced_in": (A, B, C, D)}, "/forced_in", id="too-many"),
        pytest.param({"forced_in": (A,), "conflicts": (A,)}, "/conflicts", id="conflict"),
        pytest.param({"together": ((A, B, C, D),)}, "/together", id="group-too-large"),
        pytest.param(
            {"together": ((A, B),), "forced_in": (A,), "forced_out": (B,)}, "/together", id="torn"
        ),
        pytest.param({"together": ((A, B),), "apart": ((B, A),)}, "/apart", id="both"),
        pytest.param({"apart": ((A, B),), "forced_in": (A, B)}, "/apart", id="apart-and-in"),
        pytest.param({"least_newcomers": 4}, "/least_newcomers", id="newcomers"),
        pytest.param(
            {"least_newcomers": 2, "least_returning": 2}, "/least_returning", id="no-room"
        ),
        pytest.param({"starts": date(2027, 3, 20)}, "/ends", id="order"),
        pytest.param({"starts": date(2027, 1, 4)}, "/starts", id="past"),
        pytest.param({"most_days_a_year": 11}, "/most_days_a_year", id="cap"),
        pytest.param(
            {"seats": (SeatInput(role=SeatRole.LEAD, days=13),)}, "/seats/0/days", id="days"
        ),
        pytest.param(
            {"seats": (SeatInput(role=SeatRole.LEAD, keeper=A),) * 2}, "/seats", id="two-seats"
        ),
    ],
)
def test_a_clash_is_named_at_its_field(given: dict[str, Any], pointer: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        rules_from(TeamInput(**given), RANKING, FakeComposer())
    assert [error.pointer for error in refused.value.errors] == [pointer]


def test_languages_that_are_left_out_are_interpreted() -> None:
    arabic = LanguageInput(language="ar", minimum=LanguageLevel.B1, everyone=False)
    rules = rules_from(TeamInput(languages=(arabic,)), RANKING, FakeComposer())
    assert rules.interpreted == {"fr"}
    assert rules.someone_speaks == (LanguageNeed("ar", LanguageLevel.B1, everyone=False),)


def test_who_keeps_a_seat_must_be_in() -> None:
    given = TeamInput(seats=(SeatInput(role=SeatRole.LEAD, keeper=A),))
    assert rules_from(given, RANKING, FakeComposer()).forced_in == {A}
