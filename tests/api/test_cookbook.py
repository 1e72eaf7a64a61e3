"""Each piece of the cookbook runs as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlmodel import Session

from roster.read import LanguageSkill, Post, TopicExperience
from roster.vocabulary import DocumentState, FactStatus, LanguageLevel, Role
from tests.api.conftest import issue
from tests.api.test_client import served as served  # noqa: PLC0414 -- a fixture.
from tests.factories import Factory
from tests.fakes import FrozenClock

COOKBOOK = Path(__file__).parents[2] / "docs" / "cookbook.md"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def pieces() -> list[str]:
    return re.findall(r"```python\n(.*?)```", COOKBOOK.read_text(encoding="utf-8"), re.DOTALL)


def test_every_piece_runs(
    served: str,
    session: Session,
    make: Factory,
    clock: FrozenClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("api.client.transport.time.sleep", lambda _: None)
    account = make.account()
    make.grant(account, Role.COORDINATOR)
    make.grant(account, Role.ADMINISTRATOR)
    for name in ("Ana Prates", "Bea Silva"):
        expert = make.expert(name)
        make.fact(expert, Post(title="Head of statistics", employer="Service"), ongoing=True)
        make.fact(expert, TopicExperience(topic="data_management"))
        make.fact(expert, LanguageSkill(language="fr", level=LanguageLevel.C1))
        cv = make.document(expert=expert, state=DocumentState.READ)
        source = make.source(cv, make.version(cv, "Spanish B2"))
        spanish = LanguageSkill(language="es", level=LanguageLevel.B2)
        make.fact(expert, spanish, source=source, status=FactStatus.PROPOSED)
        make.view(expert)
    key = issue(session, account, clock)
    session.commit()
    known: dict[str, object] = {"address": served, "key": key, "__name__": "cookbook"}
    found = pieces()
    assert len(found) > 10
    for number, piece in enumerate(found, 1):
        code = compile(piece, f"cookbook, piece {number}", "exec")
        exec(code, known)  # noqa: S102 -- it is our own documentation that runs.
