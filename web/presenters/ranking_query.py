"""What the address of a ranking says, and who of the ranking passes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from urllib.parse import urlencode
from uuid import UUID

from roster.queries.facets import Traits
from roster.read import Standing
from roster.vocabulary import Band, Gate

UNKNOWN = "unknown"
PER_PAGE = (25, 50)
NAMES_HIDDEN = ("names", "hidden")
"""How an address asks for a list without names."""
_NOBODY = Traits(None, None, deployed=False, topics=frozenset())


@dataclass(frozen=True, slots=True)
class RankingQuery:
    """The state of a ranking's page: all of it stands in the address."""

    request_id: UUID
    run: int | None = None
    """Number of the run; None is the newest."""
    band: Band = Band.FIT
    why: Gate | None = None
    """Only those kept out by this condition."""
    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    deployed: tuple[str, ...] = ()
    """"yes", "no"."""
    page: int = 1
    per_page: int = PER_PAGE[0]
    hide_names: bool = False
    """Whether the reader asked for a list without names."""

    def values(self) -> list[tuple[str, str]]:
        """Return the fields of the address, without those that say nothing."""
        said: list[tuple[str, str]] = []
        if self.run is not None:
            said.append(("run", str(self.run)))
        if self.band is not Band.FIT:
            said.append(("band", self.band.value))
        if self.why is not None:
            said.append(("why", self.why.value))
        for name, values in (
            ("kind", self.kinds),
            ("country", self.countries),
            ("topic", self.topics),
            ("deployed", self.deployed),
        ):
            said += [(name, value) for value in values]
        if self.hide_names:
            said.append(NAMES_HIDDEN)
        if self.per_page != PER_PAGE[0]:
            said.append(("per_page", str(self.per_page)))
        if self.page > 1:
            said.append(("page", str(self.page)))
        return said

    def href(self, **change: object) -> str:
        """Return the address with something changed; a change leads to the first page."""
        there = replace(self, **({"page": 1} | change))  # type: ignore[arg-type]
        query = urlencode(there.values())
        return f"/requests/{self.request_id}/ranking" + (f"?{query}" if query else "")

    def beside(self, page: str, *, run: int) -> str:
        """Return the address of another page about one run, names kept back there as here."""
        names = f"&{urlencode([NAMES_HIDDEN])}" if self.hide_names else ""
        return f"/requests/{self.request_id}/{page}?run={run}{names}"

    @property
    def filters(self) -> int:
        """How many boxes of the filters are ticked."""
        return len(self.kinds) + len(self.countries) + len(self.topics) + len(self.deployed)


Facets = Mapping[str, Mapping[str, int]]
"""Filter → value → how many would remain."""


@cache
def _only(value: str) -> frozenset[str]:
    return frozenset({value})


def _kind(one: Traits) -> frozenset[str]:
    return _only(one.kind.value if one.kind else UNKNOWN)


def _country(one: Traits) -> frozenset[str]:
    return _only(one.country or UNKNOWN)


def _topics(one: Traits) -> frozenset[str]:
    return one.topics


def _deployed(one: Traits) -> frozenset[str]:
    return _only("yes" if one.deployed else "no")


_READ: dict[str, Callable[[Traits], frozenset[str]]] = {
    "kind": _kind,
    "country": _country,
    "topic": _topics,
    "deployed": _deployed,
}


def passing(
    query: RankingQuery, standings: Sequence[Standing], traits: Mapping[UUID, Traits]
) -> tuple[list[Standing], Facets]:
    """Return who passes, in order, and for each filter how many each of its values would leave.

    People whom the actor may not know of, or who were erased since, are left out.
    """
    chosen: dict[str, frozenset[str]] = {
        "kind": frozenset(query.kinds),
        "country": frozenset(query.countries),
        "topic": frozenset(query.topics),
        "deployed": frozenset(query.deployed),
    }
    here = [
        (one, held)
        for one in standings
        if one.band is query.band
        and (query.why is None or one.because is query.why)
        and (held := traits.get(one.expert_id)) is not None
    ]
    asked = {name: wanted for name, wanted in chosen.items() if wanted}
    failed = [
        [name for name, wanted in asked.items() if not wanted & _READ[name](held)]
        for _, held in here
    ]

    # A filter's own choice does not narrow its counts: they say what a tick would add.
    def left(name: str) -> Iterable[Traits]:
        found = zip(here, failed, strict=True)
        return (held for (_, held), failing in found if not failing or failing == [name])

    counts = {
        name: Counter(chain.from_iterable(map(read, left(name)))) for name, read in _READ.items()
    }
    return [one for (one, _), failing in zip(here, failed, strict=True) if not failing], counts


@dataclass(frozen=True, slots=True)
class WhyOut:
    """How many people one condition keeps out, and how near the nearest of them are."""

    band: Band
    gate: Gate
    people: int
    near: int = 0
    """Of those that fail: one level or at most three days short."""


_NEAR = {Gate.LANGUAGE: 1.0, Gate.AVAILABILITY: 3.0}


def why_out(standings: Sequence[Standing]) -> list[WhyOut]:
    """Count everybody outside the first band once, by the condition that decides."""
    held: dict[tuple[Band, Gate], list[float | None]] = {}
    for one in standings:
        if one.because is not None:
            held.setdefault((one.band, one.because), []).append(one.distance)
    found = [
        WhyOut(band, gate, len(away), _near(gate, away)) for (band, gate), away in held.items()
    ]
    order = {Band.ASK: 0, Band.NOT: 1}
    return sorted(found, key=lambda why: (order[why.band], -why.people, why.gate))


def _near(gate: Gate, away: Sequence[float | None]) -> int:
    most = _NEAR.get(gate)
    return 0 if most is None else sum(far is not None and 0 < far <= most for far in away)
