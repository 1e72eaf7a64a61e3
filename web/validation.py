"""What pydantic says about a field, in words for whoever filled it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from roster.errors import FieldError
from web.reason_words import clause
from web.tongues import Tongue


def field_errors(refused: ValidationError, tongue: Tongue) -> tuple[FieldError, ...]:
    """Return what to correct, each at its field, in the order of the form."""
    return told(refused.errors(include_url=False, include_input=False), tongue)


def told(errors: Iterable[Mapping[str, Any]], tongue: Tongue) -> tuple[FieldError, ...]:
    """Return errors as pydantic tells them in the words of a language, each once."""
    found = []
    for error in errors:
        where, detail = [str(part) for part in error["loc"]], str(error["msg"])
        kind, limits = str(error["type"]), error.get("ctx", {})
        if kind == "value_error":
            # Checks over several fields start with the one to correct: "ends: ...".
            name, colon, detail = detail.removeprefix("Value error, ").partition(": ")
            if not colon:
                name, detail = "", name
            where = [name] if name.isidentifier() else where
            sentence = f"{detail[:1].upper()}{detail[1:]}."
            detail = clause(sentence, tongue)
        else:
            detail = _words(kind, limits, tongue)
        found.append(FieldError("".join(f"/{part}" for part in where), detail))
    return tuple(dict.fromkeys(found))


def _words(kind: str, limits: dict[str, object], tongue: Tongue) -> str:
    """Return the words for a kind of error of pydantic's."""
    said = {
        "missing": tongue.word("Fill this in."),
        "string_too_short": tongue.word("Fill this in."),
        "enum": tongue.word("Choose one of those listed."),
        "literal_error": tongue.word("Choose one of those listed."),
    }
    if kind in said:
        return said[kind]
    if kind == "string_too_long":
        return tongue.word("Give at most %(most)s characters.", most=limits["max_length"])
    if kind == "too_long":
        return tongue.word("Give at most %(most)s items.", most=limits["max_length"])
    if kind == "too_short":
        return tongue.word("Give at least %(most)s items.", most=limits["min_length"])
    if kind.startswith(("date_", "datetime_")):
        return tongue.word("Give a day that exists, for example 2027-03-01.")
    return _number_words(kind, limits, tongue)


def _number_words(kind: str, limits: dict[str, object], tongue: Tongue) -> str:
    if kind == "greater_than_equal":
        return tongue.word("Give a number of at least %(number)s.", number=limits["ge"])
    if kind == "less_than_equal":
        return tongue.word("Give a number of at most %(number)s.", number=limits["le"])
    is_number = kind.startswith(("int_", "float_", "finite_"))
    if is_number:
        return tongue.word("Give a number.")
    return tongue.word("This is not of the form asked for.")
