"""What the service does by itself as days pass: it tidies, reminds, lets things run out, sends.

Each watch is a use case of its own, in a unit of work of its own: one that fails stops no other.
Of all processes on a database one does them, whichever holds the turn; if it ends, another does.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

import structlog
from fastapi.concurrency import run_in_threadpool
from sqlmodel import Session, select

from api.afterwards import look_back
from api.jobs import DurableJobs, enqueue_unread
from api.mail import mailer_of
from api.steady import Steadiness
from api.webhooks import tell_others
from roster import audit
from roster.calling import calls, release_dates
from roster.delivery import follow_ups
from roster.installation import Installation, keep_times
from roster.policy import system_actor
from roster.ports import Clock, Mailer
from roster.queries.outreach import past_actions
from roster.read import RequestView
from roster.request_readings import AT_ONCE, read_letters
from roster.retention import Deleted, delete_what_is_due
from roster.tables import Facility
from roster.telling.mailing import send_messages
from roster.telling.notices import send_waiting
from roster.telling.one_time_links import send_links
from roster.turns import Turns, turns_of
from roster.webhooks.deliveries import forget_old_deliveries

_log = structlog.stdlib.get_logger("roster.installation")

HOUR_S, MINUTE_S, MOMENT_S = 3600, 60, 10
LOOK_S = 5
"""Seconds after which who has no turn asks for it again."""
TURN = "chores"


def _calls(session: Session, clock: Clock) -> None:
    calls.remind(session, clock=clock)


def _releases(session: Session, clock: Clock) -> None:
    release_dates.watch(session, clock=clock)


def _follow_ups(session: Session, clock: Clock) -> None:
    for facility in session.exec(select(Facility.id)).all():
        follow_ups.remind(session, system_actor(facility), clock=clock)


WATCHES: tuple[Callable[[Session, Clock], None], ...] = (_calls, _releases, _follow_ups)
"""Looked at every hour; doing one twice changes nothing."""


def watch_days(installation: Installation) -> None:
    """Do what the days of calls, releases and the like ask for."""
    for watch in WATCHES:
        try:
            with installation.work() as session:
                watch(session, installation.clock)
        except Exception as error:  # Whatever it is, the others are looked at, and this again.
            _log.error("chore_failed", kind=type(error).__name__, watch=watch.__name__)


def deliver_messages(installation: Installation, mailer: Mailer) -> int:
    """Send the messages that wait; return how many were sent."""
    with installation.work() as session:
        return send_messages(
            session,
            mailer=mailer,
            vault=installation.vault,
            clock=installation.clock,
            base_url=installation.settings.base_url,
        )


def tidy(installation: Installation) -> Deleted:
    """Delete what was kept for a time that is over, after a warning where it is a person."""
    keep_times(installation)
    now = installation.clock.now()
    with installation.work() as session:
        forget_old_deliveries(session, now=now)
        return delete_what_is_due(session, now=now)


def tidy_if_steady(installation: Installation, steady: Steadiness) -> Deleted | None:
    """Delete what is due, unless the clock jumped within a day: None, and it is said."""
    if steady.look():
        return tidy(installation)
    _log.warning("deleting_waits_for_the_clock")
    return None


@dataclass(frozen=True)
class _Round:
    """When a chore is done again, and whether it is ours to do."""

    stop: asyncio.Event
    turns: Turns

    async def repeat(self, seconds: float, chore: Callable[[], object]) -> None:
        """Do a chore now and again, until told to stop; one that is under way is finished."""
        while not self.stop.is_set():
            is_ours = await self._is_ours()
            if is_ours:
                await self._do(chore)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stop.wait(), seconds if is_ours else LOOK_S)

    async def _is_ours(self) -> bool:
        try:
            return await run_in_threadpool(self.turns.take, TURN)
        except OSError as error:  # A disk without room, or that can only be read.
            _log.error("turns_lost", kind=type(error).__name__)
            return False

    async def _do(self, chore: Callable[[], object]) -> None:
        try:
            await run_in_threadpool(chore)
        except Exception as error:  # Whatever it is, the next time may go well.
            _log.error("chore_failed", kind=type(error).__name__)


@asynccontextmanager
async def chores(installation: Installation) -> AsyncIterator[None]:
    """Delete what is due, learn anew, send what waits, as long as the block runs."""
    installation = installation.unhurried
    folder = installation.settings.data_dir / "turns"
    work = _Round(asyncio.Event(), turns_of(installation.engine, folder))
    steady = Steadiness(installation.clock)
    running = [
        asyncio.create_task(work.repeat(seconds, chore))
        for seconds, chore in chores_of(installation, steady)
    ]
    try:
        yield
    finally:
        # Not cancelled: a thread in the middle of its work would lose its connection.
        work.stop.set()
        await asyncio.gather(*running)
        work.turns.close()


def chores_of(
    installation: Installation, steady: Steadiness
) -> Iterator[tuple[float, Callable[[], object]]]:
    """Yield every chore with the seconds after which it is done again.

    Parameters
    ----------
    steady : says whether the clock can be believed, for what cannot be brought back
    """
    yield HOUR_S, partial(tidy_if_steady, installation, steady)
    yield MINUTE_S, steady.look
    for every_hour in (learn_outreach, look_back, watch_days):
        yield HOUR_S, partial(every_hour, installation)
    for every_minute in (seal_audit, ask_again):
        yield MINUTE_S, partial(every_minute, installation)
    for every_moment in (tell_others, read_new_letters):
        yield MOMENT_S, partial(every_moment, installation)
    mailer = mailer_of(installation.settings)
    if mailer is not None:
        for send in (deliver, deliver_messages):
            yield MINUTE_S, partial(send, installation, mailer)


def ask_again(installation: Installation) -> int:
    """Ask for what is stored, not read, and has no job; return how much that was."""
    jobs = installation.jobs
    if not isinstance(jobs, DurableJobs):
        return 0
    jobs.forget_done(installation.clock.now())
    with installation.work() as session:
        return enqueue_unread(session, jobs)


def read_new_letters(installation: Installation) -> int:
    """Read the letters of new and changed requests, so that no ranking waits for it."""
    read = 0
    while True:
        with installation.work() as session:
            some = read_letters(session, ranker=installation.ranker, clock=installation.clock)
        read += some
        if some < AT_ONCE:
            return read


def learn_outreach(installation: Installation) -> None:
    """Learn from the past Actions of the day, so that no request for advice waits for it."""
    with installation.work() as session:
        facilities = session.exec(select(Facility.id)).all()
        past = [past_actions(session, system_actor(one), but=None) for one in facilities]
    nothing = RequestView(id=None, title="", text="")
    for known in past:
        if any(one.states for one in known):
            installation.adviser.advise(nothing, known, installation.clock.now().date())


def seal_audit(installation: Installation) -> int:
    """Put what was done and seen into the chain of the audit; return how many links were added."""
    sealed = 0
    while True:
        with installation.work() as session:
            made = audit.seal(session, at=installation.clock.now())
        sealed += made
        if not made:
            return sealed


def deliver(installation: Installation, mailer: Mailer) -> int:
    """Send the notices that wait; return how many were sent."""
    base_url, vault = installation.settings.base_url, installation.vault
    with installation.work() as session:
        at = installation.clock.now()
        links = send_links(session, mailer=mailer, vault=vault, at=at, base_url=base_url)
    with installation.work() as session:
        return links + send_waiting(
            session, mailer=mailer, vault=vault, clock=installation.clock, base_url=base_url
        )
