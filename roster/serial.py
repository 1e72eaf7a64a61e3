"""Values of `roster.read` as JSON and back, the same way everywhere."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, cast

import orjson
from pydantic import TypeAdapter

from roster.read import FACT_SHAPES, ExpertView, FactValue
from roster.vocabulary import FactKind

T = TypeVar("T")


@cache
def _adapter(of: Any) -> TypeAdapter[Any]:
    return TypeAdapter(of)


def to_json(value: object) -> Any:
    """Return a value of `roster.read` as plain JSON data (dict, list, str, number, None)."""
    return orjson.loads(to_bytes(value))


def to_bytes(value: object) -> bytes:
    """Return a value of `roster.read` as JSON bytes; sets come out sorted."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS)


def _plain(value: object) -> object:
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    raise TypeError(f"no JSON form for {type(value).__name__}")


def from_json(of: type[T], data: Any) -> T:
    """Read plain JSON data back as a value of `roster.read`.

    Raises
    ------
    pydantic.ValidationError
        The data has another shape.
    """
    value: T = _adapter(cast("Any", of)).validate_python(data)
    return value


def fact_value(kind: FactKind, data: dict[str, Any]) -> FactValue:
    """Read the value of a fact in the shape of its kind."""
    return from_json(FACT_SHAPES[kind], data)


def expert_view(data: dict[str, Any]) -> ExpertView:
    """Read a stored projection."""
    return from_json(ExpertView, data)
