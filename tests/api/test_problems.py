"""Refusals are problems in words, with a pointer to each field."""

from __future__ import annotations

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from api.deps import requires
from api.main import build_app
from api.problems import MEDIA_TYPE, Problem, kinds
from roster.errors import TooManyAttempts
from roster.installation import Installation
from roster.policy import Permission
from roster.tables import AssistanceRequest
from roster.vocabulary import Role
from tests.api.conftest import Callers

pytestmark = pytest.mark.anyio

NEED = {"title": "Return", "text": "We ask for advice on return."}


async def refused(callers: Callers, body: dict[str, object], status: int = 422) -> Problem:
    async with callers.client(Role.PROJECT_OFFICER) as client:
        answer = await client.post("/api/v1/requests", json={**NEED, **body})
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    return Problem.model_validate_json(answer.content)


@pytest.mark.parametrize(
    ("body", "pointer", "words"),
    [
        pytest.param({"countries": ["Ivory Coast"]}, "/countries/0", "Did you mean CI?", id="name"),
        pytest.param({"countries": ["ZZ"]}, "/countries/0", "ISO 3166-1", id="no-country"),
        pytest.param({"topics": ["data_managment"]}, "/topics/0", "data_management", id="topic"),
        pytest.param({"starts": "2027-02-30"}, "/starts", "YYYY-MM-DD", id="no-such-day"),
        pytest.param(
            {"starts": "2027-03-02", "ends": "2027-03-01"}, "/ends", "before the first", id="order"
        ),
        pytest.param({"tittle": "x"}, "/tittle", "spelling", id="unknown-field"),
        pytest.param({"title": ""}, "/title", "empty", id="empty"),
        pytest.param({"activities": ["dance"]}, "/activities/0", "Choose one of", id="enum"),
        pytest.param(
            {"languages": [{"language": "fr", "minimum": "Z9"}]},
            "/languages/0/minimum",
            "Choose one of",
            id="level",
        ),
        pytest.param({"text": " "}, "/topics", "topic", id="says-too-little"),
    ],
)
async def test_a_wrong_field_is_named_and_explained(
    callers: Callers, body: dict[str, object], pointer: str, words: str
) -> None:
    problem = await refused(callers, body)
    found = [one for one in problem.errors if one.pointer == pointer]
    assert found, problem
    assert words in found[0].detail


async def test_broken_json_is_told_with_its_place(callers: Callers) -> None:
    async with callers.client(Role.PROJECT_OFFICER) as client:
        answer = await client.post(
            "/api/v1/requests",
            content=b'{"title": ',
            headers={"Content-Type": "application/json"},
        )
    assert answer.status_code == 422
    assert "JSON" in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        pytest.param("GET", "/api/v1/nothing", 404, id="unknown-address"),
        pytest.param("DELETE", "/api/v1/requests", 404, id="unknown-method"),
        pytest.param("GET", "/api/v1/experts/not-an-id", 422, id="malformed-id"),
        pytest.param("GET", "/api/v1/experts?page=0", 422, id="page-zero"),
        pytest.param("GET", "/api/v1/experts?per_page=101", 422, id="page-too-long"),
    ],
)
async def test_a_wrong_address_is_a_problem_too(
    callers: Callers, method: str, path: str, status: int
) -> None:
    async with callers.client(Role.COORDINATOR) as client:
        answer = await client.request(method, path)
    assert answer.status_code == status
    problem = Problem.model_validate_json(answer.content)
    assert problem.request_id == answer.headers["X-Request-ID"]


async def test_a_mistake_of_ours_tells_nothing_but_the_id(
    callers: Callers, installation: Installation, capfd: pytest.CaptureFixture[str]
) -> None:
    callers.app = build_app(installation)

    @callers.app.get("/breaks", dependencies=[requires(Permission.PUBLIC)])
    def breaks() -> None:
        raise ValueError("Ana Prates, born 1970")

    async with callers.client() as client:
        answer = await client.get("/breaks", headers={"X-Request-ID": "abc-123"})
    assert answer.status_code == 500
    problem = Problem.model_validate_json(answer.content)
    assert problem.request_id == "abc-123"
    assert "Prates" not in answer.text + "".join(capfd.readouterr())


async def test_who_tries_too_often_is_told_how_long_to_wait(
    callers: Callers, installation: Installation
) -> None:
    callers.app = build_app(installation)

    @callers.app.get("/slow-down", dependencies=[requires(Permission.PUBLIC)])
    def slow_down() -> None:
        raise TooManyAttempts("Wait.", retry_after_s=60)

    async with callers.client() as client:
        answer = await client.get("/slow-down")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")


async def test_a_commit_that_fails_is_never_answered_as_done(callers: Callers) -> None:
    """The trap: a dependency that yields would end after the answer was sent."""

    def fail(_session: Session) -> None:
        raise RuntimeError("the disk is full")

    async with callers.client(Role.PROJECT_OFFICER) as client:
        event.listen(Session, "before_commit", fail)
        try:
            answer = await client.post("/api/v1/requests", json=NEED)
        finally:
            event.remove(Session, "before_commit", fail)
    assert answer.status_code == 500
    assert Problem.model_validate_json(answer.content).type == "/problems/internal-error"
    assert callers.session.exec(select(AssistanceRequest)).all() == []


async def test_every_kind_of_problem_has_a_place_where_it_is_explained(callers: Callers) -> None:
    async with callers.client() as client:
        page = (await client.get("/api/docs")).text
        for kind in kinds():
            answer = await client.get(f"/problems/{kind.code}")
            assert answer.headers["Location"] == f"/api/docs#problem-{kind.code}"
            assert f'id="problem-{kind.code}"' in page
        assert (await client.get("/problems/unheard-of")).status_code == 404
