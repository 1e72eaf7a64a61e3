"""Intake by the rules of a facility, the checklist, and application rounds."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import Session

from roster import requests
from roster.errors import Conflict, InvalidInput, NotAllowed, NotFound
from roster.inputs import FacilityRules, NewRequest
from roster.inputs.screening import CheckInput, GuidelinesInput, RoundInput, ScreeningInput
from roster.intake import rounds, screening
from roster.policy import Actor
from roster.queries.requests import request_detail
from roster.queries.rounds import guidelines_of, rounds_of
from roster.queries.screening import findings_of, screening_of
from roster.tables import AssistanceRequest, FactSheet
from roster.vocabulary import Priority, RequestStatus, Role, ScreeningAnswer
from tests.factories import Factory
from tests.fakes import FrozenClock

A = ScreeningAnswer
RULES = {"eligible_countries": ["CI", "GH"], "areas": ["horizontal"], "has_rounds": True}
NEED = NewRequest(title="Help", countries=("CI",), topics=("data_management",))


def answers(**said: ScreeningAnswer) -> ScreeningInput:
    return ScreeningInput(checks=tuple(CheckInput(item=k, answer=v) for k, v in said.items()))


def asked(**said: Any) -> AssistanceRequest:
    return AssistanceRequest(code="x", title="x", facility_id=uuid4(), **said)


ALL_YES = answers(
    eligible_country=A.YES, eligible_area=A.YES, coherence=A.YES, ownership=A.NO,
    sustainability=A.YES,
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "answer", "codes"),
    [
        pytest.param({"countries": ["CI"]}, A.YES, (), id="listed"),
        pytest.param({"countries": ["CI", "FR"]}, A.NO, ("FR",), id="one-is-not"),
        pytest.param({}, A.UNKNOWN, (), id="nothing-said"),
        pytest.param({"regional_body": "Mercosur"}, A.UNKNOWN, (), id="unknown-body"),
    ],
)
def test_whether_a_country_may_ask_follows_from_the_rules(
    said: dict[str, object], answer: ScreeningAnswer, codes: tuple[str, ...]
) -> None:
    request = asked(**said)
    rules = FacilityRules.model_validate(RULES)
    found = findings_of(request, rules, date(2026, 1, 1))["eligible_country"]
    assert (found.answer, found.codes) == (answer, codes)
    anybody = findings_of(request, FacilityRules(), date(2026, 1, 1))["eligible_country"]
    assert anybody.answer is A.YES


def test_a_body_some_of_whose_members_may_not_ask_is_left_to_people() -> None:
    request = asked(regional_body="ECOWAS")
    found = findings_of(request, FacilityRules.model_validate(RULES), date(2020, 1, 1))
    assert found["eligible_country"].answer is A.UNKNOWN
    assert "SN" in found["eligible_country"].codes
    assert "CI" not in found["eligible_country"].codes


def test_who_may_not_ask_is_taken_in_and_marked(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    make.home.rules = RULES
    given = NEED.model_copy(update={"countries": ("FR",), "received_on": date(2026, 1, 5)})
    made = requests.create_request(session, officer, given, clock=clock)
    intake = request_detail(session, officer, made.id).intake
    assert (intake.eligible_country.answer, intake.eligible_country.codes) == (A.NO, ("FR",))
    assert intake.outside_rounds


def test_priority_and_a_day_of_its_own_set_the_deadline(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    make.home.rules = {"fiche_days": 21, "fiche_days_urgent": 10}
    received = {"received_on": date(2026, 3, 1)}
    due = []
    for said in ({}, {"priority": Priority.HIGH}, {"deadline": date(2026, 3, 5)}):
        given = NEED.model_copy(update={**received, **said})
        made = requests.create_request(session, officer, given, clock=clock)
        due.append(request_detail(session, officer, made.id).row.fiche_due)
    assert due == [date(2026, 3, 22), date(2026, 3, 11), date(2026, 3, 5)]


def test_a_request_is_screened_when_every_point_is_answered(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    made = make.request()
    view = screening.answer_checks(session, officer, made.id, answers(ownership=A.YES), clock=clock)
    assert view.open_items == ("eligible_country", "eligible_area", "coherence", "sustainability")
    to = RequestStatus.SCREENED
    with pytest.raises(Conflict, match="every point"):
        requests.move_request(session, officer, made.id, to, reason=None, clock=clock)
    view = screening.answer_checks(session, officer, made.id, ALL_YES, clock=clock)
    assert view.open_items == ()
    assert {one.item: one.answer for one in view.checks}["ownership"] is A.NO
    requests.move_request(session, officer, made.id, to, reason=None, clock=clock)
    assert made.status is to


def test_what_cannot_be_told_needs_a_note_and_a_strange_point_is_refused(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    made = make.request()
    for given, pointer in (
        (answers(ownership=A.UNKNOWN), "/checks/0/note"),
        (answers(weather=A.YES), "/checks/0/item"),
    ):
        with pytest.raises(InvalidInput) as refused:
            screening.answer_checks(session, officer, made.id, given, clock=clock)
        assert refused.value.errors[0].pointer == pointer


def test_coherence_shows_earlier_actions_and_projects_that_overlap(
    session: Session, make: Factory
) -> None:
    for code, start in (("NOW", "2026-01"), ("THEN", "2010")):
        content = {"countries": ["CI"], "start": start, "duration_months": 24}
        make.keep(
            FactSheet(
                facility_id=make.home.id, kind="agency_project", code=code, title=code,
                content=content, source="a report",
            )
        )  # fmt: skip
    made = make.request(countries=["CI"], received_on=date(2026, 3, 1))
    view = screening_of(session, made, date(2026, 3, 2))
    assert [(one.code, one.overlaps) for one in view.projects] == [("NOW", True), ("THEN", False)]


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.AUDITOR, Role.ADMINISTRATOR], ids=str)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_may_not_write_requests_screens_none(
    session: Session, make: Factory, clock: FrozenClock, role: Role
) -> None:
    made = make.request()
    with pytest.raises(NotAllowed):
        screening.answer_checks(session, make.actor(role, "PT"), made.id, ALL_YES, clock=clock)
    stranger = make.actor(facility=make.facility())
    with pytest.raises(NotFound):
        screening.answer_checks(session, stranger, made.id, ALL_YES, clock=clock)


# Rounds.


def test_a_request_falls_into_the_round_of_its_day_of_receipt(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    make.home.rules = RULES
    coordinator = make.actor(Role.COORDINATOR)
    early = NEED.model_copy(update={"received_on": date(2026, 1, 31)})
    first = requests.create_request(session, officer, early, clock=clock)
    guide = rounds.add_guidelines(session, coordinator, GuidelinesInput(title="G"), clock=clock)
    given = RoundInput(
        name="R1", opens=date(2026, 1, 1), closes=date(2026, 1, 31), guidelines_id=guide.id
    )
    made = rounds.open_round(session, coordinator, given, clock=clock)
    late = NEED.model_copy(update={"received_on": date(2026, 2, 1)})
    second = requests.create_request(session, officer, late, clock=clock)
    assert (first.round_id, second.round_id) == (made.id, None)
    shorter = given.model_copy(update={"closes": date(2026, 1, 30)})
    rounds.change_round(session, coordinator, made.id, shorter, clock=clock)
    assert first.round_id is None
    (view,) = rounds_of(session, officer)
    assert (view.name, view.guidelines, view.requests) == ("R1", 1, 0)


def test_a_round_chosen_for_a_request_stays_until_it_is_given_back(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    make.home.rules = RULES
    coordinator = make.actor(Role.COORDINATOR)
    spring = RoundInput(name="R1", opens=date(2026, 1, 1), closes=date(2026, 3, 31))
    autumn = RoundInput(name="R2", opens=date(2026, 9, 1), closes=date(2026, 10, 31))
    of_the_day = rounds.open_round(session, coordinator, spring, clock=clock)
    chosen = rounds.open_round(session, coordinator, autumn, clock=clock)
    in_spring = NewRequest(title="T", topics=("data_management",), received_on=date(2026, 2, 1))
    made = requests.create_request(
        session, officer, in_spring.model_copy(update={"round_id": chosen.id}), clock=clock
    )
    in_march = NewRequest(title="New", topics=("data_management",), received_on=date(2026, 3, 1))
    requests.update_request(session, officer, made.id, in_march, clock=clock)
    assert made.round_id == chosen.id
    renamed = autumn.model_copy(update={"name": "R3"})
    rounds.change_round(session, coordinator, chosen.id, renamed, clock=clock)
    assert made.round_id == chosen.id
    given_back = in_march.model_validate({**in_march.model_dump(), "round_id": None})
    requests.update_request(session, officer, made.id, given_back, clock=clock)
    assert made.round_id == of_the_day.id
    in_june = NewRequest(title="New", topics=("data_management",), received_on=date(2026, 6, 1))
    requests.update_request(session, officer, made.id, in_june, clock=clock)
    assert made.round_id is None


def test_a_chosen_round_stays_though_it_is_that_of_the_day_and_the_day_changes(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    make.home.rules = RULES
    coordinator = make.actor(Role.COORDINATOR)
    spring = RoundInput(name="R1", opens=date(2026, 1, 1), closes=date(2026, 3, 31))
    found = rounds.open_round(session, coordinator, spring, clock=clock)
    given = NEED.model_copy(update={"received_on": date(2026, 2, 1)})
    chosen = given.model_validate({**given.model_dump(), "round_id": found.id})
    made = requests.create_request(session, officer, chosen, clock=clock)
    followed = requests.create_request(session, officer, given, clock=clock)
    for one in (made, followed):
        later = NewRequest(title="T", topics=("data_management",), received_on=date(2026, 6, 1))
        requests.update_request(session, officer, one.id, later, clock=clock)
    assert (made.round_id, followed.round_id) == (found.id, None)
    shorter = spring.model_copy(update={"closes": date(2026, 1, 30)})
    rounds.change_round(session, coordinator, found.id, shorter, clock=clock)
    assert made.round_id == found.id


def test_no_day_belongs_to_two_rounds_and_guidelines_keep_their_versions(
    session: Session, make: Factory, clock: FrozenClock
) -> None:
    coordinator = make.actor(Role.COORDINATOR)
    given = RoundInput(name="R1", opens=date(2026, 1, 1), closes=date(2026, 1, 31))
    rounds.open_round(session, coordinator, given, clock=clock)
    for said in ({"name": "R2"}, {"opens": date(2027, 1, 1), "closes": date(2027, 1, 2)}):
        with pytest.raises(Conflict):
            rounds.open_round(session, coordinator, given.model_copy(update=said), clock=clock)
    for title in ("first", "second"):
        rounds.add_guidelines(session, coordinator, GuidelinesInput(title=title), clock=clock)
    assert [(one.version, one.title) for one in guidelines_of(session, coordinator)] == [
        (2, "second"),
        (1, "first"),
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_only_the_coordinator_sets_rounds(
    session: Session, officer: Actor, clock: FrozenClock
) -> None:
    given = RoundInput(name="R1", opens=date(2026, 1, 1), closes=date(2026, 1, 31))
    with pytest.raises(NotAllowed):
        rounds.open_round(session, officer, given, clock=clock)
    with pytest.raises(NotAllowed):
        rounds.add_guidelines(session, officer, GuidelinesInput(title="G"), clock=clock)
