"""Lessons: proposed where the same is found in three Actions, confirmed and worded by people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from roster import records
from roster.errors import FieldError, InvalidInput, UnknownTerm
from roster.inputs.lessons import LessonDecision, LessonInput
from roster.policy import Actor, Permission, require, system_actor, visible_actions
from roster.ports import Clock
from roster.queries.findings import FindingFilter, findings, recurrences
from roster.queries.lessons import get_lesson
from roster.read.lessons import Recurrence
from roster.reference import regions, topics
from roster.tables import Action, Facility, Lesson
from roster.telling.messages import News, tell, with_role
from roster.vocabulary import LessonState, MessageKind, Origin, Role


def propose(session: Session, actor: Actor, *, at: datetime) -> list[Lesson]:
    """Propose a lesson for each thing that was found in three Actions or more; return the new ones.

    What was proposed, confirmed or dismissed before is not proposed again; a proposal nobody has
    decided on follows the findings as they become more.
    """
    require(actor, Permission.READ_LESSONS)
    held = session.exec(select(Lesson).where(Lesson.facility_id == actor.facility_id)).all()
    made = []
    for one in recurrences(session, actor):
        before = next((row for row in held if _is_same(row, one)), None)
        if before is None:
            made.append(_write(session, actor, one, at))
        elif before.state is LessonState.PROPOSED and _is_draft(before, one):
            _follow(session, before, one)
    session.flush()
    coordinators = with_role(session, actor.facility_id, Role.COORDINATOR)
    for lesson in made:
        records.log_change(session, actor, lesson, "proposed", at)
        news = News(MessageKind.LESSON_PROPOSED, about=lesson)
        tell(session, actor, news, at=at, accounts=coordinators)
    return made


def propose_everywhere(session: Session, *, now: datetime) -> int:
    """Propose lessons in every facility; return how many are new."""
    facilities = session.exec(select(Facility.id).order_by(col(Facility.id))).all()
    return sum(len(propose(session, system_actor(one), at=now)) for one in facilities)


def write(session: Session, actor: Actor, given: LessonInput, *, clock: Clock) -> Lesson:
    """Keep a lesson that somebody wrote; hers to confirm only where she may decide.

    Raises
    ------
    NotAllowed
    UnknownTerm
        A topic is in no list.
    InvalidInput
        An Action or a finding is not in this facility.
    """
    require(actor, Permission.WRITE_FEEDBACK)
    _check_topics(given.topics)
    found = findings(session, actor, FindingFilter(ids=given.finding_ids))
    if len(found) < len(set(given.finding_ids)):
        words = "A finding is not in this facility."
        raise InvalidInput(words, errors=(FieldError("/finding_ids", words),))
    rows = _actions_by_code(session, actor, given.actions)
    ids = {one.id for one in rows} | {one.action_id for one in found}
    confirms = actor.may(Permission.DECIDE_LESSONS)
    lesson = Lesson(
        facility_id=actor.facility_id,
        origin=_origin(session, actor, ids),
        created_at=clock.now(),
        state=LessonState.CONFIRMED if confirms else LessonState.PROPOSED,
        kind=given.kind,
        is_strength=given.is_strength,
        text=given.text,
        advice=given.advice,
        topics=list(given.topics) or _topics_of(session, ids),
        activities=[one.value for one in given.activities],
        action_ids=sorted(map(str, ids)),
        finding_ids=sorted(str(one) for one in given.finding_ids),
        regions=_regions_of(session, ids),
        by=actor.account_id,
        decided_by=actor.account_id if confirms else None,
        decided_at=clock.now() if confirms else None,
    )
    session.add(lesson)
    session.flush()
    records.log_change(session, actor, lesson, "created", clock.now())
    return lesson


def decide(
    session: Session, actor: Actor, lesson_id: UUID, given: LessonDecision, *, clock: Clock
) -> Lesson:
    """Confirm a lesson, in other words if need be, or dismiss it with a reason.

    Raises
    ------
    NotFound, NotAllowed
    """
    require(actor, Permission.DECIDE_LESSONS)
    lesson = get_lesson(session, actor, lesson_id)
    lesson.state = given.state
    lesson.text = given.text or lesson.text
    lesson.advice = lesson.advice if given.advice is None else given.advice
    lesson.reason = given.reason or ""
    lesson.decided_by, lesson.decided_at = actor.account_id, clock.now()
    session.add(lesson)
    records.log_change(session, actor, lesson, given.state.value, clock.now())
    return lesson


def draft(one: Recurrence) -> str:
    """Return a first wording of what came back, for somebody to rewrite."""
    kind = one.kind.value.replace("_", " ")
    what = topics.label(one.topic) if topics.is_topic(one.topic) else one.topic
    went = "went well" if one.is_strength else "did not go well"
    return f"{what}: in {len(one.action_ids)} Actions {kind} {went}."


def _is_same(row: Lesson, one: Recurrence) -> bool:
    return (
        (row.kind, row.is_strength) == (one.kind, one.is_strength)
        and one.topic in row.topics
        and (row.origin is Origin.SYNTHETIC) == one.is_synthetic
    )


def _is_draft(row: Lesson, one: Recurrence) -> bool:
    """Whether nobody has worded a proposal yet: what people wrote is never written over."""
    ids = tuple(UUID(action) for action in row.action_ids)
    return row.text == draft(replace(one, action_ids=ids))


def _write(session: Session, actor: Actor, one: Recurrence, at: datetime) -> Lesson:
    made = Lesson(
        facility_id=actor.facility_id,
        origin=Origin.SYNTHETIC if one.is_synthetic else Origin.REAL,
        created_at=at,
        kind=one.kind,
        is_strength=one.is_strength,
        text="",
        topics=[one.topic],
        by=actor.account_id,
    )
    _follow(session, made, one)
    return made


def _follow(session: Session, lesson: Lesson, one: Recurrence) -> None:
    lesson.action_ids = [str(action) for action in one.action_ids]
    lesson.finding_ids = [str(finding) for finding in one.finding_ids]
    lesson.regions = _regions_of(session, set(one.action_ids))
    lesson.text = draft(one)
    session.add(lesson)


def _actions_by_code(session: Session, actor: Actor, codes: Iterable[str]) -> list[Action]:
    wanted = set(codes)
    rows = session.exec(
        select(Action).where(
            col(Action.code).in_(wanted), visible_actions(actor, Permission.READ_LESSONS)
        )
    ).all()
    if missing := sorted(wanted - {one.code for one in rows}):
        words = f"There is no Action “{missing[0]}” in this facility."
        raise InvalidInput(words, errors=(FieldError("/actions", words),))
    return list(rows)


def _check_topics(codes: Iterable[str]) -> None:
    for code in codes:
        if not topics.is_topic(code):
            words = f"The topic “{code}” is not known."
            raise UnknownTerm(words, errors=(FieldError("/topics", words),))


def _actions(session: Session, ids: set[UUID]) -> list[Action]:
    return list(session.exec(select(Action).where(col(Action.id).in_(ids)).order_by(Action.code)))


def _topics_of(session: Session, ids: set[UUID]) -> list[str]:
    """Return the topics that all of some Actions share."""
    held = [set(one.topics) for one in _actions(session, ids)]
    return sorted(set.intersection(*held)) if held else []


def _regions_of(session: Session, ids: set[UUID]) -> list[str]:
    countries = {country for one in _actions(session, ids) for country in one.countries}
    return sorted({region for one in countries if (region := regions.subregion_of(one))})


def _origin(session: Session, actor: Actor, ids: set[UUID]) -> Origin:
    invented = any(one.origin is Origin.SYNTHETIC for one in _actions(session, ids))
    return Origin.SYNTHETIC if invented else actor.origin
