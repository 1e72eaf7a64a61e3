"""Runs a reader in a process of its own, with limits and without secrets; only text comes back.

The child gets the bytes on its standard input, an empty environment and limits of memory, time,
open files and written bytes; it answers with JSON. Whatever happens to it, the caller gets text or
a `FileRefused` in words.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import roster
from roster.errors import FileRefused, FileTooLarge
from roster.ingest.raw import RawText
from roster.settings import Settings

MOST_ANSWER_BYTES = 64 * 1024 * 1024

_BOOT = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from roster.ingest.worker import main; main(sys.argv[2:])"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take."""

    memory_bytes: int = 1024 * 1024 * 1024
    cpu_s: int = 30
    wall_s: float = 60.0
    pages: int = 200


def limits_of(settings: Settings) -> Limits:
    """Return what reading one file may take in an installation."""
    return Limits(
        memory_bytes=settings.parse_max_megabytes * 1024 * 1024,
        cpu_s=settings.parse_max_seconds,
        wall_s=2.0 * settings.parse_max_seconds,
        pages=settings.upload_max_pages,
    )


def read_apart(data: bytes, format_name: str, limits: Limits | None = None) -> RawText:
    """Read a file of a known format in a separate process.

    Parameters
    ----------
    data : the whole file
    format_name : key of the reader, as `roster.ingest.files.inspect` gives it
    limits : the defaults are `Limits()`

    Raises
    ------
    roster.errors.FileRefused
        The reader refused the file, crashed over it, or ran out of time or memory.
    """
    limits = limits or Limits()
    answer, code = _run(data, format_name, limits)
    if code != 0 or not answer:
        raise FileRefused(_why_died(code))
    if answer.startswith(b"!"):
        raise _refusal(answer[1:])
    try:
        return RawText.from_json(answer)
    except ValueError as error:
        raise FileRefused(_why_died(code)) from error


def _run(data: bytes, format_name: str, limits: Limits) -> tuple[bytes, int]:
    root = str(Path(roster.__file__).resolve().parent.parent)
    command = [sys.executable, "-I", "-c", _BOOT, root, format_name]
    command += [str(limits.memory_bytes), str(limits.cpu_s), str(limits.pages)]
    child = subprocess.Popen(  # noqa: S603 - fixed command: our interpreter, our module, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"},
        cwd="/",
        start_new_session=True,
    )
    if child.stdin is None or child.stdout is None:  # pragma: no cover - both are asked for above
        raise FileRefused(_why_died(1))
    feeder = threading.Thread(target=_feed, args=(child.stdin, data), daemon=True)
    alarm = threading.Timer(limits.wall_s, child.kill)
    try:
        feeder.start()
        alarm.start()
        answer = child.stdout.read(MOST_ANSWER_BYTES + 1)
        if len(answer) > MOST_ANSWER_BYTES:
            child.kill()
        return answer, child.wait()
    finally:
        alarm.cancel()
        child.kill()
        child.wait()
        feeder.join()
        child.stdout.close()


def _feed(pipe: BinaryIO, data: bytes) -> None:
    with contextlib.suppress(BrokenPipeError, OSError):
        pipe.write(data)
    with contextlib.suppress(BrokenPipeError, OSError):
        pipe.close()


def _refusal(answer: bytes) -> FileRefused:
    try:
        given = json.loads(answer)
        kind, detail = str(given["kind"]), str(given["detail"])[:600]
    except (ValueError, KeyError, TypeError):
        return FileRefused(_why_died(1))
    return FileTooLarge(detail) if kind == FileTooLarge.code else FileRefused(detail)


def _why_died(code: int) -> str:
    what = (
        "Reading this file took more time or memory than is allowed"
        if code < 0
        else "This file is damaged or unusual, and reading it failed"
    )
    return (
        f"{what}, so it was stopped. "
        "Open it on your side, print or save it as a new PDF or DOCX, and send that."
    )
