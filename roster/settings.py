"""Everything that can be set from outside, read once at start from `ROSTER_...` variables."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SESSION_COOKIE = "roster_session"
SECRETS = Path("/run/secrets")
"""Where engines of containers put secrets: a file per setting, named as it is in small letters."""
_DRIVERS = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


class Settings(BaseSettings):
    """Settings of one installation; built in `api.main` or `api.cli` and handed down."""

    model_config = SettingsConfigDict(env_prefix="ROSTER_", env_file=None, extra="ignore")

    data_dir: Path = Field(
        default=Path("var"),
        description="Folder of the embedded database, its index and its key; made at start.",
    )
    database_url: str = Field(
        default="",
        description="SQLAlchemy URL; empty is the SQLite file roster.db in the data folder. "
        "PostgreSQL: postgresql+psycopg://user:password@host/name",
    )
    host: str = Field(default="127.0.0.1", description="Address that the server listens on.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port that the server listens on.")
    workers: int = Field(
        default=1, ge=1, le=256, description="Processes that 'roster serve' answers with."
    )
    jobs: bool = Field(
        default=True,
        description="Let a process of 'roster serve' also read files and do what is done by "
        "itself; off where 'roster worker' does.",
    )
    worker_port: int = Field(
        default=0,
        ge=0,
        le=65535,
        description="Port where 'roster worker' says how it is (/healthz, /metrics); 0: nowhere.",
    )
    database_pool: int = Field(
        default=5, ge=1, le=200, description="PostgreSQL: connections kept open by each process."
    )
    database_overflow: int = Field(
        default=10, ge=0, le=200, description="PostgreSQL: more of them at most, for a moment."
    )
    database_recycle_s: int = Field(
        default=1800, ge=10, description="PostgreSQL: seconds after which one is opened anew."
    )
    database_wait_s: int = Field(
        default=10,
        ge=1,
        le=300,
        description="Seconds that a request waits for a connection before it is refused.",
    )
    statement_timeout_s: int = Field(
        default=30,
        ge=0,
        description="PostgreSQL: longest time of one statement of a request; 0: without end.",
    )
    lock_timeout_s: int = Field(
        default=10,
        ge=0,
        description="PostgreSQL: longest wait of a request for a record that another one holds.",
    )
    idle_timeout_s: int = Field(
        default=60,
        ge=0,
        description="PostgreSQL: a transaction in which nothing happens so long is ended.",
    )
    metrics_token: SecretStr = Field(
        default=SecretStr(""),
        description="Who sends it as 'Authorization: Bearer …' may read /metrics; empty: whoever "
        "asks from the machine itself, without a proxy.",
    )
    document_key: SecretStr = Field(
        default=SecretStr(""),
        description="Fernet key under which stored files are encrypted; empty: made once and "
        "kept in the data folder as document.key.",
    )
    session_hours: int = Field(
        default=12, ge=1, le=720, description="Hours after which a sign-in ends."
    )
    session_idle_minutes: int = Field(
        default=60,
        ge=5,
        le=43_200,
        description="Minutes after which a sign-in ends that is not used; no more than all of it.",
    )
    cookie_secure: bool = Field(
        default=False,
        description="Send cookies over HTTPS only; so they are where ROSTER_PUBLIC_URL is https.",
    )
    local_sign_in: bool = Field(
        default=True,
        description="Let accounts sign in with a password kept here; off only where OpenID Connect "
        "is set.",
    )
    oidc_issuer: str = Field(
        default="",
        description="OpenID Connect: address of the provider, as https://login.example.org/realm; "
        "empty: nobody signs in by it.",
    )
    oidc_client_id: str = Field(
        default="", description="OpenID Connect: what the provider calls this installation."
    )
    oidc_client_secret: SecretStr = Field(
        default=SecretStr(""),
        description="OpenID Connect: secret of this installation; empty for a public client.",
    )
    oidc_claim: str = Field(
        default="email",
        min_length=1,
        description="OpenID Connect: the claim that holds the address of the account.",
    )
    oidc_label: str = Field(
        default="", description="OpenID Connect: name of the provider, shown on the button."
    )
    upload_max_bytes: int = Field(
        default=20_000_000, ge=1_000, description="Largest file accepted, in bytes."
    )
    batch_max_bytes: int = Field(
        default=200_000_000,
        ge=1_000,
        description="Most bytes sent in one go, and most that an archive may unpack to.",
    )
    upload_max_pages: int = Field(default=200, ge=1, description="Most pages read in one file.")
    parse_max_seconds: int = Field(
        default=30, ge=1, le=600, description="Longest time that reading one file may take."
    )
    parse_max_megabytes: int = Field(
        default=1024, ge=128, description="Most memory that reading one file may take."
    )
    rate_per_minute: int = Field(
        default=1200,
        ge=0,
        description="Most calls a minute of one key and of one account; an address gets four times "
        "as many. 0 counts nothing.",
    )
    webhooks_private: bool = Field(
        default=False,
        description="Let webhooks reach private addresses, and plain http: for tests and for "
        "systems on the same network.",
    )
    encoder: bool = Field(
        default=True, description="Use the multilingual encoder; without it ranking says so."
    )
    model_dir: Path | None = Field(
        default=None, description="Folder of a fitted ranking model; empty is the packaged one."
    )
    public_url: str = Field(
        default="",
        description="Where people reach the product, as https://roster.example.org; empty is the "
        "address that it listens on. Personal links begin with it.",
    )
    smtp_url: SecretStr = Field(
        default=SecretStr(""),
        description="Mail server, as smtp://user:password@host:587 (STARTTLS) or smtps://host; "
        "empty: notices wait in the outbox to be handed over.",
    )
    mail_from: str = Field(default="", description="Address that notices are sent from.")
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR.")

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        level = value.upper()
        if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return level

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        """Take the short forms that other programs use, and refuse databases nobody tested."""
        if not value:
            return value
        scheme, colon, rest = value.strip().partition("://")
        if not colon or scheme not in _DRIVERS:
            raise ValueError(
                "has to look like postgresql+psycopg://user:password@host/name; signs such as @ "
                "and / in the password are written as %40 and %2F"
            )
        return f"{_DRIVERS[scheme]}://{rest}"

    @field_validator("document_key")
    @classmethod
    def _usable_keys(cls, value: SecretStr) -> SecretStr:
        for number, one in enumerate(value.get_secret_value().split(","), start=1):
            if one.strip() and not _is_key(one.strip()):
                raise ValueError(
                    f"key {number} is none: 44 letters and digits that end in =, as a line of "
                    "document.key"
                )
        return value

    @field_validator("public_url")
    @classmethod
    def _an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("has to look like https://roster.example.org")
        if parts.query or parts.fragment:
            raise ValueError("has no ? and no # in it")
        return value

    @model_validator(mode="after")
    def _no_contradiction(self) -> Self:
        if self.cookie_secure and self.public_url.startswith("http://"):
            raise ValueError(
                "ROSTER_COOKIE_SECURE sends cookies by HTTPS only, and ROSTER_PUBLIC_URL begins "
                "with http://: nobody could sign in. Let the address begin with https://"
            )
        if self.batch_max_bytes < self.upload_max_bytes:
            raise ValueError(
                "ROSTER_BATCH_MAX_BYTES is less than ROSTER_UPLOAD_MAX_BYTES: the largest file "
                "could not be sent"
            )
        return self

    @model_validator(mode="after")
    def _somebody_can_sign_in(self) -> Self:
        if self.oidc_issuer and not self.oidc_client_id:
            raise ValueError("ROSTER_OIDC_ISSUER needs ROSTER_OIDC_CLIENT_ID beside it")
        if not (self.local_sign_in or self.oidc_issuer):
            raise ValueError("ROSTER_LOCAL_SIGN_IN is off and ROSTER_OIDC_ISSUER is empty")
        if self.session_idle_minutes > 60 * self.session_hours:
            raise ValueError("ROSTER_SESSION_IDLE_MINUTES is longer than ROSTER_SESSION_HOURS")
        return self

    @property
    def is_https(self) -> bool:
        """Whether browsers reach the product by HTTPS."""
        return self.cookie_secure or self.public_url.startswith("https://")

    @property
    def session_cookie(self) -> str:
        """Name of the cookie of a session: by HTTPS one that no neighbouring host can set."""
        return f"__Host-{SESSION_COOKIE}" if self.is_https else SESSION_COOKIE

    @property
    def base_url(self) -> str:
        """Where personal links lead, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def url(self) -> str:
        """The database URL, with the embedded default filled in."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'roster.db').resolve()}"

    @property
    def is_embedded(self) -> bool:
        """Whether the database is the embedded one."""
        return not self.database_url or self.database_url.startswith("sqlite")


def read_settings(secrets: Path = SECRETS) -> Settings:
    """Read the settings from the environment and, where it is silent, from files of secrets.

    Raises
    ------
    pydantic.ValidationError
        Something given cannot be used.
    """
    return Settings(_secrets_dir=secrets if secrets.is_dir() else None)


def _is_key(text: str) -> bool:
    try:
        return len(urlsafe_b64decode(text)) == 32
    except (binascii.Error, ValueError):
        return False
