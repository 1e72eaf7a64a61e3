"""Two records of one person: asked, decided, merged by hand, parted again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Form
from fastapi.responses import HTMLResponse, Response

from roster import merges, records
from roster.errors import InvalidInput
from roster.policy import Permission
from roster.queries.experts import (
    ExpertFilter,
    expert_row,
    get_expert,
    list_experts,
    may_write,
)
from roster.queries.merges import likely_pairs, merge_rows, pair_of, proposal_rows
from roster.read import Paging, RecordPair
from web.access import Reader, ReaderDep, new_router, requires, see_other
from web.contexts.parts import Notice
from web.deps import respond
from web.presenters.merges import merges_page, same_page
from web.wording import marked

router = new_router()

_SHOWN, _FOUND = 25, 10
_WRITE = [requires(Permission.WRITE_EXPERTS)]
_DONE = {
    "merged": marked("The two records are one now. It can be undone below."),
    "different": marked("Written down: these are two people. Nobody is asked again."),
    "undone": marked("The two records are apart again, as they were."),
}
_BY_HAND = "said to be the same person by whoever keeps both records"


@router.get("/merges", dependencies=_WRITE)
def show_merges(reader: ReaderDep, done: str = "") -> HTMLResponse:
    """Show the questions that the reader may decide, and what was merged."""
    session, actor, tongue = reader.session, reader.actor, reader.tongue
    shown = (Notice("ok", tongue.word(_DONE[done])),) if done in _DONE else ()
    waiting = proposal_rows(session, actor, Paging(1, _SHOWN))
    _write_down(reader, [one.pair for one in waiting.items])
    page = merges_page(
        reader.frame(tongue.word("Same person"), "experts", shown),
        tongue,
        waiting,
        merge_rows(session, actor, Paging(1, _SHOWN)).items,
    )
    return respond(reader.request, "merges/list.html", page)


def _write_down(reader: Reader, pairs: Iterable[RecordPair]) -> None:
    """Record that data of both people of each pair were looked at."""
    seen = {one.id for pair in pairs for one in (pair.first, pair.second)}
    records.log_views(
        reader.session,
        reader.actor,
        sorted(seen),
        what="comparison",
        purpose="same person",
        at=reader.clock.now(),
    )


@router.post("/merges/proposals/{proposal_id}", dependencies=_WRITE)
def decide(
    reader: ReaderDep,
    proposal_id: UUID,
    decision: Annotated[Literal["same", "different"], Form()],
    keep: Annotated[UUID | None, Form()] = None,
) -> Response:
    """Say whether two records are one person."""
    same = decision == "same"
    merges.decide_proposal(
        reader.session, reader.actor, proposal_id, same=same, keep_id=keep, clock=reader.clock
    )
    return see_other(f"/merges?done={'merged' if same else 'different'}")


@router.post("/merges/{merge_id}/undo", dependencies=_WRITE)
def undo(reader: ReaderDep, merge_id: UUID) -> Response:
    """Part two records again."""
    merges.undo_merge(reader.session, reader.actor, merge_id, clock=reader.clock)
    return see_other("/merges?done=undone")


@router.get("/experts/{expert_id}/same", dependencies=_WRITE)
def ask_same(reader: ReaderDep, expert_id: UUID) -> HTMLResponse:
    """Show people who may be the same as this one, among those whom the reader keeps."""
    return _same(reader, expert_id, "")


@router.post("/experts/{expert_id}/same", dependencies=_WRITE)
def search_same(
    reader: ReaderDep, expert_id: UUID, q: Annotated[str, Form(max_length=200)] = ""
) -> HTMLResponse:
    """Search by name; sent in the body, so that no name stands in an address or a log."""
    return _same(reader, expert_id, q.strip())


def _same(reader: Reader, expert_id: UUID, query: str) -> HTMLResponse:
    session, actor, tongue = reader.session, reader.actor, reader.tongue
    own = expert_row(get_expert(session, actor, expert_id, Permission.WRITE_EXPERTS))
    if query:
        found = list_experts(session, actor, ExpertFilter(name=query), Paging(1, _FOUND)).items
        pairs = tuple(
            pair_of(session, actor, expert_id, one.id)
            for one in found
            if one.id != expert_id and may_write(session, actor, one.id)
        )
    else:
        pairs = likely_pairs(session, actor, expert_id)
    _write_down(reader, pairs)
    frame = reader.frame(tongue.word("Same person"), "experts")
    page = same_page(frame, tongue, own, pairs, query=query)
    return respond(reader.request, "merges/same.html", page)


@router.post("/experts/{expert_id}/same/{other_id}", dependencies=_WRITE)
def merge(
    reader: ReaderDep, expert_id: UUID, other_id: UUID, keep: Annotated[UUID, Form()]
) -> Response:
    """Let one of two records take in the other."""
    if keep not in (expert_id, other_id):
        raise InvalidInput("Keep one of the two records that are compared.")
    absorb = other_id if keep == expert_id else expert_id
    merges.merge_records(
        reader.session, reader.actor, keep, absorb, reason=_BY_HAND, clock=reader.clock
    )
    return see_other(f"/experts/{keep}?done=merged")
