"""No operation changes a record that somebody changed since it was read.

Every operation that takes `If-Match` is called as the recording calls it: with the tag of what was
read before it goes through, and with the same tag once more it does not.
"""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any, ClassVar

import pytest
from httpx import AsyncClient, Response
from sqlmodel import Session

from api.main import close_installation
from roster.vocabulary import Role
from tests.api.conftest import Callers
from tests.api.recording import Recorder, record_all, staged

DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"
PREFIX = "/api/v1"
READ_AT = {"/actions/{code}/activities/{lineage}": "/actions/{code}/plans"}
"""Where the tag of an address is read that is neither its own nor that of the record above it."""
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return found["paths"]  # type: ignore[no-any-return]


def guarded() -> dict[str, tuple[str, str]]:
    """Give method and template of each operation that takes `If-Match`, by its name."""
    return {
        operation["operationId"]: (method.upper(), path.removeprefix(PREFIX))
        for path, methods in document().items()
        for method, operation in methods.items()
        if any(one.get("$ref", "").endswith("/IfMatch") for one in operation.get("parameters", []))
    }


def read_at(template: str, reads: set[str]) -> str | None:
    """Give the address where the tag for a change is read: its own, or that of its record."""
    template = READ_AT.get(template, template)
    while "{" in template:
        if template in reads:
            return template
        template = template.rpartition("/")[0]
    return None


def reads() -> set[str]:
    return {path.removeprefix(PREFIX) for path, methods in document().items() if "get" in methods}


def test_changes_are_found_in_the_document() -> None:
    assert len(guarded()) > 80


@pytest.mark.parametrize(("name", "where"), [(k, v) for k, v in guarded().items()], ids=guarded())
def test_what_is_changed_is_read_somewhere(name: str, where: tuple[str, str]) -> None:
    assert read_at(where[1], reads()), f"{name}: no GET gives the ETag that it takes"


class Walker(Recorder):
    """Sends each change with the tag of what it read, and once more with what is old by then."""

    told: ClassVar[list[str]] = []

    def __init__(self, client: AsyncClient) -> None:
        super().__init__(client)
        self.guarded, self.reads = guarded(), reads()

    async def send(self, operation: str, method: str, path: str, sent: dict[str, Any]) -> Response:
        """Send one call, and hold it to its versions."""
        if operation not in self.guarded:
            return await super().send(operation, method, path, sent)
        never = await self.client.request(
            method, path, headers={"If-Match": '"v999999999999"'}, **sent
        )
        if never.status_code != 412 or "since you read" not in never.json()["detail"]:
            self.told.append(f"{operation}: a version that never was: {never.status_code}")
        tag = await self._tag(operation, path)
        headers = {"If-Match": tag} if tag else {}
        answer = await self.client.request(method, path, headers=headers, **sent)
        if not answer.is_success:
            self.told.append(f"{operation}: with its own tag {tag}: {answer.status_code}")
            return await self.client.request(method, path, **sent)
        if method == "PUT" and tag:
            late = await self.client.request(method, path, headers=headers, **sent)
            if late.status_code != 412:
                self.told.append(f"{operation}: the same version twice: {late.status_code}")
        return answer

    async def _tag(self, operation: str, path: str) -> str | None:
        template = read_at(self.guarded[operation][1], self.reads)
        if template is None:
            return None
        parts = path.partition("?")[0].split("/")
        read = await self.client.get("/".join(parts[: len(template.split("/"))]))
        if read.status_code == 404:  # What is written for the first time.
            return None
        if "ETag" not in read.headers:
            self.told.append(f"{operation}: no tag is read before: {read.status_code}")
        tag: str | None = read.headers.get("ETag")
        return tag


@pytest.mark.long
def test_every_change_is_held_to_the_version_that_was_read(tmp_path: Path) -> None:
    installation = staged(tmp_path)
    Walker.told.clear()
    asyncio.run(record_all(installation, Walker))
    close_installation(installation)
    assert not Walker.told, "\n".join(Walker.told)


QUESTIONS = {
    "title": "Short",
    "audience": "participant",
    "occasion": "activity",
    "questions": [{"code": "useful", "kind": "scale", "words": {"en": "Useful?"}}],
}
BY_CODE = [
    pytest.param(
        Role.FOCAL_POINT,
        "/interests/PT",
        {"topics": ["data_management"], "regions": [], "note": "First"},
        id="interest",
    ),
    pytest.param(
        Role.COORDINATOR,
        "/countries/SN/profile/remittances",
        {"text": "About 7 %.", "source": "Central bank", "as_of": "2025-06-01"},
        id="section",
    ),
    pytest.param(Role.COORDINATOR, "/questionnaires/short", QUESTIONS, id="questionnaire"),
]


@on_sqlite
@pytest.mark.anyio
@pytest.mark.parametrize(("role", "path", "body"), BY_CODE)
async def test_what_is_named_by_a_code_is_guarded_as_well(
    callers: Callers, session: Session, role: Role, path: str, body: dict[str, Any]
) -> None:
    path = PREFIX + path
    async with callers.client(role, "PT" if role is Role.FOCAL_POINT else None) as client:
        first = await client.request("POST" if "questionnaires" in path else "PUT", path, json=body)
        assert first.is_success, first.text
        tag = (await client.get(path)).headers["ETag"]
        assert not re.match(r'W/"v0\b', tag)
        now, late = [await client.put(path, json=body, headers={"If-Match": tag}) for _ in range(2)]
    assert (now.status_code, late.status_code) == (200, 412)
    assert "Read it again" in late.json()["detail"]
