"""Accounts, roles and keys, as administrators give them."""

from __future__ import annotations

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from roster.inputs.base import Code, CountryCode, Input, Line
from roster.vocabulary import BOUND_TO_COUNTRY, Role

Address = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, to_lower=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
    ),
]


class RoleInput(Input):
    """A role for an account; some are nothing without their country."""

    role: Role
    country: CountryCode | None = None
    expert_id: UUID | None = Field(default=None, description="Role expert: number of the record")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.role is Role.EXPERT) != (self.expert_id is not None):
            raise ValueError("expert_id: an expert needs the number of her record, nobody else")
        if self.role in BOUND_TO_COUNTRY and self.country is None:
            raise ValueError("country: say for which country")
        return self


class AccountInput(RoleInput):
    """An account with its first role; its password is set by a link."""

    name: Line
    email: Address
    locale: Literal["en", "fr", "es", "pt"] = "en"


class KeyInput(Input):
    """A key for another system."""

    label: Line
    scopes: tuple[Code, ...] = Field(min_length=1, description="Permissions")
    days: int = Field(default=365, ge=1, le=3650)
