"""Short forms in place that were not taken come back as they were sent, each error at its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar, cast

from roster.errors import FieldError
from web.contexts.action_pages import SmallForm
from web.forms import errors_by_field, filled

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Returned:
    """A short form that was not taken."""

    action: str
    """Where it was sent: no two forms of a page are sent to one address."""
    typed: Mapping[str, tuple[str, ...]]
    errors: tuple[FieldError, ...]
    """In the reader's language."""


def with_returned(page: T, returned: Returned | None) -> T:
    """Return a page with one of its short forms as it was sent, open, with what to correct."""
    return page if returned is None else cast(T, _put(page, returned))


def _put(value: object, returned: Returned) -> object:
    """Return a value with the form put back, itself where the form is not in it."""
    if isinstance(value, SmallForm):
        return _filled(value, returned) if value.action == returned.action else value
    if isinstance(value, tuple):
        parts = tuple(_put(one, returned) for one in value)
        same = all(new is old for new, old in zip(parts, value, strict=True))
        return value if same else parts
    if is_dataclass(value) and not isinstance(value, type):
        held = {one.name: getattr(value, one.name) for one in fields(value)}
        new = {name: _put(one, returned) for name, one in held.items()}
        changed = {name: one for name, one in new.items() if one is not held[name]}
        return replace(value, **changed) if changed else value
    return value


def _filled(form: SmallForm, returned: Returned) -> SmallForm:
    errors = errors_by_field(returned.errors)
    shown = tuple(filled(one, returned.typed, errors) for one in form.fields)
    return replace(form, fields=shown, open=True)
