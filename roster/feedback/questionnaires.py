"""Questions in versions: a change makes a new one, so that answers keep those they answered."""

from __future__ import annotations

import re
from typing import Any

from sqlmodel import Session, select

from roster import records
from roster.errors import FieldError, InvalidInput
from roster.inputs.feedback import QuestionnaireInput
from roster.policy import Actor, Permission, require
from roster.ports import Clock
from roster.queries.questionnaires import present_row, questionnaire
from roster.read.feedback import Question, QuestionnaireView
from roster.serial import from_json, to_json
from roster.tables import Questionnaire

_CODE = re.compile(r"^[a-z][a-z0-9_]{0,59}$")


def change(
    session: Session, actor: Actor, code: str, given: QuestionnaireInput, *, clock: Clock
) -> Questionnaire:
    """Keep a new version of a questionnaire; the one before is asked no more.

    Raises
    ------
    NotFound, NotAllowed
    InvalidInput
        Its audience or occasion would change: answers of before could not be held against it.
    """
    require(actor, Permission.DECIDE_LESSONS)
    before = questionnaire(session, actor, code)
    if (given.audience, given.occasion) != (before.audience, before.occasion):
        words = "A questionnaire keeps its audience and its occasion. Copy it for another one."
        raise InvalidInput(words, errors=(FieldError("/audience", words),))
    row = _present(session, actor, before, clock)
    row.is_active = False
    session.add(row)
    return _keep(session, actor, code, row.version + 1, given, clock)


def copy(
    session: Session, actor: Actor, code: str, given: QuestionnaireInput, *, clock: Clock
) -> Questionnaire:
    """Keep a questionnaire under a code of its own.

    Raises
    ------
    NotAllowed
    InvalidInput
        The code is taken, or is none.
    """
    require(actor, Permission.DECIDE_LESSONS)
    if not _CODE.match(code):
        words = "A code has small letters, digits and underscores, and starts with a letter."
        raise InvalidInput(words, errors=(FieldError("/code", words),))
    if _is_taken(session, actor, code):
        words = "Another questionnaire has this code. Choose a different one."
        raise InvalidInput(words, errors=(FieldError("/code", words),))
    return _keep(session, actor, code, 1, given, clock)


def row_to_send(session: Session, actor: Actor, code: str, *, clock: Clock) -> Questionnaire:
    """Return the present version to send out; a shipped one is kept in the facility by this.

    Raises
    ------
    NotFound
    """
    return _present(session, actor, questionnaire(session, actor, code), clock)


def _is_taken(session: Session, actor: Actor, code: str) -> bool:
    from roster.reference import questions  # noqa: PLC0415 -- read by this check alone.

    if code in {one.code for one in questions.shipped()}:
        return True
    kept = session.exec(
        select(Questionnaire.id).where(
            Questionnaire.facility_id == actor.facility_id, Questionnaire.code == code
        )
    ).first()
    return kept is not None


def _present(
    session: Session, actor: Actor, view: QuestionnaireView, clock: Clock
) -> Questionnaire:
    row = present_row(session, actor, view.code)
    if row is not None:
        return row
    made = Questionnaire(
        facility_id=actor.facility_id,
        origin=actor.origin,
        created_at=clock.now(),
        code=view.code,
        version=view.version,
        title=view.title,
        audience=view.audience,
        occasion=view.occasion,
        questions=[to_json(one) for one in view.questions],
    )
    session.add(made)
    session.flush()
    return made


def _keep(
    session: Session,
    actor: Actor,
    code: str,
    version: int,
    given: QuestionnaireInput,
    clock: Clock,
) -> Questionnaire:
    made = Questionnaire(
        facility_id=actor.facility_id,
        origin=actor.origin,
        created_at=clock.now(),
        code=code,
        version=version,
        title=given.title,
        audience=given.audience,
        occasion=given.occasion,
        questions=_questions(given),
    )
    session.add(made)
    session.flush()
    act = "created" if version == 1 else "changed"
    records.log_change(session, actor, made, act, clock.now(), version=version)
    return made


def _questions(given: QuestionnaireInput) -> list[dict[str, Any]]:
    """Return the questions as they are stored, in the shape in which they are read back."""
    dumped = [one.model_dump(mode="json") for one in given.questions]
    for one in dumped:
        one["words"] = {code: words for code, words in one["words"].items() if words}
    return [to_json(from_json(Question, one)) for one in dumped]
