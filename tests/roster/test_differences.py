"""A new CV against a known person's record: same, new, changed, not mentioned."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from roster.dates import PartialDate, Period
from roster.differences import differences
from roster.read import FACT_SHAPES, FactValue, FactView, LanguageSkill, Nationality, Post
from roster.vocabulary import DifferenceKind, FactStatus, LanguageLevel
from tests.fakes import A_MONDAY

SAME, NEW = DifferenceKind.SAME, DifferenceKind.NEW
CHANGED, SILENT = DifferenceKind.CHANGED, DifferenceKind.NOT_MENTIONED


def fact(
    value: FactValue,
    period: Period | None = None,
    status: FactStatus = FactStatus.PROPOSED,
    day: int = 0,
) -> FactView:
    return FactView(
        id=uuid4(),
        kind=next(kind for kind, shape in FACT_SHAPES.items() if shape is type(value)),
        value=value,
        period=period or Period(),
        status=status,
        confidence=None,
        source="CV",
        span=None,
        quote="",
        doubt=None,
        confirmed_by=None,
        asserted_at=A_MONDAY + timedelta(days=day),
    )


def held(
    value: FactValue,
    period: Period | None = None,
    status: FactStatus = FactStatus.CONFIRMED,
    day: int = 0,
) -> FactView:
    return fact(value, period, status, day)


FRENCH = LanguageSkill("fr", LanguageLevel.B2)


def test_each_fact_is_set_against_what_is_held_of_the_same_thing() -> None:
    french, english = held(FRENCH), held(LanguageSkill("en", LanguageLevel.C1))
    nation = held(Nationality("PT"))
    now = [
        fact(LanguageSkill("fr", LanguageLevel.C1)),
        fact(LanguageSkill("es", None)),
        fact(Nationality("PT")),
    ]
    found = differences(now, [nation, english, french])
    assert [(one.kind, one.fact_id, [each.id for each in one.held]) for one in found] == [
        (CHANGED, now[0].id, [french.id]),
        (NEW, now[1].id, []),
        (SAME, now[2].id, [nation.id]),
        (SILENT, None, [english.id]),
    ]
    assert found[0].parts == ("level",)


def test_two_posts_with_one_employer_are_paired_by_their_dates() -> None:
    first = Period(PartialDate(2009), PartialDate(2014))
    second = Period(PartialDate(2014), None, True)
    clerk, head = (
        held(Post("Officer", "Service"), first),
        held(Post("Head of unit", "Service"), second),
    )
    now = [
        fact(Post("Head of Unit", "Service"), Period(PartialDate(2014, 5), PartialDate(2024))),
        fact(Post("Officer", "Service"), first),
    ]
    found = differences(now, [clerk, head])
    assert [(one.kind, one.held[0].id, one.parts) for one in found] == [
        (CHANGED, head.id, ("dates",)),
        (SAME, clerk.id, ()),
    ]


def test_what_two_sources_say_alike_is_one_thing_the_most_trusted_first() -> None:
    older, newer = held(FRENCH, day=1), held(FRENCH, day=2)
    unsure = held(FRENCH, status=FactStatus.PROPOSED, day=3)
    (only,) = differences([fact(LanguageSkill("fr", LanguageLevel.C1))], [unsure, older, newer])
    assert [one.id for one in only.held] == [newer.id, older.id, unsure.id]
    (silent,) = differences([], [unsure, older, newer])
    assert (silent.kind, len(silent.held)) == (SILENT, 3)


def test_a_thing_read_twice_is_neither_new_nor_silent() -> None:
    now = [fact(FRENCH), fact(LanguageSkill("fr", LanguageLevel.C1))]
    found = differences(now, [held(FRENCH)])
    assert [one.kind for one in found] == [SAME, CHANGED]


def test_an_empty_record_makes_everything_new() -> None:
    assert [one.kind for one in differences([fact(FRENCH)], [])] == [NEW]
