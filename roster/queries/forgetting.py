"""What a process holds of people, let go at once when somebody was erased."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from roster.queries import brought, facets
from roster.queries.bare_views import forget_views


def forget_people(expert_ids: Collection[UUID]) -> None:
    """Hold nothing more of people who were erased; what is held of all together is read anew."""
    forget_views(expert_ids)
    if expert_ids:
        facets.everybody.forget()
        brought.everybody.forget()
