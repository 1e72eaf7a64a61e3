"""Lists in parts: which one is shown, and what leads to its neighbours."""

from __future__ import annotations

from collections.abc import Callable

from web.contexts.parts import Link, Pager
from web.tongues import Tongue


def kept_within(page: int, per_page: int, total: int) -> int:
    """Return a page that there is: the one asked for, or the last (lists grow shorter)."""
    return max(1, min(page, -(-total // per_page)))


def pager_of(
    page: int, per_page: int, total: int, tongue: Tongue, at: Callable[[int], str]
) -> Pager:
    """Return which part of a list is shown, if any.

    Parameters
    ----------
    page : from 1
    per_page : lines of a whole part
    total : lines of the whole list
    at : gives the address of a page by its number
    """
    if not total:
        return Pager("")
    first, last = (page - 1) * per_page + 1, min(page * per_page, total)
    if first > total:
        shown = tongue.word("0 of %(total)s", total=tongue.number(total))
    else:
        shown = tongue.word(
            "%(first)s–%(last)s of %(total)s",
            first=tongue.number(first),
            last=tongue.number(last),
            total=tongue.number(total),
        )
    before = Link(tongue.word("Previous page"), at(page - 1)) if page > 1 else None
    after = Link(tongue.word("Next page"), at(page + 1)) if last < total else None
    return Pager(shown, before, after)
