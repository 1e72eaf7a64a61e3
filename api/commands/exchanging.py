"""Commands that hand requests and Actions to another system, and take them in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from api.commands.console import (
    FacilityOption,
    JsonOption,
    actor_for,
    content_of,
    opened,
    say,
    say_json,
    say_table,
    tell,
)
from roster.errors import InvalidInput
from roster.exchange import transfer as exchange
from roster.exchange.transfer import Orders
from roster.exchange_format.fields import LOCALES
from roster.ingest.interchange import ExchangeFormat, read_file, tidy, written
from roster.installation import limits_of
from roster.queries.exchange import exported_rows
from roster.read.exchange import ExchangeKind, ExchangeResult, OnKnown, RowAct

exchange_app = typer.Typer(name="exchange", help="Requests and Actions out and in, as files.")


@exchange_app.command("export", epilog="Example: roster exchange export --format xlsx > all.xlsx")
def export_records(
    what: Annotated[
        list[ExchangeKind] | None, typer.Option("--what", help="One kind; all if left out.")
    ] = None,
    format: Annotated[ExchangeFormat, typer.Option("--format")] = ExchangeFormat.JSON,  # noqa: A002 -- as on the page.
    language: Annotated[str, typer.Option("--language", help="Of headings: en, fr, es, pt.")] = (
        "en"
    ),
    facility: FacilityOption = None,
) -> None:
    """Write requests, Actions and their activities to standard output; no person is in them."""
    kinds = list(dict.fromkeys(what or ExchangeKind))
    if language not in LOCALES:
        raise InvalidInput(f"Headings are written in {', '.join(LOCALES)}.")
    if format is ExchangeFormat.CSV and len(kinds) != 1:
        raise InvalidInput("A CSV file holds one kind: give --what requests, for example.")
    with opened() as installation, installation.work() as session:
        actor = actor_for(session, facility)
        rows = {kind: exported_rows(session, actor, kind) for kind in kinds}
    sys.stdout.buffer.write(written(rows, format, language))


@exchange_app.command(
    "import", epilog="Example: roster exchange import actions.xlsx --known update --try"
)
def import_records(
    path: Annotated[Path, typer.Argument(help="CSV, XLSX or JSON.")],
    known: Annotated[
        OnKnown, typer.Option("--known", help="What to do with codes that are here.")
    ] = OnKnown.SKIP,
    source: Annotated[
        str | None, typer.Option("--source", help="Which system it comes from; else the file.")
    ] = None,
    is_trial: Annotated[bool, typer.Option("--try", help="Predict, write nothing.")] = False,
    as_json: JsonOption = False,
    facility: FacilityOption = None,
) -> None:
    """Take requests and Actions in: all rows, or none where one cannot be taken.

    Ends with code 1 where a row was refused.
    """
    with opened() as installation, installation.work() as session:
        settings = installation.settings
        rows = read_file(
            content_of(path, settings.upload_max_bytes),
            path.name,
            most_bytes=settings.upload_max_bytes,
            limits=limits_of(settings),
        )
        orders = Orders(source or path.name, known, installation.clock.now(), is_trial, tidy)
        found = exchange.take_in(session, actor_for(session, facility), rows, orders)
    if as_json:
        from api.routers.reports import exchange_out  # noqa: PLC0415 -- loads FastAPI.

        say_json(exchange_out(found).model_dump(mode="json"))
    else:
        _say(found, is_trial=is_trial)
    if found.problems:
        raise typer.Exit(1)


def _say(found: ExchangeResult, *, is_trial: bool) -> None:
    say_table(("rows", "number"), [(act.value, str(found.count(act))) for act in RowAct])
    for one in found.problems:
        where = f", column {one.column}" if one.column else ""
        tell(f"{one.kind.value}, row {one.number}{where}: {one.detail}")
    if found.unread:
        tell(f"Not read, as no field is called so: {', '.join(found.unread)}.")
    if found.problems:
        say("Nothing was written: correct these rows and send the file again.")
    elif is_trial:
        say("This was a trial: nothing was written.")
