"""Facilities, accounts and what they are granted; written by `roster.accounts`."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from roster.columns import Json, UtcDateTime, words
from roster.tables.base import Record, utc_now
from roster.vocabulary import LinkPurpose, Origin, Role


class Facility(SQLModel, table=True):
    """A facility with rules of its own; every other record belongs to one."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(unique=True, description="Short name in URLs: mieux, ddf")
    name: str
    origin: Origin = Field(default=Origin.REAL, sa_type=words(Origin))
    rules: dict[str, Any] = Field(
        default_factory=dict, sa_type=Json, description="fiche_days, eligible_countries, areas"
    )
    legal_regime: dict[str, Any] = Field(
        default_factory=dict, sa_type=Json, description="regulation, controller, contact, retention"
    )
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


class Account(Record, table=True):
    """Somebody who can sign in; `facility_id` is where the account was opened."""

    email: str = Field(unique=True, description="Folded to lower case")
    name: str
    password_hash: str | None = Field(default=None, description="argon2id; None: no password yet")
    locale: str = "en"
    is_active: bool = True
    country: str | None = Field(default=None, description="For people, not for rights")
    openid_hash: str | None = Field(
        default=None, unique=True, description="SHA-256 of issuer and subject that it is bound to"
    )


class RoleGrant(Record, table=True):
    """One role of an account: for `facility_id`, one country or all, some bodies or all."""

    __tablename__ = "role_grant"

    account_id: UUID = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    role: Role = Field(sa_type=words(Role))
    country: str | None = Field(default=None, description="ISO 3166-1; None: every country")
    administrations: list[str] = Field(
        default_factory=list, sa_type=Json, description="Names of employers; empty: all"
    )
    expert_id: UUID | None = Field(
        default=None, foreign_key="expert.id", ondelete="CASCADE", description="Role expert: whom"
    )
    granted_by: UUID | None = Field(default=None, description="Account that granted it")
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LoginSession(Record, table=True):
    """A sign-in on one device; only the hash of its token is kept."""

    __tablename__ = "login_session"

    account_id: UUID = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    token_hash: str = Field(unique=True, description="SHA-256 of the cookie's token")
    expires_at: datetime = Field(
        sa_type=UtcDateTime, description="Moved on while it is used, never past `until`"
    )
    until: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="None: `expires_at` is not moved on"
    )
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    device: str = Field(default="", description="As the browser names itself, cut to 200")
    by_openid: bool = Field(default=False, description="Whether another system said who it is")
    openid_sid: str | None = Field(
        default=None, index=True, description="SHA-256 of issuer and `sid`, as that system says it"
    )
    works_in: UUID | None = Field(
        default=None,
        foreign_key="facility.id",
        ondelete="SET NULL",
        description="Facility chosen; None: the first one granted",
    )


class OneTimeLink(Record, table=True):
    """A link by which somebody sets a password, once; only the digest of its token is kept."""

    __tablename__ = "one_time_link"

    account_id: UUID = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    purpose: LinkPurpose = Field(sa_type=words(LinkPurpose))
    token_hash: str = Field(unique=True, description="SHA-256 of the link's token")
    locked_token: bytes | None = Field(
        default=None, sa_type=LargeBinary, description="Encrypted, until it is sent or used"
    )
    expires_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    attempts: int = 0
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    by: UUID | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL", description="None: asked for"
    )


class ApiKey(Record, table=True):
    """A key of another system; only its hash is kept, the prefix tells which one it is."""

    __tablename__ = "api_key"

    account_id: UUID = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    label: str
    prefix: str = Field(index=True, description="First characters, safe to show")
    key_hash: str = Field(unique=True, description="SHA-256 of the whole key")
    scopes: list[str] = Field(default_factory=list, sa_type=Json, description="Permissions")
    expires_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignInAttempt(SQLModel, table=True):
    """A failed sign-in, kept an hour to slow down guessing; no name of who tried."""

    __tablename__ = "sign_in_attempt"

    id: int | None = Field(default=None, primary_key=True)
    key_hash: str = Field(index=True, description="SHA-256 of the address tried")
    at: datetime = Field(sa_type=UtcDateTime, index=True)


class RateShare(SQLModel, table=True):
    """A counter of calls, where several machines share it; known by a digest, lost at no cost."""

    __tablename__ = "rate_share"

    name: str = Field(primary_key=True, description="Kind and SHA-256 of a key, account, address")
    whole_at: float = Field(description="Seconds since 1970 at which the share is whole again")
