"""One request becomes several, several become one, and each says where it went."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session

from roster import requests
from roster.errors import Conflict, InvalidInput, NotAllowed, NotFound
from roster.inputs.fiches import JoinInput, PartInput, SplitInput
from roster.intake import fiches, splits
from roster.policy import Actor
from roster.queries.requests import count_open, list_requests, request_detail
from roster.read import Paging
from roster.vocabulary import RequestStatus, Role
from tests.factories import Factory
from tests.fakes import FrozenClock

S = RequestStatus
TWO = SplitInput(parts=(PartInput(countries=("CI",)), PartInput(countries=("ML",), title="Mali")))


def test_a_regional_request_is_split_by_country_and_goes_on_as_its_parts(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    whole = make.request("REQ-2026-007", countries=["CI", "ML"], topics=["data_management"])
    parts = splits.split_request(session, officer, whole.id, TWO, clock=clock)
    assert [(one.countries, one.scope, one.topics) for one in parts] == [
        (["CI"], "national", ["data_management"]),
        (["ML"], "national", ["data_management"]),
    ]
    assert (parts[0].title, parts[1].title) == (whole.title, "Mali")
    view = request_detail(session, officer, whole.id)
    assert [one.id for one in view.family.parts] == [one.id for one in parts]
    assert view.history[-1].reason == "→ REQ-2026-008, REQ-2026-009"
    came_from = request_detail(session, officer, parts[0].id).family.came_from
    assert came_from is not None
    assert came_from.id == whole.id
    assert count_open(session, officer) == 2
    with pytest.raises(Conflict, match="goes on as REQ-2026-008, REQ-2026-009"):
        requests.move_request(session, officer, whole.id, S.WITHDRAWN, reason=None, clock=clock)
    with pytest.raises(Conflict, match="goes on as"):
        splits.split_request(session, officer, whole.id, TWO, clock=clock)


def test_several_requests_are_joined_into_one_that_asks_for_all(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    first = make.request(
        "A", countries=["CI"], topics=["data_management"], received_on=date(2026, 2, 1)
    )
    second = make.request("B", countries=["ML"], topics=["remittances"], authority="Ministry")
    given = JoinInput(requests=(first.id, second.id), title="Both", regional_body="ECOWAS")
    made = splits.join_requests(session, officer, given, clock=clock)
    assert (made.countries, made.topics) == (["CI", "ML"], ["data_management", "remittances"])
    assert (made.authority, made.received_on) == (None, date(2026, 2, 1))
    assert made.scope == "regional organisation"
    family = request_detail(session, officer, made.id).family
    assert [one.code for one in family.joined] == ["A", "B"]
    into = request_detail(session, officer, first.id).family.joined_into
    assert into is not None
    assert into.id == made.id
    found = list_requests(session, officer, Paging(), only_open=True)
    assert [row.code for row in found.items] == [made.code]
    with pytest.raises(Conflict, match=f"goes on as {made.code}"):
        fiches.draft_fiche(session, officer, first.id, None, clock=clock)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_only_open_requests_before_their_submission_are_split_or_joined(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    free = make.request("A", countries=["CI", "ML"])
    for status, words in ((S.SUBMITTED, "wait for its decision"), (S.APPROVED, "only open")):
        other = make.request(f"B-{status}", countries=["CI", "ML"], status=status)
        with pytest.raises(Conflict, match=words):
            splits.split_request(session, officer, other.id, TWO, clock=clock)
        given = JoinInput(requests=(free.id, other.id), title="x")
        with pytest.raises(Conflict, match=words):
            splits.join_requests(session, officer, given, clock=clock)
    assert free.joined_into is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_parts_ask_for_countries_of_the_whole_and_joins_for_two(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    one = make.request(countries=["CI"])
    with pytest.raises(InvalidInput) as refused:
        splits.split_request(session, officer, one.id, TWO, clock=clock)
    assert refused.value.errors[0].pointer == "/parts/1/countries"
    one.regional_body = "ECOWAS"
    clock.at = clock.at.replace(year=2020)
    splits.split_request(session, officer, one.id, TWO, clock=clock)
    given = JoinInput(requests=(one.id, one.id), title="x")
    with pytest.raises(InvalidInput, match="two different"):
        splits.join_requests(session, officer, given, clock=clock)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_may_not_write_requests_splits_and_joins_none(
    session: Session, make: Factory, clock: FrozenClock
) -> None:
    ids = tuple(make.request(code, countries=["CI", "ML"]).id for code in "AB")
    for actor, refusal in (
        (make.actor(Role.AUDITOR), NotAllowed),
        (make.actor(facility=make.facility()), NotFound),
    ):
        with pytest.raises(refusal):
            splits.split_request(session, actor, ids[0], TWO, clock=clock)
        with pytest.raises(refusal):
            splits.join_requests(session, actor, JoinInput(requests=ids, title="x"), clock=clock)
