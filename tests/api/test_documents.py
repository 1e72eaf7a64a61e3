"""CVs come in as files: guarded, kept once, read, confirmed, and then in the next ranking."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlmodel import select

from api.problems import Problem
from roster.read import LanguageSkill, Name
from roster.tables import Document
from roster.vocabulary import DocumentState, LanguageLevel, Role
from tests.api.conftest import Callers, RememberingJobs
from tests.factories import Factory

pytestmark = pytest.mark.anyio

CV = b"Curriculum vitae\nAna Prates\nHead of unit, Immigration service, Lisbon\n"


def form(content: bytes, name: str = "cv.txt") -> dict[str, tuple[str, bytes, str]]:
    return {"file": (name, content, "text/plain")}


async def test_an_upload_is_kept_encrypted_and_read_after_the_commit(
    callers: Callers, jobs: RememberingJobs
) -> None:
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        answer = await client.post("/api/v1/documents", files=form(CV))
        again = await client.post("/api/v1/documents", files=form(CV, "copy.txt"))
        assert answer.status_code == again.status_code == 202, answer.text
        assert answer.json()["state"] == "received"
        assert answer.headers["Location"] == answer.json()["href"]
        assert again.json()["id"] == answer.json()["id"]
        reading = await client.get(answer.json()["href"])
    assert reading.status_code == 200
    assert reading.json()["document"]["country"] == "PT"
    stored = callers.session.exec(select(Document)).one()
    assert jobs.asked == [stored.id, stored.id]


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        pytest.param(b"", 415, "file-refused", id="empty"),
        pytest.param(b"x" * 200_001, 413, "file-too-large", id="a-little-too-large"),
        pytest.param(b"x" * 400_000, 413, "file-too-large", id="announced-too-large"),
    ],
)
async def test_a_file_out_of_bounds_is_refused_and_not_kept(
    callers: Callers, content: bytes, status: int, code: str
) -> None:
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        answer = await client.post("/api/v1/documents", files=form(content))
    assert answer.status_code == status
    problem = Problem.model_validate_json(answer.content)
    assert problem.type == f"/problems/{code}"
    assert callers.session.exec(select(Document)).all() == []


async def test_a_huge_upload_is_cut_off_while_it_comes(callers: Callers) -> None:
    """200 MB without saying so: only little more than the limit is ever taken."""
    sent = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        for _ in range(200):
            sent += 1_000_000
            yield b"%" * 1_000_000

    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        answer = await client.post(
            "/api/v1/documents",
            content=body(),
            headers={"Content-Type": "multipart/form-data; boundary=b"},
        )
    assert answer.status_code == 413
    assert "MB" in answer.json()["detail"]
    assert sent <= 2_000_000


@pytest.mark.parametrize(
    ("headers", "content"),
    [
        pytest.param({"Content-Type": "application/json"}, b"{}", id="json"),
        pytest.param({"Content-Type": "application/pdf"}, b"%PDF-1.4", id="bare-file"),
        pytest.param({}, b"", id="nothing"),
        pytest.param({"Content-Type": "multipart/form-data"}, b"x", id="no-boundary"),
    ],
)
async def test_anything_but_a_form_with_a_file_is_explained(
    callers: Callers, headers: dict[str, str], content: bytes
) -> None:
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        answer = await client.post("/api/v1/documents", content=content, headers=headers)
    assert answer.status_code in {400, 422}
    assert Problem.model_validate_json(answer.content).detail


async def test_one_uploads_for_ones_own_country_only(callers: Callers) -> None:
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        answer = await client.post("/api/v1/documents", files=form(CV), data={"country": "ES"})
        named = await client.post("/api/v1/documents", files=form(CV), data={"country": "Portugal"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/country")
    assert "Did you mean PT?" in named.json()["errors"][0]["detail"]


async def test_a_confirmed_person_is_in_the_next_ranking(callers: Callers, make: Factory) -> None:
    words = "Ana Prates speaks French C1"
    document, _, facts = make.read_cv(
        words,
        [
            (Name(display="Ana Prates"), "Ana Prates"),
            (LanguageSkill(language="fr", level=LanguageLevel.C1), "French C1"),
        ],
    )
    match = {"request": {"title": "T", "topics": ["remittances"]}, "bands": ["fit", "ask", "not"]}
    async with callers.client(Role.COORDINATOR) as client:
        before = await client.post("/api/v1/match", json=match)
        assert before.json()["people"] == []
        reading = (await client.get(f"/api/v1/documents/{document.id}")).json()
        assert {fact["id"] for fact in reading["facts"]} == {str(fact.id) for fact in facts}
        path = f"/api/v1/documents/{document.id}/confirmation"
        confirmed = await client.post(path, json={})
        assert confirmed.status_code == 201, confirmed.text
        twice = await client.post(path, json={})
        assert twice.status_code == 409
        after = (await client.post("/api/v1/match", json=match)).json()
        assert [one["person"]["display_name"] for one in after["people"]] == ["Ana Prates"]
        record = await client.get(confirmed.headers["Location"])
        assert record.json()["view"]["languages"][0]["evidence"]["quote"] == "French C1"
        paused = await client.post(
            f"{confirmed.headers['Location']}/status", json={"status": "paused"}
        )
        assert paused.json()["status"] == "paused"


async def test_a_refused_file_says_why(callers: Callers, make: Factory) -> None:
    document = make.document(state=DocumentState.REFUSED)
    document.problem = "This PDF is a picture. Send one with text in it."
    make.keep(document)
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        found = (await client.get("/api/v1/documents?state=refused")).json()["items"]
    assert [one["problem"] for one in found] == [document.problem]


async def test_two_people_of_one_name_stay_two(callers: Callers, make: Factory) -> None:
    for employer in ("Immigration service", "Statistics office"):
        make.view(make.expert("Maria Silva", employer=employer))
    async with callers.client(Role.FOCAL_POINT, "PT") as client:
        found = (await client.post("/api/v1/search", json={"query": "silva maria"})).json()
    assert found["totals"]["expert"] == 2
    assert len({one["id"] for one in found["hits"]}) == 2
