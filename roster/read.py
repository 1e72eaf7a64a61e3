"""What others may see: frozen values, read from tables, with no way back into a session.

The values of facts (`Post`, `Mission`, ...) stand first: `FACT_SHAPES` names the one for each
kind of fact. Codes: countries ISO 3166-1 alpha-2, languages ISO 639-1 (639-3 where there is none),
topics and regional bodies as in `roster.reference`. None is unknown, never "no" or zero; an empty
tuple says that nothing is known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from roster.dates import Period
from roster.vocabulary import (
    ActivityType,
    AdministrationKind,
    Band,
    ExpertKind,
    ExpertStatus,
    FactKind,
    FactStatus,
    Gate,
    GateOutcome,
    LanguageLevel,
    Origin,
    SeatRole,
    Stage,
    TeamMode,
)

V = TypeVar("V")

# --- Evidence -----------------------------------------------------------------------------------


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


# --- Values of facts ----------------------------------------------------------------------------


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


# --- Documents and what was read in them --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the text of a document: offsets into `DocumentText.text`, end excluded."""

    start: int
    end: int
    page: int | None = None
    """Counted from 1; None where the format has no pages."""
    boxes: tuple[tuple[float, float, float, float], ...] = ()
    """(left, top, right, bottom) in points from the page's top left; empty where unknown."""


@dataclass(frozen=True, slots=True)
class PageText:
    """One page: offsets of its text in the document's text, and its size in points."""

    number: int
    start: int
    end: int
    width: float | None = None
    height: float | None = None


@dataclass(frozen=True, slots=True)
class LineBox:
    """Where one printed line of a document's text stands on its page."""

    start: int
    end: int
    page: int
    box: tuple[float, float, float, float]
    """(left, top, right, bottom) in points from the page's top left."""


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The text of a file in reading order, once; spans of facts point into it."""

    text: str
    pages: tuple[PageText, ...]
    media_type: str
    language: str | None
    """ISO 639-1 of the greater part; None where it cannot be told."""
    reader: str
    """Name and version of the reader, for example "pdf/1"; a new version makes a new text."""
    notes: tuple[str, ...] = ()
    """For people: what could not be read, and why."""
    lines: tuple[LineBox, ...] = ()
    """Places of the printed lines, in the order of the text; empty where the format has none."""


@dataclass(frozen=True, slots=True)
class ProposedFact:
    """One value read in a document, with its place and how sure the reading is."""

    kind: FactKind
    value: FactValue
    span: Span
    confidence: float
    """In [0, 1]: the share of such readings expected to be right."""
    period: Period = field(default_factory=Period)
    doubt: str | None = None
    """For people: why it should be looked at; None where it is sure."""


@dataclass(frozen=True, slots=True)
class ExtractedProfile:
    """All that was read in one CV; an absent fact is unknown, not "no"."""

    facts: tuple[ProposedFact, ...]
    form: str
    """The form recognised: "eu-external-action", "europass", "generic" ..."""

    def of(self, kind: FactKind) -> tuple[ProposedFact, ...]:
        """Facts of one kind, in the order of the document."""
        return tuple(fact for fact in self.facts if fact.kind is kind)


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact as people see it on a record or on the confirmation page."""

    id: UUID
    kind: FactKind
    value: FactValue
    period: Period
    status: FactStatus
    confidence: float | None
    source: str
    span: Span | None
    quote: str
    doubt: str | None
    confirmed_by: str | None
    asserted_at: datetime


# --- Experts ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dated(Generic[V]):
    """A value of a fact with its dates and its evidence."""

    value: V
    period: Period
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """Deployments done and what was said of them; None where nothing was said."""

    deployments: int = 0
    feedback_mean: float | None = None
    """1 to 5."""
    feedback_count: int = 0
    last_deployed: date | None = None


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """The home authority's answer for one expert, for one request or in general."""

    outcome: str
    """A `ReleaseOutcome`."""
    request_id: UUID | None
    valid_from: date | None
    valid_to: date | None
    days: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ExpertView:
    """A person as the ranker reads her: a projection of facts, without contact data.

    It carries what ranking needs and no more: no e-mail, telephone, birth year.
    """

    id: UUID
    facility_id: UUID
    origin: Origin
    display_name: str
    status: ExpertStatus
    kind: ExpertKind | None
    home_country: str | None
    """Of the employing administration, not the nationality."""
    headline: str | None
    """Present title and employer in one line."""
    posts: tuple[Dated[Post], ...] = ()
    """Newest first."""
    missions: tuple[Dated[Mission], ...] = ()
    """Newest first."""
    countries: tuple[Dated[CountryExperience], ...] = ()
    languages: tuple[Dated[LanguageSkill], ...] = ()
    topics: tuple[Dated[TopicExperience], ...] = ()
    activities: tuple[Dated[ActivityExperience], ...] = ()
    education: tuple[Dated[Education], ...] = ()
    trainings: tuple[Dated[Training], ...] = ()
    publications: tuple[Dated[Publication], ...] = ()
    nationalities: tuple[str, ...] = ()
    unavailable: tuple[Period, ...] = ()
    availability_known_until: date | None = None
    """Up to which day the calendar was said to be complete; None: never asked."""
    releases: tuple[ReleaseView, ...] = ()
    track: TrackRecord = field(default_factory=TrackRecord)
    confirmed_on: date | None = None
    """When somebody last confirmed the record; None: never."""
    text: str = ""
    """The words of the person's CVs, without contact data; for text relevance."""


# --- Requests -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LanguageNeed:
    """A working language and the level from which somebody can work in it."""

    language: str
    minimum: LanguageLevel = LanguageLevel.B2
    everyone: bool = True
    """True: a gate for each person; False: one member of the team is enough."""


@dataclass(frozen=True, slots=True)
class RequestView:
    """A need as the ranker reads it."""

    id: UUID | None
    """None for a request that was not stored (an inline match)."""
    title: str
    authority: str | None = None
    administration: AdministrationKind | None = None
    """Discipline of the requesting authority."""
    countries: tuple[str, ...] = ()
    """Beneficiary countries."""
    regional_body: str | None = None
    topics: tuple[str, ...] = ()
    activities: tuple[ActivityType, ...] = ()
    languages: tuple[LanguageNeed, ...] = ()
    starts: date | None = None
    ends: date | None = None
    """Window of the activity, both days included."""
    text: str = ""
    """The letter or description, in any language."""
    text_language: str | None = None
    release_required: bool = False
    excluded: frozenset[UUID] = frozenset()
    conflicts: frozenset[UUID] = frozenset()
    kinds: frozenset[ExpertKind] = frozenset()
    """Kinds of expert asked for; empty: all."""


@dataclass(frozen=True, slots=True)
class ProposedField:
    """A field of a request read in its letter, with the sentence it came from."""

    field: str
    """Name of the field of `roster.inputs.NewRequest`."""
    value: object
    label: str
    sentence: str
    span: Span
    confidence: float


# --- Rankings -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GateResult:
    """One mandatory condition for one person: what is there, what is needed."""

    gate: Gate
    outcome: GateOutcome
    reason: str
    """For people: "French B1, B2 needed", "free 1-12 Mar 2027", "French level unknown"."""
    distance: float | None = None
    """How far a failed one is from passing (levels, days); None where that makes no sense."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One feature's part of a score; the contributions add up to the score."""

    feature: str
    value: float | None
    """The feature in [0, 1]; None is missing."""
    points: float
    """Of 100 at most; never negative."""
    most: float
    """The most that anybody could get here, with the weights applied."""
    reason: str
    """For people, one clause."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class RankedExpert:
    """One person in a ranking."""

    expert_id: UUID
    place: int
    """Counted from 1 inside the band; ties share the order of ids, never chance."""
    band: Band
    score: float
    """In [0, 100], comparable inside one ranking only."""
    contributions: tuple[Contribution, ...]
    gates: tuple[GateResult, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Everybody considered for one request, in order: fit, then to ask, then not."""

    request: RequestView
    people: tuple[RankedExpert, ...]
    model: str
    """Version of the model: name, data hash."""
    weights: tuple[tuple[str, float], ...]
    """Feature and factor applied, 1.0 where nothing was shifted."""
    today: date
    timing_ms: tuple[tuple[str, float], ...] = ()
    notes: tuple[str, ...] = ()
    """For people: "the letter's language was not recognised", "no encoder"."""

    def band(self, band: Band) -> tuple[RankedExpert, ...]:
        """People of one band, in order."""
        return tuple(person for person in self.people if person.band is band)


# --- Teams --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SeatNeed:
    """One role to fill."""

    role: SeatRole
    topics: tuple[str, ...] = ()
    activities: tuple[ActivityType, ...] = ()
    languages: tuple[LanguageNeed, ...] = ()
    kinds: frozenset[ExpertKind] = frozenset()
    """Empty: any kind."""
    counterpart: str | None = None


@dataclass(frozen=True, slots=True)
class TeamRules:
    """What a team must obey; the defaults are those of the mode."""

    mode: TeamMode
    seats: tuple[SeatNeed, ...]
    most_per_country: int = 1
    most_per_administration: int = 1
    least_practitioners: float = 0.5
    """Least share of officials (EU or non-EU administrations)."""
    everyone_speaks: tuple[LanguageNeed, ...] = ()
    someone_speaks: tuple[LanguageNeed, ...] = ()
    forced_in: frozenset[UUID] = frozenset()
    forced_out: frozenset[UUID] = frozenset()
    beneficiaries: tuple[str, ...] = ()
    """Countries whose own administration cannot hold the Southern seat."""
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class SeatFilled:
    """Who sits where, and why."""

    seat: SeatNeed
    expert_id: UUID
    score: float
    reasons: tuple[str, ...] = ()
    alternates: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleCheck:
    """One rule held against one team."""

    rule: str
    state: str
    """One of "broken", "tight", "kept"."""
    detail: str


@dataclass(frozen=True, slots=True)
class TeamProposal:
    """One team that obeys every rule."""

    seats: tuple[SeatFilled, ...]
    score: float
    """Sum of the scores of its members."""
    gives_up: float
    """Points below the best proposal."""
    rules: tuple[RuleCheck, ...] = ()


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A way out when no team exists: what to loosen, and the team it would allow."""

    words: str
    cost: float
    proposal: TeamProposal | None = None


@dataclass(frozen=True, slots=True)
class TeamAnswer:
    """Proposals, best first; or none, with the reasons and the cheapest ways out."""

    proposals: tuple[TeamProposal, ...]
    reasons: tuple[str, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    optimal: bool = True


@dataclass(frozen=True, slots=True)
class ShortlistEntryView:
    """A person on a request's shortlist."""

    id: UUID
    expert_id: UUID
    stage: Stage
    note: str
    place: int | None
    score: float | None
