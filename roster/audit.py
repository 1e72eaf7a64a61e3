"""The audit: changes and views sealed into a chain, checked, and handed to auditors.

Each link holds the SHA-256 of the link before it, so that nothing in the middle can be changed,
taken out or put in without every later link showing it. A link knows its content only by a salted
digest; the content stands apart and can be erased. Cutting off the newest links shows only to
whoever kept an earlier head: `verify` prints it for that.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, insert, or_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import Mapped
from sqlmodel import Session, SQLModel, col, select

from roster.policy import Actor, Permission, require
from roster.serial import to_json
from roster.tables import AccessLog, Account, AuditEntry, AuditPayload, Change

_LOCK = 5_204_918  # Any other number than that of the change sequence.
_AT_ONCE = 2_000
_START = "0" * 64
"""What the first link holds in place of a link before it."""
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Fault:
    """A link that does not hold."""

    seq: int
    why: str


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What a check of the whole chain found."""

    entries: int
    erased: int
    """Links whose content was erased: the chain holds, what they said is gone."""
    waiting: int
    """Changes and views that are not sealed yet."""
    head: str
    """The newest link; keep it elsewhere to show that none was cut off."""
    faults: tuple[Fault, ...]


# --- Sealing --------------------------------------------------------------------------------------


def seal(session: Session, *, at: datetime) -> int:
    """Put what was done and seen since the last time into the chain; return how many links."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    newest = session.exec(
        select(AuditEntry.seq, AuditEntry.chain).order_by(col(AuditEntry.seq).desc()).limit(1)
    ).first()
    seq, chain = newest or (0, _START)
    entries: list[dict[str, Any]] = []
    contents: list[dict[str, Any]] = []
    for source, number, row in _unsealed(session):
        seq += 1
        payload, salt = _canonical(row), secrets.token_bytes(_SALT_BYTES)
        digest = _digest(salt, payload)
        chain = _link(chain, seq, digest)
        shared = {"seq": seq, "facility_id": row.facility_id, "origin": row.origin}
        sealed = {"sealed_at": at, "source": source, "source_id": number}
        entries.append({**shared, **sealed, "digest": digest, "chain": chain})
        contents.append({**shared, "expert_id": _about(row), "salt": salt, "payload": payload})
    if entries:
        session.execute(insert(AuditEntry), entries)
        session.execute(insert(AuditPayload), contents)
    return len(entries)


def _unsealed(session: Session) -> Iterator[tuple[str, int, Change | AccessLog]]:
    """Yield rows without a link, in the order of their numbers, changes first; a batch at most.

    By absence of a link and not by the last number: of two views written at once, the one with
    the lower number may be committed later.
    """
    changes = session.exec(
        select(Change)
        .where(~_sealed("change", col(Change.seq)))
        .order_by(col(Change.seq))
        .limit(_AT_ONCE)
    ).all()
    yield from (("change", change.seq or 0, change) for change in changes)
    views = session.exec(
        select(AccessLog)
        .where(~_sealed("access_log", col(AccessLog.id)))
        .order_by(col(AccessLog.id))
        .limit(_AT_ONCE)
    ).all()
    yield from (("access_log", view.id or 0, view) for view in views)


def _sealed(source: str, number: Mapped[int | None]) -> ColumnElement[bool]:
    return exists().where(col(AuditEntry.source) == source, col(AuditEntry.source_id) == number)


def _about(row: Change | AccessLog) -> UUID | None:
    if isinstance(row, AccessLog):
        return row.expert_id
    return row.record_id if row.record == "expert" else None


def _canonical(row: SQLModel) -> str:
    """Return a row as JSON that is the same whenever it is read."""
    held = {name: getattr(row, name) for name in type(row).model_fields}
    return json.dumps(to_json(held), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _digest(salt: bytes, payload: str) -> str:
    return hashlib.sha256(salt + payload.encode()).hexdigest()


def _link(before: str, seq: int, digest: str) -> str:
    return hashlib.sha256(f"{before}:{seq}:{digest}".encode()).hexdigest()


# --- Checking -------------------------------------------------------------------------------------


def verify(
    session: Session, actor: Actor, *, known_head: str = "", most_faults: int = 20
) -> AuditReport:
    """Check every link: its number, its place in the chain, its content, and the row it tells of.

    Parameters
    ----------
    known_head : the newest link of an earlier check, which has to be in the chain still

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.READ_AUDIT)
    faults: list[Fault] = []
    seq, chain, erased, seen = 0, _START, 0, not known_head
    for entry, content, row in _links(session):
        seq += 1
        if entry.seq != seq:
            faults.append(Fault(seq, f"links {seq} to {entry.seq - 1} are missing"))
            seq = entry.seq
        chain = _link(chain, seq, entry.digest)
        if chain != entry.chain:
            faults.append(Fault(seq, "the link was changed, or one before it"))
            chain = entry.chain
        seen = seen or chain == known_head
        erased += content is None
        if content is not None and (wrong := _wrong_in(entry, content, row)):
            faults.append(Fault(seq, wrong))
        if len(faults) >= most_faults:
            break
    if not seen and len(faults) < most_faults:
        faults.append(Fault(seq, "the head noted earlier is not in it: links were cut off"))
    return AuditReport(seq, erased, _waiting(session), chain, tuple(faults))


def _wrong_in(entry: AuditEntry, content: AuditPayload, row: SQLModel | None) -> str:
    if _digest(content.salt, content.payload) != entry.digest:
        return "its content was changed"
    if row is None:
        return f"the row of {entry.source} that it tells of is gone"
    if _canonical(row) != content.payload:
        return f"the row of {entry.source} that it tells of was changed"
    return ""


def _links(
    session: Session,
) -> Iterator[tuple[AuditEntry, AuditPayload | None, Change | AccessLog | None]]:
    """Yield every link with its content and its row, in order, some at a time."""
    last = 0
    while True:
        entries = session.exec(
            select(AuditEntry)
            .where(AuditEntry.seq > last)
            .order_by(col(AuditEntry.seq))
            .limit(_AT_ONCE)
        ).all()
        if not entries:
            return
        last = entries[-1].seq
        contents = _by_number(session, AuditPayload, "seq", [one.seq for one in entries])
        rows = {
            source: _by_number(
                session, table, key, [one.source_id for one in entries if one.source == source]
            )
            for source, table, key in (("change", Change, "seq"), ("access_log", AccessLog, "id"))
        }
        for entry in entries:
            yield entry, contents.get(entry.seq), rows[entry.source].get(entry.source_id)
        for held in (contents, *rows.values()):
            for one in held.values():
                session.expunge(one)


def _by_number(
    session: Session, table: type[Any], key: str, numbers: list[int]
) -> Mapping[int, Any]:
    column = getattr(table, key)
    rows = session.execute(select_columns(table).where(column.in_(numbers))).scalars()
    return {getattr(row, key): row for row in rows}


def _waiting(session: Session) -> int:
    written = session.exec(select(func.count()).select_from(Change)).one()
    seen = session.exec(select(func.count()).select_from(AccessLog)).one()
    return written + seen - session.exec(select(func.count()).select_from(AuditEntry)).one()


@dataclass(frozen=True, slots=True)
class Sighting:
    """That somebody saw personal data of a person."""

    at: datetime
    who: str
    """Name of the account; empty where it is gone."""
    account_id: UUID
    expert_id: UUID
    what: str
    purpose: str


def sightings(
    session: Session,
    actor: Actor,
    *,
    since: datetime,
    until: datetime | None = None,
    expert_id: UUID | None = None,
    account_id: UUID | None = None,
) -> Iterator[Sighting]:
    """Yield who saw whom in the actor's facility since a moment: after a breach, or when asked.

    Parameters
    ----------
    since, until : the first moment, and the first one after (None: no end)
    expert_id, account_id : only views of this person, only by this account

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.READ_AUDIT)
    conditions = [col(AccessLog.facility_id) == actor.facility_id, col(AccessLog.at) >= since]
    if until is not None:
        conditions.append(col(AccessLog.at) < until)
    if expert_id is not None:
        conditions.append(col(AccessLog.expert_id) == expert_id)
    if account_id is not None:
        conditions.append(col(AccessLog.account_id) == account_id)
    found = session.execute(
        select_columns(AccessLog, col(Account.name))
        .join(Account, col(Account.id) == col(AccessLog.account_id), isouter=True)
        .where(*conditions)
        .order_by(col(AccessLog.at), col(AccessLog.id))
        .execution_options(yield_per=_AT_ONCE)
    )
    for log, name in found:
        yield Sighting(log.at, name or "", log.account_id, log.expert_id, log.what, log.purpose)


# --- For auditors ---------------------------------------------------------------------------------


def _here(actor: Actor) -> list[ColumnElement[bool]]:
    """Return the conditions on links of a facility: its own, and those of no facility."""
    # Of none are failed sign-ins with an address that nobody has: they name nobody.
    mine = col(AuditEntry.facility_id)
    return [mine == actor.facility_id, mine.is_(None)]


def export(session: Session, actor: Actor) -> Iterator[dict[str, Any]]:
    """Yield the links of the actor's facility with what they tell, in order, as JSON values.

    Numbers and links of other facilities are left out; the head of the whole chain is checked
    with `verify`.

    Raises
    ------
    NotAllowed
    """
    require(actor, Permission.READ_AUDIT)
    found = session.execute(
        select_columns(AuditEntry, AuditPayload)
        .join(AuditPayload, col(AuditPayload.seq) == col(AuditEntry.seq), isouter=True)
        .where(or_(*_here(actor)))
        .order_by(col(AuditEntry.seq))
        .execution_options(yield_per=_AT_ONCE)
    )
    for entry, content in found:
        yield {
            "seq": entry.seq,
            "sealed_at": entry.sealed_at.isoformat(),
            "source": entry.source,
            "digest": entry.digest,
            "chain": entry.chain,
            "content": json.loads(content.payload) if content else None,
        }
