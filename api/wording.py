"""What pydantic says about a field, in words for whoever filled it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from roster.errors import FieldError
from roster.reference import countries

_PLACES = frozenset({"body", "query", "path", "header", "cookie"})
_COUNTRY_FIELDS = frozenset({"country", "countries"})

_WORDS: dict[str, str] = {
    "missing": "Give this: it is missing.",
    "extra_forbidden": "There is no such field here. Check its spelling.",
    "json_invalid": "This is no valid JSON from here on.",
    "model_attributes_type": "Give a JSON object, with Content-Type: application/json.",
    "model_type": "Give a JSON object, with Content-Type: application/json.",
    "dict_type": "Give a JSON object.",
    "tuple_type": "Give a list.",
    "list_type": "Give a list.",
    "string_type": "Give text.",
    "string_too_short": "Give some text: it is empty.",
    "bool_parsing": "Give true or false.",
    "bool_type": "Give true or false.",
    "int_parsing": "Give a whole number.",
    "int_from_float": "Give a whole number.",
    "int_type": "Give a whole number.",
    "float_parsing": "Give a number.",
    "float_type": "Give a number.",
    "finite_number": "Give a number.",
    "uuid_parsing": "Give an id as the API gives it, 36 characters with hyphens.",
    "uuid_type": "Give an id as the API gives it, 36 characters with hyphens.",
    "value_error_upload": "Send the file as multipart/form-data.",
}
_DATE = "Give a day that exists, as YYYY-MM-DD, for example 2027-03-01."
_LIMITS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "string_too_long": lambda said: f"Give at most {said['max_length']} characters.",
    "too_long": lambda said: f"Give at most {said['max_length']} items.",
    "too_short": lambda said: f"Give at least {said['min_length']} items.",
    "greater_than_equal": lambda said: f"Give a number of at least {said['ge']:g}.",
    "less_than_equal": lambda said: f"Give a number of at most {said['le']:g}.",
    "greater_than": lambda said: f"Give a number above {said['gt']:g}.",
    "less_than": lambda said: f"Give a number below {said['lt']:g}.",
    "enum": lambda said: f"Choose one of: {said['expected']}.".replace("'", ""),
    "literal_error": lambda said: f"Choose one of: {said['expected']}.".replace("'", ""),
}


def field_errors(found: Sequence[Mapping[str, Any]]) -> tuple[FieldError, ...]:
    """Return what to correct, one error per field, in the order of the input."""
    return tuple(dict.fromkeys(_field_error(error) for error in found))


def _field_error(error: Mapping[str, Any]) -> FieldError:
    location = list(error["loc"])
    place = str(location.pop(0)) if location and location[0] in _PLACES else "body"
    if error["type"] == "json_invalid":
        return FieldError("", f"{_WORDS['json_invalid']} Character {location[-1]}.")
    detail = _words(error, location)
    if error["type"] == "value_error":
        # Checks over several fields start with the one to correct: "ends: ...".
        field, colon, rest = detail.partition(": ")
        if colon and field.isidentifier():
            location, detail = [*location, field], rest
        detail = f"{detail[:1].upper()}{detail[1:].removesuffix('.')}."
    if place in {"query", "path", "header"}:
        detail = f"{detail} (In the {place}.)"
    return FieldError("".join(f"/{_escaped(part)}" for part in location), detail)


def _escaped(part: object) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def _words(error: Mapping[str, Any], location: Sequence[object]) -> str:
    kind = str(error["type"])
    if kind in _WORDS:
        return _WORDS[kind]
    if kind in _LIMITS:
        return _LIMITS[kind](error.get("ctx", {}))
    if kind.startswith(("date_", "datetime_")):
        return _DATE
    if kind == "string_pattern_mismatch":
        return _pattern_words(error, location)
    return str(error["msg"]).removeprefix("Value error, ")


def _pattern_words(error: Mapping[str, Any], location: Sequence[object]) -> str:
    if not _COUNTRY_FIELDS & set(map(str, location)):
        return "This is not of the form asked for: see /api/docs."
    said = str(error.get("input", ""))
    known = countries.code_for(said) if len(said) < 100 else None
    words = "Give the two letters of ISO 3166-1, for example CI for Côte d’Ivoire."
    return f"{words} Did you mean {known}?" if known else words
