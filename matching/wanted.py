"""One thing that a request asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing asked for, and how near other codes come to it."""

    code: str
    label: str
    weight: float
    near: Mapping[str, float]
    """Code → nearness in (0, 1]; the code itself is 1."""
