"""Administrators open accounts, give roles and keys; links and keys are shown once."""

from __future__ import annotations

import re

import pytest
from httpx import AsyncClient
from sqlmodel import select

from roster.tables import Account, ApiKey, Change, LoginSession, OneTimeLink, RoleGrant
from roster.vocabulary import Role
from tests.web.officer import Desk, said

pytestmark = pytest.mark.anyio

NEW = {"name": "Zoé Ribeiro", "email": "Zoe@Ministry.example", "role": "focal_point"}


def _secret(page: str) -> str:
    found = re.search(r'<kbd class="secret">([^<]+)</kbd>', page)
    assert found is not None
    return found.group(1)


async def _open(client: AsyncClient) -> str:
    answer = await client.post("/administration", data={**NEW, "country": "PT"})
    assert answer.status_code == 200
    return answer.text


async def test_an_account_is_opened_invited_and_signs_in(desk: Desk) -> None:
    async with desk.client(Role.ADMINISTRATOR) as client:
        page = await _open(client)
    assert "Focal point, Portugal" in said(page)
    path = "/link/" + _secret(page).rsplit("/", 1)[-1]
    async with desk.client(None) as client:
        shown = await client.get(path)
        assert shown.headers["referrer-policy"] == "no-referrer"
        short = await client.post(path, data={"new_password": "short"})
        assert short.status_code == 422
        done = await client.post(path, data={"new_password": "three quiet rivers"})
        assert "The password is set" in said(done.text)
        assert (await client.get(path)).status_code == 404
        entered = await client.post(
            "/signin", data={"email": "zoe@ministry.example", "password": "three quiet rivers"}
        )
        assert entered.headers["location"] == "/"


async def test_what_is_wrong_stands_beside_its_field_and_nothing_is_opened(desk: Desk) -> None:
    async with desk.client(Role.ADMINISTRATOR) as client:
        answer = await client.post("/administration", data=NEW)
        assert answer.status_code == 422
        assert "Say for which country" in answer.text
        assert 'value="Zoé Ribeiro"' in answer.text
        await _open(client)
        desk.clock.advance(minutes=1)
        again = await client.post("/administration", data={**NEW, "country": "PT"})
        assert again.status_code == 409
    addresses = desk.session.exec(select(Account.email)).all()
    assert addresses.count("zoe@ministry.example") == 1


async def test_roles_are_given_and_taken_away(desk: Desk) -> None:
    async with desk.client(Role.ADMINISTRATOR) as client:
        await _open(client)
        account = desk.session.exec(
            select(Account).where(Account.email == "zoe@ministry.example")
        ).one()
        here = f"/administration/accounts/{account.id}"
        await client.post(f"{here}/roles", data={"role": "coordinator"})
        grant = desk.session.exec(select(RoleGrant).where(RoleGrant.role == Role.COORDINATOR)).one()
        assert "Coordinator" in said((await client.get(here)).text)
        await client.post(f"{here}/roles/{grant.id}/end")
        await client.post(f"{here}/close")
        assert "Open it again" in said((await client.get(here)).text)


async def test_an_administrator_ends_a_session_and_it_is_written_down(desk: Desk) -> None:
    async with desk.client(Role.PROJECT_OFFICER) as officer:
        opened = desk.session.exec(select(LoginSession)).one()
        async with desk.client(Role.ADMINISTRATOR) as client:
            here = f"/administration/accounts/{opened.account_id}"
            end = f"{here}/sessions/{opened.id}/end"
            assert end in (await client.get(here)).text
            other = desk.make.account("other@invented.example")
            desk.make.grant(other, Role.AUDITOR)
            desk.session.commit()
            wrong = f"/administration/accounts/{other.id}/sessions/{opened.id}/end"
            assert (await client.post(wrong)).status_code == 404
            assert (await officer.get("/")).status_code == 200
            assert (await client.post(end)).status_code == 303
            assert "nowhere" in said((await client.get(here)).text)
        assert (await officer.get("/")).status_code == 303
    ended = desk.session.exec(select(Change).where(Change.act == "session_ended")).one()
    assert (ended.record_id, ended.detail) == (opened.account_id, {"ended": str(opened.id)})


async def test_an_expert_gets_an_account_for_her_own_record_and_sees_nothing_else(
    desk: Desk,
) -> None:
    own, other = desk.make.expert("Inês Prates"), desk.make.expert("Rui Prates")
    for person in (own, other):
        desk.make.view(person)
    foreign = desk.make.expert("Else Where", facility=desk.make.facility("elsewhere"))
    new = {**NEW, "role": "expert"}
    async with desk.client(Role.ADMINISTRATOR) as client:
        for wrong in ({}, {"expert_id": str(foreign.id)}, {"expert_id": "x"}):
            refused = await client.post("/administration", data={**new, **wrong})
            assert refused.status_code == 422
            assert "Else Where" not in refused.text
        assert desk.session.exec(select(Account).where(Account.name == NEW["name"])).all() == []
        page = await client.post("/administration", data={**new, "expert_id": str(own.id)})
        path = "/link/" + _secret(page.text).rsplit("/", 1)[-1]
    async with desk.client(None) as client:
        await client.post(path, data={"new_password": "three quiet rivers"})
        form = {"email": "zoe@ministry.example", "password": "three quiet rivers"}
        entered = await client.post("/signin", data=form)
        client.headers["Cookie"] = entered.headers["set-cookie"].split(";")[0]
        assert "Your record" in said((await client.get("/")).text)
        assert (await client.get(f"/experts/{own.id}")).status_code == 200
        assert (await client.get(f"/experts/{other.id}")).status_code == 404
        for path in ("/requests", "/calls", "/actions", "/reports", "/administration", "/uploads"):
            assert (await client.get(path)).status_code == 403, path


async def test_a_key_is_shown_once(desk: Desk) -> None:
    async with desk.client(Role.ADMINISTRATOR) as client:
        await _open(client)
        account = desk.session.exec(
            select(Account).where(Account.email == "zoe@ministry.example")
        ).one()
        here = f"/administration/accounts/{account.id}"
        none = await client.post(f"{here}/keys", data={"label": "HR"})
        assert none.status_code == 422
        made = await client.post(
            f"{here}/keys", data={"label": "HR", "scopes": "read_experts", "days": "30"}
        )
        secret = _secret(made.text)
        assert secret not in (await client.get(here)).text
        key = desk.session.exec(select(ApiKey)).one()
        turned = await client.post(f"/administration/keys/{key.id}/rotate")
        assert _secret(turned.text) != secret
        await client.post(f"/administration/keys/{key.id}/revoke")
        assert "revoked" in said((await client.get("/administration")).text)


async def test_somebody_with_roles_in_two_facilities_goes_from_one_to_the_other(desk: Desk) -> None:
    there = desk.make.facility(code="there")
    async with desk.client(Role.PROJECT_OFFICER) as client:
        account = desk.session.exec(select(Account)).all()[-1]
        assert "another facility" not in said((await client.get("/account")).text)
        desk.make.grant(account, Role.AUDITOR, facility=there)
        desk.session.commit()
        assert "There" in said((await client.get("/account")).text)
        await client.post("/account/facility", data={"facility_id": str(there.id)})
        assert "Auditor" in said((await client.get("/account")).text)
        assert (await client.get("/requests")).status_code == 403
        elsewhere = desk.make.facility()
        desk.session.commit()
        strange = await client.post("/account/facility", data={"facility_id": str(elsewhere.id)})
        assert strange.status_code == 404


async def test_a_forgotten_password_is_answered_alike_for_all(desk: Desk) -> None:
    account = desk.make.account("known@invented.example", password="x" * 12)
    async with desk.client(None) as client:
        answers = [
            (await client.post("/signin/forgotten", data={"email": email})).text
            for email in ("known@invented.example", "nobody@invented.example")
        ]
        assert said(answers[0]) == said(answers[1])
        assert "administrator" in said((await client.get("/signin/forgotten")).text)
    made = desk.session.exec(select(OneTimeLink)).one()
    assert made.account_id == account.id
