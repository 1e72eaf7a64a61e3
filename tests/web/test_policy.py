"""Every page has a rule, holds every role to it, and changes nothing for another site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute

from api.deps import rule_of
from roster.policy import GRANTED, Permission
from roster.vocabulary import Role
from tests.web.officer import Desk
from web.app import VIEWS

pytestmark = pytest.mark.anyio

OPEN = {
    "/preferences",
    "/styleguide",
    "/signin",
    "/signout",
    "/signin/openid",
    "/signin/openid/back",
    "/signin/openid/logout",
}


def routes() -> Iterator[APIRoute]:
    for router in VIEWS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            yield route


def filled(path: str) -> str:
    return re.sub(r"\{[^}]+\}", lambda _: str(uuid4()), path)


def guarded(method: str) -> list[APIRoute]:
    found = [
        route
        for route in routes()
        if method in (route.methods or ()) and rule_of(route) is not Permission.PUBLIC
    ]
    assert len(found) > 10
    return found


async def test_every_page_says_who_may_open_it() -> None:
    assert [route.path for route in routes() if rule_of(route) is None] == []


async def test_only_these_pages_are_open_to_everybody() -> None:
    assert {route.path for route in routes() if rule_of(route) is Permission.PUBLIC} - OPEN <= {
        "/about/{topic}",
        "/catalogue",
        "/mine/{token}",
        "/mine/{token}/right",
        "/mine/{token}/restriction",
        "/mine/{token}/lift",
        "/mine/{token}/copy",
        "/mine/{token}/facts/{fact_id}",
        "/mine/{token}/facts/{fact_id}/undo",
        "/notice/{code}",
        "/guest/{token}",
        "/link/{token}",
        "/signin/forgotten",
    }


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_nobody_opens_a_page_without_signing_in(desk: Desk) -> None:
    async with desk.client(None) as client:
        for route in guarded("GET"):
            answer = await client.get(filled(route.path))
            assert answer.status_code == 303, route.path
            assert answer.headers["location"].startswith("/signin?next=/"), route.path
        for route in guarded("POST"):
            assert (await client.post(filled(route.path))).status_code == 401, route.path


@pytest.mark.parametrize("role", sorted(set(GRANTED) - {Role.EXPERT}), ids=str)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_role_opens_what_it_is_granted_and_nothing_else(desk: Desk, role: Role) -> None:
    async with desk.client(role) as client:
        for route in guarded("GET"):
            answer = await client.get(filled(route.path))
            if rule_of(route) in GRANTED[role]:
                assert answer.status_code in {200, 303, 404, 422}, route.path
            else:
                assert answer.status_code == 403, route.path


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_another_site_changes_nothing(desk: Desk) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    async with desk.client(Role.COORDINATOR) as client:
        for route in routes():
            if "POST" in (route.methods or ()):
                answer = await client.post(filled(route.path), headers=foreign)
                assert answer.status_code == 403, route.path


async def test_no_page_takes_a_name_in_its_address() -> None:
    for route in routes():
        names = {one.name for one in route.dependant.query_params}
        assert not names & {"name", "person", "display_name"}, route.path
        if route.path.startswith("/experts"):
            assert "q" not in names, route.path
