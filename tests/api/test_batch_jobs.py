"""Uploads of many files outlive the process that works through them; nothing is done twice."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, func, select

from roster.batches import NewBatch, WaitingFile, store_batch
from roster.db import unit_of_work
from roster.policy import system_actor
from roster.tables import Batch, BatchItem, Document, Expert
from roster.vault import open_vault
from roster.vocabulary import BatchKind, BatchOutcome, BatchState
from tests.factories import Factory
from tests.fakes import FrozenClock
from tests.roster.ingest.uploads import cv, unreadable

FILES = (cv(1), cv(2), unreadable(), cv(4), cv(1), cv(6))


def _work(url: str, folder: Path, after: int, *ids: UUID) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.api.batch_worker", url, str(folder), str(after)]
    return subprocess.run(  # noqa: S603 -- our own module.
        [*command, *map(str, ids)],
        capture_output=True,
        text=True,
        timeout=180,
        cwd=Path(__file__).parents[2],
        check=False,
    )


def _outcomes(engine: Engine) -> Counter[BatchOutcome]:
    with Session(engine) as session:
        return Counter(map(BatchOutcome, session.exec(select(BatchItem.outcome)).all()))


@pytest.mark.parametrize(
    "database_url",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)],  # Six processes of seconds.
    indirect=True,
)
def test_a_killed_upload_goes_on_and_takes_nothing_in_twice(
    database_url: str, engine: Engine, tmp_path: Path, clock: FrozenClock
) -> None:
    vault = open_vault("", tmp_path)
    files = tuple(WaitingFile(f"{at}.txt", content) for at, content in enumerate(FILES))
    with unit_of_work(engine) as session:
        actor = system_actor(Factory(session).facility("home").id)
        new = NewBatch(BatchKind.FILES, files, country="PT")
        batch_id = store_batch(session, actor, new, vault=vault, clock=clock).id
    killed = _work(database_url, tmp_path, 2, batch_id)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert _outcomes(engine) == {BatchOutcome.READ: 2, BatchOutcome.WAITING: 4}
    killed = _work(database_url, tmp_path, 1)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    restarted = _work(database_url, tmp_path, 0)
    assert restarted.returncode == 0, restarted.stderr
    assert _outcomes(engine) == {
        BatchOutcome.READ: 4,
        BatchOutcome.REFUSED: 1,
        BatchOutcome.ALREADY_THERE: 1,
    }
    with Session(engine) as session:
        assert session.get_one(Batch, batch_id).state is BatchState.DONE
        for table in (Document, Expert):
            assert session.exec(select(func.count()).select_from(table)).one() == 4
