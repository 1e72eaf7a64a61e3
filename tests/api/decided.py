"""A facility in which things were decided: requests ranked, people proposed, sent and refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from roster import requests, shortlists
from roster.inputs import ShortlistInput, StageInput
from roster.policy import Actor
from roster.ports import Ranker
from roster.read import (
    ActivityExperience,
    CountryExperience,
    LanguageSkill,
    Post,
    RankedExpert,
    TopicExperience,
)
from roster.tables import AssistanceRequest, Expert
from roster.vocabulary import ActivityType, LanguageLevel, Origin, Role, Stage
from tests.factories import Factory
from tests.fakes import FrozenClock

TOPICS = ("data_management", "remittances", "border_management", "minors")
COUNTRIES = ("CI", "SN", "ML", "GH")


@dataclass
class Decided:
    """What was made, to look into."""

    people: list[Expert]
    requests: list[AssistanceRequest]
    rankings: list[UUID]
    officer: Actor


def decide(
    session: Session,
    ranker: Ranker,
    clock: FrozenClock,
    *,
    n_requests: int,
    origin: Origin = Origin.REAL,
    make: Factory | None = None,
) -> Decided:
    """Make 16 people and requests of which the officer takes by country, whatever the topic.

    Each request: four proposed (two of them sent), three not taken for a reason about them, one
    without time.
    """
    make = make or Factory(session)
    people = list(_people(make, origin))
    officer = make.actor(Role.COORDINATOR)
    session.commit()
    made = Decided(people, [], [], officer)
    for number in range(n_requests):
        clock.advance(days=7)
        request = make.request(
            f"REQ-{clock.now():%Y%m%d}-{number:03d}",
            origin=origin,
            topics=[TOPICS[number % 4]],
            countries=[COUNTRIES[(number // 4) % 4]],
            created_at=clock.now(),
        )
        session.commit()
        kept = requests.rank_request(session, officer, request.id, ranker=ranker, clock=clock)
        session.commit()
        made.requests.append(request)
        made.rankings.append(kept.id)
        _take(session, officer, request, kept.id, kept.ranking.people, clock)
        session.commit()
    return made


def _people(make: Factory, origin: Origin) -> Iterable[Expert]:
    for at in range(16):
        person = make.expert(
            f"Person {at:02d}", country=("PT", "FR", "DE", "ES")[at % 4], origin=origin
        )
        make.fact(person, Post(title="Head of unit", employer="Office"), start=f"{2000 + at}")
        make.fact(person, TopicExperience(topic=TOPICS[at % 4]), start="2020", end="2024")
        make.fact(person, CountryExperience(country=COUNTRIES[at // 4]), start="2021", end="2024")
        make.fact(person, ActivityExperience(activity=ActivityType.TRAINING), start="2022")
        make.fact(person, LanguageSkill(language="fr", level=LanguageLevel.C1))
        make.view(person)
        yield person


def _take(
    session: Session,
    officer: Actor,
    request: AssistanceRequest,
    ranking_id: UUID,
    ranked: Iterable[RankedExpert],
    clock: FrozenClock,
) -> None:
    """Take who worked in the country, refuse who only knows the topic."""
    everybody = list(ranked)
    country = sorted(everybody, key=lambda one: -_known(one, "country"))[:4]
    others = [one for one in everybody if one not in country]
    topic = sorted(others, key=lambda one: -_known(one, "topic"))
    steps = [
        *((one, (Stage.PROPOSED, Stage.DEPLOYED), None) for one in country[:2]),
        *((one, (Stage.PROPOSED,), None) for one in country[2:4]),
        *((one, (Stage.NOT_SELECTED,), "not_suitable") for one in topic[:3]),
        *((one, (Stage.NOT_AVAILABLE,), "leave") for one in topic[-1:]),
    ]
    for one, stages, reason in steps:
        given = ShortlistInput(expert_id=one.expert_id, ranking_id=ranking_id)
        entry = shortlists.add_to_shortlist(session, officer, request.id, given, clock=clock)
        for stage in stages:
            clock.advance(minutes=5)
            move = StageInput(stage=stage, reason=reason)
            shortlists.move_entry(session, officer, entry.id, move, clock=clock)


def _known(one: RankedExpert, feature: str) -> float:
    return next((part.value or 0.0 for part in one.contributions if part.feature == feature), 0.0)
