"""What data protection shows to people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from roster.vocabulary import Basis, DisclosureMeans


@dataclass(frozen=True, slots=True)
class DisclosureRow:
    """That data on a person was handed to somebody."""

    at: datetime
    what: str
    recipient: str
    country: str | None
    basis: Basis | None
    """None: the facility named none."""
    means: DisclosureMeans
