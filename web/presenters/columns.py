"""The columns of a list, each with a select that our proposal presets; what was chosen there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from roster.errors import FieldError
from roster.ingest.lists.columns import ListField
from roster.read.batches import BatchView, ColumnPreview, ListMapping, SheetPreview
from web.contexts.layout import Frame
from web.contexts.parts import Choice, ErrorLine, Link, PostButton
from web.contexts.uploads import ChoiceGroup, ColumnLine, ColumnsPage
from web.presenters.batches import name_of
from web.reason_words import clause
from web.tongues import Tongue
from web.wording import marked

_FIELDS: dict[ListField, str] = {
    ListField.FULL_NAME: marked("Whole name"),
    ListField.FAMILY_NAME: marked("Family name"),
    ListField.GIVEN_NAME: marked("Given name"),
    ListField.EMAIL: marked("E-mail"),
    ListField.TELEPHONE: marked("Telephone"),
    ListField.NATIONALITY: marked("Nationality"),
    ListField.COUNTRY: marked("Country of the administration"),
    ListField.EMPLOYER: marked("Administration or employer"),
    ListField.UNIT: marked("Unit"),
    ListField.POSITION: marked("Position"),
    ListField.KIND: marked("Kind of expert"),
    ListField.TOPICS: marked("Topics"),
    ListField.COUNTRIES: marked("Countries worked in"),
    ListField.BIRTH: marked("Year or date of birth"),
    ListField.AVAILABLE_FROM: marked("Available from"),
    ListField.AVAILABLE_UNTIL: marked("Available until"),
    ListField.LANGUAGES: marked("Languages, several in a cell"),
    ListField.LEVEL: marked("Level of the language to the left"),
    ListField.MOTHER_TONGUE: marked("Mother tongue"),
}
_LANGUAGES = ("en", "fr", "es", "pt", "ar", "ru", "de", "it", "nl", "pl", "ro", "uk", "tr")
_ERRORS = (
    marked("There is no such column."),
    marked("Say which column holds the name."),
    marked("Give the row in which the headings stand."),
    marked("Give a field such as full_name, or language:fr."),
    marked("The columns do not fit together: correct them."),
)
_MOST_SHOWN = 80


def columns_page(
    frame: Frame,
    tongue: Tongue,
    batch: BatchView,
    sheet: SheetPreview,
    *,
    sheets: Sequence[str],
    errors: Sequence[FieldError] = (),
) -> ColumnsPage:
    """Return the page on which somebody says what the columns are about."""
    wrong = {error.pointer: clause(error.detail, tongue) for error in errors}
    path = f"/uploads/{batch.id}"
    unnamed = sum(not column.target for column in sheet.columns)
    return ColumnsPage(
        frame=frame,
        crumb=Link(tongue.word("Upload CVs"), "/uploads"),
        here=name_of(tongue, batch),
        title=_title(tongue, len(sheet.columns), unnamed),
        lead=tongue.words(
            "%(num)s person stands under the headings. Nobody is on the roster before you say so.",
            "%(num)s people stand under the headings. Nobody is on the roster before you say so.",
            sheet.rows,
        ),
        action=f"{path}/columns",
        sheets=tuple(Choice(name, name, name == sheet.name) for name in sheets)
        if len(sheets) > 1
        else (),
        sheet=sheet.name,
        header_row=str(sheet.header_row),
        header_error=wrong.get("/header_row", ""),
        columns=tuple(_column(tongue, column, wrong) for column in sheet.columns),
        cancel=PostButton(tongue.word("Do not take this list"), f"{path}/cancel"),
        errors=tuple(
            ErrorLine(_field_of(pointer, sheet), words) for pointer, words in wrong.items()
        ),
    )


def _title(tongue: Tongue, columns: int, unnamed: int) -> str:
    if not unnamed:
        return tongue.words(
            "The %(num)s column is understood: check it",
            "All %(num)s columns are understood: check them",
            columns,
        )
    return tongue.words(
        "Say what %(num)s column is about", "Say what %(num)s columns are about", unnamed
    )


def _field_of(pointer: str, sheet: SheetPreview) -> str:
    place = pointer.removeprefix("/columns/")
    if place.isdigit() and int(place) < len(sheet.columns):
        return f"#column-{place}"
    return "#header_row" if pointer == "/header_row" else "#column-0"


def _column(tongue: Tongue, column: ColumnPreview, wrong: Mapping[str, str]) -> ColumnLine:
    return ColumnLine(
        name=f"column-{column.place}",
        label=column.label,
        cells=tuple(cell[:_MOST_SHOWN] for cell in column.cells),
        groups=_groups(tongue, column.target),
        error=wrong.get(f"/columns/{column.place}", ""),
        note="" if column.target else tongue.word("This column is left out."),
    )


def _groups(tongue: Tongue, target: str) -> tuple[ChoiceGroup, ...]:
    fields = [(str(field), tongue.word(label)) for field, label in _FIELDS.items()]
    codes = list(_LANGUAGES)
    said = target.removeprefix("language:")
    if target.startswith("language:") and said not in codes:
        codes.append(said)
    levels = [(f"language:{code}", tongue.language(code)) for code in codes]
    left_out = target in ("", str(ListField.IGNORED))
    nothing = Choice("", tongue.word("Leave this column out"), left_out)
    return (
        ChoiceGroup("", (nothing,)),
        ChoiceGroup(tongue.word("About the person"), _choices(fields, target)),
        ChoiceGroup(tongue.word("Level of one language"), _choices(levels, target)),
    )


def _choices(pairs: Sequence[tuple[str, str]], target: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, label, value == target) for value, label in pairs)


def read_mapping(typed: Mapping[str, str]) -> ListMapping:
    """Return what was chosen in the form; a column left out is in none."""
    columns = []
    for name, target in typed.items():
        place = name.removeprefix("column-")
        if name.startswith("column-") and place.isdecimal() and len(place) < 4 and target:
            columns.append((int(place), target))
    row = typed.get("header_row", "1").strip()
    return ListMapping(
        sheet=typed.get("sheet", ""),
        header_row=int(row) if row.isdecimal() and len(row) < 7 else 0,
        columns=tuple(sorted(columns)),
    )
