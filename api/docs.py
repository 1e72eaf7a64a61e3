"""The API's reference as one page of ours: no script, nothing loaded from anywhere else."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.deps import new_router, requires
from api.problems import kinds
from roster.policy import Permission

router = new_router("docs", prefix="")
_HERE = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["pretty"] = _pretty
    made.filters["shape"] = _shape
    return made


@lru_cache(maxsize=1)
def _style() -> tuple[str, str]:
    """Return the style sheet and the source under which the browser accepts it."""
    text = (_HERE / "reference.css").read_text(encoding="utf-8")
    digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return text, f"'sha256-{digest}'"


def _pretty(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _shape(schema: dict[str, Any]) -> str:
    """Say in a few words what a schema takes."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[1]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_shape(one) for one in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list of {_shape(schema.get('items', {}))}"
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    return str(schema.get("format") or schema.get("type") or "any")


def _written_out(document: dict[str, Any], parameter: dict[str, Any]) -> dict[str, Any]:
    """Return a parameter, also one that the document describes for many operations at once."""
    if "$ref" not in parameter:
        return parameter
    found: dict[str, Any] = document["components"]["parameters"][_shape(parameter)]
    return found


def render(document: dict[str, Any]) -> str:
    """Return the page of an OpenAPI document."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            entry = {"method": method.upper(), "path": path, **operation}
            if "parameters" in operation:
                entry["parameters"] = [_written_out(document, one) for one in entry["parameters"]]
            groups.setdefault(operation.get("tags", ["other"])[0], []).append(entry)
    return (
        _environment()
        .get_template("reference.html")
        .render(
            document=document,
            groups=groups,
            schemas=document["components"]["schemas"],
            problems=kinds(),
            style=_style()[0],
        )
    )


@router.get("/api/docs", include_in_schema=False, dependencies=[requires(Permission.PUBLIC)])
def show_reference(request: Request) -> Response:
    """Show every operation with its fields, its problems and a real example."""
    page = HTMLResponse(render(request.app.openapi()))
    page.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {_style()[1]}; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
    page.headers["X-Content-Type-Options"] = "nosniff"
    page.headers["Referrer-Policy"] = "same-origin"
    return page


@router.get(
    "/api/v1/openapi.json", include_in_schema=False, dependencies=[requires(Permission.PUBLIC)]
)
def get_openapi_document(request: Request) -> Response:
    """Return the OpenAPI document."""
    return Response(orjson.dumps(request.app.openapi()), media_type="application/json")
