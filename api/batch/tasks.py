"""What one process does with one part; each leaves a file and can be done again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.batch.sources import Asked, OpenPart, Part, Source
from api.batch.work import Work, keep_places, kept_places, written
from matching.places import Places, merged
from matching.question import Tally
from matching.threads import keep_to_one_thread
from roster.errors import Conflict

_HELD_AT_ONCE = 64
"""Parts whose places are held at once where only the best are kept."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What all tasks of a batch share; small, and without a connection."""

    source: Source
    work: Work
    most: int | None
    """Places told per request; None all."""
    part_size: int
    """People of a part at most."""

    @property
    def kept(self) -> int | None:
        """Places kept: one more than are told, to know whether the last is a tie."""
        return None if self.most is None else self.most + 1

    def is_laid_out(self, part: Part) -> bool:
        """Whether a part was laid out before and can be opened."""
        return self.source.opened(part, self.work.part(part.number)) is not None


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some requests that are ranked together."""

    number: int
    items: tuple[object, ...]
    """As the source reads them."""


def lay_out(part: Part, batch: Batch) -> tuple[str, ...]:
    """Lay one part out; return notes for people.

    Raises
    ------
    roster.errors.InvalidInput, roster.errors.FileRefused
    """
    keep_to_one_thread()
    return batch.source.lay_out(part, batch.work.part(part.number))


def read_chunk(chunk: Chunk, batch: Batch) -> tuple[Asked, ...]:
    """Read some requests.

    Raises
    ------
    roster.errors.InvalidInput
    """
    keep_to_one_thread()
    return batch.source.read(chunk.items)


def count_part(part: Part, batch: Batch, asked: Sequence[Asked]) -> tuple[Tally | None, ...]:
    """Count in one part what requests ask for."""
    keep_to_one_thread()
    held = _open(part, batch)
    return tuple(batch.source.count(held, one) for one in asked)


def place_part(
    part: Part,
    batch: Batch,
    chunk: int,
    asked: Sequence[Asked],
    wholes: Sequence[Tally | None],
) -> None:
    """Rank one part for some requests and keep its best."""
    keep_to_one_thread()
    held = _open(part, batch)
    pairs = zip(asked, wholes, strict=True)
    found = [batch.source.places(held, one, whole, batch.kept) for one, whole in pairs]
    keep_places(batch.work.places(chunk, part.number), found)


def _open(part: Part, batch: Batch) -> OpenPart:
    held = batch.source.opened(part, batch.work.part(part.number))
    if held is None:
        raise Conflict(
            f"Part {part.number + 1} was laid out and cannot be opened here. All processes must "
            f"see {batch.work.folder}, and no other batch may use it."
        )
    return held


def merge_chunk(chunk: int, batch: Batch, names: Sequence[str], parts: int) -> None:
    """Write the answer to some requests from the places of all parts."""
    best: list[Places] = []
    files = [batch.work.places(chunk, number) for number in range(parts)]
    step = parts if batch.kept is None else _HELD_AT_ONCE
    for at in range(0, parts, step):
        held = [kept_places(path) for path in files[at : at + step]]
        if best:
            held.append(tuple(best))
        best = [merged(one, batch.kept) for one in zip(*held, strict=True)]

    def lines() -> Iterator[bytes]:
        for name, found in zip(names, best, strict=True):
            told = len(found) if batch.most is None else min(len(found), batch.most)
            for place in range(told):
                yield batch.source.line(name, place, found)

    written(batch.work.lines(chunk), lambda file: file.writelines(lines()))
