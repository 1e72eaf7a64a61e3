"""Runs readers apart: bounded, without secrets or network; only text and pictures come back.

Each file gets a process of its own, a copy of a warm one (`roster.ingest.sandbox.pool`). Whatever
happens to it, the caller gets an answer or a `FileRefused` in words, and the next file is read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from roster.errors import FileRefused, FileTooLarge
from roster.ingest.ocr.scan_pages import with_scanned_pages
from roster.ingest.raw import RawText
from roster.ingest.sandbox.pool import POOL, WorkerDied
from roster.ingest.sandbox.worker import CRASHED


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take."""

    memory_bytes: int = 1024 * 1024 * 1024
    cpu_s: int = 30
    wall_s: float = 60.0
    pages: int = 200
    recognition_s: float = 120.0
    """More seconds for the pages of a scan."""


def read_apart(data: bytes, format_name: str, limits: Limits | None = None) -> RawText:
    """Read a file of a known format in a separate process.

    Parameters
    ----------
    data : the whole file
    format_name : key of the reader, as `roster.ingest.sandbox.kinds.inspect` gives it
    limits : the defaults are `Limits()`

    Raises
    ------
    roster.errors.FileRefused
        The reader refused the file, crashed over it, or ran out of time or memory.
    """
    limits = limits or Limits()
    job = {"task": "read", "format": format_name, "pages": limits.pages}
    return with_scanned_pages(
        _text_of(job, data, limits), lambda pages: _recognised(data, pages, limits)
    )


def _recognised(data: bytes, pages: tuple[int, ...], limits: Limits) -> RawText:
    numbers = " ".join(map(str, pages[: limits.pages]))
    return _text_of({"task": "recognise", "format": "pdf", "numbers": numbers}, data, limits)


def _text_of(job: dict[str, object], data: bytes, limits: Limits) -> RawText:
    try:
        return RawText.from_json(_answer_to(job, data, limits))
    except ValueError as error:
        raise FileRefused(_why_died(1)) from error


def draw_apart(
    data: bytes, format_name: str, page: int, width: int, limits: Limits | None = None
) -> bytes:
    """Return the PNG of one page, drawn in a separate process.

    Parameters
    ----------
    data : the whole file
    format_name : as `roster.ingest.sandbox.kinds.inspect` gives it
    page : counted from 1
    width : wanted width in pixels
    limits : the defaults are `Limits()`

    Raises
    ------
    roster.errors.FileRefused
        No picture can be made of this file or page.
    """
    limits = limits or Limits()
    job = {"task": "draw", "format": format_name, "page": page, "width": width}
    return _answer_to(job, data, limits)


def _answer_to(job: dict[str, object], data: bytes, limits: Limits) -> bytes:
    whole = {
        **job,
        "memory_bytes": limits.memory_bytes,
        "cpu_s": limits.cpu_s,
        "wall_s": limits.wall_s,
        "recognition_s": limits.recognition_s,
    }
    try:
        answer = POOL.ask(whole, data, limits.wall_s + limits.recognition_s)
    except WorkerDied as death:
        raise FileRefused(_why_died(-1)) from death
    if answer.code != 0 or not answer.body:
        raise FileRefused(_why_died(answer.code))
    if answer.body.startswith(b"!"):
        raise _refusal(answer.body[1:])
    return answer.body


def _refusal(answer: bytes) -> FileRefused:
    try:
        given = json.loads(answer)
        kind, detail = str(given["kind"]), str(given["detail"])[:600]
    except (ValueError, KeyError, TypeError):
        return FileRefused(_why_died(1))
    if kind == CRASHED:
        refusal = FileRefused(_why_died(1))
        refusal.add_note(detail)
        return refusal
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
