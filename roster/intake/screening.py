"""The screening of a request: points of the facility's checklist, answered by people."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, select

from roster import records
from roster.errors import FieldError, InvalidInput
from roster.inputs.screening import CheckInput, ScreeningInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.facilities import rules_of
from roster.queries.requests import get_request
from roster.queries.screening import screening_of
from roster.read.screening import ScreeningView
from roster.request_path import require_alive
from roster.tables import AssistanceRequest, ScreeningCheck
from roster.vocabulary import ScreeningAnswer


def answer_checks(
    session: Session, actor: Actor, request_id: UUID, given: ScreeningInput, *, clock: Clock
) -> ScreeningView:
    """Answer points of the checklist; an answer given before is replaced.

    Raises
    ------
    NotFound, NotAllowed
    InvalidInput
        A point is not on the facility's checklist, or "unknown" comes without a note.
    Conflict
        The request was joined into another one or split.
    """
    require(actor, Permission.WRITE_REQUESTS)
    request = get_request(session, actor, request_id)
    require_alive(session, request)
    _refuse_wrong(given, rules_of(session, actor.facility_id).screening)
    now = clock.now()
    rows = session.exec(select(ScreeningCheck).where(ScreeningCheck.request_id == request.id))
    known = {row.item: row for row in rows}
    for check in given.checks:
        row = known.get(check.item) or _new(request, check)
        row.answer, row.note, row.by = check.answer, check.note, actor.account_id
        session.add(row)
    request.updated_at = now
    session.add(request)
    session.flush()
    items = [check.item for check in given.checks]
    records.log_change(session, actor, request, "screening_answered", now, items=items)
    return screening_of(session, request, now.date())


def _new(request: AssistanceRequest, check: CheckInput) -> ScreeningCheck:
    return ScreeningCheck(
        facility_id=request.facility_id,
        origin=request.origin,
        request_id=request.id,
        item=check.item,
        answer=check.answer,
    )


def _refuse_wrong(given: ScreeningInput, items: tuple[str, ...]) -> None:
    errors = []
    for number, check in enumerate(given.checks):
        if check.item not in items:
            known = ", ".join(items)
            words = f"This facility’s checklist has no such point. Choose one of: {known}."
            errors.append(FieldError(f"/checks/{number}/item", words))
        elif check.answer is ScreeningAnswer.UNKNOWN and not check.note:
            words = "Say in the note why it cannot be told yet."
            errors.append(FieldError(f"/checks/{number}/note", words))
    if errors:
        raise InvalidInput(errors[0].detail, tuple(errors))
