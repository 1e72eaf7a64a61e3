"""What lists count people by is held by a process, follows every change, and is nobody's right."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import Session

from roster.erasure import erase_expert
from roster.policy import Actor, Permission
from roster.queries import facets
from roster.queries.everybody import ids_where, people_where
from roster.queries.expert_counts import count_experts, count_list
from roster.queries.experts import ExpertFilter
from roster.queries.facets import traits_of
from roster.queries.forgetting import forget_people
from roster.read import TopicExperience
from roster.tables import Expert
from roster.vocabulary import ErasureReason, ExpertKind, ExpertStatus, Role
from tests.factories import Factory
from tests.fakes import FrozenClock

ASYLUM, LABOUR = "asylum_international_protection", "labour_migration"


def _knows(make: Factory, expert: Expert, topic: str) -> None:
    make.fact(expert, TopicExperience(topic))
    make.view(expert)


def test_they_follow_each_change_and_forget_what_came_to_nothing(
    session: Session, make: Factory, officer: Actor
) -> None:
    expert, other = make.expert("Ana Prates"), make.expert("Rui Couto")
    for one in (expert, other):
        _knows(make, one, ASYLUM)

    def topics(one: Expert) -> frozenset[str]:
        return traits_of(session, officer, Permission.RANK)[one.id].topics

    assert topics(expert) == {ASYLUM}
    session.commit()
    _knows(make, expert, LABOUR)
    assert topics(expert) == {ASYLUM, LABOUR}
    session.rollback()
    assert topics(expert) == {ASYLUM}
    _knows(make, other, LABOUR)
    assert topics(expert) == {ASYLUM}
    assert topics(other) == {ASYLUM, LABOUR}


def test_who_may_know_of_whom_is_asked_each_time(
    session: Session, make: Factory, officer: Actor
) -> None:
    here, elsewhere = make.expert("Ana Prates"), make.expert("Luc Roy", country="FR")
    for one in (here, elsewhere):
        _knows(make, one, ASYLUM)
    focal_point = make.actor(Role.FOCAL_POINT, country="PT")
    assert traits_of(session, officer, Permission.RANK).keys() == {here.id, elsewhere.id}
    assert traits_of(session, focal_point, Permission.READ_EXPERTS).keys() == {here.id}
    assert not traits_of(session, focal_point, Permission.RANK)


def test_who_is_erased_is_held_no_more(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    gone, stays = make.expert("Ana Prates"), make.expert("Rui Couto")
    for one in (gone, stays):
        _knows(make, one, ASYLUM)
    traits_of(session, officer, Permission.RANK)
    gone_id = gone.id
    coordinator = make.actor(Role.COORDINATOR)
    erase_expert(session, coordinator, gone_id, reason=ErasureReason.ASKED, at=clock.now())
    session.flush()
    assert traits_of(session, officer, Permission.RANK).keys() == {stays.id}
    assert gone_id not in facets.everybody.now(session).by_id
    # Nor in the state before, which is kept for whoever began before the erasure.
    forget_people([gone_id, stays.id], [gone_id])
    states = facets.everybody._held[session.get_bind().engine]
    assert [gone_id in known.by_id for _, known in states] == [False] * len(states)
    assert [gone_id.hex in known.by_hex for _, known in states] == [False] * len(states)
    assert stays.id in states[-1][1].by_id


@pytest.mark.parametrize(
    "wanted",
    [
        ExpertFilter(),
        ExpertFilter(kinds=frozenset({ExpertKind.ACADEMIA})),
        ExpertFilter(countries=frozenset({"PT"})),
        ExpertFilter(statuses=frozenset({ExpertStatus.PAUSED}), countries=frozenset({"FR"})),
    ],
)
def test_a_list_counts_each_trait_with_the_other_filters_applied(
    session: Session, make: Factory, wanted: ExpertFilter
) -> None:
    paused, free = ExpertStatus.PAUSED, ExpertKind.ACADEMIA
    for country, status in (
        ("PT", paused),
        ("FR", paused),
        ("FR", ExpertStatus.ACTIVE),
        (None, paused),
    ):
        one = make.expert(country=country, status=status)
        one.kind = free if country == "FR" else None
        session.add(one)
    for actor in (make.actor(Role.PROJECT_OFFICER), make.actor(Role.FOCAL_POINT, "FR")):
        found = count_list(session, actor, wanted).traits
        assert found == {
            "kind": count_experts(session, actor, replace(wanted, kinds=frozenset()), "kind"),
            "country": count_experts(
                session, actor, replace(wanted, countries=frozenset()), "country"
            ),
            "status": count_experts(
                session, actor, replace(wanted, statuses=frozenset()), "status"
            ),
        }
        assert found["country"]["FR"]


def test_people_of_conditions_are_told_by_the_same_digits_on_each_database(
    session: Session, make: Factory
) -> None:
    assert people_where(session) == ()
    people = {make.expert(name).id for name in ("Ana Prates", "Rui Couto")}
    assert set(people_where(session)) == {one.hex for one in people}
    assert ids_where(session) == people
