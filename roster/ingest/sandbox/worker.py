"""The process beside the product that has the parsers loaded and forks itself once per file.

Its own hands never touch a file: each is read in a fresh copy, bounded before it sees a byte, gone
after the answer. So nothing of one file is left for the next, and a crash ends that copy alone.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import logging
import os
import select
import signal
import sys
import tempfile
import traceback
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NoReturn

from roster.ingest.sandbox import allowance, isolation

MOST_ANSWER_BYTES = 64 * 1024 * 1024
MEMORY_MESSAGE = (
    "Reading this file takes more memory than is allowed, so it was stopped. "
    "Leave out pictures, or print it to a new PDF and send that."
)

CRASHED = "crashed"
"""Kind of the answer that names the line of our code where a reader failed."""
MOST_WRITTEN_BYTES = 64 * 1024 * 1024
WRITING = frozenset({"doc"})
"""Formats whose converter must write; it gets a folder in memory that is removed after it."""
_MEMORY_FOLDER = "/dev/shm"  # noqa: S108 - the folder made there is private and its name is new


def main(arguments: list[str]) -> None:
    """Serve jobs from stdin until it closes, or until nothing came for the seconds given."""
    (idle_s,) = arguments
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    network = isolation.leave_network()
    inbox, outbox = sys.stdin.buffer, sys.stdout.buffer
    _send(outbox, {"network": network.value}, b"")
    while _waits(inbox, float(idle_s)):
        head = inbox.readline()
        if not head:
            break
        job = json.loads(head)
        data = inbox.read(job["size"])
        _load(job)
        with _folder(job) as folder:
            code, answer = _in_a_copy({**job, "folder": folder}, data)
        _send(outbox, {"code": code}, answer)


def _load(job: dict[str, object]) -> None:
    """Load what a kind of job needs before the first copy is made for one."""
    from roster.ingest.text import READERS, SCANNED  # noqa: PLC0415 - after the network is cut

    task, format_name = str(job["task"]), str(job["format"])
    module = {"draw": "roster.ingest.sandbox.drawing", "recognise": SCANNED}.get(
        task, READERS.get(format_name)
    )
    if module is None or module in sys.modules:
        return
    # What cannot be loaded fails in the copy, with that file.
    with contextlib.suppress(ImportError, OSError):
        importlib.import_module(module)
        if module == SCANNED or format_name == "image":
            importlib.import_module("roster.ingest.ocr.scans").warm()
    gc.collect()
    gc.freeze()


@contextlib.contextmanager
def _folder(job: dict[str, object]) -> Iterator[str]:
    if job["format"] not in WRITING:
        yield ""
        return
    where = _MEMORY_FOLDER if os.access(_MEMORY_FOLDER, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=where, ignore_cleanup_errors=True) as folder:
        yield folder


def _waits(inbox: BinaryIO, idle_s: float) -> bool:
    return bool(select.select([inbox], [], [], idle_s)[0])


def _send(outbox: BinaryIO, head: dict[str, object], body: bytes) -> None:
    outbox.write(json.dumps({**head, "size": len(body)}).encode("ascii") + b"\n" + body)
    outbox.flush()


def _in_a_copy(job: dict[str, object], data: bytes) -> tuple[int, bytes]:
    """Return how the copy ended (0, or minus the signal) and what it answered."""
    reading, writing = os.pipe()
    copy = os.fork()
    if copy == 0:
        _be_the_copy(job, data, writing)
    with contextlib.suppress(OSError):
        os.setpgid(copy, copy)
    os.close(writing)
    answer = _collect(reading)
    if len(answer) > MOST_ANSWER_BYTES:
        os.kill(copy, signal.SIGKILL)
    _, status = os.waitpid(copy, 0)
    with contextlib.suppress(OSError):
        os.killpg(copy, signal.SIGKILL)
    return os.waitstatus_to_exitcode(status), answer


def _collect(pipe: int) -> bytes:
    with open(pipe, "rb") as source:
        return source.read(MOST_ANSWER_BYTES + 1)


def _be_the_copy(job: dict[str, object], data: bytes, writing: int) -> NoReturn:
    code = 1
    try:
        os.setpgid(0, 0)
        isolation.die_with_parent()
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nothing, standard)
        allowance.start(float(str(job["wall_s"])), float(str(job["recognition_s"])))
        tempfile.tempdir = str(job["folder"]) or None
        written = MOST_WRITTEN_BYTES if job["folder"] else 0
        isolation.bound(int(str(job["memory_bytes"])), int(str(job["cpu_s"])), written)
        with open(writing, "wb") as answer:
            answer.write(perform(job, data))
        code = 0
    finally:
        os._exit(code)


def perform(job: dict[str, object], data: bytes) -> bytes:
    """Return the answer to one job: its bytes, or "!" and the refusal."""
    from roster.errors import RosterError  # noqa: PLC0415 - loaded before by `_load`

    try:
        return _TASKS[str(job["task"])](job, data)
    except RosterError as refusal:
        return _refusal(refusal.code, refusal.detail)
    except MemoryError:
        return _refusal("file-too-large", MEMORY_MESSAGE)
    except Exception as error:
        # The class and the line tell developers enough; the words could be those of a CV.
        return _refusal(CRASHED, _place_of(error))


def _place_of(error: Exception) -> str:
    steps = traceback.extract_tb(error.__traceback__)
    ours = [step for step in steps if "roster" in step.filename] or steps[-1:]
    return f"{type(error).__name__} at {Path(ours[-1].filename).name}:{ours[-1].lineno}"


def _read(job: dict[str, object], data: bytes) -> bytes:
    from roster.ingest.text import read_letters  # noqa: PLC0415 - loaded before by `_load`

    most_pages = int(str(job["pages"]))
    return read_letters(data, str(job["format"]), most_pages=most_pages).to_json()


def _recognise(job: dict[str, object], data: bytes) -> bytes:
    from roster.ingest.text import read_scanned  # noqa: PLC0415 - loaded before by `_load`

    numbers = [int(number) for number in str(job["numbers"]).split()]
    return read_scanned(data, numbers).to_json()


def _draw(job: dict[str, object], data: bytes) -> bytes:
    from roster.ingest.sandbox.drawing import draw  # noqa: PLC0415 - loaded before by `_load`

    return draw(data, str(job["format"]), int(str(job["page"])), int(str(job["width"])))


_TASKS = {"read": _read, "recognise": _recognise, "draw": _draw}


def _refusal(kind: str, detail: str) -> bytes:
    return b"!" + json.dumps({"kind": kind, "detail": detail}).encode("ascii")
