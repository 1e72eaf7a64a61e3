"""The ranking index of this process, kept current with the database.

Before each ranking it asks with one small query what changed since, so that a person confirmed in
the browser, or by another process, is in the next ranking. Vectors are kept in the data folder, so
that a second start need not make them again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import structlog
from sqlalchemy import Engine as Database
from sqlmodel import Session

from api.metrics import count_ranking
from api.model_files import model_of, read_model
from matching.baseline import former_rules, rule_model
from matching.card import curves
from matching.compiled import AdditiveModel
from matching.encoder import VectorStore
from matching.engine import Engine
from matching.features import NAMES
from matching.files import kept_at, size_of, stamp_of
from matching.index import Index
from matching.layers import is_worn
from roster.db import open_engine
from roster.errors import ModelUnusable
from roster.ports import WORDED
from roster.queries.forgetting import forget_people
from roster.queries.index import (
    batches,
    changes_since,
    how_many,
    mark_of,
    newest_expert_change,
    views_of,
)
from roster.queries.models import tables_of
from roster.read import (
    Contrast,
    ExpertView,
    IndexStanding,
    KeptReading,
    MeasuredRanking,
    ModelCurve,
    ModelFeature,
    RankedExpert,
    Ranking,
    RequestView,
)
from roster.settings import Settings
from roster.turns import FileTurns, held, held_unless

_log = structlog.stdlib.get_logger("roster.index")
_ENCODED_AT_ONCE = 8
"""People; then somebody may stop it."""
_READ_AT_ONCE = 500
INDEX_FOLDER = "index"
_TURN, _KEEPING = "making", "keeping"

Progress = Callable[[int, int], None]


def _in_silence(done: int, of: int) -> None:
    """Tell nobody."""


_WARMING = RequestView(id=None, title="", text="A letter about migration data.")
_ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)

FEATURES = NAMES
"""Names under which weights are given."""


class LiveRanker:
    """Implements `roster.ports.Ranker` over the roster as it stands in the database.

    Parameters
    ----------
    engine : ranks, over arrays in memory
    database : a pool of its own, so that a request holding a connection never waits for a second
    folder : where vectors are kept between starts
    model : that the engine ranks by; None is the rule
    """

    def __init__(
        self,
        engine: Engine,
        database: Database,
        folder: Path,
        model: AdditiveModel | None = None,
    ) -> None:
        self._engine = engine
        self._database = database
        self._folder = folder
        self._packaged = model or rule_model()
        self._models = {one.version: one for one in (*former_rules(), rule_model(), self._packaged)}
        self._seq = 0
        self._kept_seq = 0
        self._loading, self._encoding, self._keeping = (threading.Lock() for _ in range(3))
        self._encoder: threading.Thread | None = None
        self._stopped = threading.Event()
        self._was_opened = self._is_rebuilt = False
        self._turns = FileTurns(folder)
        self._read_at: datetime | None = None

    @property
    def model(self) -> str:
        """Version that the product is shipped with."""
        return self._engine.model

    @property
    def features(self) -> tuple[ModelFeature, ...]:
        """What that version measures and what each is worth."""
        return self._engine.features

    def features_of(self, model: str | None) -> tuple[ModelFeature, ...]:
        """Return what each feature is worth in a version.

        Raises
        ------
        ModelUnusable
        """
        return self._engine_by(model).features

    def tables(self, model: str | None) -> AdditiveModel:
        """Return a version as tables, to look points up in.

        Raises
        ------
        ModelUnusable
        """
        return self._packaged if model in {None, self.model} else self._learnt(str(model))

    @property
    def versions(self) -> tuple[str, ...]:
        """Versions that need no registry: the one shipped, then former rules, the newest first."""
        former = (one.version for one in (rule_model(), *reversed(former_rules())))
        return tuple(dict.fromkeys((self.model, *former)))

    def curves_of(self, model: str | None) -> tuple[ModelCurve, ...]:
        """Return what each feature gives at each value in a version.

        Raises
        ------
        ModelUnusable
        """
        return curves(self.tables(model))

    def contrast(self, ranking: MeasuredRanking, one: str, other: str) -> Contrast:
        """Order a stored ranking by two versions, over what was known when it was made.

        Raises
        ------
        ModelUnusable
        """
        # scipy's statistics take a second to load, and nobody else needs them.
        from matching.learning.contrast import contrast  # noqa: PLC0415 -- see above
        from matching.learning.past import recall_ranking  # noqa: PLC0415 -- see above

        return contrast(recall_ranking(ranking), self.tables(one), self.tables(other))

    @property
    def vectors(self) -> VectorStore | None:
        """The vectors it compares meaning by; None where there is no encoder."""
        return self._engine.vectors

    def __len__(self) -> int:
        """Count the people in the index, those changed a moment ago included."""
        self.catch_up()
        return len(self._engine)

    def rank(
        self,
        request: RequestView,
        *,
        among: Iterable[UUID] | None = None,
        weights: Mapping[str, float] | None = None,
        worded: int = WORDED,
        model: str | None = None,
        kept: Callable[[], KeptReading | None] | None = None,
        now: datetime,
    ) -> Ranking:
        """Rank over the roster as it was committed last.

        Raises
        ------
        ModelUnusable
        """
        self.catch_up()
        ranked = self._engine_by(model).rank(
            request, among=among, weights=weights, worded=worded, kept=kept, now=now
        )
        count_ranking(ranked.timing_ms)
        return ranked

    @property
    def reads_as(self) -> str:
        """What reads letters: code, words and encoder."""
        return self._engine.letters.made_by

    def read_letter(self, request: RequestView) -> KeptReading:
        """Read the letter of a request for all rankings of it to come."""
        return self._engine.letters.packed(request)

    def explain(self, ranking: Ranking, expert_ids: Iterable[UUID]) -> tuple[RankedExpert, ...]:
        """Give the reasons and the evidence of people of a ranking, from the present records.

        By the version that ranked them, or, where that is gone, by the one shipped.
        """
        self.catch_up()
        try:
            engine = self._engine_by(ranking.model)
        except ModelUnusable:
            engine = self._engine
        return engine.explain(ranking, expert_ids)

    def _engine_by(self, version: str | None) -> Engine:
        is_shipped = version in {None, self.model}
        return self._engine if is_shipped else self._engine.by(self._learnt(str(version)))

    def _learnt(self, version: str) -> AdditiveModel:
        """Return a version of the registry; what was read once never changes."""
        found = self._models.get(version)
        if found is None:
            with Session(self._database) as session:
                stored = tables_of(session, version)
            found = self._models[version] = read_model(version, stored)
        return found

    def update(self, experts: Iterable[ExpertView]) -> None:
        """Put people in; called after their commit, it spares the next ranking the reading."""
        self._engine.update(experts)

    def remove(self, expert_ids: Iterable[UUID]) -> None:
        """Take people out, from the kept index too; called after the commit that erased them.

        A process that serves lays it out anew behind the answer, any other one at once.
        """
        self._let_go(gone := tuple(expert_ids), gone)
        if stamp_of(self._folder) is None:
            return
        if self._encoder is not None:
            self.encode_in_background()
            return
        self.catch_up()
        self._keep()

    def _let_go(self, gone: Sequence[UUID], erased: Sequence[UUID]) -> None:
        self._engine.remove(gone)
        forget_people(gone, erased)

    def catch_up(self) -> int:
        """Read what changed since the last time; return how many people that were."""
        with self._loading, Session(self._database) as session:
            if not self._was_opened:
                self._open(session)
            changes = changes_since(session, self._seq)
            if changes.updated:
                self._engine.update(changes.updated)
            if changes.removed:
                self._let_go(changes.removed, changes.erased)
            self._seq, self._read_at = changes.seq, datetime.now(UTC)
        if (changes.updated or changes.removed) and self._encoder is not None:
            self.encode_in_background()
        return len(changes.updated) + len(changes.removed)

    def _open(self, session: Session) -> None:
        """Map the index that was kept, if it is one of this database."""
        self._was_opened = True
        said = stamp_of(self._folder)
        if said is None or said.mark != mark_of(session, said.seq):
            return
        if self._engine.open(self._folder, said.seq, said.mark):
            self._seq = self._kept_seq = said.seq
        else:
            _log.warning("index_not_opened")  # Damaged: everybody is read, and it is kept anew.

    def standing(self) -> IndexStanding:
        """Return how the index stands, without reading on."""
        return IndexStanding(
            people=len(self._engine),
            waiting=self._engine.pending(),
            seq=self._seq,
            read_at=self._read_at,
            kept_at=kept_at(self._folder),
            size_bytes=size_of(self._folder),
        )

    def snapshot(self) -> Index:
        """Return the index as it stands now; it never changes."""
        self.catch_up()
        return self._engine.snapshot()

    def encode(self, tell: Progress = _in_silence) -> None:
        """Compare every record by meaning: encode what waits, then keep the index.

        Parameters
        ----------
        tell : called with how many records are encoded, and how many there are to encode
        """
        with self._encoding, held_unless(self._turns, _TURN, self._stopped) as is_mine:
            if is_mine and not self._is_rebuilt:
                self._take_over()
            people = self._engine.pending()
            while self._engine.pending() and not self._stopped.is_set():
                left = self._engine.encode_pending(_ENCODED_AT_ONCE)
                tell(max(people - left, 0), people)
            if not self._stopped.is_set():
                self._keep()

    def _take_over(self) -> None:
        """Map the index that another process of this machine kept since, instead of making it."""
        said = stamp_of(self._folder)
        if said is None or said.seq <= self._kept_seq:
            return
        with self._loading, Session(self._database) as session:
            if said.mark != mark_of(session, said.seq):
                return
            if self._engine.open(self._folder, said.seq, said.mark):
                self._seq = self._kept_seq = said.seq
        self.catch_up()

    def rebuild(self, tell: Progress = _in_silence) -> int:
        """Read everybody anew and keep the index; return how many people are in it.

        Parameters
        ----------
        tell : called with how many people are read, and how many there are
        """
        with self._loading, Session(self._database) as session:
            self._was_opened, self._is_rebuilt, self._kept_seq = True, True, 0
            self._seq = newest_expert_change(session)
            people, read = how_many(session), 0
            known = set(self._engine.snapshot().ids)
            for views in batches(session, _READ_AT_ONCE):
                self._engine.update(views)
                known -= {view.id for view in views}
                read += len(views)
                tell(read, people)
            self._engine.remove(known)
        return len(self._engine)

    def _keep(self) -> None:
        """Write the index where it is out of date; one at a time: each takes away those before."""
        with self._keeping, held(self._turns, _KEEPING), Session(self._database) as session:
            with self._loading:
                seq, index = self._seq, self._engine.snapshot()
            if seq == self._kept_seq or (self._kept_seq and not is_worn(index)):
                return
            mark = mark_of(session, seq)
            session.rollback()  # Rankings and changes go on while it is written.
            self._engine.save(self._folder, seq, mark)
            with self._loading:
                if self._engine.open(self._folder, seq, mark):
                    self._seq = self._kept_seq = seq
        self._is_rebuilt = False
        _log.info("index kept", people=len(index))

    def encode_in_background(self) -> None:
        """Encode in a thread of its own; rankings go on meanwhile and say what is missing."""
        if self._encoder is not None and self._encoder.is_alive():
            return
        self._encoder = threading.Thread(target=self._work, name="encode", daemon=True)
        self._encoder.start()

    def _work(self) -> None:
        try:
            self.catch_up()
            # The first ranking loads word lists and lays out the index: not in somebody's request.
            self._engine.rank(_WARMING, now=_ANY_TIME)
            self.encode()
        except Exception as error:
            _log.error("encoding failed", error=type(error).__name__)

    def close(self) -> None:
        """Stop encoding after the batch at work, and let go of the database."""
        self._stopped.set()
        if self._encoder is not None:
            self._encoder.join()
        self._turns.close()
        self._database.dispose()


def open_ranker(settings: Settings) -> LiveRanker:
    """Open the ranker of an installation; nothing is read before it is asked."""
    model = model_of(settings.model_dir) if settings.model_dir else None
    database = open_engine(settings.url)

    def fetch(expert_ids: Sequence[UUID]) -> Iterable[ExpertView]:
        with Session(database) as session:
            return views_of(session, expert_ids)

    make = Engine.with_encoder if settings.encoder else Engine
    return LiveRanker(make(model, fetch=fetch), database, settings.data_dir / INDEX_FOLDER, model)
