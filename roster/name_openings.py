"""Reading a name that a list keeps back is a step of its own, written down."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from roster import records
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.experts import get_expert
from roster.queries.names import OPENED
from roster.queries.requests import get_request


def open_names(
    session: Session,
    actor: Actor,
    request_id: UUID,
    expert_ids: Sequence[UUID] | None,
    *,
    clock: Clock,
) -> None:
    """Let the actor read names in the lists of a request, and write that she opened them.

    Each person finds it among who looked at her record. The whole list is written once; each of
    its people finds it when she is shown by name.

    Parameters
    ----------
    expert_ids : whose; None is everybody in the lists of the request

    Raises
    ------
    NotAllowed, NotFound
    """
    require(actor, Permission.RANK)
    request = get_request(session, actor, request_id)
    at = clock.now()
    if expert_ids is None:
        records.log_change(session, actor, request, OPENED, at, expert=None)
        return
    for expert_id in dict.fromkeys(expert_ids):
        expert = get_expert(session, actor, expert_id, Permission.RANK)
        records.log_change(session, actor, request, OPENED, at, expert=expert.id)
    purpose = str(request_id)
    records.log_views(session, actor, expert_ids, what="name", purpose=purpose, at=at)
