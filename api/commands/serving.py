"""Commands that run the product and look after its database."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from threading import Thread
from typing import TYPE_CHECKING, Annotated

import typer

from api import doctor as examination
from api.commands.console import (
    is_interactive,
    opened,
    progress,
    say,
    say_table,
    settings,
    tell,
)
from roster.db import open_engine, unit_of_work
from roster.errors import Conflict
from roster.migrations import current_revision, head_revision, upgrade
from roster.search_terms import make_all_findable
from roster.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from roster.installation import Installation


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; default ROSTER_HOST.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port; default ROSTER_PORT.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that answer; default ROSTER_WORKERS.")
    ] = None,
    jobs: Annotated[
        bool | None,
        typer.Option("--jobs/--no-jobs", help="Work too, or leave that to 'roster worker'."),
    ] = None,
    with_demo: Annotated[
        bool, typer.Option("--demo", help="Load the demonstration first, if it is not there.")
    ] = False,
) -> None:
    """Serve the pages and the API until stopped with Ctrl+C.

    The embedded database is brought to the newest schema first; a shared one only by 'migrate'.
    """
    given = {"host": host, "port": port, "workers": workers, "jobs": jobs}
    chosen = _prepared(given)
    free = examination.port(chosen.host, chosen.port)
    if not free.is_well:
        raise Conflict(f"{free.detail.capitalize()}. {free.mend}")
    if chosen.workers > 1:
        _serve_together(chosen, with_demo)
    else:
        _serve_alone(chosen, with_demo)


def _prepared(given: Mapping[str, object]) -> Settings:
    """Return the settings with what the command line said; the embedded database at its newest."""
    from api.logs import configure  # noqa: PLC0415 -- other commands need no server.

    chosen = settings()
    said = {name: value for name, value in given.items() if value is not None}
    chosen = chosen.model_copy(update=said)
    configure(chosen.log_level)
    _check_folder(chosen.data_dir)
    if chosen.is_embedded:
        _migrate(chosen)
    return chosen


def _check_folder(folder: Path) -> None:
    """Refuse a data folder that cannot be written, before anything is begun in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Conflict(
            f"Nothing was started: {folder} cannot be written ({error.strerror}). Mend the disk, "
            "make room, or set ROSTER_DATA_DIR to another folder; then start again."
        ) from error


def _serve_alone(chosen: Settings, with_demo: bool) -> None:
    from api.main import compile_pages, create_app  # noqa: PLC0415 -- only the server needs it.
    from api.processes import serve_alone  # noqa: PLC0415

    app = create_app(chosen)
    if with_demo:
        _load_demo(app.state.installation)
    _say_where(chosen)
    Thread(target=compile_pages, name="compile", daemon=True).start()
    serve_alone(app, chosen)


def _serve_together(chosen: Settings, with_demo: bool) -> None:
    from api.main import installed  # noqa: PLC0415 -- only the server needs it.
    from api.processes import serve_together  # noqa: PLC0415
    from api.schema_check import check_schema  # noqa: PLC0415

    with installed(chosen) as installation:
        check_schema(installation.engine)
        if with_demo:
            _load_demo(installation)
    _say_where(chosen)
    serve_together(chosen)


def _say_where(chosen: Settings) -> None:
    address = f"http://{chosen.host}:{chosen.port}"
    say(f"Serving at {address}  (API reference: {address}/api/docs). Stop with Ctrl+C.")
    sys.stdout.flush()


def worker(
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Port to say how it is; default ROSTER_WORKER_PORT."),
    ] = None,
) -> None:
    """Read files and do what is done by itself, beside 'serve', until stopped with Ctrl+C.

    Any number of workers share the work, on any number of hosts; where one ends, others go on with
    what it had begun. With a port it answers /healthz and /metrics there.
    """
    chosen = _prepared({"worker_port": port})
    from api.main import create_worker  # noqa: PLC0415 -- only the worker needs it.
    from api.processes import work_alone  # noqa: PLC0415

    app = create_worker(chosen)
    say("Working. Stop with Ctrl+C.")
    sys.stdout.flush()
    work_alone(app, chosen)


def _migrate(chosen: Settings) -> str:
    chosen.data_dir.mkdir(parents=True, exist_ok=True)
    engine = open_engine(chosen.url)
    try:
        upgrade(engine)
        with unit_of_work(engine) as session:
            make_all_findable(session)  # Records of before the search have no words yet.
        return current_revision(engine) or "none"
    finally:
        engine.dispose()


def migrate() -> None:
    """Bring the database to the newest schema; doing it twice changes nothing."""
    say(f"The database stands at schema {_migrate(settings())} (newest: {head_revision()}).")


def demo(
    reset: Annotated[
        bool, typer.Option("--reset", help="Empty the database first; asks before it does.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Load the demonstration: real facts of the facility, invented people, a sign-in per role.

    Loading it twice changes nothing. '--reset' refuses where real people stand in the database.
    """
    with opened() as installation:
        if reset and not yes:
            _ask_before_reset(installation.settings)
        _load_demo(installation, reset=reset)


def _load_demo(installation: Installation, *, reset: bool = False) -> None:
    from fixtures import demo as demonstration  # noqa: PLC0415 -- reads its data files.

    loaded = demonstration.load(installation, reset=reset)
    if loaded.people:
        say(
            f"Loaded {loaded.people} invented people, {loaded.actions} Actions, "
            f"{loaded.past_requests} past and {loaded.open_requests} open requests."
        )
    else:
        say("The demonstration stands there already; nothing was changed.")
    say("Sign in with one of these, password " + demonstration.PASSWORD + ":")
    say_table(("address", "may"), [(one.email, one.says) for one in demonstration.SIGN_INS])


def _ask_before_reset(chosen: Settings) -> None:
    where = (
        "the embedded database in " + str(chosen.data_dir) if chosen.is_embedded else "the database"
    )
    tell(f"This deletes everything in {where}: people, CVs, requests, rankings, accounts, logs.")
    if not is_interactive():
        raise Conflict("Nothing was deleted: nobody can be asked here. Add --yes to go ahead.")
    typer.confirm("Delete it all and load the demonstration?", abort=True, err=True)


def index() -> None:
    """Read everybody anew into the index of the ranking, and keep it for the next start.

    Needed after a change of a word list or a new version only if a first ranking must not wait:
    'serve' keeps its index current by itself, in the background, while it already answers.
    """
    with opened() as installation:
        from api.index import LiveRanker  # noqa: PLC0415 -- loaded by then, not for --help.

        ranker = installation.ranker
        if isinstance(ranker, LiveRanker):
            with progress("Reading records") as tell_read:
                ranker.rebuild(tell_read)
            with progress("Comparing by meaning") as tell_encoded:
                ranker.encode(tell_encoded)
        say(f"{len(ranker)} people are in the index.")


def tidy() -> None:
    """Delete what was kept for a time that is over: originals of CVs, files nobody took in.

    'serve' does the same every hour.
    """
    from api.chores import tidy as delete_due  # noqa: PLC0415 -- seconds, not for --help.

    with opened() as installation:
        deleted = delete_due(installation)
    say(f"Deleted {deleted.originals} originals and {deleted.waiting} files that waited.")


def doctor() -> None:
    """Say what is missing on this machine, and the command that mends it."""
    findings = examination.examine(settings())
    say(examination.report(findings))
    missing = Counter(one.needed for one in findings if not one.is_well)
    if missing[examination.Needed.RUNNING]:
        raise typer.Exit(code=1)


@contextmanager
def _application() -> Iterator[FastAPI]:
    """Build the application without serving it."""
    from api.main import build_app, installed  # noqa: PLC0415 -- seconds, not for --help.

    with installed(settings()) as installation:
        yield build_app(installation)


def openapi() -> None:
    """Print the OpenAPI document of the API, as it is kept in docs/openapi.json."""
    with _application() as app:
        from api.openapi import as_text  # noqa: PLC0415 -- loaded by then.

        typer.echo(as_text(app), nl=False)


def routes() -> None:
    """List every address of the API with the permission that it needs."""
    with _application() as app:
        from api.openapi import operations  # noqa: PLC0415 -- loaded by then.

        rows = [(one.method, one.path, one.rule or "NO RULE") for one in operations(app)]
        say_table(("method", "path", "permission"), rows)
