"""What every record carries: an id that never changes, its facility, and where it comes from."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from roster.columns import UtcDateTime, words
from roster.vocabulary import Origin

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def utc_now() -> datetime:
    """Return the moment of writing; the one place where a record asks the clock itself."""
    return datetime.now(UTC)


class Record(SQLModel):
    """Columns of every record. `facility_id` is whose it is, `origin` is how real it is."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    facility_id: UUID = Field(foreign_key="facility.id", index=True)
    origin: Origin = Field(default=Origin.REAL, index=True, sa_type=words(Origin))
    imported_from: str | None = Field(
        default=None, description="Which system or list, where origin is imported"
    )
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
