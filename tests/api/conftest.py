"""The application over an empty database, with people, keys and stand-ins for what is slow."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from api.main import build_app
from matching.baseline import rule_model
from matching.card import curves
from matching.engine import Engine as MatchingEngine
from matching.learning.contrast import contrast
from matching.learning.past import recall_ranking
from matching.outreach.suggest import Adviser
from matching.teams.compose import Composer
from matching.teams.portfolio import Planner
from roster.administration import issue_key
from roster.errors import ModelUnusable, NotFound
from roster.installation import Installation
from roster.policy import Permission, system_actor
from roster.ports import WORDED, Ranker
from roster.queries.index import changes_since
from roster.read import (
    Contrast,
    ExpertView,
    IndexStanding,
    JobsNow,
    KeptReading,
    MeasuredRanking,
    ModelCurve,
    ModelFeature,
    RankedExpert,
    Ranking,
    RequestView,
)
from roster.settings import Settings
from roster.tables import Account, Facility
from roster.vault import open_vault
from roster.vocabulary import JobKind, Role
from tests.factories import Factory
from tests.fakes import FrozenClock
from web.reason_words import in_language


class FreshRanker:
    """Ranks over whatever is committed, by a new index each time: no cache to doubt in a test."""

    model = "rule"
    features = MatchingEngine().features

    def __init__(self, database: Engine) -> None:
        self._database = database

    def _engine(self) -> MatchingEngine:
        engine = MatchingEngine()
        with Session(self._database) as session:
            engine.update(changes_since(session, 0).updated)
        return engine

    def __len__(self) -> int:
        return len(self._engine())

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
        """Rank; no version but the rule is known here."""
        if model not in {None, self.model}:
            raise ModelUnusable("This ranker knows the rule only.")
        return self._engine().rank(
            request, among=among, weights=weights, worded=worded, kept=kept, now=now
        )

    reads_as = "fresh"

    def read_letter(self, request: RequestView) -> KeptReading:
        """Read a letter without an encoder."""
        return MatchingEngine().letters.packed(request)

    def features_of(self, model: str | None) -> tuple[ModelFeature, ...]:
        """Say what the rule measures."""
        if model not in {None, self.model}:
            raise ModelUnusable("This ranker knows the rule only.")
        return self.features

    @property
    def versions(self) -> tuple[str, ...]:
        """The rule and nothing else."""
        return (self.model,)

    def curves_of(self, model: str | None) -> tuple[ModelCurve, ...]:
        """Say what the rule gives for what."""
        self.features_of(model)
        return curves(rule_model())

    def contrast(self, ranking: MeasuredRanking, one: str, other: str) -> Contrast:
        """Hold the rule against itself."""
        self.features_of(one)
        self.features_of(other)
        return contrast(recall_ranking(ranking), rule_model(), rule_model())

    def explain(self, ranking: Ranking, expert_ids: Iterable[UUID]) -> tuple[RankedExpert, ...]:
        """Explain."""
        return self._engine().explain(ranking, expert_ids)

    def standing(self) -> IndexStanding:
        """Say nothing: there is no index."""
        return IndexStanding(0, 0, 0, None, None, 0)

    def update(self, experts: Iterable[ExpertView]) -> None:
        """Nothing is kept."""

    def remove(self, expert_ids: Iterable[UUID]) -> None:
        """Nothing is kept."""


@dataclass
class RememberingJobs:
    """Remembers what was asked for."""

    asked: list[UUID] = field(default_factory=list)
    batches: list[UUID] = field(default_factory=list)
    rereadings: list[UUID] = field(default_factory=list)

    def enqueue_reading(self, document_id: UUID) -> None:
        """Note it."""
        self.asked.append(document_id)

    def enqueue_batch(self, batch_id: UUID) -> None:
        """Note it."""
        self.batches.append(batch_id)

    def enqueue_rereading(self, rereading_id: UUID) -> None:
        """Note it."""
        self.rereadings.append(rereading_id)

    def now(self) -> JobsNow:
        """Say nothing of what was asked."""
        return JobsNow()

    def call_off(self, job_id: str) -> None:
        """Know no job."""
        raise NotFound(job_id)

    begin_anew = call_off

    def without_job(self, _kind: JobKind, record_ids: Sequence[UUID]) -> Sequence[UUID]:
        """Leave none out."""
        return record_ids


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def jobs() -> RememberingJobs:
    return RememberingJobs()


@pytest.fixture
def ranker(engine: Engine) -> Ranker:
    return FreshRanker(engine)


@pytest.fixture
def app_settings(tmp_path: Path, database_url: str) -> Settings:
    return Settings(
        data_dir=tmp_path / "data",
        database_url=database_url,
        document_key=SecretStr(""),
        encoder=False,
        upload_max_bytes=200_000,
    )


@pytest.fixture
def installation(
    app_settings: Settings,
    engine: Engine,
    clock: FrozenClock,
    ranker: Ranker,
    jobs: RememberingJobs,
) -> Installation:
    return Installation(
        settings=app_settings,
        engine=engine,
        vault=open_vault("", app_settings.data_dir),
        clock=clock,
        ranker=ranker,
        composer=Composer(),
        planner=Planner(),
        adviser=Adviser(),
        jobs=jobs,
        translator=in_language,
    )


_BUILT: dict[tuple[int, int], FastAPI] = {}


@pytest.fixture
def app(installation: Installation) -> FastAPI:
    """Give the application over this test's installation.

    Built once per worker: its routes are laid out at their first request, which takes longer than
    most tests. Who changes the application builds one of her own.
    """
    chosen = installation.settings
    limits = (chosen.upload_max_bytes, chosen.batch_max_bytes)
    if limits not in _BUILT:
        _BUILT[limits] = build_app(installation)
    _BUILT[limits].state.installation = installation
    return _BUILT[limits]


@pytest.fixture
def make(session: Session) -> Factory:
    return Factory(session)


def issue(session: Session, account: Account, clock: FrozenClock) -> str:
    """Make a key that may do all that its account may."""
    _, secret = issue_key(
        session,
        system_actor(account.facility_id),
        account.id,
        label="test",
        scopes=frozenset(Permission),
        now=clock.now(),
    )
    return secret


@dataclass
class Callers:
    """Clients of the application, one per role."""

    app: FastAPI
    session: Session
    make: Factory
    clock: FrozenClock

    def key(
        self, role: Role, country: str | None = None, facility: Facility | None = None
    ) -> dict[str, str]:
        """Return the header of somebody with a role."""
        actor = self.make.actor(role, country, facility=facility)
        account = self.session.exec(
            select(Account).where(col(Account.id) == actor.account_id)
        ).one()
        expert_id = None
        if role is Role.EXPERT:
            expert_id = self.make.expert("Sofia Own", country=country or "PT").id
        self.make.grant(account, role, facility=facility, country=country, expert_id=expert_id)
        return {"Authorization": f"Bearer {issue(self.session, account, self.clock)}"}

    @asynccontextmanager
    async def client(
        self, role: Role | None = None, country: str | None = None, **said: Facility | None
    ) -> AsyncIterator[AsyncClient]:
        """Open a client; commits first what the test has made so far."""
        headers = {} if role is None else self.key(role, country, **said)
        self.session.commit()
        transport = ASGITransport(app=self.app)
        async with (
            self.app.router.lifespan_context(self.app),
            AsyncClient(transport=transport, base_url="http://test", headers=headers) as client,
        ):
            yield client


@pytest.fixture
def callers(app: FastAPI, session: Session, make: Factory, clock: FrozenClock) -> Callers:
    return Callers(app, session, make, clock)
