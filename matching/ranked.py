"""Everybody of a ranking in order; each person is put together when somebody looks at her."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import overload
from uuid import UUID

import numpy as np

from matching.arrays import Floats, Ints
from matching.conditions import Verdicts
from matching.explain import Explainer
from matching.scoring import Scored
from roster.read import Contribution, People, RankedExpert, deciding
from roster.vocabulary import Band, Gate

BANDS = (Band.FIT, Band.ASK, Band.NOT)
DIGITS = 9
"""Scores that agree to so many digits are a tie, which the order of ids breaks."""
_AT_ONCE = 100
"""People put together at once where all are looked at."""


def in_order(standings: Ints, held: Ints, scores: Floats) -> Ints:
    """Return places by standing, ascending, then by score, descending; equals as they come.

    One whole number says both, so that the quickest sort serves, which leaves equals anyhow: they
    are put right afterwards.

    Parameters
    ----------
    standings : int array (k,), counted from 0
    held : int array (n,), which of them each has
    scores : float array (n,), within a few thousand points; equal where nine digits agree
    """
    if not scores.size:
        return np.zeros(0, dtype=np.int64)
    better = np.rint(scores * 10.0**DIGITS).astype(np.int64)
    worse = better.max() - better
    keys = standings[held] * (worse.max() + 1) + worse
    order: Ints = np.argsort(keys)
    told = keys[order]
    differs = told[1:] != told[:-1]
    if not differs.all():
        run = np.concatenate([[0], np.cumsum(differs)])
        order = order[np.argsort(run * len(order) + order)]
    return order


class RankedPeople(People):
    """Band by band: by score, and who fails by how near a miss it is; ties by id.

    Parameters
    ----------
    scored : the scores of everybody in the index
    verdicts : how they stand
    rows : int array (k,), ascending: the people ranked
    most_worded : by band, how many of the best carry reasons and evidence
    """

    def __init__(
        self, scored: Scored, verdicts: Verdicts, rows: Ints, most_worded: Mapping[Band, int]
    ) -> None:
        self._verdicts, self._most_worded = verdicts, dict(most_worded)
        self._explainer, self._index = Explainer(scored), scored.measured.index
        self._scores = scored.scores
        held = verdicts.of[rows]
        # Rows ascend, so equals stay in the order of ids.
        self._rows: Ints = rows[in_order(verdicts.standings, held, self._scores[rows])]
        self._held = np.bincount(held, minlength=len(verdicts.results))
        self._starts = self._first_places()
        self._seen: dict[int, RankedExpert] = {}

    def _first_places(self) -> dict[Band, int]:
        counts = Counter[Band]()
        for band, people in zip(self._verdicts.bands, self._held.tolist(), strict=True):
            counts[band] += people
        starts = np.cumsum([0, *(counts[band] for band in BANDS)]).tolist()
        self._counts = {band: counts[band] for band in BANDS}
        return dict(zip(BANDS, starts, strict=False))

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> RankedExpert: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[RankedExpert, ...]: ...
    def __getitem__(self, at: int | slice) -> RankedExpert | tuple[RankedExpert, ...]:
        if isinstance(at, slice):
            places = range(*at.indices(len(self)))
            self._put_in_words(places)
            return tuple(map(self._person, places))
        if not -len(self) <= at < len(self):
            raise IndexError(f"place {at} of {len(self)} people")
        return self._person(at % len(self))

    def __iter__(self) -> Iterator[RankedExpert]:
        for start in range(0, len(self), _AT_ONCE):
            yield from self[start : start + _AT_ONCE]

    def tally(self) -> Mapping[tuple[Band, Gate | None], int]:
        """Count people by band and the condition that decides it, without looking at each."""
        found = Counter[tuple[Band, Gate | None]]()
        held = zip(self._verdicts.results, self._verdicts.bands, self._held.tolist(), strict=True)
        for results, band, people in held:
            reason = deciding(band, results)
            found[band, reason.gate if reason else None] += people
        return +found

    def in_band(self, band: Band, most: int | None = None) -> tuple[RankedExpert, ...]:
        """Return the people of one band in order, at most so many."""
        start, count = self._starts[band], self._counts[band]
        return self[start : start + (count if most is None else min(count, most))]

    def those(self, expert_ids: Collection[UUID]) -> tuple[RankedExpert, ...]:
        """Return people by id, in order; ids that are not in the ranking are left out."""
        rows = self._index.rows(expert_ids)
        places = np.flatnonzero(np.isin(self._rows, rows)).tolist()
        self._put_in_words(places)
        return tuple(map(self._person, places))

    def _put_in_words(self, places: Iterable[int]) -> None:
        """Put those who are worded together at once: words cost a hundred times more, so kept."""
        new = [at for at in places if at not in self._seen and self._is_worded(at)]
        if new:
            told = self._explainer.in_words([int(self._rows[at]) for at in new])
            self._seen |= {at: self._made(at, told[int(self._rows[at])]) for at in new}

    def _is_worded(self, at: int) -> bool:
        band = self._band(at)
        return at - self._starts[band] < self._most_worded[band]

    def _band(self, at: int) -> Band:
        return self._verdicts.bands[int(self._verdicts.of[self._rows[at]])]

    def _is_equal(self, at: int, other: int) -> bool:
        """Whether two places differ by nothing but the order of ids."""
        if not 0 <= other < len(self._rows):
            return False
        pair = self._rows[[at, other]]
        first, second = self._verdicts.standings[self._verdicts.of[pair]].tolist()
        one, two = np.round(self._scores[pair], DIGITS).tolist()
        return bool(first == second and one == two)

    def _person(self, at: int) -> RankedExpert:
        if at not in self._seen and self._is_worded(at):
            self._put_in_words([at])
        if at in self._seen:
            return self._seen[at]
        return self._made(at, self._explainer.plain(int(self._rows[at])))

    def _made(self, at: int, contributions: tuple[Contribution, ...]) -> RankedExpert:
        row, band = int(self._rows[at]), self._band(at)
        return RankedExpert(
            expert_id=self._index.id_at(row),
            place=at - self._starts[band] + 1,
            band=band,
            score=min(float(self._scores[row]), 100.0),
            contributions=contributions,
            gates=self._verdicts.results[int(self._verdicts.of[row])],
            tied=self._is_equal(at, at - 1) or self._is_equal(at, at + 1),
        )
