"""The first page of an officer: her own requests first, who owes an answer, what changed."""

from __future__ import annotations

import pytest

from roster.tables import RequestEvent
from roster.vocabulary import ReleaseOutcome, RequestStatus
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
