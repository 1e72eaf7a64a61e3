"""Facts of other programmes and printed figures, kept beside the Actions to compare with."""

from typing import Any

from sqlmodel import Field, UniqueConstraint

from roster.columns import Json
from roster.tables.base import Record


class FactSheet(Record, table=True):
    """One sheet of published facts: a project of another agency, a printed table, a facility."""

    __tablename__ = "fact_sheet"
    __table_args__ = (UniqueConstraint("facility_id", "kind", "code"),)

    kind: str = Field(index=True, description="agency_project, printed_figures, page_action ...")
    code: str
    title: str
    content: dict[str, Any] = Field(sa_type=Json)
    source: str = Field(description="Publication and year")
