"""One page of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page: from 1, of at most 100 items, or what follows an item that was read."""

    page: int = 1
    per_page: int = 25
    after: UUID | None = None
    """Id of the last item read; the page number then says nothing."""

    @property
    def offset(self) -> int:
        """Items before this page."""
        return (self.page - 1) * self.per_page


@dataclass(frozen=True, slots=True)
class PageOf(Generic[T]):
    """Items of one page, and how many there are in all."""

    items: tuple[T, ...]
    page: int
    per_page: int
    total: int
