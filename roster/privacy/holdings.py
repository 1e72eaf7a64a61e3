"""Everything that is held on a person, for that person: JSON and her files in one archive.

It goes by the registry of personal columns, as erasure does: what is not in it is not held.
Secrets of links and the salted copies of the audit stay out; both are said.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

import orjson
from sqlalchemy import ColumnElement, LargeBinary, String, Table, cast, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel, col, select

from roster.disclosures import Handed, note_disclosures
from roster.late_writes import write_now
from roster.personal import INSIDE, DataClass, Way, columns, tables_reaching_expert
from roster.policy import Actor, Permission, require
from roster.queries.experts import get_expert
from roster.queries.packing import head_of
from roster.queries.privacy import privacy_of
from roster.records import log_change
from roster.serial import to_json
from roster.tables import Account, Document, DocumentBlob, Expert, Facility, Merge, RankingRun
from roster.vault import Vault
from roster.vocabulary import DisclosureMeans, Role

_LEFT_OUT = {
    "search_term": "words of the record again, for the search box",
    "audit_payload": "copies of views and changes under a salt; the views are here",
    "document_blob": "the files: they are in the folder files",
    "batch_blob": "files of an upload that nobody took in yet: ask for them",
    "texts": "letters, minutes and remarks of others that may name you: ask for them",
}
_NEVER_SHOWN = frozenset(
    (one.table, one.column) for one in columns() if one.data_class is DataClass.CREDENTIAL
)
_SAFE = re.compile(r"[^a-z0-9.]")


@dataclass(frozen=True, slots=True)
class Copy:
    """Everything held on a person."""

    data: dict[str, Any]
    files: tuple[tuple[str, bytes], ...]
    """Name inside the archive, and content."""


def copy_for(
    session: Session, actor: Actor, expert_id: UUID, *, vault: Vault, at: datetime
) -> Copy:
    """Return all that is held on a person, for herself or for a coordinator who hands it over.

    That it was made is written down and shown to her.

    Raises
    ------
    NotFound, NotAllowed
    """
    expert = _expert(session, actor, expert_id)
    ids = _records_of(session, expert.id)
    files = tuple(_files(session, ids, vault))
    facility = session.get_one(Facility, expert.facility_id)
    data: dict[str, Any] = {
        "made_at": at.isoformat(),
        "facility": facility.name,
        "law": privacy_of(session, facility.id).model_dump(mode="json"),
        "person": str(expert.id),
        "name": expert.display_name,
        "held": dict(sorted(_held(session, ids).items())),
        "rankings": list(_rankings(session, facility.id, ids)),
        "also_named_in": list(_named_in(session, ids)),
        "files": [name for name, _ in files],
        "left_out": _LEFT_OUT,
    }
    own = actor.has_role(Role.EXPERT)
    handed = Handed(DisclosureMeans.OWN_COPY, "own_copy", "the person" if own else actor.name)
    note_disclosures(session, actor, [expert.id], handed, at=at)
    log_change(session, actor, expert, "copied", at, files=len(files))
    return Copy(data, files)


def archive_of(copy: Copy) -> bytes:
    """Return a copy as a ZIP archive: `data.json` and the folder `files`."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        archive.writestr("data.json", orjson.dumps(copy.data, option=orjson.OPT_INDENT_2))
        for name, content in copy.files:
            archive.writestr(name, content)
    return held.getvalue()


def _expert(session: Session, actor: Actor, expert_id: UUID) -> Expert:
    own = actor.grants_for(Permission.READ_EXPERTS)
    if any(grant.role is Role.EXPERT and grant.expert_id == expert_id for grant in own):
        return get_expert(session, actor, expert_id)
    require(actor, Permission.RESTRICT_EXPERTS)
    return get_expert(session, actor, expert_id, Permission.RESTRICT_EXPERTS)


def _records_of(session: Session, expert_id: UUID) -> tuple[UUID, ...]:
    """Return the ids of a person's record and of those that went into it."""
    found = [expert_id]
    for one in found:
        merged = select(Merge.absorbed_id).where(
            Merge.expert_id == one, col(Merge.undone_at).is_(None)
        )
        found += [other for other in session.exec(merged) if other not in found]
    return tuple(found)


def _held(session: Session, ids: Sequence[UUID]) -> dict[str, dict[str, Any]]:
    """Return the rows about a person by table, each once, with what the table is."""
    write_now(session)
    names: dict[UUID, str] = {}
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for way in tables_reaching_expert():
        if way.table in _LEFT_OUT:
            continue
        table = SQLModel.metadata.tables[way.table]
        shown = [one for one in table.columns if _is_shown(table, one.name)]
        keys = list(table.primary_key.columns)
        rows = session.connection().execute(select_columns(*shown).where(_reaches(way, ids)))
        for row in rows:
            key = "-".join(str(row._mapping[one]) for one in keys)
            held = {one.name: _told(session, row._mapping[one], one, names) for one in shown}
            found.setdefault(way.table, {})[key] = held
    about = {str(one.__tablename__): (one.__doc__ or "").split("\n")[0] for one in _tables()}
    return {
        name: {"about": about.get(name, ""), "rows": [rows[key] for key in sorted(rows)]}
        for name, rows in found.items()
    }


def _tables() -> Iterator[type[SQLModel]]:
    for mapper in Expert._sa_registry.mappers:
        yield mapper.class_


def _is_shown(table: Table, column: str) -> bool:
    held = table.columns[column]
    if column == "facility_id" or (table.name, column) in _NEVER_SHOWN:
        return False
    return not isinstance(held.type, LargeBinary)


def _told(session: Session, value: Any, column: ColumnElement[Any], names: dict[UUID, str]) -> Any:
    """Return a value for JSON; of who saw or did something the name, as on her page."""
    keys = getattr(column, "foreign_keys", ())
    is_account = any(key.column.table.name == "account" for key in keys)
    if isinstance(value, UUID) and (is_account or getattr(column, "name", "") == "account_id"):
        if value not in names:
            account = session.get(Account, value)
            names[value] = account.name if account else "an account that is gone"
        return names[value]
    return to_json(value) if not hasattr(value, "precision") else str(value)


def _reaches(way: Way, ids: Sequence[UUID]) -> ColumnElement[bool]:
    """Return the condition on the rows of a way that they are about a person."""
    tables = SQLModel.metadata.tables
    if not way.links:
        return tables[way.table].c.id.in_(ids)
    *before, last = way.links
    condition = tables[last.table].c[last.column].in_(ids)
    for link in reversed(before):
        if link.table == way.table or link.to != way.table:
            inner = select_columns(tables[link.to].c.id).where(condition)
            condition = tables[link.table].c[link.column].in_(inner)
        else:
            # The other way round: the row is known by those that rest on it.
            inner = select_columns(tables[link.table].c[link.column]).where(condition)
            condition = tables[way.table].c.id.in_(inner)
    return condition


def _rankings(session: Session, facility_id: UUID, ids: Sequence[UUID]) -> Iterator[dict[str, Any]]:
    """Yield where she stood in each stored ranking, with the parts of her score."""
    runs = select(RankingRun).where(RankingRun.facility_id == facility_id)
    for run in session.exec(runs.order_by(col(RankingRun.created_at), col(RankingRun.id))):
        head = head_of(run.content)
        places = [at for at, one in enumerate(head.standings) if one.expert_id in ids]
        for one in head.people_at(run.content, places):
            yield {
                "ranking": str(run.id),
                "request": str(run.request_id) if run.request_id else None,
                "at": run.created_at.isoformat(),
                "model": run.model,
                "people": len(head.standings),
                "you": to_json(one),
            }
        session.expunge(run)


def _named_in(session: Session, ids: Sequence[UUID]) -> Iterator[dict[str, str]]:
    """Yield the records that hold her id inside a list or a rule, without what else they hold."""
    for name, held in INSIDE.items():
        table = SQLModel.metadata.tables[name]
        for column in (table.c[one] for one in held):
            if isinstance(column.type, LargeBinary):
                continue
            hit = or_(*(cast(column, String).contains(str(one)) for one in ids))
            key = next(iter(table.primary_key.columns))
            for (record,) in session.connection().execute(select_columns(key).where(hit)):
                yield {"table": name, "column": column.name, "record": str(record)}


def _files(session: Session, ids: Sequence[UUID], vault: Vault) -> Iterator[tuple[str, bytes]]:
    rows = session.exec(
        select(Document, DocumentBlob)
        .join(DocumentBlob, col(DocumentBlob.document_id) == col(Document.id))
        .where(col(Document.expert_id).in_(ids))
        .order_by(col(Document.created_at), col(Document.id))
    )
    for number, (document, blob) in enumerate(rows, start=1):
        ending = mimetypes.guess_extension(document.media_type or "") or ".bin"
        safe = _SAFE.sub("", ending)
        yield f"files/{number:02}-{document.kind.value}{safe}", vault.unlock(blob.content)
