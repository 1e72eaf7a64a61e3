"""Contexts of the pages about the product: its ranking, what it holds on people, who can use it."""

from __future__ import annotations

from dataclasses import dataclass

from web.contexts.experts import PlainLine
from web.contexts.layout import Frame
from web.contexts.parts import Link


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """A mandatory condition: when it is not met, when it is not known."""

    label: str
    fails: str
    unknown: str
    """Empty where it is always known."""


@dataclass(frozen=True, slots=True)
class FeatureLine:
    """One part of the score, with its worth in the model in use."""

    label: str
    css: str
    """Class of the bar under which it is shown."""
    points: str
    measures: str
    unknown: str
    """Share of the points that it earns where it is not known of a person."""


@dataclass(frozen=True, slots=True)
class RankingAbout:
    """How ranking works."""

    frame: Frame
    title: str
    conditions: tuple[ConditionLine, ...]
    features: tuple[FeatureLine, ...]
    model: str
    is_rule: bool
    """Whether the model in use is the documented rule rather than a learnt one."""


@dataclass(frozen=True, slots=True)
class Responsible:
    """Whom to ask in one facility; empty where it has named nobody."""

    facility: str
    controller: str
    contact: str


@dataclass(frozen=True, slots=True)
class RoleLine:
    """What one role sees of people."""

    role: str
    sees: str


@dataclass(frozen=True, slots=True)
class PrivacyAbout:
    """What is held on people, who sees it, how long it stays, whom to ask."""

    frame: Frame
    title: str
    roles: tuple[RoleLine, ...]
    original_days: str
    session_hours: str
    responsible: tuple[Responsible, ...]


@dataclass(frozen=True, slots=True)
class AccessibilityAbout:
    """What was checked for people who use the pages otherwise, and what was not."""

    frame: Frame
    title: str


@dataclass(frozen=True, slots=True)
class PaperPart:
    """One section of a paper about data protection."""

    title: str
    sentences: tuple[str, ...]
    points: tuple[str, ...]
    rows: tuple[PlainLine, ...]


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A paper about data protection: the register, or the notice to experts."""

    frame: Frame
    title: str
    lead: str
    state: str
    is_complete: bool
    parts: tuple[PaperPart, ...]
    links: tuple[Link, ...] = ()
    restricted: tuple[Link, ...] = ()
    """Records that are kept and not used, for whoever looks after them."""
