"""Reports, exchange and catalogue for other systems."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from roster.tables import Action
from roster.vocabulary import ActionStatus, Role
from tests.api.conftest import Callers
from tests.factories import Factory

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


def action(make: Factory, **said: Any) -> Action:
    row = Action(facility_id=make.home.id, code="a", name="A", status=ActionStatus.ONGOING, **said)
    make.keep(row)
    return row


async def test_a_report_gives_codes_and_its_rows(callers: Callers, make: Factory) -> None:
    action(make, region="Africa", topics=["remittances"])
    async with callers.client(Role.AUDITOR) as client:
        told = (await client.get("/api/v1/reports?topic=remittances")).json()
        assert told["tables"][0]["code"] == "activity_types"
        assert told["hides_few"] is True
        figure = {"table": "actions", "row": "Africa", "column": "actions"}
        rows = (await client.get("/api/v1/reports/rows", params=figure)).json()
        assert (rows["total"], rows["items"][0]["action"]) == (1, "a")
        wrong = await client.get("/api/v1/reports?topic=nothing")
        assert wrong.json()["type"].endswith("unknown-term")
        figure["table"] = "no such"
        assert (await client.get("/api/v1/reports/rows", params=figure)).status_code == 404
        assert (await client.get("/api/v1/reports?facility=other")).status_code == 404
        assert (await client.get("/api/v1/reports/printed")).json() == {"items": []}


async def test_records_go_out_and_come_in_with_a_trial_first(
    callers: Callers, make: Factory
) -> None:
    action(make, region="Africa")
    async with callers.client(Role.COORDINATOR) as client:
        out = (await client.get("/api/v1/exchange")).json()
        assert out["actions"][0]["region"] == "Africa"
        assert (await client.get("/api/v1/exchange?format=csv")).status_code == 422
        sent = {"file": ("x.csv", b"Code,Name,Status\nb,B,ongoing\n", "text/csv")}
        tried = await client.post("/api/v1/exchange", data={"source": "old"}, files=sent)
        assert (tried.json()["is_done"], tried.json()["outcomes"][0]["act"]) == (False, "new")
        data = {"source": "old", "is_trial": "false"}
        done = await client.post("/api/v1/exchange", data=data, files=sent)
        assert done.json()["is_done"] is True
    make.session.expire_all()
    assert set(make.session.exec(select(Action.code))) == {"a", "b"}


async def test_the_catalogue_needs_no_key_and_is_off_by_default(
    callers: Callers, make: Factory
) -> None:
    action(make, region="Africa", authority="Ministry")
    async with callers.client() as client:
        assert (await client.get("/api/v1/catalogue")).status_code == 404
        make.home.rules = {"public_catalogue": True}
        make.session.add(make.home)
        make.session.commit()
        found = await client.get("/api/v1/catalogue")
    assert found.json()["facilities"][0]["entries"][0]["name"] == "A"
    assert "Ministry" not in found.text
