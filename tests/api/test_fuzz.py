"""Whatever is sent, in the form of the document or out of it, no operation breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from pydantic import SecretStr
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
)
from sqlmodel import Session

from api.main import build_app, close_installation, open_installation
from roster.administration import issue_key
from roster.migrations import upgrade
from roster.policy import GRANTED, Permission, system_actor
from roster.settings import Settings
from roster.vocabulary import Role
from tests.factories import Factory

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]


PATIENCE_S = 300
"""A busy machine is no fault of an operation."""
BOUND = {Role.FOCAL_POINT: "PT", Role.LIAISON_OFFICER: "PT"}
_MOST_TOLD = 3_000
Served = tuple[object, dict[Role, str]]


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Give the schema of a served application and a key of each role."""
    chosen = Settings(
        data_dir=tmp_path_factory.mktemp("fuzz"),
        database_url="",
        document_key=SecretStr(""),
        encoder=False,
        rate_per_minute=0,
    )
    installation = open_installation(chosen)
    upgrade(installation.engine)
    with Session(installation.engine) as session:
        make = Factory(session)
        own = make.expert()
        make.view(own)
        make.request()
        keys = {role: _key_of(make, role, own.id, installation.clock.now()) for role in GRANTED}
        session.commit()
    schema = schemathesis.openapi.from_asgi(
        "/api/v1/openapi.json", build_app(installation), timeout=PATIENCE_S
    )
    yield schema, keys
    close_installation(installation)


def _key_of(make: Factory, role: Role, expert_id: UUID, now: datetime) -> str:
    account = make.account()
    own = expert_id if role is Role.EXPERT else None
    make.grant(account, role, country=BOUND.get(role), expert_id=own)
    _, key = issue_key(
        make.session,
        system_actor(make.home.id),
        account.id,
        label="fuzz",
        scopes=frozenset(Permission),
        now=now,
    )
    return key


def fuzz(fuzzed: Served, examples: int, *names: str, role: Role | None = Role.COORDINATOR) -> None:
    """Send to each operation, or to those named; every one that breaks is told, not the first."""
    schema, key = fuzzed[0], fuzzed[1][role] if role else "roster_unknown"
    seen, broken = 0, {}
    for result in schema.get_all_operations():  # type: ignore[attr-defined]
        operation = result.ok()
        if names and operation.definition.raw["operationId"] not in names:
            continue
        seen += 1
        limited = settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        try:
            limited(given(case=operation.as_strategy())(_sender(key)))()
        except (Exception, ExceptionGroup) as error:
            broken[operation.label] = f"{type(error).__name__}: {error}"[:_MOST_TOLD]
    assert not broken, "\n\n".join(f"{label}\n{said}" for label, said in broken.items())
    assert seen >= max(len(names), 1)


def _sender(key: str) -> Callable[[Any], None]:
    def send(case: Any) -> None:
        headers = {"Authorization": f"Bearer {key}"}
        case.call_and_validate(checks=CHECKS, headers=headers, timeout=PATIENCE_S)

    return send


def test_the_operations_of_other_systems_never_break(fuzzed: Served) -> None:
    fuzz(fuzzed, 12, "match", "create_request", "list_people", "compose_inline")


@pytest.mark.long
@pytest.mark.parametrize("role", [*GRANTED, None], ids=lambda role: str(role or "nobody"))
def test_no_operation_ever_breaks(fuzzed: Served, role: Role | None) -> None:
    # Few reach anything but a refusal, and she who reaches most is tried most.
    fuzz(fuzzed, 60 if role is Role.COORDINATOR else 5, role=role)
