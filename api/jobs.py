"""Reading as jobs that outlive a crash: each document once, each finished step kept; batches too.

DBOS keeps the state of every job in a database of its own: the file `jobs.db` beside the embedded
SQLite database, the schema `dbos` within PostgreSQL. Why, and what it costs, is in
`docs/adr/0005-durable-jobs.md`. It asks nobody outside, and what it logs goes through our logging;
neither its log nor its database ever holds the words of an error, which may quote a CV.
"""

from __future__ import annotations

import fcntl
import logging
import os
import socket
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy.engine import make_url
from sqlmodel import Session, col, select

from roster.errors import Conflict, FileRefused, InvalidInput, NotFound
from roster.ports import JobQueue
from roster.queries.batches import unfinished_batches
from roster.tables import Document
from roster.vocabulary import DocumentState

if TYPE_CHECKING:
    from dbos import DBOSConfig, StepOptions, WorkflowStatus

_log = logging.getLogger(__name__)

_QUEUE, _BATCH_QUEUE = "reading", "batches"
_PREFIX, _BATCH_PREFIX = "reading-", "batch-"
_VERSION = "1"
"""Stays as it is while the steps mean the same: jobs of another version are not picked up."""
_SLOTS = 64
_DEAD = ["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_FINAL = (FileRefused, InvalidInput)
"""Trying again would end alike."""


class StepFailed(Exception):
    """A step failed; says of what kind the error was and where, never what it said."""

    def __init__(self, described: str, is_final: bool = False) -> None:
        super().__init__(described, is_final)
        self.described = described
        self.is_final = is_final

    def __str__(self) -> str:
        return self.described


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the work on a document or batch; once it has returned it is not run again."""

    name: str
    run: Callable[[UUID], None]


@dataclass(frozen=True, slots=True)
class DeadJob:
    """A job that nobody tries any more."""

    document_id: UUID
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a failing step is tried, and how long is waited in between.

    Parameters
    ----------
    attempts : tries in all, ≥ 1
    first_wait_s : seconds before the second try
    growth : factor from one wait to the next
    """

    attempts: int = 5
    first_wait_s: float = 2.0
    growth: float = 3.0


class InlineJobs:
    """Reads at once, in the caller's thread; for tests and the command line.

    Like every `JobQueue` it is called after the commit that stored the document.
    """

    def __init__(self, *steps: Step, batch: Step | None = None) -> None:
        self._steps = steps
        self._batch = batch

    def enqueue_reading(self, document_id: UUID) -> None:
        """Run every step now; an error reaches the caller."""
        for step in self._steps:
            step.run(document_id)

    def enqueue_batch(self, batch_id: UUID) -> None:
        """Work through a batch now; an error reaches the caller."""
        if self._batch is not None:
            self._batch.run(batch_id)


class DurableJobs:
    """A queue that survives the process; one per process, between `start` and `stop`.

    Parameters
    ----------
    database_url : SQLAlchemy URL of the product's database
    data_dir : folder for the jobs of an embedded database and for the locks of this host
    steps : what is done with each document, in order
    batch : what is done with an upload of many files; it goes on where it was interrupted
    concurrency : documents read at a time by this process
    patience : how failing steps are tried again
    poll_s : seconds between two looks at the queue
    """

    def __init__(
        self,
        database_url: str,
        data_dir: Path,
        steps: Sequence[Step],
        *,
        batch: Step | None = None,
        concurrency: int = 1,
        patience: Patience | None = None,
        poll_s: float = 0.2,
    ) -> None:
        self._url = _system_url(database_url, data_dir)
        self._data_dir = data_dir
        self._steps = tuple(steps)
        self._batch = batch
        self._concurrency = concurrency
        self._patience = patience or Patience()
        self._poll_s = poll_s
        self._locks: list[IO[bytes]] = []
        self._workflow: Callable[[str], None] | None = None
        self._batch_workflow: Callable[[str], None] | None = None

    def start(self) -> None:
        """Begin to work, first on what a killed process of this host left behind."""
        from dbos import DBOS, WorkflowSerializationFormat  # noqa: PLC0415 -- half a second.

        _quieten()
        self._data_dir.mkdir(parents=True, exist_ok=True)
        mine, *abandoned = self._take_slots()
        DBOS(config=self._config(mine))
        # Portable is JSON: nothing that is read back from the database can run code.
        portable = WorkflowSerializationFormat.PORTABLE

        @DBOS.workflow(name="read_document", serialization_type=portable)
        def read_document(document_id: str) -> None:
            self._work(self._steps, document_id)

        @DBOS.workflow(name="take_in_batch", serialization_type=portable)
        def take_in_batch(batch_id: str) -> None:
            self._work([self._batch] if self._batch else [], batch_id)

        self._workflow, self._batch_workflow = read_document, take_in_batch
        DBOS.launch()
        for queue in (_QUEUE, _BATCH_QUEUE):
            DBOS.register_queue(
                queue,
                worker_concurrency=self._concurrency,
                polling_interval_sec=self._poll_s,
                on_conflict="always_update",
            )
        if abandoned:
            DBOS._recover_pending_workflows(abandoned)  # There is no public name for it.
            self._release(keep=1)

    def stop(self, wait_s: int = 0) -> None:
        """Stop working; what is not finished after `wait_s` seconds goes on at the next start."""
        from dbos import DBOS  # noqa: PLC0415 -- half a second.

        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=wait_s)
        self._workflow = self._batch_workflow = None
        self._release(keep=0)

    def enqueue_reading(self, document_id: UUID) -> None:
        """Read a stored document soon; asking again for the same document changes nothing."""
        from dbos import DBOS, SetWorkflowID  # noqa: PLC0415 -- half a second.

        if self._workflow is None:
            raise RuntimeError("jobs are enqueued between start() and stop()")
        with SetWorkflowID(f"{_PREFIX}{document_id}"):
            DBOS.enqueue_workflow(_QUEUE, self._workflow, str(document_id))

    def enqueue_batch(self, batch_id: UUID) -> None:
        """Work through a batch soon; one that waits already is not asked for again.

        Each run is a job of its own, since a batch that was tried is taken in later. Two at once
        do no harm: each item is claimed by one of them.
        """
        from dbos import DBOS, SetWorkflowID  # noqa: PLC0415 -- half a second.

        if self._batch_workflow is None:
            raise RuntimeError("jobs are enqueued between start() and stop()")
        prefix = f"{_BATCH_PREFIX}{batch_id}-"
        if not DBOS.list_workflows(status=["ENQUEUED"], workflow_id_prefix=prefix):
            with SetWorkflowID(f"{prefix}{uuid4()}"):
                DBOS.enqueue_workflow(_BATCH_QUEUE, self._batch_workflow, str(batch_id))

    def dead(self) -> list[DeadJob]:
        """Return the jobs that were given up, the latest first."""
        from dbos import DBOS  # noqa: PLC0415 -- half a second.

        found = DBOS.list_workflows(
            status=_DEAD, workflow_id_prefix=_PREFIX, sort_desc=True, load_input=False
        )
        return [_dead_job(status) for status in found]

    def retry(self, document_id: UUID) -> None:
        """Begin a job anew that was given up.

        Raises
        ------
        roster.errors.NotFound
            There is no job for this document.
        roster.errors.Conflict
            The job is waiting, at work or done.
        """
        from dbos import DBOS  # noqa: PLC0415 -- half a second.

        workflow_id = f"{_PREFIX}{document_id}"
        status = DBOS.get_workflow_status(workflow_id)
        if status is None:
            raise NotFound("No reading was ever asked for this document.")
        if status.status not in _DEAD:
            raise Conflict("This document is being read or has been read.")
        DBOS.delete_workflow(workflow_id)
        self.enqueue_reading(document_id)

    def _work(self, steps: Sequence[Step], record_id: str) -> None:
        from dbos import DBOS  # noqa: PLC0415 -- half a second.

        for step in steps:
            try:
                DBOS.run_step(self._options(step), _attempt, step, record_id)
            except Exception as error:
                # DBOS tells of the number of tries; who has to act wants the last cause.
                cause = (getattr(error, "errors", None) or [error])[-1]
                _log.error("reading %s was given up: %s", record_id, cause)
                raise StepFailed(str(cause), is_final=True) from None

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
            "name": "roster",
            "system_database_url": self._url,
            "application_version": _VERSION,
            "executor_id": executor_id,
            "enable_otlp": False,
            "log_level": "WARNING",
            "sys_db_pool_size": 5,
        }

    def _take_slots(self) -> list[str]:
        """Name this process, and those of this host that are gone.

        Each living process holds the lock of one slot; the kernel lets go of it however the
        process ends. So the jobs under a slot that can be locked belong to nobody alive.
        """
        names: list[str] = []
        for slot in range(_SLOTS):
            path = self._data_dir / f"jobs-{slot}.lock"
            if names and not path.exists():
                break
            lock = path.open("ab")
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.close()
                continue
            names.append(f"{socket.gethostname()}-{slot}")
            self._locks.append(lock)
        if not names:
            raise RuntimeError(f"more than {_SLOTS} processes work from {self._data_dir}")
        return names

    def _release(self, keep: int) -> None:
        """Let go of all slots but the first ones."""
        while len(self._locks) > keep:
            self._locks.pop().close()


def enqueue_unread(session: Session, jobs: JobQueue) -> int:
    """Ask again for every document and batch that is stored but not read; return how many.

    Called at start: a crash between the commit of a document and its job loses nothing, nor does
    a restored backup without its jobs. Where there is a job already, nothing changes.
    """
    unread = (DocumentState.RECEIVED, DocumentState.READING)
    waiting = session.exec(select(Document.id).where(col(Document.state).in_(unread))).all()
    for document_id in waiting:
        jobs.enqueue_reading(document_id)
    batches = unfinished_batches(session)
    for batch_id in batches:
        jobs.enqueue_batch(batch_id)
    return len(waiting) + len(batches)


def _system_url(database_url: str, data_dir: Path) -> str:
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return f"sqlite:///{(data_dir / 'jobs.db').resolve()}"
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


class _OneLine(logging.Filter):
    """Says what DBOS says in one line: its tracebacks are as long as a page and show our frames."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, with the kind of the error in place of its traceback."""
        if record.exc_info and record.exc_info[0]:
            record.msg = f"{record.getMessage()} ({record.exc_info[0].__name__})"
            record.args = None
            record.exc_info = None
        return True


_one_line = _OneLine()


def _quieten() -> None:
    """Keep DBOS from writing to the console: with a handler present it adds none of its own."""
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    logger.addFilter(_one_line)
    logger.propagate = True


def _attempt(step: Step, document_id: str) -> None:
    try:
        step.run(UUID(document_id))
    except Exception as error:
        described = _describe(step, error)
        _log.warning("reading %s: %s", document_id, described)
        # The error itself may quote the document, and DBOS would log and keep it.
        raise StepFailed(described, isinstance(error, _FINAL)) from None


def _describe(step: Step, error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{step.name}: {type(error).__name__} at {os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119 -- a name out of a traceback.


def _is_worth_retrying(error: BaseException) -> bool:
    return not (isinstance(error, StepFailed) and error.is_final)


def _dead_job(status: WorkflowStatus) -> DeadJob:
    reason = str(status.error) if status.error else "given up after too many crashes"
    since = datetime.fromtimestamp((status.updated_at or 0) / 1000, tz=UTC)
    return DeadJob(UUID(status.workflow_id.removeprefix(_PREFIX)), reason, since)
