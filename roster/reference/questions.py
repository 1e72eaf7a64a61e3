"""The questionnaires that the product brings along, and the guide for focus groups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from roster.reference.loading import load


@dataclass(frozen=True, slots=True)
class ShippedQuestionnaire:
    """Questions for one audience, as they come with the product; a facility may change them."""

    code: str
    audience: str
    """A roster.vocabulary.Audience."""
    occasion: str
    """A roster.vocabulary.Occasion."""
    titles: dict[str, str]
    """English, French, Spanish, Portuguese."""
    questions: tuple[dict[str, Any], ...]
    """In the shape of roster.read.Question."""


@lru_cache(maxsize=1)
def shipped() -> tuple[ShippedQuestionnaire, ...]:
    """Return the questionnaires in the order in which they are used."""
    content = load("questionnaires")
    pool = cast("dict[str, dict[str, Any]]", content["questions"])
    return tuple(
        ShippedQuestionnaire(
            code=row["code"],
            audience=row["audience"],
            occasion=row["occasion"],
            titles=row["title"],
            questions=tuple({"code": code, **pool[code]} for code in row["questions"]),
        )
        for row in cast("list[dict[str, Any]]", content["questionnaires"])
    )


def title_of(code: str, title: str, locale: str) -> str:
    """Return a title in a language where it is still the shipped one; else as it was given."""
    found = next((one for one in shipped() if one.code == code), None)
    if found is None or found.titles["en"] != title:
        return title
    return found.titles.get(locale, title)


def focus_group_guide(locale: str = "en") -> tuple[str, ...]:
    """Return what to talk about in a focus group, in order."""
    rows = cast("list[dict[str, str]]", load("questionnaires")["focus_group"])
    return tuple(row.get(locale, row["en"]) for row in rows)
