"""Uploads of many files over the API: kept whole, tried, followed, mapped, called off."""

from __future__ import annotations

from uuid import UUID

import pytest
from httpx import AsyncClient, Response
from sqlmodel import Session, func, select

from roster.ingest.batches.run import run_batch
from roster.ingest.batches.taking_in import Means
from roster.installation import Installation
from roster.tables import Batch, Expert
from roster.vocabulary import ExpertStatus, Role
from tests.api.conftest import Callers, RememberingJobs
from tests.roster.ingest.uploads import LIST, archive, cv, unreadable

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
PATH = "/api/v1/batches"


async def send(client: AsyncClient, *files: bytes, **fields: str) -> Response:
    sent = [("files", (f"{at}.txt", content)) for at, content in enumerate(files)]
    return await client.post(PATH, files=sent, data=fields)


def work(installation: Installation) -> None:
    """Do what was asked of the queue."""
    jobs = installation.jobs
    assert isinstance(jobs, RememberingJobs)
    means = Means(installation.engine, installation.vault, installation.clock, 200_000)
    while jobs.batches:
        run_batch(means, jobs.batches.pop(0))


async def test_files_are_tried_and_then_taken_in_with_the_same_counts(
    callers: Callers, installation: Installation
) -> None:
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        sent = await send(client, cv(1), cv(2, email=""), unreadable(), cv(1), trial="true")
        assert sent.status_code == 202, sent.text
        href = sent.json()["href"]
        assert sent.headers["Location"] == href
        work(installation)
        tried = (await client.get(href)).json()
        assert tried["batch"]["is_trial"]
        assert tried["batch"]["state"] == "done"
        begun = await client.post(f"{href}/start", json={})
        assert begun.status_code == 202, begun.text
        work(installation)
        done = (await client.get(href)).json()
        assert done["batch"]["counts"] == tried["batch"]["counts"]
        assert done["batch"]["counts"]["needs_look"] == 1
        assert done["batch"]["to_confirm"] == 2
        page = (await client.get(f"{href}?outcome=refused&outcome=already_there")).json()["items"]
        assert [item["outcome"] for item in page["items"]] == ["refused", "already_there"]
        document = page["items"][1]["document_id"]
        assert (await client.get(f"/api/v1/documents/{document}")).status_code == 200
        assert (await client.get(PATH)).json()["total"] == 1


async def test_an_archive_is_opened_and_a_bad_one_refused_whole(callers: Callers) -> None:
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        sent = await send(client, archive({"a.txt": cv(1), "b.txt": cv(2)}))
        assert sent.json()["kind"] == "archive"
        found = (await client.get(sent.json()["href"])).json()
        assert found["batch"]["counts"]["waiting"] == 2
        empty = await send(client, archive({}))
        assert empty.status_code == 415
        assert "holds no file" in empty.json()["detail"]
        mixed = await send(client, cv(1), LIST)
        assert mixed.status_code == 422
        nothing = await client.post(PATH, data={"trial": "false"})
        assert nothing.status_code == 422
    with Session(callers.session.get_bind()) as session:
        assert session.exec(select(func.count()).select_from(Batch)).one() == 1


async def test_a_list_is_mapped_begun_and_confirmed(
    callers: Callers, installation: Installation
) -> None:
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        href = (await send(client, LIST)).json()["href"]
        early = await client.post(f"{href}/start", json={})
        assert early.status_code == 409
        proposed = (await client.get(f"{href}/mapping")).json()
        columns = {str(one["place"]): one["target"] for one in proposed["columns"]}
        assert columns["0"] == "family_name"
        assert proposed["columns"][0]["cells"][0] == "Vilarinho"
        wrong = await client.post(f"{href}/mapping", json={"columns": {"0": "shoe_size"}})
        assert wrong.status_code == 422
        assert wrong.json()["errors"][0]["pointer"] == "/columns/0"
        said = await client.post(f"{href}/mapping", json={"columns": columns})
        assert said.json()["is_confirmed"], said.text
        await client.post(f"{href}/start", json={"trial": True})
        work(installation)
        tried = (await client.get(href)).json()["batch"]["counts"]
        await client.post(f"{href}/start", json={})
        work(installation)
        done = (await client.get(href)).json()["batch"]
        assert done["counts"] == tried
        assert done["sure"] == 2
        confirmed = (await client.post(f"{href}/confirmation")).json()
        assert confirmed == {"confirmed": 2, "held_back": 0, "left": 0}
        assert (await client.get(f"{href}/mapping")).status_code == 409
    with Session(installation.engine) as session:
        active = select(func.count()).where(Expert.status == ExpertStatus.ACTIVE)
        assert session.exec(active).one() == 2


async def test_what_waits_is_called_off(callers: Callers, installation: Installation) -> None:
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        href = (await send(client, cv(1), cv(2))).json()["href"]
        off = await client.delete(href)
        assert off.json()["counts"]["refused"] == 2
        assert (await client.delete(href)).status_code == 409
        work(installation)
        assert (await client.get(href)).json()["batch"]["counts"]["refused"] == 2


async def test_uploads_of_another_country_are_as_absent_as_none(callers: Callers) -> None:
    async with callers.client(Role.FOCAL_POINT, "ES") as spanish:
        href = (await send(spanish, cv(1), cv(2))).json()["href"]
        lists = (await send(spanish, LIST)).json()["href"]
    nothing = f"{PATH}/{UUID(int=0)}"
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        assert (await client.get(PATH)).json()["total"] == 0
        for method, path, body in (
            ("GET", "", None),
            ("DELETE", "", None),
            ("GET", "/mapping", None),
            ("POST", "/mapping", {"columns": {"0": "full_name"}}),
            ("POST", "/start", {}),
            ("POST", "/confirmation", None),
        ):
            for mine in (href, lists):
                there = await client.request(method, mine + path, json=body)
                absent = await client.request(method, nothing + path, json=body)
                assert there.status_code == absent.status_code == 404, (method, path)
                assert there.json()["detail"] == absent.json()["detail"]
