"""Lessons, and which of them bear on a request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from roster.errors import NotFound
from roster.policy import Actor, Permission, require, visible_actions
from roster.queries.findings import FindingFilter, findings
from roster.queries.inquiries import activities_of
from roster.read import RequestView
from roster.read.lessons import ActionRef, ApplicableLesson, LessonDetail, LessonView
from roster.reference import bodies, regions, topics
from roster.tables import Account, Action, ActivityPlan, Lesson
from roster.vocabulary import FindingKind, LessonState

LIKENESS: dict[str, float] = {
    "same_topic": 4.0,
    "same_country": 3.0,
    "same_body": 2.0,
    "near_topic": 1.5,
    "same_subregion": 1.5,
    "same_activity": 1.0,
}
"""What makes a lesson bear on a request, and how much it weighs: ours, by judgement."""
_ENOUGH = 2.5
"""A near topic needs the sub-region or a type of activity beside it."""
_NEAR = 0.3
"""From so near on, topics count as near; a shared thematic area is 0.35."""


@dataclass(frozen=True, slots=True)
class LessonFilter:
    """Which lessons to list; nothing said is all of them."""

    state: LessonState | None = None
    topic: str | None = None
    country: str | None = None
    kind: FindingKind | None = None
    is_strength: bool | None = None


def get_lesson(session: Session, actor: Actor, lesson_id: UUID) -> Lesson:
    """Return the row of a lesson; who may not decide knows of confirmed ones only.

    Raises
    ------
    NotFound
    """
    found = session.get(Lesson, lesson_id)
    if found is None or found.facility_id != actor.facility_id or not _may_see(actor, found):
        raise NotFound("There is no such lesson in this facility.")
    return found


def lessons(
    session: Session, actor: Actor, wanted: LessonFilter | None = None
) -> tuple[LessonView, ...]:
    """Return lessons: those that wait for a decision first, then the newest."""
    require(actor, Permission.READ_LESSONS)
    wanted = wanted or LessonFilter()
    rows = session.exec(
        select(Lesson)
        .where(Lesson.facility_id == actor.facility_id)
        .order_by(
            col(Lesson.state) != LessonState.PROPOSED,
            col(Lesson.state) != LessonState.CONFIRMED,
            col(Lesson.created_at).desc(),
            col(Lesson.id),
        )
    )
    seen = [row for row in rows if _may_see(actor, row)]
    return tuple(one for one in _views(session, actor, seen) if _matches(one, wanted))


def lesson_detail(session: Session, actor: Actor, lesson_id: UUID) -> LessonDetail:
    """Return a lesson with the findings that it rests on.

    Raises
    ------
    NotFound
    """
    row = get_lesson(session, actor, lesson_id)
    (view,) = _views(session, actor, [row])
    ids = [UUID(one) for one in row.finding_ids]
    # What people wrote is for those who read feedback; others see the conclusion.
    if actor.may(Permission.READ_FEEDBACK):
        return LessonDetail(view, findings(session, actor, FindingFilter(ids=ids)))
    return LessonDetail(view, ())


def applicable(
    session: Session, actor: Actor, need: RequestView, today: date
) -> tuple[ApplicableLesson, ...]:
    """Return the confirmed lessons that bear on a request, the weightiest first, with why."""
    confirmed = lessons(session, actor, LessonFilter(state=LessonState.CONFIRMED))
    around = _Around.of(need, today)
    found = [
        ApplicableLesson(one, why, weigh(why)) for one in confirmed if (why := around.why(one))
    ]
    found = [one for one in found if one.weight >= _ENOUGH]
    return tuple(sorted(found, key=lambda one: (-one.weight, str(one.lesson.id))))


def weigh(why: Iterable[str]) -> float:
    """Return how much reasons weigh together."""
    return sum(LIKENESS[one] for one in why)


@dataclass(frozen=True, slots=True)
class _Around:
    """What of a request a lesson is held against."""

    topics: frozenset[str]
    near: frozenset[str]
    countries: frozenset[str]
    subregions: frozenset[str]
    bodies: frozenset[str]
    activities: frozenset[str]

    @classmethod
    def of(cls, need: RequestView, today: date) -> _Around:
        countries = set(need.countries)
        body = need.regional_body
        if body is not None and body in {one.id for one in bodies.bodies()}:
            countries |= set(bodies.members(body, today))
        return cls(
            topics=frozenset(need.topics),
            near=near_topics(need.topics),
            countries=frozenset(need.countries),
            subregions=frozenset(filter(None, map(regions.subregion_of, countries))),
            bodies=frozenset({body} if body else ()),
            activities=frozenset(one.value for one in need.activities),
        )

    def why(self, lesson: LessonView) -> tuple[str, ...]:
        same = bool(self.topics & set(lesson.topics))
        told = {
            "same_topic": same,
            "near_topic": not same and bool(self.near & set(lesson.topics)),
            "same_country": bool(self.countries & set(lesson.countries)),
            "same_body": bool(self.bodies & set(lesson.bodies)),
            "same_subregion": bool(self.subregions & set(lesson.regions)),
            "same_activity": bool(self.activities & set(lesson.activities)),
        }
        return tuple(code for code in LIKENESS if told[code])


def near_topics(codes: Iterable[str]) -> frozenset[str]:
    """Return the topics near to some, without themselves."""
    given = set(codes)
    near = {
        other
        for code in given
        if topics.is_topic(code)
        for other, nearness in topics.related(code).items()
        if nearness >= _NEAR
    }
    return frozenset(near - given)


def _may_see(actor: Actor, row: Lesson) -> bool:
    return row.state is LessonState.CONFIRMED or actor.may(Permission.READ_FEEDBACK)


def _matches(one: LessonView, wanted: LessonFilter) -> bool:
    subregion = regions.subregion_of(wanted.country) if wanted.country else None
    return (
        (wanted.state is None or one.state is wanted.state)
        and (wanted.topic is None or wanted.topic in one.topics)
        and (wanted.kind is None or one.kind is wanted.kind)
        and (wanted.is_strength is None or one.is_strength is wanted.is_strength)
        and (
            wanted.country is None
            or wanted.country in one.countries
            or (subregion is not None and subregion in one.regions)
        )
    )


def _views(session: Session, actor: Actor, rows: Sequence[Lesson]) -> tuple[LessonView, ...]:
    ids = {UUID(one) for row in rows for one in row.action_ids}
    actions = {
        one.id: one
        for one in session.exec(
            select(Action).where(
                col(Action.id).in_(ids), visible_actions(actor, Permission.READ_LESSONS)
            )
        )
    }
    types = _types(session, sorted(actions, key=str))
    names = dict(
        session.exec(
            select(Account.id, Account.name).where(
                col(Account.id).in_({row.decided_by for row in rows if row.decided_by})
            )
        ).all()
    )
    return tuple(_view(row, actions, types, names) for row in rows)


def _types(session: Session, action_ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    """Return the types of the activities of Actions."""
    of_plan = dict(
        session.exec(
            select(ActivityPlan.id, ActivityPlan.action_id).where(
                col(ActivityPlan.action_id).in_(action_ids)
            )
        ).all()
    )
    found: dict[UUID, set[str]] = {one: set() for one in action_ids}
    for activity in activities_of(session, action_ids).values():
        found[of_plan[activity.plan_id]].add(activity.type.value)
    return found


def _view(
    row: Lesson,
    actions: Mapping[UUID, Action],
    types: Mapping[UUID, set[str]],
    names: Mapping[UUID, str],
) -> LessonView:
    ids = [UUID(one) for one in row.action_ids]
    held = sorted((actions[one] for one in ids if one in actions), key=lambda one: one.name)
    countries = {country for one in held for country in one.countries}
    return LessonView(
        id=row.id,
        origin=row.origin,
        state=row.state,
        kind=row.kind,
        is_strength=row.is_strength,
        text=row.text,
        advice=row.advice,
        topics=tuple(row.topics),
        regions=tuple(row.regions),
        countries=tuple(sorted(countries)),
        bodies=tuple(sorted({one.regional_body for one in held if one.regional_body})),
        activities=tuple(sorted(set(row.activities) or set().union(*(types[i.id] for i in held)))),
        actions=tuple(ActionRef(one.id, one.code, one.name) for one in held),
        findings=len(row.finding_ids),
        made_at=row.created_at,
        decided_by=names.get(row.decided_by) if row.decided_by else None,
        decided_at=row.decided_at,
        reason=row.reason,
    )
