"""Every operation of the API has a typed method, and the written ones are current."""

from __future__ import annotations

import pytest

from api.client import Client
from tests.api.client_methods import GROUPS, WORDED, method_name, modules, operations

NAMES = {operation["operationId"]: operation["tags"][0] for _, _, operation in operations()}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_operation_has_a_method(name: str) -> None:
    assert callable(getattr(Client, method_name(name), None))
    assert any(NAMES[name] in tags for tags in GROUPS.values())


def test_no_method_stands_for_two_operations() -> None:
    methods = [method_name(one) for one in NAMES]
    assert len(methods) == len(set(methods))
    assert WORDED.keys() <= NAMES.keys()


def test_the_written_methods_are_current() -> None:
    for path, text in modules().items():
        assert path.read_text(encoding="utf-8") == text, "run: python -m tests.api.client_methods"
