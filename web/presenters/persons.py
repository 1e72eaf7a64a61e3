"""People as they are called in lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from roster.read import ExpertRow
from roster.vocabulary import ExpertStatus
from web.contexts.parts import CountryMark, PersonName
from web.reason_words import nameless
from web.tongues import Tongue
from web.wording import say

Unnamed = Mapping[UUID, int | None]
"""Who is shown without a name, with the number in the list; None: she is not in it."""
NOBODY: Unnamed = {}


def name_of(row: ExpertRow, tongue: Tongue) -> PersonName:
    """Return how a person is called, with a link to the record and where it comes from."""
    if row.status is ExpertStatus.RESTRICTED:
        return PersonName(tongue.word("Somebody whose record is not used"), None)
    home = row.home_country
    return PersonName(
        name=row.display_name,
        href=f"/experts/{row.id}",
        country=CountryMark(home, tongue.country(home)) if home else None,
        line=row.headline or "",
        origin=row.origin.value,
    )


def kept_back(
    rows: Mapping[UUID, ExpertRow], unnamed: Unnamed, tongue: Tongue
) -> dict[UUID, ExpertRow]:
    """Return rows of which those without a name say neither name nor post nor country."""
    return {
        one: replace(
            row,
            display_name=nameless(unnamed[one], tongue),
            headline=None,
            home_country=None,
        )
        if one in unnamed
        else row
        for one, row in rows.items()
    }


def called(row: ExpertRow, tongue: Tongue, unnamed: Unnamed) -> PersonName:
    """Return how a person is called in a list that may keep her name back.

    Without a name there is no link either, no country, and no post: only her kind.
    """
    if row.id not in unnamed:
        return name_of(row, tongue)
    return PersonName(
        name=nameless(unnamed[row.id], tongue),
        href=None,
        line=say(tongue, row.kind) if row.kind else tongue.word("kind unknown"),
        origin=row.origin.value,
    )
