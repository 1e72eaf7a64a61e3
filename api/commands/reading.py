"""The command that reads CVs and stores nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import structlog
import typer

from api.commands.console import content_of, say, say_table, settings, tell
from roster.errors import RosterError
from roster.ingest.profile import read_profile
from roster.ingest.reading import read_file
from roster.ingest.summary import summarise
from roster.installation import limits_of
from roster.read import DocumentText, ExtractedProfile, ProposedFact
from roster.serial import to_json
from roster.settings import Settings

_WIDEST = 70
_AT_ONCE = 2
"""Files whose text is read at a time, each in a process of its own."""

_log = structlog.stdlib.get_logger("roster.read")


@dataclass(frozen=True, slots=True)
class _Read:
    """What became of one file: its text and profile, or why there is none."""

    path: Path
    text: DocumentText | None = None
    profile: ExtractedProfile | None = None
    error: str = ""


def read(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="CVs: PDF, DOCX, ODT, HTML, Europass or JSON."),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one line of JSON for each file.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print a table for people; this is the default.")
    ] = False,
) -> None:
    """Print what is read in CVs, with where it stands; nothing is stored.

    Needs no database. A value marked with '?' should be looked at; the reason is beside it. A file
    that cannot be read is named with the reason, the others are still read, and the command ends
    with 1.
    """
    if as_json and explain:
        raise typer.BadParameter("Choose --json or --explain, not both.")
    failed = 0
    for done in _read_all(files, settings()):
        failed += bool(done.error)
        if as_json:
            _say_line(done)
        else:
            _say_table(done)
    if failed:
        raise typer.Exit(code=1)


def _read_all(files: Sequence[Path], chosen: Settings) -> Iterator[_Read]:
    """Read every file, in the order given; nothing that one of them does harms another."""
    today = datetime.now(UTC).date()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for done in pool.map(partial(_text_of, chosen=chosen), files):
            if done.text is None:
                yield done
                continue
            try:
                yield _Read(done.path, done.text, read_profile(done.text, today))
            except Exception as error:
                yield _Read(done.path, error=_fault(error))


def _text_of(path: Path, chosen: Settings) -> _Read:
    most = chosen.upload_max_bytes
    try:
        content = content_of(path, most)
        return _Read(path, read_file(content, name=path.name, limit=most, limits=limits_of(chosen)))
    except RosterError as refusal:
        return _Read(path, error=refusal.detail)
    except Exception as error:
        return _Read(path, error=_fault(error))


def _fault(error: Exception) -> str:
    """Return words for what should never happen; the error itself could quote the CV."""
    _log.error("read_failed", kind=type(error).__name__)
    return (
        f"This program failed over the file ({type(error).__name__}). Tell who runs it, and send "
        "the CV in another format meanwhile."
    )


def _say_line(done: _Read) -> None:
    line: dict[str, object] = {"file": done.path.name, "error": done.error}
    if done.text is not None and done.profile is not None:
        line = summarise(done.path.name, done.text, done.profile)
    say(json.dumps(line, ensure_ascii=False))


def _say_table(done: _Read) -> None:
    if done.text is None or done.profile is None:
        tell(f"{done.path.name}: {done.error}")
        return
    text, profile = done.text, done.profile
    say(
        f"{done.path.name}: {text.media_type}, language {text.language or 'not recognised'}, "
        f"form {profile.form}, {len(profile.facts)} facts"
    )
    for note in text.notes:
        tell(f"Note: {note}")
    say_table(
        ("fact", "value", "from", "to", "page", "sure"),
        [_row(fact) for fact in profile.facts],
    )


def _row(fact: ProposedFact) -> tuple[object, ...]:
    value = to_json(fact.value)
    words = "; ".join(
        f"{_flat(part)}" for part in value.values() if part not in (None, [], "", False)
    )
    end = "now" if fact.period.ongoing else fact.period.end
    sure = f"{fact.confidence:.2f}" + (f" ? {fact.doubt}" if fact.doubt else "")
    return (fact.kind.value, _short(words), fact.period.start, end, fact.span.page, sure)


def _flat(part: object) -> str:
    return ", ".join(map(str, part)) if isinstance(part, list) else str(part)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1] + "…"
