"""Reports: counted from the rows, each figure with its rows, few people told inside only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from fixtures import facts, seeding
from roster import reports
from roster.counting.facts import ReportScope
from roster.counting.figures import TriangularRule
from roster.counting.printed_tables import PrintedGroup, PrintedState
from roster.dates import PartialDate
from roster.errors import InvalidInput, NotAllowed, NotFound
from roster.policy import Actor
from roster.queries.printed import printed_lines
from roster.read.reports import Report
from roster.tables import (
    AccessLog,
    Action,
    Activity,
    ActivityPlan,
    AssistanceRequest,
    Deployment,
    Feedback,
    Fiche,
    Inquiry,
    Questionnaire,
)
from roster.vocabulary import (
    ActionStatus,
    ActivityStatus,
    ActivityType,
    Audience,
    DeploymentStatus,
    ExpertKind,
    Occasion,
    Origin,
    ReportTableCode,
    RequestStatus,
    Role,
)
from tests.factories import Factory, utc
from tests.fakes import A_MONDAY

NOW = A_MONDAY


def report(make: Factory, actor: Actor, scope: ReportScope | None = None) -> Report:
    make.session.flush()
    return reports.build_report(make.session, actor, scope or ReportScope(), now=NOW)


def figure(found: Report, table: ReportTableCode, row: str, column: str) -> float | None:
    cell = found.table(table).cell(row, column)
    return cell.value if cell else None


def undertaking(make: Factory, code: str = "a", **said: Any) -> tuple[Action, ActivityPlan]:
    given: dict[str, Any] = {
        "region": "Africa",
        "countries": ["GH"],
        "topics": ["remittances"],
        **said,
    }
    action = Action(
        facility_id=make.home.id, code=code, name=code, status=ActionStatus.ONGOING, **given
    )
    plan = ActivityPlan(facility_id=make.home.id, action_id=action.id, version=1)
    make.keep(action, plan)
    return action, plan


def activity(make: Factory, plan: ActivityPlan, **said: Any) -> Activity:
    given: dict[str, Any] = {
        "number": 1,
        "type": ActivityType.TRAINING,
        "title": "Training",
        **said,
    }
    row = Activity(facility_id=make.home.id, plan_id=plan.id, **given)
    make.keep(row)
    return row


def send(make: Factory, action: Action, how_many: int, country: str = "PT") -> None:
    for number in range(how_many):
        expert = make.expert(f"Person {country} {number}", country=country)
        expert.kind = ExpertKind.EU_ADMINISTRATION
        make.keep(
            expert,
            Deployment(
                facility_id=make.home.id,
                action_id=action.id,
                expert_id=expert.id,
                status=DeploymentStatus.DONE,
                starts=date(2026, 3, 2),
            ),
        )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_facts_of_the_book_give_its_figures_and_every_figure_its_rows(make: Factory) -> None:
    seeding.seed_actions(make.session, make.home)
    seeding.seed_past_requests(make.session, make.home)
    found = report(make, make.actor(Role.COORDINATOR))
    assert {name: cell.value for name, cell in found.totals} == {
        "requests": 100, "actions": 71, "activities": 336, "people": None,
    }  # fmt: skip
    requests = found.table(ReportTableCode.REQUESTS)
    said = {
        name: sum(row.cells[place].value or 0 for row in requests.rows)
        for place, name in enumerate(requests.columns)
    }
    assert said == {
        "requests": 100, "completed": 42, "ongoing": 31, "rejected": 16, "forwarded": 7,
        "in_preparation": 4,
    }  # fmt: skip
    assert figure(found, ReportTableCode.ACTIVITY_TYPES, "training", "activities") == 37
    shares = {
        rule: figure(found, ReportTableCode.TRIANGULAR, rule.name.lower(), "triangular")
        for rule in TriangularRule
    }
    assert list(shares.values()) == [11, 13, 15, 17]
    for table in found.tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                if cell.rows and column not in {"participants", "women", "asked", "answered"}:
                    assert len(cell.rows) == cell.value, (table.code, row.key, column)


def test_only_one_origin_counts_and_real_is_what_is_meant(make: Factory) -> None:
    undertaking(make, "real")
    undertaking(make, "invented", origin=Origin.SYNTHETIC)
    actor = make.actor()
    assert figure(report(make, actor), ReportTableCode.ACTIONS, "Africa", "actions") == 1
    invented = report(make, actor, ReportScope(origin=Origin.SYNTHETIC))
    assert invented.table(ReportTableCode.ACTIONS).rows[0].cells[0].rows[0].label == "invented"


def test_participants_are_told_with_how_many_activities_they_are_known_of(make: Factory) -> None:
    _, plan = undertaking(make)
    activity(make, plan, participants=20, women=8)
    activity(make, plan, number=2)
    activity(make, plan, number=3, participants=90, status=ActivityStatus.CANCELLED)
    cell = (
        report(make, make.actor())
        .table(ReportTableCode.PARTICIPANTS)
        .cell("Africa", "participants")
    )
    assert cell is not None
    assert (cell.value, cell.known, cell.among) == (20, 1, 2)


def test_outside_the_facility_few_people_are_not_told_nor_to_be_computed(make: Factory) -> None:
    action, _ = undertaking(make)
    for country, people in (("PT", 3), ("FR", 6), ("DE", 9)):
        send(make, action, people, country)
    inside = report(make, make.actor(Role.PROJECT_OFFICER))
    outside = report(make, make.actor(Role.AUDITOR))
    table = ReportTableCode.EXPERT_STATES
    assert [figure(inside, table, code, "people") for code in ("PT", "FR", "DE")] == [3, 6, 9]
    assert [figure(outside, table, code, "people") for code in ("PT", "FR", "DE")] == [
        None, None, 9,
    ]  # fmt: skip
    assert outside.hides_few
    assert not any(cell.rows for row in outside.table(table).rows for cell in row.cells[1:])
    with pytest.raises(NotFound):
        reports.counted_rows(
            make.session, make.actor(Role.AUDITOR), outside, (table.value, "PT", "people"), now=NOW
        )


def test_a_part_that_tells_of_a_rest_of_few_people_is_kept_back(make: Factory) -> None:
    _, plan = undertaking(make)
    activity(make, plan, participants=20, women=18)
    table, name = ReportTableCode.ACTIVITY_TYPES, ActivityType.TRAINING.value
    inside = report(make, make.actor(Role.PROJECT_OFFICER))
    outside = report(make, make.actor(Role.AUDITOR))
    assert figure(inside, table, name, "women") == 18
    assert figure(outside, table, name, "participants") == 20
    assert figure(outside, table, name, "women") is None


def test_a_look_at_the_people_behind_a_figure_is_written_down(make: Factory) -> None:
    action, _ = undertaking(make)
    send(make, action, 1)
    actor = make.actor()
    found = report(make, actor)
    which = (ReportTableCode.EXPERT_STATES.value, "PT", "people")
    rows = reports.counted_rows(make.session, actor, found, which, now=NOW)
    assert list(rows.names.values()) == ["Person PT 0"]
    make.session.flush()
    assert [one.what for one in make.session.exec(select(AccessLog))] == ["report"]


def test_a_first_mission_is_one_before_which_nothing_is_known(make: Factory) -> None:
    action, _ = undertaking(make)
    send(make, action, 2)
    found = report(make, make.actor())
    assert figure(found, ReportTableCode.EXPERT_STATES, "PT", "first_timers") == 2
    veteran = make.expert("Somebody sent before", country="FR")
    veteran.deployments = 4
    make.keep(
        veteran,
        Deployment(facility_id=make.home.id, action_id=action.id, expert_id=veteran.id),
    )
    found = report(make, make.actor())
    assert figure(found, ReportTableCode.EXPERT_STATES, "FR", "people") == 1
    assert figure(found, ReportTableCode.EXPERT_STATES, "FR", "first_timers") == 0


def test_deployed_people_make_an_action_triangular(make: Factory) -> None:
    action, _ = undertaking(make)
    send(make, action, 1, "PT")
    south = make.expert("From the South", country="SN")
    south.kind = ExpertKind.NON_EU_ADMINISTRATION
    make.keep(south, Deployment(facility_id=make.home.id, action_id=action.id, expert_id=south.id))
    found = report(make, make.actor())
    assert [row.cells[0].value for row in found.table(ReportTableCode.TRIANGULAR).rows] == [1] * 4


def test_times_are_measured_only_where_both_days_are_known(make: Factory) -> None:
    action, plan = undertaking(make)
    activity(make, plan, starts=PartialDate(2026, 3, 11), status=ActivityStatus.DONE)
    for received, drafted in ((date(2026, 1, 10), 20), (date(2026, 1, 1), 19), (None, 20)):
        request = AssistanceRequest(
            facility_id=make.home.id, code=f"R{received}", title="R", received_on=received,
            action_id=action.id, status=RequestStatus.APPROVED,
        )  # fmt: skip
        fiche = Fiche(
            facility_id=make.home.id, request_id=request.id, version=1, title="F",
            created_at=utc(2026, 1, drafted),
        )  # fmt: skip
        make.keep(request, fiche)
    table = report(make, make.actor()).table(ReportTableCode.TIMES)
    values = {row.key: [cell.value for cell in row.cells] for row in table.rows}
    assert values["to_fiche"] == [14, 12, 16, 10, 18, 2]
    assert values["to_first_activity"][-1] == 2
    assert values["to_first_activity"][0] == pytest.approx(64.5)


def test_a_response_rate_leaves_out_inquiries_that_do_not_say_how_many_were_asked(
    make: Factory,
) -> None:
    action, _ = undertaking(make)
    form = Questionnaire(
        facility_id=make.home.id, code="q", title="Q", audience=Audience.PARTICIPANT,
        occasion=Occasion.ACTION,
    )  # fmt: skip
    make.keep(form)
    for asked, answers in ((10, 4), (None, 3)):
        sent = Inquiry(
            facility_id=make.home.id, action_id=action.id, questionnaire_id=form.id, asked=asked
        )
        make.keep(sent)
        make.keep(
            *(
                Feedback(
                    facility_id=make.home.id, action_id=action.id, inquiry_id=sent.id,
                    rater="participant",
                )
                for _ in range(answers)
            )
        )  # fmt: skip
    row = report(make, make.actor()).table(ReportTableCode.RESPONSES).rows[0]
    assert [cell.value for cell in row.cells] == [10, 7, 40.0]


def test_a_period_that_ends_before_it_begins_and_a_reader_without_right_are_refused(
    make: Factory,
) -> None:
    scope = ReportScope(date(2027, 1, 2), date(2027, 1, 1))
    with pytest.raises(InvalidInput):
        report(make, make.actor(), scope)
    with pytest.raises(NotAllowed):
        report(make, make.actor(Role.FOCAL_POINT, "PT"))


def test_another_facility_is_read_only_where_a_role_is_held_there(make: Factory) -> None:
    other = make.facility("other")
    actor = make.actor()
    with pytest.raises(NotFound):
        reports.in_facility(make.session, actor, "other")
    both = replace(actor, grants=(*actor.grants, replace(actor.grants[0], facility_id=other.id)))
    assert reports.in_facility(make.session, both, "other").facility_id == other.id


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_printed_figure_stands_beside_the_computed_one_and_none_is_unexplained(
    make: Factory,
) -> None:
    seeding.seed_actions(make.session, make.home)
    seeding.seed_past_requests(make.session, make.home)
    seeding.seed_fact_sheets(make.session, make.home, make.facility("ddf"))
    lines = printed_lines(make.session, make.actor())
    told: dict[tuple[PrintedGroup, str], tuple[Any, Any, PrintedState]] = {
        (one.group, one.key): (one.printed, one.computed, one.state) for one in lines
    }
    agree, explained = PrintedState.AGREES, PrintedState.EXPLAINED
    lost = PrintedState.NOT_RECOMPUTABLE
    for name, printed in (
        ("completed", 42), ("ongoing", 31), ("rejected", 16), ("forwarded", 7),
        ("in_preparation", 4),
    ):  # fmt: skip
        assert told[PrintedGroup.REQUESTS, f"requests_{name}"] == (printed, printed, agree)
    for name, printed, computed, state in (
        ("africa", 34, 35, explained), ("asia", 14, 14, agree), ("latin_america", 11, 11, agree),
        ("mena", 5, 6, explained), ("eastern_europe", 5, 5, agree),
    ):  # fmt: skip
        assert told[PrintedGroup.REGIONS, f"region_{name}"] == (printed, computed, state)
    areas = {k: v[1] for (g, k), v in told.items() if g is PrintedGroup.AREAS and v[0] is None}
    assert sorted(areas.values()) == [4, 9, 12, 26, 36]
    types = [v[1] for (g, _), v in told.items() if g is PrintedGroup.ACTIVITY_TYPES and not v[0]]
    assert sorted(types, reverse=True) == [117, 51, 37, 33, 21, 18, 17, 14, 14, 11, 3]
    states = {key: row for (group, key), row in told.items() if group is PrintedGroup.STATES}
    assert {code: row[0] for code, row in states.items()} == facts.printed_experts()
    assert sum(row[0] for row in states.values()) == 165
    assert all(row[2] is lost and row[1] > 0 for row in states.values())
    assert {code for code, row in states.items() if row[1] > row[0]} == {
        "BE", "BG", "DE", "MT", "RO",
    }  # fmt: skip
    assert told[PrintedGroup.ACTIVITY_TYPES, "activities_organised"][2] is lost
    assert told[PrintedGroup.EXPERTS, "experts_eu_ms"][2] is lost
    assert told[PrintedGroup.OTHER, "graphs"][2] is lost
    assert PrintedState.UNEXPLAINED not in {row[2] for row in told.values()}
    assert all(one.why for one in lines if one.state in {explained, lost})


def test_a_facility_of_which_nothing_was_printed_has_no_such_table(make: Factory) -> None:
    assert printed_lines(make.session, make.actor()) == ()
