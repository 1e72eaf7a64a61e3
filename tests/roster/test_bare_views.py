"""Records that teams are made of are held by a process, follow every change, and end with it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from roster.erasure import erase_expert
from roster.policy import Actor, Permission
from roster.queries import bare_views
from roster.queries.bare_views import bare_views_of, forget_views
from roster.queries.experts import views_of
from roster.read import Evidence, ExpertView, LanguageSkill, Mission, Post, TopicExperience
from roster.tables import Expert
from roster.vocabulary import ErasureReason, LanguageLevel, Role
from tests.factories import Factory
from tests.fakes import A_MONDAY, FrozenClock

ASYLUM, LABOUR = "asylum_international_protection", "labour_migration"


def _read(session: Session, officer: Actor, *people: UUID) -> dict[UUID, ExpertView]:
    return bare_views_of(session, officer, people, Permission.RANK)


def _topics(view: ExpertView) -> set[str]:
    return {one.value.topic for one in view.topics}


def _held(expert_id: UUID) -> bool:
    forms = {expert_id, expert_id.hex, str(expert_id)}
    return any(forms & held._kept.keys() for held in bare_views._held.values())


def test_they_say_what_the_records_say_without_the_words(
    session: Session, make: Factory, officer: Actor
) -> None:
    expert = make.expert("Ana Prates")
    make.fact(expert, LanguageSkill("fr", LanguageLevel.C1), quote="French, C1")
    make.fact(expert, Post("Inspector", "Border Guard"), start="2017-06", ongoing=True)
    make.fact(expert, Mission("Study visit", ("SN", "ML")), start="2019", end="2019-04-03")
    make.view(expert)
    whole = views_of(session, officer, [expert.id], Permission.RANK)[expert.id]
    shown: dict[str, Any] = {
        one.name: tuple(replace(part, evidence=Evidence(None, "", "")) for part in held)
        for one in fields(ExpertView)
        if isinstance(held := getattr(whole, one.name), tuple)
        and hasattr(next(iter(held), None), "evidence")
    }
    assert shown.keys() == {"languages", "posts", "missions"}
    for _ in range(2):  # Read, and held.
        assert _read(session, officer, expert.id) == {expert.id: replace(whole, **shown)}


def test_they_follow_each_change_and_forget_what_came_to_nothing(
    session: Session, make: Factory, officer: Actor
) -> None:
    expert = make.expert("Ana Prates")
    make.view(expert)
    session.commit()
    for hour, (topic, is_kept) in enumerate([(ASYLUM, False), (LABOUR, True)], start=1):
        make.fact(expert, TopicExperience(topic))
        make.view(expert, A_MONDAY + timedelta(hours=hour))
        assert _topics(_read(session, officer, expert.id)[expert.id]) == {topic}
        if is_kept:
            session.commit()
        else:
            session.rollback()
            assert not _topics(_read(session, officer, expert.id)[expert.id])


def test_who_may_know_of_whom_is_asked_each_time(
    session: Session, make: Factory, officer: Actor
) -> None:
    here, elsewhere = make.expert("Ana Prates"), make.expert("Luc Roy", country="FR")
    for one in (here, elsewhere):
        make.view(one)
    assert _read(session, officer, here.id, elsewhere.id).keys() == {here.id, elsewhere.id}
    point = make.actor(Role.FOCAL_POINT, "PT")
    found = bare_views_of(session, point, [here.id, elsewhere.id], Permission.READ_EXPERTS)
    assert found.keys() == {here.id}


def test_who_is_erased_is_told_no_more_and_let_go_at_once(
    session: Session, make: Factory, officer: Actor, clock: FrozenClock
) -> None:
    gone, stays = make.expert("Ana Prates"), make.expert("Rui Couto")
    for one in (gone, stays):
        make.view(one)
    ids = gone.id, stays.id
    assert _read(session, officer, *ids).keys() == set(ids)
    coordinator = make.actor(Role.COORDINATOR)
    erase_expert(session, coordinator, ids[0], reason=ErasureReason.ASKED, at=clock.now())
    session.flush()
    assert _read(session, officer, *ids).keys() == {ids[1]}
    forget_views(ids[:1])
    assert (_held(ids[0]), _held(ids[1])) == (False, True)
    assert not bare_views._dated.cache_info().currsize


def test_no_more_are_held_than_a_process_has_room_for(
    session: Session, make: Factory, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bare_views, "_MOST_KEPT", 2)
    people: list[Expert] = [make.expert(name) for name in ("Ana", "Rui", "Eva")]
    for one in people:
        make.view(one)
        _read(session, officer, one.id)
    assert [_held(one.id) for one in people] == [False, True, True]
    assert len(_read(session, officer, *(one.id for one in people))) == len(people)
