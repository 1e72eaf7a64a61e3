"""Pages of lists: `?page=&per_page=`, answered as `{items, page, per_page, total}`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query

from api.schemas.base import Out
from roster.read import PageOf, Paging

T = TypeVar("T")
S = TypeVar("S")

MOST_PER_PAGE = 100
MOST_PAGES = 100_000


def get_page(
    page: Annotated[int, Query(ge=1, le=MOST_PAGES, description="Counted from 1")] = 1,
    per_page: Annotated[
        int, Query(ge=1, le=MOST_PER_PAGE, description="Items on a page, 100 at most")
    ] = 25,
) -> Paging:
    """Return which page is asked for."""
    return Paging(page=page, per_page=per_page)


PageDep = Annotated[Paging, Depends(get_page)]


class Page(Out, Generic[T]):
    """Items of one page, and how many there are in all."""

    items: list[T]
    page: int
    per_page: int
    total: int


def page_out(found: PageOf[S], shape: Callable[[S], T]) -> Page[T]:
    """Give each item of a page its output shape."""
    return Page(
        items=[shape(item) for item in found.items],
        page=found.page,
        per_page=found.per_page,
        total=found.total,
    )
