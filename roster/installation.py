"""One running installation: its database, its settings, and what is plugged into the ports.

Built once by the composition root and handed to the entry points; use cases get single parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from roster.db import unit_of_work, wipe
from roster.erasure import erase_again, erase_expert, note_in_ledger, read_ledger
from roster.ingest.sandbox.apart import Limits
from roster.policy import Actor
from roster.ports import (
    Clock,
    JobQueue,
    OutreachAdviser,
    PortfolioPlanner,
    Ranker,
    TeamComposer,
)
from roster.settings import Settings
from roster.tables import Erasure
from roster.vault import Vault
from roster.vocabulary import ErasureReason


@dataclass(frozen=True, slots=True)
class Installation:
    """Everything that an entry point needs to serve a request or run a command."""

    settings: Settings
    engine: Engine
    vault: Vault
    clock: Clock
    ranker: Ranker
    composer: TeamComposer
    planner: PortfolioPlanner
    adviser: OutreachAdviser
    jobs: JobQueue

    @contextmanager
    def work(self) -> Iterator[Session]:
        """Open one unit of work: committed at the end, rolled back on any error."""
        with unit_of_work(self.engine) as session:
            yield session


def erase(
    installation: Installation, actor: Actor, expert_id: UUID, *, reason: ErasureReason
) -> Erasure:
    """Erase a person from database, ledger of backups, freed pages and index.

    Raises
    ------
    NotAllowed, NotFound
    """
    now = installation.clock.now()
    with installation.work() as session:
        erased = erase_expert(session, actor, expert_id, reason=reason, at=now)
        session.expunge_all()
    note_in_ledger(installation.settings.data_dir, expert_id, now)
    wipe(installation.engine)
    installation.ranker.remove([expert_id])
    return erased


def erase_again_after_restore(installation: Installation) -> int:
    """Erase whom a restored backup brought back; return how many people."""
    subjects = read_ledger(installation.settings.data_dir)
    if not subjects:
        return 0
    with installation.work() as session:
        back = erase_again(session, subjects, at=installation.clock.now())
    if back:
        wipe(installation.engine)
        installation.ranker.remove(subjects)
    return back


def limits_of(settings: Settings) -> Limits:
    """Return what reading one file may take in an installation."""
    return Limits(
        memory_bytes=settings.parse_max_megabytes * 1024 * 1024,
        cpu_s=settings.parse_max_seconds,
        wall_s=2.0 * settings.parse_max_seconds,
        pages=settings.upload_max_pages,
    )
