"""Version 1 keeps what it has promised."""

from __future__ import annotations

import json

import pytest

from tests.api.contract import DOCUMENT, PROMISED, broken, lines_of, read


def test_the_document_keeps_what_was_promised() -> None:
    now = set(lines_of(json.loads(DOCUMENT.read_text(encoding="utf-8"))))
    missing = broken(read(PROMISED), now)
    assert not missing, "this breaks clients of version 1; bring it back, or see docs/api.md"


def test_the_promise_is_current() -> None:
    now = set(lines_of(json.loads(DOCUMENT.read_text(encoding="utf-8"))))
    new = {line for line in now - read(PROMISED) if not line.endswith(" is required")}
    assert not new, f"run: python -m tests.api.contract ({len(new)} new)"


OLD = {"GET /a", "GET /a ? query page", "AOut.x: string", "A.y: string", "A.y is required"}


@pytest.mark.parametrize(
    ("now", "told"),
    [
        pytest.param(OLD, [], id="nothing-new"),
        pytest.param(OLD | {"GET /b", "AOut.z: integer", "A.w: string"}, [], id="added"),
        pytest.param(OLD - {"A.y is required"}, [], id="no-longer-required"),
        pytest.param(OLD - {"GET /a"}, ["GET /a"], id="operation-gone"),
        pytest.param(
            OLD - {"AOut.x: string"} | {"AOut.x: integer"}, ["AOut.x: string"], id="another-type"
        ),
        pytest.param(OLD | {"A.w is required"}, ["A.w is required"], id="asks-for-more"),
        pytest.param(
            OLD | {"GET /a ? query q is required"},
            ["GET /a ? query q is required"],
            id="asks-in-the-address",
        ),
        pytest.param(OLD | {"B.w is required"}, [], id="required-by-a-new-shape"),
    ],
)
def test_what_breaks_a_client_is_told(now: set[str], told: list[str]) -> None:
    assert broken(OLD, now) == told
