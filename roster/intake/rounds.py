"""Application rounds and guidelines of a facility that takes requests in rounds."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.errors import Conflict, FieldError, InvalidInput
from roster.inputs.screening import GuidelinesInput, RoundInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.rounds import get_round, guidelines_of
from roster.tables import ApplicationRound, AssistanceRequest, Guidelines


def add_guidelines(
    session: Session, actor: Actor, given: GuidelinesInput, *, clock: Clock
) -> Guidelines:
    """Write a new version of the guidelines; earlier ones stay as they are.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.WRITE_ROUNDS)
    now = clock.now()
    newest = max((one.version for one in guidelines_of(session, actor)), default=0)
    made = Guidelines(
        facility_id=actor.facility_id,
        origin=actor.origin,
        created_at=now,
        version=newest + 1,
        title=given.title,
        text=given.text,
        approved_on=given.approved_on,
    )
    session.add(made)
    session.flush()
    records.log_change(session, actor, made, "created", now, version=made.version)
    return made


def open_round(
    session: Session, actor: Actor, given: RoundInput, *, clock: Clock
) -> ApplicationRound:
    """Set a round; requests received in it that belong to none fall into it at once.

    Raises
    ------
    NotAllowed
    InvalidInput
        The guidelines are not known.
    Conflict
        The name is taken, or another round covers some of its days.
    """
    require(actor, Permission.WRITE_ROUNDS)
    made = ApplicationRound(
        facility_id=actor.facility_id,
        origin=actor.origin,
        name=given.name,
        opens=given.opens,
        closes=given.closes,
    )
    _fill(session, actor, made, given)
    _written(session, actor, made, "created", clock.now())
    return made


def change_round(
    session: Session, actor: Actor, round_id: UUID, given: RoundInput, *, clock: Clock
) -> ApplicationRound:
    """Change a round; requests that fall outside its new days leave it, unless put there by choice.

    Raises
    ------
    NotFound, NotAllowed, InvalidInput, Conflict
        As for a new one.
    """
    require(actor, Permission.WRITE_ROUNDS)
    found = get_round(session, actor, round_id)
    _fill(session, actor, found, given)
    _written(session, actor, found, "changed", clock.now())
    return found


def _fill(session: Session, actor: Actor, made: ApplicationRound, given: RoundInput) -> None:
    _require_free(session, actor, given, but=made.id)
    known = {one.id for one in guidelines_of(session, actor)}
    if given.guidelines_id is not None and given.guidelines_id not in known:
        words = "There are no such guidelines in this facility. Choose one of the versions listed."
        raise InvalidInput(words, (FieldError("/guidelines_id", words),))
    made.name, made.opens, made.closes = given.name, given.opens, given.closes
    made.guidelines_id = given.guidelines_id


def _require_free(session: Session, actor: Actor, given: RoundInput, *, but: UUID) -> None:
    """Refuse a day that would belong to two rounds, and a name that two would have."""
    others = session.exec(
        select(ApplicationRound).where(
            ApplicationRound.facility_id == actor.facility_id, ApplicationRound.id != but
        )
    ).all()
    for other in others:
        if other.name == given.name:
            raise Conflict("Another round has this name already. Choose another name.")
        if other.opens <= given.closes and given.opens <= other.closes:
            raise Conflict(
                f"The round “{other.name}” covers some of these days already. "
                "Choose days outside of it, or change that round first."
            )


def _written(
    session: Session, actor: Actor, made: ApplicationRound, act: str, at: datetime
) -> None:
    session.add(made)
    session.flush()
    rows = session.exec(
        select(AssistanceRequest).where(
            AssistanceRequest.facility_id == actor.facility_id,
            col(AssistanceRequest.round_chosen).is_(False),
            (col(AssistanceRequest.round_id).is_(None))
            | (col(AssistanceRequest.round_id) == made.id),
            col(AssistanceRequest.received_on).is_not(None),
        )
    )
    for row in rows:
        inside = row.received_on is not None and made.opens <= row.received_on <= made.closes
        row.round_id = made.id if inside else None
        session.add(row)
    session.flush()
    records.log_change(session, actor, made, act, at)
