"""What the service does by itself as days pass: it reminds, lets things run out, and sends mail.

Each watch is a use case of its own, in a unit of work of its own: one that fails stops no other.
"""

from __future__ import annotations

from collections.abc import Callable

import structlog
from sqlmodel import Session

from roster import calls, release_dates
from roster.installation import Installation
from roster.mailing import send_messages
from roster.ports import Clock, Mailer

_log = structlog.stdlib.get_logger("roster.installation")


def _calls(session: Session, clock: Clock) -> None:
    calls.remind(session, clock=clock)


def _releases(session: Session, clock: Clock) -> None:
    release_dates.watch(session, clock=clock)


WATCHES: tuple[Callable[[Session, Clock], None], ...] = (_calls, _releases)
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
