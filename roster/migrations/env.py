"""Run by Alembic with a connection that `roster.migrations` hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Enum
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import roster.tables  # noqa: F401 -- importing fills the metadata
from roster.columns import PartialDateType, UtcDateTime


def _as_plain_type(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write plain SQL types: a migration must not change when our own types do."""
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, PartialDateType):
        return "sa.String(10)"
    if isinstance(item, Enum):
        return f"sa.String({item.length})"
    if isinstance(item, AutoString):
        return "sa.String()"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=_as_plain_type,
    compare_type=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
