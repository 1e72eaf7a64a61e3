"""The index of a process follows the database, whoever changed it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, event
from sqlmodel import Session

from api.index import open_ranker
from roster.erasure import erase_expert
from roster.errors import Conflict
from roster.experts import set_status
from roster.policy import Permission, system_actor
from roster.queries import bare_views
from roster.queries.bare_views import bare_views_of
from roster.read import LanguageSkill, Post, RequestView
from roster.settings import Settings
from roster.tables import Expert
from roster.vocabulary import Band, ErasureReason, ExpertStatus, LanguageLevel
from tests.factories import Factory
from tests.fakes import A_MONDAY, FrozenClock

NEED = RequestView(id=None, title="T", text="migration statistics")


@pytest.fixture
def live(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path, database_url=database_url, document_key=SecretStr(""), encoder=False
    )


def test_whoever_was_committed_is_in_the_next_ranking(
    live: Settings, session: Session, clock: FrozenClock
) -> None:
    ranker, make = open_ranker(live), Factory(session)
    assert len(ranker) == 0
    first = make.expert("Ana Prates")
    make.view(first)
    assert len(ranker) == 0, "not committed yet"
    session.commit()
    assert [one.expert_id for one in ranker.rank(NEED, now=clock.now()).people] == [first.id]
    make.fact(first, LanguageSkill(language="fr", level=LanguageLevel.C1))
    make.view(first)
    second = make.expert("Bea Other")
    make.view(second)
    session.commit()
    assert len(ranker) == 2
    set_status(session, system_actor(make.home.id), first.id, ExpertStatus.PAUSED, clock=clock)
    session.commit()
    paused = ranker.rank(NEED, now=clock.now())
    assert {one.expert_id: one.band for one in paused.people}[first.id] is Band.NOT
    ranker.close()


def test_what_was_changed_by_a_clock_that_went_back_is_in_the_next_ranking(
    live: Settings, session: Session, clock: FrozenClock
) -> None:
    ranker, make = open_ranker(live), Factory(session)
    expert, actor = make.expert("Ana Prates"), system_actor(make.home.id)
    make.view(expert)
    session.commit()
    for status in (ExpertStatus.PAUSED, ExpertStatus.ACTIVE):
        assert len(ranker.rank(NEED, now=clock.now()).people) == 1
        clock.advance(days=-400)
        set_status(session, actor, expert.id, status, clock=clock)
        session.commit()
        (found,) = ranker.rank(NEED, now=clock.now()).people
        assert (found.band is Band.NOT) == (status is ExpertStatus.PAUSED)
    ranker.close()


def test_drafts_are_in_no_ranking(live: Settings, session: Session) -> None:
    ranker, make = open_ranker(live), Factory(session)
    make.view(make.expert("Not Confirmed", status=ExpertStatus.DRAFT))
    session.commit()
    assert len(ranker) == 0
    ranker.close()


def test_nothing_is_read_again_while_nothing_changes(
    live: Settings, session: Session, engine: Engine
) -> None:
    ranker, make = open_ranker(live), Factory(session)
    make.view(make.expert())
    session.commit()
    ranker.catch_up()
    statements: list[str] = []
    database = ranker._database

    @event.listens_for(database, "before_cursor_execute")
    def note(_c: object, _cur: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    assert ranker.catch_up() == 0
    assert len(statements) == 1
    ranker.close()


def test_a_request_that_holds_a_connection_can_still_rank(
    live: Settings, session: Session, clock: FrozenClock
) -> None:
    ranker, make = open_ranker(live), Factory(session)
    expert = make.expert()
    make.view(expert)
    session.commit()
    session.add(expert)
    expert.deployments = 1
    session.flush()
    assert session.get_one(Expert, expert.id)
    assert len(ranker.rank(NEED, now=clock.now()).people) == 1
    ranker.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_model_that_cannot_be_used_is_named(live: Settings, tmp_path: Path) -> None:
    with pytest.raises(Conflict, match="ROSTER_MODEL_DIR"):
        open_ranker(live.model_copy(update={"model_dir": tmp_path / "none"}))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_packaged_encoder_compares_meaning_across_languages(
    live: Settings, session: Session, clock: FrozenClock
) -> None:
    make = Factory(session)
    near, far = make.expert("Ana Prates"), make.expert("Bea Other")
    make.fact(near, Post(title="Formation aux statistiques migratoires", employer="INSEE"))
    make.fact(far, Post(title="Head of the fish market", employer="Port"))
    make.view(near)
    make.view(far)
    session.commit()
    ranker = open_ranker(live.model_copy(update={"encoder": True}))
    assert len(ranker) == 2
    ranker.encode()
    need = RequestView(id=None, title="T", text="training on migration data")
    ranking = ranker.rank(need, now=clock.now())
    ranker.close()
    assert not any("not compared" in note for note in ranking.notes)
    shown = {
        one.expert_id: {c.feature: c.points for c in one.contributions} for one in ranking.people
    }
    assert shown[near.id]["passage"] > shown[far.id]["passage"]


def test_the_next_process_maps_what_was_kept_and_reads_only_what_changed(
    live: Settings, session: Session, clock: FrozenClock
) -> None:
    make = Factory(session)
    people = [make.expert(f"Person {n}") for n in range(3)]
    for one in people:
        make.fact(one, Post(title="Head of migration statistics", employer="Office"))
        make.view(one)
    session.commit()
    first = open_ranker(live)
    before = first.rank(NEED, now=clock.now())
    first.encode()
    first.close()
    second = open_ranker(live)
    assert second.catch_up() == 0
    after = second.rank(NEED, now=clock.now())
    assert after.people == before.people
    set_status(session, system_actor(make.home.id), people[0].id, ExpertStatus.PAUSED, clock=clock)
    session.commit()
    assert second.catch_up() == 1
    second.close()


def test_whoever_is_erased_is_in_no_file_of_the_kept_index(
    live: Settings, session: Session, tmp_path: Path
) -> None:
    make = Factory(session)
    people = [make.expert(f"Person {n}") for n in range(2)]
    for one in people:
        make.fact(one, Post(title="Head of migration statistics", employer="Office"))
        make.view(one)
    session.commit()
    first = open_ranker(live)
    first.catch_up()
    first.encode()
    first.close()
    erase_expert(
        session,
        system_actor(make.home.id),
        people[0].id,
        reason=ErasureReason.ASKED,
        at=A_MONDAY,
    )
    session.commit()

    def kept() -> set[int]:
        written = b"".join(
            one.read_bytes() for one in tmp_path.rglob("index/**/*") if one.is_file()
        )
        return {at for at, one in enumerate(people) if one.id.bytes in written}

    ids = [one.id for one in people]
    assert kept() == {0, 1}
    command = open_ranker(live)
    command.remove(ids[:1])
    command.close()
    assert kept() == {1}


def test_whom_another_process_erased_is_held_for_teams_no_more(
    live: Settings, session: Session
) -> None:
    make = Factory(session)
    person, actor = make.expert("Ana Prates"), make.actor()
    make.view(person)
    session.commit()
    ranker = open_ranker(live)
    ranker.catch_up()
    assert bare_views_of(session, actor, [person.id], Permission.RANK)
    held, forms = bare_views._held[session.get_bind().engine], {person.id, person.id.hex}
    erase_expert(
        session, system_actor(make.home.id), person.id, reason=ErasureReason.ASKED, at=A_MONDAY
    )
    session.commit()
    assert forms & held._kept.keys()
    ranker.catch_up()
    ranker.close()
    assert not forms & held._kept.keys()


def test_an_index_of_another_database_is_not_opened(
    live: Settings, session: Session, tmp_path: Path
) -> None:
    make = Factory(session)
    make.view(make.expert("Ana Prates"))
    session.commit()
    ranker = open_ranker(live)
    ranker.catch_up()
    ranker.encode()
    ranker.close()
    (manifest,) = tmp_path.glob("index/index.json")
    said = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**said, "mark": "elsewhere"}), encoding="utf-8")
    again = open_ranker(live)
    assert again.catch_up() == 1, "everybody is read"
    again.close()


def test_rebuilding_reads_everybody_and_tells_how_far_it_is(
    live: Settings, session: Session
) -> None:
    make = Factory(session)
    for n in range(3):
        make.view(make.expert(f"Person {n}"))
    session.commit()
    ranker, told = open_ranker(live), []
    assert ranker.rebuild(lambda done, of: told.append((done, of))) == 3
    assert told == [(3, 3)]
    assert ranker.catch_up() == 0
    ranker.close()
