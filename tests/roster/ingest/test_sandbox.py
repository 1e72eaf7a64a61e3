"""The sandbox: warm, bounded, cut off, one process per file, and gone when its owner is."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import roster
from roster.errors import FileRefused
from roster.ingest.sandbox import pool as pools
from roster.ingest.sandbox.apart import Limits, read_apart
from roster.ingest.sandbox.pool import Pool, WorkerDied

ROOT = Path(roster.__file__).resolve().parent.parent
BOUNDS = {"memory_bytes": 2**29, "cpu_s": 5, "wall_s": 20.0, "recognition_s": 0.0}
PLAIN = {"task": "read", "format": "text", "pages": 9, **BOUNDS}


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until(holds: Callable[[], bool], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


@pytest.fixture
def pool():  # type: ignore[no-untyped-def]
    made = Pool()
    yield made
    made.close()


def test_worker_is_kept_warm_for_the_next_file(pool: Pool) -> None:
    assert pool.ask(PLAIN, b"one", 30).code == 0
    before = pool.pids()
    assert b"two" in pool.ask(PLAIN, b"two", 30).body
    assert pool.pids() == before
    assert len(before) == 1


def test_worker_is_replaced_after_its_share_of_files() -> None:
    pool = Pool(files_a_worker=1)
    seen = set()
    for _ in range(2):
        pool.ask(PLAIN, b"words", 30)
        seen.update(pool.pids())
    assert seen == set(), "a worker that served its share has ended"


def test_no_more_workers_than_places_whoever_asks(pool: Pool) -> None:
    with ThreadPoolExecutor(8) as threads:
        words = [f"file {number}" for number in range(24)]
        answers = list(threads.map(lambda word: pool.ask(PLAIN, word.encode(), 60), words))
    assert all(word.encode() in answer.body for word, answer in zip(words, answers, strict=True))
    assert 1 <= len(pool.pids()) <= 2


def test_worker_killed_between_files_is_replaced(pool: Pool) -> None:
    pool.ask(PLAIN, b"one", 30)
    (first,) = pool.pids()
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: not is_running(first))
    assert pool.ask(PLAIN, b"two", 30).code == 0
    assert first not in pool.pids()


def test_worker_that_does_not_answer_is_ended(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    pool.ask(PLAIN, b"one", 30)
    (first,) = pool.pids()
    os.kill(first, signal.SIGSTOP)
    monkeypatch.setattr(pools, "GRACE_S", 0.1)
    with pytest.raises(WorkerDied):
        pool.ask(PLAIN, b"two", 0.1)
    assert not is_running(first)
    assert pool.ask(PLAIN, b"three", 30).code == 0


def test_file_that_is_cut_short_by_a_limit_leaves_the_worker_for_others(pool: Pool) -> None:
    pool.ask(PLAIN, b"one", 30)
    before = pool.pids()
    long = b"A line that takes its time, as do all the others.\n" * 100_000
    assert pool.ask({**PLAIN, "wall_s": 0.0001}, long, 30).code == -signal.SIGALRM
    assert pool.ask(PLAIN, b"three", 30).code == 0
    assert pool.pids() == before


def in_a_bare_process(words: str) -> dict[str, object]:
    """Run lines in a process that has done what a worker does before it reads a file."""
    code = textwrap.dedent(words)
    done = subprocess.run(  # noqa: S603 - our interpreter, lines of this test
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}"],
        capture_output=True,
        timeout=60,
        check=True,
        env={"PATH": os.defpath},
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_parser_reaches_no_network_and_says_how() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        found = in_a_bare_process(f"""
            import json, socket
            from roster.ingest.sandbox.isolation import leave_network
            way = leave_network()
            try:
                socket.create_connection(("127.0.0.1", {port}), timeout=5).close()
                reached = True
            except OSError:
                reached = False
            print(json.dumps({{"way": way, "reached": reached}}))
        """)
    assert found["way"] in {"namespace", "filter", "open"}
    assert found["reached"] is (found["way"] == "open")


def test_filter_of_system_calls_refuses_sockets_where_no_namespace_may_be_made() -> None:
    found = in_a_bare_process("""
        import json, os, socket
        from roster.ingest.sandbox import isolation
        held = isolation._filter_sockets()
        try:
            socket.socket()
            refused = False
        except PermissionError:
            refused = True
        print(json.dumps({"held": held, "refused": refused, "alive": os.getpid() > 0}))
    """)
    assert found["refused"] is found["held"]
    assert found["alive"]


def test_parser_may_not_write_nor_take_more_memory_than_allowed() -> None:
    found = in_a_bare_process("""
        import json, tempfile
        from roster.ingest.sandbox.isolation import bound
        bound(400 * 2**20, 5)
        try:
            with tempfile.TemporaryFile() as file:
                file.write(b"x" * 10_000)
            wrote = True
        except OSError:
            wrote = False
        try:
            held = bytearray(2**30)
            took = True
        except MemoryError:
            took = False
        print(json.dumps({"wrote": wrote, "took": took}))
    """)
    assert found == {"wrote": False, "took": False}


def test_worker_knows_no_secret_of_its_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROSTER_DOCUMENT_KEY", "sentinel-key")
    pool = Pool()
    try:
        pool.ask(PLAIN, b"words", 30)
        (pid,) = pool.pids()
        given = Path(f"/proc/{pid}/environ").read_bytes()
        opened = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
    finally:
        pool.close()
    assert b"sentinel-key" not in given
    assert b"ROSTER_" not in given
    assert not [name for name in opened if name.startswith("/") and name != os.devnull]


OWNER = f"""
import sys, os, time
sys.path.insert(0, {str(ROOT)!r})
from roster.ingest.sandbox.pool import POOL
from roster.ingest.sandbox.apart import read_apart
read_apart(b"words", "text")
print(*POOL.pids(), flush=True)
"""


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        pytest.param("", 0, id="end of the program"),
        pytest.param("raise SystemExit(3)", 3, id="exit with a code"),
        pytest.param("os.kill(os.getpid(), 9)", -9, id="killed"),
        pytest.param("os._exit(4)", 4, id="left at once"),
        pytest.param("import signal; os.kill(os.getpid(), signal.SIGINT)", None, id="interrupted"),
    ],
)
def test_no_worker_outlives_its_owner(ending: str, code: int | None) -> None:
    done = subprocess.run(  # noqa: S603 - our interpreter, lines of this test
        [sys.executable, "-c", f"{OWNER}\n{ending}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
    pids = [int(word) for word in done.stdout.split()]
    assert pids
    assert code is None or done.returncode == code
    assert wait_until(lambda: not any(map(is_running, pids)))


def test_copy_of_the_owner_starts_workers_of_its_own() -> None:
    done = subprocess.run(  # noqa: S603 - our interpreter, lines of this test
        [
            sys.executable,
            "-c",
            f"{OWNER}\n"
            "if os.fork() == 0:\n"
            "    read_apart(b'words', 'text')\n"
            "    print(*POOL.pids(), flush=True)\n"
            "    sys.exit()\n"
            "os.wait()\n"
            "read_apart(b'words', 'text')\n"
            "print(*POOL.pids(), flush=True)\n",
        ],
        stdout=subprocess.PIPE,
        timeout=120,
        check=True,
    )
    first, of_the_copy, after = done.stdout.split()
    assert first == after
    assert of_the_copy != first


def test_reading_works_in_threads_as_a_server_does_it() -> None:
    found: list[str] = []

    def read() -> None:
        found.append(read_apart(b"words", "text").lines[0].text)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["words"] * 4


def test_time_used_up_is_said_in_words() -> None:
    with pytest.raises(FileRefused, match="more time or memory"):
        read_apart(b"some words in a line\n" * 100_000, "text", Limits(wall_s=0.001))
