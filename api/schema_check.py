"""Whether the database stands at the schema that this version works with."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from roster.errors import RosterError
from roster.migrations import current_revision, head_revision


class NotReady(RosterError):
    """The database is not at the schema that this version works with."""

    code = "not-ready"
    title = "The database has to be brought up to date first"
    status = 503


def check_schema(engine: Engine) -> None:
    """Refuse a database that is not at the newest schema.

    Raises
    ------
    NotReady
    """
    try:
        present = current_revision(engine)
    except SQLAlchemyError as error:
        raise NotReady(
            "The database does not answer. Check ROSTER_DATABASE_URL and that it is running."
        ) from error
    if present != head_revision():
        raise NotReady(
            f"The database stands at schema {present or 'none'}, this version needs "
            f"{head_revision()}. Run: roster migrate"
        )
