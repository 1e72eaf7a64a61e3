"""Fill the demonstration of a data folder up to so many invented people, to work under load with.

    ROSTER_DATA_DIR=/tmp/crowd python -m tests.load.crowd 10000

Nobody serves the folder meanwhile. Done twice it changes nothing; cut short, it goes on where it
was.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from itertools import islice
from uuid import uuid5

from sqlmodel import Session, func, select

from api.main import installed
from fixtures.demo import load
from fixtures.generate import SEED, SIZE, make_row
from fixtures.people import Person, seed_people
from fixtures.seeding import NAMESPACE, stable_id
from roster.installation import Installation
from roster.settings import read_settings
from roster.tables import Expert, Facility

_AT_ONCE = 1000
"""People written in one transaction."""


def crowd(first: int, count: int) -> Iterator[Person]:
    """Yield invented people from one place on: rosters of other seeds, one after the other."""
    for place in range(first, first + count):
        seed, index = divmod(place, SIZE)
        row = make_row(index, SEED + seed)
        yield Person({**row, "id": str(uuid5(NAMESPACE, f"crowd/{place}"))})


def fill(installation: Installation, wanted: int) -> int:
    """Load the demonstration and add people until there are so many; return how many there are."""
    load(installation)
    waiting: Iterator[Person] | None = None
    while True:
        with installation.work() as session:
            there = _count(session)
            if there >= wanted:
                return there
            facility = session.get_one(Facility, stable_id("facility", "mieux"))
            waiting = waiting or crowd(there, wanted - there)
            some = islice(waiting, min(_AT_ONCE, wanted - there))
            seed_people(session, facility, installation.clock.now(), some)


def _count(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Expert)).one()


def main() -> int:
    """Fill the folder that the settings name."""
    asked = argparse.ArgumentParser(description="Add invented people to the demonstration.")
    asked.add_argument("people", type=int)
    given = asked.parse_args()
    began = time.monotonic()
    with installed(read_settings()) as installation:
        there = fill(installation, given.people)
    print(f"{there} people after {time.monotonic() - began:.0f} s")  # noqa: T201 -- a tool talks
    return 0


if __name__ == "__main__":
    sys.exit(main())
