"""After a whole journey through a real server, erasure leaves no byte of a person in its folder."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from api.client import Client

pytestmark = pytest.mark.long

NAME = "Quirina Zwölfaxinger"
EMAIL = "q.zwoelfaxinger@ministerium.example"
PHRASE = "Zwetschgenkernquotenregelung"
TRACES = (NAME, EMAIL, PHRASE, "Zwölfaxinger", json.dumps(NAME)[1:-1], "zwoelfaxinger")
CV = f"""{NAME}
E-mail: {EMAIL}

Work experience
2015 - present: Head of the {PHRASE} unit, Federal Ministry of the Interior, Berlin, Germany
Migration statistics: led the {PHRASE} on data on asylum and return.
2012: mission to Ghana, training of trainers on migration data

Languages: German (mother tongue), English C1
"""
LETTER = "We ask for help with migration statistics and data on asylum in Ghana."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a data folder with a facility, its coordinator and nothing else."""
    _run(tmp_path, "migrate")
    _run(tmp_path, "facility", "add", "mieux", "MIEUX")
    who = ("--name", "Somebody Invented", "--role", "coordinator")
    _run(tmp_path, "account", "add", "c@invented.example", *who, answer="heron lamp quiet river")
    _run(tmp_path, "account", "grant", "c@invented.example", "administrator")
    return tmp_path


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ROSTER_")}
    return {**kept, "ROSTER_DATA_DIR": str(folder), "ROSTER_WEBHOOKS_PRIVATE": "true"}


def _run(folder: Path, *words: str, answer: str = "") -> str:
    done = subprocess.run(  # noqa: S603 -- our own command.
        [sys.executable, "-m", "api.cli", *words],
        env=_environment(folder),
        input=f"{answer}\n{answer}\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def served(folder: Path) -> Iterator[str]:
    """Run the product as it is run, with its jobs, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    process = subprocess.Popen(  # noqa: S603 -- our own command.
        [sys.executable, "-m", "api.cli", "serve", "--port", port],
        env=_environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait_for(address: str) -> None:
    for _ in range(120):
        try:
            if httpx.get(f"{address}/readyz").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    raise AssertionError("the server never became ready")


def _found_in(folder: Path) -> set[str]:
    """Return which traces stand in any file, in plain letters whatever their case."""
    found = set()
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes().lower()
            found |= {
                f"{path.relative_to(folder)}: {trace}"
                for trace in TRACES
                if trace.lower().encode() in content
            }
    return found


def _work(roster: Client, cv: Path) -> UUID:
    """Upload her CV, confirm it, hear of it by webhook, rank, shortlist with a note, export."""
    roster.add_webhook("nobody there", "http://127.0.0.1:9/", ["expert"])
    document = roster.upload(cv, "DE").id
    assert roster.wait_for(document).document.state.value == "read"
    person = roster.confirm_cv(document, {}).id
    words = f"{LETTER} {NAME} ({EMAIL}) came before."
    sent = {"title": f"Data for {NAME}", "text": words, "topics": ["data_management"]}
    once = {"Idempotency-Key": "one-and-only"}
    made = roster.call("POST", "/requests", json=sent, headers=once).json()
    again = roster.call("POST", "/requests", json=sent, headers=once)
    assert again.json()["id"] == made["id"]
    request = UUID(made["id"])
    roster.rank(request)
    note = {"expert_id": str(person), "note": f"Call {NAME} at {EMAIL}"}
    roster.call("POST", f"/requests/{request}/shortlist", json=note)
    assert NAME in roster.call("GET", "/exports/experts").text
    return person


def test_no_byte_of_her_is_left_in_the_folder(folder: Path, served: str, tmp_path: Path) -> None:
    issued = _run(folder, "key", "issue", "c@invented.example", "--label", "test")
    key = re.findall(r"roster_\S+", issued)[0]
    cv = tmp_path.parent / f"{tmp_path.name}-Zwoelfaxinger.txt"
    cv.write_text(CV, encoding="utf-8")
    with Client(served, key) as roster:
        person = _work(roster, cv)
        assert _found_in(folder)
        _run(folder, "erase", str(person), "--reason", "asked", "--yes")
        assert _found_in(folder) == set()
        assert not list(roster.experts())
