"""A question measured over an index, and the points that a model gives for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from matching.arrays import Bools, Floats, integers
from matching.blocks import Block, build_block
from matching.compiled import AdditiveModel
from matching.copying import copiers, without_copies
from matching.encoder import VectorStore
from matching.features import NAMES, as_matrix, measure_all, measure_to_tell
from matching.index import Index
from matching.profile import Profile
from matching.question import Question, Tally, settle, tally
from matching.readings import Reading


@dataclass(frozen=True)
class Close:
    """A few people measured to be told of."""

    block: Block
    people: Sequence[Profile]
    """By row of the block."""
    readings: dict[str, Reading]
    """Of features whose clauses tell of parts or amounts."""
    values: Floats
    """(n, n_features), as everybody was measured."""
    words: Sequence[tuple[str, ...]]
    """By row: which telling words of the letter stand in the record, the most telling first."""


@dataclass(frozen=True)
class Measured:
    """Every feature of everybody for one question."""

    question: Question
    index: Index
    today: date
    values: Floats
    """(n, n_features), NaN missing."""
    active: Bools
    """(n_features,): what the request gives something to measure."""
    own: Mapping[int, Profile]
    """By row: who repeats the letter, without its sentences."""
    store: VectorStore | None

    def closely(self, rows: Sequence[int]) -> tuple[Close, Mapping[int, int]]:
        """Measure the people of some rows once more, to tell what shows it.

        Returns
        -------
        them, and the row in the block by row of the index; who has left since is not there
        """
        ids = {self.index.id_at(row): row for row in rows}
        held = self.index.records.among(one for one, row in ids.items() if row not in self.own)
        people = {**held, **{one: self.own[row] for one, row in ids.items() if row in self.own}}
        found = dict(sorted(people.items()))
        block = build_block(found.values(), self.store, to_tell=True)
        at = [ids[one] for one in found]
        readings = measure_to_tell(self.question, block, self.today.toordinal())
        told = Close(block, tuple(found.values()), readings, self.values[at], self._words_of(at))
        return told, {row: place for place, row in enumerate(at)}

    def _words_of(self, rows: Sequence[int]) -> list[tuple[str, ...]]:
        question = self.question
        wanted = question.term_ids[question.telling]
        held = self.index.holds(wanted, integers(rows))
        for place, row in enumerate(rows):
            if row in self.own:
                held[place] = np.isin(wanted, self.own[row].term_ids)
        words = [question.term_words[at] for at in question.telling.tolist()]
        return [tuple([words[at] for at in np.flatnonzero(one).tolist()]) for one in held]

    @property
    def notes(self) -> tuple[str, ...]:
        """What people should know about the measuring."""
        if not self.own:
            return ()
        return (f"{len(self.own)} records repeat the letter; its sentences were not counted.",)


@dataclass(frozen=True)
class Scored:
    """What was measured, with the points of a model."""

    measured: Measured
    points: Floats
    """(n, n_features); a row's sum is its score."""
    most: Floats
    """(n_features,)."""

    @property
    def scores(self) -> Floats:
        """Return the score of each row, shape (n,); always added up in one order."""
        return summed(self.points)


def summed(points: Floats) -> Floats:
    """Return the sum of each row's points, shape (n,), added feature by feature."""
    scores = np.zeros(len(points))
    for one in points.T:
        scores += one
    return scores


def count(question: Question, index: Index) -> Tally:
    """Count what a question asks for; who repeats the letter is counted by her own words."""
    return tally(question, index, _own_words(question, index))


def _own_words(question: Question, index: Index) -> dict[int, Profile]:
    """Return by row who repeats the letter, without its sentences."""
    rows = copiers(question, index).tolist()
    copied = index.records.among(map(index.id_at, rows))
    return {
        row: without_copies(copied[one], question)
        for row, one in zip(rows, map(index.id_at, rows), strict=True)
        if one in copied
    }


def measure(
    question: Question,
    index: Index,
    today: date,
    store: VectorStore | None = None,
    whole: Tally | None = None,
) -> Measured:
    """Measure everybody; who repeats the letter is measured, and counted, by her own words.

    Parameters
    ----------
    whole : of the roster that the index is a part of, as `count` of each part adds up to it; None
        where the index is the whole
    """
    own = _own_words(question, index)
    question = settle(question, whole or tally(question, index, own))
    readings = [measure_all(question, block, today.toordinal()) for block in index.blocks]
    values = index.gather([as_matrix(held) for held in readings])
    active = np.array([any(held[name].active for held in readings) for name in NAMES])
    if own:
        values = values.copy()
    for row, profile in own.items():
        if store is not None:  # One by one: a vector's last bits depend on what it is encoded with.
            store.encode(profile.texts)
        alone = build_block([profile], store)
        # What is left unknown by taking the copy away was claimed, not known: it counts nothing.
        mine = as_matrix(measure_all(question, alone, today.toordinal()))[0]
        values[row] = np.where(np.isnan(mine) & ~np.isnan(values[row]), 0.0, mine)
    return Measured(question, index, today, values, active, own, store)


def score(measured: Measured, model: AdditiveModel, factors: Floats) -> Scored:
    """Look up the points of everybody; `factors` (n_features,) shift the weights."""
    points, most = model.points(measured.values, measured.active, factors)
    return Scored(measured, points, most)
