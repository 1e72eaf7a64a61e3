"""The ranker in memory: an index that any thread may read while another replaces it.

A ranking measures, scores and gates everybody in one vectorised pass; people are put together when
somebody looks at them. As many of each band as are asked for carry their reasons and evidence;
those further down carry exact values and points, and `Engine.explain` gives their words on demand.
Text, vectors and dates of a person are read once, when the record changes; the sentences of a
letter are encoded once per text, or never where its reading was kept with the request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from time import perf_counter
from uuid import UUID

import numpy as np

from matching.arrays import Floats, Ints, floats
from matching.baseline import rule_model
from matching.blocks import build_block
from matching.compiled import AdditiveModel
from matching.conditions import check_everybody
from matching.encoder import Encoder, VectorStore, find_encoder
from matching.explain import Explainer
from matching.features import FEATURES, MEASURES, NAMES
from matching.files import Stamp, opened, saved
from matching.index import Index, index_of
from matching.lacks import lacks
from matching.latest import Latest
from matching.layers import changed
from matching.letters import Letters
from matching.profile import Profile, profile_of
from matching.question import ask
from matching.ranked import RankedPeople
from matching.records import Fetch, Records
from matching.scoring import measure, score
from matching.steps import MISSING
from matching.supplies import supplied_by
from matching.threads import keep_to_one_thread
from roster.errors import FieldError, InvalidInput
from roster.ports import WORDED
from roster.read import (
    ExpertView,
    KeptReading,
    ModelFeature,
    RankedExpert,
    Ranking,
    RequestView,
)
from roster.vocabulary import Band

ENCODED_AT_ONCE = 48
"""An update of more new passages than this leaves them to `encode_pending`."""
MOST_ABOVE = 256
"""More changes at once than this, and than a tenth of everybody, lay everybody out anew."""
LARGEST_FACTOR = 3.0


class Engine:
    """Ranks by one model over arrays in memory; a `roster.ports.Ranker` chooses the model.

    Parameters
    ----------
    model : AdditiveModel, optional
        The rule where none is given.
    encoder : Encoder, optional
        None ranks without comparing meaning.
    fetch : Fetch, optional
        Reads records by id; without it everybody's is kept in memory.
    """

    def __init__(
        self,
        model: AdditiveModel | None = None,
        encoder: Encoder | None = None,
        fetch: Fetch | None = None,
    ) -> None:
        keep_to_one_thread()
        self._model = model or rule_model()
        self._store = VectorStore(encoder) if encoder else None
        self._letters = Letters(encoder)
        self._records = Records(fetch)
        self._index = index_of([build_block([], self._store)], self._records)
        self._fresh: dict[UUID, Profile] = {}
        self._gone: frozenset[UUID] = frozenset()
        self._waiting: frozenset[UUID] = frozenset()
        self._lock = Lock()
        self._latest = Latest()

    @classmethod
    def with_encoder(cls, model: AdditiveModel | None = None, fetch: Fetch | None = None) -> Engine:
        """Return an engine with the sentence encoder, where it is installed."""
        return cls(model, find_encoder(), fetch)

    @property
    def model(self) -> str:
        """Version of the model in use."""
        return self._model.version

    @property
    def features(self) -> tuple[ModelFeature, ...]:
        """What the model in use measures and what each is worth, in the order of telling."""
        return _told(self._model)

    @property
    def letters(self) -> Letters:
        """The readings of letters."""
        return self._letters

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
        return len(self.snapshot())

    # --- Keeping the index ------------------------------------------------------------------------

    def update(self, experts: Iterable[ExpertView]) -> None:
        """Add people or replace them; few new passages are encoded at once, many later."""
        fresh = {view.id: profile_of(view) for view in experts}
        waiting = self._without_vectors(fresh.values())
        texts = [text for profile in waiting for text in profile.texts]
        if self._store is not None and 0 < len(texts) <= ENCODED_AT_ONCE:
            self._store.encode(texts)
            waiting = []
        with self._lock:
            self._records.put(fresh.values())
            self._fresh = {**self._fresh, **fresh}
            self._gone -= fresh.keys()
            self._waiting = self._waiting - fresh.keys() | {one.view.id for one in waiting}

    def remove(self, expert_ids: Iterable[UUID]) -> None:
        """Take people out of the index; unknown ids are no error."""
        with self._lock:
            gone = frozenset(expert_ids)
            self._records.forget(gone)
            self._fresh = {one: p for one, p in self._fresh.items() if one not in gone}
            self._gone |= gone
            self._waiting -= gone

    def pending(self) -> int:
        """Return how many people wait for passages to be encoded."""
        return len(self._waiting)

    def encode_pending(self, most: int | None = None) -> int:
        """Encode what waits, of `most` people at most; return how many people still wait.

        Slow (some milliseconds a passage): call it from the command line or a thread of its own.
        """
        now = sorted(self._waiting)[:most]
        if self._store is None or not now:
            return 0
        people = self._records.among(now)
        self._store.encode(text for profile in people.values() for text in profile.texts)
        with self._lock:
            # Who changed meanwhile waits again by herself.
            self._fresh = {
                **{one: p for one, p in people.items() if one in self._waiting},
                **self._fresh,
            }
            self._waiting -= set(now)
            return len(self._waiting)

    def _without_vectors(self, people: Iterable[Profile]) -> list[Profile]:
        store = self._store
        if store is None:
            return []
        return [one for one in people if not store.has(one.texts)]

    def snapshot(self) -> Index:
        """Return the index as it stands; it never changes."""
        with self._lock:
            fresh, gone, index = self._fresh, self._gone, self._index
            if fresh or gone:
                self._index = self._with(index, fresh, gone)
                self._fresh, self._gone = {}, frozenset()
            return self._index

    def _with(self, index: Index, fresh: dict[UUID, Profile], gone: frozenset[UUID]) -> Index:
        if len(fresh) <= max(MOST_ABOVE, len(index) // 10):
            return changed(index, gone, fresh, self._store)
        left = index.records.among(one for one in index.ids if one not in gone)
        return index_of([build_block({**left, **fresh}.values(), self._store)], self._records)

    # --- Files ------------------------------------------------------------------------------------

    def save(self, folder: Path, seq: int, mark: str) -> None:
        """Write everybody as arrays, with the vectors, so that the next start reads nobody.

        Parameters
        ----------
        seq : number of the last change of the roster that is in it
        mark : tells that change from one of another roster
        """
        index = self.snapshot()
        if len(index.blocks) != 1 or not index.alive[0].all():
            people = index.records.among(index.ids)
            index = index_of([build_block(people.values(), self._store)], self._records)
        block = index.blocks[0]
        with saved(block, folder, Stamp(seq, mark, self._encoder_name())) as own:
            if self._store is not None and block.passages is not None:
                self._store.save(own, block.passages.keys)

    def open(self, folder: Path, seq: int, mark: str) -> bool:
        """Map what `save` wrote in place of everybody here, and share it with other processes.

        Returns
        -------
        False where it is not there, or of another change or encoder
        """
        found = opened(folder, Stamp(seq, mark, self._encoder_name()))
        if found is None:
            return False
        block, own = found
        if self._store is not None:
            self._store.load(own)
        index = index_of([block], self._records)
        with self._lock:
            self._index = index
            self._fresh, self._gone = {}, frozenset()
            waits = np.flatnonzero(block.not_compared).tolist() if self._store is not None else []
            self._waiting = frozenset(map(index.id_at, waits))
        return True

    def _encoder_name(self) -> str | None:
        return self._store.encoder.name if self._store is not None else None

    # --- Ranking ----------------------------------------------------------------------------------

    def rank(
        self,
        request: RequestView,
        *,
        among: Iterable[UUID] | None = None,
        weights: Mapping[str, float] | None = None,
        worded: int = WORDED,
        kept: Callable[[], KeptReading | None] | None = None,
        now: datetime,
    ) -> Ranking:
        """Rank everybody in the index, or those `among` it; what was ranked lately is kept.

        Raises
        ------
        roster.errors.RequestIncomplete
            The request names neither topic, activity type nor text.
        roster.errors.InvalidInput
            A weight is unknown or outside [0, 3].
        """
        factors, today, index = _factors(weights), now.date(), self.snapshot()
        some = None if among is None else frozenset(among)
        asked = (request, self._model.version, factors.tobytes(), worded, today, some)
        return self._latest.of(
            index, asked, lambda: self._rank(request, index, some, factors, worded, today, kept)
        )

    def _rank(
        self,
        request: RequestView,
        index: Index,
        among: Iterable[UUID] | None,
        factors: Floats,
        worded: int,
        today: date,
        kept: Callable[[], KeptReading | None] | None,
    ) -> Ranking:
        clock, model = _Clock(), self._model
        question = ask(request, self._letters.of(request, kept), today)
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
        index = self.snapshot()
        question = ask(ranking.request, self._letters.of(ranking.request), ranking.today)
        factors = floats([factor for _, factor in ranking.weights])
        measured = measure(question, index, ranking.today, self._store)
        scored = score(measured, self._model, factors)
        explainer = Explainer(scored)
        rows = {index.id_at(row): row for row in index.rows(expert_ids).tolist()}
        told = explainer.in_words(list(rows.values()))
        return tuple(
            replace(person, contributions=told[rows[person.expert_id]])
            for person in ranking.among(rows.keys()).people
        )

    def _pending_note(self, index: Index) -> tuple[str, ...]:
        if self._store is None:
            return ()
        waiting = index.gather([block.not_compared for block in index.blocks])
        without = int(np.count_nonzero(waiting))
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
    return index.rows(among)
