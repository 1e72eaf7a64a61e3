"""The command that takes in a folder of CVs."""

from __future__ import annotations

import sys
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from api.commands.console import (
    FacilityOption,
    actor_for,
    content_of,
    country_code,
    opened,
    say,
    tell,
)
from roster import confirmations, documents
from roster.errors import FileRefused, InvalidInput, RosterError
from roster.inputs import Confirmation
from roster.installation import Installation
from roster.tables import Document
from roster.vocabulary import DocumentState


class Outcome(StrEnum):
    """What became of one file of a folder."""

    READ = "read"
    CONFIRMED = "confirmed"
    KNOWN = "already there"
    LOOK = "read, needs a look"
    FAILED = "failed"


def ingest(
    folder: Annotated[Path, typer.Argument(help="Folder with CVs, those in folders below too.")],
    country: Annotated[
        str, typer.Option("--country", help="Whose officials they are: two letters, as PT.")
    ],
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Take what is read as right, without a look.")
    ] = False,
    facility: FacilityOption = None,
) -> None:
    """Take in every CV of a folder, each by itself; a file already there is skipped.

    What is read waits for its focal point to confirm it, unless '--confirm' is given. Ends with
    code 1 when a file could not be taken in.
    """
    code = country_code(country)
    files = _files(folder)
    tally: Counter[Outcome] = Counter()
    with opened() as installation:
        with installation.work() as session:
            actor_for(session, facility)
        with typer.progressbar(files, label="Reading CVs", file=sys.stderr) as bar:
            failures: list[str] = []
            for path in bar:
                try:
                    outcome = _ingest_one(installation, path, code, facility, confirm)
                except RosterError as error:
                    outcome = Outcome.FAILED
                    failures.append(f"{path.name}: {error.detail}")
                tally[outcome] += 1
    for line in failures:
        tell(line)
    say(", ".join(f"{count} {outcome}" for outcome, count in sorted(tally.items())))
    if tally[Outcome.FAILED]:
        raise typer.Exit(code=1)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise typer.BadParameter(f"'{folder}' is not a folder.", param_hint="FOLDER")
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name[0] != ".")
    if not files:
        raise InvalidInput(f"There is no file in {folder}.")
    return files


def _ingest_one(
    installation: Installation, path: Path, country: str, facility: str | None, confirm: bool
) -> Outcome:
    most = installation.settings.upload_max_bytes
    upload = documents.Upload(path.name, content_of(path, most), country)
    with installation.work() as session:
        actor = actor_for(session, facility)
        stored = documents.store_cv(
            session,
            actor,
            upload,
            vault=installation.vault,
            clock=installation.clock,
            most_bytes=most,
        )
        document_id, state = stored.id, stored.state
    if state is DocumentState.CONFIRMED or (state is DocumentState.READ and not confirm):
        return Outcome.KNOWN
    installation.jobs.enqueue_reading(document_id)
    with installation.work() as session:
        read_now = session.get_one(Document, document_id)
        if read_now.state is DocumentState.REFUSED:
            raise FileRefused(read_now.problem or "It cannot be read.")
    return _confirm(installation, document_id, facility) if confirm else Outcome.READ


def _confirm(installation: Installation, document_id: UUID, facility: str | None) -> Outcome:
    try:
        with installation.work() as session:
            confirmations.confirm_cv(
                session,
                actor_for(session, facility),
                document_id,
                Confirmation(),
                clock=installation.clock,
            )
    except InvalidInput:
        return Outcome.LOOK
    return Outcome.CONFIRMED
