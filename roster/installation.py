"""One running installation: its database, its settings, and what is plugged into the ports.

Built once by the composition root and handed to the entry points; use cases get single parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session

from roster.db import unit_of_work
from roster.ingest.sandbox.apart import Limits
from roster.ports import (
    Clock,
    JobQueue,
    OutreachAdviser,
    PortfolioPlanner,
    Ranker,
    TeamComposer,
)
from roster.settings import Settings
from roster.vault import Vault


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


def limits_of(settings: Settings) -> Limits:
    """Return what reading one file may take in an installation."""
    return Limits(
        memory_bytes=settings.parse_max_megabytes * 1024 * 1024,
        cpu_s=settings.parse_max_seconds,
        wall_s=2.0 * settings.parse_max_seconds,
        pages=settings.upload_max_pages,
    )
