"""How the service stands: its queue, its database, its index, what waits to be sent; no person."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, text
from sqlalchemy.engine import make_url
from sqlmodel import Session, col, select

from roster.installation import Installation
from roster.migrations import current_revision, head_revision
from roster.policy import Actor, Permission, require
from roster.read import DatabaseNow, JobRow, JobsNow, OperationsNow, OutboxNow
from roster.tables import Batch, Document, Message, Notice, Rereading, WebhookDelivery
from roster.vocabulary import DeliveryState, MessageState, NoticeState

LAST_BACKUP = "last-backup"
"""File in the data folder whose age is that of the last copy."""


def operations_now(session: Session, actor: Actor, installation: Installation) -> OperationsNow:
    """Return how the service stands, with the jobs of the actor's facility.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.READ_OPERATIONS)
    jobs = installation.jobs.now()
    return OperationsNow(
        jobs=_own(session, actor, jobs),
        database=database_now(installation),
        index=installation.ranker.standing(),
        model=installation.ranker.model,
        outbox=outbox_now(session),
        disk_free=shutil.disk_usage(installation.settings.data_dir).free,
        version=product_version(),
        last_backup=last_backup(installation.settings.data_dir),
    )


def product_version() -> str:
    """Return the version of the product as it is installed."""
    try:
        return version("expert-roster")
    except PackageNotFoundError:
        return "from its source"


def note_backup(data_dir: Path) -> None:
    """Write down that a copy was made now, for the page of operations."""
    with suppress(OSError):  # The copy is there, whether or not this folder can be written to.
        (data_dir / LAST_BACKUP).touch()


def last_backup(data_dir: Path) -> datetime | None:
    """Return when the last copy was made; None where none is known."""
    try:
        return datetime.fromtimestamp((data_dir / LAST_BACKUP).stat().st_mtime, tz=UTC)
    except OSError:
        return None


def _own(session: Session, actor: Actor, jobs: JobsNow) -> JobsNow:
    """Return the queue with those single jobs that are about records of the actor's facility."""
    rows = (*jobs.at_work, *jobs.waiting, *jobs.stopped)
    here = _here(session, actor, [one.record_id for one in rows])

    def own(some: tuple[JobRow, ...]) -> tuple[JobRow, ...]:
        return tuple(one for one in some if one.record_id in here)

    return JobsNow(jobs.counts, own(jobs.at_work), own(jobs.waiting), own(jobs.stopped))


def _here(session: Session, actor: Actor, record_ids: Sequence[UUID]) -> frozenset[UUID]:
    found: set[UUID] = set()
    for table in (Document, Batch, Rereading):
        query = select(table.id).where(
            col(table.id).in_(record_ids), col(table.facility_id) == actor.facility_id
        )
        found.update(session.exec(query))
    return frozenset(found)


def database_now(installation: Installation) -> DatabaseNow:
    """Return which database it is, and how large."""
    engine = installation.engine
    is_embedded = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if is_embedded:
            size = _file_size(make_url(str(engine.url)).database)
            version = connection.execute(text("SELECT sqlite_version()")).scalar_one()
        else:
            size = connection.execute(
                text("SELECT pg_database_size(current_database())")
            ).scalar_one()
            version = connection.execute(text("SHOW server_version")).scalar_one()
    return DatabaseNow(
        kind="SQLite" if is_embedded else "PostgreSQL",
        version=str(version),
        size_bytes=int(size),
        schema=current_revision(engine) or "",
        newest_schema=head_revision(),
    )


def _file_size(path: str | None) -> int:
    """Return the bytes of a database with what is not written into it yet; 0 in memory."""
    if not path or path == ":memory:":
        return 0
    files = (Path(path), Path(f"{path}-wal"))
    return sum(one.stat().st_size for one in files if one.exists())


def outbox_now(session: Session) -> OutboxNow:
    """Return how many letters, messages and webhook deliveries wait, and how many failed."""

    def count(table: type[Notice | Message | WebhookDelivery], state: str) -> int:
        query = select(func.count()).select_from(table).where(col(table.state) == state)
        return session.exec(query).one()

    return OutboxNow(
        waiting=count(Notice, NoticeState.WAITING)
        + count(Message, MessageState.WAITING)
        + count(WebhookDelivery, DeliveryState.WAITING),
        failed=count(Notice, NoticeState.FAILED)
        + count(Message, MessageState.FAILED)
        + count(WebhookDelivery, DeliveryState.DEAD),
    )
