"""A batch gives what one machine gives, goes on where it was stopped, and names what is wrong."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from distributed import Client
from pydantic import SecretStr
from sqlmodel import Session

from api.batch import crew as crews
from api.batch import stored
from api.batch.crew import Alone
from api.batch.run import Telling, run_batch
from api.batch.sources import Asked
from api.batch.tasks import Batch, lay_out, place_part
from api.batch.work import Work
from api.cli import run
from api.index import open_ranker
from matching.arrays import Floats
from matching.baseline import rule_model
from matching.features import NAMES
from matching.places import Ruling
from roster.errors import InvalidInput
from roster.policy import system_actor
from roster.read import LanguageNeed, LanguageSkill, RequestView
from roster.settings import Settings
from roster.vocabulary import LanguageLevel
from tests.factories import Factory
from tests.fakes import FrozenClock
from tests.matching.letters import LETTERS

Captured = pytest.CaptureFixture[str]
WORDS = (
    "Head of the document fraud unit of the border police since 2015. English C1, French C1.",
    "Statistician since 2010. Keeps the register of residence permits. English C1, French B2.",
    "Examiner of forged passports and visas at the airport since 2012. Polish native, English A1.",
)


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROSTER_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("ROSTER_ENCODER", "false")
    monkeypatch.delenv("ROSTER_DATABASE_URL", raising=False)


def collection(folder: Path, people: int) -> list[str]:
    """Write a collection in which many are exactly alike; return the options that name it."""
    experts, requests = folder / "E.jsonl", folder / "R.jsonl"
    lines = [json.dumps({"id": f"p{n}", "text": WORDS[n % 3]}) for n in range(people)]
    lines[5:5] = ["", "  "]
    experts.write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    letters = [{"id": code, "text": text} for code, text in LETTERS.items()]
    requests.write_text("\n".join(map(json.dumps, letters)) + "\n", encoding="utf-8")
    return ["--experts", str(experts), "--requests", str(requests)]


class Recorded(Alone):
    """Does everything here, remembers what, and may stop like a machine that is switched off."""

    def __init__(self, stop_after: int = 10_000) -> None:
        self.done: list[tuple[str, object]] = []
        self._left = stop_after

    def each(
        self, task: Callable[..., Any], items: Iterable[Any], *shared: object
    ) -> Iterator[Any]:
        for one in items:
            if not self._left:
                raise KeyboardInterrupt
            self._left -= 1
            self.done.append((task.__name__, getattr(one, "number", one)))
            yield task(one, *shared)


@pytest.fixture
def crew(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Recorded]:
    """Return what puts a crew in place of many processes."""

    def put(stop_after: int = 10_000) -> Recorded:
        one = Recorded(stop_after)

        @contextmanager
        def crew_of(*_: object) -> Iterator[Recorded]:
            yield one

        monkeypatch.setattr(crews, "crew_of", crew_of)
        return one

    return put


def test_a_batch_writes_the_run_file_of_one_machine(
    tmp_path: Path, crew: Callable[..., Recorded]
) -> None:
    files, out, expected = collection(tmp_path, 31), tmp_path / "out", tmp_path / "expected"
    worker = crew()
    assert run(["match-batch", *files, "--out", str(out), "--top", "0", "--part", "10"]) == 0
    assert run(["evaluate", *files, "--run", str(expected)]) == 0
    assert out.read_bytes() == expected.read_bytes()
    assert [n for name, n in worker.done if name == "lay_out"] == [0, 1, 2, 3]
    assert not out.with_name("out.parts").exists()


def test_only_the_best_are_told(tmp_path: Path, crew: Callable[..., Recorded]) -> None:
    files, out, expected = collection(tmp_path, 25), tmp_path / "out", tmp_path / "expected"
    crew()
    assert run(["match-batch", *files, "--out", str(out), "--top", "4", "--part", "10"]) == 0
    assert run(["evaluate", *files, "--run", str(expected)]) == 0
    lines, of = out.read_bytes().splitlines(), expected.read_bytes().splitlines()
    assert lines == [line for at in range(len(LETTERS)) for line in of[at * 25 : at * 25 + 4]]


@pytest.mark.parametrize("stop_after", [2, 7, 11], ids=["laying-out", "counting", "ranking"])
def test_a_batch_goes_on_where_it_was_stopped(
    tmp_path: Path, crew: Callable[..., Recorded], stop_after: int, capsys: Captured
) -> None:
    files, out, expected = collection(tmp_path, 40), tmp_path / "out", tmp_path / "expected"
    command = ["match-batch", *files, "--out", str(out), "--part", "10", "--top", "0"]
    first = crew(stop_after)
    assert run(command) != 0
    assert not out.exists()
    second = crew()
    assert run(command) == 0
    assert "Going on with what was begun" in capsys.readouterr().err
    for task in (lay_out.__name__, place_part.__name__):
        # What was under way when it stopped left nothing, and was not counted as done.
        assert not {one for one in first.done if one[0] == task} & set(second.done)
    assert run(["evaluate", *files, "--run", str(expected)]) == 0
    assert out.read_bytes() == expected.read_bytes()


def test_what_was_begun_with_other_files_is_not_gone_on_with(
    tmp_path: Path, crew: Callable[..., Recorded], capsys: Captured
) -> None:
    files, out = collection(tmp_path, 20), tmp_path / "out"
    crew(3)
    assert run(["match-batch", *files, "--out", str(out), "--part", "10"]) != 0
    collection(tmp_path, 21)
    crew()
    assert run(["match-batch", *files, "--out", str(out), "--part", "10"]) == 1
    assert "--anew" in capsys.readouterr().err
    assert run(["match-batch", *files, "--out", str(out), "--part", "10", "--anew"]) == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param('{"id": "p3", "text": ""}', "line 27, field 'id': The id p3", id="twice"),
        pytest.param('{"id": "x"', "E.jsonl, line 27, column", id="no-json"),
        pytest.param('{"id": "x", "text": 7}', "line 27, field 'text'", id="no-text"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(
    tmp_path: Path, crew: Callable[..., Recorded], line: str, said: str, capsys: Captured
) -> None:
    files = collection(tmp_path, 24)
    with Path(files[1]).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    crew()
    assert run(["match-batch", *files, "--out", str(tmp_path / "out"), "--part", "10"]) == 1
    assert said in capsys.readouterr().err


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "find_spec", lambda _name: None)
    with (
        pytest.raises(InvalidInput, match="expert-roster\\[scale\\]"),
        crews.crew_of(1, None, Path()),
    ):
        pass


def test_the_roster_in_parts_is_ranked_as_the_service_does(
    database_url: str, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    clock: FrozenClock,
) -> None:  # fmt: skip
    monkeypatch.setenv("ROSTER_DATABASE_URL", database_url)
    stored._database.cache_clear()
    make = Factory(session)
    for n in range(12):
        expert = make.expert(f"Person {n}")
        if n % 3:
            level = LanguageLevel.C1 if n % 2 else LanguageLevel.A2
            make.fact(expert, LanguageSkill(language="fr", level=level))
        make.view(expert)
    session.commit()
    need = RequestView(
        id=None, title="T", text="migration data", languages=(LanguageNeed("fr", LanguageLevel.B2),)
    )
    actor, ruling = system_actor(make.home.id), Ruling(rule_model(), _ones(), clock.now().date())
    source = stored.Stored("mark", False, actor, ruling)
    batch = Batch(source, Work(tmp_path / "work"), 8, part_size=5)
    parts = stored.cut(session, 5)
    assert len(parts) == 3
    answers = run_batch(batch, parts, [Asked("R1", need)], Alone(), Telling(print, _nothing))
    told = [json.loads(line) for path in answers for line in path.read_bytes().splitlines()]
    ranker = open_ranker(
        Settings(data_dir=tmp_path, database_url=database_url, document_key=SecretStr(""),
                 encoder=False)
    )  # fmt: skip
    expected = list(ranker.rank(need, now=clock.now()).people)[:8]
    ranker.close()
    stored._database().dispose()
    stored._database.cache_clear()
    assert [(one["expert_id"], one["place"], one["band"], one["score"]) for one in told] == [
        (str(one.expert_id), one.place, one.band.value, one.score) for one in expected
    ]
    assert [one["tied"] for one in told] == [one.tied for one in expected]


def _ones() -> Floats:
    return np.ones(len(NAMES))


def _nothing(_done: int, _of: int) -> None:
    """Tell nobody."""


@pytest.mark.long
def test_a_batch_that_is_killed_does_no_finished_part_again(tmp_path: Path) -> None:
    files, out, expected = collection(tmp_path, 1500), tmp_path / "out", tmp_path / "expected"
    command = [
        sys.executable, "-m", "api.cli", "match-batch", *files,
        "--out", str(out), "--top", "0", "--part", "50", "--workers", "2",
    ]  # fmt: skip
    first = subprocess.Popen(command, start_new_session=True)  # noqa: S603 -- our own command
    parts = tmp_path / "out.parts" / "parts"
    deadline = time.monotonic() + 300
    while len(list(parts.glob("*/index.json"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    done = {path: path.stat().st_mtime_ns for path in parts.glob("*/index.json")}
    assert 3 <= len(done) < 30, "killed half-way"
    assert not out.exists()
    again = subprocess.run([*command, "--keep"], check=False)  # noqa: S603 -- our own command
    assert again.returncode == 0
    assert all(path.stat().st_mtime_ns == at for path, at in done.items())
    assert run(["evaluate", *files, "--run", str(expected)]) == 0
    assert out.read_bytes() == expected.read_bytes()


@pytest.mark.long
def test_a_cluster_gives_what_one_machine_gives(tmp_path: Path) -> None:
    files, out, expected = collection(tmp_path, 120), tmp_path / "out", tmp_path / "expected"
    with cluster("127.0.0.2", "127.0.0.3") as scheduler:
        command = ["match-batch", *files, "--out", str(out), "--top", "0", "--part", "20"]
        assert run([*command, "--scheduler", scheduler]) == 0
    assert run(["evaluate", *files, "--run", str(expected)]) == 0
    assert out.read_bytes() == expected.read_bytes()


@contextmanager
def cluster(*addresses: str) -> Iterator[str]:
    """Begin a scheduler, and a worker on each address; return where the scheduler is."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    at = f"tcp://127.0.0.1:{port}"
    dask = [sys.executable, "-m", "dask"]
    commands = [
        [*dask, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"],
        *(
            [*dask, "worker", at, "--host", one, "--nthreads", "1", "--no-dashboard"]
            for one in addresses
        ),
    ]
    begun = [subprocess.Popen(one) for one in commands]  # noqa: S603 -- Dask's own commands
    try:
        with Client(at, timeout=60) as client:
            client.wait_for_workers(len(addresses), timeout=60)
        yield at
    finally:
        for process in reversed(begun):
            process.terminate()
        for process in begun:
            process.wait(timeout=60)
