"""Of other facilities and countries no page tells a thing: not there and not yours are alike."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from fastapi.routing import APIRoute
from httpx import AsyncClient, Response
from sqlalchemy import Engine

from api.deps import rule_of
from roster.policy import GRANTED
from roster.vocabulary import Role
from tests.strangers import TABLE_OF, make_strangers, statements
from tests.web.officer import Desk, said
from web.app import VIEWS

pytestmark = pytest.mark.anyio

PART = re.compile(r"\{([^}:]+)[^}]*\}")
OF_PEOPLE = {
    "expert_id", "other_id", "document_id", "batch_id", "deployment_id", "release_id", "notice_id",
    "nomination_id", "merge_id", "proposal_id", "fact_id",
}  # fmt: skip


def with_ids(role: Role, parts: set[str]) -> list[tuple[str, str]]:
    return [
        (method, route.path)
        for router in VIEWS
        for route in router.routes
        if isinstance(route, APIRoute) and rule_of(route) in GRANTED[role]
        if parts & set(PART.findall(route.path))
        for method in sorted(route.methods or ())
    ]


async def call(client: AsyncClient, method: str, path: str, ids: dict[str, UUID]) -> Response:
    def fill(part: re.Match[str]) -> str:
        return str(ids.get(TABLE_OF.get(part.group(1), ""), uuid4()))

    return await client.request(method, PART.sub(fill, path))


async def hold(desk: Desk, engine: Engine, role: Role, *, own_facility: bool) -> None:
    make = desk.make
    ids = make_strangers(make, make.home if own_facility else make.facility("elsewhere"))
    parts = OF_PEOPLE if own_facility else set(TABLE_OF)
    ids = {name: ids[name] for name in {TABLE_OF[one] for one in parts}}
    async with desk.client(role) as client:
        for method, path in with_ids(role, parts):
            with statements(engine) as for_stranger:
                stranger = await call(client, method, path, ids)
            with statements(engine) as for_nobody:
                nobody = await call(client, method, path, {})
            assert stranger.status_code in {403, 404, 409, 422}, (method, path)
            assert stranger.status_code == nobody.status_code, (method, path)
            assert said(stranger.text) == said(nobody.text), (method, path)
            assert for_stranger == for_nobody, (method, path)


async def test_a_focal_point_cannot_tell_a_person_of_another_country_from_none(
    desk: Desk, engine: Engine
) -> None:
    await hold(desk, engine, Role.FOCAL_POINT, own_facility=True)


@pytest.mark.long
@pytest.mark.parametrize("role", sorted(set(GRANTED) - {Role.EXPERT}), ids=str)
async def test_nobody_can_tell_a_record_of_another_facility_from_none(
    desk: Desk, engine: Engine, role: Role
) -> None:
    await hold(desk, engine, role, own_facility=False)
