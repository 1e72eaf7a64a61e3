"""The queue from outside: what is asked for, what waits, what was given up; nothing is run here.

Every process has one, also those that leave the work to others. Counts and names are read straight
from the table `workflow_status`, which DBOS documents; all changes go through its client.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

from roster.db import Pool, open_engine
from roster.errors import Conflict, NotFound
from roster.jobs import PREFIXES, about
from roster.read import JobCount, JobRow, JobsNow
from roster.turns import Turns, held
from roster.vocabulary import JobKind, JobState

if TYPE_CHECKING:
    from dbos import DBOSClient, WorkflowStatus

QUEUES = {
    JobKind.READING: "reading",
    JobKind.BATCH: "batches",
    JobKind.REREADING: "rereadings",
}
WORKFLOWS = {
    JobKind.READING: "read_document",
    JobKind.BATCH: "take_in_batch",
    JobKind.REREADING: "read_for_words",
}
APPLICATION = "roster"
VERSION = "1"
"""Stays as it is while the steps mean the same: jobs of another version are not picked up."""
_STATES = {
    "DELAYED": JobState.WAITING,
    "ENQUEUED": JobState.WAITING,
    "PENDING": JobState.AT_WORK,
    "SUCCESS": JobState.DONE,
    "ERROR": JobState.GIVEN_UP,
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": JobState.GIVEN_UP,
    "CANCELLED": JobState.CALLED_OFF,
}
_STOPPED = {JobState.GIVEN_UP, JobState.CALLED_OFF}
_OPEN = {JobState.WAITING, JobState.AT_WORK}
_SHOWN = 50
_ASKED_AT_ONCE = 500
_KEPT = timedelta(days=30)
_TOO_OFTEN = "the process that did it ended in the middle of it, again and again"


def system_url(database_url: str, data_dir: Path) -> str:
    """Return where the jobs of an installation are kept."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return f"sqlite:///{(data_dir / 'jobs.db').resolve()}"
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def queue_of(job_id: str) -> str:
    """Return the queue in which a job waits."""
    kind, _ = about(job_id)
    return QUEUES[kind]


class JobBoard:
    """Asks for jobs, tells of them, calls them off; between `open` and `close`.

    Parameters
    ----------
    url : of the database of the jobs
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._client: DBOSClient | None = None
        self._engine: Engine | None = None

    def open(self, turns: Turns) -> None:
        """Make the tables of the jobs where they are not there, and connect."""
        from dbos import DBOS, DBOSClient  # noqa: PLC0415 -- half a second.

        quieten()
        self._engine = open_engine(self._url, Pool(name="roster-jobs", size=1, overflow=4))
        with held(turns, "jobs-schema"):
            DBOS.migrate(self._url)
        self._client = DBOSClient(
            system_database_url=self._url,
            system_database_pool_size=2,
            application_name=APPLICATION,
            retry_connection_errors=False,
        )

    def close(self) -> None:
        """Let go of the database."""
        client, self._client = self._client, None
        engine, self._engine = self._engine, None
        if client is not None:
            client.destroy()
        if engine is not None:
            engine.dispose()

    @property
    def is_open(self) -> bool:
        """Whether it is between `open` and `close`."""
        return self._client is not None

    # --- Asking -----------------------------------------------------------------------------------

    def ask(self, kind: JobKind, record_id: UUID) -> None:
        """Ask for a job; where it was asked for before nothing changes.

        Each run over a batch is a job of its own, since a batch that was tried is taken in later;
        one that waits already is not asked for again. Two at once do no harm: each item is claimed
        by one of them.
        """
        name = f"{PREFIXES[kind]}{record_id}"
        if kind is JobKind.BATCH:
            if self._listed(workflow_id_prefix=f"{name}-", status=["ENQUEUED"]):
                return
            name = f"{name}-{uuid4()}"
        self._enqueue(kind, name, record_id)

    def _enqueue(self, kind: JobKind, name: str, record_id: UUID) -> None:
        from dbos import WorkflowSerializationFormat  # noqa: PLC0415 -- half a second.

        self._opened().enqueue(
            {
                "queue_name": QUEUES[kind],
                "workflow_name": WORKFLOWS[kind],
                "workflow_id": name,
                "app_version": VERSION,
                # JSON: nothing that is read back from the database can run code.
                "serialization_type": WorkflowSerializationFormat.PORTABLE,
            },
            str(record_id),
        )

    def call_off(self, job_id: str) -> None:
        """Begin no further step of a job.

        Raises
        ------
        NotFound, Conflict
        """
        if self._state(job_id) not in _OPEN:
            raise Conflict("This job is done, or was stopped before.")
        self._opened().cancel_workflow(job_id)

    def begin_anew(self, job_id: str) -> None:
        """Begin a job again that was given up or called off.

        Raises
        ------
        NotFound, Conflict
        """
        if self._state(job_id) not in _STOPPED:
            raise Conflict("This job waits, is at work or is done.")
        self._opened().delete_workflow(job_id)
        kind, record_id = about(job_id)
        self.ask(kind, record_id)

    def _state(self, job_id: str) -> JobState:
        found = self._listed(workflow_ids=[job_id])
        if not found:
            raise NotFound("There is no such job.")
        return _STATES[found[0].status]

    def forget_done(self, now: datetime) -> int:
        """Drop what is done for a month; return how many jobs."""
        before = (now - _KEPT).isoformat()
        done = self._listed(status=["SUCCESS"], completed_before=before, limit=1_000)
        if done:
            self._opened().delete_workflows([one.workflow_id for one in done])
        return len(done)

    # --- Telling ----------------------------------------------------------------------------------

    def now(self) -> JobsNow:
        """Return what waits, is at work, and was given up."""
        at_work = self._listed(status=["PENDING"], limit=_SHOWN)
        waiting = self._listed(status=["ENQUEUED", "DELAYED"], limit=_SHOWN)
        dead = ["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED", "CANCELLED"]
        stopped = self._listed(status=dead, limit=_SHOWN, sort_desc=True)
        return JobsNow(
            counts=self._counts(),
            at_work=tuple(self._row(one) for one in at_work),
            waiting=tuple(map(_row, waiting)),
            stopped=tuple(map(_row, stopped)),
            workers=self.workers(),
        )

    def workers(self) -> tuple[str, ...]:
        """Return the processes that have a job in hand, the dead ones too."""
        rows = self._select(
            "SELECT DISTINCT executor_id FROM {table} WHERE status = 'PENDING' "
            "AND application_version = :version AND executor_id IS NOT NULL ORDER BY executor_id",
            version=VERSION,
        )
        return tuple(str(row[0]) for row in rows)

    def at_work_of(self, worker: str) -> frozenset[str]:
        """Return the jobs that stand as at work in a process, whether it does them or not."""
        rows = self._select(
            "SELECT workflow_uuid FROM {table} WHERE status = 'PENDING' "
            "AND application_version = :version AND executor_id = :worker",
            version=VERSION,
            worker=worker,
        )
        return frozenset(str(row[0]) for row in rows)

    def without_job(self, kind: JobKind, record_ids: Sequence[UUID]) -> tuple[UUID, ...]:
        """Return about which documents, or uploads, there is no job but such as are done."""
        known: set[UUID] = set()
        # An upload has a job for each run over it, a document one.
        asked_by = "workflow_id_prefix" if kind is JobKind.BATCH else "workflow_ids"
        for start in range(0, len(record_ids), _ASKED_AT_ONCE):
            some = record_ids[start : start + _ASKED_AT_ONCE]
            names = [f"{PREFIXES[kind]}{one}" for one in some]
            found = self._listed(**{asked_by: names})
            known |= {about(one.workflow_id)[1] for one in found if one.status != "SUCCESS"}
        return tuple(one for one in record_ids if one not in known)

    def _counts(self) -> tuple[JobCount, ...]:
        rows = self._select(
            "SELECT name, status, count(*), min(created_at) FROM {table} "
            "WHERE status <> 'SUCCESS' GROUP BY name, status ORDER BY name, status"
        )
        kinds = {name: kind for kind, name in WORKFLOWS.items()}
        return tuple(
            JobCount(kinds[name], _STATES[status], int(count), _moment(oldest))
            for name, status, count, oldest in rows
            if name in kinds and status in _STATES
        )

    def _select(self, words: str, **values: str) -> Sequence[Any]:
        if self._engine is None:
            raise RuntimeError(_CLOSED)
        is_sqlite = self._engine.dialect.name == "sqlite"
        table = "workflow_status" if is_sqlite else "dbos.workflow_status"
        with self._engine.connect() as connection:
            return connection.execute(text(words.format(table=table)), values).all()

    def _row(self, status: WorkflowStatus) -> JobRow:
        steps = self._opened().list_workflow_steps(status.workflow_id, load_output=False)
        return _row(status, steps_done=len(steps))

    def _listed(self, **which: Any) -> list[WorkflowStatus]:
        listed = self._opened().list_workflows(
            **which, load_input=False, name=list(WORKFLOWS.values())
        )
        return list(listed)

    def _opened(self) -> DBOSClient:
        if self._client is None:
            raise RuntimeError(_CLOSED)
        return self._client


_CLOSED = "jobs are asked for between start() and stop()"


def _row(status: WorkflowStatus, steps_done: int = 0) -> JobRow:
    kind, record_id = about(status.workflow_id)
    state = _STATES[status.status]
    reason = ""
    if state is JobState.GIVEN_UP:
        reason = str(status.error) if status.error else _TOO_OFTEN
    return JobRow(
        id=status.workflow_id,
        kind=kind,
        record_id=record_id,
        state=state,
        asked_at=_moment(status.created_at),
        changed_at=_moment(status.updated_at),
        runs=status.recovery_attempts or 0,
        steps_done=steps_done,
        worker=status.executor_id or "",
        reason=reason,
    )


def _moment(milliseconds: int | None) -> datetime:
    return datetime.fromtimestamp((milliseconds or 0) / 1000, tz=UTC)


_TRACED = "Traceback (most recent call last)"


class _OneLine(logging.Filter):
    """Says what DBOS says in one line: its tracebacks are as long as a page and show our frames."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, with the kind of the error in place of its traceback."""
        if record.exc_info and record.exc_info[0]:
            record.msg = f"{record.getMessage()} ({record.exc_info[0].__name__})"
            record.args = None
            record.exc_info = None
        before, traced, after = record.getMessage().partition(_TRACED)
        if traced:
            kind = after.strip().rpartition("\n")[2].partition(":")[0]
            record.msg, record.args = f"{before.rstrip()} {kind.rpartition('.')[2]}", None
        return True


_one_line = _OneLine()


def quieten() -> None:
    """Keep DBOS from writing to the console: with a handler present it adds none of its own."""
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    logger.addFilter(_one_line)
    logger.setLevel(logging.WARNING)
    logger.propagate = True
