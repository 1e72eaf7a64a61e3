"""Findings and lessons: what comes back is proposed, people decide, similar requests show it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session, select

from roster.errors import InvalidInput, NotAllowed, NotFound, UnknownTerm
from roster.feedback import findings, lessons
from roster.inputs.lessons import FindingInput, LessonDecision, LessonInput
from roster.policy import Actor
from roster.queries import lessons as known
from roster.queries.findings import recurrences
from roster.read import RequestView
from roster.tables import Account, Lesson, Message
from roster.vocabulary import (
    ActivityType,
    FindingKind,
    FindingSource,
    LessonState,
    Origin,
    Role,
)
from tests.factories import Factory
from tests.fakes import FrozenClock
from tests.roster.fieldwork import make_action

TODAY = date(2026, 11, 23)
FOUND = FindingInput(
    kind=FindingKind.STAFF_TURNOVER,
    source=FindingSource.FOCUS_GROUP,
    is_strength=False,
    text="Half of those trained had left a year later.",
)
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def coordinator(make: Factory) -> Actor:
    actor = make.actor(Role.COORDINATOR)
    make.grant(make.session.get_one(Account, actor.account_id), Role.COORDINATOR)
    return actor


@pytest.fixture
def recurring(session: Session, make: Factory, officer: Actor, clock: FrozenClock) -> list[str]:
    """Write the same finding about three Actions, and give their codes."""
    codes = []
    for code, country in (("ghana-i", "GH"), ("togo-i", "TG"), ("benin-i", "BJ")):
        field = make_action(make, code, countries=(country,))
        findings.record(session, officer, field.action.code, FOUND, clock=clock)
        codes.append(code)
    return codes


def test_what_comes_back_in_three_actions_is_proposed_once_and_told(
    session: Session, coordinator: Actor, officer: Actor, recurring: list[str], clock: FrozenClock
) -> None:
    (lesson,) = lessons.propose(session, officer, at=clock.now())
    assert (lesson.state, lesson.kind, lesson.topics) == (
        LessonState.PROPOSED,
        FindingKind.STAFF_TURNOVER,
        ["data_management"],
    )
    assert lesson.regions == ["011"]
    assert "in 3 Actions" in lesson.text
    assert lessons.propose(session, officer, at=clock.now()) == []
    told = session.exec(select(Message.account_id)).all()
    assert told == [coordinator.account_id]


@pytest.mark.parametrize(
    "other",
    [
        {"is_strength": True},
        {"kind": FindingKind.TIMING},
        {"topics": ("remittances",)},
    ],
    ids=["the other direction", "another kind", "another topic"],
)
def test_two_actions_and_something_else_are_not_enough(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock, other: dict[str, object]
) -> None:
    for number, given in enumerate((FOUND, FOUND, FOUND.model_copy(update=other))):
        field = make_action(make, f"action-{number}")
        findings.record(session, officer, field.action.code, given, clock=clock)
    assert recurrences(session, officer) == ()


def test_invented_findings_do_not_make_a_real_lesson(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    for number, origin in enumerate((Origin.REAL, Origin.REAL, Origin.SYNTHETIC)):
        field = make_action(make, f"action-{number}", origin=origin)
        findings.record(session, officer, field.action.code, FOUND, clock=clock)
    assert recurrences(session, officer) == ()


def test_a_proposal_follows_the_findings_until_somebody_decides(
    session: Session,
    make: Factory,
    officer: Actor,
    coordinator: Actor,
    recurring: list[str],
    clock: FrozenClock,
) -> None:
    (lesson,) = lessons.propose(session, officer, at=clock.now())
    make_action(make, "mali-i", countries=("ML",))
    findings.record(session, officer, "mali-i", FOUND, clock=clock)
    lessons.propose(session, officer, at=clock.now())
    assert len(lesson.action_ids) == 4
    decision = LessonDecision(
        state=LessonState.CONFIRMED, text="Train two per post.", advice="Ask for a second name."
    )
    with pytest.raises(NotAllowed):
        lessons.decide(session, officer, lesson.id, decision, clock=clock)
    lessons.decide(session, coordinator, lesson.id, decision, clock=clock)
    make_action(make, "niger-i", countries=("NE",))
    findings.record(session, officer, "niger-i", FOUND, clock=clock)
    assert lessons.propose(session, officer, at=clock.now()) == []
    assert (lesson.text, len(lesson.action_ids)) == ("Train two per post.", 4)
    detail = known.lesson_detail(session, officer, lesson.id)
    assert [one.text for one in detail.findings] == [FOUND.text] * 4
    assert {one.code for one in detail.lesson.actions} == {*recurring, "mali-i"}


def test_a_dismissed_lesson_has_its_reason_and_is_not_proposed_again(
    session: Session, officer: Actor, coordinator: Actor, recurring: list[str], clock: FrozenClock
) -> None:
    (lesson,) = lessons.propose(session, officer, at=clock.now())
    with pytest.raises(ValueError, match="say why"):
        LessonDecision(state=LessonState.DISMISSED)
    decision = LessonDecision(state=LessonState.DISMISSED, reason="One ministry, not three.")
    lessons.decide(session, coordinator, lesson.id, decision, clock=clock)
    assert lessons.propose(session, officer, at=clock.now()) == []
    need = RequestView(id=None, title="T", countries=("GH",), topics=("data_management",))
    assert known.applicable(session, officer, need, TODAY) == ()


@pytest.mark.parametrize(
    ("need", "why"),
    [
        ({"topics": ("data_management",)}, ("same_topic",)),
        (
            {"topics": ("data_management",), "countries": ("SN",)},
            ("same_topic", "same_subregion"),
        ),
        ({"countries": ("GH",)}, ("same_country", "same_subregion")),
        (
            {"countries": ("SN",), "activities": (ActivityType.TRAINING,)},
            ("same_subregion", "same_activity"),
        ),
        ({"countries": ("SN",)}, None),
        ({"countries": ("PE",), "topics": ("remittances",)}, None),
        (
            {"regional_body": "ECOWAS", "topics": ("data_management",)},
            ("same_topic", "same_subregion"),
        ),
    ],
    ids=[
        "topic",
        "topic and sub-region",
        "country",
        "sub-region and type",
        "sub-region alone",
        "nothing",
        "a body",
    ],
)
def test_a_similar_request_shows_the_lesson_and_says_why(
    session: Session,
    coordinator: Actor,
    recurring: list[str],
    clock: FrozenClock,
    need: dict[str, object],
    why: tuple[str, ...] | None,
) -> None:
    (lesson,) = lessons.propose(session, coordinator, at=clock.now())
    decision = LessonDecision(state=LessonState.CONFIRMED)
    lessons.decide(session, coordinator, lesson.id, decision, clock=clock)
    asked = RequestView(id=None, title="T", **need)  # type: ignore[arg-type]
    found = known.applicable(session, coordinator, asked, TODAY)
    assert [one.why for one in found] == ([why] if why else [])


def test_a_lesson_by_hand_rests_on_actions_and_is_confirmed_by_who_may(
    session: Session, officer: Actor, coordinator: Actor, recurring: list[str], clock: FrozenClock
) -> None:
    given = LessonInput(text="Begin with the registers.", actions=tuple(recurring[:2]))
    mine = lessons.write(session, officer, given, clock=clock)
    hers = lessons.write(session, coordinator, given, clock=clock)
    assert (mine.state, hers.state) == (LessonState.PROPOSED, LessonState.CONFIRMED)
    assert hers.topics == ["data_management"]
    nowhere = given.model_copy(update={"actions": ("nowhere",)})
    with pytest.raises(InvalidInput, match="no Action"):
        lessons.write(session, officer, nowhere, clock=clock)
    nonsense = given.model_copy(update={"topics": ("nonsense",)})
    with pytest.raises(UnknownTerm):
        lessons.write(session, officer, nonsense, clock=clock)


def test_a_focal_point_reads_confirmed_lessons_without_what_people_said(
    session: Session, make: Factory, coordinator: Actor, recurring: list[str], clock: FrozenClock
) -> None:
    (lesson,) = lessons.propose(session, coordinator, at=clock.now())
    focal_point = make.actor(Role.FOCAL_POINT, "PT")
    with pytest.raises(NotFound):
        known.lesson_detail(session, focal_point, lesson.id)
    decision = LessonDecision(state=LessonState.CONFIRMED)
    lessons.decide(session, coordinator, lesson.id, decision, clock=clock)
    assert known.lesson_detail(session, focal_point, lesson.id).findings == ()
    elsewhere = make.actor(Role.COORDINATOR, facility=make.facility("elsewhere"))
    assert known.lessons(session, elsewhere) == ()


def test_a_finding_is_held_to_its_action_and_to_known_topics(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    one, other = make_action(make, "one"), make_action(make, "other")
    for update, error in (
        ({"lineage": other.lineage}, InvalidInput),
        ({"topics": ("nonsense",)}, UnknownTerm),
        ({"source": FindingSource.FEEDBACK}, InvalidInput),
    ):
        given = FOUND.model_copy(update=update)
        with pytest.raises(error):
            findings.record(session, officer, one.action.code, given, clock=clock)
    made = findings.record(session, officer, one.action.code, FOUND, clock=clock)
    changed = FOUND.model_copy(update={"lineage": one.lineage, "is_strength": True})
    findings.change(session, officer, made.id, changed, clock=clock)
    assert made.is_strength
    findings.drop(session, officer, made.id, clock=clock)
    assert session.exec(select(Lesson)).all() == []
