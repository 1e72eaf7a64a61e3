"""Context of waiting until a CV is read."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.layout import Frame
from web.contexts.parts import FormField, Link


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A file that is being read, or that could not be."""

    frame: Frame
    title: str
    words: str
    ways: tuple[Link, ...]
    refused: bool = False


@dataclass(frozen=True, slots=True)
class PurposePage:
    """The question before a CV opens."""

    frame: Frame
    action: str
    """POST with `purpose`."""
    purpose: FormField
