"""The OpenAPI document: what FastAPI knows, with our problems and real examples."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts

from api.deps import rule_of
from api.problems import MEDIA_TYPE, Problem, problems
from roster.errors import (
    CallUnderWay,
    ChangedSince,
    InvalidInput,
    KeyReused,
    NotAllowed,
    NotSignedIn,
    RosterError,
    TooManyAttempts,
)
from roster.policy import Permission

VERSION = "1"
"""Of the interface, as in its paths; the product's own version is told by `roster --version`."""
_EXAMPLES = Path(__file__).parent / "examples.json"
_REF = "#/components/schemas/{model}"
DESCRIPTION = """\
Who could go? Ranked public officials for a request for assistance, with reasons that add up.

Send an API key as `Authorization: Bearer roster_…`; `roster key issue` makes one. Everything is
JSON; whatever is unknown is `null`. Lists take `page` and `per_page`, or `after` with the `next` of
the page before, and answer `items` and `total`. Every refusal is `application/problem+json`
(RFC 9457) and says what to do. Records answer with an `ETag`: send it as `If-None-Match` to read
only what is new, as `If-Match` to change only what you have seen. A POST with an
`Idempotency-Key` is done once, however often it is sent. Within version 1 fields are added, never
changed or taken away.
"""


@lru_cache(maxsize=1)
def examples() -> dict[str, dict[str, Any]]:
    """Return requests and answers by operation, as they were once sent and received."""
    found: dict[str, dict[str, Any]] = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
    return found


def document(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document of an application."""
    if app.openapi_schema:
        return app.openapi_schema
    made = get_openapi(
        title=app.title, version=app.version, description=DESCRIPTION, routes=app.routes
    )
    schemas = made["components"]["schemas"]
    _add_problem(schemas)
    rules = {operation.name: operation.rule for operation in operations(app)}
    for path in made["paths"].values():
        for operation in path.values():
            _finish(operation, rules.get(operation["operationId"]))
    for address, path in made["paths"].items():
        for method, operation in path.items():
            if rules.get(operation["operationId"]) is not Permission.PUBLIC:
                _add_headers(operation, method, names_a_record="{" in address)
    made["components"]["parameters"] = _HEADERS
    app.openapi_schema = made
    return made


@dataclass(frozen=True, slots=True)
class Operation:
    """One address of the API under one method, with its rule; None where nobody said."""

    name: str
    method: str
    path: str
    rule: Permission | None


def operations(app: FastAPI) -> list[Operation]:
    """Return every operation of the application itself; the pages mounted beside it are not."""
    return [
        Operation(context.name or "", method, context.path or "", rule_of(context.original_route))
        for context in iter_route_contexts(app.routes)
        if isinstance(context.original_route, APIRoute)
        for method in sorted(context.methods or ())
    ]


def _add_problem(schemas: dict[str, Any]) -> None:
    made = Problem.model_json_schema(ref_template=_REF, mode="serialization")
    schemas.update(made.pop("$defs"))
    schemas["Problem"] = made
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)


def _finish(operation: dict[str, Any], rule: Permission | None) -> None:
    responses = operation["responses"]
    if "422" in responses and MEDIA_TYPE not in responses["422"].get("content", {}):
        responses.update({str(k): v for k, v in problems(InvalidInput).items()})
    if rule is not Permission.PUBLIC:
        guarded = problems(NotSignedIn, NotAllowed)
        responses.update({str(k): v for k, v in guarded.items() if str(k) not in responses})
        operation["description"] = (
            f"{operation.get('description', '')}\n\nNeeds the permission `{rule}`."
        )
    example = examples().get(operation["operationId"], {})
    if "request" in example:
        for content in operation["requestBody"]["content"].values():
            content["example"] = example["request"]
    if "response" in example:
        success = next(code for code in responses if code.startswith("2"))
        for media, content in responses[success].get("content", {}).items():
            if media.endswith("json"):
                content["example"] = example["response"]


_HEADERS: dict[str, Any] = {
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "schema": {"type": "string", "maxLength": 500},
        "description": "ETag of what was read: answers 304 where nothing is new",
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "required": False,
        "schema": {"type": "string", "maxLength": 500},
        "description": "ETag of what was read: answers 412 where it was changed since",
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
        "description": "A UUID for this call: sent again within a day, it is answered alike and "
        "done once",
    },
}


def _add_headers(operation: dict[str, Any], method: str, *, names_a_record: bool) -> None:
    """Add what `api.careful` and `api.rates` heed on every operation."""
    responses, parameters = operation["responses"], operation.setdefault("parameters", [])
    refused: list[type[RosterError]] = [TooManyAttempts]
    wanted = []
    if method == "get" and names_a_record:
        wanted.append("IfNoneMatch")
        responses["304"] = {"description": "Nothing is new since that ETag"}
    if method != "get" and names_a_record:
        wanted.append("IfMatch")
        refused.append(ChangedSince)
    if method == "post":
        wanted.append("IdempotencyKey")
        refused += [CallUnderWay, InvalidInput]
    parameters += [{"$ref": f"#/components/parameters/{name}"} for name in wanted]
    for status, told in problems(*refused).items():
        held = responses.setdefault(str(status), told)
        codes = {*held.get("x-problem-codes", ()), *told["x-problem-codes"]}
        held["x-problem-codes"] = sorted(codes)
    if method == "post":
        codes = {*responses["422"]["x-problem-codes"], KeyReused.code}
        responses["422"]["x-problem-codes"] = sorted(codes)
    if not parameters:
        del operation["parameters"]


def as_text(app: FastAPI) -> str:
    """Return the document as it is committed: indented, keys in order."""
    return json.dumps(document(app), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
