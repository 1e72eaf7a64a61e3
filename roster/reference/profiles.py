"""The fourteen sections of a country's migration profile."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from roster.reference.loading import load


@dataclass(frozen=True, slots=True)
class ProfileSection:
    """One section; its content is written by people, country by country."""

    code: str
    topic: str | None
    """The topic that it speaks of; None where there is no single one."""
    labels: dict[str, str]
    """English, French, Spanish, Portuguese."""


@lru_cache(maxsize=1)
def sections() -> tuple[ProfileSection, ...]:
    """Return the sections in their usual order."""
    rows = cast("list[dict[str, Any]]", load("profile_sections")["sections"])
    return tuple(ProfileSection(row["code"], row["topic"], row["labels"]) for row in rows)


def is_section(code: str) -> bool:
    """Whether it is the code of a section."""
    return any(one.code == code for one in sections())


def label(code: str, locale: str = "en") -> str:
    """Return the name of a section in a language.

    Raises
    ------
    KeyError
        No section has the code.
    """
    found = {one.code: one.labels for one in sections()}[code]
    return found.get(locale, found["en"])
