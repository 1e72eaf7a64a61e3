"""Findings: what evaluations, focus groups, reports, debriefs and feedback say of an Action."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session

from roster import records
from roster.errors import FieldError, InvalidInput, UnknownTerm
from roster.inputs.lessons import FindingInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.actions import action_row
from roster.queries.findings import get_finding
from roster.queries.inquiries import activities_of
from roster.reference import topics
from roster.tables import Action, Feedback, Finding
from roster.vocabulary import FindingSource, Origin


def record(
    session: Session, actor: Actor, code: str, given: FindingInput, *, clock: Clock
) -> Finding:
    """Write down one thing found about an Action.

    Raises
    ------
    NotFound, NotAllowed
    UnknownTerm
        A topic is in no list.
    InvalidInput
        The activity or the answer belongs to another Action.
    """
    require(actor, Permission.WRITE_FEEDBACK)
    action = action_row(session, actor, code, Permission.READ_FEEDBACK)
    _check(session, action, given)
    made = Finding(
        facility_id=action.facility_id,
        origin=Origin.SYNTHETIC if action.origin is Origin.SYNTHETIC else actor.origin,
        created_at=clock.now(),
        action_id=action.id,
        by=actor.account_id,
        kind=given.kind,
        source=given.source,
        is_strength=given.is_strength,
        text=given.text,
    )
    _fill(made, given)
    session.add(made)
    session.flush()
    records.log_change(session, actor, made, "created", clock.now(), action=action.id)
    return made


def change(
    session: Session, actor: Actor, finding_id: UUID, given: FindingInput, *, clock: Clock
) -> Finding:
    """Correct a finding.

    Raises
    ------
    NotFound, NotAllowed, UnknownTerm, InvalidInput
    """
    require(actor, Permission.WRITE_FEEDBACK)
    row = get_finding(session, actor, finding_id)
    action = session.get_one(Action, row.action_id)
    _check(session, action, given)
    _fill(row, given)
    session.add(row)
    records.log_change(session, actor, row, "changed", clock.now(), action=action.id)
    return row


def drop(session: Session, actor: Actor, finding_id: UUID, *, clock: Clock) -> None:
    """Take a finding out; lessons that rest on it keep their words.

    Raises
    ------
    NotFound, NotAllowed
    """
    require(actor, Permission.WRITE_FEEDBACK)
    row = get_finding(session, actor, finding_id)
    records.log_change(session, actor, row, "dropped", clock.now(), action=row.action_id)
    session.delete(row)


def _fill(row: Finding, given: FindingInput) -> None:
    row.kind, row.source, row.is_strength = given.kind, given.source, given.is_strength
    row.text, row.topics, row.reference = given.text, list(given.topics), given.reference
    row.lineage, row.feedback_id, row.found_on = given.lineage, given.feedback_id, given.found_on


def _check(session: Session, action: Action, given: FindingInput) -> None:
    unknown = [code for code in given.topics if not topics.is_topic(code)]
    if unknown:
        errors = tuple(FieldError("/topics", f"The topic “{one}” is not known.") for one in unknown)
        raise UnknownTerm(errors[0].detail, errors=errors)
    errors = tuple(_foreign(session, action, given))
    if errors:
        raise InvalidInput(errors[0].detail, errors=errors)


def _foreign(session: Session, action: Action, given: FindingInput) -> list[FieldError]:
    found = []
    if given.lineage and given.lineage not in activities_of(session, [action.id]):
        found.append(FieldError("/lineage", "This activity belongs to another Action."))
    answer = session.get(Feedback, given.feedback_id) if given.feedback_id else None
    if given.feedback_id and (answer is None or answer.action_id != action.id):
        found.append(FieldError("/feedback_id", "This answer belongs to another Action."))
    if (given.source is FindingSource.FEEDBACK) != bool(given.feedback_id):
        found.append(
            FieldError("/source", "A finding from feedback names the answer; no other one does.")
        )
    return found
