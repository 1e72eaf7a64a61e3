"""Warm parser processes: at most a few, each with one file at a time, none left behind.

Safe to use from many threads. A process that died is replaced; one that outlives its job is killed.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import roster
from roster.ingest.sandbox.worker import MOST_ANSWER_BYTES

MOST_WORKERS = 2
FILES_A_WORKER = 250
IDLE_S = 300.0
GRACE_S = 10.0
"""A job that its own alarm did not end is ended from outside this much later."""
MOST_HEAD_BYTES = 1_000
PROGRAMS = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin"
"""Where a reader looks for programs such as tesseract."""

_BOOT = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from roster.ingest.sandbox.worker import main; main(sys.argv[2:])"
)


class WorkerDied(Exception):
    """The process ended before it answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one job."""

    code: int
    """0, or minus the number of the signal that ended the copy."""
    body: bytes


class Worker:
    """One process with the parsers loaded; used by one thread at a time."""

    def __init__(self) -> None:
        root = str(Path(roster.__file__).resolve().parent.parent)
        self.files = 0
        self._child = subprocess.Popen(  # noqa: S603 - our interpreter, our module, no shell
            [sys.executable, "-I", "-c", _BOOT, root, str(IDLE_S)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_bare_environment(),
            cwd="/",
            start_new_session=True,
        )
        self.network = ""

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._child.pid

    def ask(self, job: Mapping[str, object], data: bytes, patience_s: float) -> Answer:
        """Hand over one job and wait for its answer.

        Raises
        ------
        WorkerDied
            It ended, by itself or because `patience_s` ran out.
        """
        alarm = threading.Timer(patience_s, self._child.kill)
        alarm.daemon = True
        alarm.start()
        try:
            if not self.network:
                self.network = str(self._receive()[0]["network"])
            self.files += 1
            self._give(json.dumps({**job, "size": len(data)}).encode("ascii") + b"\n", data)
            head, body = self._receive()
            return Answer(int(str(head["code"])), body)
        except (OSError, ValueError, KeyError) as error:
            raise WorkerDied from error
        finally:
            alarm.cancel()

    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._child.poll() is None

    def close(self) -> None:
        """End the process and wait until it is gone."""
        with contextlib.suppress(OSError):
            self._input.close()
        with contextlib.suppress(OSError):
            self._child.kill()
        self._child.wait()
        self._output.close()

    def abandon(self) -> None:
        """Let go of the pipes without ending the process: it belongs to the parent of this one."""
        with contextlib.suppress(OSError):
            os.close(self._input.fileno())
        with contextlib.suppress(OSError):
            os.close(self._output.fileno())
        self._child.returncode = 0

    def _give(self, head: bytes, data: bytes) -> None:
        self._input.write(head)
        self._input.write(data)
        self._input.flush()

    def _receive(self) -> tuple[dict[str, object], bytes]:
        head = json.loads(self._output.readline(MOST_HEAD_BYTES))
        size = int(head["size"])
        if not 0 <= size <= MOST_ANSWER_BYTES + 1:
            raise ValueError("an answer of no lawful size")
        body = self._output.read(size)
        if len(body) != size:
            raise ValueError("an answer cut off")
        return head, body

    @property
    def _input(self) -> IO[bytes]:
        return _there(self._child.stdin)

    @property
    def _output(self) -> IO[bytes]:
        return _there(self._child.stdout)


def _there(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:  # pragma: no cover - both are asked for at the start
        raise OSError("no pipe")
    return pipe


def _bare_environment() -> dict[str, str]:
    """Return what a worker may know: nothing of ours, only where programs usually stand."""
    return {
        "LANG": "C.UTF-8",
        "PATH": PROGRAMS,
        "OMP_THREAD_LIMIT": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


class Pool:
    """Up to `size` workers, started when first needed."""

    def __init__(self, size: int = MOST_WORKERS, files_a_worker: int = FILES_A_WORKER) -> None:
        self._files_a_worker = files_a_worker
        self._places = threading.BoundedSemaphore(size)
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()

    def ask(self, job: Mapping[str, object], data: bytes, patience_s: float) -> Answer:
        """Have one job done by the next free worker; wait for one where all are busy.

        Raises
        ------
        WorkerDied
            The worker ended over this job.
        """
        with self._places, self._borrowed() as worker:
            return worker.ask(job, data, patience_s + GRACE_S)

    def pids(self) -> list[int]:
        """Return the numbers of the processes there are."""
        with self._lock:
            return [worker.pid for worker in self._all]

    def close(self) -> None:
        """End every worker; the pool can be used again afterwards."""
        with self._lock:
            workers, self._all, self._idle = self._all, set(), []
        for worker in workers:
            worker.close()

    def forget(self) -> None:
        """Let go of all workers in a forked copy of this process, to which they do not belong."""
        workers = self._all
        self.__init__(MOST_WORKERS, self._files_a_worker)  # type: ignore[misc]  # locks anew
        for worker in workers:
            worker.abandon()

    @contextlib.contextmanager
    def _borrowed(self) -> Iterator[Worker]:
        worker = self._take()
        done = False
        try:
            yield worker
            done = True
        finally:
            self._give_back(worker, done and worker.files < self._files_a_worker)

    def _take(self) -> Worker:
        while True:
            with self._lock:
                if not self._idle:
                    worker = Worker()
                    self._all.add(worker)
                    return worker
                worker = self._idle.pop()
            if worker.is_alive():
                return worker
            self._give_back(worker, False)

    def _give_back(self, worker: Worker, is_good: bool) -> None:
        with self._lock:
            is_ours = worker in self._all
            if is_good and is_ours:
                self._idle.append(worker)
                return
            self._all.discard(worker)
        worker.close()


POOL = Pool()
"""The workers of this process."""

atexit.register(POOL.close)
os.register_at_fork(after_in_child=POOL.forget)
