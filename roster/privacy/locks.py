"""Everything that is encrypted at rest is locked anew under the newest key."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, LargeBinary, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel

from roster.vault import Vault

_FERNET = b"gAAAA"
"""How every Fernet token begins: its version, and the first bytes of a time before 2106."""
_SHORTEST = 100
"""No token is shorter; salts are."""
_AT_ONCE = 8
"""Files held in memory at a time."""


def relock_everything(session: Session, vault: Vault) -> int:
    """Lock every token of every table under the newest key; return how many were under another.

    Every column of bytes is looked at: a new table needs no word here.

    Raises
    ------
    Conflict
        A token opens under none of the keys: nothing was changed.
    """
    done = 0
    for column in _columns():
        done += _relock(session, vault, column)
    return done


def _columns() -> Iterator[Column[bytes]]:
    for table in SQLModel.metadata.sorted_tables:
        yield from (one for one in table.columns if isinstance(one.type, LargeBinary))


def _relock(session: Session, vault: Vault, column: Column[bytes]) -> int:
    table = column.table
    key = next(iter(table.primary_key.columns))
    tokens = (func.substr(column, 1, len(_FERNET)) == _FERNET, func.length(column) >= _SHORTEST)
    keys = session.connection().execute(select_columns(key).where(*tokens)).all()
    done = 0
    for start in range(0, len(keys), _AT_ONCE):
        some = [one for (one,) in keys[start : start + _AT_ONCE]]
        rows = session.connection().execute(select_columns(key, column).where(key.in_(some))).all()
        for row_key, token in rows:
            if vault.is_newest(token):
                continue
            changed = table.update().where(key == row_key).values({column: vault.relock(token)})
            session.connection().execute(changed)
            done += 1
    return done
