"""What a person's facts say when put together: the record that people see and ranking reads.

Confirmed beats parsed, newer beats older, and what no fact says stays unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from roster.dates import PartialDate, Period
from roster.naming import fold
from roster.read import (
    ActivityExperience,
    CountryExperience,
    Dated,
    Education,
    Engaged,
    Evidence,
    ExpertView,
    FactValue,
    Headline,
    KindOfExpert,
    LanguageSkill,
    Mission,
    Name,
    Nationality,
    Post,
    Publication,
    ReleaseView,
    TopicExperience,
    TrackRecord,
    Training,
)
from roster.vocabulary import ExpertKind, ExpertStatus, FactKind, FactStatus, Origin

V = TypeVar("V")
_UNNAMED = "Name not read"


@dataclass(frozen=True, slots=True)
class HeldFact:
    """One fact that stands, as the projection needs it."""

    id: UUID
    kind: FactKind
    value: FactValue
    period: Period
    status: FactStatus
    asserted_at: datetime
    evidence: Evidence

    @property
    def weight(self) -> tuple[bool, datetime]:
        """Order of trust: confirmed first, then the newest."""
        return (self.status is FactStatus.CONFIRMED, self.asserted_at)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a person beside the facts."""

    id: UUID
    facility_id: UUID
    origin: Origin
    status: ExpertStatus
    home_country: str | None = None
    """As a focal point gave it; None: it follows from the present post."""
    confirmed_on: date | None = None
    availability_known_until: date | None = None
    track: TrackRecord = field(default_factory=TrackRecord)
    releases: tuple[ReleaseView, ...] = ()
    engaged: tuple[Engaged, ...] = ()
    informed: bool = True
    text: str = ""


def project(standing: Standing, facts: Iterable[HeldFact]) -> ExpertView:
    """Put facts together into one view.

    Parameters
    ----------
    standing : the person's id, standing and what counts without a fact
    facts : facts that are proposed or confirmed, in any order
    """
    held = sorted(
        (fact for fact in facts if fact.status in {FactStatus.PROPOSED, FactStatus.CONFIRMED}),
        key=lambda fact: fact.weight,
        reverse=True,
    )
    posts = _newest_first(_each(held, FactKind.POST, Post, _post_key))
    present = present_post(posts)
    kinds = _each(held, FactKind.EXPERT_KIND, KindOfExpert, lambda _value: ())
    return ExpertView(
        id=standing.id,
        facility_id=standing.facility_id,
        origin=standing.origin,
        display_name=_display_name(held),
        status=standing.status,
        kind=kinds[0].value.kind if kinds else _kind_by_post(present),
        home_country=standing.home_country or _home_country(present),
        headline=_headline(held, present),
        posts=posts,
        missions=_newest_first(_each(held, FactKind.MISSION, Mission, _mission_key)),
        countries=_each(held, FactKind.COUNTRY, CountryExperience, None),
        languages=_languages(held),
        topics=_each(held, FactKind.TOPIC, TopicExperience, None),
        activities=_each(held, FactKind.ACTIVITY, ActivityExperience, None),
        education=_each(held, FactKind.EDUCATION, Education, None),
        trainings=_each(held, FactKind.TRAINING, Training, None),
        publications=_each(held, FactKind.PUBLICATION, Publication, None),
        nationalities=_nationalities(held),
        unavailable=tuple(fact.period for fact in held if fact.kind is FactKind.UNAVAILABILITY),
        engaged=standing.engaged,
        availability_known_until=standing.availability_known_until,
        releases=standing.releases,
        track=standing.track,
        confirmed_on=standing.confirmed_on,
        informed=standing.informed,
        text=standing.text,
    )


def present_post(posts: Sequence[Dated[Post]]) -> Dated[Post] | None:
    """Return the post held now: the ongoing one begun last, else the one ended last."""
    ongoing = [post for post in posts if post.period.ongoing]
    return next(iter(ongoing), posts[0] if posts else None)


def _each(
    held: Sequence[HeldFact],
    kind: FactKind,
    shape: type[V],
    key: Callable[[V], Any] | None,
) -> tuple[Dated[V], ...]:
    """Return the values of one kind, the most trusted of those with one key."""
    seen: set[Any] = set()
    found = []
    for fact in held:
        if fact.kind is not kind:
            continue
        value = cast(V, fact.value)
        if not isinstance(value, shape):
            raise TypeError(f"a fact of kind {kind} holds a {type(value).__name__}")
        mark = (value, fact.period) if key is None else (key(value), _key_period(kind, fact))
        if mark not in seen:
            seen.add(mark)
            found.append(Dated(value=value, period=fact.period, evidence=fact.evidence))
    return tuple(found)


def _languages(held: Sequence[HeldFact]) -> tuple[Dated[LanguageSkill], ...]:
    """Return each language once; a newer word without a level does not unsay the level known."""

    def trust(fact: HeldFact) -> tuple[bool, bool]:
        level = fact.value.level if isinstance(fact.value, LanguageSkill) else None
        return (fact.status is FactStatus.CONFIRMED, level is not None)

    ranked = sorted(held, key=trust, reverse=True)
    return _each(ranked, FactKind.LANGUAGE, LanguageSkill, lambda skill: skill.language)


def _key_period(kind: FactKind, fact: HeldFact) -> PartialDate | None:
    return fact.period.start if kind in {FactKind.POST, FactKind.MISSION} else None


def _post_key(post: Post) -> tuple[str, str]:
    return (fold(post.title or ""), fold(post.employer or ""))


def _mission_key(mission: Mission) -> tuple[str, tuple[str, ...]]:
    return (fold(mission.what), mission.countries)


def _newest_first(dated: tuple[Dated[V], ...]) -> tuple[Dated[V], ...]:
    def order(item: Dated[V]) -> tuple[bool, date, date]:
        start = item.period.start.first_day if item.period.start else date.min
        end = item.period.end.last_day if item.period.end else start
        return (item.period.ongoing, end, start)

    return tuple(sorted(dated, key=order, reverse=True))


def _nationalities(held: Sequence[HeldFact]) -> tuple[str, ...]:
    found = _each(held, FactKind.NATIONALITY, Nationality, None)
    return tuple(dict.fromkeys(dated.value.country for dated in found))


def _display_name(held: Sequence[HeldFact]) -> str:
    names = _each(held, FactKind.NAME, Name, lambda _name: ())
    return names[0].value.display if names else _UNNAMED


def _kind_by_post(present: Dated[Post] | None) -> ExpertKind | None:
    return present.value.employer_kind if present else None


def _home_country(present: Dated[Post] | None) -> str | None:
    if present is None:
        return None
    return present.value.employer_country or present.value.country


def _headline(held: Sequence[HeldFact], present: Dated[Post] | None) -> str | None:
    if present is not None:
        parts = [present.value.title, present.value.employer, present.value.place]
        if any(parts):
            return ", ".join(part for part in parts if part)
    lines = _each(held, FactKind.HEADLINE, Headline, lambda _line: ())
    return lines[0].value.text if lines else None
