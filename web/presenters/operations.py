"""How the service stands, in words, for whoever runs it."""

from __future__ import annotations

from datetime import datetime

from roster.read import JobRow, OperationsNow
from roster.vocabulary import JobKind, JobState
from web.contexts.layout import Frame, Head
from web.contexts.operations import JobLine, OperationsPage, StandLine
from web.contexts.parts import Chip, Link, PostButton
from web.presenters.administration import PATH as ADMINISTRATION
from web.tongues import Tongue

PATH = f"{ADMINISTRATION}/operations"
_TIGHT = 2_000_000_000
"""Bytes free below which somebody should look."""
_HREFS = {
    JobKind.READING: "/documents/{}",
    JobKind.BATCH: "",
    JobKind.REREADING: f"{ADMINISTRATION}/words",
}
_SLOW_MIN = 60
"""Minutes that a job may wait before it is said to be late."""
_STEPS = {JobKind.READING: 2, JobKind.BATCH: 1, JobKind.REREADING: 1}


def operations_page(
    frame: Frame,
    tongue: Tongue,
    now: OperationsNow,
    *,
    at: datetime,
    may_change: bool,
) -> OperationsPage:
    """Return how the service stands.

    Parameters
    ----------
    may_change : False for who only looks
    """
    jobs = now.jobs
    shown = (*jobs.at_work, *jobs.waiting)
    beyond = jobs.depth(JobState.WAITING, JobState.AT_WORK) - len(shown)
    more = tongue.words("%(num)s more waits.", "%(num)s more wait.", beyond) if beyond > 0 else ""
    return OperationsPage(
        frame=frame,
        head=Head(
            title=tongue.word("How the service stands"),
            crumbs=(Link(tongue.word("Administration"), ADMINISTRATION),) if may_change else (),
        ),
        standing=(
            *_work(tongue, now, at),
            *_data(tongue, now),
            *_index(tongue, now),
            StandLine(tongue.word("Version"), now.version),
            StandLine(tongue.word("Ranking model"), now.model),
        ),
        stopped=tuple(_job(tongue, one, may_change) for one in jobs.stopped),
        open=tuple(_job(tongue, one, may_change) for one in shown),
        more=more,
    )


def _work(tongue: Tongue, now: OperationsNow, at: datetime) -> tuple[StandLine, ...]:
    jobs, outbox = now.jobs, now.outbox
    waiting, given_up = jobs.depth(JobState.WAITING), jobs.depth(JobState.GIVEN_UP)
    oldest = [one.oldest for one in jobs.counts if one.state is JobState.WAITING]
    minutes = int((at - min(oldest)).total_seconds() // 60) if oldest else 0
    late = Chip("look", tongue.word("waits long")) if minutes >= _SLOW_MIN else None
    note = tongue.words(
        "The first waits for %(num)s minute.", "The first waits for %(num)s minutes.", minutes
    )
    return (
        StandLine(
            tongue.word("Jobs that wait"),
            tongue.number(waiting),
            note if waiting else "",
            late or _well(tongue),
        ),
        StandLine(tongue.word("Jobs at work"), tongue.number(jobs.depth(JobState.AT_WORK))),
        StandLine(
            tongue.word("Jobs given up"), tongue.number(given_up), "", _unless(tongue, given_up)
        ),
        StandLine(tongue.word("Outbox: waits to be sent"), tongue.number(outbox.waiting)),
        StandLine(
            tongue.word("Outbox: could not be sent"),
            tongue.number(outbox.failed),
            "",
            _unless(tongue, outbox.failed),
        ),
    )


def _data(tongue: Tongue, now: OperationsNow) -> tuple[StandLine, ...]:
    database, last_backup = now.database, now.last_backup
    is_current = database.schema == database.newest_schema
    backup = StandLine(
        tongue.word("Last backup"),
        tongue.time(last_backup) if last_backup else tongue.word("none known here"),
        "",
        _well(tongue) if last_backup else Chip("look", tongue.word("look after it")),
    )
    return (
        StandLine(
            tongue.word("Database"),
            f"{database.kind} {database.version}",
            _bytes(database.size_bytes) if database.size_bytes else "",
        ),
        StandLine(
            tongue.word("Schema"),
            database.schema or tongue.word("none"),
            "" if is_current else "roster migrate",
            _well(tongue) if is_current else Chip("fail", tongue.word("not the newest")),
        ),
        backup,
        StandLine(
            tongue.word("Free on the disk"),
            _bytes(now.disk_free),
            "",
            _well(tongue) if now.disk_free >= _TIGHT else Chip("look", tongue.word("little left")),
        ),
    )


def _index(tongue: Tongue, now: OperationsNow) -> tuple[StandLine, ...]:
    index = now.index
    said = tongue.words(
        "%(num)s is not compared by meaning yet.",
        "%(num)s are not compared by meaning yet.",
        index.waiting,
    )
    read = tongue.time(index.read_at) if index.read_at else tongue.word("not yet")
    kept = tongue.time(index.kept_at) if index.kept_at else tongue.word("never")
    return (
        StandLine(
            tongue.word("People in the index"),
            tongue.number(index.people) if index.read_at else tongue.word("not yet"),
            said if index.waiting else "",
        ),
        StandLine(tongue.word("Index held against the database"), read),
        StandLine(tongue.word("Index written to disk"), kept, _bytes(index.size_bytes)),
    )


def _bytes(count: int) -> str:
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} B"


def _well(tongue: Tongue) -> Chip:
    return Chip("pass", tongue.word("well"))


def _unless(tongue: Tongue, count: int) -> Chip:
    return Chip("look", tongue.word("look after it")) if count else _well(tongue)


def _job(tongue: Tongue, row: JobRow, may_change: bool) -> JobLine:
    kinds = {
        JobKind.READING: tongue.word("Reading a file"),
        JobKind.BATCH: tongue.word("Taking in an upload"),
        JobKind.REREADING: tongue.word("Reading CVs anew for your words"),
    }
    chips = {
        JobState.WAITING: Chip("clock", tongue.word("waits")),
        JobState.AT_WORK: Chip("look", tongue.word("at work")),
        JobState.DONE: Chip("pass", tongue.word("done")),
        JobState.GIVEN_UP: Chip("fail", tongue.word("given up")),
        JobState.CALLED_OFF: Chip("clock", tongue.word("called off")),
    }
    is_stopped = row.state in {JobState.GIVEN_UP, JobState.CALLED_OFF}
    here = f"{PATH}/jobs/{row.id}"
    button = PostButton(tongue.word("Call off"), f"{here}/call-off")
    if is_stopped:
        button = PostButton(tongue.word("Begin anew"), f"{here}/begin-anew")
    steps = tongue.word("step %(done)s of %(all)s", done=row.steps_done + 1, all=_STEPS[row.kind])
    return JobLine(
        what=f"{kinds[row.kind]} {str(row.record_id)[:8]}",
        href=_HREFS[row.kind].format(row.record_id),
        chip=chips[row.state],
        asked=tongue.time(row.asked_at),
        progress=steps if row.state is JobState.AT_WORK else "",
        reason=row.reason,
        button=button if may_change else None,
    )
