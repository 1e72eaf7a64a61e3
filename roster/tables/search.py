"""Words by which records are found; written by `roster.search_terms`."""

from uuid import UUID

from sqlalchemy import Index, String
from sqlmodel import Field, SQLModel

from roster.columns import words
from roster.vocabulary import TermField

PlainWord = String(40).with_variant(String(40, collation="C"), "postgresql")
"""Lower-case Latin letters and digits, which both databases sort alike: a prefix is a range."""


class SearchTerm(SQLModel, table=True):
    """One word of one person, request or Action, and the weightiest place where it stands."""

    __tablename__ = "search_term"
    __table_args__ = (
        Index("ix_search_term_term_field", "term", "field"),
        Index("ix_search_term_field_length", "field", "length", "term"),
    )

    id: int | None = Field(default=None, primary_key=True)
    facility_id: UUID = Field(foreign_key="facility.id", index=True)
    expert_id: UUID | None = Field(
        default=None, foreign_key="expert.id", index=True, ondelete="CASCADE"
    )
    request_id: UUID | None = Field(
        default=None, foreign_key="request.id", index=True, ondelete="CASCADE"
    )
    action_id: UUID | None = Field(
        default=None, foreign_key="action.id", index=True, ondelete="CASCADE"
    )
    field: TermField = Field(sa_type=words(TermField))
    term: str = Field(sa_type=PlainWord, description="Folded, or a code: country:ma")
    length: int = Field(description="Letters of the term, to narrow the search for a misspelt one")
