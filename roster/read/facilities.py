"""What others may see of a facility's rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RulesChange:
    """One change of the rules."""

    at: datetime
    by: str | None
    """Name of the account; None is the service itself."""
    rules: tuple[str, ...]
    """Names of the rules that changed."""
