"""Coverage, read from the database: active people of the facility, Actions and open requests."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from roster.errors import NotAllowed
from roster.policy import Actor
from roster.queries.coverage import coverage, people_on
from roster.read import LanguageSkill, Mission, TopicExperience
from roster.read.coverage import Ground
from roster.reference import topics
from roster.tables import Action, Expert
from roster.vocabulary import (
    ActionStatus,
    ExpertStatus,
    FactStatus,
    LanguageLevel,
    Origin,
    RequestStatus,
    Role,
)
from tests.factories import Factory, utc

TODAY = date(2026, 3, 9)
LONGEST = max(topics.topics(), key=lambda one: len(one.code)).code


def knows(
    make: Factory,
    name: str,
    level: LanguageLevel | None = LanguageLevel.C1,
    *,
    topic: str = "remittances",
    status: ExpertStatus = ExpertStatus.ACTIVE,
) -> Expert:
    person = make.expert(name, status=status)
    make.fact(person, TopicExperience(topic))
    make.fact(person, LanguageSkill("fr", level))
    make.fact(person, Mission("Seminar", countries=("ML",)))
    make.view(person)
    return person


def action(make: Factory, code: str, topic: str = "remittances", **said: Any) -> None:
    given: dict[str, Any] = {
        "status": ActionStatus.COMPLETED,
        "countries": ["ML"],
        "origin": Origin.REAL,
        **said,
    }
    make.keep(Action(facility_id=make.home.id, code=code, name=code, topics=[topic], **given))


def test_people_count_by_topic_level_and_place(
    session: Session, make: Factory, officer: Actor
) -> None:
    knows(make, "Ana")
    knows(make, "Rui", None)
    knows(make, "Eva", LanguageLevel.B1)
    knows(make, "Off", status=ExpertStatus.WITHDRAWN)
    action(make, "mali-i")
    held = coverage(session, officer, today=TODAY)
    assert held.people == 3
    assert held.grounds == (Ground("fr", "Africa"),)
    (line,) = [one for one in held.topics if one.topic == "remittances"]
    (cell,) = line.cells
    assert (cell.people, cell.unsure, cell.asked) == (1, 1, 1)
    assert held.worked_in["ML"] == 3


def test_the_people_of_a_cell_are_those_it_counts_and_those_in_doubt(
    session: Session, make: Factory, officer: Actor
) -> None:
    knows(make, "Zoe")
    knows(make, "Rui", None)
    knows(make, "Eva", LanguageLevel.B1)
    found = people_on(session, officer, "remittances", Ground("fr", "Africa"))
    assert [(row.display_name, sure) for row, sure in found] == [("Rui", False), ("Zoe", True)]
    assert people_on(session, officer, "remittances", Ground("fr", "Asia")) == ()


def test_a_confirmed_level_beats_a_newer_one_that_was_only_read(
    session: Session, make: Factory, officer: Actor
) -> None:
    person = knows(make, "Ana", LanguageLevel.B1)
    later = utc(2026, 3)
    make.fact(person, LanguageSkill("fr", LanguageLevel.C2), status=FactStatus.PROPOSED, at=later)
    assert people_on(session, officer, "remittances", Ground("fr", "Africa")) == ()


def test_the_longest_topic_is_counted_though_its_search_word_is_cut_off(
    session: Session, make: Factory, officer: Actor
) -> None:
    knows(make, "Ana", topic=LONGEST)
    assert len(people_on(session, officer, LONGEST, Ground("fr", "Africa"))) == 1


def test_open_requests_ask_and_ended_ones_do_not(
    session: Session, make: Factory, officer: Actor
) -> None:
    said: dict[str, Any] = {"countries": ["CV"], "topics": ["minors"]}
    make.request("R-1", **said)
    make.request("R-2", **said, status=RequestStatus.REJECTED)
    make.request("R-3", **said, outcome="rejected")
    held = coverage(session, officer, today=TODAY)
    assert (held.asked, held.grounds) == (1, (Ground("pt", "Africa"),))


def test_another_facilitys_people_and_needs_are_not_counted(
    session: Session, make: Factory, officer: Actor
) -> None:
    other = Factory(session, make.facility("OTHER"))
    knows(other, "Elsewhere")
    action(other, "theirs")
    held = coverage(session, officer, today=TODAY)
    assert (held.people, held.asked, held.topics) == (0, 0, ())


def test_missions_known_from_before_count_in_the_rotation(
    session: Session, make: Factory, officer: Actor
) -> None:
    sent = knows(make, "Ana")
    sent.deployments = 2
    make.keep(sent)
    knows(make, "Rui")
    held = coverage(session, officer, today=TODAY).rotation
    assert (held.people, held.never, held.once, held.more) == (2, 1, 0, 1)
    assert held.busiest == (("PT", 2, 1),)


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.AUDITOR, Role.ADMINISTRATOR], ids=str)
def test_only_who_ranks_everybody_sees_coverage(
    session: Session, make: Factory, role: Role
) -> None:
    actor = make.actor(role, country="PT" if role is Role.FOCAL_POINT else None)
    with pytest.raises(NotAllowed):
        coverage(session, actor, today=TODAY)
    with pytest.raises(NotAllowed):
        people_on(session, actor, "remittances", Ground("fr", "Africa"))
