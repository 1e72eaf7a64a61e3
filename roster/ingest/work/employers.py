"""What an employer makes of its staff: discipline of the body, kind of expert."""

from __future__ import annotations

from datetime import date

from roster.reference import administrations
from roster.vocabulary import AdministrationKind, ExpertKind


def discipline_of(employer: str) -> AdministrationKind | None:
    """Return the discipline of a public body by its name; None where it is none, or unclear."""
    return administrations.kind_of(employer)


def kind_of_staff(employer: str, country: str | None, on: date | None) -> ExpertKind | None:
    """Return the kind of expert that an employer makes of its staff on a day."""
    return administrations.employer_kind(employer, country, on)
