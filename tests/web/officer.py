"""An officer at the pages of an empty installation, in process, on either database."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlmodel import Session

from roster.accounts import sign_in
from roster.inputs import SignInInput
from roster.installation import Installation
from roster.settings import SESSION_COOKIE
from roster.vocabulary import Role
from tests.factories import Factory
from tests.fakes import FrozenClock
from web.app import create_web
from web.deps import Site

PASSWORD = "a long password"


@cache
def _pages() -> FastAPI:
    """Build the pages once per worker: their routes are laid out at the first request of each."""
    return create_web(Site())


@dataclass
class Desk:
    """Opens clients of the pages, signed in with a role or not at all."""

    installation: Installation
    session: Session
    make: Factory
    clock: FrozenClock

    @asynccontextmanager
    async def client(self, role: Role | None = Role.PROJECT_OFFICER) -> AsyncIterator[AsyncClient]:
        """Open a client; commits first what the test has made so far."""
        pages = _pages()
        pages.state.installation = self.installation
        cookies = {SESSION_COOKIE: self._token(role)} if role else {}
        self.session.commit()
        transport = ASGITransport(pages)
        async with AsyncClient(
            transport=transport, base_url="http://roster.test", cookies=cookies
        ) as client:
            yield client

    def _token(self, role: Role) -> str:
        account = self.make.account(password=PASSWORD)
        bound = {Role.FOCAL_POINT, Role.LIAISON_OFFICER}
        country = "PT" if role in bound else None
        self.make.grant(account, role, country=country)
        given = SignInInput(email=account.email, password=PASSWORD)
        return sign_in(self.session, given, now=self.clock.now(), hours=1).token


def said(html: str) -> str:
    """Return the words of a page's main part."""
    main = re.search(r"<main.*?</main>", html, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main.group(0) if main else html))


def ids_in(html: str, before: str) -> list[UUID]:
    """Return the ids that follow a text in a page, in order."""
    found = re.findall(re.escape(before) + r"([0-9a-f]{8}-[0-9a-f-]{27})", html)
    return list(dict.fromkeys(map(UUID, found)))
