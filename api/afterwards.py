"""What the service does by itself after activities: it reminds, and it proposes lessons."""

from __future__ import annotations

from roster.feedback import inquiries, lessons
from roster.installation import Installation


def look_back(installation: Installation) -> None:
    """Remind of answers that are due; propose what was found in three Actions or more."""
    now = installation.clock.now()
    with installation.work() as session:
        inquiries.remind_due(session, now=now)
    with installation.work() as session:
        lessons.propose_everywhere(session, now=now)
