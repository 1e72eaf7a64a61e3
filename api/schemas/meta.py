"""Lists of terms, the model in use, kinds of problems, and who is calling."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from api.schemas.base import Out
from roster.policy import Permission
from roster.vocabulary import Role


class TermOut(Out):
    """A code and the word that people know it by."""

    code: str
    label: str


class TopicOut(Out):
    """A topic of the taxonomy with the thematic area above it."""

    code: str
    label: str
    area: str | None = Field(description="null for topics that carry none")


class VocabulariesOut(Out):
    """Every code that the API takes and gives, with its label."""

    locale: str
    topics: list[TopicOut]
    countries: list[TermOut]
    languages: list[TermOut]
    regional_bodies: list[TermOut]
    activity_types: list[TermOut]
    administration_kinds: list[TermOut]
    expert_kinds: list[TermOut]
    language_levels: list[TermOut]
    request_statuses: list[TermOut]
    stages: list[TermOut]
    leaving_reasons: dict[str, list[str]] = Field(description="Codes by stage")
    team_modes: list[TermOut]
    seat_roles: list[TermOut]
    gates: list[TermOut]


class ModelOut(Out):
    """What ranks, and whom."""

    model: str
    people: int
    features: list[str]


class ProblemKindOut(Out):
    """A kind of problem that the API answers with."""

    code: str
    title: str
    status: int
    meaning: str


class ProblemKindsOut(Out):
    """All kinds of problems."""

    items: list[ProblemKindOut]


class GrantOut(Out):
    """One role of the caller."""

    role: Role
    facility_id: UUID
    country: str | None
    expert_id: UUID | None


class MeOut(Out):
    """Who is calling, and what this caller may do."""

    account_id: UUID | None
    name: str
    facility_id: UUID
    grants: list[GrantOut]
    permissions: list[Permission]
    countries: list[str]
