"""Commands about CVs: reading one, taking in a folder of them."""

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
    JsonOption,
    actor_for,
    content_of,
    country_code,
    opened,
    say,
    say_json,
    say_table,
    settings,
    tell,
)
from api.letters import limits_of
from roster import documents
from roster.errors import FileRefused, InvalidInput, RosterError
from roster.ingest.profile import read_profile
from roster.ingest.reading import read_file
from roster.inputs import Confirmation
from roster.installation import Installation
from roster.read import DocumentText, ExtractedProfile, ProposedFact
from roster.serial import to_json
from roster.tables import Document
from roster.vocabulary import DocumentState

_WIDEST = 70


class Outcome(StrEnum):
    """What became of one file of a folder."""

    READ = "read"
    CONFIRMED = "confirmed"
    KNOWN = "already there"
    LOOK = "read, needs a look"
    FAILED = "failed"


def read(
    file: Annotated[Path, typer.Argument(help="A CV: PDF, DOCX, ODT, HTML, Europass or JSON.")],
    as_json: JsonOption = False,
) -> None:
    """Print what is read in a CV, with where it stands; nothing is stored.

    Needs no database. A value marked with '?' should be looked at; the reason is beside it.
    """
    chosen = settings()
    content = content_of(file, chosen.upload_max_bytes)
    text = read_file(
        content, name=file.name, limit=chosen.upload_max_bytes, limits=limits_of(chosen)
    )
    profile = read_profile(text)
    if as_json:
        say_json(_as_json(text, profile))
        return
    say(
        f"{file.name}: {text.media_type}, language {text.language or 'not recognised'}, "
        f"form {profile.form}, {len(profile.facts)} facts"
    )
    for note in text.notes:
        tell(f"Note: {note}")
    say_table(
        ("fact", "value", "from", "to", "page", "sure"),
        [_row(fact) for fact in profile.facts],
    )


def _as_json(text: DocumentText, profile: ExtractedProfile) -> dict[str, object]:
    return {
        "media_type": text.media_type,
        "language": text.language,
        "form": profile.form,
        "notes": text.notes,
        "facts": [
            {
                "kind": fact.kind,
                "value": to_json(fact.value),
                "from": str(fact.period.start) if fact.period.start else None,
                "to": str(fact.period.end) if fact.period.end else None,
                "ongoing": fact.period.ongoing,
                "confidence": fact.confidence,
                "doubt": fact.doubt,
                "page": fact.span.page,
                "start": fact.span.start,
                "end": fact.span.end,
                "quote": text.text[fact.span.start : fact.span.end],
            }
            for fact in profile.facts
        ],
    }


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
            documents.confirm_cv(
                session,
                actor_for(session, facility),
                document_id,
                Confirmation(),
                clock=installation.clock,
            )
    except InvalidInput:
        return Outcome.LOOK
    return Outcome.CONFIRMED
