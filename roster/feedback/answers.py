"""What comes back: once per person or device, kept without a name."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from sqlmodel import Session, col, func, select

from roster import records
from roster.errors import Conflict, FieldError, InvalidInput, NotFound
from roster.feedback.ratings import keep_ratings
from roster.inputs.feedback import AnswersInput
from roster.policy import Actor, Permission
from roster.ports import Clock
from roster.queries.inquiries import sheet
from roster.read.feedback import AnswerSheet, Question
from roster.tables import Activity, ActivityPlan, Deployment, Feedback, Guest, Inquiry
from roster.vocabulary import Audience, PlanStatus, QuestionKind, Role

CLOSED = "This questionnaire is closed. Thank you: nothing more is needed from you."
_MOST_OF_A_ROOM = 1_000


def sheet_of_guest(session: Session, guest: Guest) -> AnswerSheet:
    """Return what the holder of a link is asked, with what she said before.

    Raises
    ------
    NotFound
        The link leads to no questionnaire, or it was closed.
    """
    inquiry = _open_inquiry(session, guest)
    earlier = None if inquiry.asked is not None else _by_guest(session, inquiry, guest)
    return sheet(session, inquiry, earlier)


def answer_as_guest(
    session: Session,
    guest: Guest,
    actor: Actor,
    given: AnswersInput,
    *,
    once: UUID,
    clock: Clock,
) -> Feedback:
    """Keep what the holder of a link answers.

    A personal link keeps its last answer; a link for a room keeps one per form that was sent, so
    that pressing the button twice counts once.

    Parameters
    ----------
    once : of the form; the same form sent again is answered with what was kept

    Raises
    ------
    NotFound, InvalidInput
    Conflict
        A room has answered more often than can be.
    """
    inquiry = _open_inquiry(session, guest)
    if inquiry.asked is None:
        before = _by_guest(session, inquiry, guest)
        return _keep(session, actor, inquiry, given, before, guest=guest, clock=clock)
    before = session.get(Feedback, once)
    if before is not None:
        if before.inquiry_id != inquiry.id:
            raise InvalidInput("This form was sent before. Open the link again.")
        return before
    count = session.exec(
        select(func.count()).select_from(Feedback).where(Feedback.inquiry_id == inquiry.id)
    ).one()
    if count >= _MOST_OF_A_ROOM:
        raise Conflict("More answers came than people can be in a room. Ask for a new link.")
    return _keep(session, actor, inquiry, given, None, guest=guest, clock=clock, id_=once)


def sheet_of_account(session: Session, actor: Actor, inquiry_id: UUID) -> AnswerSheet:
    """Return what somebody with an account is asked, with what she said before.

    Raises
    ------
    NotFound
        Nothing is asked of this account.
    """
    inquiry = _inquiry_for(session, actor, inquiry_id)
    return sheet(session, inquiry, _by_account(session, inquiry, actor))


def answer_as_account(
    session: Session, actor: Actor, inquiry_id: UUID, given: AnswersInput, *, clock: Clock
) -> Feedback:
    """Keep what an officer or an expert answers in the product; her last answer counts.

    Raises
    ------
    NotFound, InvalidInput
    """
    inquiry = _inquiry_for(session, actor, inquiry_id)
    before = _by_account(session, inquiry, actor)
    return _keep(session, actor, inquiry, given, before, clock=clock)


def _open_inquiry(session: Session, guest: Guest) -> Inquiry:
    inquiry = session.get(Inquiry, guest.inquiry_id) if guest.inquiry_id else None
    if inquiry is None or inquiry.closed_at is not None:
        raise NotFound(CLOSED)
    return inquiry


def _inquiry_for(session: Session, actor: Actor, inquiry_id: UUID) -> Inquiry:
    """Return an open inquiry that asks this account: an officer's, or an expert's who went."""
    inquiry = session.get(Inquiry, inquiry_id)
    missing = NotFound("There is no questionnaire here that asks you.")
    if inquiry is None or inquiry.facility_id != actor.facility_id:
        raise missing
    if inquiry.closed_at is not None:
        raise NotFound(CLOSED)
    audience = sheet(session, inquiry).inquiry.questionnaire.audience
    if audience is Audience.OFFICER and actor.may(Permission.WRITE_FEEDBACK):
        return inquiry
    if audience is Audience.EXPERT and _went(session, actor, inquiry):
        return inquiry
    raise missing


def _went(session: Session, actor: Actor, inquiry: Inquiry) -> bool:
    own = [grant.expert_id for grant in actor.grants if grant.role is Role.EXPERT]
    query = select(Deployment.id).where(
        Deployment.action_id == inquiry.action_id, col(Deployment.expert_id).in_(own)
    )
    if inquiry.lineage is not None:
        query = query.where(Deployment.lineage == inquiry.lineage)
    return session.exec(query).first() is not None


def _by_guest(session: Session, inquiry: Inquiry, guest: Guest) -> Feedback | None:
    return session.exec(
        select(Feedback).where(
            Feedback.inquiry_id == inquiry.id,
            Feedback.guest_id == guest.id,
            col(Feedback.deployment_id).is_(None),
        )
    ).first()


def _by_account(session: Session, inquiry: Inquiry, actor: Actor) -> Feedback | None:
    return session.exec(
        select(Feedback).where(
            Feedback.inquiry_id == inquiry.id,
            Feedback.by == actor.account_id,
            col(Feedback.deployment_id).is_(None),
        )
    ).first()


def _keep(
    session: Session,
    actor: Actor,
    inquiry: Inquiry,
    given: AnswersInput,
    before: Feedback | None,
    *,
    clock: Clock,
    guest: Guest | None = None,
    id_: UUID | None = None,
) -> Feedback:
    asked = sheet(session, inquiry)
    check_answers(asked, given)
    row = before or Feedback(
        facility_id=inquiry.facility_id,
        origin=inquiry.origin,
        created_at=clock.now(),
        action_id=inquiry.action_id,
        activity_id=_present_activity(session, inquiry),
        lineage=inquiry.lineage,
        inquiry_id=inquiry.id,
        guest_id=guest.id if guest else None,
        rater=asked.inquiry.questionnaire.audience.value,
        by=actor.account_id,
        id=id_ or uuid4(),
    )
    row.scores = dict(given.scores)
    row.answers = {code: text for code, text in given.answers.items() if text}
    session.add(row)
    session.flush()
    if asked.about:
        keep_ratings(session, actor, row, given.ratings, clock.now(), is_new=before is None)
    act = "answered" if before is None else "answered_anew"
    records.log_change(session, actor, row, act, clock.now(), inquiry=inquiry.id)
    return row


def _present_activity(session: Session, inquiry: Inquiry) -> UUID | None:
    if inquiry.lineage is None:
        return None
    return session.exec(
        select(Activity.id)
        .join(ActivityPlan, col(ActivityPlan.id) == col(Activity.plan_id))
        .where(Activity.lineage == inquiry.lineage, ActivityPlan.status == PlanStatus.APPROVED)
        .order_by(col(ActivityPlan.version).desc())
    ).first()


def check_answers(asked: AnswerSheet, given: AnswersInput) -> None:
    """Refuse answers to what was not asked, unknown choices, and what is missing.

    Raises
    ------
    InvalidInput
        With one error per question.
    """
    questions = {one.code: one for one in asked.questions if not one.about_person}
    errors = [
        *_misplaced(questions, given),
        *(
            FieldError(f"/{one.code}", "Answer this question.")
            for one in questions.values()
            if one.required and not _is_answered(one, given)
        ),
        *_wrong_ratings(asked, given),
    ]
    if errors:
        raise InvalidInput("Some answers need a second look.", errors=tuple(errors))


def _misplaced(questions: Mapping[str, Question], given: AnswersInput) -> list[FieldError]:
    scales = {code for code, one in questions.items() if one.kind is QuestionKind.SCALE}
    choices = {
        code: {choice.code for choice in one.choices}
        for code, one in questions.items()
        if one.kind is QuestionKind.CHOICE
    }
    found = [
        FieldError(f"/{code}", "There is no such question on the scale.")
        for code in given.scores
        if code not in scales
    ]
    found += [
        FieldError(f"/{code}", "There is no such question to write to.")
        for code in given.answers
        if code in scales or code not in questions
    ]
    return found + [
        FieldError(f"/{code}", "Choose one of those listed.")
        for code, said in given.answers.items()
        if said and code in choices and said not in choices[code]
    ]


def _is_answered(question: Question, given: AnswersInput) -> bool:
    if question.kind is QuestionKind.SCALE:
        return question.code in given.scores
    return bool(given.answers.get(question.code))


def _wrong_ratings(asked: AnswerSheet, given: AnswersInput) -> list[FieldError]:
    people = {one.deployment_id for one in asked.about}
    codes = {one.code for one in asked.questions if one.about_person}
    return [
        FieldError(f"/{deployment_id}", "This person is not rated here.")
        for deployment_id, scores in given.ratings.items()
        if deployment_id not in people or set(scores) - codes
    ]
