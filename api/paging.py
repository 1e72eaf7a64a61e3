"""Pages of lists: `?page=&per_page=` or `?after=`, answered as `{items, …, total, next}`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, Protocol, TypeVar
from uuid import UUID

from fastapi import Depends, Query
from pydantic import Field

from api.schemas.base import Out
from roster.queries.paging import gone
from roster.read import PageOf, Paging

T = TypeVar("T")
S = TypeVar("S")


class Identified(Protocol):
    """What has an id of its own."""

    @property
    def id(self) -> UUID:
        """Return the id."""
        ...


I = TypeVar("I", bound=Identified)  # noqa: E741 -- an item with an id.

MOST_PER_PAGE = 100
MOST_PAGES = 100_000


async def get_page(
    page: Annotated[int, Query(ge=1, le=MOST_PAGES, description="Counted from 1")] = 1,
    per_page: Annotated[
        int, Query(ge=1, le=MOST_PER_PAGE, description="Items on a page, 100 at most")
    ] = 25,
    after: Annotated[
        UUID | None,
        Query(description="`next` of the page before: what follows it now; instead of `page`"),
    ] = None,
) -> Paging:
    """Return which page is asked for."""
    return Paging(page=page, per_page=per_page, after=after)


PageDep = Annotated[Paging, Depends(get_page)]


class Page(Out, Generic[T]):
    """Items of one page, and how many there are in all.

    To read a whole list, send `next` as `after` until it is null: what is added or taken away
    meanwhile neither repeats nor hides an item.
    """

    items: list[T]
    page: int
    per_page: int
    total: int
    next: UUID | None = Field(description="Send it as `after`; null where nothing follows")


def page_out(found: PageOf[S], shape: Callable[[S], T]) -> Page[T]:
    """Give each item of a page its output shape."""
    last = found.items[-1] if len(found.items) == found.per_page else None
    return Page(
        items=[shape(item) for item in found.items],
        page=found.page,
        per_page=found.per_page,
        total=found.total,
        next=getattr(last, "id", None),
    )


def page_out_of(
    items: Sequence[S], paging: Paging, shape: Callable[[S], T], id_of: Callable[[S], UUID]
) -> Page[T]:
    """Return one page of a list that is there as a whole.

    Raises
    ------
    InvalidInput
        The item to go on from is not in it.
    """
    part = _part(items, paging, id_of)
    return Page(
        items=[shape(one) for one in part.items],
        page=part.page,
        per_page=part.per_page,
        total=part.total,
        next=part.next,
    )


@dataclass(frozen=True, slots=True)
class Part(Generic[S]):
    """One page of a list that is there as a whole; every `Page` validates from it."""

    items: Sequence[S]
    page: int
    per_page: int
    total: int
    next: UUID | None


def part_of(items: Sequence[I], paging: Paging) -> Part[I]:
    """Return what stands on one page of a list that is there as a whole, before it is shaped.

    Raises
    ------
    InvalidInput
        The item to go on from is not in it.
    """
    return _part(items, paging, lambda one: one.id)


def _part(items: Sequence[S], paging: Paging, id_of: Callable[[S], UUID]) -> Part[S]:
    start = paging.offset
    if paging.after is not None:
        place = next((n for n, one in enumerate(items) if id_of(one) == paging.after), None)
        if place is None:
            raise gone()
        start = place + 1
    shown = items[start : start + paging.per_page]
    following = id_of(shown[-1]) if shown and start + len(shown) < len(items) else None
    return Part(shown, paging.page, paging.per_page, len(items), following)
