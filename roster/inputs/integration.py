"""What administrators set up for other systems."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from roster.inputs.base import Code, Input, Line

Url = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)]


class WebhookInput(Input):
    """Whom to tell of changes, and of which."""

    label: Line = Field(examples=["Case system"])
    url: Url = Field(examples=["https://cases.example.org/hooks/roster"])
    kinds: tuple[Code, ...] = Field(
        default=(),
        max_length=40,
        description="Kinds of records; none is all",
        examples=[["request", "action"]],
    )
    is_active: bool = True
