"""People on the roster: their standing, their calendar, and what somebody knows beside the CV."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlmodel import Session

from roster import records
from roster.dates import PartialDate
from roster.errors import Conflict, InvalidInput, NotFound, RecordMerged
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.experts import get_expert, get_record, visible_ids
from roster.queries.merges import took_in
from roster.read import ExpertRecord, Unavailability
from roster.serial import to_json
from roster.tables import Expert, Fact
from roster.vocabulary import ExpertStatus, FactKind, FactStatus


def open_record(
    session: Session, actor: Actor, expert_id: UUID, *, purpose: str, clock: Clock
) -> ExpertRecord:
    """Return all that is held on a person, and write down that it was looked at.

    Raises
    ------
    NotFound, NotAllowed
    RecordMerged
        It went into another record, which the actor may see: the error says which.
    """
    require(actor, Permission.READ_EXPERTS)
    _lead_on(session, actor, expert_id)
    record = get_record(session, actor, expert_id)
    records.log_views(session, actor, [expert_id], what="record", purpose=purpose, at=clock.now())
    return record


def _lead_on(session: Session, actor: Actor, expert_id: UUID) -> None:
    if get_expert(session, actor, expert_id).status is not ExpertStatus.MERGED:
        return
    following = took_in(session, expert_id)
    if following is None or following not in visible_ids(session, actor, Permission.READ_EXPERTS):
        raise NotFound(
            "This record went into one on a part of the roster that you cannot see. "
            "A coordinator can undo that."
        )
    raise RecordMerged("This record is part of another of the same person now.", following)


def set_status(
    session: Session, actor: Actor, expert_id: UUID, status: ExpertStatus, *, clock: Clock
) -> Expert:
    """Pause a person, bring her back, or let her go.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        A draft cannot be made active: its CV has to be confirmed first.
    """
    require(actor, Permission.WRITE_EXPERTS)
    expert = get_expert(session, actor, expert_id, Permission.WRITE_EXPERTS)
    if ExpertStatus.MERGED in (expert.status, status):
        raise Conflict("Another record of the same person took this one in. Undo the merge first.")
    if ExpertStatus.RESTRICTED in (expert.status, status):
        raise Conflict("A restriction is written down, and lifted, by itself and with its reason.")
    if ExpertStatus.DRAFT in (expert.status, status):
        raise Conflict("Confirm the CV first: until then this person is not on the roster.")
    expert.status = status
    session.add(expert)
    records.refresh(session, [expert], clock.now())
    records.log_change(session, actor, expert, status.value, clock.now())
    return expert


def add_unavailability(
    session: Session,
    actor: Actor,
    expert_id: UUID,
    *,
    starts: date,
    ends: date,
    reason: str | None,
    clock: Clock,
) -> Expert:
    """Write that a person cannot travel from one day to another, both included.

    Raises
    ------
    NotFound, NotAllowed
    InvalidInput
        The last day lies before the first.
    """
    require(actor, Permission.WRITE_EXPERTS)
    expert = get_expert(session, actor, expert_id, Permission.WRITE_EXPERTS)
    if ends < starts:
        raise InvalidInput("The last day lies before the first. Correct one of them.")
    source = records.source_of(session, actor, expert)
    session.add(
        Fact(
            facility_id=expert.facility_id,
            origin=expert.origin,
            expert_id=expert.id,
            kind=FactKind.UNAVAILABILITY,
            value=to_json(Unavailability(reason=reason)),
            valid_from=PartialDate.of(starts),
            valid_to=PartialDate.of(ends),
            status=FactStatus.CONFIRMED,
            source_id=source.id,
            asserted_at=clock.now(),
            confirmed_by=actor.account_id,
            confirmed_at=clock.now(),
        )
    )
    records.refresh(session, [expert], clock.now())
    return expert
