"""Many items in one call, a result for each: what is refused leaves the others as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import Field, ValidationError, WithJsonSchema
from sqlmodel import Session

from api.problems import FieldProblem
from api.schemas.base import Out
from api.voices import Voice
from api.wording import field_errors
from roster.errors import InvalidInput, RosterError
from roster.inputs import Input
from roster.late_writes import write_now
from roster.records import hold_changes

MOST_ITEMS = 100
I = TypeVar("I", bound=Input)  # noqa: E741 -- an input.


def item_of(model: str) -> Any:
    """Return the type of an item that is checked by itself, described by the model of its input."""
    described = WithJsonSchema({"$ref": f"#/components/schemas/{model}"})
    return Annotated[dict[str, Any], described]


class BulkProblem(Out):
    """Why one item was refused, in the words of the same refusal of a single call."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem]


class BulkResultOut(Out):
    """What became of one item."""

    index: int = Field(description="Place of the item in what was sent, from 0")
    status: int = Field(description="As a single call would have been answered")
    id: UUID | None = Field(description="Of the record; null where it was refused")
    href: str | None
    problem: BulkProblem | None


class BulkOut(Out):
    """A result for each item, in the order in which they were sent."""

    done: int
    refused: int
    items: list[BulkResultOut]


def each(
    session: Session,
    items: Sequence[dict[str, Any]],
    shape: type[I],
    do: Callable[[I], tuple[UUID, str | None]],
    *,
    status: int,
    voice: Voice,
) -> BulkOut:
    """Do something with each item, in a savepoint of its own.

    Parameters
    ----------
    shape : that an item is checked by
    do : does it, and returns the id of the record and where it stands
    status : of an item that was done
    voice : tells what was refused
    """
    # A transaction has to be open: SQLite would commit with the first savepoint otherwise.
    hold_changes(session)
    results = [
        _one(session, place, item, shape, do, status=status, voice=voice)
        for place, item in enumerate(items)
    ]
    refused = sum(one.problem is not None for one in results)
    return BulkOut(done=len(results) - refused, refused=refused, items=results)


def _one(
    session: Session,
    place: int,
    item: dict[str, Any],
    shape: type[I],
    do: Callable[[I], tuple[UUID, str | None]],
    *,
    status: int,
    voice: Voice,
) -> BulkResultOut:
    try:
        write_now(session)
        with session.begin_nested():
            record_id, href = do(_checked(item, shape))
            session.flush()
    except RosterError as error:
        return _refused(place, error, voice)
    return BulkResultOut(index=place, status=status, id=record_id, href=href, problem=None)


def _checked(item: dict[str, Any], shape: type[I]) -> I:
    try:
        return shape.model_validate(item)
    except ValidationError as error:
        told = [dict(one) for one in error.errors(include_url=False)]
        detail = "Correct the fields named in errors and send this item again."
        raise InvalidInput(detail, field_errors(told)) from error


def _refused(place: int, error: RosterError, voice: Voice) -> BulkResultOut:
    problem = BulkProblem(
        type=f"/problems/{error.code}",
        title=voice.say(error.title),
        status=error.status,
        detail=voice.say(error.detail),
        errors=[
            FieldProblem(pointer=one.pointer, detail=voice.say(one.detail)) for one in error.errors
        ],
    )
    return BulkResultOut(index=place, status=error.status, id=None, href=None, problem=problem)
