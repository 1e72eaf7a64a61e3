"""Shortlists: people picked for a request, moved from stage to stage with a record of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from roster import records, stages, vacancies
from roster.errors import Conflict, FieldError, InvalidInput
from roster.inputs import ShortlistInput, StageInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.experts import get_expert
from roster.queries.rankings import outline_of
from roster.queries.requests import get_request
from roster.queries.shortlists import get_entry, moves_of
from roster.read import StageMove, Standing
from roster.tables import Expert, Release, ShortlistEntry, ShortlistEvent
from roster.telling.notices import require_informed
from roster.vocabulary import GONE_STAGES, ExpertStatus, Stage

REASONS: dict[Stage, tuple[str, ...]] = {
    Stage.DECLINED: ("no_time", "not_interested", "personal", "other"),
    Stage.NOT_AVAILABLE: ("other_mission", "leave", "workload", "other"),
    Stage.NOT_RELEASED: (
        "staff_shortage",
        "availability",
        "no_interest",
        "no_answer",
        "release_over",
        "other",
    ),
    Stage.NOT_SELECTED: ("better_fit", "balance", "authority_chose_other", "not_suitable", "other"),
}
"""Codes of reasons for leaving a list, by stage."""

PROPOSING = frozenset({Stage.PROPOSED, Stage.AGREED, Stage.DEPLOYED})
"""Stages for people only who were told that they are on the roster."""


def add_to_shortlist(
    session: Session, actor: Actor, request_id: UUID, given: ShortlistInput, *, clock: Clock
) -> ShortlistEntry:
    """Put a person on the shortlist of a request; adding the same person twice changes nothing.

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        The person has paused or withdrawn, or was never confirmed.
    """
    require(actor, Permission.WRITE_SHORTLIST)
    request = get_request(session, actor, request_id)
    expert = get_expert(session, actor, given.expert_id, Permission.RANK)
    if expert.status is not ExpertStatus.ACTIVE:
        raise Conflict(
            f"This person’s record is {expert.status.value}: nobody who is not active can be "
            "shortlisted. Ask the focal point to make the record active first."
        )
    found = session.exec(
        select(ShortlistEntry).where(
            ShortlistEntry.request_id == request.id, ShortlistEntry.expert_id == expert.id
        )
    ).first()
    if found is not None:
        return found
    ranked = _ranked(session, actor, given, request.id)
    entry = ShortlistEntry(
        facility_id=request.facility_id,
        origin=expert.origin,
        request_id=request.id,
        expert_id=expert.id,
        ranking_run_id=given.ranking_id if ranked else None,
        place=ranked.place if ranked else None,
        score=ranked.score if ranked else None,
        stage=Stage.SHORTLISTED,
        note=given.note,
        updated_at=clock.now(),
    )
    session.add(entry)
    session.flush()
    stages.log_move(session, actor, entry, None, at=entry.updated_at, note=given.note)
    return entry


def move_entry(
    session: Session, actor: Actor, entry_id: UUID, given: StageInput, *, clock: Clock
) -> ShortlistEntry:
    """Move a person to another stage; whoever leaves the list leaves with a reason.

    Raises
    ------
    NotFound, NotAllowed
    InvalidInput
        The reason is missing, or is none of those of the stage.
    Conflict
        The person was not told that a CV of hers is here, so nobody may propose her yet.
    """
    require(actor, Permission.WRITE_SHORTLIST)
    entry = get_entry(session, actor, entry_id)
    if given.stage in REASONS and given.reason not in REASONS[given.stage]:
        words = ", ".join(REASONS[given.stage])
        raise InvalidInput(
            "Say why the person leaves the list.",
            errors=(FieldError("/reason", f"Choose one of: {words}."),),
        )
    if entry.stage is given.stage:
        return entry
    if given.stage in PROPOSING:
        _require_proposable(session, entry)
    now = clock.now()
    stages.move(session, actor, entry, given.stage, at=now, reason=given.reason, note=given.note)
    if given.stage in GONE_STAGES:
        request = get_request(session, actor, entry.request_id)
        vacancies.leave(session, actor, request, entry.expert_id, at=now)
    return entry


def undo_move(
    session: Session, actor: Actor, entry_id: UUID, version: int, *, clock: Clock
) -> ShortlistEntry | None:
    """Put a person back to where she stood before the last move; None: she was new, and is off.

    The move and its undoing both stay in the record. Doing it twice changes nothing. A seat or a
    question that fell with the move is not brought back: others may have acted on it.

    Parameters
    ----------
    version : how many moves there were when the move was made

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        Somebody moved her since, or a release was asked for who would be taken off.
    """
    require(actor, Permission.WRITE_SHORTLIST)
    entry = get_entry(session, actor, entry_id)
    moves = moves_of(session, entry.id)
    if _is_undone(moves, version):
        return entry
    if len(moves) != version:
        raise Conflict("Somebody moved this person since. Look at where she stands now.")
    before, now = moves[-1].from_stage, clock.now()
    if before is None:
        _take_off(session, actor, entry, at=now)
        return None
    if before in PROPOSING:
        _require_proposable(session, entry)
    earlier = next((one for one in moves[-2::-1] if one.to_stage is before), None)
    reason = earlier.reason if earlier and before in REASONS else None
    stages.move(session, actor, entry, before, at=now, reason=reason)
    return entry


def _is_undone(moves: Sequence[StageMove], version: int) -> bool:
    """Whether the move that made this version was taken back right after."""
    if version < 1 or len(moves) != version + 1:
        return False
    made, after = moves[version - 1], moves[version]
    return (made.from_stage, made.to_stage) == (after.to_stage, after.from_stage)


def _take_off(session: Session, actor: Actor, entry: ShortlistEntry, *, at: datetime) -> None:
    asked = session.exec(
        select(Release.id).where(
            Release.request_id == entry.request_id, Release.expert_id == entry.expert_id
        )
    ).first()
    if asked is not None:
        raise Conflict(
            "A release was asked for this person: she leaves the list with a reason instead."
        )
    records.log_change(
        session,
        actor,
        entry,
        "taken_off",
        at,
        request=entry.request_id,
        expert=entry.expert_id,
    )
    for event in session.exec(select(ShortlistEvent).where(ShortlistEvent.entry_id == entry.id)):
        session.delete(event)
    session.flush()
    session.delete(entry)
    session.flush()


def _require_proposable(session: Session, entry: ShortlistEntry) -> None:
    require_informed(session, [entry.expert_id])
    if session.get_one(Expert, entry.expert_id).status is ExpertStatus.RESTRICTED:
        raise Conflict("This record is kept and not used: nobody may propose the person.")


def note_on_entry(
    session: Session,
    actor: Actor,
    entry_id: UUID,
    note: str,
    *,
    clock: Clock,
    before: str | None = None,
) -> ShortlistEntry:
    """Rewrite the note on a person of a shortlist.

    Parameters
    ----------
    before : the note that the writer saw; None where she overwrites whatever stands there

    Raises
    ------
    NotFound, NotAllowed
    Conflict
        Somebody else rewrote the note since.
    """
    require(actor, Permission.WRITE_SHORTLIST)
    entry = get_entry(session, actor, entry_id)
    if entry.note == note.strip():
        return entry
    if before is not None and before.strip() != entry.note:
        raise Conflict("The note was rewritten since you read it.")
    entry.note, entry.updated_at = note.strip(), clock.now()
    session.add(entry)
    records.log_change(session, actor, entry, "noted", entry.updated_at)
    return entry


def _ranked(
    session: Session, actor: Actor, given: ShortlistInput, request_id: UUID
) -> Standing | None:
    if given.ranking_id is None:
        return None
    stored = outline_of(session, actor, given.ranking_id)
    if stored.row.request_id != request_id:
        raise Conflict("That ranking was made for another request.")
    return next((one for one in stored.standings if one.expert_id == given.expert_id), None)
