"""The document of the API is current, complete, and shown without anybody else's script."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi import FastAPI

from api.openapi import as_text, document, operations
from tests.api.conftest import Callers

COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.json"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_the_committed_document_is_current(app: FastAPI) -> None:
    assert COMMITTED.read_text(encoding="utf-8") == as_text(app), (
        "run: roster openapi > docs/openapi.json"
    )


def test_every_operation_is_described_with_its_problems(app: FastAPI) -> None:
    made = document(app)
    names = set()
    for path, by_method in made["paths"].items():
        for method, operation in by_method.items():
            where = f"{method} {path}"
            assert operation["description"].strip(), where
            assert operation["operationId"] not in names, where
            names.add(operation["operationId"])
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    assert "application/problem+json" in response["content"], (where, status)
    assert len(names) > 25
    assert "HTTPValidationError" not in made["components"]["schemas"]


def test_outputs_have_no_defaults(app: FastAPI) -> None:
    for name, schema in document(app)["components"]["schemas"].items():
        if name.endswith("Out") or name == "Problem":
            assert set(schema.get("properties", {})) == set(schema.get("required", [])), name


def test_every_operation_with_a_body_shows_a_real_example(app: FastAPI) -> None:
    made = document(app)
    for one in operations(app):
        operation = made["paths"].get(one.path, {}).get(one.method.lower())
        if operation is None:
            continue
        success = next(r for s, r in operation["responses"].items() if s.startswith("2"))
        content = success.get("content", {}).get("application/json")
        if content is None:  # Nothing to say (204), or a file.
            continue
        assert "example" in content, one
        json.dumps(content["example"])


@pytest.mark.anyio
async def test_the_reference_loads_nothing_from_elsewhere(callers: Callers) -> None:
    async with callers.client() as client:
        page = await client.get("/api/docs")
        served = await client.get("/api/v1/openapi.json")
    assert page.status_code == served.status_code == 200
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "<script" not in page.text
    assert "http" not in policy
    for one in operations(callers.app):
        if one.path.startswith("/api/v1/") and one.path != "/api/v1/openapi.json":
            assert f'id="{one.name}"' in page.text
    assert served.json() == document(callers.app)


def test_where_a_webhook_leads_something_is_read(app: FastAPI) -> None:
    from roster.webhooks.kinds import PATHS  # noqa: PLC0415 -- only here.

    read = {one.path.partition("{")[0] for one in operations(app) if one.method == "GET"}
    for path in filter(None, PATHS.values()):
        assert f"/api/v1{path.partition('{')[0]}" in read, path
