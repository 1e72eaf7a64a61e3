"""Writes the typed methods of the client from the document of the API: run it after a change.

::

    python -m tests.api.client_methods

Each operation gets a method of its own name, but for those that `api.client` words itself and
those that no typed method can serve; both are told below, with why.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "openapi.json"
FOLDER = ROOT / "api" / "client"
PREFIX = "/api/v1"
WORDED: dict[str, str] = {
    "get_me": "me",
    "get_taxonomy": "taxonomy",
    "list_all_requests": "requests",
    "get_request": "request",
    "create_request": "create_request",
    "create_requests": "create_requests",
    "update_request": "update_request",
    "read_letter": "read_letter",
    "match": "match",
    "create_ranking": "rank",
    "read_ranking": "ranking",
    "get_shortlist": "shortlist",
    "add_many_to_shortlist": "add_to_shortlist",
    "compose_inline": "compose_team",
    "list_people": "experts",
    "get_record": "expert",
    "list_facts": "facts",
    "get_cv": "cv",
    "upload_cv": "upload",
    "list_documents": "documents",
    "get_reading": "reading",
    "list_all_actions": "actions",
    "get_one_action": "action",
    "get_figures": "figures",
    "list_calls": "calls",
    "export_experts": "export_experts",
    "export_requests": "export_requests",
    "export_actions": "export_actions",
    "export_records": "take_out",
    "import_records": "bring_in",
    "send_batch": "send_batch",
    "list_webhooks": "webhooks",
    "add_webhook": "add_webhook",
    "list_deliveries": "deliveries",
}
"""Operations whose method `api.client` writes by hand: a shorter name, a file, or a kinder form."""
RENAMED = {"add_to_shortlist": "add_one_to_shortlist", "compose_team": "compose_team_of_ranking"}
"""Operations whose name a method written by hand has taken."""
GROUPS: dict[str, tuple[str, ...]] = {
    "intake": ("requests", "decisions", "fiches"),
    "people": ("people", "documents", "experts", "batches", "me"),
    "choosing": ("shortlists", "teams", "rankings", "outreach", "portfolios", "search", "match"),
    "calling": ("calls", "releases", "messages"),
    "delivery": ("actions",),
    "learning": ("feedback", "lessons"),
    "running": ("bulk", "exports", "facilities", "meta", "reports", "taxonomy", "webhooks"),
}
"""Modules of the client with the tags of the document that each serves."""
_LONGEST_LINE = 85
Schema = dict[str, Any]


Shapes = dict[str, tuple[str, str]]


def shapes() -> Shapes:
    """Return module and name of each shape of an answer, by the names that the document gives."""
    found: Shapes = {}
    for path in sorted((ROOT / "api").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name.endswith("Out"):
                found.setdefault(node.name, (module, node.name))
                found[f"{module.replace('.', '__')}__{node.name}"] = (module, node.name)
    return found


def read() -> Schema:
    """Return the document of the API."""
    found: Schema = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return found


def operations() -> Iterator[tuple[str, str, Schema]]:
    """Yield method, path below the version and description of each operation."""
    for path, methods in read()["paths"].items():
        for method, operation in methods.items():
            yield method, path.removeprefix(PREFIX), operation


def method_name(operation_id: str) -> str:
    """Return the method of the client that serves an operation."""
    return WORDED.get(operation_id) or RENAMED.get(operation_id, operation_id)


class Module:
    """The methods of one group, with what they import."""

    def __init__(self, name: str, known: Shapes, schemas: Schema) -> None:
        self.name, self._known, self._schemas = name, known, schemas
        self._imports: dict[tuple[str, str], str] = {}
        self._methods: list[str] = []

    def add(self, method: str, path: str, operation: Schema) -> None:
        """Write the method of one operation."""
        name = method_name(operation["operationId"])
        given = re.findall(r"{(\w+)}", path)
        types = {one["name"]: one for one in operation.get("parameters", []) if "name" in one}
        takes = [f"{one}: {self._type(types[one]['schema'])}" for one in given]
        where = f'f"{path}"' if given else f'"{path}"'
        call, answer = self._call(method, where, operation, takes)
        said = _first_words(operation["description"])
        signature = ", ".join(("self", *takes))
        self._methods.append(
            f'    def {name}({signature}) -> {answer}:\n        """{said}"""\n        {call}\n'
        )

    def _call(
        self, method: str, where: str, operation: Schema, takes: list[str]
    ) -> tuple[str, str]:
        body = "requestBody" in operation
        if body:
            optional = not operation["requestBody"].get("required", False)
            takes.append("body: Body | None = None" if optional else "body: Body")
        sent = "body" if body else "None"
        if any(one.get("in") == "query" for one in operation.get("parameters", [])):
            takes.append("**wanted: Wanted")
        rest = ", **wanted" if takes and takes[-1].startswith("**") else ""
        success = next(one for code, one in operation["responses"].items() if code[0] == "2")
        content = success.get("content", {}).get("application/json")
        if content is None:
            doing = f'self.do("{method.upper()}", {where}{", body" if body else ""})'
            return doing, "None"
        name = content["schema"]["$ref"].rpartition("/")[2]
        item = self._item(name)
        if method == "get" and item is not None and rest:
            return f"return self.pages({where}, {item}{rest})", f"Iterator[{item}]"
        shape = self._import(name)
        if method == "get":
            return f"return self.get({where}, {shape}{rest})", shape
        if method == "delete":
            return f"return self.delete({where}, {shape})", shape
        return f"return self.{method}({where}, {sent}, {shape}{rest})", shape

    def _item(self, name: str) -> str | None:
        """Return what a page holds; None where the answer is no page alone."""
        fields = self._schemas[name].get("properties", {})
        if set(fields) != {"items", "page", "per_page", "total", "next"}:
            return None
        return self._import(fields["items"]["items"]["$ref"].rpartition("/")[2])

    def _import(self, shape: str) -> str:
        """Return the name under which a shape is imported; a name that is taken gets another."""
        module, name = self._known[shape]
        taken = {said for key, said in self._imports.items() if key != (module, name)}
        other = f"{module.rpartition('.')[2].capitalize()}{name}"
        return self._imports.setdefault((module, name), other if name in taken else name)

    @staticmethod
    def _type(schema: Schema) -> str:
        return "UUID" if schema.get("format") == "uuid" else "str"

    def text(self) -> str:
        """Return the module."""
        methods = "\n".join(self._methods)
        used = [one for one in ("Body", "Transport", "Wanted") if one in methods + "Transport"]
        lines = [
            f'"""Written by `python -m tests.api.client_methods`: calls of {self.name}."""\n',
            "from __future__ import annotations\n",
        ]
        if "Iterator[" in methods:
            lines.append("from collections.abc import Iterator")
        if "UUID" in methods:
            lines.append("from uuid import UUID\n")
        lines.append(f"from api.client.transport import {', '.join(used)}")
        lines += [
            f"from {module} import {name}" + (f" as {said}" if said != name else "")
            for (module, name), said in sorted(self._imports.items())
        ]
        title = self.name.capitalize()
        lines.append(f'\n\nclass {title}(Transport):\n    """Calls of {self.name}."""\n')
        return "\n".join(lines) + "\n" + methods


def modules() -> dict[Path, str]:
    """Return the text of each module of methods, as it is to stand in the repository."""
    known, schemas, found = shapes(), read()["components"]["schemas"], {}
    for name, tags in GROUPS.items():
        module = Module(name, known, schemas)
        for method, path, operation in operations():
            if operation["tags"][0] in tags and operation["operationId"] not in WORDED:
                module.add(method, path, operation)
        found[FOLDER / f"{name}.py"] = _formatted(module.text())
    return found


def _first_words(description: str) -> str:
    """Return the first sentence of a description, cut where it would fill a second line."""
    said = description.split("\n\n", maxsplit=1)[0].replace("\n", " ")
    while len(said) > _LONGEST_LINE:
        said = re.split(r"[;:,] [^;:,]*$", said)[0].rstrip(".") + "."
    return said


def _formatted(text: str) -> str:
    ruff = str(Path(sys.executable).with_name("ruff"))
    for step in (["check", "--select", "I", "--fix", "-q"], ["format", "-q"]):
        done = subprocess.run(  # noqa: S603 -- our own formatter, over our own text.
            [ruff, *step, "--stdin-filename", str(FOLDER / "x.py"), "-"],
            input=text, capture_output=True, text=True, check=True, cwd=ROOT,
        )  # fmt: skip
        text = done.stdout
    return text


def main() -> None:
    """Write the methods anew."""
    for path, text in modules().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
