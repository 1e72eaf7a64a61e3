"""Every route has a rule, holds every role to it, and tells nobody what is not theirs."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from api.openapi import Operation, operations
from roster.policy import GRANTED, Permission
from roster.vocabulary import Role
from tests.api.conftest import Callers
from tests.factories import Factory

pytestmark = pytest.mark.anyio


def guarded(app: FastAPI) -> list[Operation]:
    found = [one for one in operations(app) if one.rule is not Permission.PUBLIC]
    assert len(found) > 25
    return found


def filled(path: str) -> str:
    return re.sub(r"\{[^}]+\}", lambda _: str(uuid4()), path)


async def call(client: AsyncClient, one: Operation) -> Response:
    body: dict[str, str] | None = {} if one.method != "GET" else None
    return await client.request(one.method, filled(one.path), json=body)


def test_every_route_says_who_may_call_it(app: FastAPI) -> None:
    assert [one.path for one in operations(app) if one.rule is None] == []


def test_only_these_routes_are_open_to_everybody(app: FastAPI) -> None:
    found = {one.path for one in operations(app) if one.rule is Permission.PUBLIC}
    assert found == {
        "/healthz",
        "/readyz",
        "/metrics",  # Asks for a token, or for the machine itself: see api/metrics.py.
        "/problems/{code}",
        "/api/docs",
        "/api/v1/openapi.json",
        "/api/v1/catalogue",
        "/api/v1/taxonomy",
        "/api/v1/taxonomy/topics/{code}",
        "/api/v1/meta/vocabularies",
        "/api/v1/meta/problems",
        "/api/{path:path}",
    }


async def test_nobody_gets_anything_without_a_key(callers: Callers) -> None:
    async with callers.client() as client:
        for one in guarded(callers.app):
            answer = await call(client, one)
            assert answer.status_code == 401, one
            assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("role", list(GRANTED), ids=str)
@pytest.mark.parametrize(
    "database_url",
    # A role is held to its rights before anything is asked of the database.
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)],
    indirect=True,
)
async def test_a_role_may_call_what_it_is_granted_and_nothing_else(
    callers: Callers, role: Role
) -> None:
    bound = {Role.FOCAL_POINT, Role.EXPERT, Role.LIAISON_OFFICER}
    country = "PT" if role in bound else None
    async with callers.client(role, country) as client:
        for one in guarded(callers.app):
            answer = await call(client, one)
            if one.rule in GRANTED[role]:
                assert answer.status_code not in {401, 403, 500}, (one, answer.text)
            else:
                assert answer.status_code == 403, (one, answer.text)


async def test_a_key_is_held_to_its_scopes(callers: Callers, make: Factory) -> None:
    from roster.administration import issue_key  # noqa: PLC0415 -- only here.
    from roster.policy import system_actor  # noqa: PLC0415

    account = make.account()
    make.grant(account, Role.PROJECT_OFFICER)
    _, secret = issue_key(
        make.session,
        system_actor(make.home.id),
        account.id,
        label="narrow",
        scopes=frozenset({Permission.READ_ACTIONS}),
        now=callers.clock.now(),
    )
    async with callers.client() as client:
        client.headers["Authorization"] = f"Bearer {secret}"
        assert (await client.get("/api/v1/actions")).status_code == 200
        assert (await client.get("/api/v1/requests")).status_code == 403


async def test_not_there_and_not_yours_are_told_alike(callers: Callers, make: Factory) -> None:
    spanish = make.expert("Inés Otra", country="ES")
    make.view(spanish)
    document = make.document(country="ES")
    elsewhere = make.facility("elsewhere")
    request = make.request(facility=elsewhere)
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        for path, foreign in (("experts", spanish.id), ("documents", document.id)):
            yours = await client.get(f"/api/v1/{path}/{foreign}")
            nothing = await client.get(f"/api/v1/{path}/{uuid4()}")
            assert yours.status_code == nothing.status_code == 404
            assert yours.json()["detail"] == nothing.json()["detail"]
        listed = (await client.get("/api/v1/experts")).json()
        assert listed["total"] == 0
    async with callers.client(Role.PROJECT_OFFICER) as client:
        yours = await client.get(f"/api/v1/requests/{request.id}")
        nothing = await client.get(f"/api/v1/requests/{uuid4()}")
        assert yours.status_code == nothing.status_code == 404
        assert yours.json()["detail"] == nothing.json()["detail"]


async def test_another_site_cannot_use_a_cookie(callers: Callers, make: Factory) -> None:
    from roster.accounts import sign_in  # noqa: PLC0415 -- only here.
    from roster.inputs import SignInInput  # noqa: PLC0415

    account = make.account("officer@invented.example", password="a long password")
    make.grant(account, Role.PROJECT_OFFICER)
    given = SignInInput(email=account.email, password="a long password")
    token = sign_in(make.session, given, now=callers.clock.now(), hours=1).token
    async with callers.client() as client:
        client.cookies.set("roster_session", token)
        assert (await client.get("/api/v1/me")).status_code == 200
        body = {"title": "T", "topics": ["remittances"], "text": "x"}
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}):
            answer = await client.post("/api/v1/requests", json=body, headers=headers)
            assert answer.status_code == 403
        answer = await client.post(
            "/api/v1/requests", json={**body, "topics": []}, headers={"Origin": "http://test"}
        )
        assert answer.status_code == 201
