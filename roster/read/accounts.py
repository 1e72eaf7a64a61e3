"""Accounts as pages show them: where one is signed in, and how to look around a demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from roster.vocabulary import Role


@dataclass(frozen=True, slots=True)
class FacilityView:
    """The facility that somebody works in."""

    id: UUID
    code: str
    name: str
    is_demo: bool
    """Whether invented accounts may sign in here."""


@dataclass(frozen=True, slots=True)
class ResponsibleBody:
    """Who answers for the personal data of a facility; None where it has named nobody."""

    facility: str
    controller: str | None
    contact: str | None


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An invented account of a demonstration."""

    email: str
    name: str
    role: Role
    country: str | None


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One place where an account is signed in."""

    id: UUID
    device: str
    since: datetime
    expires_at: datetime
    is_current: bool
