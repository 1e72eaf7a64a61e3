"""Deployments: the days they bind, the checklist, and the evidence that they leave behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import uuid4

import pytest
from sqlmodel import Session, select

from matching.engine import Engine
from roster.dates import PartialDate
from roster.delivery import deployments, plans
from roster.errors import Conflict, InvalidInput, NotFound
from roster.inputs import ActivityInput, DeploymentInput, StepInput
from roster.policy import Actor
from roster.queries.deployments import clashes_of, clashes_with, deployments_of, sendable
from roster.queries.requests import need_of
from roster.read import DeploymentView
from roster.tables import Action, Activity, ActivityPlan, Expert, Fact, ShortlistEntry, Source
from roster.vocabulary import (
    ActionStatus,
    ActivityType,
    ChecklistStep,
    DeploymentStatus,
    ExpertStatus,
    FactKind,
    FactStatus,
    Gate,
    GateOutcome,
    PlanStatus,
    ReleaseOutcome,
    Role,
    SourceKind,
    Stage,
)
from tests.factories import Factory
from tests.fakes import FrozenClock


@dataclass
class Field:
    """An Action with one activity, an officer, and somebody to send."""

    session: Session
    make: Factory
    clock: FrozenClock
    officer: Actor
    action: Action
    activity: Activity
    ana: Expert

    def given(self, **said: object) -> DeploymentInput:
        """Say who goes, on 9–13 March 2026 where nothing else is said."""
        usual = {
            "expert_id": self.ana.id,
            "lineage": self.activity.lineage,
            "role": "trainer",
            "days": 5,
            "starts": date(2026, 3, 9),
            "ends": date(2026, 3, 13),
        }
        return DeploymentInput.model_validate({**usual, **said})

    def plan(self, **said: object) -> DeploymentView:
        """Plan it; return how it is read."""
        made = deployments.plan_deployment(
            self.session, self.officer, self.action.code, self.given(**said), clock=self.clock
        )
        return next(one for one in self.seen() if one.id == made.id)

    def seen(self) -> tuple[DeploymentView, ...]:
        """Return what the officer sees."""
        return deployments_of(self.session, self.officer, self.action.code)


@pytest.fixture
def field(session: Session, clock: FrozenClock) -> Field:
    make = Factory(session)
    action = Action(
        facility_id=make.home.id,
        code="cabo-verde-iii",
        name="Cabo Verde III",
        status=ActionStatus.ONGOING,
        countries=["CV"],
        topics=["border_management"],
        authority="Borders Directorate",
    )
    make.keep(action)
    plan = ActivityPlan(
        facility_id=make.home.id, action_id=action.id, version=1, status=PlanStatus.APPROVED
    )
    make.keep(plan)
    activity = Activity(
        facility_id=make.home.id,
        plan_id=plan.id,
        number=1,
        type=ActivityType.TRAINING,
        title="Training of officers",
    )
    make.keep(activity)
    ana = make.expert("Ana Prates")
    ana.availability_known_until = date(2027, 1, 1)
    make.view(ana)
    officer = make.actor(Role.PROJECT_OFFICER)
    return Field(session, make, clock, officer, action, activity, ana)


def test_a_planned_deployment_keeps_away_from_other_requests_and_not_from_its_own(
    field: Field,
) -> None:
    need = need_of(
        field.make.request(
            starts=date(2026, 3, 11), ends=date(2026, 3, 20), topics=["border_management"]
        )
    )
    engine = Engine()

    def availability(action: Action | None) -> GateOutcome:
        engine.update([field.make.view(field.ana)])
        asked = replace(need, action_id=action.id if action else None)
        (found,) = engine.rank(asked, now=field.clock.now()).people
        return next(one for one in found.gates if one.gate is Gate.AVAILABILITY).outcome

    assert availability(None) is GateOutcome.PASS
    planned = field.plan()
    assert availability(None) is GateOutcome.FAIL
    assert availability(field.action) is GateOutcome.PASS
    deployments.cancel(field.session, field.officer, planned.id, "no visa", clock=field.clock)
    assert availability(None) is GateOutcome.PASS


def test_days_follow_the_activity_where_nobody_says_others(field: Field) -> None:
    assert field.plan(starts=None, ends=None).starts is None
    said = field.activity
    said.starts, said.ends = PartialDate.parse("2026-04-06"), PartialDate.parse("2026-04-10")
    field.session.add(said)
    planned = field.plan(starts=None, ends=None)
    assert (planned.starts, planned.ends) == (date(2026, 4, 6), date(2026, 4, 10))


def test_an_overlap_with_another_deployment_is_told(field: Field) -> None:
    first = field.plan()
    days = date(2026, 3, 13), date(2026, 3, 15)
    (clash,) = clashes_of(field.session, field.officer, field.ana.id, *days)
    assert (clash.action, clash.starts) == ("Cabo Verde III", date(2026, 3, 9))
    own = clashes_of(field.session, field.officer, field.ana.id, *days, but=first.id)
    assert own == ()
    field.plan(starts=date(2026, 3, 13), ends=None)
    assert [len(one.clashes) for one in field.seen()] == [1, 1]


def test_an_overlap_is_told_where_the_days_are_those_of_the_activity(field: Field) -> None:
    field.plan(starts=date(2026, 4, 8), ends=date(2026, 4, 9))
    given = field.given(starts=None, ends=None)

    def told() -> int:
        return len(clashes_with(field.session, field.officer, field.action.code, given))

    assert told() == 0  # Neither says a day.
    for said, clashes in (("2026-04-06", 0), ("2026-04-09", 1), ("2026-04", 1)):
        field.activity.starts = PartialDate.parse(said)
        field.session.add(field.activity)
        assert told() == clashes


def test_whoever_was_sent_without_days_gets_those_that_a_new_plan_brings(field: Field) -> None:
    field.plan(starts=None, ends=None)
    code, who = field.action.code, (field.session, field.officer)
    plans.draft(*who, code, clock=field.clock)
    dated = ActivityInput(
        type=ActivityType.TRAINING, title="Training", starts="2026-04-06", ends="2026-04-10"
    )
    plans.write_activity(*who, code, field.activity.lineage, dated, clock=field.clock)
    plans.approve(*who, code, "The dates are agreed.", clock=field.clock)
    (planned,) = field.seen()
    assert (planned.starts, planned.ends) == (date(2026, 4, 6), date(2026, 4, 10))


@pytest.mark.parametrize(
    ("status", "informed"),
    [(ExpertStatus.PAUSED, True), (ExpertStatus.WITHDRAWN, True), (ExpertStatus.ACTIVE, False)],
    ids=["paused", "withdrawn", "not-told"],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_is_sent_who_is_not_active_and_told(
    field: Field, status: ExpertStatus, informed: bool
) -> None:
    other = field.make.expert("Bruno Sá", status=status, informed=informed)
    with pytest.raises(Conflict):
        field.plan(expert_id=other.id)


def test_a_line_of_the_checklist_is_ticked_and_unticked(field: Field) -> None:
    planned = field.plan()

    def tick(done_on: date | None) -> date | None:
        given = StepInput(step=ChecklistStep.BRIEFING, done_on=done_on, note="By call")
        deployments.tick(field.session, field.officer, planned.id, given, clock=field.clock)
        (seen,) = field.seen()
        return next(one for one in seen.steps if one.step is ChecklistStep.BRIEFING).done_on

    assert tick(date(2026, 3, 1)) == date(2026, 3, 1)
    assert tick(date(2026, 3, 2)) == date(2026, 3, 2)
    assert tick(None) is None
    with pytest.raises(InvalidInput):
        tick(date(2026, 3, 3))


@pytest.mark.parametrize(
    ("outcome", "until", "ticked"),
    [
        (ReleaseOutcome.GRANTED, date(2026, 3, 31), True),
        (ReleaseOutcome.GRANTED, date(2026, 3, 10), False),
        (ReleaseOutcome.PENDING, None, False),
        (ReleaseOutcome.REFUSED, None, False),
    ],
    ids=["granted", "ends-before", "silence", "refused"],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_granted_release_ticks_itself(
    field: Field, outcome: ReleaseOutcome, until: date | None, ticked: bool
) -> None:
    field.plan()
    field.make.release(field.ana, outcome, valid_to=until)
    (seen,) = field.seen()
    release = next(one for one in seen.steps if one.step is ChecklistStep.RELEASE)
    assert (release.by_itself, release.done_on) == (ticked, None)


def test_what_was_done_is_evidence_that_the_next_ranking_names(field: Field) -> None:
    request = field.make.request(topics=["border_management"], action_id=field.action.id)
    field.make.keep(
        ShortlistEntry(
            facility_id=field.make.home.id,
            request_id=request.id,
            expert_id=field.ana.id,
            stage=Stage.AGREED,
        )
    )
    (one,) = sendable(field.session, field.officer, field.action.code)
    assert (one.person.id, one.in_team, one.is_sent) == (field.ana.id, False, False)
    planned = field.plan()
    with pytest.raises(Conflict, match="not over"):
        deployments.finish(field.session, field.officer, planned.id, clock=field.clock)
    field.clock.advance(days=30)
    deployments.finish(field.session, field.officer, planned.id, clock=field.clock)
    assert (field.ana.deployments, field.ana.last_deployed) == (1, date(2026, 3, 13))
    source = field.session.exec(select(Source).where(Source.deployment_id == planned.id)).one()
    facts = field.session.exec(select(Fact).where(Fact.source_id == source.id)).all()
    assert source.kind is SourceKind.DEPLOYMENT
    assert {fact.kind for fact in facts} == {FactKind.MISSION, FactKind.TOPIC, FactKind.ACTIVITY}
    assert {fact.status for fact in facts} == {FactStatus.CONFIRMED}
    engine = Engine()
    engine.update([field.make.view(field.ana)])
    again = replace(need_of(request), countries=("CV",), activities=(ActivityType.TRAINING,))
    (ranked,) = engine.rank(again, now=field.clock.now()).people
    proofs = {proof.source for part in ranked.contributions for proof in part.evidence}
    assert proofs == {"Deployment, Cabo Verde III"}
    entry = field.session.exec(select(ShortlistEntry)).one()
    assert entry.stage is Stage.COMPLETED


def test_what_is_over_stays_as_it_is(field: Field) -> None:
    open_ended = field.plan(starts=None, ends=None)
    with pytest.raises(Conflict, match="which days"):
        deployments.finish(field.session, field.officer, open_ended.id, clock=field.clock)
    with pytest.raises(InvalidInput):
        deployments.cancel(field.session, field.officer, open_ended.id, " ", clock=field.clock)
    deployments.cancel(field.session, field.officer, open_ended.id, "no visa", clock=field.clock)
    with pytest.raises(Conflict):
        deployments.cancel(field.session, field.officer, open_ended.id, "x", clock=field.clock)
    with pytest.raises(Conflict):
        deployments.change_deployment(
            field.session, field.officer, open_ended.id, field.given(), clock=field.clock
        )
    (seen,) = field.seen()
    assert (seen.status, seen.reason) == (DeploymentStatus.CANCELLED, "no visa")
    with pytest.raises(NotFound):
        deployments.cancel(field.session, field.officer, uuid4(), "x", clock=field.clock)
