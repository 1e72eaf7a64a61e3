"""Commands about the personal data of one person."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from api.commands.console import FacilityOption, actor_for, is_interactive, opened, say
from roster.installation import erase as erase_everywhere
from roster.vocabulary import ErasureReason


def erase(
    expert_id: Annotated[UUID, typer.Argument(help="Id of the record, as in its address.")],
    reason: Annotated[ErasureReason, typer.Option("--reason", help="Why.")] = ErasureReason.ASKED,
    sure: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
    facility: FacilityOption = None,
) -> None:
    """Erase a person everywhere; it cannot be undone, and backups are erased when restored."""
    if is_interactive() and not sure:
        typer.confirm("Erase this person for good?", abort=True, err=True)
    with opened() as installation:
        with installation.work() as session:
            actor = actor_for(session, facility)
        erased = erase_everywhere(installation, actor, expert_id, reason=reason)
    rows = sum(erased.rows.values())
    say(f"The person was erased: {rows} rows besides those that hung on the record.")
