"""The form of a fiche: rows that grow without script, and back into what the use case takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pydantic import ValidationError

from roster.errors import FieldError
from roster.inputs.fiches import MOST_ROWS, FicheInput
from roster.read.fiches import FicheView
from roster.reference import activities
from roster.vocabulary import ActivityType, Constituent, ExpertKind, FichePart, Modality
from web.contexts.fiches import RowGroup
from web.contexts.parts import Choice, ErrorLine, FormField
from web.forms import error_lines, filled
from web.presenters.request_form import Typed, topic_choices
from web.tongues import Tongue
from web.validation import field_errors
from web.wording import choices, say

ROWS: Mapping[str, tuple[str, ...]] = {
    "results": ("title", "constituent"),
    "activities": ("title", "type", "starts", "ends", "place", "modality", "days"),
    "expertise": ("role", "topics", "kind", "days"),
}
"""Group → fields of a row; the first one says whether the row holds anything."""
_LINE = 95
"""Letters on a line of the widest field; on a phone the field scrolls."""
_HIGHEST = 24
_TEXTS = ("title", "background", "objective", "schedule", "risks", "expert_days")


def typed_from(fiche: FicheView) -> dict[str, tuple[str, ...]]:
    """Return a fiche as a browser would send it."""
    typed: dict[str, tuple[str, ...]] = {}
    for name in _TEXTS:
        value = getattr(fiche, name)
        typed[name] = (str(value),) if value is not None else ("",)
    for group, names in ROWS.items():
        for number, row in enumerate(getattr(fiche, group), start=1):
            for name in names:
                value = getattr(row, name)
                many = value if isinstance(value, tuple) else (value,)
                typed[f"{group}_{name}_{number}"] = tuple(str(one) for one in many if one)
    return typed


def fiche_from(typed: Typed, tongue: Tongue) -> tuple[FicheInput | None, tuple[FieldError, ...]]:
    """Return the fiche that a form gives, or what to correct in it; empty rows are left out."""
    given: dict[str, object] = {name: _one(typed, name) for name in _TEXTS}
    given["title"] = _line(_one(typed, "title"))
    given["expert_days"] = _one(typed, "expert_days") or None
    places: dict[str, list[int]] = {}
    for group, names in ROWS.items():
        numbers = [n for n in range(1, _shown(typed, group) + 1) if _is_filled(typed, group, n)]
        places[group] = numbers
        given[group] = [_row(typed, group, names, number) for number in numbers]
    try:
        return FicheInput.model_validate(given), ()
    except ValidationError as refused:
        return None, tuple(_at_row(one, places) for one in field_errors(refused, tongue))


def at_rows(errors: Sequence[FieldError]) -> tuple[FieldError, ...]:
    """Move what a use case refused to the rows of the form, counted from the first."""
    every = {group: list(range(1, MOST_ROWS + 1)) for group in ROWS}
    return tuple(_at_row(one, every) for one in errors)


def texts(typed: Typed, errors: Mapping[str, str], tongue: Tongue) -> tuple[FormField, ...]:
    """Return the fields before the rows."""
    fields = (
        FormField("title", say(tongue, FichePart.TITLE), "textarea", required=True, rows=2),
        FormField("background", say(tongue, FichePart.BACKGROUND), "textarea", rows=8),
        FormField("objective", say(tongue, FichePart.OBJECTIVE), "textarea", rows=5),
    )
    return tuple(_tall(filled(one, typed, errors)) for one in fields)


def ends(typed: Typed, errors: Mapping[str, str], tongue: Tongue) -> tuple[FormField, ...]:
    """Return the fields behind the rows."""
    hint = tongue.word("Left empty, it is the sum of the activities.")
    fields = (
        FormField("schedule", say(tongue, FichePart.SCHEDULE), "textarea", rows=5),
        FormField("risks", say(tongue, FichePart.RISKS), "textarea", rows=5),
        FormField("expert_days", say(tongue, FichePart.BUDGET), "number", hint=hint),
    )
    return tuple(_tall(filled(one, typed, errors)) for one in fields)


def _tall(field: FormField) -> FormField:
    """Return a field of words as high as what stands in it, within reason: read without script."""
    lines = sum(1 + len(line) // _LINE for line in field.value.splitlines())
    return replace(field, rows=min(max(lines + 1, field.rows), _HIGHEST))


def error_lines_of(
    before: Sequence[FormField], rows: Sequence[RowGroup], after: Sequence[FormField]
) -> tuple[ErrorLine, ...]:
    """Return the summary above the form; errors of a row say which row."""
    named = [
        replace(field, label=f"{legend}, {field.label}")
        for group in rows
        for legend, fields in group.rows
        for field in fields
    ]
    return error_lines([*before, *named, *after])


def groups(
    typed: Typed, errors: Mapping[str, str], tongue: Tongue, *, more: str = ""
) -> tuple[RowGroup, ...]:
    """Return the rows as typed, one empty one where there is none, and one more where asked.

    Parameters
    ----------
    more : the group that gets a further row
    """
    _ = tongue.word
    labels = {
        "results": (_("One result a row, under the constituent of governance it belongs to."),
                    _("Result %(number)s"), _("Add a result")),
        "activities": (_("Days may be a year, a month or a day: 2027, 2027-03, 2027-03-15."),
                       _("Activity %(number)s"), _("Add an activity")),
        "expertise": (_("What kind of expert is wanted; people are found later."),
                      _("Expertise %(number)s"), _("Add expertise")),
    }  # fmt: skip
    found = []
    for group, (hint, legend, add) in labels.items():
        count = min(max(_shown(typed, group), 1) + (group == more), MOST_ROWS)
        rows = tuple(
            (
                legend % {"number": number},
                tuple(
                    _tall(filled(_named(one, group, number), typed, errors))
                    for one in _BLANK[group](tongue)
                ),
            )
            for number in range(1, count + 1)
        )
        found.append(RowGroup(group, say(tongue, FichePart(group)), hint, rows, add))
    return tuple(found)


def _named(field: FormField, group: str, number: int) -> FormField:
    return replace(field, name=f"{group}_{field.name}_{number}")


def _results(tongue: Tongue) -> tuple[FormField, ...]:
    _ = tongue.word
    return (
        FormField("title", _("Result"), "textarea", rows=2),
        FormField(
            "constituent",
            _("Constituent of governance"),
            "select",
            choices=choices(tongue, Constituent, frozenset()),
        ),
    )


def _activities(tongue: Tongue) -> tuple[FormField, ...]:
    _ = tongue.word
    unset = Choice("", _("not said"))
    types = tuple(Choice(one.value, activities.label(one, tongue.code)) for one in ActivityType)
    return (
        FormField("title", _("Activity"), "textarea", rows=2),
        FormField("type", _("Type"), "select", choices=types),
        FormField("starts", _("From")),
        FormField("ends", _("Until")),
        FormField("place", _("Place")),
        FormField(
            "modality",
            _("Place or remote"),
            "select",
            choices=(unset, *choices(tongue, Modality, frozenset())),
        ),
        FormField("days", _("Expert days"), "number"),
    )


def _expertise(tongue: Tongue) -> tuple[FormField, ...]:
    _ = tongue.word
    unset = Choice("", _("not said"))
    return (
        FormField("role", _("Role"), wide=True),
        FormField("topics", _("Topics"), "checks", choices=topic_choices(tongue)),
        FormField(
            "kind",
            _("Kind of expert"),
            "select",
            choices=(unset, *choices(tongue, ExpertKind, frozenset())),
        ),
        FormField("days", _("Expert days"), "number"),
    )


_BLANK = {"results": _results, "activities": _activities, "expertise": _expertise}


def _row(typed: Typed, group: str, names: tuple[str, ...], number: int) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in names:
        values = tuple(one for one in typed.get(f"{group}_{name}_{number}", ()) if one.strip())
        if name == "topics":
            found[name] = values
        elif values:
            found[name] = _line(values[0])
    return found


def _is_filled(typed: Typed, group: str, number: int) -> bool:
    """Whether a row says anything beside what a select says by itself."""
    silent = {"constituent", "type", "modality", "kind"}
    names = (name for name in ROWS[group] if name not in silent)
    return any("".join(typed.get(f"{group}_{name}_{number}", ())).strip() for name in names)


def _shown(typed: Typed, group: str) -> int:
    """Return how many rows of a group were on the page, whether filled or not."""
    numbers = [
        int(name.rpartition("_")[2])
        for name in typed
        if name.startswith(f"{group}_") and name.rpartition("_")[2].isdecimal()
    ]
    return min(max(numbers, default=0), MOST_ROWS)


def _at_row(error: FieldError, places: Mapping[str, list[int]]) -> FieldError:
    steps = error.pointer.strip("/").split("/")
    if steps[0] not in ROWS or len(steps) < 2 or not steps[1].isdecimal():
        return error
    known, at = places[steps[0]], int(steps[1])
    number = known[at] if at < len(known) else at + 1
    name = steps[2] if len(steps) > 2 else ROWS[steps[0]][0]
    return FieldError(f"/{steps[0]}_{name}_{number}", error.detail)


def _line(said: str) -> str:
    """Return what was typed on one line: a field of several only lets it be read whole."""
    return " ".join(said.split())


def _one(typed: Typed, name: str) -> str:
    values = typed.get(name, ())
    return values[0].strip() if values else ""
