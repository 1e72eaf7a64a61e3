"""What version 1 of the API has promised, and whether the document still keeps it.

::

    python -m tests.api.contract    # adds what is new to docs/api-v1.json; takes nothing away

The promise is a set of lines, each one thing that a client may rely on: an operation, what it
takes, a field that it answers, and its type. Kept are those lines only which a client would miss;
descriptions and examples may change.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "openapi.json"
PROMISED = ROOT / "docs" / "api-v1.json"
Schema = dict[str, Any]
REQUIRED = " is required"


def lines_of(document: Schema) -> Iterator[str]:
    """Yield what a client of a document may rely on, and what it has to give."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            where = f"{method.upper()} {path}"
            yield where
            for status in operation["responses"]:
                if status.startswith("2"):
                    yield f"{where} -> {status}"
                    yield from _bodies(where, f"-> {status}", operation["responses"][status])
            for given in operation.get("parameters", []):
                yield from _parameter(where, given)
            if "requestBody" in operation:
                yield from _bodies(where, "<-", operation["requestBody"])
    for name, schema in document["components"]["schemas"].items():
        yield from _schema(name, schema)


def _parameter(where: str, given: Schema) -> Iterator[str]:
    if "$ref" in given:
        yield f"{where} ? {given['$ref'].rpartition('/')[2]}"
        return
    name = f"{where} ? {given['in']} {given['name']}"
    yield name
    if given.get("required") and given["in"] != "path":
        yield name + REQUIRED


def _bodies(where: str, arrow: str, body: Schema) -> Iterator[str]:
    for media, content in body.get("content", {}).items():
        yield f"{where} {arrow} {media}: {_type(content.get('schema', {}))}"


def _schema(name: str, schema: Schema) -> Iterator[str]:
    takes = not name.endswith("Out") and name not in {"Problem", "FieldProblem"}
    for field, held in schema.get("properties", {}).items():
        yield f"{name}.{field}: {_type(held)}"
    if takes:
        for field in schema.get("required", []):
            yield f"{name}.{field}{REQUIRED}"
    for value in schema.get("enum", []):
        yield f"{name} may be {value}"


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " | ".join(sorted(_type(one) for one in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"[{_type(schema.get('items', {}))}]"
    return ":".join(filter(None, (str(schema.get("type", "any")), schema.get("format", ""))))


def broken(promised: set[str], now: set[str]) -> list[str]:
    """Return what breaks a client: what is gone, and what it has to give that it had not."""
    gone = {line for line in promised - now if not line.endswith(REQUIRED)}
    known = {line.rpartition(":")[0] or line for line in promised}
    asked = {
        line
        for line in now - promised
        if line.endswith(REQUIRED) and _owner(line) in {_owner(one) for one in known}
    }
    return sorted(gone) + sorted(asked)


def _owner(line: str) -> str:
    """Return the operation or the shape that a line is about."""
    return line.partition(" ? ")[0] if " ? " in line else line.partition(".")[0]


def read(path: Path) -> set[str]:
    """Return the lines promised, from the file that is committed."""
    return set(json.loads(path.read_text(encoding="utf-8")))


def main() -> None:
    """Add what is new to the promise; refuse to where something is broken."""
    now = set(lines_of(json.loads(DOCUMENT.read_text(encoding="utf-8"))))
    promised = read(PROMISED) if PROMISED.exists() else set()
    missing = broken(promised, now)
    if missing:
        raise SystemExit("version 1 would break:\n" + "\n".join(missing))
    text = json.dumps(sorted(now | promised), indent=0, ensure_ascii=False) + "\n"
    PROMISED.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
