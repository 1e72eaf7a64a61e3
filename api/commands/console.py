"""What commands share: the installation, whom they act for, tables, JSON, words for errors."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from sqlmodel import Session, col, select

from roster.errors import FileRefused, InvalidInput, NotFound, RosterError
from roster.installation import Installation
from roster.migrations import upgrade
from roster.policy import Actor, system_actor
from roster.reference import countries
from roster.serial import to_json
from roster.settings import Settings, read_settings
from roster.tables import Facility

FacilityOption = Annotated[
    str | None, typer.Option("--facility", help="Code of the facility; needed where several are.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


def settings() -> Settings:
    """Read the settings from the environment.

    Raises
    ------
    InvalidInput
        A variable holds what cannot be.
    """
    try:
        return read_settings()
    except ValidationError as error:
        wrong = "; ".join(_setting_said(one["loc"], one["msg"]) for one in error.errors())
        raise InvalidInput(f"A setting cannot be used. {wrong}.") from error


def _setting_said(place: Sequence[object], message: str) -> str:
    """Say what is wrong with a setting; never its value, which may be a secret."""
    words = message.removeprefix("Value error, ")
    name = "_".join(map(str, place)).upper()
    return f"ROSTER_{name} {words}" if name else words


@contextmanager
def opened() -> Iterator[Installation]:
    """Open the installation with its database at the newest schema.

    An embedded database is brought there; a shared one only by `roster migrate`.
    """
    from api.main import installed  # noqa: PLC0415 -- seconds, not for --help.
    from api.schema_check import check_schema  # noqa: PLC0415

    chosen = settings()
    with installed(chosen) as installation:
        if chosen.is_embedded:
            upgrade(installation.engine)
        check_schema(installation.engine)
        yield installation


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on standard error while something takes long.

    Yields
    ------
    what to call with how much is done, and of how much
    """
    with typer.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def tell_done(done: int, of: int) -> None:
            bar.length = max(of, 1)
            bar.update(done - bar.pos)

        yield tell_done


def actor_for(session: Session, code: str | None) -> Actor:
    """Return the owner of the machine, working in one facility.

    Raises
    ------
    NotFound
        There is no facility, or none of this code.
    InvalidInput
        There are several and none is named.
    """
    return system_actor(facility_for(session, code).id)


def facility_for(session: Session, code: str | None) -> Facility:
    """Return the facility of a code, or the first one of the installation."""
    found = session.exec(
        select(Facility).order_by(col(Facility.created_at), col(Facility.id))
    ).all()
    if not found:
        raise NotFound(
            "This roster is empty: it has no facility yet. Load the demonstration with "
            "'roster demo', or begin with 'roster facility add CODE NAME'."
        )
    if code is None:
        return found[0]
    for facility in found:
        if facility.code == code:
            return facility
    known = ", ".join(sorted(facility.code for facility in found))
    raise NotFound(f"There is no facility with the code {code}. Known: {known}.")


def country_code(given: str) -> str:
    """Return the code of a country given on the command line.

    Raises
    ------
    typer.BadParameter
        It is none; with the nearest code where the name of a country was given.
    """
    code = given.strip().upper()
    if len(code) == 2 and countries.is_country(code):
        return code
    known = countries.code_for(given)
    hint = f" Did you mean {known}?" if known else " Give the two letters of ISO 3166-1, as PT."
    raise typer.BadParameter(f"'{given}' is not the code of a country.{hint}")


def content_of(path: Path, most_bytes: int) -> bytes:
    """Return a file's bytes.

    Raises
    ------
    FileRefused
        It is not there, is a folder, is too large or may not be read.
    """
    try:
        if path.is_dir():
            raise FileRefused(f"{path} is a folder. Name one file, or use 'roster ingest'.")
        if path.stat().st_size > most_bytes:
            raise FileRefused(f"{path} has more than the {most_bytes / 1e6:.0f} MB that are read.")
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise FileRefused(f"{path} cannot be opened: {reason}.") from error


def say(line: str = "") -> None:
    """Print a line of the result."""
    typer.echo(line)


def tell(line: str) -> None:
    """Print a line about the work on stderr."""
    typer.echo(line, err=True)


def say_json(value: object) -> None:
    """Print a value as indented JSON."""
    say(json.dumps(to_json(value), indent=2, ensure_ascii=False))


def say_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under their heads, columns as wide as their widest cell."""
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
    for row in [list(head), ["-" * width for width in widths], *cells]:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def refusal(error: RosterError) -> None:
    """Print why something was not done, and each field to correct, on stderr."""
    tell(f"{error.title}: {error.detail}")
    for one in error.errors:
        tell(f"  {one.pointer or '/'}: {one.detail}")


def is_interactive() -> bool:
    """Whether somebody sits before it and can be asked."""
    return sys.stdin.isatty()
