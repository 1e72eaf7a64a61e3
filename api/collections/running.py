"""An outside collection ranked in memory: read, encoded, measured, written as one run file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from api.collections.judgements import Grades
from api.collections.lines import Line, read_lines
from api.collections.needs import read_need
from api.collections.people import read_person
from api.collections.staff import with_staff
from matching.arrays import floats, integers
from matching.blocks import Block, build_block
from matching.compiled import AdditiveModel
from matching.encoder import VectorStore
from matching.index import Index, index_of
from matching.learning.trials import Judged
from matching.learning.words import words_alone
from matching.places import places_of, run_line
from matching.profile import Profile, profile_of
from matching.records import Records
from matching.standings import Standings, stand
from roster.errors import InvalidInput
from roster.read import RequestView

MANY = 400
"""From so many people on, several processes read the texts."""
GROUP = 500
"""People whose texts are encoded together, in the order of the lines."""
AT_ONCE = 25
"""People handed to a process at a time."""

Tell = Callable[[str], None]


@dataclass(frozen=True)
class People:
    """The people of a collection, ready to be ranked."""

    index: Index
    keys: tuple[str, ...]
    """Their ids in the collection, in the order of the index."""
    texts: tuple[str, ...]
    """As they were given, in the order of the index."""


@dataclass(frozen=True)
class Asked:
    """One request of a collection, with everybody's standing."""

    key: str
    text: str
    standings: Standings


def read_people(path: Path, today: date, store: VectorStore | None, tell: Tell) -> People:
    """Read the people of a collection and encode their texts.

    Raises
    ------
    roster.errors.InvalidInput, roster.errors.FileRefused
    """
    lines = list(read_lines(path))
    profiles: list[Profile] = []
    for profile, notes in _profiles(lines, today):
        profiles.append(profile)
        for note in notes:
            tell(note)
    groups = (profiles[at : at + GROUP] for at in range(0, len(profiles), GROUP))
    blocks = [laid_out(group, store) for group in groups]
    records = Records()
    records.put(profiles)
    index = index_of(blocks, records)
    line_of = {profile.view.id: line for profile, line in zip(profiles, lines, strict=True)}
    ordered = [line_of[one] for one in index.ids]
    return People(
        index, tuple(line.key() for line in ordered), tuple(line.text() for line in ordered)
    )


def laid_out(people: Sequence[Profile], store: VectorStore | None) -> Block:
    """Lay out some people, encoded together and apart from all others; the store has them too.

    The last bits of a vector depend on what it is encoded with: whoever reads a collection in
    groups of `GROUP` has the same vectors, in one process or in many.
    """
    if store is None:
        return build_block(people)
    own = VectorStore(store.encoder)
    own.encode(text for profile in people for text in profile.texts)
    store.take(own)
    return build_block(people, own)


def _profiles(lines: Sequence[Line], today: date) -> Iterator[tuple[Profile, list[str]]]:
    workers = min(os.cpu_count() or 1, 8)
    if len(lines) < MANY or workers < 2:
        yield from map(partial(read_profile, today), lines)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(read_profile, today), lines, chunksize=AT_ONCE)


def read_profile(today: date, line: Line) -> tuple[Profile, list[str]]:
    """Read one person with the notes on her line; runs in a process of its own among many.

    Raises
    ------
    roster.errors.InvalidInput
    """
    return profile_of(read_person(line, today)), line.notes


_FIELDS = {
    "topic": "topics",
    "activity": "activity_types",
    "language": "required_languages",
    "country": "countries",
    "peer": "authority",
    "seniority": "seniority",
    "kind": "kinds",
}
"""Feature, or kind of expert, → the field of a request that somebody may give; no line gives the
last three."""


def rank_requests(
    path: Path,
    people: People,
    today: date,
    *,
    model: AdditiveModel,
    store: VectorStore | None,
    tell: Tell,
) -> Iterator[Asked]:
    """Rank everybody for each request of a file.

    Raises
    ------
    roster.errors.InvalidInput, roster.errors.FileRefused
    """
    for line in read_lines(path):
        need, read = read_request(line, today)
        standings = stand(need, people.index, today, model=model, store=store, only_read=read)
        for note in line.notes:
            tell(note)
        for note in standings.notes:
            tell(f"{line.place}: {note}")
        yield Asked(line.key(), line.text(), standings)


def read_request(line: Line, today: date) -> tuple[RequestView, tuple[str, ...]]:
    """Read one request, and the features whose fields nobody gave.

    Raises
    ------
    roster.errors.InvalidInput
    """
    need = with_staff(read_need(line, today))
    read = (name for name, field in _FIELDS.items() if line.fields.get(field) is None)
    return need, tuple(read)


# --- The run file ---------------------------------------------------------------------------------


def run_lines(asked: Asked, people: People) -> Iterator[bytes]:
    """Yield everybody as lines of a run file, best first; equal scores are equal, then by id."""
    found = places_of(asked.standings, np.array(people.keys), None)
    for place in range(len(found)):
        yield run_line(asked.key, place, found)


def write_run(path: Path, ranked: Iterable[Asked], people: People) -> tuple[Asked, ...]:
    """Write a run file, whole or not at all; return what was ranked.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    kept: list[Asked] = []
    try:
        with part.open("wb") as file:
            for asked in ranked:
                file.writelines(run_lines(asked, people))
                kept.append(asked)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return tuple(kept)


# --- Held against judgements ----------------------------------------------------------------------


def judged_of(
    asked: Sequence[Asked], people: People, grades: Grades, tell: Tell
) -> tuple[Judged, ...]:
    """Return the requests with their judged people, and the scores of words alone beside them.

    Raises
    ------
    InvalidInput
        No judged pair is in the collection.
    """
    row_of = {key: row for row, key in enumerate(people.keys)}
    words = words_alone(people.texts, [one.text for one in asked])
    by_request: dict[str, list[tuple[int, float]]] = {one.key: [] for one in asked}
    lost = 0
    for (request, expert), grade in grades.items():
        if request in by_request and expert in row_of:
            by_request[request].append((row_of[expert], grade))
        else:
            lost += 1
    if lost == len(grades):
        raise InvalidInput("No judged pair has its request and its expert in the collection.")
    if lost:
        tell(f"{lost} of {len(grades)} judged pairs have no such request or expert: left out.")
    return tuple(
        Judged(
            standings=one.standings,
            rows=integers([row for row, _ in by_request[one.key]]),
            grades=floats([grade for _, grade in by_request[one.key]]),
            text_scores={way: table[:, at] for way, table in words.items()},
        )
        for at, one in enumerate(asked)
        if by_request[one.key]
    )
