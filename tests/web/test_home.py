"""The first page of an officer: her own requests first, who owes an answer, what changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from roster.tables import Call, CallRecipient, RequestEvent
from roster.vocabulary import CallAnswer, ReleaseOutcome, RequestStatus
from tests.web.officer import Desk, said
from tests.web.test_experts import person

pytestmark = pytest.mark.anyio


async def test_the_first_page_says_what_waits_for_whom_and_what_changed(desk: Desk) -> None:
    request = desk.make.request("REQ-2026-007")
    desk.make.release(person(desk, "Ana Prates"), ReleaseOutcome.PENDING, request_id=request.id)
    desk.make.keep(
        RequestEvent(
            facility_id=request.facility_id,
            request_id=request.id,
            to_status=RequestStatus.SCREENED,
            created_at=desk.clock.now(),
        )
    )
    async with desk.client() as client:
        words = said((await client.get("/")).text)
    assert "1 country has not answered yet" in words
    assert "Portugal 1 release" in words
    assert "What changed since yesterday" in words
    assert "REQ-2026-007: Migration statistics" in words
    # Nobody on the roster is named on a page that no access is written down for.
    assert "Ana Prates" not in words


async def test_only_answers_that_can_still_come_in_time_are_waited_for(desk: Desk) -> None:
    request, today = desk.make.request("REQ-2026-007"), desk.clock.now().date()
    after = today + timedelta(days=3)
    lately = desk.clock.now() - timedelta(days=3)
    asked = [
        ("FR", after, None, None),
        ("ES", after, None, CallAnswer.NOMINATED),
        ("IT", today - timedelta(days=1), None, None),
        ("RO", after, lately, None),
    ]
    home = request.facility_id
    for country, deadline, closed_at, answer in asked:
        call = Call(facility_id=home, request_id=request.id, deadline=deadline, closed_at=closed_at)
        desk.make.keep(call)
        recipient = CallRecipient(
            facility_id=home,
            call_id=call.id,
            country=country,
            answer=answer,
            answered_at=lately if answer else None,
        )
        desk.make.keep(recipient)
    overdue = today - timedelta(days=1)
    desk.make.release(
        person(desk, "Ana Prates"),
        ReleaseOutcome.PENDING,
        request_id=request.id,
        due_on=overdue,
    )
    async with desk.client() as client:
        words = said((await client.get("/")).text)
    assert "1 country has not answered yet" in words
    assert "France 1 call" in words
    assert not any(name in words for name in ("Spain", "Italy", "Romania", "Portugal"))
