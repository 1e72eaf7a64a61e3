"""Telling people that they are on the roster, and one record for one person."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query
from pydantic import Field

from api.deps import ActorDep, ClockDep, InstallationDep, SessionDep, new_router, requires
from api.paging import Page, PageDep, page_out
from api.problems import problems
from api.schemas.experts import ExpertRowOut
from api.schemas.people import DecidedOut, LetterOut, MergeOut, MergeProposalOut, NoticeOut
from roster import merges, records
from roster.errors import Conflict, InvalidInput, NotFound
from roster.inputs import Input, Line
from roster.policy import Permission
from roster.queries.experts import expert_row
from roster.queries.merges import get_merge, proposal_row, proposal_rows
from roster.queries.notices import notice_row, notice_rows
from roster.telling import notices
from roster.vocabulary import NoticeKind, NoticeState

router = new_router("people")

_WRITE = [requires(Permission.WRITE_EXPERTS)]


class MergeDecision(Input):
    """Whether two records are one person."""

    decision: Literal["same", "different"]
    keep: UUID | None = Field(
        default=None, description="The record that stays; left out: the one that was there first"
    )


class MergeInput(Input):
    """The other record of the same person."""

    absorb: UUID = Field(description="It goes into the one of the address")
    reason: Line = Field(default="merged by another system", description="No value of either")


@router.get("/notices", dependencies=_WRITE, responses=problems())
def list_notices(
    session: SessionDep,
    actor: ActorDep,
    paging: PageDep,
    state: Annotated[list[NoticeState] | None, Query(description="All if left out")] = None,
) -> Page[NoticeOut]:
    """List the notices to people whose records the caller keeps, the oldest first."""
    states, kinds = tuple(state or NoticeState), (NoticeKind.CV_UPLOADED,)
    found = notice_rows(session, actor, states, paging, kinds)
    return page_out(found, NoticeOut.model_validate)


@router.get("/notices/{notice_id}", dependencies=_WRITE, responses=problems(NotFound))
def get_one_notice(notice_id: UUID, session: SessionDep, actor: ActorDep) -> NoticeOut:
    """Return one notice as it stands, without opening its letter."""
    return NoticeOut.model_validate(notice_row(session, actor, notice_id))


@router.get("/notices/{notice_id}/letter", dependencies=_WRITE, responses=problems(NotFound))
def open_letter(
    notice_id: UUID, session: SessionDep, actor: ActorDep, installation: InstallationDep
) -> LetterOut:
    """Return the letter with its personal link; that it was opened is written down."""
    letter = notices.open_letter(
        session,
        actor,
        notice_id,
        vault=installation.vault,
        clock=installation.clock,
        base_url=installation.settings.base_url,
    )
    return LetterOut.model_validate(letter)


@router.post(
    "/notices/{notice_id}/handed-over",
    dependencies=_WRITE,
    responses=problems(NotFound, Conflict),
)
def hand_over_notice(
    notice_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> NoticeOut:
    """Say that the letter reached the person; 409 where nobody opened it yet."""
    notices.hand_over(session, actor, notice_id, clock=clock)
    return NoticeOut.model_validate(notice_row(session, actor, notice_id))


@router.get("/merge-proposals", dependencies=_WRITE, responses=problems())
def list_merge_proposals(
    session: SessionDep, actor: ActorDep, paging: PageDep, clock: ClockDep
) -> Page[MergeProposalOut]:
    """List pairs of records that may be one person and that the caller may both change."""
    found = proposal_rows(session, actor, paging)
    seen = {side.id for one in found.items for side in (one.pair.first, one.pair.second)}
    records.log_views(
        session, actor, sorted(seen), what="comparison", purpose="same person", at=clock.now()
    )
    return page_out(found, MergeProposalOut.model_validate)


@router.get("/merge-proposals/{proposal_id}", dependencies=_WRITE, responses=problems(NotFound))
def get_merge_proposal(
    proposal_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> MergeProposalOut:
    """Return one pair of records that may be one person."""
    found = proposal_row(session, actor, proposal_id)
    ids = sorted((found.pair.first.id, found.pair.second.id))
    at = clock.now()
    records.log_views(session, actor, ids, what="comparison", purpose="same person", at=at)
    return MergeProposalOut.model_validate(found)


@router.post(
    "/merge-proposals/{proposal_id}",
    dependencies=_WRITE,
    responses=problems(NotFound, Conflict, InvalidInput),
)
def decide_merge_proposal(
    proposal_id: UUID, given: MergeDecision, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> DecidedOut:
    """Say whether two records are one person; if so, they become one."""
    decided = merges.decide_proposal(
        session,
        actor,
        proposal_id,
        same=given.decision == "same",
        keep_id=given.keep,
        clock=clock,
    )
    return DecidedOut(id=decided.id, decision=given.decision)


@router.post(
    "/experts/{expert_id}/merge",
    status_code=201,
    dependencies=_WRITE,
    responses=problems(NotFound, Conflict),
)
def merge_records(
    expert_id: UUID, given: MergeInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> MergeOut:
    """Let a record take in another of the same person; it can be undone."""
    merge = merges.merge_records(
        session, actor, expert_id, given.absorb, reason=given.reason, clock=clock
    )
    return MergeOut.model_validate(merge)


@router.get("/merges/{merge_id}", dependencies=_WRITE, responses=problems(NotFound))
def get_one_merge(merge_id: UUID, session: SessionDep, actor: ActorDep) -> MergeOut:
    """Return one merge of two records, by their ids."""
    return MergeOut.model_validate(get_merge(session, actor, merge_id)[0])


@router.post("/merges/{merge_id}/undo", dependencies=_WRITE, responses=problems(NotFound, Conflict))
def undo_merge(
    merge_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> ExpertRowOut:
    """Part two records again; answers the one that comes back."""
    parted = merges.undo_merge(session, actor, merge_id, clock=clock)
    return ExpertRowOut.model_validate(expert_row(parted))
