"""What a process holds of people, let go at once when somebody was erased."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from roster.queries import brought, facets
from roster.queries.bare_views import forget_views


def forget_people(gone: Collection[UUID], erased: Collection[UUID]) -> None:
    """Let go of people.

    Parameters
    ----------
    gone : who is ranked no more, as drafts and those whom another record took in
    erased : those of them of whom nothing may be held at all
    """
    forget_views(gone)
    if erased:
        facets.everybody.forget(erased)
        brought.everybody.forget(erased)
