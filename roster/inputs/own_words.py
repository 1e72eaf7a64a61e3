"""A word that a facility adds to the lists of the field, as it is sent."""

from __future__ import annotations

from pydantic import Field

from roster.inputs.base import Input, Line
from roster.vocabulary import WordList


class WordInput(Input):
    """What a word means to a facility."""

    of: WordList
    phrase: Line = Field(examples=["hotspot approach"])
    language: str | None = Field(
        default=None, description="ISO 639-1 of the texts in which it counts; none is all"
    )
    code: str | None = Field(
        default=None, description="Topic or type of activity; none: it means none of them"
    )
