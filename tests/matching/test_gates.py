"""What passes, what fails and what is only unknown, in words."""

from __future__ import annotations

from datetime import date
from math import isnan
from typing import Any
from uuid import UUID

import pytest

from matching.calendars import calendars_of
from matching.gates import check_gates, shortfall
from roster.dates import PartialDate, Period
from roster.read import GateResult, ReleaseView
from roster.vocabulary import ExpertKind, ExpertStatus, Gate, GateOutcome
from tests.matching.people import need, number, person, request, speaks

PASS, UNKNOWN, FAIL = GateOutcome.PASS, GateOutcome.UNKNOWN, GateOutcome.FAIL
DAY = date(2027, 3, 1)


def result(gate: Gate, who: dict[str, Any], asked: dict[str, Any]) -> GateResult:
    (found,) = [one for one in check_gates(person(1, **who), request(**asked)) if one.gate is gate]
    return found


@pytest.mark.parametrize(
    ("languages", "home", "outcome", "reason", "distance"),
    [
        pytest.param(speaks(fr="B2"), "PT", PASS, "French B2", None, id="just enough"),
        pytest.param(speaks(fr="native"), "PT", PASS, "French native", None, id="native"),
        pytest.param(speaks(fr="B1"), "PT", FAIL, "French B1, B2 needed", 1, id="one below"),
        pytest.param(speaks(fr="A1"), "PT", FAIL, "French A1, B2 needed", 3, id="far below"),
        pytest.param(
            speaks(fr=None), "PT", UNKNOWN, "French level unknown, B2 needed", None, id="no level"
        ),
        pytest.param(
            speaks(en="C1"),
            "PT",
            FAIL,
            "French not among the languages given, B2 needed",
            4,
            id="not in the list",
        ),
        pytest.param((), "PT", UNKNOWN, "French not stated, B2 needed", None, id="no list"),
        pytest.param(
            speaks(en="C1"), "FR", UNKNOWN, "French not stated, B2 needed", None, id="own state's"
        ),
    ],
)
def test_a_language_is_enough_too_little_or_unknown(
    languages: Any, home: str, outcome: GateOutcome, reason: str, distance: float | None
) -> None:
    asked = {"languages": (need("fr"),)}
    found = result(Gate.LANGUAGE, {"languages": languages, "home_country": home}, asked)
    assert (found.outcome, found.reason, found.distance) == (outcome, reason, distance)


def test_a_language_that_one_member_needs_is_no_gate_for_each() -> None:
    asked = request(languages=(need("ar", everyone=False),))
    assert Gate.LANGUAGE not in {one.gate for one in check_gates(person(1), asked)}


@pytest.mark.parametrize(
    ("languages", "outcome", "reason", "distance"),
    [
        pytest.param(speaks(en="C1"), PASS, "English C1", None, id="the other"),
        pytest.param(speaks(fr="A2", en="B2"), PASS, "English B2", None, id="one of both"),
        pytest.param(
            speaks(fr=None, de="C1"), UNKNOWN, "French level unknown, B2 needed", None, id="maybe"
        ),
        pytest.param(
            speaks(fr="B1", de="C1"),
            FAIL,
            "French B1, B2 needed; English not among the languages given, B2 needed",
            1,
            id="none, one nearly",
        ),
    ],
)
def test_of_languages_that_nobody_needs_both_of_each_person_needs_one(
    languages: Any, outcome: GateOutcome, reason: str, distance: float | None
) -> None:
    asked = {"languages": (need("fr", everyone=False), need("en", everyone=False))}
    found = result(Gate.LANGUAGE, {"languages": languages, "home_country": "AT"}, asked)
    assert (found.outcome, found.reason, found.distance) == (outcome, reason, distance)


def test_beside_a_language_of_everybody_others_bind_nobody_else() -> None:
    asked = {"languages": (need("fr"), need("ar", everyone=False), need("en", everyone=False))}
    found = result(Gate.LANGUAGE, {"languages": speaks(fr="C1")}, asked)
    assert (found.outcome, found.reason) == (PASS, "French C1")


def period(start: PartialDate | None, end: PartialDate | None) -> Period:
    return Period(start, end)


@pytest.mark.parametrize(
    ("away", "known", "outcome", "reason"),
    [
        pytest.param((), date(2027, 12, 31), PASS, "free 1–12 Mar 2027", id="free"),
        pytest.param((), None, UNKNOWN, "availability never asked", id="never asked"),
        pytest.param(
            (), date(2027, 3, 5), UNKNOWN, "availability known until 5 Mar 2027 only", id="to then"
        ),
        pytest.param(
            (period(PartialDate(2027, 3, 10), PartialDate(2027, 4)),),
            date(2027, 12, 31),
            FAIL,
            "away 3 of the 12 days, 1–12 Mar 2027",
            id="part of it",
        ),
        pytest.param(
            (period(PartialDate(2027, 3), PartialDate(2027, 3)),),
            date(2027, 12, 31),
            UNKNOWN,
            "may be away 1–12 Mar 2027: the absence is dated loosely",
            id="some time in March",
        ),
        pytest.param(
            (period(None, PartialDate(2027, 2)),),
            date(2027, 12, 31),
            PASS,
            "free 1–12 Mar 2027",
            id="back before",
        ),
    ],
)
def test_a_calendar_is_free_taken_or_unknown(
    away: tuple[Period, ...], known: date | None, outcome: GateOutcome, reason: str
) -> None:
    who = {"unavailable": away, "availability_known_until": known}
    found = result(Gate.AVAILABILITY, who, {})
    assert (found.outcome, found.reason) == (outcome, reason)


def test_without_dates_nobody_is_unavailable() -> None:
    asked = {"starts": None, "ends": None}
    found = result(Gate.AVAILABILITY, {"availability_known_until": None}, asked)
    assert found.outcome is PASS


def test_the_margin_is_the_narrower_side_and_unknown_without_a_calendar() -> None:
    away = Period(PartialDate(2027, 3, 20), PartialDate(2027, 4, 2))
    people = [person(1, unavailable=(away,)), person(2, availability_known_until=None)]
    narrow, unknown = calendars_of(people).margin(DAY, date(2027, 3, 12))
    assert narrow == 7
    assert isnan(unknown)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (ExpertStatus.ACTIVE, PASS),
        (ExpertStatus.PAUSED, FAIL),
        (ExpertStatus.INACTIVE, FAIL),
        (ExpertStatus.WITHDRAWN, FAIL),
        (ExpertStatus.DRAFT, UNKNOWN),
    ],
)
def test_who_is_not_active_does_not_fit(status: ExpertStatus, outcome: GateOutcome) -> None:
    assert result(Gate.STATUS, {"status": status}, {}).outcome is outcome


@pytest.mark.parametrize(
    ("home", "kind", "outcome"),
    [
        pytest.param("SN", ExpertKind.NON_EU_ADMINISTRATION, FAIL, id="own official"),
        pytest.param("SN", ExpertKind.ACADEMIA, PASS, id="own academic"),
        pytest.param("SN", None, PASS, id="kind unknown"),
        pytest.param("ML", ExpertKind.NON_EU_ADMINISTRATION, PASS, id="neighbour"),
    ],
)
def test_officials_of_the_beneficiary_are_counterparts_and_not_lent_to_it(
    home: str, kind: ExpertKind | None, outcome: GateOutcome
) -> None:
    found = result(Gate.CONFLICT, {"home_country": home, "kind": kind}, {"countries": ("SN",)})
    assert found.outcome is outcome


def test_excluded_and_conflicting_people_fail_whatever_their_score() -> None:
    assert result(Gate.EXCLUDED, {}, {"excluded": frozenset({number(1)})}).outcome is FAIL
    assert result(Gate.EXCLUDED, {}, {"excluded": frozenset({number(2)})}).outcome is PASS
    assert result(Gate.CONFLICT, {}, {"conflicts": frozenset({number(1)})}).outcome is FAIL
    assert result(Gate.CONFLICT, {}, {"conflicts": frozenset({number(2)})}).outcome is PASS


def test_the_kind_asked_for_is_a_gate_and_an_unknown_kind_is_unknown() -> None:
    asked = {"kinds": frozenset({ExpertKind.ACADEMIA})}
    assert result(Gate.KIND, {"kind": ExpertKind.ACADEMIA}, asked).outcome is PASS
    assert result(Gate.KIND, {"kind": ExpertKind.NGO}, asked).outcome is FAIL
    assert result(Gate.KIND, {"kind": None}, asked).outcome is UNKNOWN


def release(outcome: str, about: int | None = 7, until: date | None = None) -> ReleaseView:
    return ReleaseView(outcome, UUID(int=about) if about else None, None, until)


@pytest.mark.parametrize(
    ("releases", "outcome"),
    [
        pytest.param((), UNKNOWN, id="silence is not consent"),
        pytest.param((release("pending"),), UNKNOWN, id="no answer yet"),
        pytest.param((release("granted"),), PASS, id="granted"),
        pytest.param((release("granted", None),), PASS, id="granted in general"),
        pytest.param((release("granted", 8),), UNKNOWN, id="granted for another request"),
        pytest.param((release("refused"),), FAIL, id="refused"),
        pytest.param((release("expired"),), FAIL, id="expired"),
        pytest.param((release("refused", None),), UNKNOWN, id="refused in general"),
        pytest.param((release("granted", until=date(2027, 3, 5)),), UNKNOWN, id="ends too early"),
        pytest.param((release("granted", None), release("refused")), FAIL, id="own answer first"),
    ],
)
def test_a_release_is_granted_refused_or_unknown(
    releases: tuple[ReleaseView, ...], outcome: GateOutcome
) -> None:
    found = result(Gate.RELEASE, {"releases": releases}, {"release_required": True})
    assert found.outcome is outcome


def test_near_misses_come_first() -> None:
    asked = request(languages=(need("fr"),))
    near, far, hard = (
        check_gates(person(1, **who), asked)
        for who in (
            {"languages": speaks(fr="B1")},
            {"languages": speaks(fr="A1")},
            {"languages": speaks(fr="C1"), "status": ExpertStatus.WITHDRAWN},
        )
    )
    assert shortfall(near) < shortfall(far) < shortfall(hard)
