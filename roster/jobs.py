"""Jobs called off and begun anew, by whoever administers the facility that they are about."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session

from roster.errors import NotFound
from roster.policy import Actor, Permission, require
from roster.ports import JobQueue
from roster.tables import Batch, Document, Rereading
from roster.vocabulary import JobKind

PREFIXES = {
    JobKind.READING: "reading-",
    JobKind.BATCH: "batch-",
    JobKind.REREADING: "rereading-",
}
"""The name of a job is this and the id of the record that it is about."""

_ABOUT: dict[JobKind, type[Batch | Document | Rereading]] = {
    JobKind.READING: Document,
    JobKind.BATCH: Batch,
    JobKind.REREADING: Rereading,
}


def about(job_id: str) -> tuple[JobKind, UUID]:
    """Return what a job is about, by its name.

    Raises
    ------
    NotFound
        It is the name of no job of ours.
    """
    for kind, prefix in PREFIXES.items():
        if job_id.startswith(prefix):
            try:
                return kind, UUID(job_id.removeprefix(prefix)[:36])
            except ValueError:
                break
    raise NotFound("There is no such job.")


def call_off(session: Session, actor: Actor, job_id: str, *, jobs: JobQueue) -> None:
    """Begin no further step of a job.

    Raises
    ------
    NotAllowed, NotFound, Conflict
    """
    _check(session, actor, job_id)
    jobs.call_off(job_id)


def begin_anew(session: Session, actor: Actor, job_id: str, *, jobs: JobQueue) -> None:
    """Begin a job again that was given up or called off.

    Raises
    ------
    NotAllowed, NotFound, Conflict
    """
    _check(session, actor, job_id)
    jobs.begin_anew(job_id)


def _check(session: Session, actor: Actor, job_id: str) -> None:
    require(actor, Permission.ADMINISTER)
    kind, record_id = about(job_id)
    found = session.get(_ABOUT[kind], record_id)
    if found is None or found.facility_id != actor.facility_id:
        raise NotFound("There is no such job.")
