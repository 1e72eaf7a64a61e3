"""What is asked after activities, and what is said."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from sqlmodel import Session

from api.deps import (
    ActorDep,
    ClockDep,
    InstallationDep,
    SessionDep,
    new_router,
    path_of,
    requires,
)
from api.paging import PageDep, part_of
from api.problems import problems
from api.schemas.feedback import (
    AnsweredOut,
    FeedbackResultsOut,
    InquiriesOut,
    InquiryDetailOut,
    InquiryOut,
    InvitedPersonOut,
    QuestionnaireOut,
    QuestionnairesOut,
    RatingsOut,
)
from roster.errors import Conflict, InvalidInput, NotFound
from roster.feedback import answers, inquiries, questionnaires, ratings
from roster.inputs.feedback import (
    AnswersInput,
    InquiryInput,
    QuestionnaireInput,
    RatingNoteInput,
    Slug,
)
from roster.installation import Installation
from roster.policy import Actor, Permission
from roster.queries import feedback as said
from roster.queries import inquiries as sent
from roster.queries import questionnaires as asked
from roster.queries.actions import action_row
from roster.tables import Questionnaire

router = new_router("feedback")


@router.get(
    "/questionnaires", dependencies=[requires(Permission.READ_FEEDBACK)], responses=problems()
)
def list_questionnaires(session: SessionDep, actor: ActorDep) -> QuestionnairesOut:
    """List the present version of each questionnaire."""
    found = asked.questionnaires(session, actor)
    return QuestionnairesOut(items=[QuestionnaireOut.model_validate(one) for one in found])


@router.get(
    "/questionnaires/{code}",
    dependencies=[requires(Permission.READ_FEEDBACK)],
    responses=problems(NotFound),
)
def get_questionnaire(code: str, session: SessionDep, actor: ActorDep) -> QuestionnaireOut:
    """Return the present version of a questionnaire."""
    return QuestionnaireOut.model_validate(asked.questionnaire(session, actor, code))


@router.put(
    "/questionnaires/{code}",
    dependencies=[requires(Permission.DECIDE_LESSONS)],
    responses=problems(NotFound, InvalidInput),
)
def change_questionnaire(
    code: str, given: QuestionnaireInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> QuestionnaireOut:
    """Keep a new version; answers given so far keep the version they answered."""
    return _questionnaire(questionnaires.change(session, actor, code, given, clock=clock))


@router.post(
    "/questionnaires/{code}",
    status_code=201,
    dependencies=[requires(Permission.DECIDE_LESSONS)],
    responses=problems(InvalidInput),
)
def make_questionnaire(
    code: Slug,
    given: QuestionnaireInput,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    response: Response,
) -> QuestionnaireOut:
    """Keep a questionnaire under a new code."""
    made = questionnaires.copy(session, actor, code, given, clock=clock)
    response.headers["Location"] = path_of("questionnaires", made.code)
    return _questionnaire(made)


@router.get("/inquiries", dependencies=[requires(Permission.READ_FEEDBACK)], responses=problems())
def list_inquiries(
    session: SessionDep,
    actor: ActorDep,
    paging: PageDep,
    action: Annotated[str | None, Query(max_length=200, description="Code of an Action")] = None,
) -> InquiriesOut:
    """List what was sent out, the newest first."""
    of = action_row(session, actor, action, Permission.READ_FEEDBACK).id if action else None
    return InquiriesOut.model_validate(part_of(sent.inquiries(session, actor, of), paging))


@router.post(
    "/actions/{code}/inquiries",
    status_code=201,
    dependencies=[requires(Permission.WRITE_FEEDBACK)],
    responses=problems(NotFound, InvalidInput),
)
def send_inquiry(
    code: str,
    given: InquiryInput,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    installation: InstallationDep,
    response: Response,
) -> InquiryDetailOut:
    """Send a questionnaire out: a link to each person, or one for a room."""
    made = inquiries.send(session, actor, code, given, vault=installation.vault, clock=clock)
    response.headers["Location"] = path_of("inquiries", made.id)
    return _inquiry(session, actor, made.id, installation)


@router.get(
    "/inquiries/{inquiry_id}",
    dependencies=[requires(Permission.WRITE_FEEDBACK)],
    responses=problems(NotFound),
)
def get_inquiry(
    inquiry_id: UUID, session: SessionDep, actor: ActorDep, installation: InstallationDep
) -> InquiryDetailOut:
    """Return what was sent out, with the links to hand over."""
    return _inquiry(session, actor, inquiry_id, installation)


@router.post(
    "/inquiries/{inquiry_id}/close",
    dependencies=[requires(Permission.WRITE_FEEDBACK)],
    responses=problems(NotFound, Conflict),
)
def close_inquiry(
    inquiry_id: UUID,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    installation: InstallationDep,
) -> InquiryDetailOut:
    """Take no further answers; the links end."""
    inquiries.close(session, actor, inquiry_id, clock=clock)
    return _inquiry(session, actor, inquiry_id, installation)


@router.post(
    "/inquiries/{inquiry_id}/answer",
    status_code=201,
    dependencies=[requires(Permission.SIGNED_IN)],
    responses=problems(NotFound, InvalidInput),
)
def answer_inquiry(
    inquiry_id: UUID,
    given: AnswersInput,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
) -> AnsweredOut:
    """Answer as an officer, or as an expert who was there; the last answer counts."""
    kept = answers.answer_as_account(session, actor, inquiry_id, given, clock=clock)
    return AnsweredOut(id=kept.id)


@router.get(
    "/feedback",
    dependencies=[requires(Permission.READ_FEEDBACK)],
    responses=problems(NotFound),
)
def get_feedback(
    session: SessionDep,
    actor: ActorDep,
    action: Annotated[str | None, Query(max_length=200, description="Code of an Action")] = None,
    lineage: Annotated[UUID | None, Query(description="Of an activity")] = None,
) -> FeedbackResultsOut:
    """Return what was said, added up: of an activity, of an Action, else of the facility."""
    of = action_row(session, actor, action, Permission.READ_FEEDBACK).id if action else None
    found = said.results(session, actor, action_id=of, lineage=lineage)
    return FeedbackResultsOut.model_validate(found)


@router.get(
    "/experts/{expert_id}/ratings",
    dependencies=[requires(Permission.READ_EXPERTS)],
    responses=problems(NotFound),
)
def get_ratings(expert_id: UUID, session: SessionDep, actor: ActorDep) -> RatingsOut:
    """Return what others said of a person's work, where the facility rates named people."""
    found = said.ratings_of(session, actor, expert_id)
    if found is None:
        raise NotFound("This facility does not rate named people.")
    return RatingsOut.model_validate(found)


@router.post(
    "/experts/{expert_id}/ratings",
    status_code=201,
    dependencies=[requires(Permission.READ_EXPERTS)],
    responses=problems(NotFound, InvalidInput, Conflict),
)
def contest_ratings(
    expert_id: UUID,
    given: RatingNoteInput,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
) -> RatingsOut:
    """Put the person's own note beside what others said of her work; only she may."""
    ratings.say_to_ratings(session, actor, expert_id, given, clock=clock)
    return get_ratings(expert_id, session, actor)


def _questionnaire(row: Questionnaire) -> QuestionnaireOut:
    return QuestionnaireOut.model_validate(asked.view_of(row))


def _inquiry(
    session: Session, actor: Actor, inquiry_id: UUID, installation: Installation
) -> InquiryDetailOut:
    row = sent.get_inquiry(session, actor, inquiry_id)
    people = inquiries.invited(session, actor, inquiry_id, vault=installation.vault)
    return InquiryDetailOut(
        inquiry=InquiryOut.model_validate(sent.inquiry_view(session, row)),
        people=[InvitedPersonOut.model_validate(one) for one in people],
    )
