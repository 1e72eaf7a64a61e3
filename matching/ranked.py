"""Everybody of a ranking in order; each person is put together when somebody looks at her."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload
from uuid import UUID

import numpy as np

from matching.arrays import Floats, Ints, as_met, sixteen
from matching.conditions import Verdicts
from matching.explain import Explainer
from matching.scoring import Scored
from roster.read import Contribution, People, RankedColumns, RankedExpert, deciding
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
            return self._people(range(*at.indices(len(self))))
        if not -len(self) <= at < len(self):
            raise IndexError(f"place {at} of {len(self)} people")
        return self._people([at % len(self)])[0]

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

    def best(self, most: int) -> tuple[RankedExpert, ...]:
        """Return the people of most points, whatever their band, at most so many, best first."""
        order = np.argsort(-self._scores[self._rows], kind="stable")
        return self._people(order[:most].tolist())

    def those(self, expert_ids: Collection[UUID]) -> tuple[RankedExpert, ...]:
        """Return people by id, in order; ids that are not in the ranking are left out."""
        rows = self._index.rows(expert_ids)
        return self._people(np.flatnonzero(np.isin(self._rows, rows)).tolist())

    def in_columns(self) -> RankedColumns:
        """Return everybody at once; the words are not kept: whoever stores them has them."""
        worded = [at for band in BANDS for at in self._in_words(band)]
        rows: list[int] = self._rows[worded].tolist()
        words: dict[int, tuple[Contribution, ...]] = {}
        for begin in range(0, len(rows), _AT_ONCE):
            words |= self._explainer.in_words(rows[begin : begin + _AT_ONCE])
        blank = np.zeros(len(self), dtype=np.bool_)
        blank[worded] = True
        told, parts = self._explainer.in_columns(self._rows, blank)
        verdicts = self._verdicts.of[self._rows]
        first, numbers = as_met(verdicts)
        bands = [band for band in BANDS for _ in range(self._counts[band])]
        return RankedColumns(
            ids=list(map(sixteen, self._index.keys[self._rows])),
            bands=bands,
            places=[place + 1 for band in BANDS for place in range(self._counts[band])],
            scores=np.minimum(self._scores[self._rows], 100.0).tolist(),
            tied=self._is_tied,
            gates=[self._verdicts.results[at] for at in verdicts[first].tolist()],
            held=numbers.tolist(),
            told=told,
            parts=parts,
            words={at: words[row] for at, row in zip(worded, rows, strict=True)},
        )

    def _people(self, places: Sequence[int]) -> tuple[RankedExpert, ...]:
        """Put people together; those that are not worded one after the other, at little cost."""
        self._put_in_words(places)
        plain = [at for at in places if at not in self._seen]
        rows: list[int] = self._rows[plain].tolist()
        told = dict(zip(plain, self._explainer.plain(rows), strict=True))
        return tuple(
            [
                self._seen[at] if at not in told else self._made(at, row_of, told[at])
                for at, row_of in zip(places, self._rows[list(places)].tolist(), strict=True)
            ]
        )

    def _put_in_words(self, places: Iterable[int]) -> None:
        """Put those who are worded together at once: words cost a hundred times more, so kept."""
        new = [at for at in places if at not in self._seen and self._is_worded(at)]
        if new:
            rows: list[int] = self._rows[new].tolist()
            told = self._explainer.in_words(rows)
            self._seen |= {
                at: self._made(at, row, told[row]) for at, row in zip(new, rows, strict=True)
            }

    def _is_worded(self, at: int) -> bool:
        return at in self._in_words(self._band(at))

    def _in_words(self, band: Band) -> range:
        """Return the places of those of a band who are worded."""
        start, count = self._starts[band], self._counts[band]
        return range(start, start + min(count, self._most_worded[band]))

    def _band(self, at: int) -> Band:
        """Return in which band a place is: one follows the other."""
        second, third = self._starts[BANDS[1]], self._starts[BANDS[2]]
        return BANDS[(at >= second) + (at >= third)]

    @cached_property
    def _is_tied(self) -> list[bool]:
        """By place, whether somebody beside it differs by nothing but the order of ids."""
        standings = self._verdicts.standings[self._verdicts.of[self._rows]]
        scores = np.round(self._scores[self._rows], DIGITS)
        alike = (standings[1:] == standings[:-1]) & (scores[1:] == scores[:-1])
        tied: list[bool] = (np.append(alike, False) | np.append(False, alike)).tolist()
        return tied

    def _made(self, at: int, row: int, contributions: tuple[Contribution, ...]) -> RankedExpert:
        band = self._band(at)
        return RankedExpert(
            expert_id=self._index.id_at(row),
            place=at - self._starts[band] + 1,
            band=band,
            score=min(float(self._scores[row]), 100.0),
            contributions=contributions,
            gates=self._verdicts.results[int(self._verdicts.of[row])],
            tied=self._is_tied[at],
        )
