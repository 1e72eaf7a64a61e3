"""Administrators say which systems are told of changes; secrets are shown once."""

from __future__ import annotations

import re

import pytest
from sqlmodel import select

from roster.tables import Webhook, WebhookDelivery
from roster.vocabulary import DeliveryState, Role
from tests.fakes import A_MONDAY
from tests.web.officer import Desk, said

pytestmark = pytest.mark.anyio

PATH = "/administration/webhooks"
NEW = {"label": "Case system", "url": "https://cases.example.org/hook", "kinds": "request"}


async def test_a_system_is_told_paused_given_a_new_secret_and_removed(desk: Desk) -> None:
    async with desk.client(Role.ADMINISTRATOR) as client:
        added = await client.post(PATH, data=NEW)
        assert (added.status_code, "whsec_" in added.text) == (200, True)
        hook = desk.session.exec(select(Webhook)).one()
        assert (hook.kinds, hook.is_active) == (["request"], True)
        assert "whsec_" not in (await client.get(PATH)).text
        renewed = await client.post(f"{PATH}/{hook.id}/secret")
        assert set(re.findall(r"whsec_\S+?(?=<)", added.text)).isdisjoint(
            re.findall(r"whsec_\S+?(?=<)", renewed.text)
        )
        assert (await client.post(f"{PATH}/{hook.id}/pause")).status_code == 303
        assert "paused" in said((await client.get(PATH)).text)
        await client.post(f"{PATH}/{hook.id}/remove")
        assert "No other system is told" in said((await client.get(PATH)).text)


async def test_what_was_given_up_is_sent_again_by_a_button(desk: Desk) -> None:
    async with desk.client(Role.ADMINISTRATOR) as client:
        await client.post(PATH, data=NEW)
        hook = desk.session.exec(select(Webhook)).one()
        dead = WebhookDelivery(
            facility_id=hook.facility_id,
            webhook_id=hook.id,
            seq=1,
            record="request",
            state=DeliveryState.DEAD,
            due_at=A_MONDAY,
            attempts=8,
            created_at=A_MONDAY,
        )
        desk.session.add(dead)
        desk.session.commit()
        page = (await client.get(PATH)).text
        assert "given up" in said(page)
        button = re.search(rf'action="({PATH}/deliveries/[^"]+)"', page)
        assert button is not None
        assert (await client.post(button.group(1))).status_code == 303
        assert "waits" in said((await client.get(PATH)).text)


async def test_an_address_that_may_not_be_called_is_refused_beside_its_field(desk: Desk) -> None:
    async with desk.client(Role.ADMINISTRATOR) as client:
        refused = await client.post(PATH, data={**NEW, "url": "https://10.0.0.1/hook"})
        assert refused.status_code == 422
        assert "not on the public internet" in refused.text
        assert "10.0.0.1" in refused.text
        empty = await client.post(PATH, data={})
        assert empty.status_code == 422
    assert desk.session.exec(select(Webhook)).all() == []
