"""The form of a request: what was typed, read or stored becomes fields, and fields a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic import ValidationError
from rapidfuzz import process

from roster.errors import FieldError, RosterError
from roster.inputs import NewRequest
from roster.read import LanguageNeed, RequestDetail
from roster.reference import activities, bodies, countries, languages, topics
from roster.vocabulary import (
    ActivityType,
    AdministrationKind,
    IntakeChannel,
    LanguageLevel,
    Priority,
    TeamMode,
)
from web.contexts.parts import Choice, FormField
from web.contexts.requests import FieldGroup
from web.forms import errors_by_field, filled
from web.tongues import Tongue
from web.validation import field_errors
from web.wording import choices

Typed = Mapping[str, tuple[str, ...]]
"""Field → values as a browser sends them."""

MOST_LANGUAGES = 8
_LEVELS = tuple(LanguageLevel)[:6]
_LINES = ("title", "authority", "counterpart", "urgency", "text")
_CODES = ("administration", "regional_body", "mode", "channel", "priority")
_DAYS = ("starts", "ends", "received_on", "deadline")


@dataclass(frozen=True, slots=True)
class Hints:
    """What stands beside single fields of the form."""

    errors: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    """Why a proposed value should be looked at."""
    marks: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Numbers of the marks in the letter."""


def typed_of(form: Sequence[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Gather the values of each field of a form as it was sent."""
    typed: dict[str, tuple[str, ...]] = {}
    for name, value in form:
        typed[name] = (*typed.get(name, ()), value)
    # A group of boxes without a tick is not sent at all; it was emptied all the same.
    return {"topics": (), "activities": (), "release_required": (), **typed} if typed else {}


def typed_from(found: RequestDetail, tongue: Tongue) -> dict[str, tuple[str, ...]]:
    """Return a stored request as its form would send it."""
    need, chosen = found.need, found.intake.round_chosen
    lines: dict[str, object] = {
        "title": need.title,
        "authority": need.authority,
        "counterpart": found.counterpart,
        "urgency": found.urgency,
        "text": need.text,
        "administration": need.administration,
        "regional_body": need.regional_body,
        "mode": found.mode,
        "channel": found.channel,
        "priority": found.priority,
        "deadline": found.deadline.isoformat() if found.deadline else None,
        "countries": ", ".join(tongue.country(code) for code in need.countries),
        "starts": need.starts.isoformat() if need.starts else None,
        "ends": need.ends.isoformat() if need.ends else None,
        "received_on": found.row.received_on.isoformat() if found.row.received_on else None,
        "release_required": "1" if need.release_required else None,
        "round_id": in_round.id if (in_round := found.intake.round) and chosen else None,
    }
    return {
        **{name: (str(value),) for name, value in lines.items() if value},
        "topics": need.topics,
        "activities": tuple(one.value for one in need.activities),
        **languages_typed(need.languages, tongue),
    }


def languages_typed(needs: Sequence[LanguageNeed], tongue: Tongue) -> dict[str, tuple[str, ...]]:
    """Return working languages as rows of the form."""
    typed: dict[str, tuple[str, ...]] = {}
    for number, need in enumerate(needs[:MOST_LANGUAGES], start=1):
        typed[f"language_{number}"] = (tongue.language(need.language),)
        typed[f"level_{number}"] = (need.minimum.value,)
        typed[f"who_{number}"] = ("everyone" if need.everyone else "one",)
    return typed


def request_from(typed: Typed, tongue: Tongue) -> tuple[NewRequest | None, tuple[FieldError, ...]]:
    """Return the request that a form gives, or what to correct in it."""
    errors: list[FieldError] = []
    given: dict[str, object] = {}
    for name in (*_LINES, *_CODES, *_DAYS):
        value = _one(typed, name)
        if value:
            given[name] = value
    given["title"] = _one(typed, "title")
    given["countries"] = countries_from(_one(typed, "countries"), tongue, errors)
    given["topics"] = typed.get("topics", ())
    given["activities"] = typed.get("activities", ())
    given["languages"] = _languages(typed, tongue, errors)
    given["release_required"] = bool(_one(typed, "release_required"))
    if "round_id" in typed:  # A form without the field must not undo what was chosen.
        given["round_id"] = _one(typed, "round_id") or None
    try:
        made = NewRequest.model_validate(given)
    except ValidationError as refused:
        return None, (*field_errors(refused, tongue), *errors)
    return (None, tuple(errors)) if errors else (made, ())


def errors_of(error: RosterError) -> tuple[FieldError, ...]:
    """Return what a use case refused, each at its field; at the text where it names none."""
    return error.errors or (FieldError("/text", error.detail),)


def groups(
    typed: Typed, hints: Hints, tongue: Tongue, in_rounds: Sequence[FormField] = ()
) -> tuple[tuple[FormField, ...], tuple[FieldGroup, ...]]:
    """Return the fields to check first, then all others in their groups.

    Parameters
    ----------
    in_rounds : the field of the application round, where the facility has rounds
    """
    made = [
        (title, tuple(_completed(field, typed, hints) for field in fields))
        for title, fields in _blank(typed, tongue, in_rounds)
    ]
    made = _tied(made, hints.marks)
    doubtful = tuple(one for _, fields in made for one in fields if one.name in hints.notes)
    rest = tuple(
        FieldGroup(
            title,
            tuple(one for one in fields if one.name not in hints.notes),
            in_threes=any(one.name.startswith("language_") for one in fields),
        )
        for title, fields in made
    )
    return doubtful, tuple(group for group in rest if group.fields)


def hints_of(errors: Sequence[FieldError], tongue: Tongue) -> Hints:
    """Return hints with nothing but errors, at the rows of languages too."""
    return Hints(errors=errors_by_field(_at_rows(errors), tongue))


def _completed(field: FormField, typed: Typed, hints: Hints) -> FormField:
    return replace(filled(field, typed, hints.errors), note=hints.notes.get(field.name, ""))


def _tied(
    made: list[tuple[str, tuple[FormField, ...]]], marks: Mapping[str, tuple[int, ...]]
) -> list[tuple[str, tuple[FormField, ...]]]:
    """Tie fields to marks; of fields read at one place the first is where its mark leads."""
    taken: set[int] = set()

    def tie(field: FormField) -> FormField:
        numbers = marks.get(field.name, ())
        own = [number for number in numbers if number not in taken]
        shared = tuple(number for number in numbers if number in taken)
        taken.update(own)
        first = own[0] if own else None
        return replace(field, source=first, more_sources=tuple(own[1:]), shared_sources=shared)

    return [(title, tuple(map(tie, fields))) for title, fields in made]


def _blank(
    typed: Typed, tongue: Tongue, in_rounds: Sequence[FormField]
) -> list[tuple[str, tuple[FormField, ...]]]:
    _ = tongue.word
    unset = Choice("", _("not said"))
    return [
        (_("The need"), _need_fields(tongue)),
        (_("For whom"), _whom(tongue, unset)),
        (_("Working languages"), _language_rows(typed, tongue)),
        (_("When and how"), _when(tongue, unset, in_rounds)),
        (
            _("Text"),
            (
                FormField(
                    "text",
                    _("Words of the letter"),
                    "textarea",
                    hint=_("Kept with the request, and read when people are ranked."),
                    rows=10,
                ),
            ),
        ),
    ]


def _need_fields(tongue: Tongue) -> tuple[FormField, ...]:
    _ = tongue.word
    return (
        FormField("title", _("Title"), required=True, wide=True),
        FormField("topics", _("Topics"), "checks", choices=topic_choices(tongue)),
        FormField(
            "activities",
            _("Types of activity"),
            "checks",
            choices=tuple(
                Choice(one.value, activities.label(one, tongue.code)) for one in ActivityType
            ),
        ),
    )


def _when(tongue: Tongue, unset: Choice, in_rounds: Sequence[FormField]) -> tuple[FormField, ...]:
    _ = tongue.word
    return (
        FormField("starts", _("First day"), "date"),
        FormField("ends", _("Last day"), "date"),
        FormField(
            "mode",
            _("Mode of cooperation"),
            "select",
            choices=(unset, *choices(tongue, TeamMode, frozenset())),
        ),
        FormField(
            "channel",
            _("How it came in"),
            "select",
            choices=(unset, *choices(tongue, IntakeChannel, frozenset())),
        ),
        FormField("received_on", _("Received on"), "date"),
        *in_rounds,
        FormField("urgency", _("Urgency"), hint=_("As the authority puts it.")),
        FormField(
            "priority",
            _("Priority"),
            "select",
            hint=_("As the facility sees it; an urgent one has a deadline of its own."),
            choices=(unset, *choices(tongue, Priority, frozenset())),
        ),
        FormField(
            "deadline",
            _("Fiche due on"),
            "date",
            hint=_("Left empty, the rules of the facility set the day."),
        ),
        FormField(
            "release_required",
            _("Only people whose administration has released them"),
            "check",
        ),
    )


def _whom(tongue: Tongue, unset: Choice) -> tuple[FormField, ...]:
    _ = tongue.word
    known = sorted(bodies.bodies(), key=lambda body: body.name)
    return (
        FormField("authority", _("Requesting authority"), wide=True),
        FormField(
            "administration",
            _("Its discipline"),
            "select",
            hint=_("Read from the name where nothing is said."),
            choices=(unset, *choices(tongue, AdministrationKind, frozenset())),
        ),
        FormField("counterpart", _("Counterpart")),
        FormField("countries", _("Countries"), hint=_("Names or codes, with commas between them.")),
        FormField(
            "regional_body",
            _("or a regional body"),
            "select",
            choices=(unset, *(Choice(body.id, f"{body.name} ({body.id})") for body in known)),
        ),
    )


def topic_choices(tongue: Tongue) -> tuple[Choice, ...]:
    """Return all topics as choices, in the facility's order."""
    return tuple(Choice(one.code, topics.label(one.code, tongue.code)) for one in topics.topics())


def _language_rows(typed: Typed, tongue: Tongue) -> tuple[FormField, ...]:
    """Return a row for each language and one more: rows can be added without script."""
    _ = tongue.word
    used = [number for number in range(1, MOST_LANGUAGES + 1) if _one(typed, f"language_{number}")]
    rows = min(max(used, default=0) + 1, MOST_LANGUAGES)
    return tuple(
        field
        for number in range(1, max(rows, 2) + 1)
        for field in (
            FormField(
                f"language_{number}",
                _("Language %(number)s", number=number),
                hint=_("A name or a code: French, fr.") if number == 1 else "",
            ),
            FormField(
                f"level_{number}",
                _("Level of language %(number)s at least", number=number),
                "select",
                choices=tuple(
                    Choice(level.value, level.value, level is LanguageLevel.B2) for level in _LEVELS
                ),
            ),
            FormField(
                f"who_{number}",
                _("Who speaks language %(number)s", number=number),
                "select",
                choices=(
                    Choice("everyone", _("everyone"), on=True),
                    Choice("one", _("one of the team")),
                ),
            ),
        )
    )


def _one(typed: Typed, name: str) -> str:
    values = typed.get(name, ())
    return values[0].strip() if values else ""


def countries_from(said: str, tongue: Tongue, errors: list[FieldError]) -> tuple[str, ...]:
    """Read names or codes of countries, parted by commas; adds an error for each unknown one."""
    found: list[str] = []
    for part in filter(None, (one.strip() for one in said.replace(";", ",").split(","))):
        code = part.upper() if countries.is_country(part.upper()) else _country_named(part, tongue)
        if code is None:
            errors.append(FieldError("/countries", _unknown_country(part, tongue)))
        elif code not in found:
            found.append(code)
    return tuple(found)


def _country_named(said: str, tongue: Tongue) -> str | None:
    own = tongue.locale.territories
    folded = said.casefold()
    exact = next((code for code in countries.codes() if str(own.get(code)).casefold() == folded), 0)
    return str(exact) if exact else countries.code_for(said)


def _unknown_country(said: str, tongue: Tongue) -> str:
    names = [tongue.country(code) for code in countries.codes()]
    near = process.extractOne(said, names, score_cutoff=70)
    if near is None:
        return tongue.word("The country “%(said)s” is not known.", said=said)
    return tongue.word(
        "The country “%(said)s” is not known. Did you mean %(near)s?", said=said, near=near[0]
    )


def _languages(
    typed: Typed, tongue: Tongue, errors: list[FieldError]
) -> tuple[dict[str, object], ...]:
    found: dict[str, dict[str, object]] = {}
    for number in range(1, MOST_LANGUAGES + 1):
        said = _one(typed, f"language_{number}")
        if not said:
            continue
        code = language_named(said, tongue)
        if code is None:
            words = tongue.word("The language “%(said)s” is not known.", said=said)
            errors.append(FieldError(f"/language_{number}", words))
            continue
        found[code] = {
            "language": code,
            "minimum": _one(typed, f"level_{number}") or LanguageLevel.B2.value,
            "everyone": _one(typed, f"who_{number}") != "one",
        }
    return tuple(found.values())


def language_named(said: str, tongue: Tongue) -> str | None:
    """Return the code of a language by its name in the reader's language, or by its code."""
    folded = said.casefold()
    if languages.is_language(folded):
        return folded
    own = tongue.locale.languages
    exact = [code for code, name in own.items() if str(name).casefold() == folded]
    known = next((code for code in exact if languages.is_language(code)), None)
    return known or languages.code_for(said)


def _at_rows(errors: Sequence[FieldError]) -> list[FieldError]:
    """Move errors of the list of languages to the row that they are about."""
    moved = []
    for error in errors:
        steps = error.pointer.strip("/").split("/")
        if steps[0] == "languages" and len(steps) > 1 and steps[1].isdecimal():
            column = "level" if steps[-1] == "minimum" else "language"
            error = replace(error, pointer=f"/{column}_{int(steps[1]) + 1}")  # noqa: PLW2901
        moved.append(error)
    return moved
