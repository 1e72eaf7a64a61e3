"""Actions: begun from an approved request, moved with reasons, planned in versions, followed up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from sqlmodel import Session, select

from roster.delivery import actions, deployments, follow_ups, plans
from roster.errors import Conflict, InvalidInput, NotAllowed, NotFound, UnknownTerm
from roster.inputs import (
    ActionInput,
    ActionMove,
    ActivityInput,
    ActivityReport,
    DeploymentInput,
    FollowUpAnswer,
    ResultInput,
    ResultJudgement,
)
from roster.policy import Actor
from roster.queries.actions import get_action, list_actions, steps_of
from roster.queries.deployments import deployments_of
from roster.queries.follow_ups import follow_ups as follow_ups_of
from roster.queries.plans import plan_book, plan_difference
from roster.queries.search import search
from roster.tables import (
    Action,
    ActionFollowUp,
    AssistanceRequest,
    Fiche,
    Message,
    Seat,
    Team,
)
from roster.vocabulary import (
    ActionStatus,
    ActivityStatus,
    ActivityType,
    Adopted,
    Constituent,
    DeploymentStatus,
    FicheStatus,
    MessageKind,
    PlanStatus,
    RequestStatus,
    ResultState,
    Role,
    SeatRole,
    TeamMode,
)
from tests.factories import Factory
from tests.fakes import FrozenClock

MISSION, TRAINING = ActivityType.FACT_FINDING, ActivityType.TRAINING


@pytest.fixture
def approved(make: Factory) -> AssistanceRequest:
    """Give an approved request of Cabo Verde with its fiche and a team of one."""
    request = make.request(
        status=RequestStatus.APPROVED,
        countries=["CV"],
        topics=["border_management"],
        authority="Borders Directorate",
        starts=date(2026, 5, 4),
        ends=date(2026, 5, 8),
        received_on=date(2026, 1, 5),
    )
    make.keep(
        Fiche(
            facility_id=make.home.id,
            request_id=request.id,
            version=2,
            status=FicheStatus.APPROVED,
            title="Borders of the islands",
            objective="Sound border procedures",
            results=[{"constituent": Constituent.POLICY.value, "title": "A manual"}],
            activities=[
                {"type": MISSION.value, "title": "Look at the airports", "starts": "2026-05-04"},
                {"type": TRAINING.value, "title": "Train the officers", "days": 10},
            ],
        )
    )
    ana = make.expert("Ana Prates")
    make.view(ana)
    team = Team(facility_id=make.home.id, request_id=request.id, mode=TeamMode.PEER_TO_PEER)
    make.keep(team)
    make.keep(
        Seat(
            facility_id=make.home.id,
            team_id=team.id,
            position=1,
            role=SeatRole.LEAD,
            expert_id=ana.id,
            need={"days": 4},
        )
    )
    return request


@pytest.fixture
def begun(
    session: Session, officer: Actor, approved: AssistanceRequest, clock: FrozenClock
) -> Action:
    return actions.begin(session, officer, approved.id, clock=clock)


def activity(title: str = "Train the officers", **said: object) -> ActivityInput:
    return ActivityInput.model_validate({"type": TRAINING, "title": title, **said})


def test_an_approved_request_becomes_an_action_with_the_plan_of_its_fiche_and_its_team(
    session: Session, officer: Actor, approved: AssistanceRequest, begun: Action
) -> None:
    found = get_action(session, officer, begun.code)
    assert (found.name, found.region, found.status, found.areas) == (
        "Borders of the islands",
        "Africa",
        ActionStatus.IN_PREPARATION,
        tuple(begun.areas),
    )
    assert [one.title for one in found.activities] == ["Look at the airports", "Train the officers"]
    assert [one.title for one in found.results] == ["A manual"]
    (sent,) = deployments_of(session, officer, begun.code)
    assert (sent.name, sent.role, sent.days, sent.starts) == (
        "Ana Prates",
        "lead",
        4,
        date(2026, 5, 4),
    )
    assert approved.action_id == begun.id
    assert plan_book(session, officer, begun.code).approved is not None
    (hit,) = search(session, officer, "islands").hits
    assert hit.id == begun.id


def test_a_request_becomes_one_action_only_and_only_when_it_is_approved(
    session: Session, make: Factory, officer: Actor, approved: AssistanceRequest, clock: FrozenClock
) -> None:
    actions.begin(session, officer, approved.id, clock=clock)
    for request in (approved, make.request("REQ-2")):
        with pytest.raises(Conflict):
            actions.begin(session, officer, request.id, clock=clock)
    elsewhere = make.request("REQ-3", facility=make.facility("elsewhere"))
    with pytest.raises(NotFound):
        actions.begin(session, officer, elsewhere.id, clock=clock)
    with pytest.raises(NotAllowed):
        actions.begin(session, make.actor(Role.AUDITOR), approved.id, clock=clock)


def test_addresses_of_actions_with_one_name_differ(
    session: Session, officer: Actor, clock: FrozenClock
) -> None:
    given = ActionInput(name="Ação São Tomé", countries=("ST",), topics=("border_management",))
    codes = [actions.write_down(session, officer, given, clock=clock).code for _ in range(2)]
    reserved = actions.write_down(session, officer, ActionInput(name="New"), clock=clock)
    assert codes == ["acao-sao-tome", "acao-sao-tome-2"]
    assert reserved.code == "new-2"
    long = "Support to the registration of migrant workers and their families in Mauritania"
    cut = actions.write_down(session, officer, ActionInput(name=long), clock=clock)
    assert cut.code == "support-to-the-registration-of-migrant-workers-and-their"
    with pytest.raises(UnknownTerm):
        actions.write_down(session, officer, ActionInput(name="X", countries=("ZZ",)), clock=clock)


Step = tuple[ActionStatus, str]
HELD, ON, OVER, OFF, BEFORE = (
    ActionStatus.ON_HOLD,
    ActionStatus.ONGOING,
    ActionStatus.COMPLETED,
    ActionStatus.CANCELLED,
    ActionStatus.IN_PREPARATION,
)


@pytest.mark.parametrize(
    ("way", "refused"),
    [
        ([(ON, ""), (OVER, "")], None),
        ([(HELD, "elections"), (BEFORE, "")], None),
        ([(ON, ""), (HELD, "elections"), (OFF, "no mandate")], None),
        ([(OFF, "withdrawn"), (BEFORE, "asked again")], None),
        ([(OVER, "")], Conflict),
        ([(HELD, "elections"), (HELD, "again")], Conflict),
        ([(HELD, "")], InvalidInput),
        ([(OFF, " ")], InvalidInput),
        ([(ON, ""), (OVER, ""), (ON, "")], InvalidInput),
        ([(ON, ""), (OVER, ""), (HELD, "x")], Conflict),
    ],
    ids=lambda value: "-".join(step[0].value for step in value) if isinstance(value, list) else "",
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_action_goes_where_it_may_and_says_why(
    session: Session,
    officer: Actor,
    begun: Action,
    clock: FrozenClock,
    way: list[Step],
    refused: type[Exception] | None,
) -> None:
    def go() -> None:
        for status, reason in way:
            clock.advance(hours=1)
            move = ActionMove(status=status, reason=reason)
            actions.move(session, officer, begun.code, move, clock=clock)

    if refused is not None:
        with pytest.raises(refused):
            go()
        return
    go()
    last = steps_of(session, begun.id)[0]
    assert (last.to_status, last.reason, last.by) == (*way[-1], officer.name)
    assert begun.on_hold is False
    assert (begun.closed_on is not None) == (begun.status in actions.CLOSED)


def test_cancelling_calls_off_who_was_to_go_and_frees_the_days(
    session: Session, make: Factory, officer: Actor, begun: Action, clock: FrozenClock
) -> None:
    move = ActionMove(status=OFF, reason="coup")
    actions.move(session, officer, begun.code, move, clock=clock)
    (sent,) = deployments_of(session, officer, begun.code)
    assert (sent.status, sent.reason) == (DeploymentStatus.CANCELLED, "coup")


def test_a_result_that_was_reached_needs_what_shows_it(
    session: Session, officer: Actor, begun: Action, clock: FrozenClock
) -> None:
    given = ResultInput(constituent=Constituent.KNOWLEDGE, title="A survey")
    row = actions.expect(session, officer, begun.code, given, clock=clock)
    reached = ResultJudgement(state=ResultState.REACHED)
    with pytest.raises(InvalidInput):
        actions.judge(session, officer, begun.code, row.id, reached, clock=clock)
    shown = ResultJudgement(state=ResultState.PARTLY, note="Printed in June")
    actions.judge(session, officer, begun.code, row.id, shown, clock=clock)
    last = get_action(session, officer, begun.code).results[-1]
    assert (last.title, last.state, last.note) == (
        "A survey",
        ResultState.PARTLY,
        "Printed in June",
    )
    with pytest.raises(NotFound):
        actions.judge(session, officer, begun.code, uuid4(), shown, clock=clock)


def test_a_new_version_shows_what_changed_and_deployments_follow_their_activity(
    session: Session, officer: Actor, begun: Action, clock: FrozenClock
) -> None:
    code = begun.code
    first = plan_book(session, officer, code).approved
    assert first is not None
    mission, training = (one.lineage for one in first.activities)
    assert mission
    assert training
    (sent,) = deployments_of(session, officer, code)
    assert sent.expert_id
    part = DeploymentInput(expert_id=sent.expert_id, lineage=training, role="trainer")
    row = deployments.change_deployment(session, officer, sent.id, part, clock=clock)
    old = row.activity_id
    plans.draft(session, officer, code, clock=clock)
    with pytest.raises(Conflict):
        plans.draft(session, officer, code, clock=clock)
    changed = activity(days=12, place="Praia", starts="2026-06")
    plans.write_activity(session, officer, code, training, changed, clock=clock)
    plans.write_activity(session, officer, code, None, activity("Write it down"), clock=clock)
    plans.drop_activity(session, officer, code, mission, clock=clock)
    plans.move_activity(session, officer, code, training, up=False, clock=clock)
    with pytest.raises(InvalidInput):
        plans.approve(session, officer, code, " ", clock=clock)
    plans.approve(session, officer, code, "after the mission", clock=clock)
    book = plan_book(session, officer, code)
    assert [one.status for one in book.versions] == [PlanStatus.REPLACED, PlanStatus.APPROVED]
    assert [one.title for one in book.versions[1].activities] == [
        "Write it down",
        "Train the officers",
    ]
    told = {one.kind: one for one in plan_difference(book, 1, 2).changes}
    assert set(told) == {"added", "changed", "dropped"}
    assert {one.field: (one.before, str(one.after)) for one in told["changed"].fields} == {
        "days": (10, "12"),
        "place": (None, "Praia"),
        "starts": (None, "2026-06"),
    }
    assert row.activity_id not in {None, old}
    with pytest.raises(Conflict):
        plans.write_activity(session, officer, code, training, changed, clock=clock)


def test_a_mission_done_asks_for_a_new_version_until_there_is_one(
    session: Session, officer: Actor, begun: Action, clock: FrozenClock
) -> None:
    code = begun.code
    book = plan_book(session, officer, code)
    assert book.approved
    assert book.mission_done is None
    lineage = book.approved.activities[0].lineage
    assert lineage
    done = ActivityReport(status=ActivityStatus.DONE, participants=12, women=5)
    early = done.model_copy(update={"starts": book.approved.activities[0].starts})
    with pytest.raises(InvalidInput):
        plans.report(session, officer, code, lineage, early, clock=clock)
    plans.report(session, officer, code, lineage, done, clock=clock)
    assert plan_book(session, officer, code).mission_done == "Look at the airports"
    plans.draft(session, officer, code, clock=clock)
    assert plan_book(session, officer, code).mission_done is None
    with pytest.raises(Conflict):
        plans.drop_activity(session, officer, code, lineage, clock=clock)
    plans.discard(session, officer, code, clock=clock)
    assert plan_book(session, officer, code).mission_done == "Look at the airports"
    plans.draft(session, officer, code, clock=clock)
    plans.approve(session, officer, code, "after the mission", clock=clock)
    assert plan_book(session, officer, code).mission_done is None


def test_what_is_reported_reaches_the_draft_too(
    session: Session, officer: Actor, begun: Action, clock: FrozenClock
) -> None:
    plans.draft(session, officer, begun.code, clock=clock)
    book = plan_book(session, officer, begun.code)
    assert book.draft
    lineage = book.draft.activities[1].lineage
    assert lineage
    given = ActivityReport(status=ActivityStatus.DONE, participants=9)
    plans.report(session, officer, begun.code, lineage, given, clock=clock)
    for version in plan_book(session, officer, begun.code).versions:
        assert version.activities[1].participants == 9


def close(session: Session, officer: Actor, action: Action, clock: FrozenClock) -> None:
    for status in (ON, OVER):
        actions.move(session, officer, action.code, ActionMove(status=status), clock=clock)


def test_a_closed_action_is_asked_after_by_the_rules_once_and_answered_with_a_source(
    session: Session, make: Factory, officer: Actor, begun: Action, clock: FrozenClock
) -> None:
    close(session, officer, begun, clock)
    asked = follow_ups_of(session, officer)
    assert [(one.occasion, one.due_on) for one in asked] == [
        ("6_months", date(2026, 9, 2)),
        ("12_months", date(2027, 3, 2)),
    ]
    system = make.actor(Role.COORDINATOR)
    assert follow_ups.remind(session, system, clock=clock) == 0
    clock.advance(days=200)
    make.request("REQ-9", countries=["CV", "SN"], received_on=date(2026, 9, 10))
    make.request("REQ-8", countries=["SN"], received_on=date(2026, 9, 10))
    assert follow_ups.remind(session, system, clock=clock) == 2
    assert follow_ups.remind(session, system, clock=clock) == 0
    told = session.exec(select(Message).where(Message.kind == MessageKind.OUTCOME_DUE)).all()
    assert {one.account_id for one in told} == {begun.officer_id}
    second = next(one for one in follow_ups_of(session, officer) if one.request)
    assert second.request is not None
    assert (second.occasion, second.request.code) == ("second_request", "REQ-9")
    with pytest.raises(InvalidInput):
        follow_ups.answer(
            session, officer, second.id, FollowUpAnswer(adopted=Adopted.YES), clock=clock
        )
    said = FollowUpAnswer.model_validate(
        {"adopted": "partly", "adopted_on": "2026-08", "source": "Official gazette 12"}
    )
    follow_ups.answer(session, officer, second.id, said, clock=clock)
    last = follow_ups_of(session, officer, code=begun.code)[-1]
    assert (last.adopted, str(last.adopted_on), last.by) == (
        Adopted.PARTLY,
        "2026-08",
        officer.name,
    )


def test_taking_an_action_up_again_takes_open_questions_back(
    session: Session, officer: Actor, begun: Action, clock: FrozenClock
) -> None:
    close(session, officer, begun, clock)
    first = follow_ups_of(session, officer)[0]
    said = FollowUpAnswer(adopted=Adopted.NO)
    follow_ups.answer(session, officer, first.id, said, clock=clock)
    actions.move(
        session, officer, begun.code, ActionMove(status=ON, reason="not over"), clock=clock
    )
    assert [one.id for one in follow_ups_of(session, officer)] == [first.id]
    actions.move(session, officer, begun.code, ActionMove(status=OVER), clock=clock)
    assert len(session.exec(select(ActionFollowUp)).all()) == 2


@pytest.fixture
def liaison(make: Factory) -> Callable[[str], Actor]:
    return lambda country: make.actor(Role.LIAISON_OFFICER, country)


def test_a_liaison_officer_sees_the_actions_of_her_country_and_names_but_no_records(
    session: Session,
    officer: Actor,
    begun: Action,
    liaison: Callable[[str], Actor],
    clock: FrozenClock,
) -> None:
    given = ActionInput(name="Elsewhere", countries=("SN", "ML"))
    other = actions.write_down(session, officer, given, clock=clock)
    host, guest = liaison("CV"), liaison("ML")
    assert [one.code for one in list_actions(session, host)] == [begun.code]
    assert [one.code for one in list_actions(session, guest)] == [other.code]
    (sent,) = deployments_of(session, host, begun.code)
    assert (sent.name, sent.expert_id) == ("Ana Prates", None)
    assert [hit.id for hit in search(session, host, "islands elsewhere").hits] == [begun.id]
    for read in (get_action, plan_book, deployments_of):
        with pytest.raises(NotFound):
            read(session, guest, begun.code)
    with pytest.raises(NotAllowed):
        plans.draft(session, host, begun.code, clock=clock)


def test_who_may_not_read_the_roster_learns_the_country_only(
    session: Session, make: Factory, begun: Action
) -> None:
    for role, country, name in (
        (Role.AUDITOR, None, None),
        (Role.FOCAL_POINT, "FR", None),
        (Role.FOCAL_POINT, "PT", "Ana Prates"),
    ):
        (sent,) = deployments_of(session, make.actor(role, country), begun.code)
        assert (sent.name, sent.country) == (name, "PT")


def test_an_action_of_another_facility_is_as_absent_as_none(
    session: Session, make: Factory, begun: Action, clock: FrozenClock
) -> None:
    stranger = make.actor(Role.PROJECT_OFFICER, facility=make.facility("elsewhere"))
    for code in (begun.code, "nothing"):
        with pytest.raises(NotFound):
            actions.move(session, stranger, code, ActionMove(status=ON), clock=clock)
