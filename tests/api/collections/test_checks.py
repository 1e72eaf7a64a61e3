"""Given teams are told apart: acceptable, or not for a named reason; unknown is no fault."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from api.cli import run
from api.collections.checks import check_lines
from api.collections.composing import Bench
from api.collections.teams import Asked, Members, read_asked, read_members
from matching.engine import Engine
from roster.vocabulary import TeamMode

TODAY = date(2026, 11, 22)
OWN = Path(__file__).parents[2] / "matching" / "collection"
Row = dict[str, object]
Captured = pytest.CaptureFixture[str]


def official(
    key: str, country: str, employer: str, topic: str = "minors", french: str = "C1"
) -> Row:
    return {
        "id": key,
        "text": "",
        "nationality": country,
        "languages": {"fr": french},
        "topics": [topic],
        "posts": [
            {"position": "Adviser", "employer": employer, "country": country, "from": "2015",
             "to": "present"}
        ],
    }  # fmt: skip


PEOPLE: list[Row] = [
    official("pt", "PT", "Ministério da Justiça"),
    official("pt2", "PT", "Ministério da Saúde"),
    official("fr", "FR", "Ministère de l'Intérieur"),
    official("gb", "GB", "Home Office"),
    official("sn", "SN", "Ministère de la Justice"),
    official("ml", "ML", "Ministère de la Justice"),
    official("ngo", "SN", "Caritas Sénégal"),
    official("prof", "BE", "Université de Liège"),
    official("low", "DE", "Bundesministerium des Innern", french="A2"),
    official("far", "IT", "Ministero dell'interno", topic="document_security"),
    official("away", "ES", "Ministerio de Justicia")
    | {"unavailable": [{"from": "2027-03-10", "to": "2027-03-20"}]},
    {"id": "mute", "text": "", "languages": {"fr": "C2"}},
]
REQUESTS: list[Row] = [
    {
        "id": "r", "text": "", "title": "Children", "countries": ["ML"], "topics": ["minors"],
        "required_languages": [{"code": "fr", "cefr": "B2"}],
        "dates": {"from": "2027-03-01", "to": "2027-03-12"},
    },
    {
        "id": "some", "text": "", "title": "Children", "countries": ["ML"], "topics": ["minors"],
        "required_languages": [{"code": "fr", "cefr": "B2", "everyone": False}],
    },
    {
        "id": "old", "text": "", "title": "Children", "countries": ["ML"], "topics": ["minors"],
        "dates": {"from": "2019-03-01", "to": "2019-03-12"},
    },
]  # fmt: skip


def written(path: Path, rows: Iterable[Row]) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> tuple[Members, dict[str, Asked]]:
    folder = tmp_path_factory.mktemp("invented")
    members = read_members(written(folder / "E.jsonl", PEOPLE), TODAY, lambda _: None)
    return members, read_asked(written(folder / "R.jsonl", REQUESTS), TODAY, lambda _: None)


@pytest.fixture(scope="module")
def own() -> tuple[Members, dict[str, Asked]]:
    members = read_members(OWN / "experts.jsonl", TODAY, lambda _: None)
    return members, read_asked(OWN / "requests.jsonl", TODAY, lambda _: None)


def checked(
    collection: tuple[Members, dict[str, Asked]], path: Path, row: Row
) -> tuple[object, set[str], set[str]]:
    (found,) = check_lines(written(path / "T.jsonl", [row]), *collection, TODAY, None)
    codes = [{str(one["code"]) for one in found.row[what]} for what in ("broken", "unknown")]  # type: ignore[attr-defined]
    return found.row["ok"], codes[0], codes[1]


@pytest.mark.parametrize(
    ("team", "mode", "broken"),
    [
        pytest.param("pt fr", "peer_to_peer", set(), id="officials of two member states"),
        pytest.param("pt sn", "triangular", set(), id="europe and the south"),
        pytest.param("pt sn", None, set(), id="the mode follows from the team"),
        pytest.param("pt sn", "peer-to-peer", {"eu", "outside"}, id="the south in peer-to-peer"),
        pytest.param("gb", "peer_to_peer", {"eu", "outside"}, id="british officials are out"),
        pytest.param("gb sn", "triangular", {"eu"}, id="no member state"),
        pytest.param("pt fr", "triangular", {"south"}, id="no south"),
        pytest.param("pt ngo", "triangular", {"south"}, id="the south is no office"),
        pytest.param("pt ml", "triangular", {"south", "own"}, id="the beneficiary's own official"),
        pytest.param("pt prof", "peer_to_peer", {"eu", "practitioners"}, id="a professor"),
        pytest.param("pt pt2", "peer_to_peer", {"country"}, id="twice the same state"),
        pytest.param("pt low", "peer_to_peer", {"language"}, id="a language too low"),
        pytest.param("far", "peer_to_peer", {"topic"}, id="a topic that nobody knows"),
        pytest.param("pt far", "peer_to_peer", set(), id="a topic that one knows"),
        pytest.param("pt pt", "peer_to_peer", {"twice"}, id="the same person"),
        pytest.param("pt", "triangular", {"size", "south"}, id="too small"),
        pytest.param("", "peer_to_peer", {"size", "eu"}, id="empty"),
        pytest.param("pt nobody", "peer_to_peer", {"unknown_expert"}, id="an unknown id"),
    ],
)
def test_a_team_is_turned_down_for_the_rule_it_breaks(
    invented: tuple[Members, dict[str, Asked]],
    tmp_path: Path,
    team: str,
    mode: str | None,
    broken: set[str],
) -> None:
    row: Row = {"request": "r", "experts": team.split(), "mode": mode}
    ok, codes, _ = checked(invented, tmp_path, row)
    assert broken <= codes
    assert ok is (not codes) is (not broken)


def test_membership_is_that_of_the_day_of_the_activity(
    invented: tuple[Members, dict[str, Asked]], tmp_path: Path
) -> None:
    row: Row = {"request": "old", "experts": ["gb"], "mode": "peer_to_peer"}
    assert checked(invented, tmp_path, row)[0] is True


def test_what_nobody_knows_of_a_member_is_asked_and_breaks_nothing(
    invented: tuple[Members, dict[str, Asked]], tmp_path: Path
) -> None:
    row: Row = {"request": "r", "experts": ["pt", "mute"], "mode": "triangular"}
    ok, broken, unknown = checked(invented, tmp_path, row)
    assert (ok, broken) == (True, set())
    assert {"kind", "south", "availability"} <= unknown


@pytest.mark.parametrize(("team", "ok"), [("pt low", True), ("low", False)])
def test_a_language_of_which_one_speaker_is_enough_needs_one(
    invented: tuple[Members, dict[str, Asked]], tmp_path: Path, team: str, ok: bool
) -> None:
    row: Row = {"request": "some", "experts": team.split(), "mode": "peer_to_peer"}
    found, broken, _ = checked(invented, tmp_path, row)
    assert found is ok
    assert broken == (set() if ok else {"speaks"})


def test_somebody_away_on_the_days_given_is_refused(
    invented: tuple[Members, dict[str, Asked]], tmp_path: Path
) -> None:
    row: Row = {"request": "r", "experts": ["away"], "mode": "peer_to_peer"}
    assert checked(invented, tmp_path, row)[:2] == (False, {"availability"})


def test_an_unknown_request_is_no_acceptable_team(
    invented: tuple[Members, dict[str, Asked]], tmp_path: Path
) -> None:
    row: Row = {"request_id": "none", "experts": ["pt"]}
    assert checked(invented, tmp_path, row)[:2] == (False, {"unknown_request"})


@pytest.mark.parametrize("mode", [TeamMode.PEER_TO_PEER, TeamMode.TRIANGULAR])
def test_a_team_that_the_composer_proposes_passes(
    own: tuple[Members, dict[str, Asked]], tmp_path: Path, mode: TeamMode
) -> None:
    members, requests = own
    bench = Bench(members, Engine(), TODAY)
    composed = [bench.compose(one, mode, 2) for one in requests.values()]
    teams: list[Row] = [
        {"request": row["request_id"], "experts": one["experts"], "mode": mode.value}
        for row in composed
        for one in row["proposals"]  # type: ignore[attr-defined]
    ]
    assert len(teams) > len(requests)
    path = written(tmp_path / "T.jsonl", teams)
    refused = [
        one.row for one in check_lines(path, members, requests, TODAY, None) if not one.row["ok"]
    ]
    assert refused == []
    for row in composed:
        assert row["proposals"] or row["reasons"]


def test_nine_of_ten_teams_of_the_own_collection_are_told_apart(
    own: tuple[Members, dict[str, Asked]],
) -> None:
    told = [json.loads(line) for line in (OWN / "teams.jsonl").read_text("utf-8").splitlines()]
    assert sum(one["acceptable"] for one in told) == len(told) / 2 == 12
    found = [one.row for one in check_lines(OWN / "teams.jsonl", *own, TODAY, None)]
    right = [row["ok"] == one["acceptable"] for row, one in zip(found, told, strict=True)]
    assert sum(right) >= 0.9 * len(told)
    reasons = [
        one["reason"] in {broken["code"] for broken in row["broken"]}  # type: ignore[attr-defined]
        for row, one in zip(found, told, strict=True)
        if not one["acceptable"]
    ]
    assert sum(reasons) >= 0.9 * len(reasons)


# --- The command ----------------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("ROSTER_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("ROSTER_ENCODER", "false")
    monkeypatch.delenv("ROSTER_DATABASE_URL", raising=False)
    people, needs = written(tmp_path / "E.jsonl", PEOPLE), written(tmp_path / "R.jsonl", REQUESTS)
    return ["team", "--experts", str(people), "--requests", str(needs)]


def test_the_command_answers_each_line_and_ends_well(
    files: list[str], tmp_path: Path, capfd: Captured
) -> None:
    teams = written(
        tmp_path / "T.jsonl",
        [
            {"id": 1, "request": "r", "experts": ["pt", "fr"]},
            {"id": 2, "request": "r", "experts": ["pt", "low"]},
        ],
    )
    assert run([*files, "--check", str(teams), "--json"]) == 0
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [(row["id"], row["request_id"], row["ok"]) for row in rows] == [
        ("1", "r", True),
        ("2", "r", False),
    ]
    assert "French A2, B2 needed" in rows[1]["broken"][0]["words"]
    assert not (tmp_path / "var").exists()
    assert run([*files, "--check", str(teams)]) == 0
    said = capfd.readouterr().out
    assert "2: r with pt, low: not acceptable" in said
    assert "broken (language)" in said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("{", "this is not JSON", id="no json"),
        pytest.param('{"experts": []}', "field 'request'", id="no request"),
        pytest.param('{"request": "r"}', "field 'experts'", id="no team"),
        pytest.param('{"request": "r", "experts": [[]]}', "field 'experts/0'", id="a wrong id"),
        pytest.param('{"request": "r", "experts": [], "mode": "x"}', "field 'mode'", id="mode"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_are_checked(
    files: list[str], tmp_path: Path, capfd: Captured, line: str, said: str
) -> None:
    teams = tmp_path / "T.jsonl"
    teams.write_text(line + '\n{"request": "r", "experts": ["pt"]}\n', encoding="utf-8")
    assert run([*files, "--check", str(teams), "--json"]) == 1
    out, err = capfd.readouterr()
    assert said in err
    assert "T.jsonl, line 1" in err
    assert [json.loads(row)["ok"] for row in out.splitlines()] == [None, True]


def test_the_command_composes_for_each_request_or_for_the_one_named(
    files: list[str], tmp_path: Path, capfd: Captured
) -> None:
    assert run([*files, "--size", "2", "--json"]) == 0
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [row["request_id"] for row in rows] == ["r", "some", "old"]
    best = rows[0]["proposals"][0]
    assert {seat["expert_id"] for seat in best["seats"]} <= {"pt", "pt2", "fr", "far"}
    assert best["coverage"]["topics"]["minors"]
    assert run([*files, "--request", "r", "--mode", "triangular", "--size", "2"]) == 0
    said = capfd.readouterr().out
    assert "Request r (triangular)" in said
    assert "southern peer: sn" in said
    assert not (tmp_path / "var").exists()


def test_a_collection_without_a_team_says_why_and_what_would_help(
    files: list[str], tmp_path: Path, capfd: Captured
) -> None:
    written(tmp_path / "E.jsonl", [row for row in PEOPLE if row["id"] in {"pt", "ngo", "low"}])
    assert run([*files, "--request", "r", "--mode", "triangular", "--size", "2", "--json"]) == 0
    (row,) = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert row["proposals"] == []
    assert "southern peer" in " ".join(row["reasons"])
    assert row["relaxations"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--request", "none"], "There is no request", id="an unknown request"),
        pytest.param(["--mode", "triangular", "--size", "1"], "2 to 12 seats", id="too small"),
    ],
)
def test_what_cannot_be_composed_is_said(
    files: list[str], capfd: Captured, arguments: list[str], said: str
) -> None:
    assert run([*files, *arguments]) != 0
    assert said in " ".join(capfd.readouterr().err.split())


def test_half_a_collection_is_refused(files: list[str], capfd: Captured) -> None:
    assert run(files[:3]) == 2
    assert "--requests" in capfd.readouterr().err
    assert run(["team"]) == 2


class _Near:
    """Says who is near to every letter."""

    def __init__(self, *keys: str) -> None:
        self._keys = frozenset(keys)

    def is_near(self, asked: Asked, keys: Collection[str]) -> bool:  # noqa: ARG002 -- a Nearness
        return not self._keys.isdisjoint(keys)


@pytest.mark.parametrize(
    ("near", "is_read", "code"),
    [
        pytest.param("far", True, "unknown", id="near-in-meaning"),
        pytest.param("pt", True, "broken", id="not-near"),
        pytest.param("far", False, "broken", id="topic-given"),
    ],
)
def test_a_topic_only_read_is_not_surely_missing_where_meaning_finds_it(
    invented: tuple[Members, dict[str, Asked]],
    tmp_path: Path,
    near: str,
    is_read: bool,
    code: str,
) -> None:
    members, asked = invented
    asked = {"r": replace(asked["r"], is_topic_read=is_read)}
    teams = written(tmp_path / "T.jsonl", [{"request": "r", "experts": ["far"]}])
    mode = TeamMode.PEER_TO_PEER
    (found,) = check_lines(teams, members, asked, TODAY, mode, _Near(near))
    told = found.row[code]
    assert isinstance(told, list)
    assert "topic" in {one["code"] for one in told}
