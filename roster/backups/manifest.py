"""What a backup says of itself: schema, tables with their rows, the digest of every part."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from roster.backups.values import Kind
from roster.errors import FileRefused

FORMAT = 1
"""Raised when an older product could not read the file any more."""


class Frozen(BaseModel):
    """Values that stay as they were read."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Part(Frozen):
    """One file within a backup."""

    size: int = Field(ge=0, description="Bytes, before packing")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class TableKept(Frozen):
    """One table: its columns with what they hold, and how many rows were kept."""

    columns: dict[str, Kind]
    rows: int = Field(ge=0)


class Manifest(Frozen):
    """The last part of a backup; without it a backup is not whole."""

    format: int = FORMAT
    product: str = Field(description="Version of the product that made it")
    revision: str = Field(description="Schema of the database, as `roster migrate` names it")
    made_at: AwareDatetime
    database: str = Field(description="sqlite or postgresql; it can be restored into either")
    tables: dict[str, TableKept]
    counters: dict[str, int] = Field(description="Last number given out, by `table.column`")
    parts: dict[str, Part]
    keys: tuple[str, ...] = Field(description="Fingerprints of the keys that open the originals")
    has_keys: bool = Field(description="Whether the keys themselves are in the backup")

    @property
    def rows(self) -> int:
        """How many rows were kept in all tables."""
        return sum(table.rows for table in self.tables.values())


def read_manifest(content: bytes) -> Manifest:
    """Read a manifest.

    Raises
    ------
    FileRefused
        It is none, or one of a newer product.
    """
    try:
        manifest = Manifest.model_validate_json(content)
    except ValidationError as error:
        raise FileRefused(
            "This backup does not say what it holds in words that this version knows: it is "
            "damaged, or was made by a newer version of the product."
        ) from error
    if manifest.format > FORMAT:
        raise FileRefused(
            f"This backup was made by version {manifest.product} in a newer form. Install that "
            "version, or a newer one, and restore there."
        )
    return manifest


def fingerprints(keys: Iterable[bytes]) -> tuple[str, ...]:
    """Return by what keys are known without being told: the beginning of a digest of each."""
    return tuple(hashlib.sha256(key).hexdigest()[:16] for key in keys)


def suggested_name(at: datetime) -> str:
    """Return the name of a backup for which only a folder was given."""
    return f"roster-{at:%Y%m%d-%H%M%S}Z.zip"
