"""The columns of a list that somebody sent: what we propose, what a person said, what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from roster.errors import FieldError, FileRefused, FileTooLarge, InvalidInput
from roster.ingest.lists.columns import SINGLE_FIELDS, ListField, Target, propose_mapping
from roster.ingest.lists.reading import ListFile, read_list, rows_to_profiles
from roster.ingest.lists.rows import RowReading
from roster.ingest.lists.table import Table
from roster.ingest.sandbox.apart import Limits
from roster.read.batches import ColumnPreview, ListMapping, SheetPreview

MOST_ROWS = 5_000
"""Of one list: all its rows are taken in at once."""
SHOWN_ROWS = 5
_NAMES = frozenset({ListField.FULL_NAME, ListField.FAMILY_NAME, ListField.GIVEN_NAME})


def open_sheets(
    content: bytes, mapping: ListMapping | None, *, most_bytes: int, limits: Limits | None = None
) -> ListFile:
    """Read a list in a process of its own, its header where a person said.

    Raises
    ------
    roster.errors.FileRefused, roster.errors.FileTooLarge
        As `read_list` does; more rows than are taken in at once.
    InvalidInput
        There is no row with the number that was given for the header.
    """
    header = (mapping.sheet, mapping.header_row) if mapping else None
    try:
        found = read_list(content, limit=most_bytes, limits=limits, header=header)
    except FileRefused:
        if mapping is None:
            raise
        raise _no_header(mapping) from None  # It was a list before somebody chose the row.
    if mapping and mapping.sheet not in {table.name for table in found.tables}:
        raise _no_header(mapping)
    if any(len(table.rows) > MOST_ROWS for table in found.tables):
        raise FileTooLarge(
            f"A sheet of this list holds more than {MOST_ROWS} rows. Send it in parts."
        )
    return found


def _no_header(mapping: ListMapping) -> InvalidInput:
    return InvalidInput(
        f"Row {mapping.header_row} of this sheet holds nothing, or nothing stands under it.",
        errors=(FieldError("/header_row", "Give the row in which the headings stand."),),
    )


def proposal(found: ListFile) -> ListMapping:
    """Return what we think: the sheet that looks most like a list, its header, its columns."""
    return proposal_for(found.tables[0])


def proposal_for(table: Table) -> ListMapping:
    """Return what we think the columns of one sheet are about."""
    columns = propose_mapping(table.header, table.cells())
    return ListMapping(
        table.name, table.header_row, tuple((at, str(target)) for at, target in columns.items())
    )


def table_for(found: ListFile, mapping: ListMapping) -> Table:
    """Return the sheet that a mapping is about.

    Raises
    ------
    InvalidInput
        There is none of this name.
    """
    for table in found.tables:
        if table.name == mapping.sheet:
            return table
    raise InvalidInput(
        "This list has no such sheet.",
        errors=(FieldError("/sheet", "Give the name of a sheet of this list."),),
    )


def checked(table: Table, mapping: ListMapping) -> ListMapping:
    """Return a mapping as one that a person said, if people can be made by it.

    Raises
    ------
    InvalidInput
        No column holds a name, one does not exist, or two hold what a person has once.
    """
    targets = targets_of(mapping)
    errors = [
        FieldError(f"/columns/{at}", "There is no such column.")
        for at in targets
        if not 0 <= at < len(table.header)
    ]
    seen: dict[ListField, int] = {}
    for at, target in targets.items():
        if target.field in SINGLE_FIELDS and target.field in seen:
            detail = f"Column {table.label(seen[target.field])!r} holds this already."
            errors.append(FieldError(f"/columns/{at}", detail))
        seen.setdefault(target.field, at)
    if not _NAMES & set(seen):
        errors.append(FieldError("/columns", "Say which column holds the name."))
    if errors:
        raise InvalidInput("The columns do not fit together: correct them.", tuple(errors))
    return ListMapping(mapping.sheet, mapping.header_row, mapping.columns, is_confirmed=True)


def targets_of(mapping: ListMapping) -> Mapping[int, Target]:
    """Return a mapping with its targets read.

    Raises
    ------
    InvalidInput
        A target is none.
    """
    targets: dict[int, Target] = {}
    for at, words in mapping.columns:
        try:
            targets[at] = Target.parse(words)
        except ValueError as error:
            detail = "Give a field such as full_name, or language:fr."
            raise InvalidInput(
                f"Column {at + 1} cannot hold {words!r}: there is no such field.",
                errors=(FieldError(f"/columns/{at}", detail),),
            ) from error
    return targets


def preview(table: Table, mapping: ListMapping) -> SheetPreview:
    """Return the columns of a sheet with some of their cells."""
    said = dict(mapping.columns)
    first = table.rows[:SHOWN_ROWS]
    columns = tuple(
        ColumnPreview(
            place=at,
            label=table.label(at),
            cells=tuple(row.cells[at] for row in first),
            target=said.get(at, ""),
        )
        for at in range(len(table.header))
    )
    return SheetPreview(table.name, table.header_row, len(table.rows), columns)


def readings(table: Table, mapping: ListMapping, today: date) -> tuple[RowReading, ...]:
    """Read every row of a sheet by what a person said about its columns."""
    return tuple(rows_to_profiles(table, targets_of(mapping), today=today))
