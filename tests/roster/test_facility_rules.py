"""Rules of a facility are changed by two roles, checked against each other, and written down."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from roster.errors import Conflict, InvalidInput, NotAllowed
from roster.facility_rules import set_rules
from roster.inputs import FacilityRules
from roster.queries.facilities import RULES_SET, rules_of, settings_changes, settings_version
from roster.tables import Change, Feedback
from roster.vocabulary import Audience, Role
from tests.factories import Factory
from tests.fakes import FrozenClock
from tests.roster.fieldwork import deploy, make_action


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_what_changed_is_kept_and_written_down_with_who_did_it(
    session: Session, make: Factory, clock: FrozenClock, role: Role
) -> None:
    actor = make.actor(role)
    given = FacilityRules(steering="technical committee", call_days=14, areas=("horizontal",))
    set_rules(session, actor, given, clock=clock)
    assert rules_of(session, make.home.id) == given
    assert make.home.rules.keys() == {"steering", "call_days", "areas"}, "the rest stays usual"
    (one,) = settings_changes(session, actor, RULES_SET)
    assert (set(one.rules), one.by) == ({"steering", "call_days", "areas"}, actor.name)
    (row,) = session.exec(select(Change).where(Change.act == RULES_SET)).all()
    assert row.detail["rules"]["call_days"] == [7, 14]
    assert row.detail["rules"]["steering"] is None, "the sequence holds no words"
    set_rules(session, actor, given, clock=clock)
    assert len(settings_changes(session, actor, RULES_SET)) == 1, (
        "nothing changed, nothing is written"
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        pytest.param({"eligible_countries": ("ZZ",)}, "/eligible_countries", id="country"),
        pytest.param({"areas": ("astronomy",)}, "/areas", id="area"),
        pytest.param({"screening": ("weather",)}, "/screening", id="point"),
        pytest.param({"screening": ()}, "/screening", id="no-point"),
        pytest.param(
            {"fiche_days": 10, "fiche_days_urgent": 20}, "/fiche_days_urgent", id="urgent-later"
        ),
        pytest.param({"call_days": 2, "reminder_days": 2}, "/reminder_days", id="late-reminder"),
        pytest.param({"follow_up_months": (12, 6)}, "/follow_up_months", id="order"),
        pytest.param({"follow_up_months": (0,)}, "/follow_up_months", id="at-once"),
    ],
)
def test_rules_that_cannot_be_meant_are_refused_at_their_field(
    session: Session, make: Factory, clock: FrozenClock, wrong: dict[str, object], field: str
) -> None:
    given = FacilityRules.model_validate(wrong)
    with pytest.raises(InvalidInput) as refused:
        set_rules(session, make.actor(Role.COORDINATOR), given, clock=clock)
    assert [one.pointer for one in refused.value.errors] == [field]
    assert make.home.rules == {}


def test_nobody_undoes_the_change_of_another_unseen(
    session: Session, make: Factory, clock: FrozenClock
) -> None:
    actor = make.actor(Role.COORDINATOR)
    seen = settings_version(session, make.home.id, RULES_SET)
    set_rules(session, actor, FacilityRules(call_days=9), clock=clock, seen=seen)
    with pytest.raises(Conflict):
        set_rules(session, actor, FacilityRules(call_days=8), clock=clock, seen=seen)
    assert rules_of(session, make.home.id).call_days == 9
    with pytest.raises(NotAllowed):
        set_rules(session, make.actor(Role.PROJECT_OFFICER), FacilityRules(), clock=clock)


def test_the_records_follow_where_people_are_rated_no_longer(
    session: Session, make: Factory, clock: FrozenClock
) -> None:
    actor, field = make.actor(Role.COORDINATOR), make_action(make)
    ana = make.expert("Ana Prates")
    make.view(ana)
    went = deploy(make, field, ana.id)
    for score in (3, 4, 5):
        make.keep(
            Feedback(
                facility_id=make.home.id,
                action_id=field.action.id,
                deployment_id=went.id,
                rater=Audience.PARTICIPANT,
                scores={"expert_knowledge": score},
            )
        )
    set_rules(session, actor, FacilityRules(rates_people=True), clock=clock)
    assert (ana.feedback_mean, ana.feedback_count) == (4.0, 3)
    set_rules(session, actor, FacilityRules(rates_people=True, least_raters=4), clock=clock)
    assert ana.feedback_mean is None
