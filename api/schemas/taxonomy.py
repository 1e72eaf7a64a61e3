"""The terms of the field with the addresses by which the rest of the world knows them."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Out


class ConceptOut(Out):
    """A concept of EuroVoc that means a topic, more or less surely."""

    uri: str = Field(examples=["http://eurovoc.europa.eu/1922"])
    label: str
    weight: float = Field(description="How surely it means the topic, in (0, 1]")


class OccupationOut(Out):
    """A unit group of occupations, as ISCO-08 and ESCO know it."""

    code: str = Field(description="ISCO-08", examples=["2422"])
    uri: str = Field(examples=["http://data.europa.eu/esco/isco/C2422"])


class TaxonomyTopicOut(Out):
    """A topic of migration governance."""

    code: str
    label: str
    area: str | None = Field(description="Thematic area above it; null where it stands alone")
    concepts: list[ConceptOut] = Field(description="EuroVoc, the surest first")
    occupations: list[OccupationOut] = Field(description="Who works on it or moves by it")


class TaxonomyCountryOut(Out):
    """A country or territory."""

    code: str = Field(description="ISO 3166-1")
    label: str
    is_member_state: bool = Field(description="Of the European Union, today")


class TaxonomyOut(Out):
    """Topics, areas and countries."""

    locale: str
    areas: list[str]
    topics: list[TaxonomyTopicOut]
    countries: list[TaxonomyCountryOut]
