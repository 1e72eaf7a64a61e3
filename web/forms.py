"""Forms: what was typed comes back with the error beside its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from roster.errors import FieldError
from web.contexts.parts import Choice, ErrorLine, FormField
from web.reason_words import clause
from web.tongues import Tongue


def field_of(pointer: str) -> str:
    """Return the form field that a JSON pointer means: its first step.

    "/languages/0/minimum" is the field `languages`.
    """
    return pointer.strip("/").split("/")[0].replace("~1", "/").replace("~0", "~")


def errors_by_field(errors: Iterable[FieldError], tongue: Tongue | None = None) -> dict[str, str]:
    """Join the errors of each field into one sentence or several, in order.

    Parameters
    ----------
    tongue : language to tell them in; None: they are told in the reader's already
    """
    joined: dict[str, str] = {}
    for error in errors:
        name = field_of(error.pointer)
        said = clause(error.detail, tongue) if tongue else error.detail
        joined[name] = f"{joined[name]} {said}" if name in joined else said
    return joined


def filled(
    field: FormField, typed: Mapping[str, tuple[str, ...]], errors: Mapping[str, str]
) -> FormField:
    """Return the field with what was typed into it and with its error.

    Parameters
    ----------
    typed : field → values as sent; a field that was not sent keeps what it holds
    errors : field → sentence
    """
    error = errors.get(field.name, "")
    if field.name not in typed:
        return replace(field, error=error)
    values = typed[field.name]
    choices = tuple(Choice(c.value, c.label, c.value in values) for c in field.choices)
    value = "" if field.kind == "password" else ", ".join(values)
    return replace(field, value=value, choices=choices, error=error)


def error_lines(fields: Iterable[FormField]) -> tuple[ErrorLine, ...]:
    """Return the summary above a form, one line for each field with an error."""
    return tuple(
        ErrorLine(f"#{field.id}", f"{field.label}: {field.error}")
        for field in fields
        if field.error
    )
