"""People as they are called in lists."""

from __future__ import annotations

from roster.read import ExpertRow
from roster.vocabulary import ExpertStatus
from web.contexts.parts import CountryMark, PersonName
from web.tongues import Tongue


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
