"""Everybody's place for one request in one number, the band first: nobody is left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from matching.arrays import Bools, Floats, floats
from matching.compiled import AdditiveModel
from matching.conditions import check_everybody
from matching.encoder import VectorStore
from matching.features import NAMES
from matching.gates import band_of, check_gates
from matching.index import Index
from matching.letters import LetterReading, read_letter
from matching.profile import Profile
from matching.question import Tally, ask
from matching.scoring import Measured, measure, summed
from roster.errors import RequestIncomplete
from roster.read import ExpertView, GateResult, RequestView
from roster.vocabulary import Band, Gate, GateOutcome

PASSED = 100.0
"""Points for failing no condition: as many as all features together can give, so that nobody who
fails one stands above somebody who does not."""

KIND_READ = 12.0
"""Points of these that a kind of expert costs which nobody named and which a letter only implies: a
consultant who knows the subject stands behind officials who do, and above those who do not."""

LANGUAGE_READ = 4.0
"""Points that each level costs which is missing from a language that was only read in the letter:
who lacks one level of B2 may still help, who has none of it stands behind whoever might do."""

CONFLICT_READ = 40.0
"""Points for serving the administration of a country that was only read to be the beneficiary."""

READ_SHARE = {
    "topic": 0.2,
    "activity": 0.5,
    "language": 0.5,
    "country": 0.5,
    "peer": 0.5,
    "seniority": 0.5,
}
"""What a feature counts where a program read what it measures by and nobody confirmed it: words and
their meaning are compared as they stand, but a letter names its topic in words that mislead."""

_FOUND = frozenset({"topic", "activity", "country", "peer"})
"""What is 0 where nothing was found; a program that finds nothing in a CV proves nothing."""


@dataclass(frozen=True)
class Standings:
    """Everybody for one request, in the order of the index."""

    model: AdditiveModel
    values: Floats
    """(n, n_features), NaN missing."""
    active: Bools
    """(n_features,): what the request gives something to measure."""
    passed: Bools
    """(n,): who fails no condition; not known is no failure."""
    gates: tuple[tuple[GateResult, ...], ...]
    """Per person; people with the same results share them."""
    notes: tuple[str, ...]
    language: str | None
    """Of the letter, ISO 639-1."""
    shares: Floats
    """(n_features,): what each feature counts, 1 but for what was only read in the letter."""
    demerits: Floats | None = None
    """(n,): points that it costs to fail what a program only read in a letter; None: nobody any."""

    def points(self, factors: Floats | None = None) -> Floats:
        """Return the points of each feature, shape (n, n_features).

        Parameters
        ----------
        factors : float array (n_features,), weights shifted; None shifts none
        """
        shifts = self.shares if factors is None else self.shares * factors
        return self.model.points(self.values, self.active, shifts)[0]

    @property
    def conditions(self) -> Floats:
        """Return what the conditions add to each score, shape (n,)."""
        added = np.where(self.passed, PASSED, 0.0)
        return added if self.demerits is None else added - self.demerits

    def scores(self, factors: Floats | None = None) -> Floats:
        """Return the sum of the points and of what the conditions add, shape (n,)."""
        return summed(self.points(factors)) + self.conditions


@dataclass(frozen=True, slots=True)
class OfWhole:
    """What a part of a roster is ranked by, worked out before."""

    whole: Tally | None
    """Of the whole roster; None for a request that names nothing to rank by."""
    unstated: Bools
    """(n,): as `unstated_of` tells of the part."""
    reading: LetterReading
    """Of the letter of the request."""


def stand(
    request: RequestView,
    index: Index,
    today: date,
    *,
    model: AdditiveModel,
    store: VectorStore | None = None,
    only_read: Collection[str] = (),
    part: OfWhole | None = None,
) -> Standings:
    """Rank everybody of an index for a request.

    A request that names nothing to rank by gives nobody points: all are equal but for the
    conditions, and a note says so.

    Parameters
    ----------
    only_read : features whose fields were read in the letter or the CVs and given by nobody;
        "kind" where the kinds asked for are. A condition that rests on such a field alone costs
        points instead of all that the conditions give
    part : where the index is only a part of the roster
    """
    shares = floats([READ_SHARE.get(name, 1.0) if name in only_read else 1.0 for name in NAMES])
    verdicts = check_everybody(index, request)
    gates = [verdicts.results[at] for at in verdicts.of.tolist()]
    lenient = _lenient(request, only_read)
    try:
        encoder = store.encoder if store is not None else None
        question = ask(request, part.reading if part else read_letter(request, encoder), today)
    except RequestIncomplete:
        note = "It names neither topic, activity nor text: nobody can be told from anybody."
        values, active = np.full((len(index), len(NAMES)), np.nan), np.zeros(len(NAMES), bool)
        held = _Held.of(gates, lenient)
        return Standings(
            model, values, active, held.passed, tuple(gates), (note,), None, shares, held.demerits
        )
    measured = measure(question, index, today, store, part.whole if part else None)
    for row, alone in measured.own.items():
        # The letter pasted into a CV names the language of work, too.
        gates[row] = check_gates(alone.view, request)
    held = _Held.of(gates, lenient)
    return Standings(
        model=model,
        values=_without_zeros_read(measured, part.unstated if part else None, only_read),
        active=measured.active,
        passed=held.passed,
        gates=tuple(gates),
        notes=(*question.notes, *measured.notes),
        language=question.language,
        shares=shares,
        demerits=held.demerits,
    )


def unstated_of(profiles: Iterable[Profile]) -> Bools:
    """Return of whom nothing that they did was given, only read, shape (n,)."""
    return np.array([not _is_stated(profile.view) for profile in profiles], bool)


def _without_zeros_read(
    measured: Measured, unstated: Bools | None, only_read: Collection[str]
) -> Floats:
    """Return the values, missing where a program found nothing and nobody stated anything."""
    values = measured.values
    columns = [NAMES.index(name) for name in sorted(_FOUND & set(only_read))]
    if unstated is None:
        unstated = unstated_of(measured.index.profiles)
    empty = np.zeros(values.shape, bool)
    empty[:, columns] = unstated[:, None] & (values[:, columns] == 0)
    return np.where(empty, np.nan, values)


def _is_stated(view: ExpertView) -> bool:
    """Whether anything that somebody did was given, not only read."""
    held = (view.posts, view.missions, view.topics, view.activities, view.countries)
    return any(one.evidence.confirmed for entries in held for one in entries)


def _lenient(request: RequestView, only_read: Collection[str]) -> Mapping[Gate, float]:
    """Return the conditions that rest on what was only read, with what failing each costs."""
    costs = {}
    if "kind" in only_read:
        costs[Gate.KIND] = KIND_READ
    if "language" in only_read:
        costs[Gate.LANGUAGE] = LANGUAGE_READ
    if "country" in only_read and not request.conflicts:
        costs[Gate.CONFLICT] = CONFLICT_READ
    return costs


def _cost(one: GateResult, lenient: Mapping[Gate, float]) -> float:
    """Return what a result costs; of a language, each level that is missing."""
    if one.outcome is not GateOutcome.FAIL or one.gate not in lenient:
        return 0.0
    return lenient[one.gate] * (one.distance or 1.0)


class _Held(NamedTuple):
    """What the conditions make of everybody."""

    passed: Bools
    demerits: Floats

    @classmethod
    def of(cls, gates: Sequence[Sequence[GateResult]], lenient: Mapping[Gate, float]) -> _Held:
        """Weigh everybody's results; failing a lenient condition costs points and excludes nobody.

        Parameters
        ----------
        gates : (n,), the results of each person
        lenient : conditions and what failing each costs
        """
        strict = [[one for one in held if one.gate not in lenient] for held in gates]
        passed = np.fromiter((band_of(held) is not Band.NOT for held in strict), bool, len(gates))
        costs = floats([sum(_cost(one, lenient) for one in held) for held in gates])
        return cls(passed, np.where(passed, costs, 0.0))
