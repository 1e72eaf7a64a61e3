"""Accounts as pages show them: sign-ins, roles, keys, and how to look around a demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from roster.vocabulary import Origin, Role


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


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A role that an account holds in a facility now."""

    id: UUID
    role: Role
    country: str | None
    administrations: tuple[str, ...]
    """Names of employers; empty: all."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as its administrators see it; never its password."""

    id: UUID
    name: str
    email: str
    origin: Origin
    locale: str
    is_active: bool
    has_password: bool
    """False: invited, or to be invited."""
    has_identity: bool
    """Whether it is bound to an identity in another system."""
    grants: tuple[GrantRow, ...]
    last_sign_in: datetime | None


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key of another system; the key itself is kept nowhere."""

    id: UUID
    account_id: UUID
    account: str
    label: str
    prefix: str
    scopes: tuple[str, ...]
    """Values of `roster.policy.Permission`."""
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
