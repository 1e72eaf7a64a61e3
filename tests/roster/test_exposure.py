"""Who stands first, counted from stored rankings; small groups are told at home only."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from roster import requests
from roster.counting.few import FEWEST
from roster.errors import NotAllowed
from roster.policy import Actor
from roster.queries.exposure import shown_first, told_outside
from roster.queries.models import last_rankings
from roster.read import GroupShare, ShownFirst
from roster.read.models import FEWER, OTHERS
from roster.tables import Action, Deployment, Expert
from roster.vocabulary import ActionStatus, ExpertKind, Origin, Role
from tests.factories import Factory
from tests.fakes import FakeRanker, FrozenClock

TODAY = date(2026, 3, 9)


@pytest.fixture
def coordinator(make: Factory) -> Actor:
    return make.actor(Role.COORDINATOR)


def people(
    make: Factory, country: str | None, count: int, origin: Origin = Origin.REAL
) -> list[Expert]:
    return [make.expert(f"{country} {at}", country=country, origin=origin) for at in range(count)]


def of_kind(make: Factory, kind: ExpertKind, who: list[Expert]) -> None:
    for one in who:
        one.kind = kind
    make.keep(*who)


def sent(make: Factory, action: Action, who: Expert, at: datetime) -> None:
    make.keep(
        Deployment(
            facility_id=make.home.id,
            action_id=action.id,
            expert_id=who.id,
            created_at=at,
            origin=Origin.REAL,
        )
    )


def ranked(
    session: Session,
    actor: Actor,
    make: Factory,
    clock: FrozenClock,
    who: list[Expert],
    code: str = "REQ-A",
) -> None:
    """Rank people for a new request; the stand-in puts the lowest ids first."""
    ranker = FakeRanker()
    ranker.update(make.view(one) for one in who)
    clock.advance(days=1)
    session.commit()
    requests.rank_request(session, actor, make.request(code).id, ranker=ranker, clock=clock)
    session.commit()


def shares(groups: tuple[GroupShare, ...]) -> dict[str | None, tuple[int, int]]:
    return {one.group: (one.places, one.people) for one in groups}


def test_first_places_are_counted_by_member_state_and_kind_beside_the_roster(
    session: Session, make: Factory, coordinator: Actor, clock: FrozenClock
) -> None:
    portuguese = people(make, "PT", 3, Origin.SYNTHETIC)
    others = people(make, "SN", 2)
    people(make, "FR", 4)
    people(make, None, 1)
    ranked(session, coordinator, make, clock, [*portuguese, *others])
    ranked(session, coordinator, make, clock, portuguese, "REQ-B")
    of_kind(make, ExpertKind.EU_ADMINISTRATION, portuguese)
    of_kind(make, ExpertKind.NON_EU_ADMINISTRATION, others)
    found = shown_first(session, coordinator, today=TODAY)
    assert (found.requests, found.places, found.people, found.invented) == (2, 8, 10, 3)
    assert shares(found.countries) == {"FR": (0, 4), "PT": (6, 3), OTHERS: (2, 2), None: (0, 1)}
    assert found.countries[-2].group == OTHERS
    assert shares(found.kinds) == {
        ExpertKind.EU_ADMINISTRATION: (6, 3),
        ExpertKind.NON_EU_ADMINISTRATION: (2, 2),
        None: (0, 5),
    }
    assert shown_first(session, coordinator, today=TODAY, most=1).places == 3


def test_only_the_last_ranking_of_a_request_counts(
    session: Session, make: Factory, coordinator: Actor, clock: FrozenClock
) -> None:
    ranker, request = FakeRanker(), make.request()
    ranker.update(make.view(one) for one in people(make, "PT", 2))
    session.commit()
    for _ in range(3):
        clock.advance(days=1)
        requests.rank_request(session, coordinator, request.id, ranker=ranker, clock=clock)
        session.commit()
    (last,) = last_rankings(session, coordinator, 10)
    assert (last.code, last.at) == (request.code, clock.now())
    assert shown_first(session, coordinator, today=TODAY).places == 2


def test_who_was_sent_after_the_ranking_was_a_first_timer_in_it(
    session: Session, make: Factory, coordinator: Actor, clock: FrozenClock
) -> None:
    before, after, never = people(make, "PT", 3)
    (veteran,) = people(make, "FR", 1)
    veteran.deployments = 2
    action = Action(
        facility_id=make.home.id,
        origin=Origin.REAL,
        code="action",
        name="An Action",
        status=ActionStatus.ONGOING,
    )
    make.keep(action, veteran)
    sent(make, action, before, clock.now())
    ranked(session, coordinator, make, clock, [before, after, never, veteran])
    sent(make, action, after, clock.now() + timedelta(days=1))
    found = shown_first(session, coordinator, today=TODAY)
    assert found.first_timers == GroupShare("first", places=2, people=1)
    assert told_outside(found).first_timers is None, "four people can be told apart"


def test_nothing_ranked_is_nothing_counted_and_only_those_who_manage_the_model_see_it(
    session: Session, make: Factory, coordinator: Actor
) -> None:
    found = shown_first(session, coordinator, today=TODAY)
    assert (found.requests, found.places, found.since, found.countries) == (0, 0, None, ())
    with pytest.raises(NotAllowed):
        shown_first(session, make.actor(Role.PROJECT_OFFICER), today=TODAY)


GROUPS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 60)), min_size=1, max_size=8).map(
    lambda rows: tuple(GroupShare(f"C{at}", *row) for at, row in enumerate(rows))
)


@given(GROUPS)
def test_outside_the_facility_no_group_below_five_is_told_apart(
    groups: tuple[GroupShare, ...],
) -> None:
    whole = ShownFirst(1, TODAY, TODAY, 9, 9, 0, groups, (), GroupShare("first", 0, 0))
    told = told_outside(whole).countries
    assert sum(one.places for one in told) == sum(one.places for one in groups)
    assert sum(one.people for one in told) == sum(one.people for one in groups)
    for one in told if len(told) > 1 else ():
        assert one.people >= FEWEST
        assert one.places == 0 or one.places >= FEWEST
    assert [one.group for one in told].count(FEWER) <= 1
    assert all(one in groups for one in told if one.group != FEWER)
    assert not any(a == b for a, b in pairwise(told))
