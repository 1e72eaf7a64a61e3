"""Absences told in a CV are days on which nobody travels."""

from __future__ import annotations

from datetime import date

import pytest

from api.collections.absences import keeps_from, read_absences
from roster.dates import PartialDate, Period

MARCH, MAY = date(2027, 3, 1), date(2027, 5, 31)


def days(words: str) -> list[tuple[str, str]]:
    return [
        (str(one.start.first_day) if one.start else "", str(one.end.last_day) if one.end else "")
        for one in read_absences(words)
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Not available from 1 March to 15 April 2027.", [("2027-03-01", "2027-04-15")]),
        ("Indisponible de mars à mai 2027.", [("2027-03-01", "2027-05-31")]),
        ("No disponible hasta septiembre de 2027.", [("", "2027-09-30")]),
        ("Indisponível em maio de 2027.", [("2027-05-01", "2027-05-31")]),
        ("In Elternzeit bis Juni 2027.", [("", "2027-06-30")]),
        ("Available from June 2027 onwards.", [("", "2027-05-31")]),
        ("Disponible à partir de juin 2027.", [("", "2027-05-31")]),
        ("From 1 March to 30 May 2027 I am on leave.", [("2027-03-01", "2027-05-30")]),
        ("Du 1er mars au 30 mai 2027, je serai en congé parental.", [("2027-03-01", "2027-05-30")]),
        (
            "Disponibilità: dal 1° marzo al 30 maggio 2027 in aspettativa.",
            [("2027-03-01", "2027-05-30")],
        ),
        (
            "Head of unit from 2015 to 2019, with an office of twelve; then on leave in 2020.",
            [("2020-01-01", "2020-12-31")],
        ),
        ("Available at short notice. Since 2015 head of unit.", []),
        ("Head of the visa unit from 2015 to 2019.", []),
    ],
)
def test_days_away_are_read_in_their_sentence(words: str, expected: list[tuple[str, str]]) -> None:
    assert days(words) == expected


def test_a_short_absence_leaves_room_in_a_long_window() -> None:
    start, end = PartialDate(2027, 3), PartialDate(2027, 4)
    assert not keeps_from(Period(start, start), MARCH, MAY)
    assert keeps_from(Period(start, end), MARCH, MAY)
    assert keeps_from(Period(None, None), MARCH, MAY)
