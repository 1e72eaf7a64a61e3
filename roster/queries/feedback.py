"""What was said, added up: by question and audience, for an activity, an Action, a facility.

Fewer than three answers make no mean, invented answers are never counted with real ones, and
answers about a named person are counted apart, in `ratings_of`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from roster.policy import Actor, Permission, visible_actions
from roster.queries.experts import get_expert
from roster.queries.facilities import rules_of
from roster.queries.inquiries import inquiries
from roster.read.feedback import (
    AudienceResult,
    FeedbackResults,
    InquiryView,
    Question,
    QuestionResult,
    RatingsView,
    SaidText,
)
from roster.tables import Action, Deployment, Feedback, Finding
from roster.vocabulary import Audience, Origin, QuestionKind

LEAST_ANSWERS = 3
"""Below so many answers no mean is shown: it would be what one or two people said."""
_SCALE = (1, 2, 3, 4, 5)


def results(
    session: Session,
    actor: Actor,
    *,
    action_id: UUID | None = None,
    lineage: UUID | None = None,
) -> FeedbackResults:
    """Return what was said of an activity (`lineage`), of an Action, or in the whole facility."""
    sent = [
        one
        for one in inquiries(session, actor, action_id)
        if lineage is None or one.lineage == lineage
    ]
    real = [one for one in sent if one.origin is not Origin.SYNTHETIC]
    is_synthetic = bool(sent) and not any(one.answered for one in real)
    counted = sent if is_synthetic else real
    answers = _answers(session, [one.id for one in counted])
    marked = _marked(session, [one.id for rows in answers.values() for one in rows])
    by_audience: dict[Audience, list[InquiryView]] = defaultdict(list)
    for one in counted:
        by_audience[one.questionnaire.audience].append(one)
    return FeedbackResults(
        audiences=tuple(
            _audience(audience, by_audience[audience], answers, marked)
            for audience in Audience
            if audience in by_audience
        ),
        actions=len({one.action_id for one in counted}),
        is_synthetic=is_synthetic,
    )


def ratings_of(session: Session, actor: Actor, expert_id: UUID) -> RatingsView | None:
    """Return what others said of a person's work; None where the facility rates nobody.

    Raises
    ------
    NotFound
        The actor may not know of the person.
    """
    get_expert(session, actor, expert_id)
    rules = rules_of(session, actor.facility_id)
    if not rules.rates_people:
        return None
    rows = session.exec(
        select(Feedback)
        .join(Deployment, col(Deployment.id) == col(Feedback.deployment_id))
        .where(Deployment.expert_id == expert_id, Feedback.facility_id == actor.facility_id)
        .order_by(col(Feedback.created_at), col(Feedback.id))
    ).all()
    others = [one for one in rows if one.rater != Audience.EXPERT]
    enough = len(others) >= rules.least_raters
    questions = _asked_of_people(session, actor) if enough else ()
    return RatingsView(
        expert_id=expert_id,
        raters=len(others),
        least_raters=rules.least_raters,
        mean=mean_rating(others) if enough else None,
        questions=tuple(_scale(one, [row.scores for row in others]) for one in questions),
        notes=tuple(one.text for one in rows if one.rater == Audience.EXPERT and one.text),
    )


def mean_rating(rows: Sequence[Feedback]) -> float | None:
    """Return the mean of all scores in answers about one person; None where there are none."""
    scores = [score for row in rows for score in row.scores.values() if score in _SCALE]
    return fmean(scores) if scores else None


def _asked_of_people(session: Session, actor: Actor) -> tuple[Question, ...]:
    found = {
        question.code: question
        for one in inquiries(session, actor)
        for question in one.questionnaire.questions
        if question.about_person
    }
    return tuple(found.values())


def _answers(session: Session, inquiry_ids: Sequence[UUID]) -> dict[UUID, list[Feedback]]:
    rows = session.exec(
        select(Feedback)
        .where(col(Feedback.inquiry_id).in_(inquiry_ids), col(Feedback.deployment_id).is_(None))
        .order_by(col(Feedback.id))
    )
    found: dict[UUID, list[Feedback]] = defaultdict(list)
    for row in rows:
        if row.inquiry_id is not None:
            found[row.inquiry_id].append(row)
    return found


def _marked(session: Session, feedback_ids: Sequence[UUID]) -> frozenset[UUID]:
    rows = session.exec(
        select(Finding.feedback_id).where(col(Finding.feedback_id).in_(feedback_ids))
    )
    return frozenset(one for one in rows if one is not None)


def _audience(
    audience: Audience,
    sent: Sequence[InquiryView],
    answers: Mapping[UUID, Sequence[Feedback]],
    marked: frozenset[UUID],
) -> AudienceResult:
    questions: dict[str, Question] = {}
    for inquiry in sent:  # The newest first: a question reads as it was last asked.
        for question in inquiry.questionnaire.questions:
            if not question.about_person:
                questions.setdefault(question.code, question)
    said = [(inquiry, row) for inquiry in sent for row in answers.get(inquiry.id, ())]
    rows = [row for _, row in said]
    return AudienceResult(
        audience=audience,
        asked=sum(max(one.asked, one.answered) for one in sent),
        answered=len(rows),
        questions=tuple(
            _result(question, rows)
            for question in questions.values()
            if question.kind is not QuestionKind.TEXT
        ),
        texts=tuple(
            SaidText(
                feedback_id=row.id,
                question=question,
                text=str(row.answers[question.code]),
                action_code=inquiry.action_code,
                action_name=inquiry.action_name,
                activity=inquiry.activity,
                is_marked=row.id in marked,
                lineage=inquiry.lineage,
            )
            for question in questions.values()
            if question.kind is QuestionKind.TEXT
            for inquiry, row in said
            if row.answers.get(question.code)
        ),
    )


def _result(question: Question, rows: Sequence[Feedback]) -> QuestionResult:
    if question.kind is QuestionKind.SCALE:
        return _scale(question, [row.scores for row in rows])
    chosen = Counter(row.answers.get(question.code) for row in rows)
    counts = tuple(chosen[one.code] for one in question.choices)
    enough = sum(counts) >= LEAST_ANSWERS
    return QuestionResult(question, sum(counts), None, counts if enough else None)


def _scale(question: Question, scores: Iterable[Mapping[str, Any]]) -> QuestionResult:
    given = [one[question.code] for one in scores if one.get(question.code) in _SCALE]
    if len(given) < LEAST_ANSWERS:
        return QuestionResult(question, len(given), None, None)
    counts = Counter(given)
    return QuestionResult(
        question, len(given), fmean(given), tuple(counts[step] for step in _SCALE)
    )


def actions_with_feedback(session: Session, actor: Actor) -> tuple[tuple[str, str, int], ...]:
    """Return the Actions that something was said of: code, name and number of answers."""
    rows = session.exec(
        select(Action.code, Action.name, Feedback.id)
        .join(Feedback, col(Feedback.action_id) == col(Action.id))
        .where(visible_actions(actor, Permission.READ_FEEDBACK))
        .where(col(Feedback.deployment_id).is_(None))
        .order_by(col(Action.name), col(Action.code))
    )
    counts = Counter((code, name) for code, name, _ in rows)
    return tuple((code, name, count) for (code, name), count in counts.items())
