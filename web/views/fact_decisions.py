"""One fact that was read in a CV: said to be right or not so, and taken back."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Form
from fastapi.responses import Response

from roster import fact_decisions
from roster.errors import Conflict
from roster.policy import Permission
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.contexts.parts import Notice
from web.views.experts import record_of

router = new_router()
Version = Annotated[str, Form(max_length=80)]
_WRITES = [requires(Permission.WRITE_EXPERTS)]


@router.post("/experts/{expert_id}/facts/{fact_id}/decision", dependencies=_WRITES)
def decide(
    reader: ReaderDep,
    expert_id: UUID,
    fact_id: UUID,
    verdict: Annotated[Literal["right", "wrong"], Form()],
    version: Version = "",
) -> Response:
    """Say whether a fact that waits is right."""
    try:
        fact_decisions.decide_fact(
            reader.session, reader.actor, fact_id, verdict, version, clock=reader.clock
        )
    except Conflict:
        return _refused(reader, expert_id)
    return _done(expert_id, fact_id)


@router.post("/experts/{expert_id}/facts/{fact_id}/undo", dependencies=_WRITES)
def undo(reader: ReaderDep, expert_id: UUID, fact_id: UUID, version: Version = "") -> Response:
    """Take back what was decided on a fact."""
    try:
        fact_decisions.undo_decision(
            reader.session, reader.actor, fact_id, version, clock=reader.clock
        )
    except Conflict:
        return _refused(reader, expert_id)
    return _done(expert_id, fact_id)


def _refused(reader: Reader, expert_id: UUID) -> Response:
    """Show what stands there now, with why nothing was changed."""
    reader.session.rollback()
    words = reader.tongue.word(
        "Nothing was changed: somebody decided on this since, or the person would have no name."
    )
    notices = (Notice("look", words),)
    return record_of(reader, expert_id, notices=notices, status=Conflict.status)


def _done(expert_id: UUID, fact_id: UUID) -> Response:
    return see_other(f"/experts/{expert_id}?fact={fact_id}#decisions")
