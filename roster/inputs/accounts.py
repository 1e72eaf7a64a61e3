"""Accounts, roles and keys, as administrators give them."""

from __future__ import annotations

from typing import Annotated, Literal, Self

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

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.role is Role.EXPERT:
            raise ValueError("role: an expert gets her account with her own record")
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
