"""Commands about the audit."""

from __future__ import annotations

from typing import Annotated

import orjson
import typer

from api.commands.console import FacilityOption, actor_for, opened, say, tell
from roster import audit
from roster.errors import Conflict

audit_app = typer.Typer(help="What was done and seen, chained.", no_args_is_help=True)


@audit_app.command("seal")
def seal() -> None:
    """Put what was done and seen since the last time into the chain; the server does it, too."""
    from api.chores import seal_audit  # noqa: PLC0415 -- seconds, not for --help.

    with opened() as installation:
        sealed = seal_audit(installation)
    say(f"{sealed} links were added.")


@audit_app.command("verify")
def verify(
    head: Annotated[
        str, typer.Option("--head", help="A head noted earlier: it has to be in the chain still.")
    ] = "",
    facility: FacilityOption = None,
) -> None:
    """Check the whole chain, and print its head to be kept elsewhere."""
    with opened() as installation, installation.work() as session:
        report = audit.verify(session, actor_for(session, facility), known_head=head)
    for fault in report.faults:
        tell(f"Link {fault.seq}: {fault.why}.")
    say(f"{report.entries} links, {report.erased} erased, {report.waiting} not sealed yet.")
    say(f"Head: {report.head}")
    if report.faults:
        raise Conflict("The record of what was done was changed.")


@audit_app.command("export")
def export(facility: FacilityOption = None) -> None:
    """Write what was done and seen in a facility, a JSON object a line."""
    with opened() as installation, installation.work() as session:
        for row in audit.export(session, actor_for(session, facility)):
            say(orjson.dumps(row).decode())
