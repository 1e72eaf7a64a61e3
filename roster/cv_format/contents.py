"""What a CV is written from: the facts of a record by kind, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from roster.dates import Period
from roster.read import (
    Contact,
    Dated,
    Education,
    ExpertRecord,
    LanguageSkill,
    Mission,
    Name,
    Post,
    Publication,
    Training,
)
from roster.reference import topics
from roster.vocabulary import FactKind

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class CvContents:
    """A record in the parts of a CV."""

    given_name: str
    family_name: str
    display_name: str
    headline: str
    emails: tuple[str, ...]
    telephones: tuple[str, ...]
    nationalities: tuple[str, ...]
    posts: Sequence[Dated[Post]]
    missions: Sequence[Dated[Mission]]
    education: Sequence[Dated[Education]]
    trainings: Sequence[Dated[Training]]
    publications: Sequence[Dated[Publication]]
    languages: Sequence[Dated[LanguageSkill]]
    topics: tuple[str, ...]
    """Labels, in English."""


def contents_of(record: ExpertRecord) -> CvContents:
    """Return the parts of a CV from a record, as far as its reader may see them."""
    view = record.view
    name = next((one.value for one in record.facts if isinstance(one.value, Name)), None)
    given, family = _name_parts(name, view.display_name)
    held = dict.fromkeys(one.value.topic for one in view.topics)
    return CvContents(
        given_name=given,
        family_name=family,
        display_name=view.display_name,
        headline=view.headline or "",
        emails=tuple(_contacts(record, FactKind.EMAIL)),
        telephones=tuple(_contacts(record, FactKind.TELEPHONE)),
        nationalities=view.nationalities,
        posts=view.posts,
        missions=view.missions,
        education=view.education,
        trainings=view.trainings,
        publications=view.publications,
        languages=view.languages,
        topics=tuple(topics.label(code) for code in held if topics.is_topic(code)),
    )


def _name_parts(name: Name | None, display: str) -> tuple[str, str]:
    """Return given and family name; where nobody said which is which, the last word is family."""
    if name is not None and (name.given or name.family):
        return name.given or "", name.family or ""
    given, _, family = display.rpartition(" ")
    return given, family


def _contacts(record: ExpertRecord, kind: FactKind) -> Iterator[str]:
    for one in record.facts:
        if one.kind is kind and isinstance(one.value, Contact):
            yield one.value.value


def is_open(period: Period) -> bool:
    """Whether something has begun and nobody knows when it ended: that is not "goes on"."""
    return period.start is not None and period.end is None and not period.ongoing
