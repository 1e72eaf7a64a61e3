"""What is logged of a whole journey tells who did it, when and how it ended; never who or what."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
import structlog
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from api.logs import configure
from api.main import build_app
from roster.accounts import ask_reset
from roster.installation import Installation
from roster.read import Contact
from roster.telling.one_time_links import make_link
from roster.vocabulary import LinkPurpose, Role
from tests.api.conftest import Callers
from tests.factories import Factory
from web.app import create_web
from web.deps import Site

pytestmark = pytest.mark.anyio

PASSWORD = "three quiet rivers of Coimbra"
NAME, EMAIL, PHRASE = "Zulmira Quintanilha", "zulmira@invented.example", "the heron of Aveiro"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Give what is logged from now on, as the server writes it."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    configure("DEBUG")
    written = io.StringIO()
    for handler in root.handlers:
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(written)
    yield written
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def whole(installation: Installation) -> FastAPI:
    pages = create_web(Site(secure_cookies=False))
    pages.state.installation = installation
    return build_app(installation, pages)


@pytest.mark.long
async def test_the_log_of_a_journey_holds_no_secret_and_nobody(
    callers: Callers, installation: Installation, make: Factory, logged: io.StringIO
) -> None:
    person = make.expert(NAME)
    make.fact(person, Contact(EMAIL))
    make.view(person)
    account = make.account(EMAIL, password=PASSWORD)
    make.grant(account, Role.COORDINATOR)
    now = callers.clock.now()
    ask_reset(make.session, EMAIL, vault=installation.vault, now=now)
    _, token = make_link(
        make.session, account, LinkPurpose.RESET, vault=installation.vault, at=now, by=None
    )
    key = callers.key(Role.COORDINATOR)["Authorization"]
    make.session.commit()
    transport = ASGITransport(whole(installation), raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        await client.get(f"/link/{token}")
        await client.post("/signin", data={"email": EMAIL, "password": f"{PASSWORD}!"})
        entered = await client.post("/signin", data={"email": EMAIL, "password": PASSWORD})
        assert entered.status_code == 303
        session = client.cookies["roster_session"]
        assert (await client.get(f"/experts/{person.id}")).status_code == 200
        assert (await client.post("/search", data={"q": NAME})).status_code == 200
        await client.get("/experts", params={"country": PHRASE})
        sent = {"title": PHRASE, "text": f"{NAME} {EMAIL}", "topics": []}
        headers = {"Authorization": key}
        assert (await client.post("/api/v1/requests", json=sent, headers=headers)).is_success
        await client.post("/api/v1/search", json={"query": NAME}, headers=headers)
        await client.post("/api/v1/requests", json={"title": [PHRASE]}, headers=headers)
        await client.get("/api/v1/me", headers={"Authorization": "Bearer roster_wrong"})
        await client.post("/signout")
    written = logged.getvalue()
    assert written.count('"event": "request"') > 8
    for secret in (PASSWORD, token, session, key.removeprefix("Bearer "), "roster_wrong"):
        assert secret not in written
    for word in (*NAME.split(), EMAIL, "zulmira", PHRASE, "heron"):
        assert word not in written
