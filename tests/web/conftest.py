"""A client of the pages that goes through the whole application, in process."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fastapi import APIRouter, FastAPI, Request
from httpx import ASGITransport, AsyncClient
from sqlalchemy import Engine
from sqlmodel import Session

from fixtures import seeding
from matching.outreach.suggest import Adviser
from matching.teams.compose import Composer
from matching.teams.portfolio import Planner
from roster.errors import FieldError, FileTooLarge, InvalidInput, NotAllowed, NotFound, NotSignedIn
from roster.installation import Installation
from roster.ports import Ranker
from roster.settings import Settings
from roster.vault import open_vault
from tests.api.conftest import FreshRanker, RememberingJobs
from tests.factories import Factory
from tests.fakes import FrozenClock
from tests.refill import Refill
from tests.web.officer import Desk
from web.app import create_web
from web.deps import Site
from web.reason_words import in_language


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def refusals() -> APIRouter:
    """Routes that fail in every way that a view can."""
    router = APIRouter()

    @router.get("/fail/{how}")
    @router.post("/fail/{how}")
    def fail(how: str) -> None:
        raise {
            "403": NotAllowed("This list belongs to another country."),
            "404": NotFound("No such request."),
            "413": FileTooLarge("The file has 30 MB; 25 MB is the most."),
            "422": InvalidInput(
                "Nothing was saved.", (FieldError("/languages/0", "No such level."),)
            ),
            "401": NotSignedIn("Sign in to see this."),
        }.get(how, RuntimeError("a bug, with the name of Jane Doe in it"))

    @router.get("/number")
    def number(page: int) -> None:
        raise AssertionError(page)

    @router.post("/body")
    async def body() -> None:
        raise AssertionError("the body is not read")

    @router.post("/read-all")
    async def read_all(request: Request) -> None:
        await request.body()

    return router


@pytest.fixture(scope="session")
def app() -> FastAPI:
    """Give the pages of no installation, and routes that fail; nothing is written to it."""
    return create_web(Site("MIEUX+", demo=True, most_upload_bytes=1_000_000), (refusals(),))


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://roster.test") as made:
        yield made


@pytest.fixture
def ranker(engine: Engine) -> Ranker:
    return FreshRanker(engine)


@pytest.fixture
def desk(
    tmp_path: Path,
    database_url: str,
    engine: Engine,
    clock: FrozenClock,
    session: Session,
    ranker: Ranker,
) -> Desk:
    """Give an empty installation with its pages, ranked by the rule, without an encoder."""
    settings = Settings(
        data_dir=tmp_path / "data",
        database_url=database_url,
        encoder=False,
        upload_max_bytes=200_000,
    )
    made = Installation(
        settings=settings,
        engine=engine,
        vault=open_vault("", settings.data_dir),
        clock=clock,
        ranker=ranker,
        composer=Composer(),
        planner=Planner(),
        adviser=Adviser(),
        jobs=RememberingJobs(),
        translator=in_language,
    )
    return Desk(made, session, Factory(session), clock)


@pytest.fixture
def book(desk: Desk, refill: Refill) -> Desk:
    """Load the facts of the book into the facility of the desk."""

    def fill() -> None:
        home = desk.make.home
        seeding.seed_actions(desk.session, home)
        seeding.seed_past_requests(desk.session, home)
        seeding.seed_fact_sheets(desk.session, home, desk.make.facility("ddf"))

    refill(desk.session, "book", fill)
    desk.make = Factory(desk.session)
    return desk
