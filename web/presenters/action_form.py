"""Forms of an Action, of an activity, and of what came of one: fields from and to what is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from pydantic import ValidationError

from roster.errors import FieldError
from roster.inputs import ActionInput, ActivityInput, ActivityReport, Input
from roster.read import ActionView, ActivityView
from roster.reference import activities, bodies
from roster.vocabulary import ActivityStatus, ActivityType, Intervention, Modality, Scope
from web.action_words import options
from web.contexts.parts import Choice, FormField
from web.forms import errors_by_field, filled
from web.presenters.request_form import Typed, countries_from, topic_choices
from web.tongues import Tongue
from web.validation import field_errors

I = TypeVar("I", bound=Input)  # noqa: E741 -- an input shape.

Groups = tuple[tuple[str, tuple[FormField, ...]], ...]
_MOST_DELIVERABLES = 8
_ACTIVITY_LINES = (
    *("type", "title", "intervention", "modality", "starts", "ends", "place"),
    *("days", "participants", "women", "note"),
)


def one_of(typed: Typed, name: str) -> str:
    """Return the first value of a field, without blanks around it."""
    values = typed.get(name, ())
    return values[0].strip() if values else ""


def read(
    of: type[I], given: dict[str, object], tongue: Tongue, errors: Sequence[FieldError] = ()
) -> tuple[I | None, tuple[FieldError, ...]]:
    """Return the input that fields make, or what to correct in them."""
    try:
        made = of.model_validate({name: value for name, value in given.items() if value != ""})
    except ValidationError as refused:
        return None, (*field_errors(refused, tongue), *errors)
    return (None, tuple(errors)) if errors else (made, ())


def fields_of(groups: Groups) -> list[FormField]:
    """Return the fields of all groups, in order."""
    return [field for _, fields in groups for field in fields]


# --- An Action ------------------------------------------------------------------------------------


def action_from(typed: Typed, tongue: Tongue) -> tuple[ActionInput | None, tuple[FieldError, ...]]:
    """Return the Action that a form gives, or what to correct in it."""
    errors: list[FieldError] = []
    names = ("authority", "objective", "regional_body", "scope", "starts", "ends", "officer_id")
    given: dict[str, object] = {name: one_of(typed, name) for name in names}
    given["countries"] = countries_from(one_of(typed, "countries"), tongue, errors)
    given["topics"] = typed.get("topics", ())
    made, found = read(ActionInput, {**given, "name": one_of(typed, "name")}, tongue, errors)
    return made, found


def action_typed(action: ActionView, tongue: Tongue) -> Typed:
    """Return a stored Action as its form would send it."""
    return {
        "name": (action.name,),
        "authority": (action.authority or "",),
        "objective": (action.objective,),
        "countries": (", ".join(tongue.country(code) for code in action.countries),),
        "regional_body": (action.regional_body or "",),
        "scope": (action.scope or "",),
        "topics": action.topics,
        "starts": (str(action.starts or ""),),
        "ends": (str(action.ends or ""),),
        "officer_id": (str(action.officer_id or ""),),
    }


def action_groups(
    typed: Typed,
    errors: Sequence[FieldError],
    officers: Sequence[tuple[UUID, str]],
    tongue: Tongue,
) -> Groups:
    """Return the fields of an Action in their groups."""
    _ = tongue.word
    groups = (
        (
            _("What it is for"),
            (
                FormField("name", _("Name"), required=True),
                FormField("authority", _("Authority")),
                FormField("objective", _("Objective"), "textarea"),
                FormField("topics", _("Topics"), "checks", choices=topic_choices(tongue)),
            ),
        ),
        (_("For whom"), _beneficiaries(tongue)),
        (_("When and who"), _dates_and_officer(officers, tongue)),
    )
    return _filled(groups, typed, errors)


def _beneficiaries(tongue: Tongue) -> tuple[FormField, ...]:
    _ = tongue.word
    known = (Choice(one.id, one.name) for one in bodies.bodies())
    return (
        FormField("countries", _("Countries"), hint=_("Parted by commas.")),
        FormField(
            "regional_body",
            _("Regional body"),
            "select",
            choices=(Choice("", _("not said")), *known),
        ),
        FormField(
            "scope",
            _("Who benefits"),
            "select",
            choices=options(tongue, Scope, unset=_("as the countries say")),
        ),
    )


def _dates_and_officer(
    officers: Sequence[tuple[UUID, str]], tongue: Tongue
) -> tuple[FormField, ...]:
    _ = tongue.word
    partial = _("A year, a month or a day: 2027, 2027-03 or 2027-03-15.")
    named = (Choice(str(key), name) for key, name in officers)
    return (
        FormField("starts", _("From"), hint=partial),
        FormField("ends", _("To"), hint=partial),
        FormField(
            "officer_id", _("Officer"), "select", choices=(Choice("", _("not said")), *named)
        ),
    )


# --- An activity ----------------------------------------------------------------------------------


def activity_from(
    typed: Typed, tongue: Tongue
) -> tuple[ActivityInput | None, tuple[FieldError, ...]]:
    """Return the activity that a form gives, or what to correct in it."""
    names = [
        "type",
        "title",
        "intervention",
        "modality",
        "starts",
        "ends",
        "place",
        "days",
        "participants",
        "women",
        "note",
    ]
    given: dict[str, object] = {name: one_of(typed, name) for name in names}
    given["title"] = one_of(typed, "title")
    given["also"] = typed.get("also", ())
    given |= _lists(typed)
    return read(ActivityInput, given, tongue)


def report_from(
    typed: Typed, tongue: Tongue
) -> tuple[ActivityReport | None, tuple[FieldError, ...]]:
    """Return what came of an activity as a form gives it, or what to correct in it."""
    names = ["status", "starts", "ends", "participants", "women", "note"]
    given: dict[str, object] = {name: one_of(typed, name) for name in names}
    lists = _lists(typed)
    del lists["counterparts"]
    return read(ActivityReport, given | lists, tongue)


def _lists(typed: Typed) -> dict[str, object]:
    return {
        "institutions": _lines(one_of(typed, "institutions")),
        "counterparts": _lines(one_of(typed, "counterparts")),
        "deliverables": [
            {
                "title": one_of(typed, f"deliverable_{number}"),
                "due": one_of(typed, f"due_{number}") or None,
                "done": one_of(typed, f"done_{number}") or None,
            }
            for number in range(1, _MOST_DELIVERABLES + 1)
            if one_of(typed, f"deliverable_{number}")
        ],
    }


def _lines(said: str) -> list[str]:
    return [line.strip() for line in said.splitlines() if line.strip()]


def activity_typed(one: ActivityView) -> Typed:
    """Return a stored activity as its form would send it."""
    lines: dict[str, object] = {
        "type": one.type.value,
        "title": one.title,
        "status": one.status.value,
        "intervention": one.intervention.value if one.intervention else "",
        "modality": one.modality.value if one.modality else "",
        "starts": one.starts or "",
        "ends": one.ends or "",
        "place": one.place or "",
        "days": "" if one.days is None else one.days,
        "participants": "" if one.participants is None else one.participants,
        "women": "" if one.women is None else one.women,
        "institutions": "\n".join(one.institutions),
        "counterparts": "\n".join(one.counterparts),
        "note": one.note,
    }
    for number, each in enumerate(one.deliverables[:_MOST_DELIVERABLES], start=1):
        lines[f"deliverable_{number}"] = each.title
        lines[f"due_{number}"] = each.due or ""
        lines[f"done_{number}"] = each.done or ""
    also = tuple(kind.value for kind in one.also)
    return {**{name: (str(value),) for name, value in lines.items()}, "also": also}


def activity_groups(typed: Typed, errors: Sequence[FieldError], tongue: Tongue) -> Groups:
    """Return the fields of an activity in their groups."""
    _ = tongue.word
    kinds = tuple(Choice(one.value, activities.label(one, tongue.code)) for one in ActivityType)
    groups = (
        (
            _("What is done"),
            (
                FormField("type", _("Type"), "select", choices=kinds, required=True),
                FormField("title", _("Title"), required=True),
                FormField("also", _("Further types"), "checks", choices=kinds),
                FormField(
                    "intervention",
                    _("Intervention"),
                    "select",
                    choices=options(tongue, Intervention, unset=_("by the rule for the type")),
                ),
            ),
        ),
        (
            _("When and where"),
            (
                *_days(tongue),
                FormField("place", _("Place")),
                FormField(
                    "modality",
                    _("Modality"),
                    "select",
                    choices=options(tongue, Modality, unset=_("not said")),
                ),
            ),
        ),
        (_("Who takes part"), (*_people(tongue), *_bodies(tongue, counterparts=True))),
        (_("Deliverables"), _deliverables(typed, tongue)),
        (_("Note"), (FormField("note", _("Note"), "textarea", rows=3),)),
    )
    return _filled(groups, typed, errors)


def report_groups(typed: Typed, errors: Sequence[FieldError], tongue: Tongue) -> Groups:
    """Return the fields of what came of an activity in their groups."""
    _ = tongue.word
    groups = (
        (
            _("What came of it"),
            (
                FormField("status", _("State"), "select", choices=options(tongue, ActivityStatus)),
                *_days(tongue),
            ),
        ),
        (_("Who took part"), (*_people(tongue)[1:], *_bodies(tongue, counterparts=False))),
        (_("Deliverables"), _deliverables(typed, tongue)),
        (_("Note"), (FormField("note", _("Note"), "textarea", rows=3),)),
    )
    return _filled(groups, typed, errors)


def _days(tongue: Tongue) -> tuple[FormField, ...]:
    hint = tongue.word("A year, a month or a day: 2027, 2027-03 or 2027-03-15.")
    return (
        FormField("starts", tongue.word("First day"), hint=hint),
        FormField("ends", tongue.word("Last day"), hint=hint),
    )


def _people(tongue: Tongue) -> tuple[FormField, ...]:
    _ = tongue.word
    return (
        FormField(
            "days",
            _("Expert days"),
            "number",
            hint=_("Days of work of the experts together."),
        ),
        FormField("participants", _("Participants"), "number"),
        FormField("women", _("Women among them"), "number"),
    )


def _bodies(tongue: Tongue, *, counterparts: bool) -> tuple[FormField, ...]:
    _ = tongue.word
    hint = _("One on each line.")
    found = [
        FormField("institutions", _("Institutions that take part"), "textarea", hint=hint, rows=3)
    ]
    if counterparts:
        functions = _("Institutions or functions, one on each line; no names of persons.")
        found.append(
            FormField("counterparts", _("Counterparts"), "textarea", hint=functions, rows=3)
        )
    return tuple(found)


def _deliverables(typed: Typed, tongue: Tongue) -> tuple[FormField, ...]:
    """Return a row for each deliverable and one more: rows can be added without script."""
    _ = tongue.word
    numbers = range(1, _MOST_DELIVERABLES + 1)
    used = max((n for n in numbers if one_of(typed, f"deliverable_{n}")), default=0)
    fields: list[FormField] = []
    for number in range(1, min(used + 1, _MOST_DELIVERABLES) + 1):
        said = tongue.number(number)
        fields += [
            FormField(f"deliverable_{number}", _("Deliverable %(number)s", number=said)),
            FormField(f"due_{number}", _("Due"), "date"),
            FormField(f"done_{number}", _("Handed over"), "date"),
        ]
    return tuple(fields)


def _filled(groups: Groups, typed: Typed, errors: Sequence[FieldError]) -> Groups:
    found = errors_by_field(errors)
    return tuple(
        (title, tuple(filled(field, typed, found) for field in fields)) for title, fields in groups
    )
