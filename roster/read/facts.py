"""Claims about people: where each was read, and the shape of its value by kind."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from roster.vocabulary import (
    ActivityType,
    AdministrationKind,
    ExpertKind,
    FactKind,
    LanguageLevel,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a claim was read: what a person opens to check it."""

    fact_id: UUID | None
    quote: str
    """The words as they stand in the source; empty where the source is no text."""
    source: str
    """For people: "CV of 14 Jul 2026", "focal point", "deployment"; never a file name."""
    page: int | None = None
    """Counted from 1."""
    language: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name; `display` is what people call her."""

    display: str
    given: str | None = None
    family: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """An e-mail address or a telephone number, as printed but for spaces."""

    value: str


@dataclass(frozen=True, slots=True)
class BirthYear:
    """Serves identity only; never a feature."""

    year: int


@dataclass(frozen=True, slots=True)
class Nationality:
    """Shown, never scored."""

    country: str


@dataclass(frozen=True, slots=True)
class Headline:
    """One line by which the person introduces the CV."""

    text: str


@dataclass(frozen=True, slots=True)
class Post:
    """Employment: who employed, as what, where. Its dates are the fact's validity."""

    title: str | None
    employer: str | None
    administration: AdministrationKind | None = None
    """None for an employer that is no public body, or unknown."""
    employer_kind: ExpertKind | None = None
    """What kind of expert the employer makes of its staff, as of the dates of the post."""
    country: str | None = None
    """Of the place of work."""
    employer_country: str | None = None
    """Of the employing body, where it differs from the place of work (a posting abroad)."""
    place: str | None = None
    unit: str | None = None
    duties: str | None = None


@dataclass(frozen=True, slots=True)
class Mission:
    """A task away from the post: an assignment, a study visit led, a twinning visit."""

    what: str
    countries: tuple[str, ...] = ()
    region: str | None = None
    """A region or regional body where no country is given, as printed."""
    for_whom: str | None = None
    role: str | None = None
    programme: str | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class CountryExperience:
    """Work in or for a country that stands in no post or mission of its own."""

    country: str
    capacity: str | None = None


@dataclass(frozen=True, slots=True)
class LanguageSkill:
    """A language with its level; `level` is the one to rely on (speaking, else the lowest)."""

    language: str
    level: LanguageLevel | None
    """None: the language is named, its level is not."""
    stated: str | None = None
    """As printed: "courant", "1/1/2", "C1"."""
    basis: str = "stated"
    """One of "stated" (a CEFR level), "word" or "scale" (mapped by `reference.levels`)."""
    listening: LanguageLevel | None = None
    reading: LanguageLevel | None = None
    speaking: LanguageLevel | None = None
    writing: LanguageLevel | None = None


@dataclass(frozen=True, slots=True)
class TopicExperience:
    """A topic of the taxonomy, shown by a sentence."""

    topic: str
    strength: float = 1.0
    """In (0, 1]: 1 is the topic by name in a post or mission, less is a mention in passing."""


@dataclass(frozen=True, slots=True)
class ActivityExperience:
    """Something done that the facility also does: trained trainers, drafted a law."""

    activity: ActivityType


@dataclass(frozen=True, slots=True)
class Education:
    """A degree obtained; `level` is ISCED 2011, 3 to 8."""

    title: str | None
    level: int | None = None
    institution: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Training:
    """A course taken (`given` False) or given (True)."""

    title: str
    given: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """Something published."""

    title: str


@dataclass(frozen=True, slots=True)
class Unavailability:
    """A time in which the person cannot travel; the fact's validity is when."""

    reason: str | None = None


@dataclass(frozen=True, slots=True)
class KindOfExpert:
    """Said by a focal point where the employment does not tell."""

    kind: ExpertKind


FactValue = (
    Name
    | Contact
    | BirthYear
    | Nationality
    | Headline
    | Post
    | Mission
    | CountryExperience
    | LanguageSkill
    | TopicExperience
    | ActivityExperience
    | Education
    | Training
    | Publication
    | Unavailability
    | KindOfExpert
)

FACT_SHAPES: dict[FactKind, type[FactValue]] = {
    FactKind.NAME: Name,
    FactKind.EMAIL: Contact,
    FactKind.TELEPHONE: Contact,
    FactKind.BIRTH_YEAR: BirthYear,
    FactKind.NATIONALITY: Nationality,
    FactKind.HEADLINE: Headline,
    FactKind.POST: Post,
    FactKind.MISSION: Mission,
    FactKind.COUNTRY: CountryExperience,
    FactKind.LANGUAGE: LanguageSkill,
    FactKind.TOPIC: TopicExperience,
    FactKind.ACTIVITY: ActivityExperience,
    FactKind.EDUCATION: Education,
    FactKind.TRAINING: Training,
    FactKind.PUBLICATION: Publication,
    FactKind.UNAVAILABILITY: Unavailability,
    FactKind.EXPERT_KIND: KindOfExpert,
}
"""The class of the value of each kind of fact."""

SINGLE_KINDS = frozenset(
    {FactKind.NAME, FactKind.BIRTH_YEAR, FactKind.HEADLINE, FactKind.EXPERT_KIND}
)
"""Kinds of which a person has one at a time."""

PRIVATE_KINDS = frozenset({FactKind.EMAIL, FactKind.TELEPHONE, FactKind.BIRTH_YEAR})
"""Kinds that ranking never sees and that are shown after shortlisting only."""
