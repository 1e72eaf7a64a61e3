"""Uploads of many files as pages: sent, tried, followed, mapped, confirmed; nothing of others."""

from __future__ import annotations

import csv
import io
import re

import pytest
from httpx import AsyncClient, Response

from roster.ingest.batches.run import run_batch
from roster.ingest.batches.taking_in import Means
from roster.vocabulary import Role
from tests.api.conftest import RememberingJobs
from tests.roster.ingest.uploads import LIST, archive, cv, name_of, unreadable
from tests.web.officer import Desk, said

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


async def send(client: AsyncClient, *files: bytes, **fields: str) -> Response:
    sent = [("files", (f"=cv {at}.txt", content)) for at, content in enumerate(files)]
    return await client.post("/uploads", files=sent, data=fields)


def work(desk: Desk) -> None:
    """Do what was asked of the queue."""
    jobs = desk.installation.jobs
    assert isinstance(jobs, RememberingJobs)
    means = Means(desk.installation.engine, desk.installation.vault, desk.clock, 200_000)
    while jobs.batches:
        run_batch(means, jobs.batches.pop(0))


async def test_many_files_have_a_page_with_the_result_of_each(desk: Desk) -> None:
    async with desk.client(Role.FOCAL_POINT) as client:
        sent = await send(client, cv(1), cv(2, email=""), unreadable(), cv(1))
        path = sent.headers["location"]
        waiting = await client.get(path)
        assert "4 waiting" in said(waiting.text)
        assert '<progress id="going" value="0" max="4">' in waiting.text
        assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in waiting.text
        work(desk)
        page = await client.get(path)
        words = said(page.text)
        assert "4 files: 1 to look at, 1 sure, 1 here already and 1 not taken" in words
        assert "no e-mail address was read" in words
        assert "This is not a document" in words
        assert "http-equiv" not in page.text
        assert "<progress" not in page.text
        refused = said((await client.get(f"{path}?show=refused")).text)
        assert "not a document" in refused
        assert name_of(1) not in refused
        first = await client.get(f"{path}/next")
        assert first.headers["location"].startswith("/documents/")
        assert path in (await client.get("/uploads")).text


async def test_the_files_of_one_upload_are_gone_through_by_themselves(desk: Desk) -> None:
    async with desk.client(Role.FOCAL_POINT) as client:
        await send(client, cv(3))
        path = (await send(client, cv(1), cv(2))).headers["location"]
        work(desk)
        assert "Go through the 2 that wait" in said((await client.get(path)).text)
        here = (await client.get(f"{path}/next")).headers["location"]
        batch_id = path.rpartition("/")[2]
        assert here.endswith(f"?of={batch_id}")
        page = (await client.get(here)).text
        assert " of 2 waiting" in re.sub(r"<[^>]+>", " ", page)
        assert "Next CV, 1 left" in said(page)
        confirmation = f"{here.partition('?')[0]}/confirmation"
        done = await client.post(confirmation, data={"of": batch_id, "same_as": "new"})
        following = done.headers["location"]
        assert f"of={batch_id}" in following
        confirmation = f"{following.partition('?')[0]}/confirmation"
        done = await client.post(confirmation, data={"of": batch_id, "same_as": "new"})
        assert done.headers["location"] == f"{path}?done=1"


async def test_a_trial_keeps_nothing_until_somebody_takes_it_in(desk: Desk) -> None:
    async with desk.client(Role.FOCAL_POINT) as client:
        path = (await send(client, cv(1), trial="1")).headers["location"]
        work(desk)
        page = await client.get(path)
        assert "changes nothing" in said(page.text)
        assert "Take them in" in said(page.text)
        assert "/documents/" not in page.text
        await client.post(f"{path}/start")
        work(desk)
        taken = said((await client.get(path)).text)
        assert "1 file: 1 sure" in taken
        assert name_of(1) in taken
        again = await client.post(f"{path}/start")
        assert again.status_code == 409


async def test_an_archive_and_a_list_together_are_two_uploads(desk: Desk) -> None:
    async with desk.client(Role.FOCAL_POINT) as client:
        sent = await send(client, archive({"a.txt": cv(1)}), LIST)
        assert sent.headers["location"] == "/uploads"
        words = said((await client.get("/uploads")).text)
        assert "its columns wait to be named" in words
        assert "being worked on" in words


async def test_a_refused_upload_says_why_beside_the_form(desk: Desk) -> None:
    async with desk.client(Role.FOCAL_POINT) as client:
        answer = await send(client, archive({}))
        assert answer.status_code == 415
        assert "holds no file" in said(answer.text)
        nothing = await client.post("/uploads", data={})
        assert nothing.status_code == 422
        assert "Choose at least one file" in said(nothing.text)


async def test_the_columns_of_a_list_are_named_and_its_rows_confirmed(desk: Desk) -> None:
    async with desk.client(Role.FOCAL_POINT) as client:
        path = (await send(client, LIST)).headers["location"]
        assert path.endswith("/columns")
        batch = path.removesuffix("/columns")
        page = await client.get(path)
        assert "All 7 columns are understood" in said(page.text)
        assert '<option value="family_name" selected>' in page.text
        assert (await client.get(batch)).headers["location"] == path
        wrong = await client.post(path, data={"header_row": "1", "column-2": "email"})
        assert wrong.status_code == 422
        assert "Say which column holds the name" in said(wrong.text)
        columns = {
            "column-0": "family_name",
            "column-1": "given_name",
            "column-2": "email",
            "column-3": "employer",
            "column-4": "position",
            "column-6": "languages",
        }
        await client.post(path, data={"header_row": "1", "do": "try", **columns})
        work(desk)
        tried = said((await client.get(batch)).text)
        assert "5 rows: 1 to look at, 2 sure, 1 here already and 1 not taken" in tried
        await client.post(f"{batch}/start")
        work(desk)
        page = await client.get(batch)
        assert "Confirm all 2 that are sure" in said(page.text)
        assert "Row 4: it has no name" in said(page.text)
        done = await client.post(f"{batch}/confirmation")
        words = said((await client.get(done.headers["location"])).text)
        assert "2 people were confirmed" in words
        assert "on the roster" in words


async def test_another_header_row_is_looked_at_and_a_wrong_one_said(desk: Desk) -> None:
    text = b"Name,E-mail\nA,B\nWhole name,Mail\nRui Couto,rui@x.example\n"
    async with desk.client(Role.FOCAL_POINT) as client:
        path = (await send(client, text)).headers["location"]
        page = await client.get(f"{path}?header_row=3")
        assert "Whole name" in said(page.text)
        assert "1 person stands" in said(page.text)
        wrong = await client.get(f"{path}?header_row=77")
        assert wrong.status_code == 422
        assert "Give the row in which the headings stand" in said(wrong.text)
        for odd in ("-1", "x", "9" * 30, "²"):
            answer = await client.get(path, params={"header_row": odd})
            assert answer.status_code in {200, 422}, odd


async def test_what_waits_is_called_off(desk: Desk) -> None:
    async with desk.client(Role.FOCAL_POINT) as client:
        path = (await send(client, cv(1), cv(2))).headers["location"]
        await client.post(f"{path}/cancel")
        assert "Called off before it was read" in said((await client.get(path)).text)
        path = (await send(client, LIST)).headers["location"].removesuffix("/columns")
        await client.post(f"{path}/cancel")
        assert "Nothing of this was taken in" in said((await client.get(path)).text)
        assert (await client.get(f"{path}/columns")).status_code == 303


async def test_results_are_a_table_that_runs_no_formula(desk: Desk) -> None:
    async with desk.client(Role.FOCAL_POINT) as client:
        path = (await send(client, cv(1), unreadable())).headers["location"]
        work(desk)
        answer = await client.get(f"{path}/results.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0] == ["Number", "File", "Result", "Person", "Reason", "Address"]
    assert rows[1][:4] == ["1", "'=cv 0.txt", "sure", name_of(1)]
    assert rows[2][2] == "not taken"


async def test_an_upload_of_another_country_is_as_absent_as_none(desk: Desk) -> None:
    async with desk.client(Role.COORDINATOR) as client:
        sent = await send(client, cv(1), cv(2), country="ES")
        path = sent.headers["location"]
        lists = (await send(client, LIST, country="ES")).headers["location"]
    async with desk.client(Role.FOCAL_POINT) as client:
        for get in (path, f"{path}/results.csv", f"{path}/next", lists):
            assert (await client.get(get)).status_code == 404, get
        for post in ("start", "cancel", "confirmation", "columns"):
            assert (await client.post(f"{path}/{post}")).status_code == 404, post
        assert path not in (await client.get("/uploads")).text
