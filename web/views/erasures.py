"""Erasing a person, after a second word."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Form
from fastapi.responses import HTMLResponse, Response

from roster.installation import erase
from roster.policy import Permission
from roster.queries.experts import get_expert
from roster.vocabulary import ErasureReason
from web.access import ReaderDep, new_router, requires, see_other
from web.contexts.experts import ErasePage
from web.contexts.parts import Choice, FormField, Link
from web.deps import respond

router = new_router()

_RULE = [requires(Permission.ERASE_EXPERTS)]


@router.get("/experts/{expert_id}/erase", dependencies=_RULE)
def ask(reader: ReaderDep, expert_id: UUID) -> HTMLResponse:
    """Say what erasing means, and ask why."""
    tongue = reader.tongue
    expert = get_expert(reader.session, reader.actor, expert_id)
    words = {
        ErasureReason.ASKED: tongue.word("The person asked for it"),
        ErasureReason.OBJECTED: tongue.word("The person objects to being here"),
        ErasureReason.RETENTION: tongue.word("The time of keeping is over"),
        ErasureReason.MISTAKE: tongue.word("The record should never have been made"),
    }
    page = ErasePage(
        frame=reader.frame(tongue.word("Erase this person?"), section="experts"),
        name=expert.display_name,
        action=f"/experts/{expert_id}/erase",
        reason=FormField(
            "reason",
            tongue.word("Why"),
            "radios",
            choices=tuple(
                Choice(one.value, said, one is ErasureReason.ASKED) for one, said in words.items()
            ),
            required=True,
        ),
        stay=Link(tongue.word("Keep the record"), f"/experts/{expert_id}"),
    )
    return respond(reader.request, "experts/erase.html", page)


@router.post("/experts/{expert_id}/erase", dependencies=_RULE)
def erase_person(
    reader: ReaderDep, expert_id: UUID, reason: Annotated[ErasureReason, Form()]
) -> Response:
    """Erase the person everywhere."""
    erase(reader.installation, reader.actor, expert_id, reason=reason)
    return see_other("/experts?done=erased")
