"""Whoever reads a list on meets every row that was there all the time, and none twice."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from roster.errors import InvalidInput
from roster.policy import Actor
from roster.queries.experts import ExpertFilter, list_experts
from roster.queries.requests import RequestFilter, list_requests
from roster.read import Paging
from roster.vocabulary import ExpertStatus, RequestStatus, Role
from tests.factories import Factory


def people_from(session: Session, actor: Actor, after: UUID | None) -> list[UUID]:
    found = list_experts(session, actor, ExpertFilter(), Paging(per_page=2, after=after))
    return [one.id for one in found.items]


def test_what_comes_in_or_goes_before_moves_nothing(session: Session, make: Factory) -> None:
    actor = make.actor(Role.COORDINATOR)
    people = [make.expert(name) for name in ("Ana B", "Ana B", "Bea C", "Carl D", "Dora E")]
    for one in people:
        make.view(one)
    first = people_from(session, actor, None)
    make.view(make.expert("Aaron A"))
    people[3].status = ExpertStatus.WITHDRAWN
    session.add(people[3])
    session.flush()
    rest = people_from(session, actor, first[-1])
    end = people_from(session, actor, rest[-1])
    assert {*first, *rest, *end} == {one.id for one in people} or (
        {*first, *rest, *end} == {one.id for one in people} - {people[3].id}
    )
    assert len(first + rest + end) == len({*first, *rest, *end})


@pytest.mark.parametrize("open_first", [False, True], ids=["by-day", "open-first"])
def test_unknown_days_stand_last_and_are_read_too(
    session: Session, make: Factory, open_first: bool
) -> None:
    actor = make.actor(Role.COORDINATOR)
    days = [date(2026, 3, 1), None, date(2026, 3, 1), date(2025, 1, 1), None, None, None]
    for place, day in enumerate(days):
        request = make.request(code=f"REQ-{place}")
        request.received_on = day
        request.status = RequestStatus.REJECTED if place % 2 else RequestStatus.RECEIVED
        session.add(request)
    session.flush()
    wanted = RequestFilter(open_first=open_first)
    whole = list_requests(session, actor, Paging(), wanted=wanted).items
    read: list[UUID] = []
    after = None
    while True:
        paging = Paging(per_page=2, after=after)
        found = list_requests(session, actor, paging, wanted=wanted).items
        if not found:
            break
        read += [one.id for one in found]
        after = read[-1]
    assert read == [one.id for one in whole]


def test_nobody_goes_on_from_a_row_that_is_not_hers(session: Session, make: Factory) -> None:
    spanish = make.expert("Inés Otra", country="ES")
    make.view(spanish)
    actor = make.actor(Role.FOCAL_POINT, "PT")
    told = []
    for after in (spanish.id, uuid4()):
        with pytest.raises(InvalidInput) as refused:
            people_from(session, actor, after)
        told.append(refused.value.detail)
    assert told[0] == told[1]
