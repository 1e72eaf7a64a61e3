"""The command `roster`: the composition root of the command line, thin.

Results go to standard output, everything else to standard error. It ends with 0 when all was done,
1 when something was refused or failed, 2 when the command itself was wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

import typer
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from api.commands import (
    accounts,
    auditing,
    backing_up,
    batching,
    console,
    evaluating,
    evaluating_outreach,
    evaluating_teams,
    exchanging,
    matching,
    models,
    people,
    planning,
    privacy,
    reading,
    serving,
)
from roster.errors import RosterError

_RUN, _PEOPLE, _NEEDS, _ADMIN = "Run", "People and CVs", "Requests", "Administration"
_MODEL = "The ranking model"

app = typer.Typer(
    name="roster",
    help="Who could go? A roster of public officials for migration governance, explained.",
    epilog="Settings come from the environment, as ROSTER_DATA_DIR and ROSTER_PORT; the README "
    "lists them. Begin with: roster demo, then roster serve.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(rich_help_panel=_RUN, epilog="Example: roster serve --port 8080 --workers 2")(
    serving.serve
)
app.command(rich_help_panel=_RUN, epilog="Example: roster worker --port 8001")(serving.worker)
app.command(rich_help_panel=_RUN, epilog="Example: roster demo --reset")(serving.demo)
app.command(rich_help_panel=_RUN)(serving.migrate)
app.command(rich_help_panel=_RUN)(serving.index)
app.command(rich_help_panel=_RUN)(serving.tidy)
app.command(rich_help_panel=_RUN)(serving.doctor)
app.command(
    rich_help_panel=_RUN,
    epilog="Examples: roster backup /backups; roster backup --verify /backups/roster-….zip",
)(backing_up.backup)
app.command(rich_help_panel=_RUN, epilog="Example: roster restore /backups/roster-….zip")(
    backing_up.restore
)
app.command(rich_help_panel=_PEOPLE, epilog="Example: roster read cvs/*.pdf --json")(reading.read)
app.command(
    rich_help_panel=_PEOPLE,
    epilog="Examples: roster ingest cvs/portugal more.zip --country PT --try; "
    "roster ingest experts.xlsx --country PT --map 'Quem=full_name'",
)(people.ingest)
app.command(
    rich_help_panel=_NEEDS,
    epilog="Examples: roster match --request letter.pdf --top 10; "
    "roster match --request REQ-2026-003 --weight country=2 --json",
)(matching.match)
app.command(
    "match-batch",
    rich_help_panel=_NEEDS,
    epilog="Examples: roster match-batch --out places.jsonl; "
    "roster match-batch --experts E.jsonl --requests R.jsonl --out run.jsonl --top 0 --workers 8",
)(batching.match_batch)
app.command(
    rich_help_panel=_NEEDS,
    epilog="Example: roster team --request letter.txt --mode triangular --size 3",
)(matching.team)
app.command(
    rich_help_panel=_NEEDS,
    epilog="Example: roster portfolio --from 2027-01-01 --until 2027-12-31 --deployments 2",
)(planning.portfolio)
app.add_typer(exchanging.exchange_app, rich_help_panel=_NEEDS)
evaluate_app = typer.Typer(name="evaluate", invoke_without_command=True)
evaluate_app.callback()(evaluating.evaluate)
evaluate_app.command()(evaluating_outreach.outreach)
evaluate_app.command()(evaluating_teams.teams)
app.add_typer(evaluate_app, rich_help_panel=_NEEDS)
app.command(rich_help_panel=_MODEL, epilog="Example: roster train --json")(models.train)
app.add_typer(models.model_app, name="model", rich_help_panel=_MODEL)
app.command(rich_help_panel=_MODEL)(models.replay)
app.command(rich_help_panel=_ADMIN, epilog="Example: roster openapi > docs/openapi.json")(
    serving.openapi
)
app.command(rich_help_panel=_ADMIN)(privacy.erase)
app.command("export-person", rich_help_panel=_ADMIN)(privacy.export_person)
app.command(rich_help_panel=_ADMIN)(privacy.restrict)
app.command(rich_help_panel=_ADMIN)(privacy.retention)
app.add_typer(privacy.privacy_app, name="privacy", rich_help_panel=_ADMIN)
app.add_typer(privacy.keys_app, name="keys", rich_help_panel=_ADMIN)
app.command(rich_help_panel=_ADMIN)(serving.routes)
app.add_typer(accounts.facility_app, name="facility", rich_help_panel=_ADMIN)
app.add_typer(accounts.account_app, name="account", rich_help_panel=_ADMIN)
app.add_typer(accounts.key_app, name="key", rich_help_panel=_ADMIN)
app.add_typer(auditing.audit_app, name="audit", rich_help_panel=_ADMIN)


def _say_version(wanted: bool) -> None:
    if not wanted:
        return
    try:
        typer.echo(f"roster {version('expert-roster')}")
    except PackageNotFoundError:
        typer.echo("roster, not installed: run from its source")
    raise typer.Exit


@app.callback()
def _root(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version."),
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def run(arguments: Sequence[str]) -> int:
    """Run one command; return its exit code. Bad input ends in words, never in a traceback."""
    try:
        app(list(arguments), prog_name="roster")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except RosterError as error:
        console.refusal(error)
    except OperationalError:
        console.tell(
            "The database does not answer or is busy. Check ROSTER_DATABASE_URL, then "
            "'roster doctor'."
        )
    except SQLAlchemyError as error:
        console.tell(f"The database cannot be used ({type(error).__name__}). Run 'roster doctor'.")
    except OSError as error:
        console.tell(f"{error.filename or 'A file'}: {error.strerror or 'cannot be used'}.")
    return 1


def main() -> None:
    """Run the command of this process."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
