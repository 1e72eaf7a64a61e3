"""Of two presses of one form one is done, and the other learns what it was answered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from roster.policy import Actor
from roster.presses import AGAIN, Press, answered, claim, watch
from roster.tables import KeptAnswer
from roster.vault import Vault, open_vault
from tests.factories import Factory
from tests.fakes import FrozenClock


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return open_vault("", tmp_path)


@pytest.fixture
def officer(make: Factory) -> Actor:
    return make.actor()


def test_one_of_two_at_once_is_the_first(
    engine: Engine, session: Session, officer: Actor, vault: Vault, clock: FrozenClock
) -> None:
    session.commit()
    both = Barrier(2)

    def press(number: int) -> bytes | None:
        mine = Press("a session", "a form", clock.now())
        answer = f"answer {number}".encode()
        with Session(engine) as work:
            both.wait()
            try:
                before = claim(work, officer, mine, answer, vault=vault, now=clock.now())
            except IntegrityError:
                work.rollback()
                before = answered(work, officer, mine, vault=vault)
            work.commit()
            return before

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(press, (0, 1))
    assert sorted([first is None, second is None]) == [False, True]
    assert (first or second) == (b"answer 1" if first else b"answer 0")


def test_it_is_encrypted_one_row_a_session_and_soon_over(
    session: Session, officer: Actor, vault: Vault, clock: FrozenClock
) -> None:
    def pressed(form: str, later: timedelta = timedelta()) -> bytes | None:
        mine = Press("a session", form, clock.now() + later)
        return claim(session, officer, mine, form.encode(), vault=vault, now=mine.at)

    assert pressed("one") is None
    assert pressed("one") == b"one"
    assert pressed("other") is None
    assert pressed("one") is None
    assert pressed("one", AGAIN) is None
    (row,) = session.exec(select(KeptAnswer)).all()
    assert row.answer not in {None, b"one"}


def test_it_knows_whether_a_record_was_made(
    session: Session, make: Factory, clock: FrozenClock
) -> None:
    press = Press("a session", "a form", clock.now())
    watch(session, press)
    session.flush()
    assert not press.makes
    make.request()
    session.flush()
    assert press.makes
