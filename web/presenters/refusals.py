"""What was refused, at the head of the page that it is about."""

from __future__ import annotations

from roster.errors import RosterError
from web.contexts.parts import Notice
from web.reason_words import clause
from web.tongues import Tongue


def refusal(refused: RosterError, tongue: Tongue) -> Notice:
    """Say what was refused and what to correct, each thing once."""
    title = clause(refused.detail, tongue)
    details = dict.fromkeys(clause(error.detail, tongue) for error in refused.errors)
    return Notice("no", title, " ".join(one for one in details if one != title))
