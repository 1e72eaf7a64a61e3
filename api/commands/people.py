"""The command that takes in many CVs: folders, archives, lists, single files."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
    say_table,
    tell,
)
from roster import batches, confirmations
from roster.errors import InvalidInput
from roster.ingest.batches.files import Bounds, Sent
from roster.ingest.batches.intake import Wishes, new_batches
from roster.ingest.batches.lists import checked, open_sheets, table_for
from roster.ingest.batches.run import run_batch
from roster.ingest.batches.taking_in import Means, Settled
from roster.ingest.lists.columns import Target
from roster.ingest.lists.table import Table
from roster.inputs import Confirmation
from roster.installation import Installation, limits_of
from roster.queries.batches import all_items, get_batch, unfinished_like
from roster.read.batches import BatchItemView, ListMapping
from roster.vocabulary import BatchKind, BatchOutcome, DocumentState

WORDS = {
    BatchOutcome.READ: "read",
    BatchOutcome.NEEDS_LOOK: "needs a look",
    BatchOutcome.KNOWN_PERSON: "may be known",
    BatchOutcome.ALREADY_THERE: "already there",
    BatchOutcome.REFUSED: "failed",
    BatchOutcome.WAITING: "waiting",
}
CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class _Orders:
    """What the command was told."""

    country: str
    confirm: bool
    is_trial: bool
    facility: str | None
    columns: dict[str, str]
    """Heading → target, as given with --map or in the file of --mapping."""


def ingest(
    paths: Annotated[
        list[Path], typer.Argument(help="Folders with CVs, ZIP archives, lists, single files.")
    ],
    country: Annotated[
        str, typer.Option("--country", help="Whose officials they are: two letters, as PT.")
    ],
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Take what is read as right, without a look.")
    ] = False,
    is_trial: Annotated[
        bool, typer.Option("--try", help="Say what would happen, change nothing.")
    ] = False,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", help="A column of a list: 'Nom=family_name', 'Anglais=language:en'."),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help='JSON file: {"Nom": "family_name", ...}.')
    ] = None,
    facility: FacilityOption = None,
) -> None:
    """Take in CVs in one go, each by itself; a file already there is skipped.

    Interrupted, it goes on where it stopped when it is called again. What is read waits for its
    focal point to confirm it, unless '--confirm' is given. Ends with code 1 when a file or row
    could not be taken in.
    """
    given = {**_mapping_file(mapping), **dict(map(_pair, columns or []))}
    orders = _Orders(country_code(country), confirm, is_trial, facility, given)
    files = _files(paths)
    with opened() as installation:
        with installation.work() as session:
            actor_for(session, facility)
        tally: Counter[str] = Counter()
        for batch_id in _kept(installation, files, orders):
            tally += _work(installation, batch_id, orders)
    say(", ".join(f"{count} {outcome}" for outcome, count in sorted(tally.items())))
    if tally[WORDS[BatchOutcome.REFUSED]]:
        raise typer.Exit(code=1)


def _pair(given: str) -> tuple[str, str]:
    heading, _, target = given.rpartition("=")
    if not heading:
        raise typer.BadParameter(f"'{given}' is not HEADING=FIELD.", param_hint="--map")
    return heading.strip(), target.strip()


def _mapping_file(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise typer.BadParameter(f"'{path}' is not JSON.", param_hint="--mapping") from error
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise typer.BadParameter(
            f"'{path}' is not an object of headings and fields.", param_hint="--mapping"
        )
    return found


def _files(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise typer.BadParameter(f"'{path}' is not there.", param_hint="PATH")
        if path.is_dir():
            below = (one for one in path.rglob("*") if one.is_file() and one.name[0] != ".")
            found += sorted(below)
        else:
            found.append(path)
    if not found:
        raise InvalidInput(f"There is no file in {', '.join(map(str, paths))}.")
    return found


def _kept(installation: Installation, files: Sequence[Path], orders: _Orders) -> Iterator[UUID]:
    """Keep what was given, in parts that fit; yield the uploads to work through."""
    settings = installation.settings
    bounds = Bounds(settings.upload_max_bytes, settings.batch_max_bytes, files=sys.maxsize)
    for some in _parts(files, settings.batch_max_bytes):
        sent = [Sent(path.name, content_of(path, settings.batch_max_bytes)) for path in some]
        wishes = Wishes(orders.country, orders.is_trial)
        for new in new_batches(sent, wishes, bounds, limits_of(settings)):
            whole = new
            if new.kind is BatchKind.LIST and new.mapping:
                named = _named(installation, new.files[0].content, new.mapping, orders)
                whole = replace(new, mapping=named)
            yield _store(installation, whole, orders)


def _parts(files: Sequence[Path], most_bytes: int) -> Iterator[list[Path]]:
    part: list[Path] = []
    size = 0
    for path in files:
        bytes_here = path.stat().st_size
        if part and size + bytes_here > most_bytes:
            yield part
            part, size = [], 0
        part.append(path)
        size += bytes_here
    yield part


def _named(
    installation: Installation, content: bytes, proposed: ListMapping, orders: _Orders
) -> ListMapping:
    """Return what the columns are about: as proposed, and as told; say what is left out."""
    most = installation.settings.upload_max_bytes
    table = table_for(open_sheets(content, proposed, most_bytes=most), proposed)
    said = dict(proposed.columns)
    for heading, target in orders.columns.items():
        said[_column(table, heading)] = target
    if set(range(len(table.header))) - said.keys():
        tell("Columns and what they are taken for; name the others with --map or --mapping:")
        for at in range(len(table.header)):
            tell(f"  {table.label(at)} = {said.get(at, '(left out)')}")
        tell(f"Fields: {', '.join(_fields())}.")
    return checked(table, replace(proposed, columns=tuple(sorted(said.items()))))


def _fields() -> list[str]:
    from roster.ingest.lists.columns import ListField  # noqa: PLC0415 -- only to name them.

    return [
        "language:CODE" if field is ListField.LANGUAGE else str(Target(field))
        for field in ListField
    ]


def _column(table: Table, heading: str) -> int:
    for at in range(len(table.header)):
        if table.label(at).casefold() == heading.casefold():
            return at
    known = ", ".join(table.label(at) for at in range(len(table.header)))
    raise InvalidInput(f"The list has no column '{heading}'. It has: {known}.")


def _store(installation: Installation, new: batches.NewBatch, orders: _Orders) -> UUID:
    with installation.work() as session:
        actor = actor_for(session, orders.facility)
        begun = unfinished_like(session, actor, batches.digests_of(new), new.country, new.is_trial)
        if begun is not None:
            tell("Going on where the last run stopped.")
            return begun
        kept = batches.store_batch(
            session, actor, new, vault=installation.vault, clock=installation.clock
        )
        if kept.kind is BatchKind.LIST:
            batches.start(
                session, actor, kept.id, is_trial=orders.is_trial, clock=installation.clock
            )
        return kept.id


def _work(installation: Installation, batch_id: UUID, orders: _Orders) -> Counter[str]:
    with installation.work() as session:
        actor = actor_for(session, orders.facility)
        items = all_items(session, actor, get_batch(session, actor, batch_id))
    waiting = sum(item.outcome is BatchOutcome.WAITING for item in items)
    settings = installation.settings
    means = Means(
        installation.engine,
        installation.vault,
        installation.clock,
        settings.upload_max_bytes,
        limits_of(settings),
    )
    with typer.progressbar(length=max(waiting, 1), label="Reading CVs", file=sys.stderr) as bar:

        def told(_: Settled) -> None:
            bar.update(1)

        run_batch(means, batch_id, told)
    return _told(installation, batch_id, orders)


def _told(installation: Installation, batch_id: UUID, orders: _Orders) -> Counter[str]:
    """Print what became of each file or row; return how many of each."""
    with installation.work() as session:
        actor = actor_for(session, orders.facility)
        batch = get_batch(session, actor, batch_id)
        items = all_items(session, actor, batch)
    if batch.problem:
        raise InvalidInput(batch.problem)
    results = [(item, _result(installation, item, orders)) for item in items]
    head = "Row" if batch.kind is BatchKind.LIST else "File"
    rows = [(item.file_name or item.place, word, item.reason or "") for item, word in results]
    say_table((head, "Result", "Why"), rows)
    for item, word in results:
        if word == WORDS[BatchOutcome.REFUSED]:
            tell(f"{item.file_name}: {item.reason}" if item.file_name else str(item.reason))
    if orders.is_trial:
        tell("A trial: nothing was changed.")
    return Counter(word for _, word in results)


def _result(installation: Installation, item: BatchItemView, orders: _Orders) -> str:
    sure_enough = (BatchOutcome.READ, BatchOutcome.NEEDS_LOOK, BatchOutcome.ALREADY_THERE)
    wanted = orders.confirm and item.outcome in sure_enough
    if not wanted or item.document_id is None or item.document_state is not DocumentState.READ:
        return WORDS[item.outcome]
    try:
        with installation.work() as session:
            confirmations.confirm_cv(
                session,
                actor_for(session, orders.facility),
                item.document_id,
                Confirmation(),
                clock=installation.clock,
            )
    except InvalidInput:
        return WORDS[BatchOutcome.NEEDS_LOOK]
    return CONFIRMED
