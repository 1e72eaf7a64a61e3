"""The ranker in memory: an index that any thread may read while another replaces it.

A ranking measures, scores and gates everybody in one vectorised pass; people are put together when
somebody looks at them. As many of each band as are asked for carry their reasons and evidence;
those further down carry exact values and points, and `Engine.explain` gives their words on demand.
Text, vectors and dates of a person are read once, when the record changes; the sentences of a
letter are encoded once per text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from time import perf_counter
from uuid import UUID

import numpy as np

from matching.arrays import Floats, Ints, floats, integers
from matching.baseline import rule_model
from matching.changes import changed
from matching.compiled import MISSING, AdditiveModel
from matching.conditions import check_everybody
from matching.encoder import Encoder, VectorStore, find_encoder
from matching.explain import Explainer
from matching.features import FEATURES, MEASURES, NAMES
from matching.index import Index, build_index
from matching.lacks import lacks
from matching.profile import Profile, profile_of
from matching.question import Question, ask
from matching.ranked import RankedPeople
from matching.scoring import measure, score
from matching.supplies import supplied_by
from roster.errors import FieldError, InvalidInput
from roster.ports import WORDED
from roster.read import (
    ExpertView,
    ModelFeature,
    RankedExpert,
    Ranking,
    RequestView,
)
from roster.vocabulary import Band

ENCODED_AT_ONCE = 48
"""An update of more new passages than this leaves them to `encode_pending`."""
LARGEST_FACTOR = 3.0


class Engine:
    """Ranks by one model over arrays in memory; a `roster.ports.Ranker` chooses the model.

    Parameters
    ----------
    model : AdditiveModel, optional
        The rule where none is given.
    encoder : Encoder, optional
        None ranks without comparing meaning.
    """

    def __init__(self, model: AdditiveModel | None = None, encoder: Encoder | None = None) -> None:
        self._model = model or rule_model()
        self._store = VectorStore(encoder) if encoder else None
        self._profiles: dict[UUID, Profile] = {}
        self._index: Index | None = None
        self._stale: frozenset[UUID] = frozenset()
        self._lock = Lock()

    @classmethod
    def with_encoder(cls, model: AdditiveModel | None = None) -> Engine:
        """Return an engine with the sentence encoder, where it is installed."""
        return cls(model, find_encoder())

    @property
    def model(self) -> str:
        """Version of the model in use."""
        return self._model.version

    @property
    def features(self) -> tuple[ModelFeature, ...]:
        """What the model in use measures and what each is worth, in the order of telling."""
        return _told(self._model)

    @property
    def vectors(self) -> VectorStore | None:
        """The vectors it compares meaning by, for whoever measures as it does; None without."""
        return self._store

    def use(self, model: AdditiveModel) -> None:
        """Rank by another model from now on; rankings under way keep theirs."""
        self._model = model

    def by(self, model: AdditiveModel) -> Engine:
        """Return a ranker over the same people as they stand now, by another model."""
        self.snapshot()  # Made once, here, instead of by every one of them.
        twin = copy(self)
        twin.use(model)
        return twin

    def __len__(self) -> int:
        return len(self._profiles)

    # --- Keeping the index ------------------------------------------------------------------------

    def update(self, experts: Iterable[ExpertView]) -> None:
        """Add people or replace them; few new passages are encoded at once, many later."""
        fresh = {view.id: profile_of(view) for view in experts}
        if self._store is not None:
            texts = [text for profile in fresh.values() for text in profile.texts]
            missing = [text for text in texts if self._store.get(self._store.digest(text)) is None]
            if len(missing) <= ENCODED_AT_ONCE:
                self._store.encode(missing)
        with self._lock:
            self._profiles = {**self._profiles, **fresh}
            self._stale |= fresh.keys()

    def remove(self, expert_ids: Iterable[UUID]) -> None:
        """Take people out of the index with their vectors; unknown ids are no error."""
        gone = set(expert_ids)
        with self._lock:
            self._profiles = {i: p for i, p in self._profiles.items() if i not in gone}
            self._stale |= gone
            texts = {text for profile in self._profiles.values() for text in profile.texts}
        if self._store is not None:
            self._store.keep(self._store.digest(text) for text in texts)

    def pending(self) -> int:
        """Return how many passages wait to be encoded."""
        return len(self._waiting())

    def encode_pending(self, most: int | None = None) -> int:
        """Encode waiting passages, `most` of them at most; return how many still wait.

        Slow (some milliseconds each): call it from the command line or a thread of its own.
        """
        waiting = self._waiting()
        if self._store is not None and waiting:
            encoded = set(waiting[:most])
            self._store.encode(waiting[:most])
            with self._lock:
                self._stale |= {
                    one for one, p in self._profiles.items() if not encoded.isdisjoint(p.texts)
                }
        return len(waiting[most:]) if most is not None else 0

    def save_vectors(self, folder: Path) -> None:
        """Write the vectors, so that the next start need not encode."""
        if self._store is not None:
            self._store.save(folder)

    def load_vectors(self, folder: Path) -> int:
        """Read vectors that `save_vectors` wrote; return how many."""
        if self._store is None:
            return 0
        found = self._store.load(folder)
        with self._lock:
            self._index = None
        return found

    def snapshot(self) -> Index:
        """Return the index as it stands; it never changes."""
        with self._lock:
            if self._index is None or len(self._stale) > max(32, len(self._index) // 10):
                self._index = build_index(self._profiles.values(), self._store)
            elif self._stale:
                fresh = [self._profiles[one] for one in self._stale if one in self._profiles]
                self._index = changed(self._index, self._stale, fresh, self._store)
            self._stale = frozenset()
            return self._index

    def _waiting(self) -> list[str]:
        if self._store is None:
            return []
        texts = {text for profile in self._profiles.values() for text in profile.texts}
        return sorted(t for t in texts if self._store.get(self._store.digest(t)) is None)

    # --- Ranking ----------------------------------------------------------------------------------

    def rank(
        self,
        request: RequestView,
        *,
        among: Iterable[UUID] | None = None,
        weights: Mapping[str, float] | None = None,
        worded: int = WORDED,
        now: datetime,
    ) -> Ranking:
        """Rank everybody in the index, or those `among` it.

        Raises
        ------
        roster.errors.RequestIncomplete
            The request names neither topic, activity type nor text.
        roster.errors.InvalidInput
            A weight is unknown or outside [0, 3].
        """
        clock = _Clock()
        factors, model, today = _factors(weights), self._model, now.date()
        index = self.snapshot()
        clock.lap("index")
        question = self._ask(request, today)
        clock.lap("letter")
        scored = score(measure(question, index, today, self._store), model, factors)
        clock.lap("features")
        rows = _rows(index, among)
        verdicts = check_everybody(index, request)
        clock.lap("gates")
        # Why somebody fails is told by the gates; the points matter for the near misses only.
        most = {Band.FIT: worded, Band.ASK: worded, Band.NOT: min(worded, WORDED)}
        people = RankedPeople(scored, verdicts, rows, most)
        clock.lap("order")
        return Ranking(
            request=request,
            people=people,
            model=model.version,
            weights=tuple(zip(NAMES, factors.tolist(), strict=True)),
            today=today,
            timing_ms=clock.laps(),
            notes=(
                *question.notes,
                *scored.measured.notes,
                *lacks(scored.measured.question, index, scored.measured.active, scored.most),
                *self._pending_note(index),
            ),
        )

    def explain(self, ranking: Ranking, expert_ids: Iterable[UUID]) -> tuple[RankedExpert, ...]:
        """Return people of a ranking with all reasons and evidence, read in the present records."""
        index, wanted = self.snapshot(), set(expert_ids)
        question = self._ask(ranking.request, ranking.today)
        factors = floats([factor for _, factor in ranking.weights])
        measured = measure(question, index, ranking.today, self._store)
        scored = score(measured, self._model, factors)
        explainer = Explainer(scored)
        return tuple(
            replace(person, contributions=explainer.contributions(index.row_of[person.expert_id]))
            for person in ranking.people
            if person.expert_id in wanted and person.expert_id in index.row_of
        )

    def _ask(self, request: RequestView, today: date) -> Question:
        encoder = self._store.encoder if self._store is not None else None
        return ask(request, encoder, today)

    def _pending_note(self, index: Index) -> tuple[str, ...]:
        if index.passages is None:
            return ()
        without = sum(bool(p.passages) for p in index.profiles) - len(
            np.unique(index.passages.rows)
        )
        if not without:
            return ()
        return (f"{without} of {len(index)} records are not compared by meaning yet.",)


def _told(model: AdditiveModel) -> tuple[ModelFeature, ...]:
    """Read the worth of each feature in the model's tables: what ranks is what is told."""
    whole = float(model.most.sum()) or 1.0
    unknown = np.divide(
        model.tables[:, MISSING], model.most, out=np.zeros(len(NAMES)), where=model.most > 0
    )
    return tuple(
        ModelFeature(
            name=feature.name,
            label=feature.label,
            group=feature.group,
            points=100 * float(most) / whole,
            neutral=float(share),
            measures=MEASURES[feature.name],
            supplied_by=supplied_by(feature.name),
        )
        for feature, most, share in zip(FEATURES, model.most, unknown, strict=True)
    )


class _Clock:
    """How long each part of a ranking took, for people who look at it; decides nothing."""

    def __init__(self) -> None:
        self._started = self._last = perf_counter()
        self._laps: list[tuple[str, float]] = []

    def lap(self, name: str) -> None:
        moment = perf_counter()
        self._laps.append((name, (moment - self._last) * 1e3))
        self._last = moment

    def laps(self) -> tuple[tuple[str, float], ...]:
        return (*self._laps, ("total", (self._last - self._started) * 1e3))


def _factors(weights: Mapping[str, float] | None) -> Floats:
    given = weights or {}
    unknown = sorted(set(given) - set(NAMES))
    wrong = [name for name, factor in given.items() if not 0 <= factor <= LARGEST_FACTOR]
    if unknown or wrong:
        errors = tuple(
            FieldError(
                f"/weights/{name}", f"Give a known feature a factor from 0 to {LARGEST_FACTOR:g}."
            )
            for name in sorted({*unknown, *wrong})
        )
        raise InvalidInput("Some weights cannot be applied.", errors)
    return floats([given.get(name, 1.0) for name in NAMES])


def _rows(index: Index, among: Iterable[UUID] | None) -> Ints:
    if among is None:
        return np.arange(len(index), dtype=np.int64)
    return integers(sorted({index.row_of[one] for one in among if one in index.row_of}))
