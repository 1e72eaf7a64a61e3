"""One engine per worker and kind of database, lent to one test after the other.

What statements compile to is kept with their engine. An engine for each test compiled them all
again, which took as long as the tests themselves.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url

from roster.db import open_engine


class Lender:
    """Gives the engine of a worker, turned to the database of the test that asks."""

    def __init__(self) -> None:
        self._engines: dict[str, Engine] = {}

    def lend(self, url: str) -> Engine:
        """Return an engine that connects to a database; it must have been given back."""
        kind = make_url(url).get_backend_name()
        if kind not in self._engines:
            self._engines[kind] = _open(url)
        engine = self._engines[kind]
        engine.url = make_url(url)
        return engine

    def take_back(self, engine: Engine) -> None:
        """Close the connections of a test: the next one has another database."""
        engine.dispose()


def _open(url: str) -> Engine:
    engine = open_engine(url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "do_connect")
        def _go_where_the_test_is(
            _dialect: Any, _record: Any, arguments: list[Any], _options: Any
        ) -> None:
            arguments[0] = engine.url.database

    return engine
