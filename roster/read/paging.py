"""One page of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page: from 1, of at most 100 items."""

    page: int = 1
    per_page: int = 25

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
