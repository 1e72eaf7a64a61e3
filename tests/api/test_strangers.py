"""Of other facilities and countries nobody learns a thing: not there and not yours are alike.

Every address that names a record is called with one of a stranger's and with one that does not
exist. Status, words and the work done for them have to be the same.
"""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from sqlalchemy import Engine

from api.openapi import Operation, examples, operations
from roster.policy import GRANTED
from roster.vocabulary import Role
from tests.api.conftest import Callers
from tests.factories import Factory
from tests.strangers import TABLE_OF, make_strangers, statements

pytestmark = pytest.mark.anyio

PART = re.compile(r"\{([^}:]+)[^}]*\}")
BOUND = {Role.FOCAL_POINT: "PT", Role.EXPERT: "PT", Role.LIAISON_OFFICER: "PT"}
OF_PEOPLE = {
    "expert_id", "other_id", "document_id", "batch_id", "deployment_id", "release_id", "notice_id",
    "nomination_id", "merge_id", "proposal_id", "fact_id",
}  # fmt: skip
"""What belongs to a country; requests and Actions belong to the facility."""


AS_LISTED = {"get_one_deployment"}
"""What the list of an Action tells everybody who reads it, without a name; a test below says so."""


def with_ids(app: FastAPI, role: Role) -> list[Operation]:
    found = [
        one
        for one in operations(app)
        if one.rule in GRANTED[role] and TABLE_OF.keys() & set(PART.findall(one.path))
    ]
    assert found
    return found


def address(one: Operation, ids: dict[str, UUID]) -> str:
    """Return an address with ids of these records, and made-up ones for what is not among them."""

    def fill(part: re.Match[str]) -> str:
        return str(ids.get(TABLE_OF.get(part.group(1), ""), uuid4()))

    return PART.sub(fill, one.path)


async def call(client: AsyncClient, one: Operation, ids: dict[str, UUID]) -> Response:
    body = examples().get(one.name, {}).get("request", {}) if one.method != "GET" else None
    return await client.request(one.method, address(one, ids), json=body)


def told(answer: Response) -> tuple[int, str, str]:
    found = answer.json() if answer.content else {}
    return answer.status_code, str(found.get("detail")), str(found.get("errors"))


async def hold(callers: Callers, engine: Engine, role: Role, *, own_facility: bool) -> None:
    """Call every operation of a role with a stranger's ids and with none."""
    make = Factory(callers.session)
    home = callers.make.home if own_facility else make.facility("elsewhere")
    ids = make_strangers(make, home)
    if own_facility:
        ids = {name: ids[name] for name in {TABLE_OF[one] for one in OF_PEOPLE}}
    headers = callers.key(role, BOUND.get(role))
    callers.session.commit()
    # Without its lifespan: what the server does by itself is not to be counted.
    transport = ASGITransport(callers.app)
    async with AsyncClient(transport=transport, base_url="http://test", headers=headers) as client:
        for one in with_ids(callers.app, role):
            if own_facility and one.name in AS_LISTED:
                continue
            parts = set(PART.findall(one.path))
            if own_facility and not parts & OF_PEOPLE:
                continue
            with statements(engine) as for_stranger:
                stranger = await call(client, one, ids)
            with statements(engine) as for_nobody:
                nobody = await call(client, one, {})
            # Anything else would say that the call itself was wrong, and compare nothing.
            assert stranger.status_code == 404, (one, stranger.text)
            assert told(stranger) == told(nobody), one
            assert for_stranger == for_nobody, one


async def test_a_focal_point_cannot_tell_a_person_of_another_country_from_none(
    callers: Callers, engine: Engine
) -> None:
    await hold(callers, engine, Role.FOCAL_POINT, own_facility=True)


async def test_who_goes_from_another_country_is_told_without_a_name(
    callers: Callers, make: Factory
) -> None:
    ids = make_strangers(make, make.home)
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        told = (await client.get(f"/api/v1/deployments/{ids['deployment']}")).json()
    assert (told["expert_id"], told["name"]) == (None, None)
    assert "Otra" not in str(told)


async def test_an_expert_cannot_tell_another_person_from_none(
    callers: Callers, engine: Engine
) -> None:
    await hold(callers, engine, Role.EXPERT, own_facility=True)


@pytest.mark.long
@pytest.mark.parametrize("role", list(GRANTED), ids=str)
async def test_nobody_can_tell_a_record_of_another_facility_from_none(
    callers: Callers, engine: Engine, role: Role
) -> None:
    parts = {part for one in operations(callers.app) for part in PART.findall(one.path)}
    ids_named = {part for part in parts if part.endswith("_id")}
    assert ids_named <= TABLE_OF.keys(), "say in tests.strangers which table a part names"
    if any(
        TABLE_OF.keys() & set(PART.findall(one.path))
        for one in operations(callers.app)
        if one.rule in GRANTED[role]
    ):
        await hold(callers, engine, role, own_facility=False)


async def test_counts_facets_and_searches_tell_of_ones_own_people_only(
    callers: Callers, make: Factory
) -> None:
    make.view(make.expert("Ana Prates", country="PT"))
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        before = [(await client.get(path)).json() for path in ("/api/v1/experts", "/api/v1/me")]
        asked = {"query": "Praves"}
        found = (await client.post("/api/v1/search", json=asked)).json()
        for name in ("Bruno Prates", "Inés Praves", "Luis Praves"):
            make.view(make.expert(name, country="ES"))
        make.session.commit()
        after = [(await client.get(path)).json() for path in ("/api/v1/experts", "/api/v1/me")]
        assert before == after
        assert (await client.post("/api/v1/search", json=asked)).json() == found
        assert found["hits"] != []
        for country in ("ES", "XX"):
            listed = await client.get("/api/v1/experts", params={"country": country})
            assert listed.json()["total"] == 0
