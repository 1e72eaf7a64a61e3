"""Context of a request: earlier work, other agencies, the country's profile, its groups."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session

from roster.errors import InvalidInput, NotFound, UnknownTerm
from roster.inputs.lessons import SectionInput, WorkingGroupInput
from roster.intake import surroundings
from roster.policy import Actor
from roster.queries import surroundings as known
from roster.tables import ActionFollowUp, FactSheet
from roster.vocabulary import Adopted, Role
from tests.factories import Factory
from tests.fakes import FrozenClock
from tests.roster.fieldwork import make_action

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def project(make: Factory, code: str, **content: object) -> None:
    make.keep(
        FactSheet(
            facility_id=make.home.id,
            kind="agency_project",
            code=code,
            title=code,
            content={"countries": ["GH"], "lead_agency": "SNV", **content},
            source="a report",
        )
    )


def test_earlier_work_comes_with_its_outcome_the_nearest_first(
    session: Session, make: Factory, officer: Actor
) -> None:
    request = make.request(countries=["GH"], topics=["data_management"])
    before = make_action(make, "ghana-i")
    make_action(make, "peru-i", countries=("PE",), topics=("data_management",))
    make_action(make, "chad-i", countries=("TD",), topics=("remittances",))
    make.keep(
        ActionFollowUp(
            facility_id=make.home.id,
            action_id=before.action.id,
            occasion="6_months",
            due_on=TODAY,
            adopted=Adopted.PARTLY,
            text="The form is in use in two regions.",
        )
    )
    found = known.surroundings(session, officer, request.id, TODAY).earlier
    assert [(one.title, one.why) for one in found] == [
        ("Ghana I", ("same_country", "same_topic")),
        ("Peru I", ("same_topic",)),
    ]
    assert (found[0].adopted, found[0].adopted_text) == (
        Adopted.PARTLY,
        "The form is in use in two regions.",
    )


@pytest.mark.parametrize(
    ("content", "overlaps"),
    [
        ({"start": "2026", "end": {"latest": "2027-03"}}, True),
        ({"start": "2018", "end": {"latest": "2021-11"}}, False),
        ({"start": "2026", "end": None}, None),
        ({"start": "2026", "duration_months": 12}, True),
        ({"start": "2024-01", "duration_months": 36}, False),
        (
            {
                "start": "2013",
                "end": {"latest": "2030"},
                "periods": [["2013", "2016"], ["2029", "2030"]],
            },
            False,
        ),
    ],
    ids=["overlaps", "over", "end unknown", "year and length", "month and length", "in parts"],
)
def test_a_project_overlaps_where_its_printed_time_does(
    session: Session,
    make: Factory,
    officer: Actor,
    content: dict[str, object],
    overlaps: bool | None,
) -> None:
    request = make.request(
        countries=["GH"], starts=date(2027, 3, 1), ends=date(2027, 3, 12), topics=["remittances"]
    )
    project(make, "GrEEn", **content)
    project(make, "elsewhere", countries=["PE"])
    (one,) = known.surroundings(session, officer, request.id, TODAY).projects
    assert (one.code, one.overlaps) == ("GrEEn", overlaps)


def test_each_section_is_missing_until_somebody_writes_it_with_source_and_day(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    request = make.request(countries=["GH"])
    given = SectionInput(text="About 2 % of GDP.", source="Central bank", as_of=date(2025, 6, 1))
    surroundings.set_section(session, officer, "GH", "remittances", given, clock=clock)
    profile = known.surroundings(session, officer, request.id, TODAY).profile
    assert len(profile) == 14
    assert [one.section for one in profile if one.text] == ["remittances"]
    with pytest.raises(NotFound):
        surroundings.set_section(session, officer, "GH", "nonsense", given, clock=clock)
    later = given.model_copy(update={"as_of": date(2100, 1, 1)})
    with pytest.raises(InvalidInput, match="still to come"):
        surroundings.set_section(session, officer, "GH", "remittances", later, clock=clock)


def test_a_working_group_has_institutions_and_functions(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    request = make.request(countries=["GH"])
    given = WorkingGroupInput.model_validate(
        {
            "name": "Technical working group on data",
            "country": "GH",
            "members": [{"institution": "Statistical Service", "function": "Chair"}],
        }
    )
    made = surroundings.save_group(session, officer, given, clock=clock)
    (group,) = known.surroundings(session, officer, request.id, TODAY).groups
    assert [(one.institution, one.function) for one in group.members] == [
        ("Statistical Service", "Chair")
    ]
    wrong = given.model_copy(update={"country": "ZZ"})
    with pytest.raises(UnknownTerm):
        surroundings.save_group(session, officer, wrong, clock=clock)
    elsewhere = make.actor(Role.COORDINATOR, facility=make.facility("elsewhere"))
    with pytest.raises(NotFound):
        surroundings.save_group(session, elsewhere, given, clock=clock, group_id=made.id)
    with pytest.raises(NotFound):
        known.surroundings(session, elsewhere, request.id, TODAY)
