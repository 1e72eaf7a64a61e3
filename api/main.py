"""The composition root: opens an installation and builds the application that serves it.

It reads the settings once, plugs the ports together, and mounts the pages beside the API.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from functools import partial

from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import col, select
from starlette.concurrency import run_in_threadpool
from starlette.routing import Match, Mount
from starlette.types import ASGIApp, Scope

from api import docs, openapi, problems
from api.background import following, working
from api.deps import API_PREFIX
from api.headers import SafeHeaders
from api.index import LiveRanker, open_ranker
from api.jobs import DurableJobs, InlineJobs, Step
from api.limits import BodyLimit, Patience
from api.logs import RequestLog
from api.rates import RateLimit, let_rates_go
from api.routers import (
    actions,
    batches,
    bulk,
    calls,
    decisions,
    deployments,
    documents,
    experts,
    exports,
    facilities,
    feedback,
    fiches,
    lessons,
    match,
    messages,
    meta,
    outreach,
    people,
    plans,
    portfolios,
    rankings,
    records,
    releases,
    reports,
    requests,
    reviews,
    screening,
    search,
    sessions,
    shortlists,
    surroundings,
    system,
    taxonomy,
    teams,
    webhooks,
)
from api.schema_check import check_schema
from matching.outreach.suggest import Adviser
from matching.teams.compose import Composer
from matching.teams.portfolio import Planner
from roster.admission import Admission, admission_for
from roster.db import Pool, open_engine
from roster.installation import Installation, erase_again_after_restore, limits_of
from roster.ports import JobQueue
from roster.settings import Settings
from roster.tables import Facility
from roster.vault import Vault, open_vault

ROUTERS = (
    match.router,
    bulk.router,
    decisions.router,
    requests.router,
    screening.router,
    fiches.router,
    rankings.router,
    reviews.router,
    outreach.router,
    calls.router,
    releases.router,
    messages.router,
    shortlists.router,
    teams.router,
    portfolios.router,
    experts.router,
    people.router,
    documents.router,
    batches.router,
    feedback.router,
    lessons.router,
    surroundings.router,
    actions.router,
    reports.router,
    plans.router,
    deployments.router,
    search.router,
    facilities.router,
    meta.router,
    sessions.router,
    records.router,
    exports.router,
    taxonomy.router,
    webhooks.router,
)


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """Return the present, in UTC."""
        return datetime.now(UTC)


def reading_steps(settings: Settings, engine: Engine, vault: Vault) -> tuple[Step, Step]:
    """Return what is done with each file taken in: its text is read, then a profile proposed."""
    from roster.ingest import pipeline  # noqa: PLC0415 -- loads parsers; most commands need none.

    clock = SystemClock()
    text_of = partial(
        pipeline.read_text,
        engine,
        vault=vault,
        clock=clock,
        limits=limits_of(settings),
        most_bytes=settings.upload_max_bytes,
    )
    profile_of = partial(pipeline.propose_profile, engine, clock=clock)
    return Step("text", text_of), Step("profile", profile_of)


def batch_step(settings: Settings, engine: Engine, vault: Vault) -> Step:
    """Return what is done with an upload of many files."""
    from roster.ingest.batches.run import run_batch  # noqa: PLC0415 -- loads parsers.
    from roster.ingest.batches.taking_in import Means  # noqa: PLC0415

    most, limits = settings.upload_max_bytes, limits_of(settings)
    means = Means(engine, vault, SystemClock(), most, limits)
    return Step("batch", partial(run_batch, means))


def rereading_step(engine: Engine) -> Step:
    """Return what is done where CVs are read anew for a facility's own words."""
    from roster.ingest.rereading import read_anew  # noqa: PLC0415 -- loads parsers.

    return Step("words", partial(read_anew, engine, clock=SystemClock()))


def in_language(text: str, code: str) -> str:
    """Return a clause in a language, by the catalogues of the pages."""
    from web import reason_words  # noqa: PLC0415 -- most commands need no page.

    return reason_words.in_language(text, code)


def open_installation(settings: Settings, *, durable_jobs: bool = False) -> Installation:
    """Open the database, the vault, the ranker and the jobs; nothing is migrated or started.

    Parameters
    ----------
    settings : of this installation
    durable_jobs : True for a server, whose jobs outlive it; else files are read at once
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    behind = open_engine(settings.url, _pool(settings, "roster-background"))
    engine = behind
    if durable_jobs and not settings.is_embedded:
        engine = open_engine(settings.url, _pool(settings, "roster-web", hurried=True))
    vault = open_vault(settings.document_key.get_secret_value(), settings.data_dir)
    steps = reading_steps(settings, behind, vault)
    batch = batch_step(settings, behind, vault)
    words = rereading_step(behind)
    jobs: JobQueue = InlineJobs(*steps, batch=batch, rereading=words)
    if durable_jobs:
        jobs = DurableJobs(settings.url, settings.data_dir, steps, batch=batch, rereading=words)
    return Installation(
        settings=settings,
        engine=engine,
        vault=vault,
        clock=SystemClock(),
        ranker=open_ranker(settings),
        composer=Composer(),
        planner=Planner(),
        adviser=Adviser(),
        jobs=jobs,
        translator=in_language,
        behind=behind,
        admission=_admission(settings),
    )


def _admission(settings: Settings) -> Admission:
    if settings.is_embedded:
        return Admission()
    return admission_for(settings.database_pool + settings.database_overflow)


def _pool(settings: Settings, name: str, *, hurried: bool = False) -> Pool:
    """Return how PostgreSQL is held; `hurried` where somebody waits for the answer."""
    return Pool(
        name,
        size=settings.database_pool,
        overflow=settings.database_overflow,
        recycle_s=settings.database_recycle_s,
        wait_s=settings.database_wait_s,
        statement_s=settings.statement_timeout_s if hurried else 0,
        lock_s=settings.lock_timeout_s if hurried else 0,
        idle_s=settings.idle_timeout_s if hurried else 0,
    )


def close_installation(installation: Installation) -> None:
    """Let go of everything that `open_installation` opened."""
    if isinstance(installation.ranker, LiveRanker):
        installation.ranker.close()
    installation.engine.dispose()
    installation.unhurried.engine.dispose()


@contextmanager
def installed(settings: Settings) -> Iterator[Installation]:
    """Open an installation for one command."""
    installation = open_installation(settings)
    try:
        yield installation
    finally:
        close_installation(installation)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Check the schema, follow the database, work; stop in turn."""
    installation: Installation = app.state.installation
    await run_in_threadpool(check_schema, installation.engine)
    await run_in_threadpool(erase_again_after_restore, installation.unhurried)
    jobs = installation.jobs
    if isinstance(jobs, DurableJobs):
        await run_in_threadpool(jobs.open)
    try:
        async with following(installation):
            if installation.settings.jobs:
                async with working(installation):
                    yield
            else:
                yield
    finally:
        if isinstance(jobs, DurableJobs):
            await run_in_threadpool(jobs.stop)
        let_rates_go(app)


@asynccontextmanager
async def _worker_lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Check the schema and work, whoever else does."""
    installation: Installation = app.state.installation
    await run_in_threadpool(check_schema, installation.engine)
    try:
        async with working(installation, alone=True):
            yield
    finally:
        await run_in_threadpool(close_installation, installation)


def create_worker(settings: Settings) -> FastAPI:
    """Open the installation of a worker: it does jobs and chores, and only says how it is.

    Raises
    ------
    NotReady
    """
    installation = open_installation(settings, durable_jobs=True)
    check_schema(installation.engine)
    app = FastAPI(lifespan=_worker_lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    app.state.installation = installation
    problems.install(app)
    app.router.routes.extend((*system.router.routes, *system.unknown.routes))
    app.add_middleware(RequestLog)
    return app


class _Pages(Mount):
    """All that is no call: it comes before the routes of calls, and leaves them theirs."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether the pages answer this."""
        if scope["path"].removeprefix(scope["root_path"].rstrip("/")).startswith("/api/"):
            return Match.NONE, {}
        return super().matches(scope)


def build_app(installation: Installation, pages: ASGIApp | None = None) -> FastAPI:
    """Build the application over an installation: the API, its docs, and the pages if given."""
    app = FastAPI(
        title="Expert and Action Roster",
        version=openapi.VERSION,
        lifespan=_lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.installation = installation
    problems.install(app)
    # Plainly in one row: an included router looks at each of its routes in a dearer way.
    routes = app.router.routes
    routes.extend((*docs.router.routes, *system.router.routes))
    if pages is not None:
        routes.append(_Pages("/", pages))
    for router in (*ROUTERS, system.unknown):
        routes.extend(router.routes)
    # FastAPI's documented way to change the document.
    app.openapi = partial(openapi.document, app)  # type: ignore[method-assign]
    # The last one added is the first to see a request.
    chosen = installation.settings
    app.add_middleware(
        BodyLimit,
        most_bytes=chosen.upload_max_bytes,
        prefix="/api/",
        larger={f"{API_PREFIX}/batches": chosen.batch_max_bytes},
    )
    app.add_middleware(Patience)
    app.add_middleware(RateLimit)
    app.add_middleware(RequestLog)
    app.add_middleware(SafeHeaders, is_https=chosen.is_https)
    return app


def pages_of(installation: Installation) -> ASGIApp:
    """Build the application of the pages; the database has to be at the newest schema."""
    from fixtures import demo  # noqa: PLC0415 -- the OpenAPI file needs neither.
    from web.app import create_web  # noqa: PLC0415
    from web.deps import Site  # noqa: PLC0415

    with installation.work() as session:
        facility = session.exec(select(Facility).order_by(col(Facility.created_at))).first()
        is_demo = demo.is_loaded(session)
    site = Site(
        facility=facility.name if facility else "",
        demo=is_demo,
        secure_cookies=installation.settings.is_https,
        demo_password=demo.PASSWORD if is_demo else "",
        most_upload_bytes=installation.settings.batch_max_bytes,
    )
    pages = create_web(site)
    pages.state.installation = installation
    return pages


_WARMING = (
    "We request two experts who speak French, for a training in Lisbon in March 2027.",
    "Nous demandons deux experts de langue arabe, pour une formation à Tunis en mars 2027.",
)


def compile_pages() -> None:
    """Compile the templates of all pages and load the words that letters are read by.

    So that the first reader of each does not wait for it.
    """
    from roster.ingest.letters.reading import read_letter  # noqa: PLC0415 -- loads parsers.
    from roster.ingest.reading import read_words  # noqa: PLC0415
    from web.jinja import compile_templates  # noqa: PLC0415 -- as in `pages_of`.

    compile_templates()
    for words in _WARMING:
        read_letter(read_words(words))


def create_app(settings: Settings) -> FastAPI:
    """Open the installation of a server and build its application.

    Raises
    ------
    NotReady
        The database does not answer, or is not at the newest schema.
    """
    installation = open_installation(settings, durable_jobs=True)
    check_schema(installation.engine)
    return build_app(installation, pages_of(installation))
