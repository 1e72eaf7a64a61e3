from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, select

from roster import requests
from roster.mentions import forget_mentions
from roster.policy import system_actor
from roster.request_readings import AT_ONCE, read_letters, reading_of
from roster.tables import AssistanceRequest, RequestReading
from roster.traces import traces_of
from tests.factories import Factory
from tests.fakes import FakeRanker, FrozenClock

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
CLOCK = FrozenClock(NOW)


def written(make: Factory, text: str = "Visas.", code: str = "No 1") -> AssistanceRequest:
    """Return a request with a letter."""
    request = make.request(code, updated_at=NOW)
    request.text = text
    make.keep(request)
    return request


def read(session: Session, ranker: FakeRanker | None = None) -> int:
    return read_letters(session, ranker=FakeRanker() if ranker is None else ranker, clock=CLOCK)


def test_the_letter_of_a_request_is_read_once(session: Session, make: Factory) -> None:
    request = written(make, "Help us with forged passports.")
    assert [read(session), read(session)] == [1, 0]
    kept = reading_of(session, request.id)
    assert kept is not None
    assert kept.content == b"Help us with forged passports."


def test_a_changed_letter_is_read_anew(session: Session, make: Factory) -> None:
    request = written(make, "Passports.")
    read(session)
    request.text, request.updated_at = "Visas.", NOW + timedelta(hours=1)
    session.flush()
    assert [read(session), read(session)] == [1, 0]
    kept = reading_of(session, request.id)
    assert kept is not None
    assert kept.content == b"Visas."


def test_what_another_version_read_is_read_anew(session: Session, make: Factory) -> None:
    written(make)
    read(session)
    newer = FakeRanker()
    newer.reads_as = "fake/2"
    assert [read(session, newer), read(session, newer)] == [1, 0]


def test_many_letters_are_read_some_at_a_time(session: Session, make: Factory) -> None:
    for at in range(AT_ONCE + 1):
        written(make, "Visas.", f"No {at}")
    assert [read(session) for _ in range(3)] == [AT_ONCE, 1, 0]


def test_a_ranking_is_told_where_the_reading_of_its_request_is(
    session: Session, make: Factory
) -> None:
    request = written(make, "Visas.")
    read(session)
    ranker = FakeRanker()
    officer = system_actor(make.home.id)
    requests.rank_request(session, officer, request.id, ranker=ranker, clock=CLOCK)
    assert ranker.kept is not None
    found = ranker.kept()
    assert found is not None
    assert found.content == b"Visas."


def test_no_reading_outlives_its_request(session: Session, make: Factory) -> None:
    request = written(make)
    read(session)
    session.delete(request)
    session.commit()
    assert session.exec(select(RequestReading)).all() == []


def test_an_erasure_leaves_no_reading_behind(session: Session, make: Factory) -> None:
    written(make, "Ask for Zenobia Quillfeather.")
    read(session)
    forget_mentions(session, traces_of([], ["Zenobia Quillfeather"], []))
    assert session.exec(select(RequestReading)).all() == []
    assert session.exec(select(col(AssistanceRequest.id))).all()
