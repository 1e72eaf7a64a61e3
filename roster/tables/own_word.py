"""Words that a facility adds to the lists of the field, and each time its CVs are read anew."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from roster.columns import UtcDateTime, words
from roster.tables.base import Record
from roster.vocabulary import WordList


class OwnWord(Record, table=True):
    """What one word or phrase means to a facility, from when until when; never changed, only ended.

    Written by `roster.own_words`.
    """

    __tablename__ = "own_word"

    of: WordList = Field(sa_type=words(WordList))
    phrase: str = Field(description="As typed; word* stands for any ending")
    language: str | None = Field(default=None, description="ISO 639-1 of the texts; None: all")
    code: str | None = Field(default=None, description="Of the list; None: it means none of it")
    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    retired_by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")


class Rereading(Record, table=True):
    """One reading anew of all CVs of a facility for its own words; written where that is done."""

    by: UUID | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    total: int = Field(description="CVs there were to look at when it was asked for")
    done: int = Field(default=0, description="CVs looked at")
    found: int = Field(default=0, description="Facts proposed")
    dropped: int = Field(default=0, description="Proposed facts that no word shows any longer")
    people: int = Field(default=0, description="Records that changed")
    reached: UUID | None = Field(default=None, description="Id of the last CV looked at")
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
