"""What everybody brings is held by a process, follows every change, and is nobody's right."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session, col

from roster.erasure import erase_expert
from roster.policy import Actor, visible_experts
from roster.queries import brought
from roster.queries.brought import brought_by
from roster.read import LanguageSkill, Mission, TopicExperience
from roster.tables import Expert
from roster.vocabulary import ErasureReason, LanguageLevel, Role
from tests.factories import Factory
from tests.fakes import FrozenClock

TOPIC = "remittances"


def _knows(make: Factory, person: Expert, level: LanguageLevel | None, country: str = "ML") -> None:
    make.fact(person, TopicExperience(TOPIC))
    make.fact(person, LanguageSkill("fr", level))
    make.fact(person, Mission("Seminar", countries=(country,)))
    make.view(person)


def _told(session: Session, actor: Actor) -> dict[str, list[UUID]]:
    found = brought_by(session, visible_experts(actor))
    crowd = found.crowd
    people = {
        TOPIC: crowd.topics.get(TOPIC, 0),
        "fr": crowd.speaks.get("fr", 0),
        "fr?": crowd.names.get("fr", 0),
        "ML": crowd.countries.get("ML", 0),
    }
    return {code: found.those(held) for code, held in people.items()}


def test_it_follows_each_change_and_forgets_what_came_to_nothing(
    session: Session, make: Factory, officer: Actor
) -> None:
    ana, rui = make.expert("Ana Prates"), make.expert("Rui Couto")
    ids = ana.id, rui.id
    _knows(make, ana, LanguageLevel.C1)
    _knows(make, rui, None)
    before = {TOPIC: [*ids], "fr": [ids[0]], "fr?": [ids[1]], "ML": [*ids]}
    assert _told(session, officer) == before
    session.commit()
    _knows(make, rui, LanguageLevel.B2)
    eva = make.expert("Eva Luz")
    _knows(make, eva, LanguageLevel.A2, "CV")
    after = {TOPIC: [*ids, eva.id], "fr": [*ids], "fr?": [], "ML": [*ids]}
    assert _told(session, officer) == after
    session.rollback()
    assert _told(session, officer) == before


def test_who_may_know_of_whom_is_asked_each_time(
    session: Session, make: Factory, officer: Actor
) -> None:
    here, elsewhere = make.expert("Ana Prates"), make.expert("Luc Roy", country="FR")
    for one in (here, elsewhere):
        _knows(make, one, LanguageLevel.C1)
    focal_point = make.actor(Role.FOCAL_POINT, country="PT")
    assert _told(session, officer)["fr"] == [here.id, elsewhere.id]
    assert _told(session, focal_point)["fr"] == [here.id]


def test_who_is_erased_is_held_no_more(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    gone, stays = make.expert("Ana Prates"), make.expert("Rui Couto")
    for one in (gone, stays):
        _knows(make, one, LanguageLevel.C1)
    assert len(_told(session, officer)["fr"]) == 2
    digits, kept = gone.id.hex, stays.id
    erase_expert(
        session, make.actor(Role.COORDINATOR), gone.id, reason=ErasureReason.ASKED, at=clock.now()
    )
    session.flush()
    assert _told(session, officer) == {TOPIC: [kept], "fr": [kept], "fr?": [], "ML": [kept]}
    known = brought.everybody.now(session)
    assert digits not in known.places
    assert digits not in known.ids


def test_what_nobody_of_some_people_brings_is_no_part_of_it(
    session: Session, make: Factory
) -> None:
    ana, rui = make.expert("Ana Prates"), make.expert("Rui Couto")
    _knows(make, ana, LanguageLevel.C1)
    found = brought_by(session, col(Expert.id) == rui.id).crowd
    assert (found.topics, found.speaks, found.names) == ({}, {}, {})
