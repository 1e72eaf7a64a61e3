"""Notices and merges from another system."""

from __future__ import annotations

import pytest

from roster.vocabulary import Role
from tests.api.conftest import Callers
from tests.factories import Factory

pytestmark = pytest.mark.anyio


async def test_a_record_that_went_into_another_says_where_and_comes_back(
    callers: Callers, make: Factory
) -> None:
    one, other = make.expert("Ana Prates"), make.expert("A. Prates")
    for person in (one, other):
        make.view(person)
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        path = f"/api/v1/experts/{one.id}/merge"
        merged = await client.post(path, json={"absorb": str(other.id)})
        assert merged.status_code == 201
        gone = await client.get(f"/api/v1/experts/{other.id}")
        assert (gone.status_code, gone.json()["type"]) == (404, "/problems/record-merged")
        assert gone.json()["merged_into"] == str(one.id)
        assert (await client.post(path, json={"absorb": str(other.id)})).status_code == 409
        listed = (await client.get("/api/v1/experts?status=merged")).json()
        assert listed["total"] == 0
        back = await client.post(f"/api/v1/merges/{merged.json()['id']}/undo")
        assert back.json()["id"] == str(other.id)
        assert (await client.get(f"/api/v1/experts/{other.id}")).status_code == 200


async def test_nobody_merges_what_she_may_not_see(callers: Callers, make: Factory) -> None:
    one, stranger = make.expert("Ana Prates"), make.expert("Ana Prates", country="FR")
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        answer = await client.post(
            f"/api/v1/experts/{one.id}/merge", json={"absorb": str(stranger.id)}
        )
        assert answer.status_code == 404
        assert (await client.get("/api/v1/merge-proposals")).json()["total"] == 0
        assert (await client.get("/api/v1/notices")).json()["total"] == 0
