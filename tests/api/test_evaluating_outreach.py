"""The order of asking is evaluated on the published Actions, or on those of a facility."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlmodel import Session, select

from api.cli import run
from api.commands.console import opened
from api.commands.evaluating_outreach import published_actions
from roster.dates import PartialDate
from roster.tables import Action, ActionExpertise, Facility
from roster.vocabulary import ActionStatus

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def facility(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Captured) -> str:
    monkeypatch.setenv("ROSTER_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("ROSTER_ENCODER", "false")
    monkeypatch.delenv("ROSTER_DATABASE_URL", raising=False)
    assert run(["facility", "add", "mieux", "MIEUX"]) == 0
    capfd.readouterr()
    return "mieux"


def keep_action(session: Session, facility: Facility, code: str, country: str, state: str) -> None:
    action = Action(
        facility_id=facility.id,
        code=code,
        name=code,
        status=ActionStatus.COMPLETED,
        countries=[country],
        topics=["border_management"],
        starts=PartialDate(2020 + int(code[1:])),
    )
    session.add(action)
    session.flush()
    session.add(
        ActionExpertise(facility_id=facility.id, action_id=action.id, country=state, is_eu=True)
    )


def test_the_published_actions_name_their_states() -> None:
    actions = published_actions()
    assert len(actions) == 71
    assert sum(1 for one in actions if one.states) == 58
    assert sum(len(one.states) for one in actions) == 144


def test_a_facility_without_actions_is_told_that_nothing_can_be_compared(
    facility: str, capfd: Captured
) -> None:
    assert run(["evaluate", "outreach", "--facility", facility]) == 1
    assert "fewer than two Actions name a state" in capfd.readouterr().err


@pytest.mark.parametrize("form", [["--json"], []], ids=["json", "table"])
def test_the_actions_of_a_facility_are_compared(
    facility: str, capfd: Captured, form: list[str]
) -> None:
    with opened() as installation, installation.work() as session:
        home = session.exec(select(Facility)).one()
        for number, (country, state) in enumerate([("PE", "ES"), ("CO", "ES"), ("SN", "FR")]):
            keep_action(session, home, f"a{number}", country, state)
    assert run(["evaluate", "outreach", "--facility", facility, *form]) == 0
    said = capfd.readouterr().out
    if form:
        found = json.loads(said)
        assert (found["actions"], found["pairs"], found["states"]) == (3, 3, 2)
        assert [one["actions"] for one in found["trials"]] == [3, 3, 2]
        # Spain is found first twice; France stands behind it, level with two that speak French.
        level = (1 / 2 + 1 / 3 + 1 / 4) / 3
        rule = found["trials"][0]["figures"]["rule"]["MAP"]["mean"]
        assert rule == pytest.approx((1 + 1 + level) / 3)
    else:
        assert "learnt - popularity" in said
        assert "too little to say" in said
