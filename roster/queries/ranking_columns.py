"""Everybody of a ranking as columns: some bytes a person, and the words of those who carry any.

What many people share (the result of a condition, a feature's value with its points) is written
once; a person is numbers of those, her id and her score. Who carries evidence has her contributions
in words, by the page: only the pages of who is looked at are opened.

The bytes are `RK2`, the length of an outline, the outline as JSON, and sections one after the
other, each as long as the outline says: `ranking` without people, what is `shared`, `ids`,
`scores`, `columns` (compressed together, one byte a person or as many as it takes), and `pages`.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, islice, pairwise
from typing import Any, Generic, TypeVar
from uuid import UUID

import orjson

from roster.queries.everybody import id_of
from roster.read import (
    Contribution,
    GateResult,
    MeasuredPerson,
    People,
    RankedColumns,
    RankedExpert,
    Ranking,
    Standing,
    deciding,
)
from roster.serial import from_json, to_bytes
from roster.vocabulary import Band, Gate

T = TypeVar("T", bound=Hashable)
Told = tuple[Contribution, ...]

MAGIC = b"RK2"
_LENGTH = struct.Struct(">I")
_PAGE = 25
"""People whose words are compressed together, as on a page."""
_ID = 16
_WIDTHS = ("B", "H", "I")
_BANDS = tuple(Band)
_NUMBERS = {band: number for number, band in enumerate(_BANDS)}
_IS_BIG = sys.byteorder == "big"
"""Columns are written with the lowest byte first, whoever writes them."""
_COLUMNS = ("band", "tied", "gates", "worded")
"""Before those of the features, in the order of telling."""


# --- Writing --------------------------------------------------------------------------------------


@dataclass
class _Numbered(Generic[T]):
    """Gives what is equal one number, counted from 0."""

    things: list[T] = field(default_factory=list)
    _by_value: dict[T, int] = field(default_factory=dict)
    _by_id: dict[int, tuple[T, int]] = field(default_factory=dict)
    """Quicker; each is held, or another one would get its id."""

    def of(self, thing: T) -> int:
        """Return the number of a thing."""
        known = self._by_id.get(id(thing))
        if known is not None:
            return known[1]
        number = self._by_value.setdefault(thing, len(self.things))
        if number == len(self.things):
            self.things.append(thing)
        self._by_id[id(thing)] = thing, number
        return number


def packed(ranking: Ranking) -> bytes:
    """Return a ranking as it is stored."""
    everybody = ranking.people.in_columns() if isinstance(ranking.people, People) else None
    held = everybody or _in_columns(ranking.people)
    worded = [at in held.words for at in range(len(held.ids))]
    bands = [_NUMBERS[band] for band in held.bands]
    arrays = list(map(_narrow, (bands, held.tied, held.held, worded, *held.parts)))
    sections = {
        "ranking": zlib.compress(to_bytes(replace(ranking, people=()))),
        "shared": zlib.compress(to_bytes(_shared(held))),
        "ids": b"".join(held.ids),
        "scores": _as_bytes(array("d", held.scores)),
        "columns": zlib.compress(b"".join(map(_as_bytes, arrays))),
    }
    pages = list(_pages(iter(held.words[at] for at in sorted(held.words))))
    is_counted = list(held.places) == list(_counted(bands))
    outline = orjson.dumps(
        {
            "people": len(held.ids),
            "places": None if is_counted else list(held.places),
            "sections": {name: len(content) for name, content in sections.items()},
            "widths": [one.typecode for one in arrays],
            "pages": [len(page) for page in pages],
        }
    )
    return b"".join((MAGIC, _LENGTH.pack(len(outline)), outline, *sections.values(), *pages))


def _in_columns(people: Sequence[RankedExpert]) -> RankedColumns:
    """Return as columns people who were put together one by one."""
    everybody = list(people)
    plain = next((one.contributions for one in everybody if not _has_evidence(one)), ())
    words = {
        at: one.contributions
        for at, one in enumerate(everybody)
        if _has_evidence(one) or len(one.contributions) != len(plain)
    }
    gates = _Numbered[tuple[GateResult, ...]]()
    features = [_Numbered[Contribution]() for _ in plain]
    told = [plain if at in words else one.contributions for at, one in enumerate(everybody)]
    return RankedColumns(
        ids=[one.expert_id.bytes for one in everybody],
        bands=[one.band for one in everybody],
        places=[one.place for one in everybody],
        scores=[one.score for one in everybody],
        tied=[one.tied for one in everybody],
        held=[gates.of(one.gates) for one in everybody],
        gates=gates.things,
        parts=[
            list(map(feature.of, own))
            for feature, own in zip(features, zip(*told, strict=True), strict=False)
        ],
        told=[feature.things for feature in features],
        words=words,
    )


def _has_evidence(one: RankedExpert) -> bool:
    return any(part.evidence for part in one.contributions)


def _shared(held: RankedColumns) -> Mapping[str, object]:
    """Return what many people share: results, which of them each combination is, contributions."""
    results = _Numbered[GateResult]()
    return {
        "gates": [[results.of(one) for one in combination] for combination in held.gates],
        "results": results.things,
        "told": [
            [(one.feature, one.value, one.points, one.most, one.reason) for one in feature]
            for feature in held.told
        ],
    }


def _counted(bands: Iterable[int]) -> Iterator[int]:
    """Yield places that count on from 1 in each band, given by its number."""
    last = [0] * len(_BANDS)
    for band in bands:
        last[band] += 1
        yield last[band]


def _pages(words: Iterator[Told]) -> Iterator[bytes]:
    while page := list(islice(words, _PAGE)):
        yield zlib.compress(to_bytes(page), level=1)


def _narrow(numbers: Sequence[int]) -> array[int]:
    """Return numbers from 0 as the narrowest of arrays that holds them."""
    most = max(numbers, default=0)
    fits = (width for width in _WIDTHS if most < 256 ** array(width).itemsize)
    return array(next(fits), numbers)


def _as_bytes(held: array[Any]) -> bytes:
    if _IS_BIG:
        held = held[:]
        held.byteswap()
    return held.tobytes()


def _as_array(width: str, content: bytes) -> array[Any]:
    held = array(width, content)
    if _IS_BIG:
        held.byteswap()
    return held


# --- Reading --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outline:
    """Where everything of a stored ranking stands in its bytes."""

    people: int
    places: Sequence[int] | None
    sections: Mapping[str, slice]
    widths: Sequence[str]
    pages: Sequence[slice]
    end: int
    """Where the pages begin: all before is needed to say who stands where."""


def outline_of(content: bytes) -> Outline:
    """Read where everything stands."""
    at = len(MAGIC) + _LENGTH.size
    (length,) = _LENGTH.unpack_from(content, len(MAGIC))
    said = orjson.loads(content[at : at + length])
    lengths = [*said["sections"].values(), *said["pages"]]
    ends = list(accumulate(lengths, initial=at + length))
    slices = [slice(*both) for both in pairwise(ends)]
    count = len(said["sections"])
    return Outline(
        people=said["people"],
        places=said["places"],
        sections=dict(zip(said["sections"], slices, strict=False)),
        widths=said["widths"],
        pages=slices[count:],
        end=ends[count],
    )


def first_of(content: bytes, most: int) -> tuple[UUID, ...]:
    """Read who stands first of those who met every condition, and nothing else of a ranking."""
    outline = outline_of(content)
    bands = _columns(content, outline, ("band",))["band"]
    ids = _ids(content, outline)
    fit = _NUMBERS[Band.FIT]
    return tuple(islice((one for one, band in zip(ids, bands, strict=True) if band == fit), most))


def _ids(content: bytes, outline: Outline) -> Iterator[UUID]:
    held = content[outline.sections["ids"]]
    return (id_of(held[at : at + _ID]) for at in range(0, len(held), _ID))


def _columns(content: bytes, outline: Outline, names: Sequence[str]) -> Mapping[str, Sequence[int]]:
    """Read the first columns, as many as there are names."""
    held = zlib.decompress(content[outline.sections["columns"]])
    found: dict[str, Sequence[int]] = {}
    at = 0
    for name, width in zip(names, outline.widths, strict=False):
        size = array(width).itemsize * outline.people
        found[name] = _as_array(width, held[at : at + size])
        at += size
    return found


class Columns:
    """Everybody of a stored ranking, without the words of those who carry any.

    Parameters
    ----------
    content : all of a ranking before its pages, or more
    """

    def __init__(self, content: bytes) -> None:
        outline = outline_of(content)
        shared = orjson.loads(zlib.decompress(content[outline.sections["shared"]]))
        results = [from_json(GateResult, one) for one in shared["results"]]
        self._gates = [tuple([results[at] for at in one]) for one in shared["gates"]]
        self._told = [[Contribution(*one) for one in feature] for feature in shared["told"]]
        names = (*_COLUMNS, *map(str, range(len(self._told))))
        held = _columns(content, outline, names)
        self._tied, self._held = held["tied"], held["gates"]
        self._codes = [held[name] for name in names[len(_COLUMNS) :]]
        worded = (at for at, words in enumerate(held["worded"]) if words)
        self._worded = {at: number for number, at in enumerate(worded)}
        self._pages = outline.pages
        said = orjson.loads(zlib.decompress(content[outline.sections["ranking"]]))
        self.ranking = from_json(Ranking, said)
        """With nobody in it."""
        self.standings = tuple(self._standings(content, outline, held["band"]))
        """Everybody, in order."""

    def _standings(
        self, content: bytes, outline: Outline, bands: Sequence[int]
    ) -> Iterator[Standing]:
        decides: dict[tuple[Band, int], tuple[Gate | None, float | None]] = {}
        told = [_BANDS[one] for one in bands]
        places = outline.places or _counted(bands)
        scores = _as_array("d", content[outline.sections["scores"]])
        everybody = zip(_ids(content, outline), places, told, scores, self._held, strict=True)
        for expert_id, place, band, score, held in everybody:
            if (band, held) not in decides:
                found = deciding(band, self._gates[held])
                decides[band, held] = (found.gate, found.distance) if found else (None, None)
            yield Standing(expert_id, place, band, score, *decides[band, held])

    def people_at(self, content: bytes, positions: Iterable[int]) -> tuple[RankedExpert, ...]:
        """Read the people at these positions of the whole order, in the order given.

        Parameters
        ----------
        content : all of the ranking
        positions : counted from 0 over everybody
        """
        wanted = list(positions)
        words = self._words(content, wanted)
        return tuple([self._person(at, words.get(at)) for at in wanted])

    def _words(self, content: bytes, wanted: Sequence[int]) -> Mapping[int, Told]:
        numbers = {at: self._worded[at] for at in wanted if at in self._worded}
        opened = {
            page: orjson.loads(zlib.decompress(content[self._pages[page]]))
            for page in {number // _PAGE for number in numbers.values()}
        }
        return {
            at: tuple(
                [from_json(Contribution, one) for one in opened[number // _PAGE][number % _PAGE]]
            )
            for at, number in numbers.items()
        }

    def _person(self, at: int, words: Told | None) -> RankedExpert:
        stands = self.standings[at]
        return RankedExpert(
            expert_id=stands.expert_id,
            place=stands.place,
            band=stands.band,
            score=stands.score,
            contributions=self._plain(at) if words is None else words,
            gates=self._gates[self._held[at]],
            tied=bool(self._tied[at]),
        )

    def _plain(self, at: int) -> Told:
        pairs = zip(self._told, self._codes, strict=True)
        return tuple([feature[codes[at]] for feature, codes in pairs])

    def measured(self, content: bytes) -> Iterator[MeasuredPerson]:
        """Read what was measured of everybody."""
        words = self._words(content, list(self._worded))
        for at, stands in enumerate(self.standings):
            told = words[at] if at in words else self._plain(at)
            parts = tuple([(one.feature, one.value, one.most) for one in told])
            yield MeasuredPerson(stands.expert_id, stands.band, stands.score, parts)
