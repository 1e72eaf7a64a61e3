"""What a durable job costs beside its own work; figures for `docs/adr/0005-durable-jobs.md`."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from api.jobs import DurableJobs, Step

_JOBS = 100


@pytest.mark.benchmark
def test_job_overhead(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Print start-up, cost per job and stop; fails only where a job is not done at all."""
    done: set[UUID] = set()
    jobs = DurableJobs(
        database_url, tmp_path, [Step("read", done.add), Step("index", done.add)], poll_s=0.02
    )
    moments = [time.perf_counter()]
    subprocess.run([sys.executable, "-c", "import dbos"], check=True)
    moments.append(time.perf_counter())
    jobs.start()
    moments.append(time.perf_counter())
    for _ in range(_JOBS):
        jobs.enqueue_reading(uuid4())
    moments.append(time.perf_counter())
    while len(done) < _JOBS:
        time.sleep(0.01)
    moments.append(time.perf_counter())
    jobs.stop()
    moments.append(time.perf_counter())
    imported, start, ask, work, stop = (later - earlier for earlier, later in pairwise(moments))
    assert len(done) == _JOBS
    with capsys.disabled():
        print(  # noqa: T201 -- the figures are the result.
            f"\n{database_url.partition(':')[0]}, {os.cpu_count()} cores {platform.machine()}: "
            f"import {imported:.2f} s, start {start:.2f} s, asking {ask / _JOBS * 1e3:.1f} ms, "
            f"per job {work / _JOBS * 1e3:.0f} ms, stop {stop:.2f} s"
        )
