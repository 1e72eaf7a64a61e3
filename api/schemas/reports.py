"""Figures of a facility, printed ones beside them, the exchange of records, the catalogue."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from api.schemas.base import Out, PartialDateText
from roster.counting.printed_tables import PrintedGroup, PrintedState
from roster.read.exchange import ExchangeKind, RowAct
from roster.vocabulary import ActionStatus, CountedKind, Origin, ReportTableCode


class ReportCellOut(Out):
    """One figure."""

    value: float | None = Field(description="null: not known, or kept back")
    known: int | None = Field(description="Of how many records it is known; null: of all")
    among: int | None
    is_hidden: bool = Field(description="Fewer than five people: told inside the facility only")


class ReportRowOut(Out):
    """One line of a table."""

    key: str = Field(description="A code; unknown where it is not known", examples=["training"])
    cells: list[ReportCellOut]


class ReportTableOut(Out):
    """One table."""

    code: ReportTableCode
    columns: list[str]
    rows: list[ReportRowOut]


class LeftOutOut(Out):
    """Records of which too little is known to place them."""

    kind: CountedKind
    undated: int
    unplaced: int


class TotalOut(Out):
    """A headline figure."""

    name: str
    figure: ReportCellOut


class ReportOut(Out):
    """The figures of a facility for a period and a theme; one origin at a time."""

    facility: str
    origin: Origin
    since: date | None
    until: date | None
    triangular_rule: str
    totals: list[TotalOut]
    tables: list[ReportTableOut]
    left_out: list[LeftOutOut]
    hides_few: bool


class CountedRowOut(Out):
    """One record that a figure counts."""

    kind: CountedKind
    id: UUID
    label: str = Field(description="Empty for a person whom the account may not know")
    action: str = Field(description="Code of its Action; empty where there is none")
    value: float | None = Field(description="What it adds, where that is not one")


class CountedRowsOut(Out):
    """The records that a figure counts."""

    figure: ReportCellOut
    items: list[CountedRowOut]
    page: int
    per_page: int
    total: int


class PrintedLineOut(Out):
    """A printed figure beside the same computed."""

    group: PrintedGroup
    key: str
    label: str
    printed: float | str | None
    computed: float | None
    state: PrintedState
    why: str
    rule: str


class PrintedOut(Out):
    """Everything printed of the facility beside what is computed."""

    items: list[PrintedLineOut]


class RowProblemOut(Out):
    """Why a row cannot be taken in."""

    kind: ExchangeKind
    number: int
    column: str
    detail: str


class ChangeOut(Out):
    """What a row changes."""

    field: str
    before: str
    after: str


class RowOutcomeOut(Out):
    """What became of a row, or would."""

    kind: ExchangeKind
    number: int
    code: str
    act: RowAct
    changes: list[ChangeOut]


class ExchangeOut(Out):
    """What an exchange did, or would do."""

    is_done: bool = Field(
        description="false: a trial, or a row was refused and nothing was written"
    )
    outcomes: list[RowOutcomeOut]
    problems: list[RowProblemOut]
    unread: list[str] = Field(description="Headings of columns that name no field")


class CatalogueEntryOut(Out):
    """A published Action."""

    name: str
    status: ActionStatus
    region: str | None
    objective: str
    countries: list[str]
    regional_body: str | None
    areas: list[str]
    topics: list[str]
    starts: PartialDateText | None
    ends: PartialDateText | None


class CatalogueFacilityOut(Out):
    """The Actions that a facility publishes."""

    code: str
    name: str
    entries: list[CatalogueEntryOut]


class CatalogueOut(Out):
    """The public catalogue."""

    facilities: list[CatalogueFacilityOut]
