"""One running installation: its database, its settings, and what is plugged into the ports.

Built once by the composition root and handed to the entry points; use cases get single parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session, select

from roster.admission import Admission
from roster.db import unit_of_work, wipe
from roster.erasure import erase_again, erase_expert, note_in_ledger, read_ledger
from roster.errors import Conflict
from roster.ingest.sandbox.apart import Limits
from roster.policy import Actor, system_actor
from roster.ports import (
    Clock,
    JobQueue,
    OutreachAdviser,
    PortfolioPlanner,
    Ranker,
    TeamComposer,
    Translator,
)
from roster.privacy import keeping
from roster.privacy.locks import relock_everything
from roster.settings import Settings
from roster.tables import Erasure, Facility
from roster.vault import KEY_FILE, Vault, add_key, drop_old_keys
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
    translator: Translator
    behind: Engine | None = None
    """The same database for what nobody waits for: no statement is given up. None: `engine`."""
    admission: Admission = field(default_factory=Admission)
    """How many requests work with the database at once."""

    @property
    def unhurried(self) -> Installation:
        """The installation for work that nobody waits for."""
        return replace(self, engine=self.behind or self.engine)

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
        erased = erase_expert(
            session, actor, expert_id, reason=reason, at=now, vault=installation.vault
        )
        session.flush()  # Or what says that she was erased would go with the rest.
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
        back = erase_again(session, subjects, at=installation.clock.now(), vault=installation.vault)
    if back:
        wipe(installation.engine)
        installation.ranker.remove(subjects)
    return back


@dataclass(frozen=True, slots=True)
class KeptTimes:
    """What a run over the times of keeping did."""

    warned: int = 0
    erased: int = 0
    """People whose record went, after a warning."""
    forgotten: int = 0
    """Rows of logs and messages, and letters."""


def keep_times(installation: Installation) -> KeptTimes:
    """Warn of records that go soon, erase those whose time is over, forget old logs and letters.

    Only what a facility set an end for; doing it twice changes nothing.
    """
    now = installation.clock.now()
    with installation.work() as session:
        facilities = session.exec(select(Facility.id)).all()
    warned = erased = forgotten = 0
    for facility in facilities:
        with installation.work() as session:
            warned += keeping.warn(session, facility, at=now)
            due = keeping.records_to_erase(session, facility, at=now)
            forgotten += sum(keeping.forget_what_is_due(session, facility, at=now).values())
        for expert_id in due:
            actor = system_actor(facility)
            erase(installation, actor, expert_id, reason=ErasureReason.RETENTION)
            erased += 1
    return KeptTimes(warned, erased, forgotten)


def rotate_keys(installation: Installation) -> int:
    """Put a new key before the others and lock everything under it; return how much was locked.

    The older keys stay until `retire_keys`, for a copy of the database made meanwhile.

    Raises
    ------
    Conflict
        The key comes from the environment, and only one is given there.
    """
    settings = installation.settings
    if settings.document_key.get_secret_value():
        if len(installation.vault.keys) == 1:
            raise Conflict(
                "The key stands in ROSTER_DOCUMENT_KEY. Make a new one, put it before the present "
                "one with a comma between, restart, and rotate again."
            )
    else:
        add_key(settings.data_dir / KEY_FILE)
    with installation.work() as session:
        return relock_everything(session, installation.vault)


def retire_keys(installation: Installation) -> int:
    """Lock what is still under an older key anew, then drop the older keys; return how many.

    Raises
    ------
    Conflict
        Something opens under none of the keys, or the keys come from the environment.
    """
    if installation.settings.document_key.get_secret_value():
        raise Conflict("The keys stand in ROSTER_DOCUMENT_KEY: take the older ones out there.")
    with installation.work() as session:
        relock_everything(session, installation.vault)
    return drop_old_keys(installation.settings.data_dir / KEY_FILE)


def limits_of(settings: Settings) -> Limits:
    """Return what reading one file may take in an installation."""
    return Limits(
        memory_bytes=settings.parse_max_megabytes * 1024 * 1024,
        cpu_s=settings.parse_max_seconds,
        wall_s=2.0 * settings.parse_max_seconds,
        pages=settings.upload_max_pages,
    )
