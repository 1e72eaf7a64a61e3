"""Reading as jobs that outlive a crash: each document once, each finished step kept; batches too.

DBOS keeps the state of every job in a database of its own: the file `jobs.db` beside the embedded
SQLite database, the schema `dbos` within PostgreSQL. Why, and what it costs, is in
`docs/adr/0005-durable-jobs.md`; how the jobs of a process that ended go on elsewhere, in
`docs/adr/0022-jobs-across-hosts.md`. It asks nobody outside, and what it logs goes through our
logging; neither its log nor its database ever holds the words of an error, which may quote a CV.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from api.job_board import APPLICATION, QUEUES, VERSION, WORKFLOWS, JobBoard, system_url
from api.metrics import count_step
from api.recovering import Recovery
from roster.db import open_engine, outage_of
from roster.errors import FileRefused, InvalidInput, NotFound
from roster.ports import JobQueue
from roster.queries.batches import unfinished_batches
from roster.queries.own_words import unfinished_rereadings
from roster.read import JobsNow
from roster.tables import Document
from roster.turns import Turns, turns_of
from roster.vocabulary import DocumentState, JobKind

if TYPE_CHECKING:
    from dbos import DBOSConfig, StepOptions

_log = logging.getLogger(__name__)

_MOST_RUNS = 5
"""Processes that may end in the middle of a job; then it is given up."""
_FINAL = (FileRefused, InvalidInput)
"""Trying again would end alike."""


class StepFailed(Exception):
    """A step failed; says of what kind the error was and where, never what it said."""

    def __init__(self, described: str, is_final: bool = False, is_outage: bool = False) -> None:
        super().__init__(described, is_final)
        self.described = described
        self.is_final = is_final
        self.is_outage = is_outage

    def __str__(self) -> str:
        return self.described


class LeftOff(BaseException):
    """A job stops where it is, and goes on from there: what DBOS noted of it stays as it stands.

    No `Exception`, since DBOS notes each of those as the end of a job.
    """


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the work on a document or batch; once it has returned it is not run again."""

    name: str
    run: Callable[[UUID], None]


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a failing step is tried, and how long is waited in between.

    Parameters
    ----------
    attempts : tries in all, ≥ 1
    first_wait_s : seconds before the second try
    growth : factor from one wait to the next
    outage_s : seconds between tries while the database or the disk is the cause; they do not count
    """

    attempts: int = 5
    first_wait_s: float = 2.0
    growth: float = 3.0
    outage_s: float = 10.0


class InlineJobs:
    """Reads at once, in the caller's thread; for tests and the command line.

    Like every `JobQueue` it is called after the commit that stored the document.
    """

    def __init__(
        self, *steps: Step, batch: Step | None = None, rereading: Step | None = None
    ) -> None:
        self._steps = steps
        self._batch = batch
        self._rereading = rereading

    def enqueue_reading(self, document_id: UUID) -> None:
        """Run every step now; an error reaches the caller."""
        for step in self._steps:
            step.run(document_id)

    def enqueue_batch(self, batch_id: UUID) -> None:
        """Work through a batch now; an error reaches the caller."""
        if self._batch is not None:
            self._batch.run(batch_id)

    def enqueue_rereading(self, rereading_id: UUID) -> None:
        """Read CVs anew now; an error reaches the caller."""
        if self._rereading is not None:
            self._rereading.run(rereading_id)

    def now(self) -> JobsNow:
        """Return an empty queue: nothing waits here."""
        return JobsNow()

    def call_off(self, job_id: str) -> None:  # noqa: ARG002 -- the port's
        """Refuse: nothing waits here."""
        raise NotFound("There is no such job.")

    begin_anew = call_off

    def without_job(
        self,
        kind: JobKind,  # noqa: ARG002 -- the port's
        record_ids: Sequence[UUID],
    ) -> Sequence[UUID]:
        """Return them all."""
        return record_ids


class DurableJobs:
    """A queue that survives the process; one per process, between `open` or `start` and `stop`.

    Parameters
    ----------
    database_url : SQLAlchemy URL of the product's database
    data_dir : folder for the jobs of an embedded database and for the locks of this host
    steps : what is done with each document, in order
    batch : what is done with an upload of many files; it goes on where it was interrupted
    rereading : what is done where CVs are read anew for a facility's words; goes on likewise
    concurrency : documents read at a time by this process
    patience : how failing steps are tried again
    poll_s : seconds between two looks at the queue
    watch_s : seconds between two looks for processes that ended
    """

    def __init__(  # noqa: PLR0913 -- one for each kind of job.
        self,
        database_url: str,
        data_dir: Path,
        steps: Sequence[Step],
        *,
        batch: Step | None = None,
        rereading: Step | None = None,
        concurrency: int = 1,
        patience: Patience | None = None,
        poll_s: float = 0.2,
        watch_s: float = 4.0,
    ) -> None:
        self._url = system_url(database_url, data_dir)
        self._data_dir = data_dir
        self._steps = tuple(steps)
        self._batch = batch
        self._rereading = rereading
        self._concurrency = concurrency
        self._patience = patience or Patience()
        self._poll_s = poll_s
        self._watch_s = watch_s
        self._board = JobBoard(self._url)
        self._turns: Turns | None = None
        self._recovery: Recovery | None = None
        self._is_stopping = threading.Event()

    @property
    def is_at_work(self) -> bool:
        """Whether this process does jobs, not only asks for them."""
        return self._recovery is not None

    def open(self) -> None:
        """Let jobs be asked for; others do them."""
        if self._turns is None:
            self._data_dir.mkdir(parents=True, exist_ok=True)
            self._turns = turns_of(open_engine(self._url), self._data_dir / "turns")
            self._board.open(self._turns)

    def start(self) -> None:
        """Begin to work, also on what a process left behind that ended."""
        from dbos import DBOS  # noqa: PLC0415 -- half a second.

        self.open()
        assert self._turns is not None  # noqa: S101 -- for the type checker: `open` made it.
        mine = f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}"
        recovery = Recovery(self._board, self._turns, mine, look_s=self._watch_s)
        recovery.hold()
        DBOS(config=self._config(mine))
        for kind in WORKFLOWS:
            self._register(kind)
        DBOS.launch()
        for queue in QUEUES.values():
            DBOS.register_queue(
                queue,
                worker_concurrency=self._concurrency,
                polling_interval_sec=self._poll_s,
                on_conflict="always_update",
            )
        self._is_stopping.clear()
        recovery.start()
        self._recovery = recovery

    def _register(self, kind: JobKind) -> None:
        """Make the work of a kind known to the engine."""
        from dbos import DBOS, WorkflowSerializationFormat  # noqa: PLC0415 -- half a second.

        last = self._batch if kind is JobKind.BATCH else self._rereading
        steps = self._steps if kind is JobKind.READING else [last] if last else []

        @DBOS.workflow(
            name=WORKFLOWS[kind],
            serialization_type=WorkflowSerializationFormat.PORTABLE,
            max_recovery_attempts=_MOST_RUNS,
        )
        def work(record_id: str) -> None:
            self._work(steps, record_id)

    def stop(self, wait_s: int = 0) -> None:
        """Stop working; what is not finished after `wait_s` seconds goes on elsewhere or later."""
        self._is_stopping.set()
        recovery, self._recovery = self._recovery, None
        if recovery is not None:
            from dbos import DBOS  # noqa: PLC0415 -- half a second.

            recovery.stop()
            DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=wait_s)
            recovery.leave()
        self._board.close()
        if self._turns is not None:
            self._turns.close()
            self._turns = None

    def enqueue_reading(self, document_id: UUID) -> None:
        """Read a stored document soon; asking again for the same document changes nothing."""
        self._board.ask(JobKind.READING, document_id)

    def enqueue_batch(self, batch_id: UUID) -> None:
        """Work through a batch soon; one that waits already is not asked for again."""
        self._board.ask(JobKind.BATCH, batch_id)

    def enqueue_rereading(self, rereading_id: UUID) -> None:
        """Read CVs anew soon; asking again for the same changes nothing."""
        self._board.ask(JobKind.REREADING, rereading_id)

    def now(self) -> JobsNow:
        """Return what waits, is at work, and was given up."""
        return self._board.now()

    def call_off(self, job_id: str) -> None:
        """Begin no further step of a job.

        Raises
        ------
        roster.errors.NotFound, roster.errors.Conflict
        """
        self._board.call_off(job_id)

    def begin_anew(self, job_id: str) -> None:
        """Begin a job again that was given up or called off.

        Raises
        ------
        roster.errors.NotFound, roster.errors.Conflict
        """
        self._board.begin_anew(job_id)

    def without_job(self, kind: JobKind, record_ids: Sequence[UUID]) -> Sequence[UUID]:
        """Return about which documents, or uploads, there is no job but such as are done."""
        return self._board.without_job(kind, record_ids)

    def forget_done(self, now: datetime) -> int:
        """Drop what is done for a month; return how many jobs."""
        return self._board.forget_done(now)

    def _work(self, steps: Sequence[Step], record_id: str) -> None:
        from dbos import DBOS  # noqa: PLC0415 -- half a second.

        for step in steps:
            try:
                DBOS.run_step(self._options(step), self._outlast, step, record_id)
            except Exception as error:
                # DBOS tells of the number of tries; who has to act wants the last cause.
                cause = (getattr(error, "errors", None) or [error])[-1]
                if self._is_stopping.is_set() or outage_of(cause) is not None:
                    # Elsewhere, at the next start, or here: `api.recovering` puts it back.
                    raise LeftOff from None
                _log.error("reading %s was given up: %s", record_id, cause)
                raise StepFailed(str(cause), is_final=True) from None

    def _outlast(self, step: Step, record_id: str) -> None:
        """Try a step; where the database or the disk is the cause, until it is there again.

        Raises
        ------
        StepFailed
        LeftOff
            This process stops, and it did not succeed so far: no try is counted for that.
        """
        while True:
            try:
                return _attempt(step, record_id)
            except StepFailed as failure:
                if failure.is_final:
                    raise
                if self._is_stopping.wait(self._patience.outage_s if failure.is_outage else 0):
                    raise LeftOff from None
                if not failure.is_outage:
                    raise

    def _options(self, step: Step) -> StepOptions:
        return {
            "name": step.name,
            "retries_allowed": self._patience.attempts > 1,
            "max_attempts": self._patience.attempts,
            "interval_seconds": self._patience.first_wait_s,
            "backoff_rate": self._patience.growth,
            "should_retry": _is_worth_retrying,
        }

    def _config(self, executor_id: str) -> DBOSConfig:
        return {
            "name": APPLICATION,
            "system_database_url": self._url,
            "application_version": VERSION,
            "executor_id": executor_id,
            "enable_otlp": False,
            "log_level": "WARNING",
            "sys_db_pool_size": 5,
        }


def enqueue_unread(session: Session, jobs: JobQueue) -> int:
    """Ask for all that is stored, not done, and has no job; return how many.

    Called at start and every minute: a crash between the commit of a document and its job loses
    nothing, nor does a restored backup without its jobs.
    """
    unread = (DocumentState.RECEIVED, DocumentState.READING)
    found = session.exec(select(Document.id).where(col(Document.state).in_(unread))).all()
    waiting = jobs.without_job(JobKind.READING, found)
    for document_id in waiting:
        jobs.enqueue_reading(document_id)
    batches = jobs.without_job(JobKind.BATCH, unfinished_batches(session))
    for batch_id in batches:
        jobs.enqueue_batch(batch_id)
    again = jobs.without_job(JobKind.REREADING, unfinished_rereadings(session))
    for rereading_id in again:
        jobs.enqueue_rereading(rereading_id)
    return len(waiting) + len(batches) + len(again)


def _attempt(step: Step, document_id: str) -> None:
    try:
        step.run(UUID(document_id))
        count_step(step.name, "done")
    except Exception as error:
        count_step(step.name, "refused" if isinstance(error, _FINAL) else "failed")
        described = _describe(step, error)
        _log.warning("reading %s: %s", document_id, described)
        # The error itself may quote the document, and DBOS would log and keep it.
        is_outage = outage_of(error) is not None
        raise StepFailed(described, isinstance(error, _FINAL), is_outage) from None


def _describe(step: Step, error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{step.name}: {type(error).__name__} at {os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119 -- a name out of a traceback.


def _is_worth_retrying(error: BaseException) -> bool:
    return not (isinstance(error, StepFailed) and error.is_final)
