"""A batch from beginning to end: parts laid out, counted over all of them, ranked, merged.

First every part is laid out. Then, some requests at a time: each part counts what they ask for, the
counts are added up, each part is ranked by the whole, and the places are merged. What is done
stands in the folder of the batch and is not done again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from api.batch.crew import Crew
from api.batch.sources import Asked, Part
from api.batch.tasks import (
    Batch,
    Chunk,
    count_part,
    lay_out,
    merge_chunk,
    place_part,
    read_chunk,
)
from api.batch.work import keep_tallies, kept_tallies, written
from matching.question import Tally

T = TypeVar("T")

TOGETHER = 32
"""Requests ranked together: a part is opened once for them."""
MOST_ROWS = 2_000_000
"""Places of requests ranked together where everybody is told."""

Tell = Callable[[str], None]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Telling:
    """Where a batch tells how it goes."""

    note: Tell
    progress: Progress


def run_batch(
    batch: Batch, parts: Sequence[Part], items: Sequence[object], crew: Crew, telling: Telling
) -> tuple[Path, ...]:
    """Rank every request over every part.

    Parameters
    ----------
    items : the requests, as the source reads them

    Returns
    -------
    the files of the answer, in the order of the requests

    Raises
    ------
    roster.errors.RosterError
        A line cannot be read; processes are gone.
    """
    chunks = _chunks(items, batch, parts)
    steps = _Steps(len(parts) * (1 + len(chunks)), telling.progress)
    _lay_out_all(batch, parts, crew, telling, steps)
    for chunk in chunks:
        if batch.work.lines(chunk.number).is_file():
            steps.done(len(parts))
        else:
            _rank(chunk, batch, parts, crew, telling, steps)
    return tuple(batch.work.lines(chunk.number) for chunk in chunks)


def _chunks(items: Sequence[object], batch: Batch, parts: Sequence[Part]) -> tuple[Chunk, ...]:
    together = TOGETHER
    if batch.most is None:
        together = max(1, min(TOGETHER, MOST_ROWS // (len(parts) * batch.part_size)))
    held = iter(items)
    cut = iter(lambda: tuple(islice(held, together)), ())
    return tuple(Chunk(number, some) for number, some in enumerate(cut))


def _lay_out_all(
    batch: Batch, parts: Sequence[Part], crew: Crew, telling: Telling, steps: _Steps
) -> None:
    todo = [part for part in parts if not batch.is_laid_out(part)]
    steps.done(len(parts) - len(todo))
    for notes in crew.each(lay_out, todo, batch):
        for note in notes:
            telling.note(note)
        steps.done()
    batch.source.check(parts, batch.work.part)


def _rank(
    chunk: Chunk,
    batch: Batch,
    parts: Sequence[Part],
    crew: Crew,
    telling: Telling,
    steps: _Steps,
) -> None:
    asked = next(crew.each(read_chunk, [chunk], batch))
    for note in (note for one in asked for note in one.notes):
        telling.note(note)
    missing = [part for part in parts if not batch.work.places(chunk.number, part.number).is_file()]
    steps.done(len(parts) - len(missing))
    if missing:
        wholes = _counted(chunk, batch, parts, crew, asked)
        for _ in crew.each(place_part, missing, batch, chunk.number, asked, wholes):
            steps.done()
    names = tuple(one.key for one in asked)
    list(crew.each(merge_chunk, [chunk.number], batch, names, len(parts)))
    shutil.rmtree(batch.work.places(chunk.number, 0).parent, ignore_errors=True)


def _counted(
    chunk: Chunk, batch: Batch, parts: Sequence[Part], crew: Crew, asked: Sequence[Asked]
) -> tuple[Tally | None, ...]:
    """Return what the whole roster has of what some requests ask for."""
    path = batch.work.tally(chunk.number)
    if path.is_file():
        return kept_tallies(path)
    counts = crew.each(count_part, parts, batch, asked)
    wholes = list(next(counts))
    for held in counts:
        wholes = [_sum(one, other) for one, other in zip(wholes, held, strict=True)]
    keep_tallies(path, wholes)
    return tuple(wholes)


def _sum(one: Tally | None, other: Tally | None) -> Tally | None:
    return None if one is None or other is None else one + other


class _Steps:
    """Counts what is done of what there is to do."""

    def __init__(self, of: int, tell: Progress) -> None:
        self._done, self._of, self._tell = 0, of, tell

    def done(self, more: int = 1) -> None:
        self._done += more
        self._tell(self._done, self._of)


def joined(files: Sequence[Path], out: Path) -> int:
    """Put the answer together in one file, whole or not at all; return how many lines it has."""
    count = 0

    def lines() -> Iterator[bytes]:
        nonlocal count
        for path in files:
            with path.open("rb") as file:
                for line in file:
                    count += 1
                    yield line

    written(out, lambda file: file.writelines(lines()))
    return count
