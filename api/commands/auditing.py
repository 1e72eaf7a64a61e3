"""Commands about the audit."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import orjson
import typer

from api.commands.console import FacilityOption, actor_for, opened, say, say_table, tell
from api.commands.privacy import day_at
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


@audit_app.command("seen")
def seen(
    since: Annotated[str, typer.Option("--since", help="A day, or a moment with its zone.")],
    until: Annotated[str, typer.Option("--until", help="The first day after.")] = "",
    person: Annotated[UUID | None, typer.Option("--person", help="Id of a record.")] = None,
    account: Annotated[UUID | None, typer.Option("--account", help="Id of an account.")] = None,
    total: Annotated[bool, typer.Option("--total", help="Only how much each account saw.")] = False,
    facility: FacilityOption = None,
) -> None:
    """Say who saw whom since a day: what to know first when something got out."""
    with opened() as installation, installation.work() as session:
        found = list(
            audit.sightings(
                session,
                actor_for(session, facility),
                since=day_at(since),
                until=day_at(until) if until else None,
                expert_id=person,
                account_id=account,
            )
        )
    if total:
        people: dict[tuple[str, str], set[UUID]] = {}
        for one in found:
            people.setdefault((one.who, str(one.account_id)), set()).add(one.expert_id)
        rows = sorted((who, key, len(them)) for (who, key), them in people.items())
        say_table(("who", "account", "people"), rows)
        return
    head = ("at", "who", "person", "what", "purpose")
    say_table(
        head,
        [(one.at.isoformat(), one.who, one.expert_id, one.what, one.purpose) for one in found],
    )


@audit_app.command("export")
def export(facility: FacilityOption = None) -> None:
    """Write what was done and seen in a facility, a JSON object a line."""
    with opened() as installation, installation.work() as session:
        for row in audit.export(session, actor_for(session, facility)):
            say(orjson.dumps(row).decode())
