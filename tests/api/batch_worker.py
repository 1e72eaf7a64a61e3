"""A process that works through uploads, to be killed in the midst: see `test_batch_jobs.py`.

Arguments: database URL, data folder, number of files after which it is killed (0: never), ids of
uploads to enqueue.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlmodel import Session

from api.jobs import DurableJobs, Step, enqueue_unread
from roster.db import open_engine
from roster.ingest.batches.run import run_batch
from roster.ingest.batches.taking_in import Means, Settled
from roster.queries.batches import unfinished_batches
from roster.vault import open_vault

_URL, _FOLDER, _AFTER, *_IDS = sys.argv[1:]


class Clock:
    """The time of this machine; `api.main` has one too, and takes seconds to load."""

    def now(self) -> datetime:
        """Return the present, in UTC."""
        return datetime.now(UTC)


def main() -> None:
    """Work until no upload is left, two minutes at most."""
    engine = open_engine(_URL)
    means = Means(engine, open_vault("", Path(_FOLDER)), Clock(), 200_000)
    done: list[Settled] = []

    def told(settled: Settled) -> None:
        done.append(settled)
        if len(done) == int(_AFTER):
            os.kill(os.getpid(), signal.SIGKILL)

    step = Step("batch", lambda batch_id: run_batch(means, batch_id, told))
    jobs = DurableJobs(_URL, Path(_FOLDER), [], batch=step, poll_s=0.05)
    jobs.start()
    with Session(engine) as session:
        enqueue_unread(session, jobs)
    for batch_id in _IDS:
        jobs.enqueue_batch(UUID(batch_id))
    for _ in range(2400):
        with Session(engine) as session:
            if not unfinished_batches(session):
                break
        time.sleep(0.05)
    jobs.stop(wait_s=10)
    engine.dispose()


if __name__ == "__main__":
    main()
