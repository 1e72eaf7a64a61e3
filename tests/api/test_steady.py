"""A clock that jumps deletes nothing: what it says is believed again a day later."""

from __future__ import annotations

import pytest

from api.chores import tidy_if_steady
from api.steady import Steadiness
from roster.installation import Installation
from tests.fakes import FrozenClock

_YEARS = 3_650.0


class Machine:
    """A machine whose clock can be set; what it counts since its start cannot."""

    def __init__(self) -> None:
        self.clock = FrozenClock()
        self.ran_s = 0.0

    def running(self) -> float:
        """Return how long it runs."""
        return self.ran_s

    def run(self, hours: float, steady: Steadiness) -> bool:
        """Let time pass, with a look at each hour; return what the last one found."""
        found = steady.look()
        for _ in range(round(hours)):
            self.ran_s += 3600
            self.clock.advance(hours=1)
            found = steady.look()
        return found


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def steady(machine: Machine) -> Steadiness:
    return Steadiness(machine.clock, machine.running)


@pytest.mark.parametrize("days", [pytest.param(_YEARS, id="ahead"), pytest.param(-1.0, id="back")])
def test_a_clock_that_jumped_is_believed_a_day_later(
    machine: Machine, steady: Steadiness, days: float
) -> None:
    assert machine.run(48, steady)
    machine.clock.advance(days=days)
    assert not machine.run(0, steady)
    assert not machine.run(23, steady)
    assert machine.run(1, steady)


def test_a_clock_that_jumped_back_again_is_not_believed_the_sooner(
    machine: Machine, steady: Steadiness
) -> None:
    machine.clock.advance(days=_YEARS)
    assert not machine.run(12, steady)
    machine.clock.advance(days=-_YEARS)
    assert not machine.run(23, steady)
    assert machine.run(1, steady)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_is_deleted_until_then(
    installation: Installation, machine: Machine, steady: Steadiness
) -> None:
    assert tidy_if_steady(installation, steady) is not None
    machine.clock.advance(days=_YEARS)
    assert tidy_if_steady(installation, steady) is None
    machine.run(24, steady)
    assert tidy_if_steady(installation, steady) is not None


def test_a_time_server_may_move_a_clock_by_seconds(machine: Machine, steady: Steadiness) -> None:
    for _ in range(10):
        machine.clock.advance(seconds=100)
        assert machine.run(1, steady)


def test_the_clock_of_this_machine_is_steady(clock: FrozenClock) -> None:
    assert Steadiness(clock).look()
