"""Forms that nobody filled in: labels of a person, and behind them nothing."""

from __future__ import annotations

import re

from roster.errors import FileRefused
from roster.ingest.forms.headings import find_form_heading
from roster.ingest.forms.kinds import LABELLED_FORMS, recognise_form
from roster.ingest.forms.sections import split_form
from roster.ingest.person.personal_fields import PersonalField, personal_fields
from roster.ingest.wording.headings import SectionKind
from roster.ingest.wording.labels import find_label
from roster.ingest.wording.lines import Line
from roster.ingest.work.periods import find_periods
from roster.read import DocumentText
from roster.reference.countries import find_countries

LEAST_LABELS = 2
MOST_DATES = 2
"""An empty form may still print the date of its version."""
_ASKED = frozenset({"family", "given", "name", "birth", "nationality"})
_OF_OTHERS = frozenset({SectionKind.PRIVATE, SectionKind.SENSITIVE, SectionKind.REFERENCES})
_PLACEHOLDER = re.compile(r"[\W_]*(?:[\[<{(].*[\]>})]|(?:dd|jj|tt)[/.]mm[/.]\w{2,4})?[\W_]*")


def refuse_blank_form(text: DocumentText) -> None:
    """Refuse a form of the field whose labels have no values.

    Raises
    ------
    roster.errors.FileRefused
        No label of a person has a value, and no line holds the dates of any work.
    """
    if recognise_form(text) not in LABELLED_FORMS:
        return
    own = (each for each in split_form(text.text) if each.kind not in _OF_OTHERS)
    lines = [line for section in own for line in section.lines]
    if _count_of_labels(lines) < LEAST_LABELS or len(find_periods(text.text)) > MOST_DATES:
        return
    if any(_is_answer(each) for each in personal_fields(lines) if each.field in _ASKED):
        return
    raise FileRefused(
        "This is an empty form: its labels are there, but nothing is filled in. "
        "Send the form with the expert's answers."
    )


def _count_of_labels(lines: list[Line]) -> int:
    found = [find_label(cell.text) for line in lines for cell in line.cells]
    return len({label.field for label in found if label is not None} & _ASKED)


def _is_answer(given: PersonalField) -> bool:
    value = given.value.text
    if given.field == "birth":
        return bool(find_periods(value))
    if given.field == "nationality":
        return bool(find_countries(value))
    if _PLACEHOLDER.fullmatch(value):
        return False
    return find_form_heading(value) is None and find_label(value) is None
