"""Whoever audits has the chain as a file, and nothing of anybody."""

from __future__ import annotations

import orjson
import pytest

from roster import audit
from roster.vocabulary import Role
from tests.web.officer import Desk, said

pytestmark = pytest.mark.anyio


async def test_an_auditor_takes_the_audit_and_opens_no_record(desk: Desk) -> None:
    person = desk.make.expert("Ana Prates")
    desk.make.view(person)
    async with desk.client(Role.AUDITOR) as client:
        audit.seal(desk.session, at=desk.clock.now())
        desk.session.commit()
        home = said((await client.get("/")).text)
        assert "The audit, as a file" in home
        assert "Reports" in home
        answer = await client.get("/audit.ndjson")
        assert answer.headers["content-disposition"].startswith("attachment")
        report, *links = map(orjson.loads, answer.text.splitlines())
        assert report["faults"] == []
        assert report["entries"] >= len(links) > 0
        assert "Ana Prates" not in answer.text
        for path in ("/experts", f"/experts/{person.id}", "/requests", "/administration"):
            assert (await client.get(path)).status_code == 403, path


async def test_nobody_else_takes_the_audit(desk: Desk) -> None:
    async with desk.client(Role.COORDINATOR) as client:
        assert (await client.get("/audit.ndjson")).status_code == 403
