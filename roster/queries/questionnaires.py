"""Questionnaires of a facility: those it changed, and the shipped ones that it did not."""

from __future__ import annotations

from collections import Counter

from sqlmodel import Session, col, func, select

from roster.errors import NotFound
from roster.policy import Actor
from roster.read.feedback import Question, QuestionnaireView
from roster.reference import questions
from roster.serial import from_json
from roster.tables import Inquiry, Questionnaire
from roster.vocabulary import Audience, Occasion


def questionnaires(session: Session, actor: Actor) -> tuple[QuestionnaireView, ...]:
    """Return the present version of each questionnaire, the shipped ones first."""
    present = {row.code: row for row in _rows(session, actor) if row.is_active}
    counts = _counts(session, actor)
    shipped = [one.code for one in questions.shipped()]
    own = sorted(set(present) - set(shipped))
    return tuple(
        view_of(present[code], counts[str(present[code].id)]) if code in present else _shipped(code)
        for code in (*shipped, *own)
    )


def questionnaire(session: Session, actor: Actor, code: str) -> QuestionnaireView:
    """Return the present version of one questionnaire.

    Raises
    ------
    NotFound
    """
    found = next((one for one in questionnaires(session, actor) if one.code == code), None)
    if found is None:
        raise NotFound("There is no such questionnaire in this facility.")
    return found


def versions(session: Session, actor: Actor, code: str) -> tuple[QuestionnaireView, ...]:
    """Return every kept version of a questionnaire, the newest first."""
    counts = _counts(session, actor)
    rows = [row for row in _rows(session, actor) if row.code == code]
    return tuple(view_of(row, counts[str(row.id)]) for row in reversed(rows))


def present_row(session: Session, actor: Actor, code: str) -> Questionnaire | None:
    """Return the row of the present version; None where the shipped one was never touched."""
    rows = [row for row in _rows(session, actor) if row.code == code and row.is_active]
    return rows[-1] if rows else None


def view_of(row: Questionnaire, inquiries: int = 0) -> QuestionnaireView:
    """Return a stored questionnaire as others may see it."""
    return QuestionnaireView(
        id=row.id,
        code=row.code,
        version=row.version,
        title=row.title,
        audience=row.audience,
        occasion=row.occasion,
        questions=tuple(from_json(Question, one) for one in row.questions),
        inquiries=inquiries,
    )


def _shipped(code: str) -> QuestionnaireView:
    one = next(one for one in questions.shipped() if one.code == code)
    return QuestionnaireView(
        id=None,
        code=one.code,
        version=1,
        title=one.titles["en"],
        audience=Audience(one.audience),
        occasion=Occasion(one.occasion),
        questions=tuple(from_json(Question, question) for question in one.questions),
    )


def _rows(session: Session, actor: Actor) -> list[Questionnaire]:
    rows = session.exec(
        select(Questionnaire)
        .where(Questionnaire.facility_id == actor.facility_id)
        .order_by(col(Questionnaire.code), col(Questionnaire.version))
    )
    return list(rows)


def _counts(session: Session, actor: Actor) -> Counter[str]:
    rows = session.exec(
        select(Inquiry.questionnaire_id, func.count())
        .where(Inquiry.facility_id == actor.facility_id)
        .group_by(col(Inquiry.questionnaire_id))
    )
    return Counter({str(one): count for one, count in rows})
