"""What all inputs share: short and long texts, codes, and the refusal of unknown fields."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from roster.vocabulary import LanguageLevel


def _without_null(text: str) -> str:
    """Refuse the character that no text has: one of the databases cannot keep it."""
    if "\x00" in text:
        raise ValueError("holds the character with the number 0; remove it")
    return text


_KEPT = AfterValidator(_without_null)
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), _KEPT]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100_000), _KEPT]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), _KEPT]
CountryCode = Annotated[
    str, StringConstraints(strip_whitespace=True, to_upper=True, pattern=r"^[A-Za-z]{2}$")
]
Factor = Annotated[float, Field(ge=0, le=3)]


class Input(BaseModel):
    """Anything handed in: unknown fields are refused, so that no typing error passes silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LanguageInput(Input):
    """A working language and the level from which somebody can work in it."""

    language: Code = Field(description="ISO 639-1, or 639-3 where there is none", examples=["fr"])
    minimum: LanguageLevel = Field(default=LanguageLevel.B2, examples=["B2"])
    everyone: bool = Field(
        default=True, description="True: each person must; False: one of the team is enough"
    )
