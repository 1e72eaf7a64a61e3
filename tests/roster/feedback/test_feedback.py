"""Feedback: what is asked, who answers, and what is shown of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from roster.errors import Conflict, InvalidInput, NotAllowed, NotFound
from roster.feedback import answers, inquiries, questionnaires, ratings
from roster.inputs.feedback import (
    AnswersInput,
    InquiryInput,
    QuestionInput,
    QuestionnaireInput,
    RatingNoteInput,
)
from roster.policy import Actor
from roster.queries import feedback as heard
from roster.queries import questionnaires as known
from roster.queries.inquiries import inquiries as sent_of
from roster.tables import Feedback, Guest, Inquiry, Message
from roster.telling import guests
from roster.vault import Vault, open_vault
from roster.vocabulary import Audience, MessageKind, Occasion, Origin, QuestionKind, Role
from tests.factories import Factory
from tests.fakes import FrozenClock
from tests.roster.fieldwork import Field, deploy, make_action

ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
GOOD = {"relevance": 5, "new_knowledge": 4, "applicable": 4}
Asks = Callable[..., Inquiry]


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return open_vault("", tmp_path)


@pytest.fixture
def field(make: Factory) -> Field:
    return make_action(make)


@pytest.fixture
def ask(session: Session, officer: Actor, field: Field, vault: Vault, clock: FrozenClock) -> Asks:
    def send(code: str = "participants_activity", **said: object) -> Inquiry:
        given = InquiryInput.model_validate(
            {"questionnaire": code, "lineage": field.lineage, "room": 20, **said}
        )
        return inquiries.send(session, officer, field.action.code, given, vault=vault, clock=clock)

    return send


def link_of(session: Session, inquiry: Inquiry) -> Guest:
    return session.exec(select(Guest).where(Guest.inquiry_id == inquiry.id)).one()


def say(
    session: Session,
    inquiry: Inquiry,
    clock: FrozenClock,
    *,
    once: UUID | None = None,
    **said: Any,
) -> Feedback:
    guest = link_of(session, inquiry)
    given = AnswersInput.model_validate({"scores": GOOD, **said})
    return answers.answer_as_guest(
        session, guest, guests.acting(guest), given, once=once or uuid4(), clock=clock
    )


def test_a_room_answers_by_one_link_and_fewer_than_three_answers_make_no_mean(
    session: Session, officer: Actor, field: Field, ask: Asks, clock: FrozenClock
) -> None:
    inquiry = ask()
    for score in (5, 3):
        say(session, inquiry, clock, scores={**GOOD, "relevance": score})
    (two,) = heard.results(session, officer, action_id=field.action.id).audiences
    assert (two.asked, two.answered) == (20, 2)
    assert {one.mean for one in two.questions} == {None}
    assert {one.spread for one in two.questions} == {None}
    say(session, inquiry, clock, scores={**GOOD, "relevance": 1}, answers={"best": "the exercises"})
    (three,) = heard.results(session, officer, lineage=field.lineage).audiences
    relevance = three.questions[0]
    assert (relevance.answers, relevance.mean) == (3, 3.0)
    assert relevance.spread == (1, 0, 1, 0, 1)
    assert [one.text for one in three.texts] == ["the exercises"]


@ONE
def test_the_same_form_sent_twice_counts_once(
    session: Session, ask: Asks, clock: FrozenClock
) -> None:
    inquiry, once = ask(), uuid4()
    first = say(session, inquiry, clock, once=once)
    assert say(session, inquiry, clock, once=once).id == first.id
    assert len(session.exec(select(Feedback)).all()) == 1


@ONE
def test_a_personal_link_keeps_its_last_answer(
    session: Session, ask: Asks, clock: FrozenClock
) -> None:
    inquiry = ask(room=None, people=[{"label": "Ministry of Labour", "address": "a@b.example"}])
    say(session, inquiry, clock)
    say(session, inquiry, clock, scores={**GOOD, "relevance": 2})
    (row,) = session.exec(select(Feedback)).all()
    assert row.scores["relevance"] == 2
    sheet = answers.sheet_of_guest(session, link_of(session, inquiry))
    assert (sheet.answered, sheet.said["relevance"]) == (True, "2")


@ONE
@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"scores": {"relevance": 5}}, "/new_knowledge"),
        ({"scores": {**GOOD, "best": 3}}, "/best"),
        ({"scores": GOOD, "answers": {"nonsense": "x"}}, "/nonsense"),
        ({"scores": {**GOOD, "expert_knowledge": 1}}, "/expert_knowledge"),
    ],
    ids=["missing", "text on the scale", "unknown", "about a person while nobody is rated"],
)
def test_answers_are_held_to_the_questions(
    session: Session, ask: Asks, clock: FrozenClock, said: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        say(session, ask(), clock, **said)
    assert pointer in {error.pointer for error in refused.value.errors}


@ONE
def test_nobody_answers_once_it_is_closed_and_what_was_said_stays(
    session: Session, officer: Actor, ask: Asks, clock: FrozenClock
) -> None:
    inquiry = ask()
    say(session, inquiry, clock)
    guest = link_of(session, inquiry)
    inquiries.close(session, officer, inquiry.id, clock=clock)
    with pytest.raises(NotFound):
        answers.sheet_of_guest(session, guest)
    with pytest.raises(Conflict, match="closed before"):
        inquiries.close(session, officer, inquiry.id, clock=clock)
    assert [one.answered for one in sent_of(session, officer)] == [1]


@ONE
def test_whoever_did_not_answer_is_reminded_once_before_the_day(
    session: Session, ask: Asks, clock: FrozenClock
) -> None:
    due = clock.now().date() + timedelta(days=5)
    people = [{"label": "First"}, {"label": "Second"}]
    inquiry = ask(room=None, people=people, due_on=due.isoformat())
    first, second = inquiries.guests_of(session, inquiry)
    answers.answer_as_guest(
        session,
        first,
        guests.acting(first),
        AnswersInput(scores=GOOD),
        once=uuid4(),
        clock=clock,
    )
    assert inquiries.remind_due(session, now=clock.now()) == 0
    later = clock.now() + timedelta(days=3)
    assert inquiries.remind_due(session, now=later) == 1
    assert inquiries.remind_due(session, now=later) == 0
    reminded = session.exec(
        select(Message).where(Message.kind == MessageKind.FEEDBACK_REMINDER)
    ).all()
    assert [one.guest_id for one in reminded] == [second.id]


@ONE
@pytest.mark.parametrize(
    ("code", "said", "pointer"),
    [
        ("participants_activity", {"lineage": None}, "/lineage"),
        ("partner_action", {}, "/lineage"),
        ("participants_activity", {"lineage": "00000000-0000-4000-8000-000000000000"}, "/lineage"),
        ("participants_activity", {"room": None}, "/people"),
        ("participants_activity", {"due_on": "2001-01-01"}, "/due_on"),
        ("officer_debrief", {}, "/people"),
    ],
    ids=["no activity", "an activity", "another plan", "nobody", "past", "officers need no link"],
)
def test_what_cannot_be_asked_is_not_sent(
    ask: Asks, code: str, said: dict[str, object], pointer: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        ask(code, **said)
    assert refused.value.errors[0].pointer == pointer


@ONE
def test_an_officer_answers_in_the_product_and_nobody_else_does(
    session: Session, make: Factory, officer: Actor, ask: Asks, clock: FrozenClock
) -> None:
    inquiry = ask("officer_debrief", room=None)
    answers.answer_as_account(
        session, officer, inquiry.id, AnswersInput(scores={"objectives_met": 4}), clock=clock
    )
    assert answers.sheet_of_account(session, officer, inquiry.id).said == {"objectives_met": "4"}
    person = make.expert("Rui Couto")
    herself = make.actor(Role.EXPERT, expert_id=person.id)
    with pytest.raises(NotFound):
        answers.sheet_of_account(session, herself, inquiry.id)


@ONE
def test_an_expert_who_went_answers_with_her_account_and_one_without_gets_a_link(
    session: Session, make: Factory, field: Field, ask: Asks, clock: FrozenClock
) -> None:
    ana, rui = make.expert("Ana Prates"), make.expert("Rui Couto")
    for one in (ana, rui):
        deploy(make, field, one.id)
    herself = make.actor(Role.EXPERT, expert_id=ana.id)
    account = session.get_one(type(make.account()), herself.account_id)
    make.grant(account, Role.EXPERT, expert_id=ana.id)
    inquiry = ask("expert_mission", room=None)
    assert link_of(session, inquiry).expert_id == rui.id
    answers.answer_as_account(
        session, herself, inquiry.id, AnswersInput(scores={"briefing": 3}), clock=clock
    )
    assert session.exec(select(Feedback.by)).all() == [herself.account_id]


def test_a_person_is_rated_only_where_the_facility_says_so_and_from_three_raters_on(
    session: Session, make: Factory, officer: Actor, field: Field, ask: Asks, clock: FrozenClock
) -> None:
    ana = make.expert("Ana Prates")
    make.view(ana)
    went = deploy(make, field, ana.id)
    inquiry = ask()
    assert answers.sheet_of_guest(session, link_of(session, inquiry)).about == ()
    assert heard.ratings_of(session, officer, ana.id) is None
    make.home.rules = {"rates_people": True}
    (asked,) = answers.sheet_of_guest(session, link_of(session, inquiry)).about
    assert asked.deployment_id == went.id
    for score in (5, 4, 3):
        rated = heard.ratings_of(session, officer, ana.id)
        assert rated is not None
        assert rated.mean is None
        assert ana.feedback_mean is None
        say(session, inquiry, clock, ratings={went.id: {"expert_knowledge": score}})
    assert (ana.feedback_mean, ana.feedback_count) == (4.0, 3)
    rated = heard.ratings_of(session, officer, ana.id)
    assert rated is not None
    assert rated.mean == 4.0
    (audience,) = heard.results(session, officer, action_id=field.action.id).audiences
    assert audience.answered == 3
    assert not {one.question.code for one in audience.questions} & {"expert_knowledge"}


@ONE
def test_the_person_herself_contests_and_her_note_stands_beside(
    session: Session, make: Factory, officer: Actor, field: Field, ask: Asks, clock: FrozenClock
) -> None:
    make.home.rules = {"rates_people": True}
    ana = make.expert("Ana Prates")
    make.view(ana)
    went = deploy(make, field, ana.id)
    herself = make.actor(Role.EXPERT, expert_id=ana.id)
    given = RatingNoteInput(note="The interpreter was ill for two days.")
    with pytest.raises(Conflict):
        ratings.say_to_ratings(session, herself, ana.id, given, clock=clock)
    inquiry = ask()
    for score in (2, 2, 2):
        say(session, inquiry, clock, ratings={went.id: {"expert_manner": score}})
    with pytest.raises(NotAllowed):
        ratings.say_to_ratings(session, officer, ana.id, given, clock=clock)
    ratings.say_to_ratings(session, herself, ana.id, given, clock=clock)
    rated = heard.ratings_of(session, officer, ana.id)
    assert rated is not None
    assert (rated.raters, rated.mean, rated.notes) == (3, 2.0, (given.note,))


def test_a_change_makes_a_new_version_and_answers_keep_theirs(
    session: Session, make: Factory, officer: Actor, ask: Asks, clock: FrozenClock
) -> None:
    inquiry = ask()
    coordinator = make.actor(Role.COORDINATOR)
    given = QuestionnaireInput(
        title="Participants",
        audience=Audience.PARTICIPANT,
        occasion=Occasion.ACTIVITY,
        questions=(QuestionInput(code="useful", kind=QuestionKind.SCALE, words={"en": "Useful?"}),),
    )
    with pytest.raises(NotAllowed):
        questionnaires.change(session, officer, "participants_activity", given, clock=clock)
    made = questionnaires.change(session, coordinator, "participants_activity", given, clock=clock)
    assert (made.version, made.is_active) == (2, True)
    assert known.questionnaire(session, officer, "participants_activity").version == 2
    asked = answers.sheet_of_guest(session, link_of(session, inquiry))
    assert asked.inquiry.questionnaire.version == 1
    kept = known.versions(session, officer, "participants_activity")
    assert [(one.version, one.inquiries) for one in kept] == [(2, 0), (1, 1)]
    other = given.model_copy(update={"audience": Audience.EXPERT})
    with pytest.raises(InvalidInput, match="keeps its audience"):
        questionnaires.change(session, coordinator, "participants_activity", other, clock=clock)
    with pytest.raises(InvalidInput, match="has this code"):
        questionnaires.copy(session, coordinator, "officer_debrief", other, clock=clock)
    assert questionnaires.copy(session, coordinator, "own", other, clock=clock).version == 1


@ONE
def test_invented_answers_are_never_counted_with_real_ones(
    session: Session,
    make: Factory,
    officer: Actor,
    field: Field,
    ask: Asks,
    clock: FrozenClock,
    vault: Vault,
) -> None:
    invented = make_action(make, "invented-i", origin=Origin.SYNTHETIC)
    given = InquiryInput(questionnaire="participants_activity", lineage=invented.lineage, room=9)
    told = inquiries.send(session, officer, invented.action.code, given, vault=vault, clock=clock)
    say(session, told, clock)
    assert heard.results(session, officer).is_synthetic
    say(session, ask(), clock)
    found = heard.results(session, officer)
    assert not found.is_synthetic
    assert [(one.asked, one.answered) for one in found.audiences] == [(20, 1)]


@ONE
def test_another_facility_sees_nothing_of_it(
    session: Session, make: Factory, ask: Asks, clock: FrozenClock
) -> None:
    inquiry = ask()
    say(session, inquiry, clock)
    elsewhere = make.actor(Role.COORDINATOR, facility=make.facility("elsewhere"))
    assert heard.results(session, elsewhere).audiences == ()
    with pytest.raises(NotFound):
        inquiries.close(session, elsewhere, inquiry.id, clock=clock)


def test_every_shipped_question_is_worded_in_four_languages() -> None:
    from roster.reference import questions  # noqa: PLC0415 -- only here.

    for one in questions.shipped():
        assert set(one.titles) == {"en", "fr", "es", "pt"}
        for question in one.questions:
            worded = [question["words"], *(c["words"] for c in question.get("choices", ()))]
            assert all(set(words) == {"en", "fr", "es", "pt"} for words in worded)
