"""What was found about Actions, and what is concluded from it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from api.deps import ActorDep, ClockDep, SessionDep, new_router, path_of, requires
from api.paging import PageDep, part_of
from api.problems import problems
from api.schemas.feedback import FindingOut, FindingsOut
from api.schemas.lessons import LessonDetailOut, LessonsOut
from roster.errors import InvalidInput, NotFound, UnknownTerm
from roster.feedback import findings, lessons
from roster.inputs import CountryCode
from roster.inputs.lessons import FindingInput, LessonDecision, LessonInput
from roster.policy import Permission
from roster.queries import findings as found
from roster.queries import lessons as known
from roster.queries.actions import action_row
from roster.vocabulary import FindingKind, FindingSource, LessonState

router = new_router("lessons")


@router.get("/findings", dependencies=[requires(Permission.READ_FEEDBACK)], responses=problems())
def list_findings(
    session: SessionDep,
    actor: ActorDep,
    paging: PageDep,
    action: Annotated[str | None, Query(max_length=200, description="Code of an Action")] = None,
    kind: Annotated[FindingKind | None, Query()] = None,
    source: Annotated[FindingSource | None, Query()] = None,
) -> FindingsOut:
    """List findings, by Action."""
    of = action_row(session, actor, action, Permission.READ_FEEDBACK).id if action else None
    wanted = found.FindingFilter(action_id=of, kind=kind, source=source)
    return FindingsOut.model_validate(part_of(found.findings(session, actor, wanted), paging))


@router.get(
    "/findings/{finding_id}",
    dependencies=[requires(Permission.READ_FEEDBACK)],
    responses=problems(NotFound),
)
def get_one_finding(finding_id: UUID, session: SessionDep, actor: ActorDep) -> FindingOut:
    """Return one finding."""
    found.get_finding(session, actor, finding_id)
    return _finding(session, actor, finding_id)


@router.post(
    "/actions/{code}/findings",
    status_code=201,
    dependencies=[requires(Permission.WRITE_FEEDBACK)],
    responses=problems(NotFound, UnknownTerm, InvalidInput),
)
def record_finding(
    code: str,
    given: FindingInput,
    session: SessionDep,
    actor: ActorDep,
    clock: ClockDep,
    response: Response,
) -> FindingOut:
    """Write down one thing found about an Action; what comes back in three is proposed."""
    made = findings.record(session, actor, code, given, clock=clock)
    lessons.propose(session, actor, at=clock.now())
    response.headers["Location"] = path_of("findings", made.id)
    return _finding(session, actor, made.id)


@router.put(
    "/findings/{finding_id}",
    dependencies=[requires(Permission.WRITE_FEEDBACK)],
    responses=problems(NotFound, UnknownTerm, InvalidInput),
)
def change_finding(
    finding_id: UUID, given: FindingInput, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> FindingOut:
    """Correct a finding."""
    findings.change(session, actor, finding_id, given, clock=clock)
    lessons.propose(session, actor, at=clock.now())
    return _finding(session, actor, finding_id)


@router.delete(
    "/findings/{finding_id}",
    status_code=204,
    dependencies=[requires(Permission.WRITE_FEEDBACK)],
    responses=problems(NotFound),
)
def drop_finding(finding_id: UUID, session: SessionDep, actor: ActorDep, clock: ClockDep) -> None:
    """Take a finding out; lessons that rest on it keep their words."""
    findings.drop(session, actor, finding_id, clock=clock)


@router.get("/lessons", dependencies=[requires(Permission.READ_LESSONS)], responses=problems())
def list_lessons(
    session: SessionDep,
    actor: ActorDep,
    paging: PageDep,
    state: Annotated[LessonState | None, Query()] = None,
    topic: Annotated[str | None, Query(max_length=80)] = None,
    country: Annotated[
        CountryCode | None, Query(description="It, or another country of its sub-region")
    ] = None,
    kind: Annotated[FindingKind | None, Query()] = None,
) -> LessonsOut:
    """List lessons: those that wait for a decision first."""
    wanted = known.LessonFilter(state=state, topic=topic, country=country, kind=kind)
    return LessonsOut.model_validate(part_of(known.lessons(session, actor, wanted), paging))


@router.post(
    "/lessons",
    status_code=201,
    dependencies=[requires(Permission.WRITE_FEEDBACK)],
    responses=problems(UnknownTerm, InvalidInput),
)
def write_lesson(
    given: LessonInput, session: SessionDep, actor: ActorDep, clock: ClockDep, response: Response
) -> LessonDetailOut:
    """Write a lesson; a coordinator's is confirmed, any other one waits for a decision."""
    made = lessons.write(session, actor, given, clock=clock)
    response.headers["Location"] = path_of("lessons", made.id)
    return _lesson(session, actor, made.id)


@router.get(
    "/lessons/{lesson_id}",
    dependencies=[requires(Permission.READ_LESSONS)],
    responses=problems(NotFound),
)
def get_one_lesson(lesson_id: UUID, session: SessionDep, actor: ActorDep) -> LessonDetailOut:
    """Return a lesson with the findings that it rests on."""
    return _lesson(session, actor, lesson_id)


@router.post(
    "/lessons/{lesson_id}/decision",
    dependencies=[requires(Permission.DECIDE_LESSONS)],
    responses=problems(NotFound, InvalidInput),
)
def decide_lesson(
    lesson_id: UUID, given: LessonDecision, session: SessionDep, actor: ActorDep, clock: ClockDep
) -> LessonDetailOut:
    """Confirm a lesson, in other words if need be, or dismiss it with a reason."""
    lessons.decide(session, actor, lesson_id, given, clock=clock)
    return _lesson(session, actor, lesson_id)


def _finding(session: SessionDep, actor: ActorDep, finding_id: UUID) -> FindingOut:
    session.flush()
    (one,) = found.findings(session, actor, found.FindingFilter(ids=(finding_id,)))
    return FindingOut.model_validate(one)


def _lesson(session: SessionDep, actor: ActorDep, lesson_id: UUID) -> LessonDetailOut:
    session.flush()
    return LessonDetailOut.model_validate(known.lesson_detail(session, actor, lesson_id))
