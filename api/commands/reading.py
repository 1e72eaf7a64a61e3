"""The command that reads CVs and stores nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import structlog
import typer

from api.commands.console import content_of, say, say_table, settings, tell
from roster.errors import RosterError
from roster.ingest.lists.reading import (
    ListFile,
    is_list,
    propose_mapping,
    read_list,
    rows_to_profiles,
)
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
    """What became of one file, or of one row of a list: text and profile, or why there is none."""

    path: Path
    text: DocumentText | None = None
    profile: ExtractedProfile | None = None
    error: str = ""
    row: int | None = None
    """Of a list, as spreadsheet programs count."""
    problems: tuple[str, ...] = ()
    """Of a row: what was not understood, with its column."""

    @property
    def title(self) -> str:
        """What people call it."""
        return self.path.name if self.row is None else f"{self.path.name}, row {self.row}"


def read(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="CVs, or lists of people: any format."),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one line of JSON for each file, or row of a list.")
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
        for path, opened in zip(files, pool.map(partial(_open, chosen=chosen), files), strict=True):
            try:
                if isinstance(opened, ListFile):
                    yield from _rows(path, opened, today)
                elif isinstance(opened, DocumentText):
                    yield _Read(path, opened, read_profile(opened, today))
                else:
                    yield _Read(path, error=opened)
            except Exception as error:
                yield _Read(path, error=_fault(error))


def _open(path: Path, chosen: Settings) -> DocumentText | ListFile | str:
    """Return the text of a CV, the tables of a list, or why there is neither."""
    most, limits = chosen.upload_max_bytes, limits_of(chosen)
    try:
        content = content_of(path, most)
        if is_list(content, path.name):
            return read_list(content, name=path.name, limit=most, limits=limits)
        return read_file(content, name=path.name, limit=most, limits=limits)
    except RosterError as refusal:
        return refusal.detail
    except Exception as error:
        return _fault(error)


def _rows(path: Path, found: ListFile, today: date) -> Iterator[_Read]:
    table = found.tables[0]
    mapping = propose_mapping(table.header, table.cells())
    if not mapping:
        headings = ", ".join(cell for cell in table.header if cell)
        yield _Read(
            path,
            error=f"No column of this list is understood ({headings}). Name its columns as Name, "
            "E-mail, Languages, or say what they hold with: roster ingest --map.",
        )
    for row in rows_to_profiles(table, mapping, today=today):
        problems = tuple(map(str, row.problems))
        if row.is_blocked:
            yield _Read(path, error=" ".join(problems), row=row.number)
        else:
            yield _Read(path, row.document, row.profile, row=row.number, problems=problems)


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
    if done.row is not None:
        line |= {"row": done.row, "problems": list(done.problems)}
    say(json.dumps(line, ensure_ascii=False))


def _say_table(done: _Read) -> None:
    if done.text is None or done.profile is None:
        tell(f"{done.title}: {done.error}")
        return
    text, profile = done.text, done.profile
    say(
        f"{done.title}: {text.media_type}, language {text.language or 'not recognised'}, "
        f"form {profile.form}, {len(profile.facts)} facts"
    )
    for note in (*text.notes, *done.problems):
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
