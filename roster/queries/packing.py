"""A ranking as bytes and back, so that one page of it is read without the rest.

The bytes are `RK1`, the length of the head, the head, and chunks of people: each part is compressed
JSON by itself. The head holds what a list is made of (who stands where, and the condition that
decides), so that filters and counts open no chunk. Rankings stored before are one compressed JSON.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from threading import Lock
from typing import Any, overload
from uuid import UUID

import orjson

from roster.read import (
    MeasuredPerson,
    MeasuredRanking,
    People,
    RankedExpert,
    Ranking,
    Standing,
)
from roster.serial import from_json, to_bytes, to_json
from roster.vocabulary import Band, Gate

_MAGIC = b"RK1"
_LENGTH = struct.Struct(">I")
_CHUNK = 25
"""People per chunk, as on a page."""
_MOST_PEOPLE = 150_000
"""In all heads that a process keeps read: some 300 bytes each."""
_LEAST = 1000
"""A head counts as so many people at least."""


@dataclass(frozen=True, slots=True)
class Head:
    """A stored ranking without its people, and where each of them is."""

    ranking: Ranking
    """With nobody in it."""
    standings: tuple[Standing, ...]
    """Everybody, in order."""
    places: tuple[tuple[int, int], ...]
    """Start and end of each chunk in the bytes."""


def packed(ranking: Ranking) -> bytes:
    """Return a ranking as it is stored."""
    standings: list[Sequence[object]] = []
    chunks: list[bytes] = []
    everybody = iter(ranking.people)  # In turn, and once: each is put together as she comes.
    while group := tuple(islice(everybody, _CHUNK)):
        chunks.append(zlib.compress(to_bytes(group), level=1))
        standings.extend(map(_standing_row, group))
    head = zlib.compress(
        orjson.dumps(
            {
                "ranking": to_json(replace(ranking, people=())),
                "standings": standings,
                "lengths": [len(chunk) for chunk in chunks],
            }
        ),
        level=1,
    )
    return b"".join((_MAGIC, _LENGTH.pack(len(head)), head, *chunks))


def head_of(content: bytes) -> Head:
    """Read who stands where in a stored ranking, without scores' parts and evidence."""
    if not content.startswith(_MAGIC):
        ranking = _whole(content)
        return Head(replace(ranking, people=()), tuple(map(_standing, ranking.people)), ())
    begin = len(_MAGIC) + _LENGTH.size
    (length,) = _LENGTH.unpack_from(content, len(_MAGIC))
    return _HEADS.of(content[begin : begin + length])


class _Heads:
    """Heads read lately by their bytes, for whoever turns a page of a ranking."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, Head] = OrderedDict()
        self._lock = Lock()

    def of(self, content: bytes) -> Head:
        """Return what the bytes of a head say."""
        with self._lock:
            if content in self._kept:
                self._kept.move_to_end(content)
                return self._kept[content]
        made = _read_head(content)
        with self._lock:
            self._kept[content] = made
            while len(self._kept) > 1 and self._people() > _MOST_PEOPLE:
                self._kept.popitem(last=False)
        return made

    def _people(self) -> int:
        return sum(max(len(one.standings), _LEAST) for one in self._kept.values())


_HEADS = _Heads()


def _read_head(content: bytes) -> Head:
    said = orjson.loads(zlib.decompress(content))
    places, at = [], len(_MAGIC) + _LENGTH.size + len(content)
    for size in said["lengths"]:
        places.append((at, at + size))
        at += size
    return Head(
        ranking=from_json(Ranking, said["ranking"]),
        standings=tuple(map(_standing_from, said["standings"])),
        places=tuple(places),
    )


def first_of(content: bytes, most: int) -> tuple[UUID, ...]:
    """Read who stands first of those who met every condition, and nothing else of a ranking."""
    if not content.startswith(_MAGIC):
        fit = (one.expert_id for one in _whole(content).people if one.band is Band.FIT)
        return tuple(islice(fit, most))
    begin = len(_MAGIC) + _LENGTH.size
    (length,) = _LENGTH.unpack_from(content, len(_MAGIC))
    rows = orjson.loads(zlib.decompress(content[begin : begin + length]))["standings"]
    return tuple(islice((UUID(hex=row[0]) for row in rows if row[2] == Band.FIT), most))


def measured(content: bytes) -> MeasuredRanking:
    """Read what was measured of everybody in a stored ranking; reasons and evidence stay shut."""
    if not content.startswith(_MAGIC):
        said = orjson.loads(zlib.decompress(content))
        weights, rows = said["weights"], said["people"]
    else:
        head = head_of(content)
        weights = head.ranking.weights
        chunks = (zlib.decompress(content[start:end]) for start, end in head.places)
        rows = [row for chunk in chunks for row in orjson.loads(chunk)]
    return MeasuredRanking(
        weights=tuple((str(name), float(factor)) for name, factor in weights),
        people=tuple(map(_measured_person, rows)),
    )


def _measured_person(row: Mapping[str, Any]) -> MeasuredPerson:
    return MeasuredPerson(
        expert_id=UUID(row["expert_id"]),
        band=Band(row["band"]),
        score=row["score"],
        parts=tuple((one["feature"], one["value"], one["most"]) for one in row["contributions"]),
    )


def people_at(content: bytes, head: Head, positions: Iterable[int]) -> tuple[RankedExpert, ...]:
    """Read the people at these positions of the whole order, in the order given.

    Parameters
    ----------
    positions : counted from 0 over everybody
    """
    wanted = list(positions)
    if not content.startswith(_MAGIC):
        people = _whole(content).people
        return tuple(people[at] for at in wanted)
    found: dict[int, RankedExpert] = {}
    for number in sorted({at // _CHUNK for at in wanted}):
        start, end = head.places[number]
        rows = orjson.loads(zlib.decompress(content[start:end]))
        inside = [at for at in dict.fromkeys(wanted) if at // _CHUNK == number]
        found |= {at: from_json(RankedExpert, rows[at % _CHUNK]) for at in inside}
    return tuple(found[at] for at in wanted)


def unpacked(content: bytes) -> Ranking:
    """Read a stored ranking; of its people those who are looked at."""
    if not content.startswith(_MAGIC):
        return _whole(content)
    head = head_of(content)
    return replace(head.ranking, people=StoredPeople(content, head))


class StoredPeople(People):
    """Everybody of a stored ranking; whoever is looked at is read with those of her page."""

    def __init__(self, content: bytes, head: Head) -> None:
        self._content, self._head = content, head
        self._seen: dict[int, RankedExpert] = {}

    def __len__(self) -> int:
        return len(self._head.standings)

    @overload
    def __getitem__(self, at: int) -> RankedExpert: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[RankedExpert, ...]: ...
    def __getitem__(self, at: int | slice) -> RankedExpert | tuple[RankedExpert, ...]:
        """Return somebody by her place in the whole order, from 0, or several."""
        places = range(len(self))[at]
        return self._at([places])[0] if isinstance(places, int) else self._at(places)

    def _at(self, positions: Sequence[int]) -> tuple[RankedExpert, ...]:
        new = [at for at in positions if at not in self._seen]
        self._seen |= zip(new, people_at(self._content, self._head, new), strict=True)
        return tuple(self._seen[at] for at in positions)

    def tally(self) -> Mapping[tuple[Band, Gate | None], int]:
        """Count people by band and the condition that decides it."""
        return Counter((one.band, one.because) for one in self._head.standings)

    def in_band(self, band: Band, most: int | None = None) -> tuple[RankedExpert, ...]:
        """Return the people of one band in order, at most so many."""
        return self._at(self._bands.get(band, [])[:most])

    def those(self, expert_ids: Collection[UUID]) -> tuple[RankedExpert, ...]:
        """Return people by id, in order; ids that are not in the ranking are left out."""
        return self._at(sorted(self._places[one] for one in expert_ids if one in self._places))

    @cached_property
    def _bands(self) -> Mapping[Band, Sequence[int]]:
        found: dict[Band, list[int]] = {}
        for at, one in enumerate(self._head.standings):
            found.setdefault(one.band, []).append(at)
        return found

    @cached_property
    def _places(self) -> Mapping[UUID, int]:
        return {one.expert_id: at for at, one in enumerate(self._head.standings)}


def _whole(content: bytes) -> Ranking:
    return from_json(Ranking, orjson.loads(zlib.decompress(content)))


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


def _standing_row(one: RankedExpert) -> Sequence[object]:
    told = _standing(one)
    return told.expert_id.hex, told.place, told.band, told.score, told.because, told.distance


_BANDS: Mapping[str, Band] = {one.value: one for one in Band}
_GATES: Mapping[str | None, Gate | None] = {None: None} | {one.value: one for one in Gate}


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
