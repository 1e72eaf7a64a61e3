"""What takes seconds to write into an empty database is written once per worker, then copied."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlmodel import Session


class Refill:
    """Keeps filled databases in a folder, one for each name.

    Parameters
    ----------
    folder : of this worker
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, session: Session, name: str, fill: Callable[[], object]) -> None:
        """Bring an empty database to what `fill` makes of it, and commit.

        On SQLite the second time by a copy of all pages; on PostgreSQL by `fill` every time.
        What the database held before is gone then, so this comes first in a test.

        Parameters
        ----------
        name : of this content: whoever asks for it gives the same `fill`
        """
        session.commit()
        kept = self._folder / f"{name}.db"
        if kept.exists():
            with closing(sqlite3.connect(kept)) as source:
                source.backup(_driven(session))
        else:
            fill()
            session.commit()
            if session.get_bind().dialect.name == "sqlite":
                with closing(sqlite3.connect(kept)) as target:
                    _driven(session).backup(target)
        session.rollback()
        session.expunge_all()


def _driven(session: Session) -> sqlite3.Connection:
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection
