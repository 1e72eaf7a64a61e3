"""Rankings as they were stored before: by the page, or in one piece; they are read, never written.

By the page the bytes are `RK1`, the length of the head, the head, and pages of people: each part is
compressed JSON by itself. The head holds who stands where, and the condition that decides. Those
that are older still are one compressed JSON.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, islice, pairwise
from typing import Any
from uuid import UUID

import orjson

from roster.read import MeasuredPerson, RankedExpert, Ranking, Standing
from roster.serial import from_json
from roster.vocabulary import Band, Gate

MAGIC = b"RK1"
_LENGTH = struct.Struct(">I")
_PAGE = 25
_BEGIN = len(MAGIC) + _LENGTH.size
_BANDS: Mapping[str, Band] = {one.value: one for one in Band}
_GATES: Mapping[str | None, Gate | None] = {None: None} | {one.value: one for one in Gate}


def end_of_head(content: bytes) -> int:
    """Return where the pages begin: all before is needed to say who stands where."""
    (length,) = _LENGTH.unpack_from(content, len(MAGIC))
    return _BEGIN + int(length)


def first_of(content: bytes, most: int) -> tuple[UUID, ...]:
    """Read who stands first of those who met every condition, and nothing else of a ranking."""
    rows = _head(content)["standings"]
    return tuple(islice((UUID(hex=row[0]) for row in rows if row[2] == Band.FIT), most))


def _head(content: bytes) -> Any:
    return orjson.loads(zlib.decompress(content[_BEGIN : end_of_head(content)]))


class Pages:
    """A ranking by the page, its pages not opened.

    Parameters
    ----------
    content : all of a ranking before its pages, or more
    """

    def __init__(self, content: bytes) -> None:
        said, end = _head(content), end_of_head(content)
        self._places = [slice(*both) for both in pairwise(accumulate(said["lengths"], initial=end))]
        self.ranking = from_json(Ranking, said["ranking"])
        self.standings = tuple(map(_standing_from, said["standings"]))

    def people_at(self, content: bytes, positions: Iterable[int]) -> tuple[RankedExpert, ...]:
        """Read the people at these positions of the whole order, in the order given."""
        wanted = list(positions)
        opened = {page: self._rows(content, page) for page in {at // _PAGE for at in wanted}}
        found = {at: from_json(RankedExpert, opened[at // _PAGE][at % _PAGE]) for at in set(wanted)}
        return tuple(found[at] for at in wanted)

    def measured(self, content: bytes) -> Iterator[MeasuredPerson]:
        """Read what was measured of everybody."""
        rows = (row for page in range(len(self._places)) for row in self._rows(content, page))
        return map(_measured, rows)

    def _rows(self, content: bytes, page: int) -> Sequence[Any]:
        rows: Sequence[Any] = orjson.loads(zlib.decompress(content[self._places[page]]))
        return rows


class Whole:
    """A ranking in one piece, all of it open."""

    def __init__(self, content: bytes) -> None:
        self._said = orjson.loads(zlib.decompress(content))
        whole = from_json(Ranking, self._said)
        self._people = whole.people
        self.ranking = replace(whole, people=())
        self.standings = tuple(map(_standing, whole.people))

    def people_at(self, _content: bytes, positions: Iterable[int]) -> tuple[RankedExpert, ...]:
        """Return the people at these positions of the whole order, in the order given."""
        return tuple(self._people[at] for at in positions)

    def measured(self, _content: bytes) -> Iterator[MeasuredPerson]:
        """Return what was measured of everybody."""
        return map(_measured, self._said["people"])


def _measured(row: Mapping[str, Any]) -> MeasuredPerson:
    return MeasuredPerson(
        expert_id=UUID(row["expert_id"]),
        band=Band(row["band"]),
        score=row["score"],
        parts=tuple((one["feature"], one["value"], one["most"]) for one in row["contributions"]),
    )


def _standing(one: RankedExpert) -> Standing:
    gate = one.deciding
    return Standing(
        expert_id=one.expert_id,
        place=one.place,
        band=one.band,
        score=one.score,
        because=gate.gate if gate else None,
        distance=gate.distance if gate else None,
    )


def _standing_from(row: Sequence[Any]) -> Standing:
    expert_id, place, band, score, because, distance = row
    return Standing(
        expert_id=UUID(hex=expert_id),
        place=place,
        band=_BANDS[band],
        score=score,
        because=_GATES[because],
        distance=distance,
    )
