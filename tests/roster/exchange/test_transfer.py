"""Exchange of requests and Actions: all or nothing, predicted before, nothing lost on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from roster.errors import NotAllowed
from roster.exchange.transfer import Orders, take_in
from roster.ingest.interchange import ExchangeFormat, read_file, tidy, written
from roster.policy import Actor
from roster.queries.exchange import exported_rows
from roster.read.exchange import (
    ExchangeKind,
    ExchangeResult,
    ExchangeRow,
    OnKnown,
    RowAct,
)
from roster.tables import Action, Activity, ActivityPlan, AssistanceRequest, Change
from roster.vocabulary import ActionStatus, ActivityType, Origin, PlanStatus, RequestStatus, Role
from tests.factories import Factory
from tests.fakes import A_MONDAY

UPDATE = Orders("old system", OnKnown.UPDATE, A_MONDAY, tidy=tidy)
SKIP = replace(UPDATE, known=OnKnown.SKIP)
TRIAL = replace(UPDATE, is_trial=True)
MOST = 5_000_000


@pytest.fixture
def actor(make: Factory) -> Actor:
    return make.actor(Role.COORDINATOR)


def row(kind: ExchangeKind, at: int = 2, /, **cells: str) -> ExchangeRow:
    return ExchangeRow(kind, at, cells)


def action_row(at: int = 2, /, **cells: str) -> ExchangeRow:
    given = {"code": "mali-i", "name": "Mali I", "status": "ongoing", **cells}
    return row(ExchangeKind.ACTIONS, at, **given)


def activity_row(at: int = 2, /, **cells: str) -> ExchangeRow:
    given = {"action": "mali-i", "number": "1", "type": "training", "title": "T", **cells}
    return row(ExchangeKind.ACTIVITIES, at, **given)


def request_row(at: int = 2, /, **cells: str) -> ExchangeRow:
    return row(ExchangeKind.REQUESTS, at, **{"code": "R-1", "title": "Data", **cells})


def acts(found: ExchangeResult) -> list[RowAct]:
    return [one.act for one in found.outcomes]


def test_new_records_say_where_they_came_from_and_are_linked(make: Factory, actor: Actor) -> None:
    rows = [
        request_row(action="mali-i", countries="Mali; Sénégal", topics="Remittances",
                    languages="French B2; en C1 (one)", received_on="2026-10-01"),
        action_row(region="Afrique", countries="ML"),
        activity_row(starts="2027-03", participants="20", women="9"),
    ]  # fmt: skip
    found = take_in(make.session, actor, rows, UPDATE)
    assert (found.problems, acts(found), found.is_done) == ((), [RowAct.NEW] * 3, True)
    request = make.session.exec(select(AssistanceRequest)).one()
    action = make.session.exec(select(Action)).one()
    assert (request.countries, request.topics) == (["ML", "SN"], ["remittances"])
    assert [one["everyone"] for one in request.languages] == [True, False]
    assert request.action_id == action.id
    assert action.region == "Africa"
    assert {(one.origin, one.imported_from) for one in (request, action)} == {
        (Origin.IMPORTED, "old system")
    }
    assert make.session.exec(select(Activity)).one().participants == 20
    assert {one.act for one in make.session.exec(select(Change))} >= {"imported"}


def test_what_is_invented_stays_invented(make: Factory, actor: Actor) -> None:
    take_in(make.session, actor, [action_row(origin="synthetic")], UPDATE)
    assert make.session.exec(select(Action)).one().origin is Origin.SYNTHETIC


@pytest.mark.parametrize(
    ("bad", "column", "says"),
    [
        pytest.param(action_row(3, countries="Atlantis"), "countries", "Atlantis", id="country"),
        pytest.param(action_row(3, topics="remitances"), "topics", "remittances?", id="near-topic"),
        pytest.param(action_row(3, status="ongoin"), "status", "ongoing?", id="near-status"),
        pytest.param(action_row(3, starts="12/03/2027"), "starts", "2027-03-12", id="date"),
        pytest.param(action_row(3, starts="2027", ends="2026"), "ends", "before", id="order"),
        pytest.param(activity_row(3, type="trainin"), "type", "training", id="near-type"),
        pytest.param(activity_row(3, participants="-4"), "participants", "whole", id="minus"),
        pytest.param(activity_row(3, participants="9" * 5000), "participants", "whole", id="huge"),
        pytest.param(activity_row(3, participants="2", women="3"), "women", "More women", id="sum"),
        pytest.param(activity_row(3, action="nowhere"), "action", "no Action nowhere", id="orphan"),
        pytest.param(request_row(3, code="a b"), "code", "no code", id="code"),
        pytest.param(row(ExchangeKind.REQUESTS, 3, code="R-9"), "title", "new", id="needed"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_one_bad_cell_is_named_and_nothing_is_written(
    make: Factory, actor: Actor, bad: ExchangeRow, column: str, says: str
) -> None:
    found = take_in(make.session, actor, [action_row(2, code="fine"), bad], UPDATE)
    (problem,) = found.problems
    assert (problem.number, problem.column) == (3, column)
    assert says in problem.detail
    assert not found.is_done
    assert make.session.exec(select(Action)).all() == []


def test_a_row_that_needs_a_refused_one_is_not_blamed(make: Factory, actor: Actor) -> None:
    rows = [action_row(region="Nowhere"), activity_row(), request_row(action="mali-i")]
    found = take_in(make.session, actor, rows, UPDATE)
    assert [one.kind for one in found.problems] == [ExchangeKind.ACTIONS]


def test_a_code_that_stands_twice_is_refused(make: Factory, actor: Actor) -> None:
    found = take_in(make.session, actor, [action_row(2), action_row(3)], UPDATE)
    assert [(one.number, one.column) for one in found.problems] == [(3, "code")]


def kept(make: Factory) -> Action:
    action = Action(
        facility_id=make.home.id, code="mali-i", name="Mali I", status=ActionStatus.ONGOING,
        objective="Better data", countries=["ML"],
    )  # fmt: skip
    plan = ActivityPlan(facility_id=make.home.id, action_id=action.id, version=1)
    parts = [
        Activity(
            facility_id=make.home.id, plan_id=plan.id, number=number, title=f"T{number}",
            type=ActivityType.TRAINING,
        )
        for number in (1, 2, 2)
    ]  # fmt: skip
    make.keep(action, plan, *parts)
    return action


def test_what_is_known_is_skipped_or_changed_as_it_is_said(make: Factory, actor: Actor) -> None:
    action = kept(make)
    rows = [action_row(objective="Other data", authority="")]
    assert acts(take_in(make.session, actor, rows, SKIP)) == [RowAct.SKIPPED]
    assert action.objective == "Better data"
    found = take_in(make.session, actor, rows, UPDATE)
    assert found.outcomes[0].changes == (("objective", "Better data", "Other data"),)
    assert (action.objective, action.countries, action.origin) == (
        "Other data", ["ML"], Origin.REAL,
    )  # fmt: skip


def test_a_status_moves_on_its_page_and_not_by_a_file(make: Factory, actor: Actor) -> None:
    kept(make)
    make.keep(AssistanceRequest(facility_id=make.home.id, code="R-1", title="Data"))
    rows = [action_row(status="completed"), request_row(status=RequestStatus.APPROVED.value)]
    found = take_in(make.session, actor, rows, UPDATE)
    assert [one.column for one in found.problems] == ["status", "status"]


def test_a_changed_activity_makes_a_new_version_of_the_plan_and_stays_the_same_activity(
    make: Factory, actor: Actor
) -> None:
    action = kept(make)
    before = {one.number: one.lineage for one in make.session.exec(select(Activity))}
    rows = [activity_row(title="T1 anew"), activity_row(3, number="7", title="T7")]
    found = take_in(make.session, actor, rows, UPDATE)
    assert acts(found) == [RowAct.CHANGED, RowAct.NEW]
    old, new = make.session.exec(
        select(ActivityPlan).where(ActivityPlan.action_id == action.id).order_by("version")
    )
    assert (old.status, new.status, new.version) == (PlanStatus.REPLACED, PlanStatus.APPROVED, 2)
    parts = make.session.exec(select(Activity).where(Activity.plan_id == new.id)).all()
    assert sorted(one.title for one in parts) == ["T1 anew", "T2", "T2", "T7"]
    assert {one.lineage for one in parts if one.number < 7} >= {before[1], before[2]}


def test_a_trial_says_what_is_done_and_writes_nothing(make: Factory, actor: Actor) -> None:
    kept(make)
    rows = [action_row(objective="New"), activity_row(place="Bamako"), request_row()]
    said = take_in(make.session, actor, rows, TRIAL)
    assert make.session.exec(select(Action.objective)).one() == "Better data"
    assert make.session.exec(select(AssistanceRequest)).all() == []
    done = take_in(make.session, actor, rows, UPDATE)
    assert (said.outcomes, said.is_done, done.is_done) == (done.outcomes, False, True)


def test_only_who_may_exchange_does(make: Factory) -> None:
    with pytest.raises(NotAllowed):
        take_in(make.session, make.actor(Role.PROJECT_OFFICER), [], UPDATE)


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=40
)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@settings(
    max_examples=4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(words=st.lists(WORDS, min_size=3, max_size=3), locale=st.sampled_from(("en", "fr", "pt")))
def test_what_goes_out_comes_in_again_and_changes_nothing(
    make: Factory, words: list[str], locale: str
) -> None:
    facility = make.facility()
    actor = make.actor(Role.COORDINATOR, facility=facility)
    action = Action(
        facility_id=facility.id, code="a", name=words[0], objective=f"={words[1]}\n  '{words[2]}",
        status=ActionStatus.ON_HOLD, countries=["CI", "BJ"], topics=["remittances"],
    )  # fmt: skip
    plan = ActivityPlan(facility_id=facility.id, action_id=action.id, version=1)
    part = Activity(
        facility_id=facility.id, plan_id=plan.id, number=1, type=ActivityType.OTHER,
        title=words[2], also=["training"], is_remote=True,
    )  # fmt: skip
    request = AssistanceRequest(
        facility_id=facility.id, code="R", title=words[1], text="\n".join(words),
        action_id=action.id, languages=[{"language": "fr", "minimum": "B2", "everyone": False}],
    )  # fmt: skip
    make.keep(action, plan, part, request)
    rows = {kind: exported_rows(make.session, actor, kind) for kind in ExchangeKind}
    files = [written({kind: held}, ExchangeFormat.CSV, locale) for kind, held in rows.items()]
    files.append(written(rows, ExchangeFormat.JSON))
    for file in files:
        if file.startswith(b"{"):
            found = take_in(make.session, actor, read_file(file, most_bytes=MOST), UPDATE)
            assert (found.problems, set(acts(found))) == ((), {RowAct.SAME})
    for kind, held in rows.items():
        there = [replace(one, cells={k: tidy(v) for k, v in one.cells.items()}) for one in held]
        found = take_in(make.session, actor, there, UPDATE)
        assert (found.problems, set(acts(found))) == ((), {RowAct.SAME}), kind
