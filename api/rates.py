"""Nobody gets more than a share: calls are counted by key, by account and by address.

With the embedded database they are counted in a small file of the data folder, which all processes
of the machine share; with PostgreSQL in an unlogged table, which all machines share. What stands
there is lost at no cost, and names nobody: a key, an account, an address are known by a digest.
Each counter is one number, the moment at which its share is whole again: calls beyond the share of
a minute wait until enough of it has come back, and `Retry-After` says how long.
"""

from __future__ import annotations

import hashlib
import ipaddress
import sqlite3
import threading
from math import ceil
from pathlib import Path
from typing import Protocol

import structlog
from fastapi import FastAPI, Request
from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import render_problem
from api.voices import voice_of_problems
from roster.errors import TooManyAttempts
from roster.installation import Installation

FILE = "rates.db"
ADDRESS_SHARE = 4
"""As many times the share of one key: an authority's people often have one address."""
_MINUTE_S = 60.0
_BUSY_MS = 200
_SHARED_AT_ONCE = 4
_SHARED_PATIENCE_S = 1.0
_SHARED_OPTIONS = "-c synchronous_commit=off -c statement_timeout=500"
_FORGET_EVERY = 5_000
_OPEN_TO_ALL = frozenset({"/healthz", "/readyz"})
_FREE = ("/static/",)
_log = structlog.stdlib.get_logger("roster.http")
_TAKE = """
INSERT INTO share (name, whole_at) VALUES (:name, :now + :cost)
ON CONFLICT (name) DO UPDATE SET whole_at =
    CASE WHEN whole_at > :now + 2 * :most THEN :now ELSE MAX(whole_at, :now) END + :cost
WHERE whole_at > :now + 2 * :most OR MAX(whole_at, :now) + :cost <= :now + :most
RETURNING whole_at
"""
_TAKE_SHARED = """
INSERT INTO rate_share AS held (name, whole_at) VALUES (:name, :now + :cost)
ON CONFLICT (name) DO UPDATE SET whole_at =
    CASE WHEN held.whole_at > :now + 2 * :most THEN :now
    ELSE GREATEST(held.whole_at, :now) END + :cost
WHERE held.whole_at > :now + 2 * :most
   OR GREATEST(held.whole_at, :now) + :cost <= :now + :most
RETURNING whole_at
"""
"""A counter more than two shares ahead was written by a clock that jumped: it starts anew."""


class Rates(Protocol):
    """The counters of an installation."""

    def take(self, name: str, per_minute: int, now: float) -> int:
        """Take one call off a share; return how many seconds to wait, 0 for none.

        Parameters
        ----------
        name : of the counter
        per_minute : the share, at least 1
        now : seconds since 1970
        """

    def close(self) -> None:
        """Let go of what the counters stand in."""


def _wait_s(whole_at: float | None, cost: float, now: float) -> int:
    """Return how long somebody waits whose share is whole at a moment; None: she does not."""
    return 0 if whole_at is None else max(1, ceil(whole_at + cost - now - _MINUTE_S))


class SharedRates:
    """Counters in PostgreSQL, shared by all machines of an installation.

    Parameters
    ----------
    url : of the database; each call is a transaction of its own, one statement long
    """

    def __init__(self, url: URL) -> None:
        # Connections of their own: a request that holds one must never wait for a second.
        self._engine = create_engine(
            url,
            isolation_level="AUTOCOMMIT",
            pool_size=_SHARED_AT_ONCE,
            max_overflow=0,
            pool_timeout=_SHARED_PATIENCE_S,
            connect_args={"connect_timeout": 2, "options": _SHARED_OPTIONS},
        )
        self._taken = 0

    def take(self, name: str, per_minute: int, now: float) -> int:
        """Take one call off a share; see `Rates.take`."""
        cost = _MINUTE_S / per_minute
        values = {"name": name, "now": now, "cost": cost, "most": _MINUTE_S}
        try:
            with self._engine.connect() as connection:
                if connection.execute(text(_TAKE_SHARED), values).first():
                    self._forget(connection, now)
                    return 0
                held = text("SELECT whole_at FROM rate_share WHERE name = :name")
                whole_at = connection.execute(held, {"name": name}).scalar()
        except SQLAlchemyError as error:  # A counter that fails must not shut everybody out.
            _log.error("rates_failed", kind=type(error).__name__)
            return 0
        return _wait_s(None if whole_at is None else float(whole_at), cost, now)

    def _forget(self, connection: Connection, now: float) -> None:
        """Drop, now and then, the counters whose share is whole."""
        self._taken += 1
        if self._taken % _FORGET_EVERY == 0:
            connection.execute(text("DELETE FROM rate_share WHERE whole_at < :now"), {"now": now})

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()


class FileRates:
    """Counters in a file, shared by the processes of one machine.

    Parameters
    ----------
    folder : of the data of the installation
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._turn = threading.Lock()
        self._taken = 0
        self._file = sqlite3.connect(
            folder / FILE, isolation_level=None, check_same_thread=False, timeout=_BUSY_MS / 1e3
        )
        # Nothing in it has to survive: it is never waited for the disk.
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute("PRAGMA synchronous=OFF")
        self._file.execute(
            "CREATE TABLE IF NOT EXISTS share (name TEXT PRIMARY KEY, whole_at REAL NOT NULL) "
            "WITHOUT ROWID"
        )

    def take(self, name: str, per_minute: int, now: float) -> int:
        """Take one call off a share; see `Rates.take`."""
        cost = _MINUTE_S / per_minute
        values = {"name": name, "now": now, "cost": cost, "most": _MINUTE_S}
        try:
            with self._turn:
                taken = self._file.execute(_TAKE, values).fetchone()
                whole_at = None if taken else self._whole_at(name)
                self._forget(now)
        except sqlite3.Error as error:  # A counter that fails must not shut everybody out.
            _log.error("rates_failed", kind=type(error).__name__)
            return 0
        return _wait_s(whole_at, cost, now)

    def _whole_at(self, name: str) -> float | None:
        row = self._file.execute("SELECT whole_at FROM share WHERE name = ?", (name,)).fetchone()
        return float(row[0]) if row else None

    def _forget(self, now: float) -> None:
        """Drop, now and then, the counters whose share is whole."""
        self._taken += 1
        if self._taken % _FORGET_EVERY == 0:
            self._file.execute("DELETE FROM share WHERE whole_at < ?", (now,))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def name_of(kind: str, value: str) -> str:
    """Return the name of a counter: it tells nobody whose it is."""
    return f"{kind}:{hashlib.sha256(value.encode()).hexdigest()[:32]}"


def neighbourhood(address: str) -> str:
    """Return what is counted as one address: one of IPv4, a network of 64 bits of IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def rates_of(request: Request) -> Rates:
    """Return the counters of the installation that a request is for."""
    state = request.app.state
    installation: Installation = state.installation
    where: Path | URL = installation.engine.url
    if installation.settings.is_embedded:
        where = installation.settings.data_dir
    held: tuple[Path | URL, Rates] | None = getattr(state, "rates", None)
    if held is None or held[0] != where:
        let_rates_go(request.app)
        made = FileRates(where) if isinstance(where, Path) else SharedRates(where)
        held = state.rates = (where, made)
    return held[1]


def let_rates_go(app: FastAPI) -> None:
    """Close the counters of an application; it opens them again when it is asked again."""
    held: tuple[Path | URL, Rates] | None = getattr(app.state, "rates", None)
    if held is not None:
        app.state.rates = None
        held[1].close()


def check_share(request: Request, kind: str, value: str, times: int = 1) -> None:
    """Take one call off somebody's share.

    Raises
    ------
    TooManyAttempts
    """
    installation: Installation = request.app.state.installation
    per_minute = installation.settings.rate_per_minute * times
    if not per_minute:
        return
    now = installation.clock.now().timestamp()
    wait_s = rates_of(request).take(name_of(kind, value), per_minute, now)
    if wait_s:
        raise TooManyAttempts(
            f"More than {per_minute} calls came in a minute. Wait {wait_s} s and go on; spread "
            "calls, ask for larger pages, or take an export.",
            retry_after_s=wait_s,
        )


class RateLimit:
    """Refuse who calls too often, by address and by key, before anything else is done."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] != "http" or _is_free(scope["path"]):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        installation: Installation = request.app.state.installation
        # The file is as quick as a look into memory; the database of a network is waited for.
        refused = (
            _refusal(request)
            if installation.settings.is_embedded
            else await run_in_threadpool(_refusal, request)
        )
        await (refused or self._app)(scope, receive, send)


def _is_free(path: str) -> bool:
    return path in _OPEN_TO_ALL or path.startswith(_FREE)


def _refusal(request: Request) -> Response | None:
    """Return the answer to somebody who has to wait; None for everybody else."""
    address = request.client.host if request.client else ""
    key = Headers(scope=request.scope).get("authorization")
    try:
        check_share(request, "address", neighbourhood(address), ADDRESS_SHARE)
        if key is not None:
            check_share(request, "key", key)
    except TooManyAttempts as error:
        if request.url.path.startswith("/api/"):
            return render_problem(request, error)
        headers = {"Retry-After": str(error.retry_after_s)}
        say = voice_of_problems(request).say
        return PlainTextResponse(f"{say(error.title)}. {say(error.detail)}\n", 429, headers)
    return None
