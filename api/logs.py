"""One line of log per request: what was called, how it ended, how long it took; never who or what.

Lines hold ids, route templates, statuses and times; no names, texts, query strings or file names.
"""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path
from time import perf_counter
from uuid import uuid4

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.metrics import count_request
from api.problems import render_crash

_log = structlog.stdlib.get_logger("roster.http")
HUNG_UP = 499
"""Written where somebody hung up while sending: nobody is left to answer, nothing went wrong."""
_LONGEST_ID = 64
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def configure(level: str) -> None:
    """Write log lines on stderr: JSON for machines, columns where a person looks on."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.types.Processor = structlog.processors.JSONRenderer()
    if sys.stderr.isatty():
        renderer = structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for noisy in ("uvicorn.access", "uvicorn.error", "alembic", "httpx", "pypdf", "pdfminer"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


class RequestLog:
    """Give each request an id, log how it ended, and answer what nobody else did with a 500."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        request.state.request_id = request_id = _request_id(request)
        started, status = perf_counter(), 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        error: Exception | None = None
        try:
            await self._app(scope, receive, answer)
        except ClientDisconnect:
            status = status or HUNG_UP
        except Exception as raised:
            error = raised
            if not status:
                await render_crash(request)(scope, receive, answer)
        took_s = perf_counter() - started
        count_request(_method(request), _route(request), status, took_s)
        _write(request, status, took_s * 1e3, error)


def _request_id(request: Request) -> str:
    given = request.headers.get("x-request-id", "")
    is_usable = 0 < len(given) <= _LONGEST_ID and given.replace("-", "").isalnum()
    return given if is_usable and given.isascii() else uuid4().hex


def _route(request: Request) -> str:
    """Return the template of the address, never the address itself."""
    # As of FastAPI 0.165 a route knows no prefix of those that it was included under.
    whole = request.scope.get("fastapi", {}).get("effective_route_context")
    return str(getattr(whole or request.scope.get("route"), "path", "unmatched"))


def _method(request: Request) -> str:
    """Return the method, one word for all that nobody knows: anybody may send any."""
    return request.method if request.method in _METHODS else "other"


def _write(request: Request, status: int, took_ms: float, error: Exception | None) -> None:
    account_id = getattr(request.state, "account_id", None)
    facts: dict[str, object] = {
        "request_id": request.state.request_id,
        "method": _method(request),
        "route": _route(request),
        "status": status,
        "ms": round(took_ms, 1),
    }
    if account_id is not None:
        facts["account"] = str(account_id)
    if error is None:
        _log.info("request", **facts)
    else:
        _log.error("request failed", error=_described(error), **facts)


def _described(error: Exception) -> str:
    """Say of what kind an error was and where; its words may quote a CV."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    place = f" at {Path(last.filename).name}:{last.lineno}" if last else ""
    return f"{type(error).__name__}{place}"
