"""The child process of `roster.ingest.sandbox`: sets its own limits, reads one file, answers, ends.

It imports no parser before the limits stand.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import sys
import warnings

MEMORY_MESSAGE = (
    "Reading this file takes more memory than is allowed, so it was stopped. "
    "Leave out pictures, or print it to a new PDF and send that."
)


def set_limits(memory_bytes: int, cpu_s: int) -> None:
    """Bound this process for good: memory, processor time, no core dump, no file written."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def read(data: bytes, format_name: str, most_pages: int) -> bytes:
    """Return the answer for one file: a `RawText` as JSON, or "!" and the refusal."""
    from roster.errors import RosterError  # noqa: PLC0415 - only after the limits stand
    from roster.ingest.text import read_raw  # noqa: PLC0415 - only after the limits stand

    try:
        return read_raw(data, format_name, most_pages=most_pages).to_json()
    except RosterError as refusal:
        return _refusal(refusal.code, refusal.detail)
    except MemoryError:
        return _refusal("file-too-large", MEMORY_MESSAGE)


def _refusal(kind: str, detail: str) -> bytes:
    return b"!" + json.dumps({"kind": kind, "detail": detail}).encode("ascii")


def main(arguments: list[str]) -> None:
    """Run once: format, bytes of memory, seconds of processor, pages; the file comes on stdin."""
    format_name, memory_bytes, cpu_s, most_pages = arguments
    set_limits(int(memory_bytes), int(cpu_s))
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    answer = read(sys.stdin.buffer.read(), format_name, int(most_pages))
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    os._exit(0)
