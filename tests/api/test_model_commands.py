"""The commands about the ranking model: in words, with codes, refusing what is not proved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlmodel import Session

from api.cli import run
from api.index import open_ranker
from matching.baseline import RULE_VERSION
from roster.db import open_engine
from roster.settings import Settings
from roster.vocabulary import Origin
from tests.api.decided import Decided, decide
from tests.fakes import FrozenClock

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("ROSTER_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("ROSTER_ENCODER", "false")
    monkeypatch.delenv("ROSTER_DATABASE_URL", raising=False)
    return Settings(data_dir=tmp_path / "var", encoder=False)


def made(settings: Settings, n_requests: int, origin: Origin = Origin.REAL) -> Decided:
    assert run(["facility", "add", "home", "Home"]) == 0
    ranker, engine = open_ranker(settings), open_engine(settings.url)
    with Session(engine, expire_on_commit=False) as session:
        decided = decide(session, ranker, FrozenClock(), n_requests=n_requests, origin=origin)
    ranker.close()
    engine.dispose()
    return decided


def said(capfd: Captured, *command: str, code: int = 0) -> tuple[str, str]:
    capfd.readouterr()
    assert run(list(command)) == code
    out, err = capfd.readouterr()
    return out, err


@pytest.mark.parametrize(
    "command",
    [
        *("train", "replay", "model list", "model show", "model promote", "model rollback"),
        "model diff",
    ],
)
def test_every_command_explains_itself(command: str, capfd: Captured) -> None:
    assert "Usage: roster" in said(capfd, *command.split(), "--help")[0]


def test_a_model_goes_from_decisions_to_ranking_and_back(
    settings: Settings, capfd: Captured
) -> None:
    decided = made(settings, 22)
    trained = json.loads(said(capfd, "train", "--json")[0])
    version = trained["version"]
    assert trained["hurdles"] == []
    listed = said(capfd, "model", "list")[0]
    assert version in listed
    assert "candidate" in listed
    shown = said(capfd, "model", "show", version)[0]
    assert "requests held out" in shown
    assert "first-timers" in shown
    assert "Not to be promoted" not in shown
    differs = said(capfd, "model", "diff", RULE_VERSION, version, "--last", "3")[0]
    assert "Kendall's tau, mean of 3 requests" in differs
    _, err = said(capfd, "model", "promote", version, "--reason", " ", code=1)
    assert "/reason" in err
    assert (
        "ranks from now on"
        in said(capfd, "model", "promote", version, "--reason", "proof", "--facility", "home")[0]
    )
    matched = json.loads(said(capfd, "match", "--request", decided.requests[0].code, "--json")[0])
    assert matched["model"] == version
    _, err = said(capfd, "model", "promote", version, "--reason", "again", code=1)
    assert "not a candidate" in err
    assert said(capfd, "model", "rollback", RULE_VERSION, "--reason", "odd lists")[1] == ""
    rows = json.loads(said(capfd, "model", "list", "--json")[0])
    assert [row["state"] for row in rows["models"]] == ["retired"]


def test_invented_decisions_are_marked_and_never_rank(settings: Settings, capfd: Captured) -> None:
    made(settings, 8, Origin.SYNTHETIC)
    assert "--simulated" in said(capfd, "train", code=1)[1]
    out, err = said(capfd, "train", "--simulated")
    assert "SIMULATED" in out
    assert "Not to be promoted: It was learnt from invented decisions" in err
    version = out.split()[0]
    assert (
        "cannot be promoted"
        in said(capfd, "model", "promote", version, "--reason", "try", code=1)[1]
    )


def test_a_ranking_is_made_again_by_command(settings: Settings, capfd: Captured) -> None:
    decided = made(settings, 1)
    same = said(capfd, "replay", str(decided.rankings[0]))[0]
    assert "adds up" not in same
    assert "its parts add up to its scores: yes" in same
    assert "It comes out as it was: 16 people" in same
    told = json.loads(said(capfd, "replay", str(decided.rankings[0]), "--json")[0])
    assert told["equal"]
    assert "is not the id of a ranking" in said(capfd, "replay", "x", code=1)[1]
    unknown = str(decided.officer.facility_id)
    assert "no such ranking" in said(capfd, "replay", unknown, code=1)[1]


def test_the_card_of_the_rule_is_shown_with_whom_rankings_show(
    settings: Settings, capfd: Captured
) -> None:
    made(settings, 1)
    words = said(capfd, "model", "show")[0]
    assert RULE_VERSION in words
    assert "no evidence of quality in the field" in words
    assert "first ten of the last ranking of 1 requests" in words
    told = json.loads(said(capfd, "model", "show", RULE_VERSION, "--json", "--outside")[0])
    assert told["ranks"]
    assert told["model"] is None
    assert told["card"]["judged"]["requests"] == 40
    assert [one["group"] for one in told["first_ten"]["countries"]] == ["fewer"]


def test_what_is_not_there_is_told_in_words(settings: Settings, capfd: Captured) -> None:
    assert run(["facility", "add", "home", "Home"]) == 0
    assert "in use" in said(capfd, "model", "list")[0]
    assert "Nothing was decided" in said(capfd, "train", code=1)[1]
    assert "no model called x" in said(capfd, "model", "show", "x", code=1)[1]
    assert (
        "No ranking is stored"
        in said(capfd, "model", "diff", RULE_VERSION, RULE_VERSION, code=1)[1]
    )
    assert "neither in the registry" in said(capfd, "model", "diff", RULE_VERSION, "x", code=1)[1]
