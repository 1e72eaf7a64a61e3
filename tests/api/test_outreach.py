"""Whom to ask first is answered for those who may rank, without a word on any person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from api.outreach import reason_words
from roster.dates import PartialDate
from roster.read import Heard, LanguageSkill, OutreachReason, Told, TopicExperience
from roster.tables import Action, ActionExpertise, Facility, ShortlistEntry
from roster.vocabulary import (
    ActionStatus,
    ExpertKind,
    ExpertStatus,
    LanguageLevel,
    RefusalReason,
    Role,
    Stage,
)
from tests.api.conftest import Callers
from tests.factories import Factory

pytestmark = pytest.mark.anyio

NEED = {
    "title": "Border management",
    "countries": ["PE"],
    "topics": ["border_management"],
    "languages": [{"language": "es"}],
    "text": "We ask for support.",
}


def past_action(
    make: Factory, code: str, states: str, *, country: str = "CO", facility: Facility | None = None
) -> Action:
    home = facility or make.home
    action = Action(
        facility_id=home.id,
        code=code,
        name=code,
        status=ActionStatus.COMPLETED,
        countries=[country],
        topics=["border_management"],
        starts=PartialDate(2025),
    )
    make.keep(action)
    for state in states.split():
        kind = ExpertKind.EU_ADMINISTRATION
        make.keep(
            ActionExpertise(
                facility_id=home.id, action_id=action.id, country=state, kind=kind, is_eu=True
            )
        )
    return action


def official(make: Factory, name: str, country: str, language: str, **said: Any) -> None:
    expert = make.expert(name, country=country, **said)
    make.fact(expert, TopicExperience(topic="border_management"))
    make.fact(expert, LanguageSkill(language=language, level=LanguageLevel.B2))
    make.view(expert)


async def test_states_come_in_order_with_reasons_and_who_can_be_reached(
    callers: Callers, make: Factory
) -> None:
    past_action(make, "one", "ES PT")
    past_action(make, "two", "ES")
    past_action(make, "elsewhere", "SE", facility=make.facility("elsewhere"))
    for number in range(2):
        make.grant(make.account(f"focal{number}@invented.example"), Role.FOCAL_POINT, country="ES")
    official(make, "Inés Invented", "ES", "es")
    official(make, "Rui Invented", "PT", "es")
    official(make, "Ana Invented", "PT", "en")
    official(make, "Eva Paused", "PT", "es", status=ExpertStatus.PAUSED)
    async with callers.client(Role.PROJECT_OFFICER) as client:
        href = (await client.post("/api/v1/requests", json=NEED)).json()["href"]
        answer = await client.get(f"{href}/outreach")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["model"], found["actions"]) == ("rule", 2)
    assert found["missing"] == ["interest", "calls", "releases"]
    states = {one["country"]: one for one in found["states"]}
    assert [one["country"] for one in found["states"][:2]] == ["ES", "PT"]
    assert (states["ES"]["focal_points"], states["PT"]["focal_points"]) == (2, 0)
    assert (states["ES"]["experts"], states["ES"]["speakers"]) == (1, 1)
    assert (states["PT"]["experts"], states["PT"]["speakers"]) == (2, 1)
    assert (states["SE"]["experts"], states["SE"]["place"]) == (0, 3)
    reasons = {one["reason"] for one in states["ES"]["reasons"]}
    assert "shares the working language Spanish" in reasons
    assert "supplied experts to 2 of 2 past Actions on a topic asked for" in reasons
    assert "Invented" not in answer.text


async def test_who_declined_is_not_counted_as_somebody_to_be_had(
    callers: Callers, make: Factory
) -> None:
    official(make, "Ana Invented", "PT", "es")
    gone = make.expert("Rui Invented", country="PT")
    make.fact(gone, TopicExperience(topic="border_management"))
    make.view(gone)
    request = make.request(topics=["border_management"])
    entry = ShortlistEntry(
        facility_id=make.home.id, request_id=request.id, expert_id=gone.id, stage=Stage.DECLINED
    )
    make.keep(entry)
    async with callers.client(Role.PROJECT_OFFICER) as client:
        found = (await client.get(f"/api/v1/requests/{request.id}/outreach")).json()
    assert {one["country"]: one["experts"] for one in found["states"]}["PT"] == 1


async def test_the_action_that_a_request_led_to_does_not_speak_for_it(
    callers: Callers, make: Factory
) -> None:
    action = past_action(make, "one", "SE", country="PE")
    request = make.request()
    request.action_id = action.id
    make.keep(request)
    async with callers.client(Role.PROJECT_OFFICER) as client:
        found = (await client.get(f"/api/v1/requests/{request.id}/outreach")).json()
    assert found["actions"] == 0


async def test_what_is_not_asked_for_is_not_counted(callers: Callers, make: Factory) -> None:
    official(make, "Inés Invented", "ES", "es")
    bare = {"title": "Help", "text": "We ask for support.", "countries": ["PE"]}
    async with callers.client(Role.COORDINATOR) as client:
        made = await client.post("/api/v1/requests", json=bare)
        found = (await client.get(f"{made.json()['href']}/outreach")).json()
    assert {(one["experts"], one["speakers"]) for one in found["states"]} == {(None, None)}
    assert "topic" in found["missing"]


async def test_a_request_of_another_facility_is_not_there(callers: Callers, make: Factory) -> None:
    foreign = make.request(facility=make.facility("elsewhere"))
    async with callers.client(Role.PROJECT_OFFICER) as client:
        assert (await client.get(f"/api/v1/requests/{foreign.id}/outreach")).status_code == 404


@pytest.mark.parametrize(
    ("role", "country"), [(Role.FOCAL_POINT, "PT"), (Role.LIAISON_OFFICER, "CV")]
)
async def test_no_focal_point_learns_what_other_states_answered(
    callers: Callers, make: Factory, role: Role, country: str
) -> None:
    request = make.request()
    async with callers.client(role, country) as client:
        assert (await client.get(f"/api/v1/requests/{request.id}/outreach")).status_code == 403


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        pytest.param(OutreachReason(Told.INTEREST, 0.0), "has declared no interest", id="unsaid"),
        pytest.param(
            OutreachReason(Told.INTEREST, 0.0, on=date(2026, 5, 3)),
            "declared interests on 3 May 2026, none in this",
            id="other-interests",
        ),
        pytest.param(
            OutreachReason(
                Told.INTEREST, 0.7, names=("data_management", "011", "SN"), on=date(2026, 5, 3)
            ),
            "declared an interest in Migration data and statistics, Western Africa, Senegal on "
            "3 May 2026",
            id="interest",
        ),
        pytest.param(
            OutreachReason(Told.CALLS, 0.0, heard=Heard()),
            "no call says anything of it for this request",
            id="never-called",
        ),
        pytest.param(
            OutreachReason(
                Told.CALLS,
                -0.2,
                heard=Heard(1, 2, 1, (RefusalReason.STAFF, RefusalReason.OTHER), date(2026, 9, 1)),
            ),
            "calls answered with people: 1 of 4; calls declined: 2 of 4 (short of staff, another "
            "reason); calls not answered: 1 of 4; the latest on 1 Sep 2026",
            id="calls",
        ),
        pytest.param(
            OutreachReason(Told.RELEASES, -0.1, heard=Heard(0, 1, 0, (), date(2026, 9, 1))),
            "releases refused: 1 of 1; the latest on 1 Sep 2026",
            id="release",
        ),
        pytest.param(OutreachReason(Told.LANGUAGE, 0.0), "", id="no-language"),
        pytest.param(OutreachReason(Told.TOPIC, 0.0, 0, 0), "", id="no-such-action"),
        pytest.param(
            OutreachReason(Told.PLACE, 1.0, 1, 5, 2013, ("MW",)),
            "supplied experts to 1 of 5 past Actions in or near Malawi",
            id="place",
        ),
        pytest.param(
            OutreachReason(Told.PLACE, 1.0, 1, 5, 2013, ("MW", "MZ", "ZM", "ZW")),
            "supplied experts to 1 of 5 past Actions in or near the beneficiary countries",
            id="many-places",
        ),
        pytest.param(
            OutreachReason(Told.REGION, 1.0, 3, 9, 2013, ("Africa", "Asia")),
            "supplied experts to 3 of 9 past Actions in Africa and Asia",
            id="regions",
        ),
        pytest.param(
            OutreachReason(Told.SHARE, 1.0, 3, 58, 2014),
            "supplied experts to 3 of 58 past Actions in all, the last begun in 2014",
            id="share",
        ),
        pytest.param(
            OutreachReason(Told.SHARE, 1.0, 0, 58),
            "supplied experts to 0 of 58 past Actions in all",
            id="never",
        ),
    ],
)
def test_a_reason_counts_in_words(reason: OutreachReason, words: str) -> None:
    assert reason_words(reason) == words
