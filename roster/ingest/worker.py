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
import warnings
from collections.abc import Iterator
from typing import BinaryIO, NoReturn

from roster.ingest import allowance, isolation

MOST_ANSWER_BYTES = 64 * 1024 * 1024
MEMORY_MESSAGE = (
    "Reading this file takes more memory than is allowed, so it was stopped. "
    "Leave out pictures, or print it to a new PDF and send that."
)

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
    isolation.bound_files(MOST_WRITTEN_BYTES)
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
    """Load the reader of a format before the first copy is made that needs it."""
    from roster.ingest.text import READERS  # noqa: PLC0415 - after the network is cut

    is_drawing = job["task"] == "draw"
    module = "roster.ingest.drawing" if is_drawing else READERS.get(str(job["format"]))
    if module is not None and module not in sys.modules:
        # A reader that cannot be loaded fails in the copy, with that file.
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
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
        if job["task"] == "draw":
            return _draw(job, data)
        return _read(job, data)
    except RosterError as refusal:
        return _refusal(refusal.code, refusal.detail)
    except MemoryError:
        return _refusal("file-too-large", MEMORY_MESSAGE)


def _read(job: dict[str, object], data: bytes) -> bytes:
    from roster.ingest.text import read_raw  # noqa: PLC0415 - loaded before by `_load`

    return read_raw(data, str(job["format"]), most_pages=int(str(job["pages"]))).to_json()


def _draw(job: dict[str, object], data: bytes) -> bytes:
    from roster.ingest.drawing import draw  # noqa: PLC0415 - loaded before by `_load`

    return draw(data, str(job["format"]), int(str(job["page"])), int(str(job["width"])))


def _refusal(kind: str, detail: str) -> bytes:
    return b"!" + json.dumps({"kind": kind, "detail": detail}).encode("ascii")
