"""The ledger of the erased, as a backup keeps it: nobody of any host or former database is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, inspect
from sqlmodel import Session, select

from roster.erasure import LEDGER
from roster.tables import Erasure

Erased = Mapping[UUID, date]


def erased_in(engine: Engine) -> Erased:
    """Return who was erased, and when, by what a database itself says."""
    if not inspect(engine).has_table("erasure"):
        return {}  # A schema of before there was such a table.
    with Session(engine) as session:
        return {
            who: at.date() for who, at in session.exec(select(Erasure.subject, Erasure.at)).all()
        }


def ledger_of(folder: Path) -> Erased:
    """Return who stands in the ledger of a folder.

    Raises
    ------
    ValueError
        A line of it cannot be read: nobody must be left out in silence.
    """
    path = folder / LEDGER
    return parsed(path.read_text(encoding="utf-8")) if path.exists() else {}


def parsed(lines: str) -> Erased:
    """Read the lines of a ledger.

    Raises
    ------
    ValueError
    """
    read = [json.loads(line) for line in lines.splitlines() if line.strip()]
    return {UUID(one["subject"]): date.fromisoformat(one["on"]) for one in read}


def as_lines(erased: Erased) -> str:
    """Write a ledger."""
    return "".join(
        json.dumps({"subject": str(who), "on": day.isoformat()}) + "\n"
        for who, day in erased.items()
    )


def add_to_ledger(folder: Path, erased: Erased) -> None:
    """Add to the ledger of a folder whom it does not know yet."""
    known = ledger_of(folder)
    new = {who: day for who, day in erased.items() if who not in known}
    if new:
        with (folder / LEDGER).open("a", encoding="utf-8") as ledger:
            ledger.write(as_lines(new))
